"""A real browser in front of the pages, and the rules that pages are held to."""

import shutil
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.running.world import World

Result = TypeVar("Result")
CHROMIUM = shutil.which("chromium")
AXE = Path(sys.prefix) / "node" / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2, levels A and AA.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

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


def aside(world: World, deed: Coroutine[Any, Any, Result]) -> Result:
    """Run a deed of a world while a browser is open, whose driver has this thread."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(world.do, deed).result()


@contextmanager
def window(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Lend a window that knows where home is."""
    with browser.new_context(base_url=address, **settings) as context:
        yield context.new_page()


def violations(page: Page) -> list[str]:
    """Return what the page does against the rules: which one, and where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", _RULES)
    return [
        f"{each['id']}: {node['html']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
