"""Faults planted in a copy of the real packs are named by file, line and reason."""

import re
import shutil

import pytest

from models.errors import NotFound, PackInvalid
from policies.loading import PACKS, load_packs

MAIN = "be-119ter/2024-02-17.yaml"
PARTS = "be-119ter/2024-02-17/"
ACTS, CLOCKS = PARTS + "acts.yaml", PARTS + "clocks-inquiry.yaml"
SOURCES, STAGES = PARTS + "sources.yaml", PARTS + "stages.yaml"
DECISIONS, SCOPE = PARTS + "decisions.yaml", PARTS + "scope.yaml"
WARNINGS, RECORDS = PARTS + "warnings.yaml", PARTS + "records.yaml"
STATUTES = "common/be-statutes.yaml"
OFFENCES = "common/be-offences-01-11.yaml"

# file, the text to replace, what is planted there, what the error must say
FAULTS = {
    "yaml that does not parse": (CLOCKS, "length: 50", "length: [50", "is not YAML"),
    "a tab as indentation": (CLOCKS, "    length: 50", "\tlength: 50", "is not YAML"),
    "an unknown key": (CLOCKS, "length: 50", "lenght: 50", "unknown key `lenght`"),
    "a digest of its own": (MAIN, "lead:", "digest: ab\nlead:", "unknown key `digest`"),
    "a missing key": (CLOCKS, "    unit: working_days\n", "", "missing key `unit`"),
    "a number in words": (CLOCKS, "length: 50", "length: fifty", "`length` does not"),
    "a term of no days": (CLOCKS, "length: 50", "length: 0", "`length` does not hold"),
    "an unknown unit": (CLOCKS, "working_days", "workdays", "`unit` does not hold"),
    "an unknown mark": (STAGES, "mark: A", "mark: B", "`mark` does not hold"),
    "an empty value": (STAGES, "mark: A", "mark:", "`mark` does not hold"),
    "a list for a word": (STAGES, "mark: A", "mark: [A]", "`mark` does not hold"),
    "an unknown function": (ACTS, "by: [mayor]", "by: [mayr]", "does not hold"),
    "an unknown kind of act": (ACTS, "act: case.open", "act: case.opne", "`act` does"),
    "an unknown agency kind": (SOURCES, "[municipality]", "[town]", "does not hold"),
    "a day that does not exist": (
        STATUTES, "2024-01-15", "2024-02-30", "`enacted` does not hold",
    ),
    "a label without Dutch": (STAGES, "      nl: onderzoek\n", "", "language `nl`"),
    "a label without French": (STAGES, "      fr: enquête\n", "", "language `fr`"),
    "an empty English text": (STAGES, "en: inquiry", 'en: ""', "`en` does not hold"),
    "an unknown clock in starts": (
        ACTS, "starts: [inquiry]", "starts: [inqury]", "unknown clock `inqury`",
    ),
    "an unknown clock in stops": (
        ACTS, "stops: [completion]", "stops: [compl]", "unknown clock `compl`",
    ),
    "a clock without length started": (
        ACTS, "starts: [inquiry]", "starts: [sector_term]", "has no length",
    ),
    "an unknown next stage": (ACTS, "to: inquiry", "to: enquiry", "stage `enquiry`"),
    "an unknown stage": (ACTS, "stages: [hearing]", "stages: [avis]", "stage `avis`"),
    "a source on an unknown clock": (
        SOURCES, "clock: police_answer", "clock: police", "unknown clock `police`",
    ),
    "an unknown source": (
        SOURCES, "requires_result_of: [src.1]", "requires_result_of: [src.9]",
        "unknown source `src.9`",
    ),
    "an unknown age filter": (
        SOURCES, "age_filter: commune", "age_filter: town", "age filter `town`",
    ),
    "an unknown fact": (
        SOURCES, "fact: consultation_convened", "fact: convened", "fact `convened`",
    ),
    "a source asked of nobody": (
        SOURCES, "    agency_kind: police_zone\n", "", "asked of nobody",
    ),
    "an unknown clock as maximum": (
        DECISIONS, "max_clock: suspension_max", "max_clock: half_year", "`half_year`",
    ),
    "a measure without a term for appeal": (
        ACTS, "standstill_warning, annulment]\n    article: NLC 119ter §8",
        "standstill_warning]\n    article: NLC 119ter §8", "no term for appeal",
    ),
    "an act twice": (
        ACTS, "act: case.designate", "act: case.open", "duplicate act `case.open`",
    ),
    "a code twice": (
        RECORDS, "code: ret.dos", "code: ret.reg", "duplicate code `ret.reg`",
    ),
    "an activity twice": (SCOPE, "code: drinking", "code: takeaway", "`takeaway`"),
    "an unknown sector": (SCOPE, "sector: horeca", "sector: horecca", "`horecca`"),
    "an unknown statute": (OFFENCES, "statute: AML", "statute: AMLX", "`AMLX`"),
    "an article of no statute": (
        STAGES, "article: NLC 119ter §13", "article: art. 119ter", "no known statute",
    ),
    "a reminder after the end": (
        CLOCKS, "reminders: [5, 15, 35, 45]", "reminders: [51]", "comes after the end",
    ),
    "a warning on an unknown clock": (
        WARNINGS, "clock: inquiry", "clock: enquiry", "unknown clock `enquiry`",
    ),
    "an unknown calendar": (MAIN, "be-legal", "be-bank", "unknown calendar `be-bank`"),
    "another version than its file": (
        MAIN, "version: 2024-02-17", "version: 2024-02-18", "is in file",
    ),
    "another id than its folder": (
        MAIN, "id: be-119ter", "id: be-119", "lies in folder",
    ),
    "a part that is not there": (
        MAIN, "2024-02-17/acts.yaml", "2024-02-17/act.yaml", "does not exist",
    ),
    "a part outside the packs": (
        MAIN, "2024-02-17/acts.yaml", "../../../x.yaml", "outside the packs",
    ),
    "a file that no pack lists": (
        MAIN, "  - 2024-02-17/acts.yaml\n", "", "`acts.yaml` is not in `parts`",
    ),
    "an anchor": (STAGES, "mark: A", "mark: &a A", "anchors and aliases"),
    "an alias": (STAGES, "mark: A", "mark: *a", "anchors and aliases"),
    "a tag": (STAGES, "mark: A", "mark: !!str A", "tag"),
    "a key twice in one row": (STAGES, "mark: A", "mark: A\n    mark: F", "twice"),
    "a key that is a list": (STAGES, "mark: A", "? [x]\n    : A", "must be a word"),
    "a second document": (STAGES, "stages:", "stages: []\n---\nx:", "second document"),
    "one value in two parts": (WARNINGS, "warnings:", "hub: x\nwarnings:", "twice"),
    "one statute in two parts": (
        RECORDS, "identifiers:",
        "statutes:\n  CP:\n    mark: F\nidentifiers:", "`CP` is given twice",
    ),
}  # fmt: skip


