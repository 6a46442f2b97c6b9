"""Integrators and witnesses that die at a step that is chosen for them.

    python -m tests.running.mortal LEDGER_URL SUPERUSER_URL KEY PLACE

Reads lines `WHO STEP`, where WHO is `integrator` or an agency. A child process takes
that part, and kills itself at its STEP-th call of our code or of the driver; 0 means
never. Answers with a line: `killed FUNCTION` or `done STEPS`. Forking is why a death
costs little.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import FrameType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from activities.hearing_witnesses import hear
from activities.integrator import Integrator
from activities.witnessing import Offers
from ledger.cosignature import witness_key
from ledger.signed_note import SignerKey
from ledger.witness import Cosigner, Witness
from models.errors import Unavailable
from runtime.witness import FileMemory
from storage.engine import connect, transaction
from storage.log import witnessing

ROUNDS = 3
_COUNTED = (str(Path(__file__).parents[2]), "psycopg")


class Fate:
    """Counts calls, and ends the process at one of them."""

    def __init__(self, step: int, says: int) -> None:
        self.step, self.says, self.steps = step, says, 0

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not any(each in code.co_filename for each in _COUNTED):
            return
        self.steps += 1
        if self.steps == self.step:
            os.write(self.says, f"killed {code.co_qualname}".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def witness_of(signer: SignerKey, agency: str, place: Path) -> Witness:
    """Return an agency's witness; its key is the same each time."""
    secret = Ed25519PrivateKey.from_private_bytes(sha256(agency.encode()).digest())
    public = secret.public_key().public_bytes_raw()
    key = witness_key(signer.name, agency, public)
    cosigner = Cosigner(key, secret.sign, lambda: int(time.time()))
    return Witness(signer.verifier, cosigner, FileMemory(place / agency))


def integrate(url: str, signer: SignerKey) -> None:
    """Integrate a few times, as the real one does, waits aside."""
    with _lent(url) as database:
        integrator = Integrator(database, signer, Offers(signer, timedelta(0)))
        for _ in range(ROUNDS):
            integrator.once()


def look(url: str, signer: SignerKey, agency: str, place: Path) -> None:
    """Consider what is offered to an agency, if anything is."""
    with _lent(url) as database:
        with transaction(database) as connection:
            offered = witnessing.offer_to(connection, agency)
        if offered:
            said = witness_of(signer, agency, place).consider(offered)
            with transaction(database) as connection:
                hear(connection, agency, said)


@contextmanager
def _lent(url: str) -> Iterator[Engine]:
    database = connect(url, pool=1)
    try:
        yield database
    finally:
        database.dispose()


def _play(who: str, step: int, says: int) -> None:
    """Take a part to its end in this process."""
    ledger, superuser, key, place = sys.argv[1:]
    signer, fate = SignerKey.parse(key), Fate(step, says)
    sys.setprofile(fate)
    try:
        if who == "integrator":
            integrate(ledger, signer)
        else:
            look(superuser, signer, who, Path(place))
        word = f"done {fate.steps}"
    except Unavailable:
        word = "lost the database"
    sys.setprofile(None)
    os.write(says, word.encode())


def _fork(who: str, step: int) -> str:
    reads, says = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            _play(who, step, says)
        except BaseException as error:
            os.write(says, f"failed {error!r}".encode())
        os._exit(0)
    os.close(says)
    os.waitpid(child, 0)
    with os.fdopen(reads) as said:
        return said.read()


def main() -> None:
    """Serve until the end of the input."""
    for line in sys.stdin:
        who, step = line.split()
        print(_fork(who, int(step)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
