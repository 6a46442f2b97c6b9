"""Other programs read what is written, and pseudonyms hold within one extract alone."""

import csv
import json
import re
from datetime import datetime
from io import StringIO

import pytest
import r4pm
from r4pm import bindings

from acts.audit.exports.logboek import logboek
from acts.audit.exports.ocel import ocel
from acts.audit.exports.prov import prov
from acts.audit.exports.table import COLUMNS, table
from acts.audit.exports.told import pseudonyms, real, told
from tests.pieces.extracts import (
    ABSENT,
    ANALYST,
    AT,
    CASE,
    ENTRIES,
    HANDLER,
    HANDOFF,
    ITEM,
    SECRETS,
    entry,
    written,
)


@pytest.mark.parametrize("form", [ocel, prov, logboek, table])
def test_under_pseudonyms_no_id_is_written_but_those_of_agencies(form):
    text = written(form, pseudonyms()).decode()

    assert not [name for name in SECRETS if name in text]
    assert not [name for name in SECRETS if name.replace("-", "") in text]
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    assert "anderlecht" in text
    assert "handoff.ask" in text


def test_an_alias_is_the_same_within_an_extract_and_another_in_the_next():
    one, other = pseudonyms(), pseudonyms()

    assert one("case", str(CASE)) == one("case", str(CASE))
    assert one("case", str(CASE)) != other("case", str(CASE))
    assert one("case", str(CASE)) != one("item", str(CASE))
    assert re.fullmatch("[0-9a-f]{32}", one("officer", HANDLER))


@pytest.fixture(params=["real", "pseudonyms"])
def alias(request):
    return real if request.param == "real" else pseudonyms()


@pytest.fixture
def log(tmp_path, alias):
    """The log as a program for process mining writes it, once it has read it."""
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_bytes(written(ocel, alias))
    loaded = r4pm.import_item("OCEL", str(ours))
    r4pm.export_item(loaded, str(theirs))
    r4pm.remove_item(loaded)
    return json.loads(theirs.read_bytes())


def test_a_program_for_process_mining_reads_all_of_the_log(log, alias):
    (asked,) = [each for each in log["events"] if each["type"] == "handoff.ask"]
    case, item = f"case:{alias('case', str(CASE))}", f"item:{alias('item', str(ITEM))}"
    (theirs,) = [each for each in log["objects"] if each["id"] == item]

    assert len(log["events"]) == len(ENTRIES)
    assert datetime.fromisoformat(asked["time"]) == AT
    assert {
        (link["qualifier"], link["objectId"]) for link in asked["relationships"]
    } == {
        ("case", case),
        ("handoff", f"handoff:{alias('handoff', str(HANDOFF))}"),
        ("item", item),
        ("officer", f"officer:{alias('officer', HANDLER)}"),
        ("on_behalf_of", f"officer:{alias('officer', ABSENT)}"),
        ("agency", "agency:anderlecht"),
        ("recipient", "agency:pz-midi"),
    }
    assert {"name": "article", "value": "NLC 119ter §6"} in asked["attributes"]
    assert theirs["relationships"] == [{"objectId": case, "qualifier": "belongs to"}]


def test_the_log_can_be_mined_by_what_happened_to_a_handoff(tmp_path):
    path = tmp_path / "log.json"
    path.write_bytes(written(ocel))
    loaded = r4pm.import_item("OCEL", str(path))
    linked = r4pm.convert_item(loaded, "SlimLinkedOCEL")

    variants = bindings.get_variants_of_object_type(linked, "handoff")

    assert [list(found) for found, _ in variants] == [["handoff.ask", "item.released"]]
    r4pm.remove_item(linked)
    r4pm.remove_item(loaded)


def test_the_log_has_what_the_published_schema_requires(alias):
    """That schema has no licence to copy it; these are its requirements by hand."""
    document = json.loads(written(ocel, alias))
    events, objects = document["events"], document["objects"]
    kinds = {each["name"]: each["attributes"] for each in document["eventTypes"]}
    things = {each["name"]: each["attributes"] for each in document["objectTypes"]}
    ids = {each["id"] for each in objects}

    assert set(document) == {"events", "objects", "eventTypes", "objectTypes"}
    assert len(events) == len({each["id"] for each in events}) == len(ENTRIES)
    assert len(ids) == len(objects)
    for each in events:
        assert set(each) == {"id", "type", "time", "attributes", "relationships"}
        assert datetime.fromisoformat(each["time"]) == AT
        declared = {a["name"] for a in kinds[each["type"]]}
        assert all(set(a) == {"name", "value"} for a in each["attributes"])
        assert {a["name"] for a in each["attributes"]} <= declared
        assert all(isinstance(a["value"], str) for a in each["attributes"])
    for each in objects:
        assert set(each) == {"id", "type", "attributes", "relationships"}
        assert (things[each["type"]], each["attributes"]) == ([], [])
    for each in (*events, *objects):
        links = each["relationships"]
        assert all(set(link) == {"objectId", "qualifier"} for link in links)
        assert {link["objectId"] for link in links} <= ids
    assert {a["type"] for found in kinds.values() for a in found} == {"string"}


def test_records_of_processing_have_the_fields_of_the_standard(alias):
    records = [json.loads(line) for line in written(logboek, alias).splitlines()]

    assert len(records) == len(ENTRIES)
    for each in records:
        assert re.fullmatch("[0-9a-f]{32}", each["trace_id"])
        assert re.fullmatch("[0-9a-f]{16}", each["span_id"])
        assert each["status"] in ("Ok", "Unset")
        assert each["start_time"] == each["end_time"] == int(AT.timestamp() * 1000)
        activity = each["attributes"]["dpl.core.processing_activity_id"]
        assert activity.startswith("urn:estafette:activity:")
        assert all(name.startswith("dpl.core.") for name in each["attributes"])
    assert len({each["span_id"] for each in records}) == len(ENTRIES)
    asked, released, refused = records[1:4]
    assert asked["trace_id"] == released["trace_id"] != refused["trace_id"]
    assert [each["status"] for each in records[1:4]] == ["Ok", "Ok", "Unset"]


def test_records_of_processing_name_no_user_even_with_real_ids():
    text = written(logboek).decode()

    assert not [name for name in (HANDLER, ABSENT, ANALYST) if name in text]


def test_a_sheet_has_a_row_for_each_entry(alias):
    rows = list(csv.DictReader(StringIO(written(table, alias).decode(), newline="")))

    assert [each["kind"] for each in rows] == [e.entry.kind for e in ENTRIES]
    assert set(rows[0]) == set(COLUMNS)
    asked = rows[1]
    assert asked["officer"] == alias("officer", HANDLER)
    assert asked["items"] == alias("item", str(ITEM))
    assert (asked["recipients"], asked["ruling"]) == ("pz-midi", "allowed")
    assert (rows[3]["ruling"], rows[5]["ruling"]) == ("refused", "")
    assert rows[0]["at"] == "2026-03-02T10:30:00.123456+01:00"
    assert rows[5]["officer"] == ""


@pytest.mark.parametrize("form", [ocel, prov, logboek, table])
def test_a_form_holds_no_entry_after_it_was_written(form):
    """A long log streams: by the time it is all read, most of it was written."""
    many = 5_000
    alive = 0

    def endless():
        nonlocal alive
        for number in range(many):
            alive += 1
            yield told(entry(number, {}, kind="case.open", case=CASE), real)

    chunks = form(endless)
    for _ in range(20):
        next(chunks)

    assert alive < 50
