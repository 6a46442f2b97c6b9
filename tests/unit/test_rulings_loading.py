"""Whatever is wrong with the policy files stops the start-up, and says where."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from models.agencies import AgencyKind, OfficerFunction
from models.errors import NotConfigured
from models.handling import HandlingCode, Regime, Tlp
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts
from policies.rulings import SharingPolicies
from policies.sharing_files import SHARING_ROOT
from policies.sharing_requests import entities_of, request_of

ANYTHING = "forbid (principal, action, resource)"
NEW = f'// LVP art. 30: why.\n@id("new")\n@mark("F")\n{ANYTHING};\n'
TABLE = Path(__file__).parents[1] / "policy_cases" / "sharing.yaml"
STANDING = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["standing"]
FACTS = SharingFacts.model_validate(STANDING["handler_reads"])


class Everything(frozenset[str]):
    """A schema that declares whatever it is asked about."""

    def __contains__(self, name: object) -> bool:
        return True


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
        (
            f'@id("new") @sure("F") {ANYTHING};',
            "`new` has a note that means nothing",
        ),
        (
            '@id("new") @ask("originator") permit (principal, action, resource);',
            "`new` cannot ask",
        ),
        (f'@id("new") @ask("mayor") {ANYTHING};', "`new` cannot ask"),
        (
            NEW.replace("LVP art. 30: why", "because"),
            "no comment above `new` names its article",
        ),
        (
            NEW.replace("// LVP", "// LVP art. 30: why.\n\n// no article; LVP"),
            "no comment above `new` names its article",
        ),
        (NEW.replace('@mark("F")', ""), "`new` has no `@mark` that packs use"),
        (NEW.replace('"F"', '"B"'), "`new` has no `@mark` that packs use"),
        (NEW.replace('"F"', '"A"'), "`new` is marked `A` and asks counsel nothing"),
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
    (root / "zzz.cedar").write_text(NEW, encoding="utf-8")

    error = refusal(root)

    assert error.details["file"] == "texts.yaml"
    assert "`new`" in error.details["reason"]


def test_sentences_without_a_policy_stop_the_start(root):
    (root / "regime.cedar").unlink()

    assert "`intelligence-stays`, `judicial-hold`" in refusal(root).details["reason"]


def test_a_missing_language_stops_the_start(root):
    texts = (root / "texts.yaml").read_text(encoding="utf-8")
    kept = [line for line in texts.splitlines() if "De laatste dag" not in line]
    (root / "texts.yaml").write_text("\n".join(kept), encoding="utf-8")

    assert "`expired` is not in all of" in refusal(root).details["reason"]


def test_the_digest_is_the_same_for_the_same_text_and_for_no_other(root):
    first = SharingPolicies.load(root).digest
    again = SharingPolicies.load(root).digest
    file = root / "handling.cedar"
    file.write_text(file.read_text(encoding="utf-8") + "// x\n", encoding="utf-8")

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
        ("Tlp", Tlp),
    ],
)
def test_the_schema_knows_the_words_of_the_models_and_no_other(entity, words):
    schema = (SHARING_ROOT / "sharing.cedarschema").read_text(encoding="utf-8")
    listed = schema.split(f"entity {entity} enum [")[1].split("]")[0]

    assert sorted(each.strip(' \n"') for each in listed.split(",")) == sorted(words)


def test_the_schema_declares_every_fact_that_is_sent_and_no_other():
    """What it does not declare would be left out of every question, silently."""
    everything = {name: Everything() for name in ("Officer", "Item", "Circumstances")}
    request = request_of(FACTS, everything)
    officer, item = json.loads(entities_of(FACTS, everything))

    declared = SharingPolicies.load().declared
    assert declared["Officer"] == set(officer["attrs"])
    assert declared["Item"] == set(item["attrs"])
    assert declared["Circumstances"] == set(json.loads(request["context"]))


def test_facts_that_an_older_schema_does_not_know_are_not_sent_to_it():
    sources = dict(SharingPolicies.load().sources)
    del sources["break_glass.cedar"]
    schema = sources["sharing.cedarschema"]
    sources["sharing.cedarschema"] = schema.replace("    break_glass: Bool,\n", "")
    older = SharingPolicies(sources, {})

    assert older.decide(FACTS).errors == ()
    assert older.decide(FACTS).policies == ("designated-reads",)


def test_the_schema_knows_both_actions():
    schema = (SHARING_ROOT / "sharing.cedarschema").read_text(encoding="utf-8")

    assert f"action {', '.join(SharingAction)} appliesTo" in schema


def test_each_policy_has_its_file_its_articles_and_its_question_to_counsel():
    notes = SharingPolicies.load().notes

    assert set(notes) == set(SharingPolicies.load().ids)
    emergency = notes["break-glass-reads"]
    assert (emergency.file, emergency.effect) == ("break_glass.cedar", "permit")
    assert emergency.articles == ("NLC art. 119quinquies §4",)
    assert emergency.mark == "A" and emergency.to_confirm.endswith("afterwards?")
    assert notes["expired"].articles == ("LVP art. 30",)
    assert not notes["expired"].to_confirm


def test_there_are_few_enough_policies_to_read_in_one_sitting():
    assert len(SharingPolicies.load().ids) <= 22


def test_the_example_of_the_guide_is_a_policy_that_holds():
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "change-who-may-see.md"
    text = guide.read_text(encoding="utf-8")
    example = text.split("```cedar\n")[1].split("```")[0]

    sources = {**SharingPolicies.load().sources, "zzz.cedar": example}
    assert "minutes-not-for-tax" in SharingPolicies(sources, {}).ids
