"""The bundle: a part of the ledger in one file, for somebody without our database.

A file of lines, each a JSON object in canonical form: a header, one line for each
entry, and an end. [The format's page](../docs/formats/bundle.md) has the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ledger.canonical import JsonValue, decode, encode
from models.errors import EntryAltered, InvalidInput
from models.twins import Change, Side
from models.values import Value

FORMAT = "estafette-bundle/1"
LONGEST_LINE = 4_000_000
"""Bytes; far more than an entry needs, and too little to exhaust a verifier."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Salt = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]
Proof = tuple[Hash, ...]
Document = dict[str, object]
"""JSON without floats; its canonical form is what an entry commits to."""

Sign = Callable[[bytes], bytes]


class About(Value):
    """Which entries were asked for; every entry that is shown fits all that is given.

    `since` and `until` are legal days, both included, as `2026-11-22`.
    """

    case: str = ""
    item: str = ""
    officer: str = ""
    since: str = ""
    until: str = ""


class Earlier(Value):
    """An earlier checkpoint, and the proof that the latest one continues it.

    `timestamp` is a TimeStampResp of RFC 3161 over the checkpoint, in base64.
    """

    checkpoint: str
    proof: Proof = ()
    timestamp: str = ""


class Erasing(Value):
    """An entry that erased parts of others, with its number and inclusion proof."""

    seq: Annotated[int, Field(ge=0)]
    body: str
    proof: Proof = ()


class Header(Value):
    """The first line.

    `withheld` says in closed words what the maker left out on purpose.
    `erasures` are the entries by which parts of those below were erased.
    """

    bundle: str
    about: About
    made_at: str
    withheld: tuple[str, ...] = ()
    checkpoint: str
    earlier: tuple[Earlier, ...] = ()
    erasures: tuple[Erasing, ...] = ()


class Opening(Value):
    """What stands behind a commitment: value and salt."""

    value: str
    salt: Salt


class ErasedPart(Value):
    """A part that was erased on a day, by the entry `by`: its place there, and proof.

    The proof is an inclusion proof under the root that entry `by` gives.
    """

    erased_on: str
    by: Annotated[int, Field(ge=0)]
    place: Annotated[int, Field(ge=0)]
    proof: Proof = ()


class OpenedDocument(Value):
    """A ruling or a page, which lies beside the entry that commits to it."""

    document: Document
    salt: Salt


class SignedChange(Value):
    """One side's record that a hand-off changed; hand-off and leaf are the entry's.

    `key` is SHA-256 of the SubjectPublicKeyInfo with which `signature` is checked;
    [the record's page](../docs/formats/twin.md) has the other fields. Instants are in
    microseconds since 1970; `previous` is empty at step 1.
    """

    agency: str
    step: Annotated[int, Field(ge=1)]
    change: Change
    at: Annotated[int, Field(ge=0)]
    receipt: bool = False
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    signed_at: Annotated[int, Field(ge=0)]
    key: Hash
    signature: Signature


class Shown(Value):
    """A line for one entry: its bytes or, where it is withheld, its leaf alone.

    `opened` is by the part of the entry: `officer`, `on_behalf_of`, `named`, and
    `subject ITEM`; `rulings` by the id under which the entry cites them. `erased` is by
    the same parts, `ruling ID` and `page`. `twins` is what the sides of a hand-off
    signed about the change that this entry proves.
    """

    seq: Annotated[int, Field(ge=0)]
    body: str = ""
    leaf: str = ""
    proof: Proof = ()
    opened: dict[str, Opening] = {}
    rulings: dict[str, OpenedDocument] = {}
    page: OpenedDocument | None = None
    erased: dict[str, ErasedPart] = {}
    twins: dict[Side, SignedChange] = {}


class End(Value):
    """The last line: how many entries, SHA-256 of all lines before, and the seal.

    `signature` (hex) is that of the agency that made the bundle, over `sealed_bytes`.
    """

    end: int
    digest: Hash
    agency: str = ""
    signature: Signature = ""


Line = Header | Shown | End
_FIRST = TypeAdapter[Line](Header)
_OTHERS = TypeAdapter[Line](Shown | End)


def sealed_bytes(digest: str) -> bytes:
    """Return what the maker of a bundle signs."""
    return FORMAT.encode() + b"\n" + bytes.fromhex(digest)


def write(
    header: Header, entries: Iterable[Shown], agency: str, sign: Sign
) -> Iterator[bytes]:
    """Yield the lines of a bundle, sealed by the agency that makes it."""
    digest = sha256(first := _encode(header))
    yield first
    count = 0
    for entry in entries:
        digest.update(line := _encode(entry))
        yield line
        count += 1
    found = digest.hexdigest()
    seal = sign(sealed_bytes(found)).hex()
    yield _encode(End(end=count, digest=found, agency=agency, signature=seal))


def read(lines: Iterable[bytes]) -> Iterator[Line]:
    """Yield a header, entries, and an end that fits them; one line in memory.

    Raises:
        EntryAltered: a line is cut, missing, out of place, of another shape or not
            canonical, or the end does not fit what comes before it.
    """
    digest, number, ended = sha256(), 0, False
    for number, raw in enumerate(lines, 1):
        if ended:
            raise EntryAltered(f"line `{number}` comes after the end of the bundle")
        line = _decode(raw, number)
        if isinstance(line, End):
            _check_end(line, number - 2, digest.hexdigest())
            ended = True
        digest.update(raw)
        yield line
    if not ended:
        raise EntryAltered(f"the bundle breaks off after line `{number}`")


def _encode(line: Line) -> bytes:
    value: JsonValue = line.model_dump(mode="json", exclude_defaults=True)
    return encode(value) + b"\n"


def _decode(raw: bytes, number: int) -> Line:
    if not raw.endswith(b"\n") or len(raw) > LONGEST_LINE:
        raise EntryAltered(f"line `{number}` is cut off or too long")
    try:
        value = decode(raw[:-1])
        line = (_FIRST if number == 1 else _OTHERS).validate_python(value)
    except (InvalidInput, ValidationError) as error:
        raise EntryAltered(f"line `{number}` is not a line of a bundle") from error
    # A number as text, or a field that is there but empty: another way to say the same.
    if _encode(line) != raw:
        raise EntryAltered(f"line `{number}` is spelled as no bundle spells it")
    return line


def _check_end(end: End, entries: int, digest: str) -> None:
    if not entries:
        raise EntryAltered("the bundle has no entries, and so shows nothing")
    if end.end != entries:
        raise EntryAltered(f"the bundle had `{end.end}` entries, and has `{entries}`")
    if end.digest != digest:
        raise EntryAltered("a line of the bundle was altered after it was made")