@pytest.fixture
def packs(tmp_path):
    """One route and what it shares: enough to break, and quick to load."""
    others = shutil.ignore_patterns("be-vlg")
    return shutil.copytree(PACKS, tmp_path / "packs", ignore=others)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named_with_its_file_and_line(packs, fault):
    file, old, new, reason = FAULTS[fault]
    text = (packs / file).read_text(encoding="utf-8")
    assert old in text, "the pack has changed: plant this fault elsewhere"
    first = text[: text.index(old)].count("\n") + 1
    (packs / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PackInvalid, match=re.escape(reason)) as caught:
        load_packs(packs)

    details = caught.value.details
    assert details["file"] == (MAIN if "acts.yaml` is not" in reason else file)
    assert f"`{details['file']}` line {details['line']}" in caught.value.message
    if new and "second" not in fault:
        assert first <= details["line"] <= first + new.count("\n") + 1
    assert caught.value.help


def test_a_missing_key_is_reported_at_the_row_that_lacks_it(packs):
    file = packs / CLOCKS
    text = file.read_text(encoding="utf-8")
    row = text[: text.index("code: completion")].count("\n") + 1
    head, tail = text.split("code: completion")
    planted = head + "code: completion" + tail.replace("    statutory: true\n", "", 1)
    file.write_text(planted, encoding="utf-8")

    with pytest.raises(PackInvalid, match="missing key `statutory`") as caught:
        load_packs(packs)

    assert caught.value.details["line"] == row


