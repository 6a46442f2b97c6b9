"""What may be known of an item is read from its header, and from nothing else."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from models.errors import EntryAltered
from models.handling import Handling, Regime
from models.ids import AgencyId, CaseId, ItemId
from models.items import ItemHeader, ItemKind
from storage.items import known_of

HEADER = ItemHeader(
    item=ItemId(uuid4()), case=CaseId(uuid4()), originator=AgencyId("anderlecht"),
    kind=ItemKind.FACT,
    handling=Handling(basis="NLC 119ter §6", regime=Regime.GDPR),
)  # fmt: skip
WRITTEN = HEADER.model_dump_json().encode()


def row(header: bytes | str = WRITTEN, **other: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "id": HEADER.item,
            "case_id": HEADER.case,
            "state": "live",
            "added_on": date(2026, 3, 2),
            "handoff_id": None,
            "header": header,
        }
        | other
    )


def test_it_is_the_same_by_itself_and_out_of_json() -> None:
    told = row(
        "\\x" + WRITTEN.hex(),
        id=str(HEADER.item),
        case_id=str(HEADER.case),
        added_on="2026-03-02",
    )

    assert known_of(told) == known_of(row())
    assert known_of(told).added_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    "altered",
    [
        row(b"\xff\x00"),
        row(b"{}"),
        row("\\xff00"),
        row(id=uuid4()),
        row(case_id=uuid4()),
    ],
)
def test_what_the_header_does_not_say_is_refused(altered: SimpleNamespace) -> None:
    with pytest.raises(EntryAltered):
        known_of(altered)
