"""Both verifiers of bundles, ours and that of the format's page, which must agree."""

import base64
from collections.abc import Iterable
from pathlib import Path

from ledger.bundle_verify import verify_bundle
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered
from tests.pieces import bundles as b

_STRANGER = b.stranger()


def write_keys(place: Path, witnesses: Iterable[VerifierKey] = ()) -> Path:
    """Write the keys of the bundles, as `estafette ledger keys` prints them."""
    seal = base64.b64encode(b.KEYS.agencies["audit"]).decode()
    named = [b.KEY.verifier.vkey, *(each.vkey for each in witnesses)]
    path = place / "KEYS"
    path.write_text("\n".join(["# theirs", *named, f"agency audit {seal}"]) + "\n")
    return path


class BothVerifiers:
    """Verify with both; tell what ours says, or None if both say that it holds."""

    def __init__(self, place: Path) -> None:
        """Keep bundles and keys in `place` for a moment."""
        self._bundle = place / "bundle.jsonl"
        self._known = _STRANGER.read_keys(write_keys(place))
        assert self._known[0] == (b.KEY.verifier.name, b.KEY.verifier.public)

    def __call__(self, lines: Iterable[bytes]) -> str | None:
        """Verify a bundle; neither may break down over it."""
        self._bundle.write_bytes(b"".join(lines))
        ours, theirs = self._ours(), self._theirs()
        assert (ours is None) == (theirs is None), (ours, theirs)
        return ours

    def _ours(self) -> str | None:
        with self._bundle.open("rb") as file:
            try:
                verify_bundle(file, b.KEYS.ledger, b.KEYS.check_seal)
            except EntryAltered as error:
                return error.message
        return None

    def _theirs(self) -> str | None:
        try:
            _STRANGER.verify(self._bundle, *self._known)
        except _STRANGER.NOT_HOLDING as error:
            return repr(error)
        return None
