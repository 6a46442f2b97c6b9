"""What the lead of a case learns of what its hub asks others: nothing, not a count."""

from acts import advice
from tests.deeds.cast import DEIPP, HANDLER, Cast
from tests.deeds.consulting import consult
from tests.running.terminal import Terminal
from tests.running.world import World


def test_the_lead_s_page_is_the_same_whether_the_hub_asked_others_or_not(
    world: World, cast: Cast, terminal: Terminal
) -> None:
    done = world.do(consult(cast))
    world.do(advice.admit(cast.desk, cast.officer(DEIPP), done.advice))
    pages = ("case", "show", done.case), ("case", "list")
    before = [terminal.do(HANDLER, *page) for page in pages]

    tax = world.do(
        cast.ask(done.case, "spf-finances", "svc.4", parent=done.advice, who=DEIPP)
    )
    world.do(cast.receive(tax, who="spf-finances/analyst"))

    assert [terminal.do(HANDLER, *page) for page in pages] == before
