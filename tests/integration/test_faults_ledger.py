"""Integrator, witnesses and database are killed at random steps; the log loses nothing.

ESTAFETTE_TEST_KILLS says how often, ESTAFETTE_TEST_SEED repeats a run.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from scitt_cose import merkle as foreign

from commands.ledger.verifying import Believed, verify_whole
from ledger.canonical import decode
from ledger.checkpoint import parse
from ledger.signed_note import SignerKey
from runtime.embedded.supervision import Supervisor
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.log import ledger, witnessing
from tests.pieces.agencies import enter_agencies
from tests.pieces.staged import staging
from tests.running.mortal import integrate, look
from tests.running.postgres import SUPERUSER, Urls, supervised_database

KILLS = int(os.environ.get("ESTAFETTE_TEST_KILLS", "24"))
SEED = int(os.environ.get("ESTAFETTE_TEST_SEED", "0")) or random.randrange(1, 10**6)
AGENCIES = ("tax", "town")
VICTIMS = ("integrator",) * 5 + ("witness",) * 3 + ("backend", "database")
STAGE = staging("''", "%s::int", "%s::int")

pytestmark = pytest.mark.timeout(600)


class Writer(threading.Thread):
    """Stages entries all the time; knows which are committed and which may be."""

    def __init__(self, url: str, chance: random.Random) -> None:
        super().__init__()
        self.url, self.chance = url, chance
        self.promised: list[range] = []
        self.uncertain: list[range] = []
        self.over = threading.Event()

    def run(self) -> None:
        first = 0
        while not self.over.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    while not self.over.wait(0.02):
                        batch = range(first, first + self.chance.randint(1, 6))
                        first = batch.stop
                        self.uncertain.append(batch)
                        connection.execute(STAGE.encode(), [batch[0], batch[-1]])
                        self.promised.append(self.uncertain.pop())
            except psycopg.OperationalError:
                time.sleep(0.05)


class Kills:
    """The log, who is killed around it, and what was said of each death."""

    def __init__(self, urls: Urls, supervisor: Supervisor, place: Path) -> None:
        self.urls, self.supervisor, self.place = urls, supervisor, place
        self.signer = SignerKey.generate("ledger.example")
        self.chance = random.Random(SEED)
        self.deaths: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.others: list[str] = []
        self.writer = Writer(urls[SUPERUSER], random.Random(SEED))
        argv = [urls[Role.LEDGER], urls[SUPERUSER], self.signer.skey, str(place)]
        self.mortals = subprocess.Popen(
            [sys.executable, "-m", "tests.running.mortal", *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def rage(self) -> None:
        """Kill until enough died."""
        steps = {who: 0 for who in ("integrator", *AGENCIES)}
        self.writer.start()
        while sum(self.deaths.values()) < KILLS:
            victim = self.chance.choice(VICTIMS)
            if victim in ("backend", "database"):
                self._in_a_batch(victim)
                continue
            who = self.chance.choice(AGENCIES) if victim == "witness" else victim
            step = self.chance.randint(1, steps[who]) if steps[who] else 0
            said, _, more = self._play(who, step).partition(" ")
            if said == "killed":
                self.deaths[victim] += 1
                self.places[more] += 1
            elif said == "done":
                steps[who] = max(steps[who], int(more))
            else:
                self.others.append(f"{said} {more}")
        self.writer.over.set()
        self.writer.join()

    def _play(self, who: str, step: int) -> str:
        self._ask(who, step)
        return self._answer()

    def _ask(self, who: str, step: int) -> None:
        assert self.mortals.stdin
        self.mortals.stdin.write(f"{who} {step}\n")
        self.mortals.stdin.flush()

    def _answer(self) -> str:
        assert self.mortals.stdout
        return self.mortals.stdout.readline().strip()

    def _in_a_batch(self, victim: str) -> None:
        """Kill what serves the integrator in the middle of a batch."""
        self._ask("integrator", 0)
        time.sleep(self.chance.uniform(0.0, 0.08))
        if victim == "database":
            self._kill_server()
        else:
            self._kill_backend()
        self.deaths[victim] += 1
        self._answer()
        self.answers()

    def _kill_server(self) -> None:
        """Kill the whole server, which recovers when it is started again."""
        self.supervisor.kill("postgres")
        self.supervisor.restart("postgres")

    def _kill_backend(self) -> None:
        """Kill one process of the server: all go down and recover."""
        connection = psycopg.connect(self.urls[SUPERUSER], autocommit=True)
        query = b"select pid from pg_stat_activity where usename = 'estafette_ledger'"
        busy = connection.execute(query).fetchone()
        try:
            os.kill(busy[0] if busy else connection.info.backend_pid, signal.SIGKILL)
        except ProcessLookupError:  # it was done just now
            os.kill(connection.info.backend_pid, signal.SIGKILL)
        connection.close()

    def answers(self) -> None:
        """Wait until the database has recovered."""
        for _ in range(600):
            try:
                psycopg.connect(self.urls[SUPERUSER]).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError("the database did not recover")

    def finish(self) -> None:
        """Let everybody do in peace what is left to do."""
        for _ in range(3):
            integrate(self.urls[Role.LEDGER], self.signer)
            for agency in AGENCIES:
                look(self.urls[SUPERUSER], self.signer, agency, self.place)

    def close(self) -> None:
        self.writer.over.set()
        assert self.mortals.stdin
        self.mortals.stdin.close()
        self.mortals.wait()
        assert self.mortals.stdout
        self.mortals.stdout.close()


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kills]:
    with supervised_database() as (urls, supervisor):
        database = connect(urls[SUPERUSER], pool=1)
        with transaction(database) as connection:
            enter_agencies(connection, AGENCIES)
        database.dispose()
        made = Kills(urls, supervisor, tmp_path_factory.mktemp("witnesses"))
        try:
            made.rage()
            made.finish()
            yield made
        finally:
            made.close()


@pytest.fixture(scope="module")
def bodies(kills: Kills) -> list[bytes]:
    """What was ordered, in order."""
    database = connect(kills.urls[Role.LEDGER], pool=1)
    with transaction(database) as connection:
        found = [each.body for each in ledger.entries(connection)]
    database.dispose()
    return found


def test_each_kind_of_victim_died_at_many_places(kills: Kills) -> None:
    """Else the tests below would prove nothing."""
    assert kills.others == [], f"seed {SEED}"
    assert sum(kills.deaths.values()) >= KILLS, kills.deaths
    assert KILLS < 100 or len(kills.deaths) == len(set(VICTIMS)), kills.deaths
    assert len(kills.places) > KILLS // 6, kills.places


def test_no_entry_is_lost_and_none_is_there_twice(
    kills: Kills, bodies: list[bytes]
) -> None:
    there = Counter(int(decode(body)["detail"]) for body in bodies)
    promised = [n for batch in kills.writer.promised for n in batch]
    uncertain = {n for batch in kills.writer.uncertain for n in batch}

    assert max(there.values()) == 1, f"seed {SEED}"
    missing = [n for n in promised if n not in there]
    assert missing == [], f"seed {SEED}"
    assert len(promised) <= len(there) <= len(promised) + len(uncertain)


def test_the_root_is_that_of_a_foreign_recomputation(
    kills: Kills, bodies: list[bytes]
) -> None:
    database = connect(kills.urls[Role.LEDGER], pool=1)
    with transaction(database) as connection:
        note = ledger.latest_checkpoint(connection)
    database.dispose()

    assert note
    head = parse(note)
    assert head.size == len(bodies)
    assert head.root.hex() == foreign.merkle_root([each.hex() for each in bodies])


def test_the_whole_log_verifies_with_what_every_witness_kept(kills: Kills) -> None:
    kept = {each: (kills.place / each).read_text() for each in AGENCIES}
    believed = Believed(kills.signer.verifier, kept=kept)
    sees = connect(kills.urls[Role.LEDGER], pool=1)
    beside = connect(kills.urls[SUPERUSER], pool=1)
    with transaction(sees) as log, transaction(beside) as record:
        found = verify_whole(log, record, believed)
        cosigned = witnessing.cosigned_sizes(log)
    sees.dispose()
    beside.dispose()

    assert found.waiting == 0
    assert {size for size, _ in cosigned.values()} == {found.held.size}
    assert set(cosigned) == set(AGENCIES)
