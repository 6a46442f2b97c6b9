"""Each agency's keys in a process of its own: coordination is all that it knows."""

import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from acts.performing import Done
from commands.demo import endings
from commands.demo.authority import DemoAuthority
from commands.demo.federation import start_federation
from commands.demo.play import Play
from models.errors import KeyUnknown, NotSignedIn
from models.ids import CaseId
from models.link import Report, Work
from runtime.link.client import LinkClient
from runtime.link.files import LinkFiles
from runtime.nodes import nodes_apart
from tests.deeds.cast import HANDLER, Cast
from tests.oracles.evidence import disagreements, unproven_acts
from tests.pieces.certified import serial_of
from tests.running.playing import Played, copies_of, new_play, settle
from tests.running.servers import ROOT
from tests.running.terminal import Answer, Terminal
from tests.running.watching import Watch, environment
from tests.running.world import World, eventually, living_world

NODES = (
    *("anderlecht", "saint-gilles", "pz-midi", "ciear-bxl", "deipp", "spf-finances"),
    *("onss", "parquet-bxl", "safe-brussels", "audit"),
)


@dataclass
class Federation:
    """A world whose nodes are processes of their own."""

    world: World
    played: Played
    watch: Watch

    @property
    def port(self) -> int:
        pid = self.pid("link")
        return int(environment(pid)["ESTAFETTE_LINK_LISTEN"].rpartition(":")[2])

    def pid(self, name: str) -> int:
        return self.world.stack.pids()[name]

    def files(self, agency: str) -> LinkFiles:
        return LinkFiles(self.world.settings.at_node(agency).node_files.link)

    def client(self, agency: str) -> LinkClient:
        return LinkClient(f"https://localhost:{self.port}", self.files(agency))

    def order(self, agency: str, case: UUID) -> UUID:
        """Order a node to destroy what it holds of a case."""
        order = uuid4()
        with self.world.superuser() as connection:
            connection.execute(
                "insert into node_order (id, agency_id, case_id, kind, scope, holder,"
                " state, ordered_at) values (%s, %s, %s, 'destroy_keys', 'underlying',"
                " %s, 'open', now())",
                [order, agency, case, agency],
            )
        return order

    def is_done(self, order: UUID) -> bool:
        state = self.world.one("select state from node_order where id = %s", order)
        return bool(state == "done")

    def proofs(self, agency: str, case: UUID) -> int:
        """Count the proofs that an agency destroyed keys of a case."""
        query = (
            "select count(*) from timeline where case_id = %s and agency_id = %s"
            " and kind = 'keys.destroyed' and detail = 'underlying'"
        )
        return int(self.world.one(query, case, agency))


def besides_checkpoints(client: LinkClient) -> Work:
    """Return what waits, but for the checkpoint that may be on offer just now."""
    return client.work().model_copy(update={"checkpoint": None})


def case_with_a_fact(world: World) -> CaseId:
    cast = Cast(world)
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    return case


def look_at_each_act(play: Play, watch: Watch) -> None:
    """Look once after each act of a play, however fast it goes."""
    act = play.act

    async def watched(who: str, what: str, deed: Awaitable[Done]) -> Done:
        done = await act(who, what, deed)
        watch.look()
        return done

    play.act = watched  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def federation() -> Iterator[Federation]:
    with living_world({"fsync": "off"}, start_federation) as world:
        cast = Cast(world)
        pids = {name: world.stack.pids()[f"node-{name}"] for name in NODES}
        with pytest.MonkeyPatch.context() as patch, Watch(pids.values()) as watch:
            played = Played(new_play(world, cast, patch), [])
            look_at_each_act(played.play, watch)
            world.do(endings.play_no_measure(played.play))
            settle(world, played.play)
        yield Federation(world, played, watch)


def test_the_play_ends_as_with_all_nodes_in_one_process(federation: Federation) -> None:
    world, case = federation.world, federation.played.play.case
    query = "select stage, outcome from case_file where id = %s"
    orders = "select agency_id, state from node_order where case_id = %s"

    assert world.rows(query, case) == [("closed", "out.none")]
    assert disagreements(world, case) == unproven_acts(world) == []
    assert federation.played.play.acts == 12
    assert {*world.rows(orders, case)} == {
        (agency, "done") for agency in ("anderlecht", "pz-midi", "deipp")
    }
    assert not world.data.keyrings.exists()
    assert world.data.foreign() == []


