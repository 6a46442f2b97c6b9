"""The certificate of an erasure: that parts of entries are gone, naming nobody.

One line of canonical JSON: the entry that erased, its proof under a signed checkpoint,
and which parts. [The format's page](../docs/formats/erasure.md) has the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationError

from ledger.bundle import Hash, Proof, Shown, read
from ledger.canonical import JsonValue, decode, encode
from ledger.checkpoint import verify
from ledger.erased import PAGE, Erasure, Part, erasure_in, root_of, ruling
from ledger.merkle import leaf_hash
from ledger.proofs import verify_inclusion
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered, InvalidInput
from models.values import Value

FORMAT = "estafette-erasure/1"
MARK = b'"certificate":"estafette-erasure/'
"""Stands in every certificate, and in no line of a bundle."""


class KeyReceipt(Value):
    """A node's signed receipt that keys are destroyed, as SHA-256 of its JSON."""

    agency: str
    receipt: Hash


class Certificate(Value):
    """What was erased: `parts` are leaf and name, in the order of their places.

    `entry` is the text of the entry that erased, `seq` its number, `proof` that it is
    in the tree of `checkpoint`.
    """

    certificate: str = Field(pattern=rf"^{FORMAT}$")
    checkpoint: str
    entry: str
    seq: Annotated[int, Field(ge=0)]
    proof: Proof = ()
    parts: tuple[tuple[Hash, str], ...] = ()
    receipts: tuple[KeyReceipt, ...] = ()


class Certified(NamedTuple):
    """What a certificate shows: since when, what the entry says, and which parts."""

    day: str
    entry: dict[str, JsonValue]
    parts: frozenset[Part]
    size: int
    receipts: tuple[KeyReceipt, ...]


# The checklist. Each step below repeats its number.
#   (1) The file is one line in its one spelling.
#   (2) The checkpoint is signed by the ledger's key and names that ledger.
#   (3) The entry is under the checkpoint's root, at its number, and is an erasure.
#   (4) The parts are as many as the entry says, in order, under the root that it gives.
# What this cannot show: that nobody kept what was erased. Receipts of keys are the
# agencies' word; ask them for what hashes so.


def write(certificate: Certificate) -> bytes:
    """Return a certificate as a file has it."""
    value: JsonValue = certificate.model_dump(mode="json", exclude_defaults=True)
    return encode(value) + b"\n"


def verify_certificate(raw: bytes, key: VerifierKey) -> Certified:
    """Verify a certificate; the checklist is above.

    Raises:
        EntryAltered: the message says what differs.
    """
    made = _read(raw)  # (1)
    head = verify(made.checkpoint, key)  # (2)
    body = made.entry.encode()
    steps = [bytes.fromhex(step) for step in made.proof]
    leaf = leaf_hash(body)
    verify_inclusion(leaf, made.seq, size=head.size, root=head.root, proof=steps)  # (3)
    entry = decode(body)
    if not isinstance(entry, dict) or entry.get("operation") != "erasure":
        raise EntryAltered(f"entry `{made.seq}` is no erasure")
    parts = [Part(bytes.fromhex(leaf), name) for leaf, name in made.parts]
    day = str(entry.get("at"))[:10]
    said = erasure_in(entry) or Erasure(day, 0, root_of([]))
    if (len(parts), root_of(parts)) != (said.size, said.root) or parts != sorted(parts):
        raise EntryAltered(f"the parts are not those that entry `{made.seq}` erased")
    return Certified(day, entry, frozenset(parts), head.size, made.receipts)  # (4)


def told_since(lines: Iterable[bytes], erased: Mapping[Part, str]) -> Counter[str]:
    """Count, by day, the parts that a verified bundle tells and that were erased since.

    Raises:
        EntryAltered: the lines are no bundle.
    """
    told: Counter[str] = Counter()
    for line in read(lines):
        if isinstance(line, Shown):
            told.update(erased[part] for part in _told(line) if part in erased)
    return told


def _told(line: Shown) -> Iterator[Part]:
    leaf = leaf_hash(line.body.encode())
    for name in (*line.opened, *map(ruling, line.rulings)):
        yield Part(leaf, name)
    if line.page:
        yield Part(leaf, PAGE)


def _read(raw: bytes) -> Certificate:
    try:
        made = Certificate.model_validate(decode(raw.removesuffix(b"\n")))
    except (InvalidInput, ValidationError) as error:
        raise EntryAltered("the file is no certificate of an erasure") from error
    if write(made) != raw:
        raise EntryAltered("the certificate is spelled as none is")
    return made
