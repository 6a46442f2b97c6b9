"""What acts refuse is said in the language of the page, with its values."""

import ast

import pytest

from models import errors
from tests.house.tree import ending, name_of, tree
from web.languages import LANGUAGES
from web.refusals import refusal_in, written

# What officers meet; packs and servers speak to others.
_MET = ("acts/", "activities/recording/", "policies/", "models/", "storage/")
_OTHERS = (
    *("acts/policy/", "storage/log/", "storage/audits/"),
    *("storage/migrations/", "models/tables/", "policies/loading", "policies/pack"),
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


def sentences() -> set[str]:
    """Return what the code that officers meet says when it refuses."""
    found = set()
    for file in ending(".py"):
        name = name_of(file)
        if name.startswith(_MET) and not name.startswith(_OTHERS):
            calls = [n for n in ast.walk(tree(file)) if isinstance(n, ast.Call)]
            for call in calls:
                if isinstance(call.func, ast.Name) and call.func.id in _ERRORS:
                    helps = [k.value for k in call.keywords if k.arg == "help"]
                    found |= {sentence(each) for each in (*call.args[:1], *helps)}
    return {each for each in found if each}


def test_most_of_what_officers_are_told_is_there_in_every_language() -> None:
    told = sentences()

    assert len(told & written("fr").keys()) > 0.75 * len(told)


def test_what_is_said_in_one_language_is_said_in_all() -> None:
    assert written("fr").keys() == written("nl").keys() == written("de").keys()
    assert written("en").keys() <= written("fr").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_takes_the_values_of_its_sentence(language: str) -> None:
    for wrote, said in written(language).items():
        said.format(*["1"] * wrote.count("{}"))


def test_a_sentence_is_said_with_its_values() -> None:
    said = "`{}` is not possible in stage `{}`".format("item.add", "closed")

    assert refusal_in("fr", said) == (
        "`Ajouter un élément` n'est pas possible à l'étape `closed`"
    )
    assert refusal_in("en", said) == said


def test_a_sentence_within_a_sentence_is_said_too() -> None:
    said = "enterprise number is not valid: its check digits are wrong"

    assert refusal_in("nl", said) == (
        "het ondernemingsnummer is niet geldig: de controlecijfers zijn fout"
    )


def test_functions_are_named_in_words() -> None:
    said = "`case.close` is done by mayor or handler (NLC 119ter §2)"

    assert refusal_in("fr", said).endswith(
        "revient à bourgmestre ou gestionnaire de dossier (NLC 119ter §2)"
    )


def test_a_page_does_not_speak_of_commands() -> None:
    said = refusal_in("en", "list yours with `estafette case list`")

    assert said == "see yours in the list of cases"


def test_what_is_in_no_catalogue_stands_as_it_was_written() -> None:
    assert refusal_in("de", "nobody ever wrote this") == "nobody ever wrote this"
