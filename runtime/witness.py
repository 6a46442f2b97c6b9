"""The witnesses of the nodes played here, and the files they remember in."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog

from ledger.cosignature import witness_key
from ledger.signed_note import VerifierKey
from ledger.witness import Cosigner, Witness
from models.errors import Unavailable
from runtime.keys import ledger_verifier
from runtime.settings import Settings
from vault.node import Node

log = structlog.get_logger()


def witnesses(settings: Settings, nodes: Mapping[str, Node]) -> dict[str, Witness]:
    """Return the witness of each node; none where the ledger's key is not known.

    The key is read from the nodes' own directory, where whoever operates them put it:
    a key that came from coordination would let it show each witness another ledger.
    """
    if not settings.node_files.ledger_public.exists():
        place = settings.node_files.ledger_public
        log.warning("ledger_not_witnessed", missing=str(place))
        return {}
    ledger = ledger_verifier(settings)
    return {
        agency: Witness(
            ledger,
            cosigner(ledger, agency, nodes[agency]),
            memory(settings, agency),
        )
        for agency in nodes
    }


def memory(settings: Settings, agency: str) -> FileMemory:
    """Return what an agency's witness remembers."""
    return FileMemory(settings.node_files.witness / f"{agency}.checkpoint")


def cosigner(ledger: VerifierKey, agency: str, node: Node) -> Cosigner:
    """Return how a node cosigns a ledger."""
    key = witness_key(ledger.name, agency, node.witness_key())
    return Cosigner(key, node.sign_as_witness, lambda: int(time.time()))


class FileMemory:
    """Implements `ledger.witness.Memory` in one file, replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def replace(self, decide: Callable[[str | None], str]) -> None:
        """See `Memory.replace`."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._alone() as directory:
                self._write(decide(self.read()), directory)
        except OSError as error:
            raise Unavailable(
                f"a witness cannot remember in `{self._path}`: {error.strerror}",
                help="see that the disk is not full and belongs to this account",
            ) from error

    def read(self) -> str | None:
        """See `Memory.read`."""
        return self._path.read_text("utf-8") if self._path.exists() else None

    @contextmanager
    def _alone(self) -> Iterator[int]:
        directory = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(directory, fcntl.LOCK_EX)
            yield directory
        finally:
            os.close(directory)

    def _write(self, note: str, directory: int) -> None:
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path)
        os.fsync(directory)
