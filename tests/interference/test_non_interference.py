"""What somebody may not know changes nothing of what any surface shows them.

A random story of cases, facts, questions and answers is told in two installations.
What the observer has no part in differs between them: it happens in one of them only,
or says something else. Then the observer types everything there is to type, with ids
that are known, hidden, or were never given; both must answer with the same bytes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.interference.posting import posted
from tests.interference.resources import ASKED, DONE, FEED, READ, Body, about
from tests.interference.showing import Form, Screen, filled, form_of
from tests.interference.story import (
    BOTH,
    PARTNERS,
    SERVICES,
    TOWNS,
    Differing,
    Known,
    Story,
)
from tests.interference.surfaces import DEEDS, LISTS, LOOKS, OPENED, PAGES, SENT
from tests.interference.twin_worlds import Chance, Twin, standing_still, twins

OBSERVERS = (
    *("saint-gilles/handler", "anderlecht/handler", "anderlecht/second"),
    *("pz-midi/analyst", "ciear-bxl/analyst", "onss/analyst", "audit/auditor"),
    "safe-brussels/coordinator",
)
STORIES = int(os.environ.get("ESTAFETTE_TEST_STORIES", "3"))
ACTS_APART = 8
# Shown, not found, not permitted: anything else would be a fault of these tests.
ENDINGS = (b"0\n", b"3\n", b"4\n")
STATUS = (b"200", b"303", b"403", b"404")
NEVER = UUID(int=0x1234)  # an id that was given to nothing
DRAWN = st.builds(
    Differing,
    where=st.sampled_from([frozenset({0}), frozenset({1}), BOTH]),
    words=st.sampled_from([("Rien.", "Un mot de plus."), ("Deux.", "Trois.")]),
)


class Telling(RuleBasedStateMachine):
    """One story, and what its observer is shown at the end."""

    pair: ClassVar[tuple[Twin, Twin]]
    chance: ClassVar[Chance]
    screen: ClassVar[Screen]
    numbers: ClassVar[Iterator[int]]
    compared: ClassVar[int] = 0

    cases = Bundle("cases")
    questions = Bundle("questions")
    requests = Bundle("requests")

    @initialize(observer=st.sampled_from(OBSERVERS))
    def begin(self, observer: str) -> None:
        for twin in self.pair:
            twin.forget()
        name = f"story {next(self.numbers)}"
        self.story = Story(self.pair, self.chance, observer, name)
        self.known: list[Known] = []

    @rule(target=cases, town=st.sampled_from(TOWNS), drawn=DRAWN)
    def open(self, town: str, drawn: Differing) -> Known:
        return self._keep(self.story.open(town, drawn))

    @rule(case=cases, drawn=DRAWN)
    def add_fact(self, case: Known, drawn: Differing) -> None:
        self.story.add_fact(case, drawn)

    @rule(case=cases, drawn=DRAWN)
    def extend(self, case: Known, drawn: Differing) -> None:
        self.story.extend(case, drawn)

    @rule(target=questions, case=cases, to=st.sampled_from([*PARTNERS]), drawn=DRAWN)
    def ask(self, case: Known, to: str, drawn: Differing) -> object:
        return self._perhaps(self.story.ask(case, to, drawn))

    @rule(target=requests, case=cases, drawn=DRAWN)
    def ask_advice(self, case: Known, drawn: Differing) -> object:
        return self._perhaps(self.story.ask_advice(case, drawn))

    @rule(
        target=questions,
        request=requests,
        to=st.sampled_from([*SERVICES]),
        drawn=DRAWN,
    )
    def ask_service(self, request: Known, to: str, drawn: Differing) -> object:
        return self._perhaps(self.story.ask_service(request, to, drawn))

    @rule(question=questions, drawn=DRAWN)
    def receive(self, question: Known, drawn: Differing) -> None:
        self.story.receive(question, drawn)

    @rule(question=questions, drawn=DRAWN)
    def answer(self, question: Known, drawn: Differing) -> None:
        self.story.answer(question, drawn)

    def teardown(self) -> None:
        """Let the observer type everything, here and there."""
        if hasattr(self, "story"):
            typed = {tuple(words): words for words in self._all_there_is_to_type()}
            for words in typed.values():
                here, there = (self._shown(twin, words) for twin in self.pair)
                type(self).compared += 1
                assert here == there, f"{self.story.observer} typed {words}"
                assert here[:2] in ENDINGS, f"{words} {here.decode()}"
            for path, form in self._all_there_is_to_open():
                here, there = (self._opened(twin, path, form) for twin in self.pair)
                type(self).compared += 1
                assert here == there, f"{self.story.observer} opened {path}"
                assert here[1:4] in STATUS, here.decode()
            for path, body in self._all_there_is_to_ask():
                here, there = (self._asked(twin, path, body) for twin in self.pair)
                type(self).compared += 1
                assert here == there, f"{self.story.observer} asked {path}"
                assert here[1:4] in STATUS, f"{path} {here.decode()}"
            left, gone = (posted(twin, self.story.observer) for twin in self.pair)
            assert left == gone, f"{self.story.observer} was sent something"

    def _keep(self, known: Known) -> Known:
        self.known.append(known)
        return known

    def _perhaps(self, known: Known | None) -> object:
        return multiple() if known is None else self._keep(known)

    def _shown(self, twin: Twin, words: list[str]) -> bytes:
        self.screen.sit_down(twin, self.story.name)
        return self.screen.show(self.story.observer, words)

    def _opened(self, twin: Twin, path: str, form: Form) -> bytes:
        self.screen.sit_down(twin, self.story.name)
        return self.screen.open(self.story.observer, path, form)

    def _asked(self, twin: Twin, path: str, body: Body) -> bytes:
        self.screen.sit_down(twin, self.story.name)
        return self.screen.ask(self.story.observer, path, body)

    def _all_there_is_to_ask(self) -> Iterator[tuple[str, Body]]:
        known = list(self._ids(self.known[-3:]))
        hidden = list(self._ids(self._hidden()[-1:]))
        for path, body in [*((path, None) for path in READ), *ASKED.items()]:
            asked = {path.format_map(ids): about(body, ids) for ids in known}
            yield from asked.items()
        yield FEED, None
        # The commands have tried every act; of the API each story tries some.
        some = list(DONE.items())[len(self.known) % ACTS_APART :: ACTS_APART]
        for path, body in some:
            for address in dict.fromkeys(path.format_map(ids) for ids in hidden):
                yield address, body

    def _all_there_is_to_open(self) -> Iterator[tuple[str, Form]]:
        known = list(self._ids(self.known[-3:]))
        hidden = list(self._ids(self._hidden()[-1:]))
        pages = [(path, None) for paths in PAGES.values() for path in paths]
        for path, form in [*pages, *OPENED.values()]:
            for address in dict.fromkeys(path.format_map(ids) for ids in known):
                yield address, form
        for path, form in SENT.values():
            sent = {path.format_map(ids): form_of(form, ids) for ids in hidden}
            yield from sent.items()

    def _all_there_is_to_type(self) -> Iterator[list[str]]:
        for command, words in LISTS.items():
            yield filled(command, words, {})
        for command, words in LOOKS.items():
            for ids in self._ids(self.known[-3:]):
                yield filled(command, words, ids)
        for command, words in DEEDS.items():
            for ids in self._ids(self._hidden()[-1:]):
                yield filled(command, words, ids)

    def _hidden(self) -> list[Known]:
        """Return what the observer has no part in."""
        theirs = {each.case for each in self.known if each.shown}
        return [each for each in self.known if each.case not in theirs]

    def _ids(self, known: list[Known]) -> Iterator[dict[str, object]]:
        """Yield ids that belong together, of what there is and of what never was."""
        named = {"officer": self.story.observer}
        for each in known:
            question = each.id if each.asked else NEVER
            for item in self._items(each.case, question):
                yield named | {"case": each.case, "handoff": question, "item": item}
        yield named | dict.fromkeys(("case", "handoff", "item"), NEVER)

    def _items(self, case: UUID, question: UUID) -> list[UUID]:
        """Return the newest item of a case or question in each twin."""
        query = (
            "select id from item where case_id = :case"
            " and coalesce(handoff_id, :never) = :question order by id limit 1"
        )
        values = {"case": case, "question": question, "never": NEVER}
        found = {row.id for twin in self.pair for row in twin.rows(query, values)}
        return sorted(found) or [NEVER]


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Twin, Twin]]:
    with twins() as made:
        yield made


@contextmanager
def no_wall(pair: tuple[Twin, Twin], table: str) -> Iterator[None]:
    """Open the wall of a table in both twins for a while."""
    for twin in pair:
        twin.do(f"alter table {table} disable row level security")
    try:
        yield
    finally:
        for twin in pair:
            twin.do(f"alter table {table} enable row level security")


def new_telling(
    pair: tuple[Twin, Twin], patch: pytest.MonkeyPatch, chance: Chance
) -> Telling:
    """Return a story to be told; those told after it use the same twins."""
    Telling.pair, Telling.chance, Telling.numbers = pair, chance, count(1)
    Telling.screen = Screen(patch, chance)
    return Telling()


def told_of_a_question(telling: Telling) -> Telling:
    """Tell the shortest story that shows: a case with a question, in one twin only."""
    telling.begin(observer="saint-gilles/handler")
    drawn = Differing(where=frozenset({0}), words=("Rien.", "Rien."))
    case = telling.open(town="anderlecht", drawn=drawn)
    telling.ask(case=case, to="pz-midi", drawn=drawn)
    return telling


def tell(pair: tuple[Twin, Twin], patch: pytest.MonkeyPatch, stories: int) -> int:
    """Tell stories and compare; return how many answers were compared."""
    Telling.compared = 0
    with standing_still() as chance:
        new_telling(pair, patch, chance)
        run_state_machine_as_test(
            Telling,
            settings=settings(
                max_examples=stories,
                stateful_step_count=12,
                derandomize=True,
                database=None,
                phases=[Phase.generate],  # a story is short enough to be read whole
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return Telling.compared


@pytest.mark.timeout(900)  # on a busy machine it takes longer than other tests may
def test_the_hidden_changes_no_byte_of_any_surface(
    pair: tuple[Twin, Twin], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = tell(pair, monkeypatch, STORIES)

    assert compared > STORIES * len(LISTS | LOOKS | DEEDS) // 2


@pytest.mark.parametrize("table", ["case_file", "handoff", "item"])
def test_a_wall_that_is_open_is_noticed(
    pair: tuple[Twin, Twin], monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    with standing_still() as chance, no_wall(pair, table):
        telling = told_of_a_question(new_telling(pair, monkeypatch, chance))

        with pytest.raises(AssertionError, match="typed|opened"):
            telling.teardown()


def test_with_every_wall_that_story_shows_nothing(
    pair: tuple[Twin, Twin], monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_still() as chance:
        told_of_a_question(new_telling(pair, monkeypatch, chance)).teardown()