def test_a_node_is_told_of_its_directory_and_the_link_and_nothing_else(
    federation: Federation,
) -> None:
    for name in NODES:
        told = environment(federation.pid(f"node-{name}"))
        ours = {key: value for key, value in told.items() if key.startswith("ESTA")}

        assert ours == {
            "ESTAFETTE_ENV": "test",
            "ESTAFETTE_NODE": str(federation.world.data.nodes / name),
            "ESTAFETTE_LINK": f"https://localhost:{federation.port}",
        }
        rest = told.keys() - ours.keys()
        assert rest <= {"PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "TMPDIR"}
        assert "postgres" not in str(told).lower()


def test_the_only_peer_of_a_node_was_the_link_while_the_play_ran(
    federation: Federation,
) -> None:
    watch = federation.watch

    assert watch.looks >= federation.played.play.acts > 0
    assert watch.peers == {pid: {federation.port} for pid in watch.pids}
    assert watch.listening == set()
    assert watch.named == set()


def test_a_node_loads_neither_engine_nor_database(federation: Federation) -> None:
    for name in NODES:
        maps = Path(f"/proc/{federation.pid(f'node-{name}')}/maps").read_text()
        assert "cryptography" in maps
        assert not [each for each in ("temporalio", "psycopg", "cedarpy")
                    if each in maps]  # fmt: skip


def test_each_directory_of_a_node_holds_one_keyring_and_is_shut(
    federation: Federation,
) -> None:
    for name in NODES:
        directory = federation.world.data.nodes / name

        assert [file.name for file in directory.glob("keyrings/*.keyring")] == [
            f"{name}.keyring"
        ]
        for place in (directory, *(each for each in directory.rglob("*"))):
            assert not place.stat().st_mode & 0o077, place


def test_a_node_killed_in_the_middle_of_an_order_does_it_again_and_reports_once(
    federation: Federation, tmp_path: Path
) -> None:
    world = federation.world
    case = case_with_a_fact(world)
    (copy, *_) = copies_of(world, case)
    told = environment(federation.pid("node-anderlecht"))
    world.stack.kill("node-anderlecht")
    order = federation.order("anderlecht", case)
    halted = tmp_path / "halted"
    command = [sys.executable, "-m", "tests.running.halting_node", str(halted)]
    with subprocess.Popen(
        [*command, "--agency", "anderlecht"], cwd=ROOT, env=told
    ) as node:
        assert eventually(halted.exists)
        os.kill(node.pid, signal.SIGKILL)
    assert not federation.is_done(order)
    with pytest.raises(KeyUnknown):
        nodes_apart(world.settings)["anderlecht"].open(*copy[1:])

    world.stack.restart("node-anderlecht")

    assert eventually(lambda: federation.is_done(order))
    assert federation.proofs("anderlecht", case) == 1


def test_orders_wait_for_a_link_that_was_killed(federation: Federation) -> None:
    world = federation.world
    case = case_with_a_fact(world)
    world.stack.kill("link")
    order = federation.order("anderlecht", case)

    world.stack.restart("link")

    assert eventually(lambda: federation.is_done(order))
    assert federation.proofs("anderlecht", case) == 1


def test_a_node_with_the_certificate_of_another_gets_nothing_of_it(
    federation: Federation,
) -> None:
    world = federation.world
    case = case_with_a_fact(world)
    world.stack.kill("node-anderlecht")
    order = federation.order("anderlecht", case)
    try:
        stranger = federation.client("saint-gilles")
        (waiting,) = federation.client("anderlecht").work().orders
        node = nodes_apart(world.settings)["saint-gilles"]
        done = node.destroy(str(case), waiting.scope, waiting.holder)
        words = {
            "order": order,
            "case_key_ids": done.case_key_ids,
            "delivery_key_ids": (),
            "renewal_due": False,
            "signature": done.signature,
        }

        assert besides_checkpoints(stranger) == Work()
        stranger.report(Report.model_validate({"receipts": [words]}))

        assert not federation.is_done(order)
    finally:
        world.stack.restart("node-anderlecht")
    assert eventually(lambda: federation.is_done(order))


def test_a_node_whose_certificate_is_revoked_is_refused_until_it_has_another(
    federation: Federation,
) -> None:
    data = federation.world.data
    link, files = LinkFiles(data.link), federation.files("audit")
    before = link.revoked.read_bytes()
    certificate = ssl.PEM_cert_to_DER_cert(files.certificate.read_text())
    try:
        DemoAuthority(data.authority).revoke(link.root, serial_of(certificate))

        with pytest.raises(NotSignedIn, match="revoked"):
            federation.client("audit").work()
        assert besides_checkpoints(federation.client("onss")) == Work()
    finally:
        link.revoked.write_bytes(before)
    assert besides_checkpoints(federation.client("audit")) == Work()


def test_an_officer_reads_where_the_own_node_is_and_nowhere_else(
    federation: Federation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    world = federation.world
    (copy, *_) = copies_of(world, case_with_a_fact(world))
    at = Terminal(monkeypatch, capsys)
    at.enter(world)

    def read() -> Answer:
        return at.ask(HANDLER, "item", "show", copy[0], "--reason", "asking")

    nowhere = read()
    monkeypatch.setenv("ESTAFETTE_NODE", str(world.data.nodes / "pz-midi"))
    elsewhere = read()
    monkeypatch.setenv("ESTAFETTE_NODE", str(world.data.nodes / "anderlecht"))

    assert read().code == 0
    for each in (nowhere, elsewhere):
        assert each.error["message"] == "the keys of `anderlecht` are not kept here"
        assert "ESTAFETTE_NODE" in each.error["help"]
