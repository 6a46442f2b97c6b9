"""An operator writes the directory from the command line, as in production."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
import psycopg
import pytest
import yaml

from ledger.canonical import decode
from runtime.roles import Role
from tests.running.postgres import SUPERUSER, Urls, migrated_database
from tests.running.terminal import Answer, Terminal
from vault.commitments import commit

NAME = {"fr": "Ville", "nl": "Stad", "de": "Stadt", "en": "Town"}
MAYOR = {"functions": ["mayor"], "service_number": "T-1"}
HANDLER = {"functions": ["handler"], "service_number": "T-2"}
TOWN: dict[str, Any] = {
    "id": "town",
    "kind": "municipality",
    "name": NAME,
    "officers": {"mayor": MAYOR, "handler": HANDLER},
}
WATCH: dict[str, Any] = {
    "id": "watch",
    "kind": "auditor",
    "name": NAME,
    "oversees": ["town"],
    "under": "LVP art. 56",
    "officers": {"auditor": {"functions": ["auditor"], "service_number": "W-1"}},
}


class Operator:
    """Whoever holds the owner's password, and nothing else."""

    def __init__(self, urls: Urls, place: Path, terminal: Terminal) -> None:
        self._superuser = urls[SUPERUSER]
        self._place = place
        self._terminal = terminal

    def run(self, *words: str) -> Answer:
        return self._terminal.run("directory", *words, "--json")

    def enter(self, *agencies: object) -> Answer:
        file = self._place / "directory.yaml"
        file.write_text(yaml.safe_dump({"agencies": list(agencies)}), "utf-8")
        return self.run("enter", str(file))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._superuser) as connection:
            return connection.execute(query.encode()).fetchall()

    def entries(self) -> list[dict[str, Any]]:
        found = self.rows("select body from ledger_staging order by staged_at, id")
        return [orjson.loads(body) for (body,) in found]

    def names(self, entry: dict[str, Any], officer: str) -> bool:
        """Tell whether an entry commits to this officer as the one it is about."""
        salts = "select salt, officer_id from ledger_salt where kind = 'named'"
        return any(
            commit(salt, name).hex() == entry["named"]
            for salt, name in self.rows(salts)
            if name == officer
        )

    def written(self) -> list[tuple[Any, ...]]:
        """Return all that can be written: rows of the directory, and of the log."""
        return [
            *self.rows("select id, kind, name, certificates from agency order by id"),
            *self.rows("select * from officer order by id"),
            *self.rows("select * from oversight"),
            *self.rows("select id from ledger_staging order by id"),
            *self.rows("select leaf from ledger_salt order by leaf"),
        ]


@pytest.fixture(scope="module")
def urls() -> Iterator[Urls]:
    with migrated_database() as lent:
        yield lent


@pytest.fixture
def operator(
    urls: Urls,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Operator]:
    """An operator whose directory is empty."""
    for name, said in _surroundings(urls, tmp_path).items():
        monkeypatch.setenv(name, said)
    with ExitStack() as after:
        after.callback(_empty, urls)
        yield Operator(urls, tmp_path, Terminal(monkeypatch, capsys))


def _surroundings(urls: Urls, place: Path) -> Mapping[str, str]:
    owner = urlsplit(urls[Role.OWNER])
    return {
        "ESTAFETTE_ENV": "production",
        "ESTAFETTE_DATA": str(place),
        "DATABASE_URL": owner._replace(netloc="").geturl(),
        "ESTAFETTE_OWNER_PASSWORD": unquote(str(owner.password)),
        "TEMPORAL_ADDRESS": "127.0.0.1:1",
        "ESTAFETTE_TEMPORAL_NAMESPACE": "estafette",
        "ESTAFETTE_TASK_QUEUE": "estafette",
    }


def _empty(urls: Urls) -> None:
    tables = b"oversight, officer, agency, ledger_staging, ledger_salt"
    with psycopg.connect(urls[SUPERUSER]) as connection:
        connection.execute(b"truncate " + tables + b" cascade")


def test_a_file_is_entered_with_an_entry_for_each_row(operator: Operator) -> None:
    done = operator.enter(TOWN, WATCH).document

    assert done["agencies"] == ["town", "watch"]
    assert done["officers"] == ["town/handler", "town/mayor", "watch/auditor"]
    assert done["oversight"] == [
        {"auditor": "watch", "agency": "town", "article": "LVP art. 56"}
    ]
    told = [(e["kind"], e["agency"], e.get("detail")) for e in operator.entries()]
    assert sorted(told, key=str) == sorted(
        [
            ("agency.entered", "town", "municipality"),
            ("agency.entered", "watch", "auditor"),
            ("officer.entered", "town", "mayor"),
            ("officer.entered", "town", "handler"),
            ("officer.entered", "watch", "auditor"),
            ("oversight.entered", "town", None),
        ],
        key=str,
    )
    found = operator.run("list").document
    assert [each["id"] for each in found["officers"]] == [
        *("town/handler", "town/mayor", "watch/auditor")
    ]
    town, watch = found["agencies"]
    assert (town["id"], town["watched_over_by"]) == ("town", ["watch"])
    assert not town["keys_published"] and not watch["keys_published"]


