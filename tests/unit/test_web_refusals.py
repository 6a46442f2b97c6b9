"""What acts refuse is said in the language of the page, with its values."""

import ast
import re
from typing import cast

import pytest

from acts.pages.directory import Directory
from models import errors
from models.agencies import AgencyName
from policies.loading import load_packs
from policies.rulings import SharingPolicies
from tests.house.tree import ending, name_of, tree
from web.languages import LANGUAGES, catalogue
from web.law import Law
from web.naming import Naming
from web.refusals import places, refusal_in, written

# What officers meet; packs and servers speak to others.
_MET = ("acts/", "activities/recording/", "policies/", "models/", "storage/")
_OTHERS = (
    *("acts/policy/", "storage/log/", "storage/audits/"),
    *("storage/migrations/", "models/tables/", "policies/loading", "policies/pack"),
)
PACKS = load_packs()


class OneTown:
    """A directory that has one agency and no officer."""

    def agency(self, identifier: str) -> AgencyName | None:
        found = AgencyName(
            fr="Commune d'Anderlecht", nl="Gemeente Anderlecht", de="A", en="A"
        )
        return found if identifier == "anderlecht" else None


NAMING = Naming(
    "fr", cast(Directory, OneTown()), Law("fr", PACKS), SharingPolicies.load()
)
_ERRORS = {name for name, each in vars(errors).items() if isinstance(each, type)}


def sentence(node: ast.expr) -> str | None:
    """Return what a call says, with `{}` for each value."""
    match node:
        case ast.Constant(str(said)):
            return said
        case ast.JoinedStr(values):
            parts = [v.value if isinstance(v, ast.Constant) else "{}" for v in values]
            return "".join(map(str, parts))
    return None


def sentences(
    met: tuple[str, ...] = _MET, others: tuple[str, ...] = _OTHERS
) -> set[str]:
    """Return what the code that officers meet says when it refuses."""
    found = set()
    for file in ending(".py"):
        name = name_of(file)
        if name.startswith(met) and not name.startswith(others):
            calls = [n for n in ast.walk(tree(file)) if isinstance(n, ast.Call)]
            for call in calls:
                if isinstance(call.func, ast.Name) and call.func.id in _ERRORS:
                    helps = [k.value for k in call.keywords if k.arg == "help"]
                    found |= {sentence(each) for each in (*call.args[:1], *helps)}
    return {each for each in found if each}


def test_most_of_what_officers_are_told_is_there_in_every_language() -> None:
    told = sentences()

    known = {re.sub(r"{\w+}", "{}", wrote) for wrote in written("fr")}
    assert len(told & known) > 0.75 * len(told)


def test_what_is_said_in_one_language_is_said_in_all() -> None:
    assert written("fr").keys() == written("nl").keys() == written("de").keys()
    assert written("en").keys() <= written("fr").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_takes_the_values_of_its_sentence(language: str) -> None:
    for wrote, said in written(language).items():
        said.format(*["1"] * len(places(wrote)))


def test_a_sentence_is_said_with_its_values() -> None:
    said = "`{}` is not possible in stage `{}`".format("item.add", "closed")

    assert refusal_in("fr", said, NAMING) == (
        "«\xa0Ajouter une pièce\xa0» n'est pas possible à l'étape «\xa0clôturé\xa0»"
    )
    assert refusal_in("en", said) == (
        "“Add material” is not possible in stage “closed”"
    )


def test_what_somebody_typed_is_no_code() -> None:
    said = "there is no officer `handler` in `anderlecht`"

    assert refusal_in("fr", said, NAMING) == (
        "il n'y a pas d'agent «\xa0handler\xa0» à «\xa0Commune d'Anderlecht\xa0»"
    )


def test_the_reasons_of_a_ruling_are_those_of_its_rules_in_the_language() -> None:
    rules = NAMING.rules
    reason = rules._texts["originator-controls"]

    said = refusal_in("fr", f"you may not read this `fact`: {reason['en']}", NAMING)

    assert said.endswith(reason["fr"])


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_pages_refuse_by_themselves_is_there_in_every_language(
    language: str,
) -> None:
    ours = sentences(("web/",), ("web/api/",))
    words = catalogue(language)

    assert ours
    assert not [
        each
        for each in ours
        if words.ugettext(each) == each == refusal_in(language, each)
    ]


def test_days_and_fields_are_said_as_a_page_says_them() -> None:
    said = "`expires-on` is 2026-03-02, which is past: nobody could ever read it"

    assert "«\xa0Dernier jour de lecture\xa0» est le 2 mars 2026" in refusal_in(
        "fr", said
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 March 2026 leaves no time to prepare"),
        ("fr", "le 2 mars 2026 ne laisse pas le temps de se préparer"),
        ("nl", "2 maart 2026 laat geen tijd om zich voor te bereiden"),
        ("de", "2. März 2026 lässt keine Zeit zur Vorbereitung"),
    ],
)
def test_a_day_stands_without_quotes(language: str, said: str) -> None:
    assert refusal_in(language, "`2026-03-02` leaves no time to prepare") == said


def test_a_sentence_within_a_sentence_is_said_too() -> None:
    said = "enterprise number is not valid: its check digits are wrong"

    assert refusal_in("nl", said) == (
        "het ondernemingsnummer is niet geldig: de controlecijfers zijn fout"
    )


def test_functions_are_named_in_words() -> None:
    said = "`case.close` is done by mayor or handler (NLC 119ter §2)"

    assert refusal_in("fr", said).endswith(
        "revient à bourgmestre ou gestionnaire de dossier"
    )


def test_a_page_does_not_speak_of_commands() -> None:
    said = refusal_in("en", "list yours with `estafette case list`")

    assert said == "see yours in the list of cases"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_help_of_a_terminal_is_said_on_a_page(language: str) -> None:
    told = [refusal_in(language, each) for each in sentences()]

    assert not [each for each in told if re.search(r"estafette \w|--[a-z]", each)]


def test_what_is_in_no_catalogue_stands_as_it_was_written() -> None:
    assert refusal_in("de", "nobody ever wrote this") == "nobody ever wrote this"


def test_what_somebody_typed_is_looked_through_once() -> None:
    """A text that nearly fits a sentence in very many ways holds up no process."""
    typed = "` (a) comes after a result of b (" * 10_000

    said = refusal_in("fr", f"`{typed}` is no mail address")

    assert said.endswith("n'est pas une adresse électronique")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("`a` has b of c of d", "«\xa0a\xa0» a b de c of d"),
        ("`a` has 1 has 2 of 3", "«\xa0a\xa0» a 1 has 2 de 3"),
        ("`` has 1 of 2", "«\xa0\xa0» has 1 of 2"),
        ("`a` has 1 of ", "«\xa0a\xa0» has 1 of "),
    ],
)
def test_a_value_takes_as_little_as_it_can_and_never_nothing(
    text: str, said: str
) -> None:
    assert refusal_in("fr", text) == said
