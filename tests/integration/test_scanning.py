"""Documents pass a virus scanner before they are sealed, or nothing is stored."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from acts import cases
from acts.cases import OwnMaterial
from models.errors import NotConfigured, NotPermitted, Unavailable
from models.ids import CaseId
from runtime.embedded.temporal import free_port
from runtime.scanning import Clamd, scanner_at
from tests.deeds.cast import HANDLER, Cast
from tests.oracles.evidence import items_of
from tests.pieces.documents import EICAR, pdf
from tests.running.scanner import VIRUS, listener, needs_clamd, running_clamd
from tests.running.world import World


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    port = free_port()
    with running_clamd(tmp_path_factory.mktemp("clamd"), port) as listening:
        yield f"127.0.0.1:{port}", f"unix:{listening}"


def behind(cast: Cast, address: str, body: bytes, *, document: bool = True) -> None:
    """Enter material where a scanner is set."""
    world = cast.world
    desk = replace(world.desk, scanner=Clamd(address, patience=5))
    case = world.do(cast.open_case())
    before = len(items_of(world, "document", case))
    material = OwnMaterial(
        source="src.3", body=body, document=document, handling=cast.handling()
    )
    try:
        deed = cases.add_item(desk, cast.officer(HANDLER), CaseId(case), material)
        world.do(deed)
    except (NotPermitted, Unavailable):
        assert len(items_of(world, "document", case)) == before
        raise


@needs_clamd
@pytest.mark.parametrize("way", [0, 1])
def test_a_real_scanner_passes_what_is_clean_and_names_what_is_not(
    addresses: tuple[str, str], way: int
) -> None:
    scanner = scanner_at(addresses[way])
    scanner.check(pdf("Rien") + b"\n" * 300_000)

    with pytest.raises(NotPermitted, match=f"`{VIRUS}"):
        scanner.check(b"x" * 200_000 + EICAR)


@needs_clamd
def test_a_document_with_a_virus_is_not_stored(
    world: World, cast: Cast, addresses: tuple[str, str]
) -> None:
    behind(cast, addresses[0], b"Une note.")

    with pytest.raises(NotPermitted, match="the virus scanner found"):
        behind(cast, addresses[0], EICAR)


@needs_clamd
def test_what_is_larger_than_the_scanner_takes_is_not_stored(
    addresses: tuple[str, str],
) -> None:
    with pytest.raises(Unavailable):
        scanner_at(addresses[0]).check(bytes(26 << 20))


def test_while_the_scanner_is_silent_no_document_is_stored_but_words_are(
    cast: Cast,
) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    behind(cast, nobody, b"Un constat.", document=False)

    with pytest.raises(Unavailable, match="the virus scanner does not answer"):
        behind(cast, nobody, pdf("Rien"))


@pytest.mark.parametrize(
    "said",
    [b"", b"stream: OK", b"ERROR\0", b"stream: O\0", b"stream: OK or so\0", b"\0"],
)
def test_what_is_no_answer_of_a_scanner_lets_nothing_pass(said: bytes) -> None:
    with listener(said) as address, pytest.raises(Unavailable):
        Clamd(address, patience=5).check(b"Une note.")


@pytest.mark.parametrize("address", ["clamd", "localhost:", ":3310", "host:x"])
def test_a_scanner_without_an_address_is_no_setting(address: str) -> None:
    with pytest.raises(NotConfigured, match="ESTAFETTE_CLAMD"):
        scanner_at(address)


def test_a_socket_that_is_not_there_lets_nothing_pass(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        scanner_at(f"unix:{tmp_path / 'none'}").check(b"Une note.")
