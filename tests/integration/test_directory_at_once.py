"""Two operators who write the directory at once see what the other wrote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import create_engine

from models.directory import Directory
from models.errors import Conflict
from runtime.roles import Role
from storage.people.taking_in import take_in
from tests.running.postgres import SUPERUSER, migrated_database

WAITS = b"select 1 from pg_locks where not granted and relation = 'officer'::regclass"


def town(officer: str, function: str) -> Directory:
    name = dict.fromkeys(("fr", "nl", "de", "en"), "Ville")
    officers = {officer: {"functions": [function], "service_number": "T-1"}}
    body = {"id": "town", "kind": "municipality", "name": name, "officers": officers}
    return Directory.model_validate({"agencies": [body]})


def test_of_two_files_at_once_one_is_told_of_the_service_number_of_the_other() -> None:
    now = datetime.now(UTC)
    with migrated_database() as urls, psycopg.connect(urls[SUPERUSER]) as watching:
        watching.autocommit = True
        watching.execute(
            "insert into agency (id, kind, name, certificates, statement)"
            " values ('town', 'municipality',"
            """ '{"fr": "Ville", "nl": "Ville", "de": "Ville", "en": "Ville"}',"""
            " '{}', '')"
        )
        owner = create_engine(urls[Role.OWNER])

        def enter(given: Directory) -> None:
            with owner.begin() as connection:
                take_in(connection, given, at=now)

        with ThreadPoolExecutor(1) as beside:
            with owner.begin() as connection:
                take_in(connection, town("mayor", "mayor"), at=now)
                later = beside.submit(enter, town("handler", "handler"))
                while not later.done() and not watching.execute(WAITS).fetchone():
                    pass
            with pytest.raises(Conflict, match="has the service number of"):
                later.result()
        owner.dispose()
        left = watching.execute("select id from officer").fetchall()
    assert left == [("town/mayor",)]
