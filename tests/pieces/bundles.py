"""A small ledger and bundles of it, made without a database."""

import hashlib
import hmac
import importlib.util
from pathlib import Path
from types import ModuleType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acts.audit.keys import PublicKeys
from ledger.bundle import (
    FORMAT,
    About,
    Earlier,
    Header,
    OpenedDocument,
    Opening,
    Shown,
    write,
)
from ledger.canonical import encode
from ledger.checkpoint import Checkpoint, sign
from ledger.cosignature import add, message, witness_key
from ledger.cosignature import line as line_of
from ledger.merkle import leaf_hash, root
from ledger.proofs import consistency_proof, inclusion_proof
from ledger.signed_note import SignerKey
from tests.pieces.trees import tree_of
from vault import signing

CASE = "0b7c1d1e-52a0-4c5f-8a58-3f0c7f0a9d11"
ITEM = "c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22"
RULING = "93a9e4a6-41d2-4c8c-9a0e-1f2e3d4c5b6a"
SALT = "5a" * 32
OFFICER = "anderlecht/handler"
DOCUMENT = {"verdict": "allow", "facts": {"item": ITEM}}
PAGE = {"items": [{"item": ITEM}], "rows": []}

SEEN_AT = 1_763_802_000
KEY = SignerKey.generate("estafette/ledger")
SEAL = signing.new_signing_key()
WITNESSES = {each: Ed25519PrivateKey.generate() for each in ("pz-midi", "tax", "town")}
WITNESS_KEYS = tuple(
    witness_key(KEY.name, agency, secret.public_key().public_bytes_raw())
    for agency, secret in WITNESSES.items()
)
KEYS = PublicKeys(KEY.verifier, {"audit": (signing.public_bytes(SEAL),)})


def commitment(data: bytes) -> str:
    """Return what an entry says of some bytes, under the one salt of these tests."""
    return hmac.new(bytes.fromhex(SALT), data, hashlib.sha256).hexdigest()


def body(number: int, **changes: object) -> bytes:
    """Return an entry of the case in which everything is committed to."""
    act = f"{number:08d}-0000-4000-8000-000000000000"
    ruled = encode({**DOCUMENT, "act": act})
    entry = {
        "id": act,
        "at": f"2026-03-{number + 1:02d}T10:00:00+01:00",
        "agency": "anderlecht",
        "case": CASE,
        "kind": "list.shown",
        "officer": commitment(OFFICER.encode()),
        "rulings": [{"id": RULING, "commitment": commitment(ruled)}],
        "shown": commitment(encode(PAGE)),
    }
    return encode(entry | changes)


BODIES = [body(number) for number in range(7)]
LEAVES = [leaf_hash(each) for each in BODIES]


def checkpoint(size: int, key: SignerKey = KEY, leaves: list[bytes] = LEAVES) -> str:
    """Return a signed checkpoint of the first leaves."""
    return sign(Checkpoint(key.name, size, root(leaves[:size])), key)


def cosigned(note: str, *agencies: str) -> str:
    """Return a checkpoint that the witnesses of agencies saw."""
    keys = dict(zip(WITNESSES, WITNESS_KEYS, strict=True))
    at, said = SEEN_AT, message(note, SEEN_AT)
    return add(note, (line_of(keys[a], at, WITNESSES[a].sign(said)) for a in agencies))


def header(**changes: object) -> Header:
    """Return the header of a bundle about the case."""
    size = len(LEAVES)
    steps = consistency_proof(3, size, tree_of(LEAVES))
    earlier = Earlier(
        checkpoint=checkpoint(3), proof=tuple(step.hex() for step in steps)
    )
    made = Header(
        bundle=FORMAT,
        about=About(case=CASE),
        made_at="2026-11-22T12:00:00+00:00",
        checkpoint=checkpoint(size),
        earlier=(earlier,),
    )
    return made.model_copy(update=changes)


def line(number: int, **changes: object) -> Shown:
    """Return the line of an entry with all that it commits to."""
    proof = inclusion_proof(number, len(LEAVES), tree_of(LEAVES))
    made = Shown(
        seq=number,
        body=BODIES[number].decode(),
        proof=tuple(step.hex() for step in proof),
        opened={"officer": Opening(value=OFFICER, salt=SALT)},
        rulings={RULING: OpenedDocument(document=DOCUMENT, salt=SALT)},
        page=OpenedDocument(document=PAGE, salt=SALT),
    )
    return made.model_copy(update=changes)


def bundle(*lines: Shown, head: Header | None = None) -> list[bytes]:
    """Return a sealed bundle; of entries 2, 3 and 6 if none are given."""
    entries = lines or (line(2), line(3), line(6))
    return list(write(head or header(), entries, "audit", seal))


def seal(data: bytes) -> bytes:
    """Sign as the auditors' node does."""
    return signing.sign(SEAL, data)


def stranger() -> ModuleType:
    """Return the verifier of the format's page, which imports nothing of ours."""
    path = Path(__file__).parents[2] / "docs/formats/verify_bundle.py"
    found = importlib.util.spec_from_file_location("verify_bundle", path)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
