"""Both verifiers of bundles, ours and that of the format's page, which must agree."""

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from acts.audit.keys import PublicKeys
from ledger.bundle_verify import verify_bundle
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered
from tests.pieces import bundles as b

_STRANGER = b.stranger()


Agencies = Mapping[str, Iterable[bytes]]


def write_keys(
    place: Path,
    witnesses: Iterable[VerifierKey] = (),
    agencies: Agencies = b.KEYS.agencies,
) -> Path:
    """Write the keys of the bundles, as `estafette ledger keys` prints them."""
    signing = [
        f"agency {name} {base64.b64encode(key).decode()}"
        for name, keys in agencies.items()
        for key in keys
    ]
    named = [b.KEY.verifier.vkey, *(each.vkey for each in witnesses)]
    path = place / "KEYS"
    path.write_text("\n".join(["# theirs", *named, *signing]) + "\n")
    return path


class BothVerifiers:
    """Verify with both; tell what ours says, or None if both say that it holds."""

    def __init__(self, place: Path, keys: PublicKeys = b.KEYS) -> None:
        """Keep bundles and keys in `place` for a moment."""
        self._bundle = place / "bundle.jsonl"
        self._keys = keys
        self._known = _STRANGER.read_keys(write_keys(place, agencies=keys.agencies))
        self.signed: Counter[tuple[str, ...]] = Counter()
        known, _ = self._known[0]
        assert known == (b.KEY.verifier.name, b.KEY.verifier.key_id)

    def __call__(self, lines: Iterable[bytes]) -> str | None:
        """Verify a bundle; neither may break down over it."""
        self._bundle.write_bytes(b"".join(lines))
        ours, theirs = self._ours(), self._theirs()
        assert (ours is None) == (theirs is None), (ours, theirs)
        return ours

    def _ours(self) -> str | None:
        with self._bundle.open("rb") as file:
            try:
                verify_bundle(file, self._keys)
            except EntryAltered as error:
                return error.message
        return None

    def _theirs(self) -> str | None:
        try:
            _, _, self.signed = _STRANGER.verify(self._bundle, *self._known)
        except _STRANGER.NOT_HOLDING as error:
            return repr(error)
        return None
