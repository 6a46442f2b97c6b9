"""What the link's connection may do at all: serve one agency's node, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from runtime.roles import Role
from tests.deeds import forging
from tests.deeds.forging import FORGED
from tests.running.offices import Offices, open_offices

Seat = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(tmp_path_factory.mktemp("offices")) as made:
        yield made


@contextmanager
def serving(offices: Offices, agency: str) -> Iterator[Seat]:
    """Lend a transaction of the link, for the node of an agency or, empty, of none."""
    with psycopg.connect(offices.urls[Role.LINK]) as seat:
        seat.execute("select set_config('app.node', %s, true)", [agency])
        yield seat


def seen(
    offices: Offices, agency: str, query: str, *values: object
) -> list[tuple[Any, ...]]:
    with serving(offices, agency) as seat:
        return seat.execute(query.encode(), values).fetchall()


def said(kind: str, agency: str, **more: object) -> dict[str, object]:
    return forging.entry(f"{agency}/", kind=kind, operation="erasure", **more)


def test_the_link_has_rights_on_these_tables_only(offices: Offices) -> None:
    granted = (
        "select privilege_type, array_agg(distinct table_name::text order by"
        " table_name::text) from information_schema.column_privileges"
        " where grantee = 'estafette_link' and table_schema = 'public' group by 1"
    )
    removed = (
        "select privilege_type, array_agg(table_name::text)"
        " from information_schema.role_table_grants where table_schema = 'public'"
        " and grantee = 'estafette_link'"
        " and privilege_type not in ('SELECT', 'INSERT', 'UPDATE') group by 1"
    )

    assert dict(seen(offices, "", granted)) == {
        "SELECT": [
            *("agency", "case_file", "deadline", "demo_clock", "handoff_twin"),
            *("in_use", "item", "key_delivery", "ledger_entry", "ledger_tile_hash"),
            *("node_alarm", "node_order", "witness", "witness_offer"),
        ],
        "INSERT": [
            *("cosignature", "in_use", "ledger_staging", "node_alarm"),
            *("subject_salt", "timeline", "witness"),
        ],
        "UPDATE": [
            *("agency", "case_file", "deadline", "handoff_twin", "in_use"),
            *("key_delivery", "node_alarm", "node_order", "witness"),
        ],
    }
    assert dict(seen(offices, "", removed)) == {"DELETE": ["key_delivery"]}


@pytest.mark.parametrize(
    "statement",
    [
        "select ciphertext from item_body",
        "select wrapped from item_key",
        "select header from item",
        "select item_id from audience",
        "select facts from ruling",
        "select message from intent",
        "select body from ledger_staging",
        "select body from ledger_entry",
        "select case_id from ledger_entry",
        "select stage from case_file",
        "select id from officer",
        "select id from handoff",
        "select kind from timeline",
        "select salt from subject_salt",
        "select salt from ledger_salt",
        "insert into key_delivery select * from key_delivery",
        "insert into node_order select * from node_order",
        "insert into handoff_twin select * from handoff_twin",
        "insert into ledger_entry (body) values ('')",
        "update agency set name = '{}'",
        "update case_file set stage = ''",
        "update key_delivery set receiver = 'hub'",
        "update node_order set agency_id = 'hub'",
        "update handoff_twin set leaf = ''",
        "delete from node_order",
        "delete from cosignature",
        "create table mine (x int)",
        "set role estafette_record",
    ],
)
def test_the_link_is_refused(offices: Offices, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        with serving(offices, "tax") as seat:
            seat.execute(statement.encode())


def test_one_agency_s_orders_and_keys_are_not_shown_to_another(
    offices: Offices,
) -> None:
    case = uuid4()
    offices.give("town", "tax", case)
    offices.order("tax", case, "tax")
    for query, whose in (
        ("select 1 from node_order where case_id = %s", {"tax"}),
        ("select 1 from key_delivery where case_id = %s", {"town", "tax"}),
    ):
        asked = ("", "town", "tax", "hub")

        assert {each for each in asked if seen(offices, each, query, case)} == whose


def test_an_agency_s_statement_is_not_changed_for_another(offices: Offices) -> None:
    with serving(offices, "tax") as seat:
        changed = seat.execute("update agency set statement = '' where id <> 'tax'")

        assert changed.rowcount == 0


@pytest.mark.parametrize("kind", ["keys.destroyed", "item.given_back"])
def test_an_erasure_is_proven_by_whom_it_was_ordered_and_while_it_is(
    offices: Offices, kind: str
) -> None:
    case = uuid4()
    order = offices.order("tax", case, "tax")

    with serving(offices, "tax") as seat:
        forging.stage(seat, said(kind, "tax", case=str(case)))
        seat.execute("update node_order set state = 'done' where id = %s", [order])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
            forging.stage(seat, said(kind, "tax", case=str(case)))


@pytest.mark.parametrize(
    ("agency", "kind", "name"),
    [
        ("tax", "item.released", "tax"),
        ("tax", "case.closed", "tax"),
        ("tax", "pack.used", "tax"),
        ("tax", "keys.destroyed", "hub"),
        ("hub", "keys.destroyed", "hub"),
        ("tax", "certificate.used", "hub"),
        ("tax", "deployment.started", "estafette"),
        ("", "pack.used", "estafette"),
        ("", "deployment.started", "tax"),
    ],
)
def test_the_link_stages_no_other_entry(
    offices: Offices, agency: str, kind: str, name: str
) -> None:
    case = uuid4()
    offices.order("tax", case, "tax")

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with serving(offices, agency) as seat:
            forging.stage(seat, said(kind, name, case=str(case)))


def test_the_link_stages_no_act_no_second_id_no_erasure_and_no_other_time(
    offices: Offices,
) -> None:
    for more, under in (
        ({"act": str(uuid4())}, None),
        ({"erased": FORGED}, None),
        ({"at": "2016-03-02T10:30:00+01:00"}, None),
        ({}, uuid4()),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
            with serving(offices, "tax") as seat:
                entry = said("certificate.used", "tax", **more)
                forging.stage(seat, entry, under=under)


def test_the_link_finds_a_case_only_while_an_item_of_it_is_asked_back(
    offices: Offices,
) -> None:
    case, item = uuid4(), uuid4()
    _enter(offices, case, item)
    found = "select 'case', id from case_file union select 'item', id from item"
    terms = "select agency_id from deadline where case_id = %s"
    order = offices.order_recall("tax", case, str(item))

    assert set(seen(offices, "tax", found)) == {("case", case), ("item", item)}
    assert seen(offices, "hub", found) == seen(offices, "", found) == []
    with serving(offices, "tax") as seat:
        assert len(seat.execute(terms, [case]).fetchall()) == 2
        ended = seat.execute("update deadline set state = 'met'")
        assert ended.rowcount == 1
        seat.execute("update node_order set state = 'done' where id = %s", [order])
    again = offices.order_recall("hub", case, str(item))
    assert seen(offices, "hub", terms, case) == [("town",)]  # of others, the lead's
    with serving(offices, "hub") as seat:
        seat.execute("update node_order set state = 'done' where id = %s", [again])
    assert seen(offices, "tax", found) == seen(offices, "tax", terms, case) == []


def _enter(offices: Offices, case: UUID, item: UUID) -> None:
    """Enter a case of the town with a term of its own, and one to give an item back."""
    today = date(2026, 3, 2)
    term = (
        "insert into deadline (id, case_id, item_id, agency_id, clock, state,"
        " started_on, due_on, ends_at, extended, counting) values"
        " (gen_random_uuid(), %s, %s, %s, '', 'running', %s, %s, now(), 0, '{}')"
    )
    with psycopg.connect(offices.urls[Role.RECORD]) as record:
        record.execute(
            "insert into case_file (id, route, pack_version, pack_digest, agency_id,"
            " stage, version, activity, permit_regime, opened_on, next_due, secrecy)"
            " values (%s, '', %s, '', 'town', '', 1, '', false, %s, %s, '')",
            [case, today, today, today],
        )
        record.execute(
            "insert into item (id, case_id, act_id, originator, state, added_on,"
            " header, commitment, signature, sealed_at)"
            " values (%s, %s, %s, 'town', 'recalled', %s, '', '', '', now())",
            [item, case, uuid4(), today],
        )
        record.execute(term, [case, None, "town", today, today])
        record.execute(term, [case, item, "tax", today, today])
