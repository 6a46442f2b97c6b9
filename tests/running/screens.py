"""Somebody at a screen: they read, follow, fill in and press what they see there.

Everything is found by what it says, in the language of the screen; no address is typed
but that of the first page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal
from uuid import UUID

from playwright.sync_api import Browser, FilePayload, Locator, Page

from models.agencies import AgencyName, Officer
from models.ids import CaseId
from models.law.rows import Label
from tests.catalogues import CATALOGUES, translated
from tests.deeds.cast import Cast
from tests.running.browsing import window
from tests.running.site import Site
from web import formats
from web.labels import label_in
from web.naming import name_in, officer_in


@dataclass(frozen=True)
class Manner:
    """In which language pages are read, and whether the browser runs scripts."""

    language: str
    scripts: bool

    def __str__(self) -> str:
        """Return its name in a report."""
        return f"{self.language}, scripts {'on' if self.scripts else 'off'}"


# In the order in which they are played: both languages and both ways come first.
_MANNERS = (
    Manner("fr", scripts=True),
    Manner("nl", scripts=False),
    Manner("fr", scripts=False),
    Manner("nl", scripts=True),
)
_PLAYED = int(os.environ.get("ESTAFETTE_TEST_MANNERS", "2"))
MANNERS = _MANNERS[:_PLAYED]
"""How days are played; ESTAFETTE_TEST_MANNERS says in how many of the four ways."""

THE_OTHER_WAY_ROUND = _MANNERS[::-1][:_PLAYED]
"""The same, the other two first: so that each language meets each way somewhere."""

_PATIENCE = 10_000  # milliseconds for what a page should show at once


Words = str | Label | AgencyName | Officer | date
"""A sentence of ours in English, what has words of its own, or what stands as it is."""


@dataclass(frozen=True)
class Screen:
    """A screen, and the part of its page at which somebody looks."""

    page: Page
    manner: Manner
    part: Page | Locator

    def say(self, english: str, **values: object) -> str:
        """Return a sentence of the pages in the language of the screen.

        Raises:
            KeyError: no page says it.
        """
        said = _sentences(self.manner.language)[english]
        return said % values if values else said

    @property
    def text(self) -> str:
        """Return what can be read, menus apart."""
        part = self.part
        return part.inner_text("main") if isinstance(part, Page) else part.inner_text()

    def sees(self, english: str, **values: object) -> bool:
        """Tell whether a sentence of ours can be read."""
        return self.say(english, **values) in self.text

    def reads(self, words: Words) -> bool:
        """Tell whether something can be read that is no sentence of ours."""
        return self.said(words) in self.text

    @property
    def case(self) -> CaseId:
        """Return the case whose page this is."""
        return CaseId(UUID(self.page.url.split("/")[4].partition("?")[0]))

    def row(self, words: Words) -> Screen:
        """Look at the row of a table that says this."""
        return self.at("tr", words)

    def at(self, element: str, words: Words) -> Screen:
        """Look at the first element of a kind that says this."""
        said = self.said(words)
        return replace(self, part=self.part.locator(element, has_text=said).first)

    def field(self, label: Words) -> Locator:
        """Return a field by its label; when it may be left empty stands behind."""
        whole = rf"^\s*{_spaced(self.said(label))}(\s*\([^()]*\))?\s*$"
        return self.part.get_by_label(re.compile(whole)).first

    def fill(self, label: Words, words: str) -> None:
        """Fill in a field."""
        self.field(label).fill(words)

    def choose(self, label: Words, words: Words) -> None:
        """Choose in a list what says this."""
        field = self.field(label)
        option = field.locator("option", has_text=self.said(words)).first
        field.select_option(value=option.get_attribute("value"))

    def tick(self, words: Words) -> None:
        """Tick the box beside these words."""
        self.part.get_by_label(self._begins(words)).first.check()

    def attach(self, label: Words, file: FilePayload | Path) -> None:
        """Choose a file."""
        self.field(label).set_input_files(file)

    def follow(self, words: Words) -> None:
        """Follow a link that begins with these words; its page is there then."""
        self._leave("link", words)

    def press(self, words: Words) -> None:
        """Press a button that begins with these words; the next page is there then."""
        self._leave("button", words)

    def look_again(self) -> None:
        """Load the page anew, for what others did meanwhile."""
        self.page.goto(self.page.url.partition("?done=")[0])

    def let_days_pass(self, until: date) -> None:
        """Let days pass until one, and come back to the page where it is that day."""
        self.unfold("Let days pass")
        self.fill("Until the day", until.isoformat())
        self.press("Go to that day")
        there = self.weekday(until)
        assert self.sees("Days have passed: it is now %(day)s.", day=there)

    def weekday(self, day: date) -> str:
        """Return a day with its day of the week, as it stands on the screen."""
        return formats.day(self.manner.language, day, "full")

    def seek(self, words: Words) -> None:
        """Follow what a list says on one of its pages."""
        while not self.reads(words):
            self.follow("Next page")
        self.follow(words)

    def do(self, title: str) -> None:
        """Send the form of an act, and see that it is recorded."""
        self.press(title)
        assert self.sees("Recorded."), self.text

    def go_and_do(self, *titles: str) -> None:
        """Go to the form of each act in turn and send it; none has to be filled in."""
        for title in titles:
            self.follow(title)
            self.do(title)

    def item(self, kind: Words) -> Screen:
        """Look at the row of the first item of a kind."""
        cell = self.page.locator("td", has_text=self._begins(kind))
        return replace(self, part=self.part.locator("tr", has=cell).first)

    def open(self, kind: Words, why: str) -> None:
        """Open the first item of a kind, and say why."""
        row = self.item(kind)
        row.choose("Why you read it", why)
        row.press("Open")

    def unfold(self, words: Words) -> None:
        """Unfold what is behind these words."""
        said = self.said(words)
        self.part.locator("summary", has_text=said).click()
        opened = self.part.locator("details[open]", has_text=said)
        opened.locator("> :not(summary)").first.wait_for()  # the kit unfolds it slowly

    def save(self, words: Words, into: Path) -> Path:
        """Press a button that brings a file; return where it is now."""
        with self.page.expect_download() as coming:
            self._named("button", words).click()
        there = into / coming.value.suggested_filename
        coming.value.save_as(there)
        return there

    def _leave(self, role: Literal["link", "button"], words: Words) -> None:
        with self.page.expect_navigation():
            self._named(role, words).click()

    def _named(self, role: Literal["link", "button"], words: Words) -> Locator:
        return self.part.get_by_role(role, name=self._begins(words)).first

    def _begins(self, words: Words) -> re.Pattern[str]:
        return re.compile(rf"^\s*{_spaced(self.said(words))}(?!\w)")

    def said(self, words: Words) -> str:
        """Return words as they stand on the screen."""
        language = self.manner.language
        if isinstance(words, AgencyName):
            return name_in(language, words)
        if isinstance(words, date):
            return formats.day(language, words)
        if isinstance(words, Officer):
            return officer_in(language, words)
        if isinstance(words, Label):
            return label_in(language, words)
        return _sentences(language).get(words, words)


@dataclass(frozen=True)
class Screens:
    """The screens of a day, all read in one manner; each officer has their own."""

    manner: Manner
    cast: Cast
    switch_on: Callable[[], Page]
    taken: dict[str, Screen] = field(default_factory=dict)

    def __getitem__(self, officer: str) -> Screen:
        """Return the screen of an officer, who signs in there the first time."""
        if officer not in self.taken:
            self.taken[officer] = self._sit_down(officer)
        return self.taken[officer]

    def _sit_down(self, officer: str) -> Screen:
        page = self.switch_on()
        page.goto("/")
        number = self.cast.officer(officer).service_number
        with page.expect_navigation():
            page.get_by_role("button", name=number).click()
        return Screen(page, self.manner, page)


@contextmanager
def screens(
    browser: Browser, site: Site, cast: Cast, manner: Manner
) -> Iterator[Screens]:
    """Lend screens for a day."""
    told = {"locale": manner.language, "java_script_enabled": manner.scripts}
    with ExitStack() as stack:

        def switch_on() -> Page:
            page = stack.enter_context(window(browser, site.address, **told))
            page.set_default_timeout(_PATIENCE)
            return page

        yield Screens(manner, cast, switch_on)


@cache
def _sentences(language: str) -> dict[str, str]:
    """Return what the pages say, by its English; of a plural, both of its forms."""
    (path,) = (each for each in CATALOGUES if each.stem == language)
    found: dict[str, str] = {}
    for message in (each for each in translated(path) if each.id):
        found |= zip(_forms(message.id), _forms(message.string), strict=True)
    return found


def _forms(said: str | Sequence[str]) -> Sequence[str]:
    return [said] if isinstance(said, str) else said


def _spaced(said: str) -> str:
    """Return what finds these words: a browser tells no space from another."""
    return r"\s+".join(re.escape(each) for each in said.split())
