"""Every act of the route from the command line, each in the name of its officer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.deeds.cast import HANDLER, MAYOR, SUBJECT, Cast
from tests.running.far_terminal import FarTerminal
from tests.running.site import Site
from tests.running.terminal import Terminal

COLLEGE, POLICE = "anderlecht/college", "pz-midi/analyst"
REGISTRAR, ADVISER = "deipp/registrar", "deipp/analyst"
TAX, SOCIAL = "spf-finances/analyst", "onss/analyst"
REFUSAL = "out.refuse"
NO_HIT = ("--text", "Non.", "--no-hit", "--regime", "gdpr")
PV = ("--text", "PV.", "--disclosable", "--validated", "--regime", "police")
SANCTIONS = ("--text", "Sanctions.", "--regime", "gdpr")


def write(path: Path, values: object) -> Path:
    path.write_bytes(orjson.dumps(values))
    return path


def open_case(at: Terminal, folder: Path, *words: str) -> str:
    subject = write(folder / "subject.json", SUBJECT)
    opened = at.do(
        MAYOR, "case", "open", "--activity", "car_wash", "--subject", subject,
        "--facts", "Trois gérants.", "--designate", HANDLER, "--confirm-all", *words,
    )  # fmt: skip
    assert opened["taken_up"] and opened["stage"] == "inquiry" and opened["receipt"]
    return str(opened["case"])


def add_fact(at: Terminal, case: str, *words: str) -> str:
    added = at.do(
        HANDLER, "item", "add", case, "--source", "src.3", "--text", "Deux plaintes.",
        "--disclosable", "--grade", "B2", *words,
    )  # fmt: skip
    return str(added["item"])


def ask(at: Terminal, who: str, case: str, to: str, *words: str) -> str:
    asked = at.do(
        who, "handoff", "ask", case, "--to", to, "--question", "Faits?", *words
    )
    return str(asked["handoff"])


def query_register(at: Terminal, case: str) -> str:
    queried = at.do(
        HANDLER, "register", "query", case, "--to", "deipp", "--motivation", "Indices."
    )
    at.do(REGISTRAR, "handoff", "receive", queried["handoff"])
    at.do(REGISTRAR, "handoff", "answer", queried["handoff"], *NO_HIT)
    return str(queried["handoff"])


def request_advice(at: Terminal, case: str) -> str:
    requested = at.do(
        MAYOR, "advice", "request", case, "--to", "deipp", "--inquiry", "Bases.",
        "--register", "no-hit", "--motivation", "Risque sérieux.",
    )  # fmt: skip
    at.do(ADVISER, "handoff", "receive", requested["handoff"])
    return str(requested["handoff"])


def hear(at: Terminal, cast: Cast, case: str) -> None:
    today, day = cast.today, cast.today + timedelta(days=1)
    invited = at.do(
        HANDLER, "hearing", "invite", case, "--mode", "registered",
        "--presented-on", today, "--hearing-on", day,
        "--letter", "Invitation.", "--proof", "Récépissé.",
    )  # fmt: skip
    cast.world.do(cast.until(day))
    recorded = at.do(
        HANDLER, "hearing", "record", case, "--hearing", invited["hearing"][:8],
        "--attendance", "heard", "--minutes", "Entendue.",
        "--argument", "Tout est déclaré.", "--argument", "Bail récent.",
    )  # fmt: skip
    assert recorded["hearing"] == invited["hearing"]


def motivation(folder: Path, item: str, *, answered: int = 2) -> Path:
    ground = {
        "item": item[:8],
        "offence": "off.03",
        "limb": "1",
        "person": "pers.0",
        "reasoning": "Fait vérifiable.",
    }
    values: dict[str, Any] = {
        "summary": "Risque sérieux.",
        "grounds": [ground],
        "weighing": {
            "gravity": "Faits graves.",
            "link_with_sector": "Couverture.",
            "advantages": "Importants.",
            "milder_measures": "Insuffisantes.",
        },
        "answers": [
            {"argument": n, "answer": "Ne convainc pas."}
            for n in range(1, answered + 1)
        ],
    }
    return write(folder / "motivation.json", values)


def propose(at: Terminal, case: str, file: Path, *more: object) -> Any:
    words = ("--outcome", REFUSAL, "--motivation", file, *more)
    return at.ask(MAYOR, "decision", "propose", case, *words)


def notify(at: Terminal, cast: Cast, case: str) -> None:
    at.do(
        HANDLER, "decision", "notify", case, "--mode", "receipt",
        "--received-on", cast.today, "--proof", "Signature.",
    )  # fmt: skip


def decide(at: Terminal, cast: Cast, case: str, folder: Path, item: str) -> None:
    unanswered = propose(at, case, motivation(folder, item, answered=1)).error
    assert unanswered["error"] == "PiecesMissing"
    assert "argument 2" in unanswered["message"]
    invented = propose(at, case, motivation(folder, item, answered=3)).error
    assert invented["error"] == "InvalidInput"
    assert "no argument `3`" in invented["message"]
    endless = propose(at, case, motivation(folder, item), "--months", 6).error
    assert "not limited in time" in endless["message"]
    proposed = propose(at, case, motivation(folder, item)).document
    refused = at.ask(MAYOR, "decision", "adopt", case, "--text", "Refus.")
    assert (refused.code, refused.error["error"]) == (4, "NotPermitted")
    adopted = at.do(COLLEGE, "decision", "adopt", case, "--text", "Refus.")
    assert adopted["decision"] == proposed["decision"]
    notify(at, cast, case)
    at.do(HANDLER, "register", "file", case, "--to", "deipp", "--text", "Refus.")


@pytest.fixture
def elsewhere(
    cast: Cast,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    """A terminal that has no desk, and goes to the API of an installation."""
    made = FarTerminal(monkeypatch, capsys)
    made.use_rules_of(cast.desk)
    made.go_to(site, tmp_path)
    return made


def test_a_refusal_is_reached_act_by_act(
    terminal: Terminal, cast: Cast, tmp_path: Path
) -> None:
    at, case = terminal, open_case(terminal, tmp_path)
    fact = add_fact(at, case)
    handoff = ask(at, HANDLER, case, "pz-midi", "--context", "Enquête.")
    at.do(POLICE, "handoff", "receive", handoff)
    at.do(POLICE, "handoff", "accept", handoff[:6])
    at.do(POLICE, "handoff", "answer", handoff, *PV)
    query_register(at, case)
    request = request_advice(at, case)
    at.do(ADVISER, "advice", "reject", request, "--reasons", "Incomplète.")
    at.do(MAYOR, "advice", "complete", request, "--text", "Voici.")
    at.do(ADVISER, "handoff", "receive", request)
    at.do(ADVISER, "advice", "admit", request)
    for to, who in (("spf-finances", TAX), ("onss", SOCIAL)):
        served = ask(at, ADVISER, case, to, "--parent", request)
        at.do(who, "handoff", "receive", served)
        at.do(who, "handoff", "answer", served, *SANCTIONS)
    at.do(MAYOR, "case", "extend", case, "--reasons", "Avis attendu.")
    at.do(ADVISER, "advice", "deliver", request, "--text", "Risque sérieux.")
    hear(at, cast, case)
    decide(at, cast, case, tmp_path, fact)

    shown = at.do(HANDLER, "case", "show", case)

    assert shown["case"]["stage"] == "standstill"
    assert [d["state"] for d in shown["decisions"]] == ["notified"]
    assert shown["decisions"][0]["filed_on"]
    assert {h["state"] for h in shown["handoffs"]} == {"answered"}

    at.do(HANDLER, "appeal", "record", case, "--lodged-on", cast.today, "--urgent")
    at.do(HANDLER, "appeal", "rule", case, "--result", "rejected",
          "--ruled-on", cast.today)  # fmt: skip
    closed = at.do(MAYOR, "case", "close", case, "--reasons", "Exécutoire.")

    assert closed["stage"] == "closed"
    appeal = at.do(HANDLER, "case", "show", case)["appeals"][0]
    assert (appeal["result"], appeal["extreme_urgency"]) == ("rejected", True)


def test_elsewhere_a_decision_is_withdrawn_by_the_college_and_nobody_else(
    elsewhere: Terminal, cast: Cast, tmp_path: Path
) -> None:
    at, case = elsewhere, open_case(elsewhere, tmp_path)
    fact = add_fact(at, case)
    handoff = ask(at, HANDLER, case, "pz-midi", "--context", "Enquête.")
    at.do(POLICE, "handoff", "receive", handoff)
    at.do(POLICE, "handoff", "answer", handoff[:6], *PV)
    query_register(at, case)
    request = request_advice(at, case)
    at.do(ADVISER, "advice", "admit", request)
    at.do(ADVISER, "advice", "deliver", request, "--text", "Risque.")
    hear(at, cast, case)
    decide(at, cast, case, tmp_path, fact)

    words = ("decision", "withdraw", case, "--reasons", "Les faits ne tiennent plus.")
    refused = at.ask(MAYOR, *words)
    at.do(COLLEGE, *words)

    assert refused.code == 4
    shown = at.do(HANDLER, "case", "show", case)
    assert [d["state"] for d in shown["decisions"]] == ["withdrawn"]


def test_a_question_is_refused_returned_or_recalled_from_the_command_line(
    terminal: Terminal, tmp_path: Path
) -> None:
    at, case = terminal, open_case(terminal, tmp_path)
    first, second, third = (ask(at, HANDLER, case, "pz-midi") for _ in range(3))
    for handoff in (first, second):
        at.do(POLICE, "handoff", "receive", handoff)

    at.do(POLICE, "handoff", "refuse", first, "--article", "NLC 119ter §16",
          "--reasons", "Enquête en cours.")  # fmt: skip
    at.do(POLICE, "handoff", "return", second, "--reasons", "Imprécis.")
    at.do(HANDLER, "handoff", "recall", third)

    handoffs = at.do(HANDLER, "case", "show", case)["handoffs"]
    states = {each["id"]: each["state"] for each in handoffs}
    assert states == {first: "refused", second: "returned", third: "recalled"}


def test_a_direct_question_to_the_tax_service_names_article_and_alternative(
    terminal: Terminal, tmp_path: Path
) -> None:
    case = open_case(terminal, tmp_path)
    words = ("handoff", "ask", case, "--to", "spf-finances", "--question", "Dettes?")

    answer = terminal.ask(HANDLER, *words)
    spoken = terminal.run(*words, "--as", HANDLER)

    assert (answer.code, answer.error["error"]) == (4, "OutsidePack")
    assert "119ter §6" in answer.error["details"]["article"]
    assert "estafette advice request" in answer.error["help"]
    assert spoken.err.startswith("error: ") and len(spoken.err.splitlines()) == 2
    assert terminal.do(HANDLER, "case", "show", case)["handoffs"] == []


def test_designation_ends_on_the_day_that_was_named(
    terminal: Terminal, cast: Cast, tmp_path: Path
) -> None:
    at, case = terminal, open_case(terminal, tmp_path)
    yesterday = cast.today - timedelta(days=1)

    past = at.ask(MAYOR, "case", "designate", case, "anderlecht/second",
                  "--until", yesterday)  # fmt: skip
    hidden = at.ask("anderlecht/second", "case", "show", case)
    at.do(MAYOR, "case", "designate", case, "anderlecht/second", "--until", cast.today)
    seen = at.ask("anderlecht/second", "case", "show", case)

    assert (past.code, hidden.code, seen.code) == (2, 3, 0)


def test_the_list_of_gaps_ends_well_and_names_each_article(
    terminal: Terminal, tmp_path: Path
) -> None:
    case = open_case(terminal, tmp_path)

    gaps = terminal.do(HANDLER, "decision", "gaps", case, "--outcome", REFUSAL)
    page = terminal.run("decision", "gaps", case, "--outcome", REFUSAL, "--as", HANDLER)

    assert {"NLC 119ter §13"} < {gap["article"] for gap in gaps}
    assert page.code == 0 and "no advice received" in page.out


def test_a_case_without_permit_or_confirmation_says_so(
    terminal: Terminal, tmp_path: Path
) -> None:
    case = open_case(terminal, tmp_path, "--no-permit")
    subject = write(tmp_path / "subject.json", SUBJECT)
    words = ("case", "open", "--activity", "car_wash", "--facts", "Faits.",
             "--subject", subject)  # fmt: skip

    unconfirmed = terminal.ask(MAYOR, *words)
    unknown = terminal.ask(MAYOR, *words, "--confirm", "pre.nothing")
    spoken = terminal.run(*words, "--confirm-all", "--as", HANDLER)

    shown = terminal.do(HANDLER, "case", "show", case)
    assert shown["case"]["permit_regime"] is False
    assert (unconfirmed.code, unconfirmed.error["error"]) == (5, "PiecesMissing")
    assert (unknown.code, unknown.error["error"]) == (2, "InvalidInput")
    assert spoken.code == 4 and "pre.rd" in spoken.err
