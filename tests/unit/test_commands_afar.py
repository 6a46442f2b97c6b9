"""Commands and an installation elsewhere: which go there, and what they say of it."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx2
import pytest

import cli
from acts.offered.bodies import Nothing
from acts.reporting import Report
from commands.afar.api import Api
from commands.terminal.lazy import Noun
from commands.terminal.references import the_one_meant
from models.act_kinds import ActKind
from models.errors import (
    InvalidInput,
    NotFound,
    NotProven,
    OutsidePack,
    Unavailable,
)
from tests.cli_reference import Place, place_of, verbs
from tests.interference.surfaces import DEEDS, LISTS, LOOKS
from tests.running.terminal import Terminal

ELSEWHERE = "https://estafette.example"
TYPED = LISTS | LOOKS | DEEDS
REPORT = {
    "act": str(uuid4()),
    "kind": ActKind.HANDOFF_ACCEPT,
    "case": str(uuid4()),
    "taken_up": True,
}


def commands() -> Iterator[tuple[str, Place]]:
    for name, told in cli.Nouns.nouns.items():
        for verb, command in verbs(Noun(name, *told).load()):
            yield f"{name} {verb}", place_of(command)


def api(*answers: httpx2.Response | Exception) -> tuple[Api, list[httpx2.Request]]:
    """Return an API that answers so, one after the other, and what it was asked."""
    left, asked = list(answers), []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        given = left.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    transport = httpx2.MockTransport(answer)
    return Api(httpx2.Client(transport=transport, base_url=ELSEWHERE)), asked


def problem(code: str, **more: object) -> httpx2.Response:
    return httpx2.Response(
        400, json={"code": code, "detail": "no", "help": "do so", **more}
    )


def test_every_act_of_an_officer_is_done_elsewhere_too() -> None:
    places = dict(commands())

    assert {places[name] for name in DEEDS} == {Place.ANYWHERE}
    assert places["case open"] == places["decision propose"] == Place.ANYWHERE


@pytest.mark.parametrize("name", TYPED)
def test_a_command_goes_elsewhere_or_says_that_it_does_not(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: object,
    name: str,
) -> None:
    monkeypatch.setenv("ESTAFETTE_URL", ELSEWHERE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    identifier = str(UUID(int=0))
    words = [re.sub(r"{\w+}", identifier, word) for word in TYPED[name]]

    refused = Terminal(monkeypatch, capsys).run(*name.split(), *words, "--json")

    if dict(commands())[name] is Place.ANYWHERE:
        assert (refused.code, refused.error["error"]) == (4, "NotSignedIn")
        assert "session begin" in refused.error["help"]
    else:
        assert (refused.code, refused.error["error"]) == (10, "NotConfigured")
        assert "ESTAFETTE_URL" in refused.error["help"]


@pytest.mark.parametrize(
    "words",
    ["ledger verify", "ledger keys", "node receipts --agency deipp", "directory list",
     "notice key"],
)  # fmt: skip
def test_what_runs_an_installation_does_nothing_for_one_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    monkeypatch.setenv("ESTAFETTE_URL", ELSEWHERE)

    refused = Terminal(monkeypatch, capsys).run(*words.split())

    assert refused.code == 10
    assert "unset ESTAFETTE_URL" in refused.err


def test_an_act_without_an_answer_is_asked_for_again_under_the_same_key() -> None:
    there, asked = api(httpx2.ReadError("gone"), httpx2.Response(200, json=REPORT))

    done = there.order("/handoffs/x/acts/handoff.accept", Report, Nothing())

    assert done.taken_up
    first, second = (each.headers["idempotency-key"] for each in asked)
    assert first == second


def test_where_nobody_answers_it_is_not_said_that_nothing_was_done() -> None:
    there, asked = api(*[httpx2.ConnectError("nobody")] * 2)

    with pytest.raises(Unavailable, match="does not answer") as refused:
        there.order("/cases/x/acts/case.close", Report, Nothing())

    assert len(asked) == 2
    assert "stored nevertheless" in refused.value.help


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(502, text="<html>"),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=[]),
        httpx2.Response(307, headers={"location": "https://other.example"}),
        httpx2.Response(400, json=[]),
        problem("NotFound", details=None),
        problem("NotFound", faults=5),
        problem("NotFound", faults=[{"detail": "no"}]),
    ],
    ids=repr,
)
def test_what_is_no_installation_is_called_so(answer: httpx2.Response) -> None:
    there, asked = api(answer)

    with pytest.raises(Unavailable, match="no usable answer"):
        there.read("/me", dict)

    assert len(asked) == 1


def test_a_detail_takes_the_place_of_no_word_of_an_error() -> None:
    there, _ = api(problem("NotFound", details={"help": "x", "message": "y"}))

    with pytest.raises(NotFound) as refused:
        there.read("/me", dict)

    assert (refused.value.message, refused.value.help) == ("no", "do so")


def test_what_was_not_typed_is_not_acted_on() -> None:
    typed, other = UUID("abcd1234" * 4), UUID(int=0)

    assert the_one_meant("case", "abcd", lambda _: [other, typed]) == typed
    for found in ([], [other]):
        with pytest.raises(NotFound):
            the_one_meant("case", "abcd", lambda _, found=found: found)


def test_an_error_keeps_its_class_its_help_and_its_details() -> None:
    there, _ = api(problem("OutsidePack", details={"article": "NLC 119ter §6"}))

    with pytest.raises(OutsidePack) as refused:
        there.read("/me", dict)

    assert refused.value.help == "do so"
    assert refused.value.details == {"article": "NLC 119ter §6"}


def test_what_is_too_large_is_the_fault_of_what_was_given() -> None:
    there, _ = api(problem("ContentTooLarge"))

    with pytest.raises(InvalidInput):
        there.read("/me", dict)


def test_a_weak_proof_names_the_command_that_gives_a_stronger_one() -> None:
    there, _ = api(problem("NotProven", details={"acr_values": "strong"}))

    with pytest.raises(NotProven) as refused:
        there.read("/me", dict)

    assert refused.value.help == (
        "sign in with `estafette session begin --strength strong`"
    )
