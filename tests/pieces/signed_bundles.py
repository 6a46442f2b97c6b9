"""A small ledger in which a hand-off moves, and bundles with what both sides signed."""

from hashlib import sha256

from ledger.bundle import Shown, SignedChange, write
from ledger.canonical import encode
from ledger.merkle import leaf_hash
from ledger.proofs import inclusion_proof
from models.twins import Change, Side
from tests.pieces import bundles as b
from tests.pieces.trees import tree_of
from vault import signing

ASKER, ASKED = "anderlecht", "pz-midi"
SIDES = {Side.SENDER: ASKER, Side.RECEIVER: ASKED}
HANDOFF = "5b1f1f0e-8c1a-4f5e-9d0a-3c2b1a0f9e8d"
OTHER = "6c2f1f0e-8c1a-4f5e-9d0a-3c2b1a0f9e8d"
MOVES = (
    (ASKER, "handoff.ask", Change.OFFERED),
    (ASKED, "handoff.receive", Change.RECEIVED),
    (ASKED, "handoff.answer", Change.ANSWERED),
)
AT = 1_772_447_400_000_000
SIGNERS = {agency: signing.new_signing_key() for agency in (ASKER, ASKED)}
KEYS = {agency: (signing.public_bytes(key),) for agency, key in SIGNERS.items()}


def body(number: int, handoff: str = HANDOFF) -> bytes:
    """Return the entry of a move, of which there are three."""
    agency, kind, _ = MOVES[number % 3]
    to = [each for each in SIDES.values() if each != agency]
    moved = {"agency": agency, "kind": kind, "handoff": handoff, "recipients": to}
    return b.body(number, **moved)


HANDOFFS = (*[HANDOFF] * 3, *[OTHER] * 3, HANDOFF)
"""Of each entry; the last begins the first hand-off again, as none does."""
BODIES = [body(number, handoff) for number, handoff in enumerate(HANDOFFS)]
LEAVES = [leaf_hash(each) for each in BODIES]


def signed_bytes(number: int, side: Side, **changes: object) -> bytes:
    """Return what a side signs of a move, as the page of the format has it."""
    said = {
        "agency": SIDES[side],
        "handoff": HANDOFFS[number],
        "step": number % 3 + 1,
        "change": MOVES[number % 3][2].value,
        "side": side.value,
        "at": AT + number,
        "leaf": LEAVES[number].hex(),
        "receipt": SIDES[side] == MOVES[number % 3][0],
        "previous": previous(number, side),
        "signed_at": AT + number + 5,
    }
    return encode(["estafette", "twin", "v1", *map(_plain, (said | changes).values())])


def previous(number: int, side: Side) -> str:
    """Return the digest of what the side signed of the move before."""
    return sha256(signed_bytes(number - 1, side)).hexdigest() if number % 3 else ""


def word(number: int, side: Side, **changes: object) -> SignedChange:
    """Return a side's record of a move; what is changed is signed so."""
    agency = SIDES[side]
    key = sha256(KEYS[agency][0]).hexdigest()
    made = SignedChange(
        agency=agency,
        step=number % 3 + 1,
        change=MOVES[number % 3][2],
        at=AT + number,
        receipt=agency == MOVES[number % 3][0],
        previous=previous(number, side),
        signed_at=AT + number + 5,
        key=key,
        signature=signing.sign(
            SIGNERS[agency], signed_bytes(number, side, **changes)
        ).hex(),
    )
    return made.model_copy(update=changes)


def both(number: int) -> dict[Side, SignedChange]:
    """Return what both sides signed of a move."""
    return {side: word(number, side) for side in SIDES}


def line(number: int, **changes: object) -> Shown:
    """Return the line of a move, which both sides signed."""
    proof = inclusion_proof(number, len(LEAVES), tree_of(LEAVES))
    made = Shown(
        seq=number,
        body=BODIES[number].decode(),
        proof=tuple(step.hex() for step in proof),
        twins=both(number),
    )
    return made.model_copy(update=changes)


def bundle(*lines: Shown) -> list[bytes]:
    """Return a sealed bundle; of all moves of the hand-off if none are given."""
    note = b.checkpoint(len(LEAVES), leaves=LEAVES)
    head = b.header(checkpoint=note, earlier=())
    return list(write(head, lines or [line(n) for n in range(3)], "audit", b.seal))


def _plain(value: object) -> object:
    """Return a change as its word: canonical bytes know of no enumeration."""
    return str(value) if isinstance(value, Change) else value
