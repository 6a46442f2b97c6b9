"""The command line elsewhere, for those who watch: as it is here."""

from pathlib import Path

import pytest

from acts.items.reading import read_item
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.subject_requests import REQUEST, recording
from tests.running.far_terminal import FarTerminal
from tests.running.site import Site
from tests.running.terminal import Answer, Terminal
from tests.running.world import World, eventually

AUDITOR, DPO, CHIEF = "audit/auditor", "anderlecht/dpo", "anderlecht/supervisor"


@pytest.fixture
def far(
    world: World,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> FarTerminal:
    made = FarTerminal(monkeypatch, capsys)
    made.enter(world)
    made.go_to(site, tmp_path)
    return made


def both(
    far: FarTerminal, patch: pytest.MonkeyPatch, who: str, *words: object
) -> tuple[Answer, Answer]:
    """Return what a command writes elsewhere, and what it writes here."""
    there = far.ask(who, *words)
    with patch.context() as here:
        here.delenv("ESTAFETTE_URL")
        return there, Terminal.ask(far, who, *words)


def without_receipt(answer: Answer) -> object:
    """Return what came, but for the receipt: each look has one of its own."""
    if answer.code or not isinstance(answer.document, dict):
        return answer
    return {**answer.document, "receipt": ""}


def test_a_dpo_works_elsewhere_as_here(
    cast: Cast, far: FarTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = far.do(DPO, *recording(cast.today))["request"]["id"]
    said = ("--outcome", "referred", "--text", "À l'APD.")
    answered = far.do(DPO, *REQUEST, "answer", asked[:8], *said)
    assert answered["request"]["state"] == "answered"
    period = ("--since", cast.today, "--until", cast.today)
    made = far.do(DPO, "audit", "statutory", "make", *period)["made"]["id"]

    for words in (
        (*REQUEST, "list", "--limit", "2"),
        (*REQUEST, "show", asked),
        (*REQUEST, "held", asked),
        (*REQUEST, "close", "00001234", "--text", "Fini."),
        ("audit", "statutory", "list", "--limit", "2"),
        ("audit", "statutory", "show", made[:8]),
    ):
        there, here = both(far, monkeypatch, DPO, *words)
        assert without_receipt(there) == without_receipt(here)


def test_a_finding_is_opened_and_answered_elsewhere(
    world: World, far: FarTerminal, case: CaseId
) -> None:
    opened = "select entry_id from ledger_entry where kind = 'case.open'"
    entry = eventually(lambda: world.one(f"{opened} and case_id = %s", case))
    owner = ("--owner", HANDLER, "--text", "Pourquoi ?")
    made = far.do(AUDITOR, "audit", "finding", "open", str(entry)[:8], *owner)
    name = made["finding"]["id"][:8]
    far.do(HANDLER, "audit", "finding", "answer", name, "--text", "Pour voir.")

    read = far.do(AUDITOR, "audit", "finding", "show", name)
    assert [each["text"] for each in read["steps"]] == ["Pourquoi ?", "Pour voir."]
    assert far.ask(HANDLER, *REQUEST, "list").code == 4


def test_who_read_an_item_is_shown_elsewhere_to_superiors_alone(
    world: World,
    cast: Cast,
    far: FarTerminal,
    monkeypatch: pytest.MonkeyPatch,
    item: ItemId,
) -> None:
    read_item(cast.desk, cast.reader(HANDLER), item)
    # The reason is shown once the entry is ordered.
    seen = (
        "select count(*) from sighting s join ledger_entry e using (entry_id)"
        " where s.item_id = %s and s.kind = 'item.released'"
    )
    assert eventually(lambda: world.one(seen, item))
    there, here = both(far, monkeypatch, CHIEF, "item", "readers", item)
    assert there == here
    assert there.document

    refused = both(far, monkeypatch, HANDLER, "item", "readers", item)
    assert [each.code for each in refused] == [4, 4]
