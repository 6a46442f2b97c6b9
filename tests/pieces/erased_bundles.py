"""A small ledger in which parts of entries were erased, and bundles of it."""

from ledger.bundle import ErasedPart, Erasing, Header, Opening, Shown, write
from ledger.canonical import encode
from ledger.certificate import FORMAT as CERTIFICATE
from ledger.certificate import Certificate, KeyReceipt
from ledger.erased import PAGE, Part, root_of, ruling, subject, tree_of
from ledger.merkle import leaf_hash
from ledger.proofs import inclusion_proof
from tests.pieces import bundles as b
from tests.pieces.trees import tree_of as ledger_of

DAY = "2036-03-10"
SEAL = "30440220"
ABOUT = subject(b.ITEM)
BODIES = [
    b.body(number, subjects={b.ITEM: b.commitment(SEAL.encode())})
    for number in range(7)
]
ERASED = (2, 3)
"""The entries of which every part was erased, under entry 7."""
NAMES = ("officer", ABOUT, ruling(b.RULING), PAGE)
PARTS = sorted(Part(leaf_hash(BODIES[n]), name) for n in ERASED for name in NAMES)


def erasing_body(**changes: object) -> bytes:
    """Return the entry that erased."""
    said = {"officers": 2, "subjects": 2, "rulings": 2, "pages": 2}
    entry = {
        "id": "00000007-0000-4000-8000-000000000000",
        "at": f"{DAY}T03:00:00+01:00",
        "agency": "anderlecht",
        "article": "L24 25 §4",
        "detail": "ret.log 2026-03-03 2026-03-04",
        "kind": "log.erased",
        "operation": "erasure",
        "erased": {**said, "root": root_of(PARTS)},
    }
    return encode(entry | changes)


LEAVES = [leaf_hash(each) for each in (*BODIES, erasing_body())]


def erasing(**changes: object) -> Erasing:
    """Return what the header says of the entry that erased."""
    made = Erasing(seq=7, body=erasing_body().decode(), proof=_proof(7))
    return made.model_copy(update=changes)


def header(**changes: object) -> Header:
    """Return the header of a bundle about the case, with the erasure."""
    made = b.header(
        checkpoint=b.checkpoint(len(LEAVES), leaves=LEAVES),
        earlier=(),
        erasures=(erasing(),),
    )
    return made.model_copy(update=changes)


def erased(number: int, name: str, **changes: object) -> ErasedPart:
    """Return what is said of one part that was erased."""
    place = PARTS.index(Part(LEAVES[number], name))
    proof = inclusion_proof(place, len(PARTS), tree_of(PARTS))
    steps = tuple(step.hex() for step in proof)
    made = ErasedPart(erased_on=DAY, by=7, place=place, proof=steps)
    return made.model_copy(update=changes)


def gone(number: int, **changes: object) -> Shown:
    """Return the line of an entry of which all was erased."""
    made = Shown(
        seq=number,
        body=BODIES[number].decode(),
        proof=_proof(number),
        erased={name: erased(number, name) for name in NAMES},
    )
    return made.model_copy(update=changes)


def named(number: int, **changes: object) -> Shown:
    """Return the line of an entry that still says all."""
    opened = {
        "officer": Opening(value=b.OFFICER, salt=b.SALT),
        ABOUT: Opening(value=SEAL, salt=b.SALT),
    }
    made = b.line(
        number, body=BODIES[number].decode(), proof=_proof(number), opened=opened
    )
    return made.model_copy(update=changes)


def bundle(*lines: Shown, head: Header | None = None) -> list[bytes]:
    """Return a sealed bundle; of two erased entries and one other if none are given."""
    entries = lines or (gone(2), gone(3), named(4))
    return list(write(head or header(), entries, "audit", b.seal))


def _proof(number: int) -> tuple[str, ...]:
    steps = inclusion_proof(number, len(LEAVES), ledger_of(LEAVES))
    return tuple(step.hex() for step in steps)


def certificate(**changes: object) -> Certificate:
    """Return the certificate of the erasure."""
    made = Certificate(
        certificate=CERTIFICATE,
        checkpoint=b.checkpoint(len(LEAVES), leaves=LEAVES),
        entry=erasing_body().decode(),
        seq=7,
        proof=_proof(7),
        parts=tuple((part.leaf.hex(), part.name) for part in PARTS),
        receipts=(KeyReceipt(agency="anderlecht", receipt="ab" * 32),),
    )
    return made.model_copy(update=changes)
