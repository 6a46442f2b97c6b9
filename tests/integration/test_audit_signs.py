"""What is unusual about reads that officers really did, told from the trail alone."""

from typing import Any

from acts import emergencies, people
from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId, OfficerId
from models.people import ExclusionGround, GlassGround
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.deeds.staff import hire
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR, SECOND = "audit/auditor", "anderlecht/second"


def signs(terminal: Terminal, case: CaseId) -> dict[str, set[str]]:
    """Return by officer what is unusual about reads in a case."""
    found: dict[str, set[str]] = {}
    for each in terminal.do(AUDITOR, "audit", "unusual", "--case", case):
        found.setdefault(each["line"]["officer"], set()).update(each["signs"])
    return found


def read_by(cast: Cast, who: str, item: ItemId) -> Any:
    return read_item(cast.desk, cast.reader(who), item)


def ordered(world: World, receipt: str) -> bool:
    leaf = "select count(*) from ledger_entry where leaf = decode(%s, 'hex')"
    return bool(eventually(lambda: world.one(leaf, receipt)))


def test_who_was_kept_out_later_is_named_and_who_kept_them_out_is_not(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    kept_out = hire(world, cast, "anderlecht/kin", OfficerFunction.HANDLER)
    recused = hire(world, cast, "anderlecht/friend", OfficerFunction.HANDLER)
    by = cast.officer(MAYOR)
    for name in (kept_out, recused):
        officer = OfficerId(name)
        world.do(people.designate(cast.desk, by, case, officer, None))
    for name in (MAYOR, HANDLER, kept_out, recused):
        read_by(cast, name, item)
    ground = ExclusionGround.FAMILY
    world.do(people.exclude(cast.desk, by, case, OfficerId(kept_out), ground))
    done = world.do(people.recuse(cast.desk, cast.officer(recused), case, ground))
    assert done.outcome and ordered(world, done.outcome.receipt)

    found = signs(terminal, case)

    in_conflict = {who for who, seen in found.items() if "conflict" in seen}
    assert in_conflict == {kept_out, recused}


def test_a_read_behind_broken_glass_is_named(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    officer = cast.officer(SECOND)
    world.do(emergencies.break_glass(cast.desk, officer, case, GlassGround.DANGER, 4))
    assert ordered(world, read_by(cast, SECOND, item).receipt)
    assert ordered(world, read_by(cast, HANDLER, item).receipt)

    found = signs(terminal, case)

    assert "emergency" in found[SECOND]
    assert "emergency" not in found.get(HANDLER, set())
