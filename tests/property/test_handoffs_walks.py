"""Random walks through the life of a handoff: what is over stays over."""

from hypothesis import given
from hypothesis import strategies as st

from models.errors import ClockEnded, TransitionNotAllowed
from models.handoffs import OPEN_STATES, HandoffState, HandoffStep, after

FINAL = set(HandoffState) - OPEN_STATES
ASKED = {
    *(HandoffStep.RECEIVE, HandoffStep.ACCEPT, HandoffStep.ANSWER),
    *(HandoffStep.REFUSE, HandoffStep.RETURN),
}
walks = st.lists(st.sampled_from(HandoffStep), max_size=30)


def walked(steps: list[HandoffStep]) -> list[tuple[HandoffStep, HandoffState]]:
    """The steps that were possible from the offer on, each with where it led."""
    state, trail = HandoffState.OFFERED, []
    for step in steps:
        try:
            state = after(step, state)
        except (TransitionNotAllowed, ClockEnded):
            continue
        trail.append((step, state))
    return trail


@given(walks)
def test_what_is_over_stays_over(steps) -> None:
    states = [state for _, state in walked(steps)]

    ends = [index for index, state in enumerate(states) if state in FINAL]
    assert ends in ([], [len(states) - 1])


@given(walks)
def test_an_answer_comes_after_somebody_received_the_question(steps) -> None:
    trail = walked(steps)

    for index, (step, _) in enumerate(trail):
        if step in ASKED - {HandoffStep.RECEIVE}:
            since_offer = {s for s, _ in trail[:index]}
            assert HandoffStep.RECEIVE in since_offer


@given(walks)
def test_a_question_is_open_as_long_as_it_can_be_recalled(steps) -> None:
    trail = walked(steps)
    state = trail[-1][1] if trail else HandoffState.OFFERED

    try:
        recalled = after(HandoffStep.RECALL, state)
    except (TransitionNotAllowed, ClockEnded):
        assert state in FINAL
    else:
        assert state in OPEN_STATES
        assert recalled is HandoffState.RECALLED


@given(st.sampled_from(sorted(FINAL)), st.sampled_from(HandoffStep))
def test_a_refused_step_says_why_and_what_would_be_possible(state, step) -> None:
    try:
        after(step, state)
    except (TransitionNotAllowed, ClockEnded) as error:
        assert error.message
        assert error.help
    else:
        raise AssertionError(f"{step} was possible from {state}")


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    edges = {
        (state, led)
        for state in HandoffState
        for step in HandoffStep
        if (led := reached(step, state)) is not None
    }

    assert {led for _, led in edges} == set(HandoffState)
    assert {state for state, _ in edges} == set(OPEN_STATES)


def reached(step: HandoffStep, state: HandoffState) -> HandoffState | None:
    try:
        return after(step, state)
    except (TransitionNotAllowed, ClockEnded):
        return None