def test_what_is_there_stays_and_what_is_new_is_added(operator: Operator) -> None:
    operator.enter(TOWN)
    before = operator.written()

    assert operator.enter(TOWN).document == {
        "agencies": [],
        "officers": [],
        "oversight": [],
    }
    assert operator.written() == before

    second = {"functions": ["handler", "registrar"], "service_number": "T-3"}
    done = operator.enter(TOWN | {"officers": {"second": second}}, WATCH).document
    assert done["agencies"] == ["watch"]
    assert done["officers"] == ["town/second", "watch/auditor"]
    assert len(operator.run("list").document["officers"]) == 4


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"kind": "tax"}, "`town` is `municipality`, not `tax`"),
        ({"name": NAME | {"en": "City"}}, "`town` has another name"),
        (
            {"officers": {"mayor": MAYOR | {"functions": ["college"]}}},
            "`town/mayor` is mayor, not college",
        ),
        (
            {"officers": {"mayor": MAYOR | {"service_number": "T-9"}}},
            "`town/mayor` has the service number `T-1`",
        ),
        (
            {"officers": {"clerk": MAYOR}},
            "`town/mayor` has the service number of `town/clerk`",
        ),
        (
            {"oversees": ["watch"], "under": "LVP art. 57"},
            "`town` watches over `watch` under LVP art. 56, not LVP art. 57",
        ),
    ],
)
def test_a_file_that_says_otherwise_changes_nothing(
    operator: Operator, other: dict[str, Any], said: str
) -> None:
    both = {"oversees": ["watch"], "under": "LVP art. 56"}
    assert operator.enter(TOWN | both, WATCH).code == 0
    before = operator.written()
    new = {"id": "new", "kind": "tax", "name": NAME}

    refused = operator.enter(new, TOWN | other)

    assert (refused.code, refused.error["error"]) == (5, "Conflict")
    assert said in refused.error["message"]
    assert "nothing was entered" in refused.error["help"]
    assert operator.written() == before


def test_a_file_that_does_not_hold_changes_nothing(operator: Operator) -> None:
    before = operator.written()
    unknown = {"oversees": ["nowhere"], "under": "LVP art. 56"}

    for agencies, said in (
        ((TOWN, WATCH | unknown), "no agency `nowhere` to watch over"),
        ((TOWN, WATCH | {"kind": "bakery"}), "`agencies.1.kind` must be one of"),
    ):
        refused = operator.enter(*agencies)
        assert (refused.code, refused.error["error"]) == (2, "InvalidInput")
        assert said in refused.error["message"]
    assert operator.written() == before


def test_functions_are_changed_and_the_log_says_of_whom(operator: Operator) -> None:
    operator.enter(TOWN)

    words = ("--function", "handler", "--function", "registrar")
    done = operator.run("change", "town/handler", *words).document

    assert done["functions"] == ["handler", "registrar"]
    assert operator.rows("select functions from officer where id = 'town/handler'") == [
        (["handler", "registrar"],)
    ]
    (entry,) = [e for e in operator.entries() if e["kind"] == "officer.changed"]
    assert (entry["agency"], entry["detail"]) == ("town", "handler registrar")
    assert operator.names(entry, "town/handler")
    assert "town/handler" not in str(entry)

    again = operator.run("change", "town/handler", *words)
    assert (again.code, again.error["error"]) == (5, "Conflict")
    assert len(operator.entries()) == 4


def test_who_left_is_kept_without_a_function_and_may_come_back(
    operator: Operator,
) -> None:
    operator.enter(TOWN)

    assert operator.run("leave", "town/handler").document["functions"] == []

    (entry,) = [e for e in operator.entries() if e["kind"] == "officer.left"]
    assert operator.names(entry, "town/handler")
    assert operator.run("leave", "town/handler").code == 5
    refused = operator.enter(TOWN)
    assert refused.error["message"].endswith("`town/handler` has left")
    back = operator.run("change", "town/handler", "--function", "handler")
    assert back.document["functions"] == ["handler"]
    assert operator.enter(TOWN).code == 0


def test_an_officer_nobody_entered_and_a_function_nobody_has_are_refused(
    operator: Operator,
) -> None:
    operator.enter(TOWN)
    before = operator.written()

    for words in (("leave", "town/nobody"), ("change", "nobody", "--function", "dpo")):
        unknown = operator.run(*words)
        assert (unknown.code, unknown.error["error"]) == (3, "NotFound")
        assert "estafette directory list" in unknown.error["help"]
    assert operator.run("change", "town/mayor", "--function", "baker").code == 2
    assert operator.run("change", "town/mayor").code == 2
    assert operator.written() == before


def test_whoever_has_no_password_of_the_owner_writes_nothing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ESTAFETTE_OWNER_PASSWORD")

    refused = operator.enter(TOWN)

    assert (refused.code, refused.error["error"]) == (10, "NotConfigured")
    assert "ESTAFETTE_OWNER_PASSWORD" in str(refused.error)


def test_entries_are_canonical(operator: Operator) -> None:
    operator.enter(TOWN)
    operator.run("leave", "town/mayor")

    bodies = [body for (body,) in operator.rows("select body from ledger_staging")]
    assert "officer.left" in [decode(body)["kind"] for body in bodies]
