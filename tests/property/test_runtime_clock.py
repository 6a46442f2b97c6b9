"""Laws of a run of legal time: one instant for one, never backwards, no jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.clock import BRUSSELS
from runtime.clock import Run, SystemClock

_TICK = timedelta(microseconds=1)
_LONGEST = timedelta(days=20 * 365)
_MACHINE = datetime(2026, 11, 22, 12, tzinfo=UTC)
_LEGAL = datetime(2026, 3, 2, 9, tzinfo=BRUSSELS)

zones = st.sampled_from([UTC, BRUSSELS, ZoneInfo("Pacific/Auckland")])
spans = st.timedeltas(-_LONGEST, _LONGEST)
lengths = st.timedeltas(timedelta(), timedelta(minutes=10))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run between any two instants; anchors may be told in any zone."""
    start = _MACHINE + draw(lengths)
    return Run(
        machine_anchor=start.astimezone(draw(zones)),
        legal_anchor=(_LEGAL + draw(lengths) * 1000).astimezone(draw(zones)),
        pace=draw(st.integers(1, 1_000_000)),
        machine_until=(start + draw(lengths)).astimezone(draw(zones)),
    )


def apart(later: datetime, earlier: datetime) -> timedelta:
    """What lies between two instants, whatever zones they are told in."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


@given(runs(), spans, zones)
def test_machine_time_comes_back_from_legal_time(run, span, zone) -> None:
    machine = run.machine_anchor.astimezone(UTC) + span

    assert apart(run.machine(run.legal(machine.astimezone(zone))), machine) == span * 0


@given(runs(), spans, zones)
def test_legal_time_comes_back_to_what_a_tick_is_worth(run, span, zone) -> None:
    legal = run.legal_anchor.astimezone(UTC) + span

    back = run.legal(run.machine(legal.astimezone(zone)))

    assert abs(apart(back, legal)) <= _TICK * run.pace


@given(runs(), spans, st.timedeltas(timedelta(), timedelta(days=400)))
def test_legal_time_never_runs_backwards(run, span, later) -> None:
    machine = run.machine_anchor.astimezone(UTC) + span

    assert apart(run.legal(machine + later), run.legal(machine)) >= later


@given(runs())
def test_legal_time_does_not_jump_where_a_run_begins_or_ends(run) -> None:
    for edge in (run.machine_anchor, run.machine_until):
        for side in (edge.astimezone(UTC) - _TICK, edge.astimezone(UTC) + _TICK):
            assert abs(apart(run.legal(side), run.legal(edge))) <= _TICK * run.pace


@given(runs(), st.timedeltas(timedelta(), _LONGEST))
def test_before_and_after_a_run_legal_time_passes_like_machine_time(run, span) -> None:
    after, before = run.machine_until, run.machine_anchor

    assert apart(run.legal(after.astimezone(UTC) + span), run.legal(after)) == span
    assert apart(run.legal(before), run.legal(before.astimezone(UTC) - span)) == span


@given(runs())
def test_a_run_covers_its_legal_span_in_its_machine_span(run) -> None:
    span = apart(run.machine_until, run.machine_anchor)

    covered = apart(run.legal(run.machine_until), run.legal(run.machine_anchor))

    assert apart(run.legal(run.machine_anchor), run.legal_anchor) == timedelta()
    assert covered == span * run.pace


@given(spans)
def test_in_production_legal_time_is_machine_time(span) -> None:
    clock, machine = SystemClock(), _MACHINE + span

    assert clock.legal(machine) == machine
    assert clock.machine(clock.legal(machine)) == machine
    assert clock.legal(machine).tzinfo is BRUSSELS


def test_a_change_of_hour_is_not_lost() -> None:
    # On 29 March 2026 the clocks in Brussels go forward by an hour.
    run = Run(_MACHINE, _LEGAL, 86_400, _MACHINE + timedelta(seconds=60))

    legal = run.legal(_MACHINE + timedelta(seconds=30))

    assert legal == datetime(2026, 4, 1, 10, tzinfo=BRUSSELS)
