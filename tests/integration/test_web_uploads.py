"""Documents through a form: bounded, looked at, and never unsealed on the disk."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

import httpx2
import pytest

from models.ids import CaseId
from policies.documents import DOCUMENTS
from tests.deeds.cast import HANDLER
from tests.oracles.evidence import items_of
from tests.pieces.documents import pdf
from tests.running.site import Site, play
from tests.running.world import World
from web.guards.bodies import FIELDS, LARGE, OF_ANYBODY, SMALL

FORM = "application/x-www-form-urlencoded"

FILLED = {
    "source": "src.3",
    "nature": "fact",
    "grade": "B2",
    "code": "H0",
    "tlp": "none",
    "data_subject": "undistinguished",
    "regime": "gdpr",
}


@pytest.fixture
def client(client: httpx2.Client) -> httpx2.Client:
    """Signed in, and reading English."""
    client.headers["accept-language"] = "en"
    play(client, HANDLER)
    return client


@pytest.fixture
def no_spilling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail what lays a file that was kept in memory on the disk."""

    def spill(_: object) -> None:
        raise AssertionError("unsealed content on the disk")

    monkeypatch.setattr(SpooledTemporaryFile, "rollover", spill)


def documents(world: World, case: CaseId) -> int:
    return len(items_of(world, "document", case))


def test_a_document_that_was_forgotten_is_told_once(
    world: World, client: httpx2.Client, case: CaseId
) -> None:
    before, remembered = documents(world, case), 'name="chosen-document" value="a.exe"'
    path, rest = f"/cases/{case}/acts/item.add", FILLED | {"words": "Constat."}

    refused = add(client, case, "a.exe", b"MZ")
    forgotten = client.post(path, data=rest | {"chosen-document": "a.exe"})
    sent = client.post(path, data=rest)

    assert refused.status_code == forgotten.status_code == 422
    assert remembered in refused.text and remembered not in forgotten.text
    assert "a.exe” that you chose before is not there" in forgotten.text
    assert sent.status_code == 303, sent.text
    assert documents(world, case) == before


def test_an_item_is_words_or_a_document(
    world: World, client: httpx2.Client, case: CaseId
) -> None:
    """Words beside a document would be dropped without a word."""
    path, said = f"/cases/{case}/acts/item.add", FILLED | {"words": "Constat."}
    before = len(items_of(world, "fact", case)), documents(world, case)

    neither = client.post(path, data=FILLED)
    both = client.post(path, data=said, files={"document": ("a.pdf", pdf("Rien"))})

    assert neither.status_code == both.status_code == 422
    assert '<a class="ds-link" href="#words">' in neither.text
    assert '<a class="ds-link" href="#document">' in both.text
    assert "Constat." in both.text
    assert (len(items_of(world, "fact", case)), documents(world, case)) == before


def add(client: httpx2.Client, case: CaseId, name: str, body: bytes) -> httpx2.Response:
    return client.post(
        f"/cases/{case}/acts/item.add", data=FILLED, files={"document": (name, body)}
    )


@pytest.mark.usefixtures("no_spilling")
def test_a_document_is_sealed_without_touching_the_disk(
    world: World, client: httpx2.Client, case: CaseId
) -> None:
    before = documents(world, case)
    body = pdf("Rien") + b"\n%" + b"x" * 3_000_000

    answer = add(client, case, "plainte.pdf", body)

    assert answer.headers["location"] == f"/cases/{case}?done=recorded", answer.text
    assert documents(world, case) == before + 1


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("plainte.pdf", b"<html></html>", "is not what its name says"),
        ("../plainte.pdf", pdf("Rien"), "is a path"),
        ("programme.exe", b"MZ\x90\x00", "no document of a type"),
        ("note.txt", b"x" * (DOCUMENTS.largest + 1), "at most 20971520 bytes"),
    ],
)
@pytest.mark.usefixtures("no_spilling")
def test_what_is_refused_brings_the_form_back_as_it_was_filled_in(
    world: World, client: httpx2.Client, case: CaseId, name: str, body: bytes, said: str
) -> None:
    before = documents(world, case)

    answer = add(client, case, name, body)

    assert answer.status_code == 422
    assert said in answer.text
    assert '<a class="ds-link" href="#document">' in answer.text
    assert '<option value="B2" selected>' in answer.text
    assert documents(world, case) == before


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.usefixtures("no_spilling")
def test_two_hundred_megabytes_are_refused_and_said_to_be(
    world: World, client: httpx2.Client, case: CaseId, announced: bool
) -> None:
    before, part = documents(world, case), bytes(1 << 20)
    headers = {"content-type": "multipart/form-data; boundary=x"}
    if announced:
        headers["content-length"] = str(200 << 20)
    start = b'--x\r\ncontent-disposition: form-data; name="document"; filename="a.txt"'

    def parts() -> Iterator[bytes]:
        yield start + b"\r\n\r\n"
        yield from [part] * 199
        yield bytes((1 << 20) - len(start) - 4)

    answer = client.post(
        f"/cases/{case}/acts/item.add", content=parts(), headers=headers
    )

    assert answer.status_code == 413
    assert f"this is larger than {DOCUMENTS.megabytes} MB in all" in answer.text
    assert documents(world, case) == before


@pytest.mark.parametrize(
    ("path", "most", "said"),
    [
        ("/sign-in/persona", OF_ANYBODY, "10 kB"),
        ("/language", OF_ANYBODY, "10 kB"),
        ("/notices/mail", SMALL, "1 MB"),
        ("/cases/x/acts/item.add", LARGE, f"{DOCUMENTS.megabytes} MB"),
    ],
)
def test_nobody_sends_more_than_a_form_may_bring(
    site: Site, path: str, most: int, said: str
) -> None:
    with site.browser() as stranger:
        stranger.headers["accept-language"] = "en"
        answer = stranger.post(path, data={"officer": "x" * (most + 1)})

    assert answer.status_code == 413
    assert f"this is larger than {said} in all" in answer.text


@pytest.mark.parametrize("kind", [FORM, FORM.title()])
def test_a_form_of_more_fields_than_any_has_is_not_read(site: Site, kind: str) -> None:
    """All others would wait meanwhile, and whoever sends it need not even sign in."""
    with site.browser() as stranger:
        stranger.headers.update({"accept-language": "en", "content-type": kind})
        answer = stranger.post("/items/x", content=b"&" * (FIELDS + 1))

    assert answer.status_code == 413
    assert f"this holds more than {FIELDS} fields" in answer.text


def test_a_form_that_is_broken_is_refused(client: httpx2.Client, case: CaseId) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post(
        f"/cases/{case}/acts/item.add", content=b"--y\r\n", headers=headers
    )

    assert answer.status_code == 400