def test_a_route_whose_measures_could_never_end_is_refused(packs):
    file = packs / ACTS
    text = file.read_text(encoding="utf-8")
    row = text[: text.index("act: decision.notify")].count("\n") + 1
    planted = text.replace("act: appeal.none", "act: intention.notify")
    file.write_text(planted, encoding="utf-8")

    with pytest.raises(PackInvalid, match="no act `appeal.none`") as caught:
        load_packs(packs)

    assert caught.value.details["line"] == row


def test_text_that_is_not_utf8_is_refused(packs):
    (packs / STAGES).write_bytes(b"stages:\n  - \xff\xfe\n")

    with pytest.raises(PackInvalid, match="is not YAML"):
        load_packs(packs)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("- a list\n", "must be a mapping"),
        ("a: " + "[" * 20 + "]" * 20, "nested deeper"),
        ("a: " + "x" * 200_001, "is larger than"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(packs, text, reason):
    (packs / MAIN).write_text(text, encoding="utf-8")

    with pytest.raises(PackInvalid, match=reason):
        load_packs(packs)


def test_a_folder_without_packs_is_refused(tmp_path):
    with pytest.raises(PackInvalid, match="holds no pack"):
        load_packs(tmp_path)


def test_words_that_other_readers_take_for_truth_values_stay_words(packs):
    file = packs / STAGES
    text = file.read_text(encoding="utf-8").replace("nl: onderzoek", "nl: no", 1)
    file.write_text(text, encoding="utf-8")

    assert load_packs(packs).packs[0].stages[0].label.nl == "no"


def test_every_byte_and_every_name_counts_in_the_digest(packs):
    before = load_packs(packs).packs[0].digest
    file = packs / STAGES
    file.write_text(file.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    after = load_packs(packs).packs[0].digest

    assert before == load_packs(PACKS).packs[0].digest
    assert re.fullmatch("[0-9a-f]{64}", after)
    assert before != after


def test_a_change_in_a_shared_part_changes_every_pack_that_lists_it(tmp_path):
    packs = shutil.copytree(PACKS, tmp_path / "all")
    before = [pack.digest for pack in load_packs(packs).packs]
    file = packs / OFFENCES
    file.write_text(file.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    after = [pack.digest for pack in load_packs(packs).packs]

    assert len(before) > 1
    assert not set(before) & set(after)


def test_the_version_that_holds_is_the_newest_that_had_begun(packs):
    main = packs / MAIN
    later = packs / "be-119ter/2027-01-01.yaml"
    text = main.read_text(encoding="utf-8")
    later.write_text(text.replace("version: 2024-02-17", "version: 2027-01-01"))
    loaded = load_packs(packs)
    versions = sorted(p.version for p in loaded.packs if p.id == "be-119ter")
    old, new = versions

    assert loaded.current("be-119ter", old).version == old
    assert loaded.current("be-119ter", new.replace(year=2026)).version == old
    assert loaded.current("be-119ter", new).version == new
    assert loaded.get("be-119ter", old).version == old


def test_a_pack_that_had_not_begun_is_not_found():
    loaded = load_packs()
    first = loaded.packs[0]

    with pytest.raises(NotFound, match="holds on"):
        loaded.current(first.id, first.version.replace(year=2023))
    with pytest.raises(NotFound, match="there is no pack"):
        loaded.get("be-nowhere", first.version)
