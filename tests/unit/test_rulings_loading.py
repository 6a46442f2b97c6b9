"""Whatever is wrong with the policy files stops the start-up, and says where."""

import shutil
from pathlib import Path

import pytest

from models.agencies import AgencyKind, OfficerFunction
from models.errors import NotConfigured
from models.handling import HandlingCode, Regime
from models.items import ItemKind
from models.rulings import SharingAction
from policies.rulings import SharingPolicies
from policies.sharing_files import SHARING_ROOT

ANYTHING = "forbid (principal, action, resource)"


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(SHARING_ROOT, tmp_path / "sharing")


def refusal(root: Path) -> NotConfigured:
    with pytest.raises(NotConfigured) as caught:
        SharingPolicies.load(root)
    return caught.value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f'@id("new") {ANYTHING}', "unexpected end of input"),
        (f"{ANYTHING};", "a policy has no `@id`"),
        (f'@id("") {ANYTHING};', "a policy has no `@id`"),
        (f'@id("expired") {ANYTHING};', "the id `expired` is used twice"),
        (
            f'@id("new") {ANYTHING} when {{ resource.handlng == "x" }};',
            "attribute `handlng`",
        ),
        (
            f'@id("new") {ANYTHING} when {{ resource.regime == Regime::"secret" }};',
            '`"secret"` is not declared',
        ),
        (
            f'@id("new") {ANYTHING} when {{ resource.regime == "police" }};',
            "String and Regime are not compatible",
        ),
        (
            '@id("new") forbid (principal, action == Action::"raed", resource);',
            "unrecognized action",
        ),
        (
            '@id("new") forbid (principal == ?principal, action, resource);',
            "templates (`?principal`) are not used here",
        ),
        (
            '@id("new") permit (principal == Officer::"o-1", action, resource);',
            "`new` names a particular `Officer`",
        ),
        (
            f'@id("new") {ANYTHING} when {{ resource.originator == Agency::"a" }};',
            "`new` names a particular `Agency`",
        ),
    ],
)
def test_a_policy_that_does_not_hold_stops_the_start(root, text, reason):
    (root / "zzz.cedar").write_text(text, encoding="utf-8")

    error = refusal(root)

    assert error.details["file"] == "zzz.cedar"
    assert reason in error.details["reason"]
    assert "\n" not in error.message


def test_a_schema_that_does_not_hold_stops_the_start(root):
    (root / "sharing.cedarschema").write_text("entity Officer", encoding="utf-8")

    assert refusal(root).details["file"] == "sharing.cedarschema"


@pytest.mark.parametrize("file", ["sharing.cedarschema", "texts.yaml"])
def test_a_missing_file_stops_the_start(root, file):
    (root / file).unlink()

    error = refusal(root)

    assert error.details["file"] == file
    assert "cannot be read" in error.details["reason"]


def test_a_folder_without_policies_stops_the_start(root):
    for path in root.glob("*.cedar"):
        path.unlink()

    assert refusal(root).details["reason"] == "there is no policy at all"


def test_sources_without_a_schema_are_refused():
    with pytest.raises(NotConfigured) as caught:
        SharingPolicies({"a.cedar": f'@id("a") {ANYTHING};'}, {})

    assert caught.value.details["reason"] == "it is missing"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("expired: [", "it is not YAML"),
        ("- expired", "does not map ids"),
        ("expired: gone", "does not map ids"),
    ],
)
def test_sentences_of_another_shape_stop_the_start(root, text, reason):
    (root / "texts.yaml").write_text(text, encoding="utf-8")

    assert reason in refusal(root).details["reason"]


def test_a_policy_without_sentences_stops_the_start(root):
    (root / "zzz.cedar").write_text(f'@id("new") {ANYTHING};', encoding="utf-8")

    error = refusal(root)

    assert error.details["file"] == "texts.yaml"
    assert "`new`" in error.details["reason"]


def test_sentences_without_a_policy_stop_the_start(root):
    (root / "ages.cedar").unlink()

    assert "`expired`, `too-old`" in refusal(root).details["reason"]


def test_a_missing_language_stops_the_start(root):
    texts = (root / "texts.yaml").read_text(encoding="utf-8")
    kept = [line for line in texts.splitlines() if "De laatste dag" not in line]
    (root / "texts.yaml").write_text("\n".join(kept), encoding="utf-8")

    assert "`expired` is not in all of" in refusal(root).details["reason"]


def test_the_digest_is_the_same_for_the_same_text_and_for_no_other(root):
    first = SharingPolicies.load(root).digest
    again = SharingPolicies.load(root).digest
    ages = root / "ages.cedar"
    ages.write_text(ages.read_text(encoding="utf-8") + "// x\n", encoding="utf-8")

    assert first == again
    assert SharingPolicies.load(root).digest != first


def test_stored_sources_make_the_same_policies_again():
    loaded = SharingPolicies.load()
    again = SharingPolicies(dict(reversed(loaded.sources.items())), {})

    assert (again.digest, again.engine) == (loaded.digest, loaded.engine)
    assert again.ids == loaded.ids


def test_the_sources_in_force_cannot_be_changed():
    sources = SharingPolicies.load().sources

    with pytest.raises(TypeError):
        sources["ages.cedar"] = ""


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("AgencyKind", AgencyKind),
        ("Function", OfficerFunction),
        ("ItemKind", ItemKind),
        ("Regime", Regime),
        ("HandlingCode", HandlingCode),
    ],
)
def test_the_schema_knows_the_words_of_the_models_and_no_other(entity, words):
    schema = (SHARING_ROOT / "sharing.cedarschema").read_text(encoding="utf-8")
    listed = schema.split(f"entity {entity} enum [")[1].split("]")[0]

    assert sorted(each.strip(' \n"') for each in listed.split(",")) == sorted(words)


def test_the_schema_knows_both_actions():
    schema = (SHARING_ROOT / "sharing.cedarschema").read_text(encoding="utf-8")

    assert f"action {', '.join(SharingAction)} appliesTo" in schema


def test_every_policy_is_preceded_by_a_comment_that_names_its_article():
    for path in SHARING_ROOT.glob("*.cedar"):
        blocks = path.read_text(encoding="utf-8").split("\n\n")[1:]
        for block in blocks:
            assert block.startswith("//"), (path.name, block)
            assert "art. " in block.split("@id")[0], (path.name, block)


def test_the_example_of_the_guide_is_a_policy_that_holds():
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "change-who-may-see.md"
    text = guide.read_text(encoding="utf-8")
    example = text.split("```cedar\n")[1].split("```")[0]

    sources = {**SharingPolicies.load().sources, "zzz.cedar": example}
    assert "minutes-not-for-tax" in SharingPolicies(sources, {}).ids
