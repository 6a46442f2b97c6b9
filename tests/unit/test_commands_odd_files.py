"""Files that nobody should have given: one line of error, and never a traceback."""

import json
import os

import pytest

from commands.ledger import app, certificates
from ledger.certificate import FORMAT, Certificate, write
from ledger.checkpoint import Checkpoint, sign
from ledger.erased import root_of
from ledger.merkle import leaf_hash
from models.errors import InvalidInput
from tests.pieces import bundles as b

ODD = {"officers": "x", "more": {}, "root": root_of([])}


@pytest.mark.parametrize("erased", [True, 5, "x", [1], ODD])
def test_a_ledger_that_writes_odd_erasures_breaks_nothing(tmp_path, capsys, erased):
    file, keys = tmp_path / "gone", tmp_path / "KEYS"
    keys.write_text(f"{b.KEYS.ledger.vkey}\n")
    body = b.body(2, operation="erasure", erased=erased)
    note = sign(Checkpoint(b.KEY.name, 1, leaf_hash(body)), b.KEY)
    made = Certificate(certificate=FORMAT, checkpoint=note, entry=body.decode(), seq=0)
    file.write_bytes(write(made))

    certificates.verify_file(file, keys, as_json=True)

    assert json.loads(capsys.readouterr().out)["officers"] == 0


def test_a_bundle_out_of_a_pipe_does_not_read_as_altered(tmp_path):
    file, keys = tmp_path / "file", tmp_path / "KEYS"
    os.mkfifo(file)

    with pytest.raises(InvalidInput, match="is no plain file"):
        app.verify(file, keys)
