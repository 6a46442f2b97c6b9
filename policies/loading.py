"""Loading packs: once, at start; a pack that does not hold stops everything.

A pack version is `packs/<id>/<version>.yaml`. Its key `parts` lists further files,
relative to it, whose keys are joined to its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.errors import NotFound
from models.packs import Pack
from policies.pack_checks import faults
from policies.pack_files import Document, Place, Tree, Way, read_document, refuse

PACKS = Path(__file__).parent / "packs"
_SHARED = "common"


@dataclass(frozen=True, eq=False)  # loaded once, so known by identity
class Packs:
    """All packs of this installation, every version of each."""

    packs: tuple[Pack, ...]

    def get(self, route: str, version: date) -> Pack:
        """Return one version of a pack.

        Raises:
            NotFound: there is no such pack or version.
        """
        for pack in self.packs:
            if (pack.id, pack.version) == (route, version):
                return pack
        raise NotFound(
            f"there is no pack `{route}` of {version}",
            help=f"there are: {self._names()}",
        )

    def current(self, route: str, on: date) -> Pack:
        """Return the version that holds on a day: the newest that had begun.

        Raises:
            NotFound: no version of this pack had begun.
        """
        begun = [p for p in self.packs if p.id == route and p.version <= on]
        if not begun:
            raise NotFound(
                f"no pack `{route}` holds on {on}",
                help=f"there are: {self._names()}; see `estafette pack list`",
            )
        return max(begun, key=lambda pack: pack.version)

    def _names(self) -> str:
        return ", ".join(f"`{p.id}` of {p.version}" for p in self.packs) or "none"


def load_packs(root: Path = PACKS) -> Packs:
    """Load and check every pack under a folder.

    Raises:
        PackInvalid: names file, line and reason of the first fault.
    """
    mains = [
        file
        for folder in sorted(root.iterdir())
        if folder.is_dir() and folder.name != _SHARED
        for file in sorted(folder.glob("*.yaml"))
    ]
    if not mains:
        refuse(Place(root.name, 0), "holds no pack")
    return Packs(tuple(_load_pack(file, root) for file in mains))


def _load_pack(main: Path, root: Path) -> Pack:
    """Load one version of a pack from its main file.

    Raises:
        PackInvalid: names file, line and reason of the first fault.
    """
    document = read_document(main, _name(main, root))
    files = [main, *_parts(document, main, root)]
    for file in files[1:]:
        document.join(read_document(file, _name(file, root)))
    if "digest" in document.data:
        refuse(document.place(("digest",)), "unknown key `digest`")
    pack = _validated(document, _digest_of(files, root))
    found = [*_misnamed(pack, main), *faults(pack)]
    if found:
        placed = [(document.place(way), reason) for way, reason in found]
        refuse(*min(placed, key=lambda fault: _order(fault[0], files, root)))
    return pack


def _digest_of(files: list[Path], root: Path) -> str:
    """Return the SHA-256 (hex) of files: names and bytes, in the order of the names."""
    digest = hashlib.sha256()
    for name, file in sorted((_name(file, root), file) for file in files):
        for piece in (name.encode(), file.read_bytes()):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()


def _parts(document: Document, main: Path, root: Path) -> list[Path]:
    listed = document.data.pop("parts", [])
    if not isinstance(listed, list):
        refuse(document.place(("parts",)), "`parts` must be a list of files")
    parts = [_part(document, i, p, main, root) for i, p in enumerate(listed)]
    own = main.with_suffix("")
    if strays := sorted(set(own.glob("*.yaml")) - set(parts)):
        refuse(document.place(("parts",)), f"`{strays[0].name}` is not in `parts`")
    return parts


def _part(
    document: Document, position: int, part: Tree, main: Path, root: Path
) -> Path:
    place = document.place(("parts", position))
    file = (main.parent / str(part)).resolve()
    if not file.is_relative_to(root.resolve()):
        refuse(place, f"part `{part}` lies outside the packs")
    if not file.is_file():
        refuse(place, f"part `{part}` does not exist")
    return root / file.relative_to(root.resolve())


def _validated(document: Document, digest: str) -> Pack:
    try:
        return Pack.model_validate({**document.data, "digest": digest})
    except ValidationError as error:
        # A misspelt key is also a missing one: the misspelling says more.
        first = min(error.errors(include_url=False), key=_is_no_misspelling)
        refuse(document.place(first["loc"]), _reason(first))


def _is_no_misspelling(error: ErrorDetails) -> bool:
    return error["type"] != "extra_forbidden"


def _reason(error: ErrorDetails) -> str:
    key = error["loc"][-1] if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"unknown key `{key}`"
    if error["type"] == "missing":
        if key in ("fr", "nl", "en"):
            return f"the text lacks its language `{key}`"
        return f"missing key `{key}`"
    given = str(error["input"])[:60]
    message = error["msg"][:1].lower() + error["msg"][1:]
    return f"`{key}` does not hold: {message} (given: `{given}`)"


def _misnamed(pack: Pack, main: Path) -> list[tuple[Way, str]]:
    found: list[tuple[Way, str]] = []
    if pack.id != main.parent.name:
        found.append((("id",), f"`{pack.id}` lies in folder `{main.parent.name}`"))
    if pack.version.isoformat() != main.stem:
        found.append((("version",), f"{pack.version} is in file `{main.name}`"))
    return found


def _order(place: Place, files: list[Path], root: Path) -> tuple[int, int]:
    names = [_name(file, root) for file in files]
    return (names.index(place.file) if place.file in names else -1, place.line)


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()
