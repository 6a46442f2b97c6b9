"""A real browser in front of the pages, and the rules that pages are held to."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

# The same browser without its own windows takes half the processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
AXE = Path(sys.prefix) / "node" / "node_modules" / "axe-core" / "axe.min.js"
DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=780)
PAPER = ViewportSize(width=794, height=1123)
"""A4 at 96 dots an inch."""

# WCAG 2.2, levels A and AA.
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# The one rule of them whose outcome depends on colours.
_OF_COLOURS = ("color-contrast",)
_ASK = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
_SEND = """([address, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    [input.type, input.name, input.value] = ["hidden", name, value];
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""
_TOO_WIDE = """() => {
  const page = document.documentElement;
  const outside = (said) => [...document.querySelectorAll(said)].filter(
    (each) => each.getBoundingClientRect().right > page.clientWidth + 1);
  const cut = outside("caption").map((each) => `cut: ${each.outerHTML}`);
  if (page.scrollWidth <= page.clientWidth) return cut;
  const wide = outside("main *, header *");
  return [`${page.scrollWidth} > ${page.clientWidth}`, ...wide.slice(0, 3)
    .map((each) => each.outerHTML.slice(0, 160))];
}"""

needs_a_browser = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


@contextmanager
def browsers() -> Iterator[Browser]:
    """Lend a browser in which everybody gets a window of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Lend a window that knows where home is."""
    with browser.new_context(base_url=address, **settings) as context:
        yield context.new_page()


def send(page: Page, address: str, fields: Mapping[str, str]) -> int:
    """Send a form that no page offered as it is; return the status of the answer."""
    with page.expect_navigation() as coming:
        page.evaluate(_SEND, [address, dict(fields)])
    return coming.value.status


def faults(page: Page) -> list[str]:
    """Return what a page does against the rules, on each thing that it is read on."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += _marked("by night", violations(page, _OF_COLOURS))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    found += _marked("on a phone", page.evaluate(_TOO_WIDE))
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    found += _marked("on paper", page.evaluate(_TOO_WIDE))
    if page.locator("nav, header button").filter(visible=True).count():
        found.append("on paper: there is something to press")
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)
    return found


def violations(page: Page, rules: Sequence[str] = _RULES) -> list[str]:
    """Return which rules of accessibility the page breaks, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(_ASK, list(rules))
    return [
        f"{each['id']}: {node['html']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def _marked(where: str, found: list[str]) -> list[str]:
    return [f"{where}: {each}" for each in found]
