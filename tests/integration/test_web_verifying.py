"""A bundle is verified on a page: in the browser, which sends nothing, and here."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from acts.audit.keys import parse_keys
from tests.pieces import bundles as b
from tests.pieces.verifiers import write_keys
from tests.running.browsing import needs_a_browser, violations, window
from tests.running.site import Site, play
from tests.unit.test_ledger_bundle import HEADS, TRIED

VECTORS = Path(__file__).parents[1] / "vectors"
_RUN = """async ([bundle, keys]) => {
  const verifier = document.querySelector("#verify").dataset.verifier;
  const { verify, readKeys } = await import(verifier);
  const known = await readKeys(keys);
  return verify(new Uint8Array(bundle), known).then(
    (found) => ({ step: 0, ...found }), (error) => ({ step: error.step }));
}"""
_EACH = """async ([bundle, keys, stride]) => {
  const verifier = document.querySelector("#verify").dataset.verifier;
  const { verify, readKeys } = await import(verifier);
  const known = await readKeys(keys);
  const unnoticed = [];
  for (let place = 0; place < bundle.length; place += stride) {
    const changed = new Uint8Array(bundle);
    changed[place] ^= 1;
    await verify(changed, known).then(() => unnoticed.push(place), () => null);
  }
  return unnoticed;
}"""


@pytest.fixture(scope="module")
def verifying(site: Site, browser: Browser) -> Iterator[Page]:
    with window(browser, site.address, locale="en") as page:
        page.goto("/verify")
        yield page


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_keys(tmp_path_factory.mktemp("keys")).read_text()


def run(page: Page, lines: list[bytes], keys: str) -> dict[str, object]:
    found = page.evaluate(_RUN, [list(b"".join(lines)), keys])
    assert isinstance(found, dict)
    return found


@needs_a_browser
@pytest.mark.parametrize("name", ["bundle", "bundle_cosigned", "bundle_signed"])
def test_the_bundles_of_the_formats_page_hold_and_nothing_is_sent(
    site: Site, browser: Browser, name: str
) -> None:
    with window(browser, site.address, locale="en") as page:
        page.goto("/verify")
        page.wait_for_selector("#verify:visible")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.set_input_files("#bundle", VECTORS / f"{name}.jsonl")
        page.set_input_files("#keys", VECTORS / f"{name}.keys")
        page.click("#verify button")
        page.wait_for_selector("[data-say=holds]:visible")

        assert "Sealed by" in page.inner_text("[data-say=holds]")
        assert page.locator("[data-state=holds]").count() == 10
        assert sent == []


@needs_a_browser
def test_the_page_lets_no_script_connect_anywhere(verifying: Page) -> None:
    refused = verifying.evaluate(
        "() => fetch('/verify').then(() => 'came through', (error) => error.name)"
    )

    assert refused == "TypeError"


@needs_a_browser
def test_what_was_changed_is_told_with_its_step(
    verifying: Page, tmp_path: Path, keys: str
) -> None:
    (tmp_path / "KEYS").write_text(keys)
    (tmp_path / "forged").write_bytes(b"".join(b.bundle())[:-9])
    verifying.set_input_files("#bundle", tmp_path / "forged")
    verifying.set_input_files("#keys", tmp_path / "KEYS")
    verifying.click("#verify button")
    verifying.wait_for_selector("[data-say=fails]:visible")

    assert verifying.inner_text("[data-say=fails] [data-value=step]") == "1"
    verifying.set_input_files("#bundle", VECTORS / "bundle.jsonl")
    verifying.set_input_files("#keys", VECTORS / "bundle.jsonl")
    verifying.click("#verify button")
    why = verifying.locator(
        "[data-say=fails] [data-value=why]", has_text="file of keys"
    )
    why.wait_for()
    assert why.inner_text() == "The file of keys has no key of a ledger, or several."
    assert violations(verifying) == []


@needs_a_browser
def test_an_honest_bundle_holds_and_its_witnesses_are_counted(
    verifying: Page, keys: str
) -> None:
    seen = [each.vkey for each in b.WITNESS_KEYS]
    note = b.cosigned(b.checkpoint(len(b.LEAVES)), "pz-midi", "tax")

    found = run(
        verifying,
        b.bundle(head=b.header(checkpoint=note)),
        "\n".join([keys, *seen]),
    )

    assert (found["step"], found["entries"], found["agency"]) == (0, 3, "audit")
    assert (found["saw"], found["witnesses"]) == (2, 3)


@needs_a_browser
def test_whatever_is_forged_is_found(verifying: Page, keys: str) -> None:
    tried = {name: b.bundle(*lines) for name, lines in TRIED.items()}
    tried |= {name: b.bundle(head=head) for name, head in HEADS.items()}

    steps = {name: run(verifying, lines, keys)["step"] for name, lines in tried.items()}

    assert not [name for name, step in steps.items() if step not in range(1, 11)]
    assert run(verifying, b.bundle(), keys)["step"] == 0


@needs_a_browser
def test_any_byte_that_is_changed_is_found(verifying: Page, keys: str) -> None:
    whole = list(b"".join(b.bundle(b.line(2))))

    assert verifying.evaluate(_EACH, [whole, keys, 3]) == []


@pytest.fixture
def auditor(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        browser.headers["accept-language"] = "en"
        play(browser, "audit/auditor")
        yield browser


def test_anybody_is_handed_the_public_keys_and_both_pages_lead_there(
    site: Site, auditor: httpx2.Client
) -> None:
    with site.browser() as stranger:
        page, saved = stranger.get("/verify"), stranger.get("/verify/keys")

    assert saved.status_code == 200
    assert saved.headers["content-disposition"] == 'attachment; filename="keys.txt"'
    assert parse_keys(saved.content, "keys").agencies
    for text in (page.text, auditor.get("/audit/verify").text):
        assert 'href="/verify/keys"' in text
    assert 'href="/verify/keys"' in auditor.get("/audit/bundle").text


def test_a_bundle_is_verified_without_scripts_too(
    auditor: httpx2.Client, keys: str
) -> None:
    def sent(lines: list[bytes]) -> httpx2.Response:
        files = {"bundle": ("b", b"".join(lines)), "keys": ("k", keys.encode())}
        return auditor.post("/audit/verify", files=files)

    holds, forged = sent(b.bundle()), sent(b.bundle()[:-1])

    assert "It holds: 3 entries" in holds.text
    assert forged.status_code == 422  # what was brought is wrong, and nothing of ours
    assert "It holds" not in forged.text
    assert "It does not hold, or is no bundle" in forged.text
    assert auditor.post("/audit/verify", data={}).status_code == 422
