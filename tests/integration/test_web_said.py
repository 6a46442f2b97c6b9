"""Pages say words: no id of an agency or officer, no code, where people read."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from html.parser import HTMLParser
from uuid import UUID

import httpx2
import pytest

from models.ids import CaseId, HandoffId
from models.packs import Pack
from tests.catalogues import CATALOGUES, translated
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import items_of
from tests.running.site import Site, play
from tests.running.world import World
from web.words.said import SAID

AUDITOR, COORDINATOR = "audit/auditor", "safe-brussels/coordinator"
SUPERVISOR, DPO = "anderlecht/supervisor", "anderlecht/dpo"
# Where one types or copies what stands there, or where a program reads.
_NOT_READ = frozenset({"code", "script", "style", "textarea"})
_WORD = re.compile(r"[\w.-]*[^\W\d_][\w.-]*\w")


class Read(HTMLParser):
    """What people read on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._skipped = 0
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _NOT_READ

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words += _WORD.findall(data)


def codes(cast: Cast) -> set[str]:
    """Return ids of the directory, codes of ours, and those of the law."""
    rows = (*cast.pack.sources, *cast.pack.preconditions, *cast.pack.outcomes)
    more = (*cast.pack.persons, *cast.pack.limbs, *cast.pack.stages, *cast.pack.clocks)
    law = {row.code for row in (*rows, *more)} | cast.pack.statutes.keys()
    ids = {*cast.agencies, *cast.officers}
    functions = {each.partition("/")[2] for each in cast.officers}
    return {*law, *ids, *functions, *SAID}


def understood(cast: Cast, language: str) -> set[str]:
    """Return the words of a language, some of which are spelled as a code."""
    (path,) = [each for each in CATALOGUES if each.stem == language]
    said = [
        m.string if isinstance(m.string, str) else " ".join(m.string)
        for m in translated(path)
    ]
    said += labels(cast.pack, language)
    said += [getattr(each.name, language) for each in cast.agencies.values()]
    return {word for each in said for word in _WORD.findall(each)}


def labels(pack: Pack, language: str) -> Iterator[str]:
    for part in (pack.sources, pack.stages, pack.clocks, pack.outcomes, pack.persons):
        yield from (getattr(row.label, language) for row in part)
    yield from (getattr(each.short, language) for each in pack.statutes.values())


@pytest.fixture(scope="module")
def browsers(world: World, site: Site) -> Iterator[Mapping[str, httpx2.Client]]:
    everybody = (HANDLER, MAYOR, POLICE, SUPERVISOR, AUDITOR, COORDINATOR, DPO)
    with ExitStack() as stack:
        made = {who: stack.enter_context(site.browser()) for who in everybody}
        for who, browser in made.items():
            play(browser, who)
        yield made


def pages(case: CaseId, asked: HandoffId, item: UUID) -> Iterator[tuple[str, str]]:
    """Yield who reads which page."""
    here, question = f"/cases/{case}", f"/handoffs/{asked}"
    acts = ("item.add", "handoff.ask", "advice.request", "hearing.invite")
    for path in ("/", "/asked?closed=true", "/notices", here, question):
        yield HANDLER, path
    yield from ((HANDLER, f"{here}/acts/{act}") for act in acts)
    yield HANDLER, f"{here}/decision"
    for path in ("/open/be-119ter", f"{here}/acts/case.designate", "/covers"):
        yield MAYOR, path
    for path in ("/inbox?closed=true", question, f"{question}/acts/handoff.answer"):
        yield POLICE, path
    yield SUPERVISOR, f"/items/{item}/readers"
    for path in ("/audit", f"/audit/trail?case={case}", "/audit/samples?number=5"):
        yield AUDITOR, path
    yield COORDINATOR, "/figures"
    for path in ("/statutory", "/subject-requests", "/subject-requests/new"):
        yield DPO, path


def sent(case: CaseId, item: UUID) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what the handler asks for by a form: an item, a preview, a search."""
    yield f"/items/{item}", {"reason": "asking"}
    asked = {"to": "src.2 pz-midi", "question": "Qu'en sait-on ?"}
    yield f"/cases/{case}/acts/handoff.ask", asked
    yield "/search/number", {"number": "0308.357.159"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_page_shows_an_id_or_a_code_to_whoever_reads(
    world: World,
    cast: Cast,
    case: CaseId,
    asked: HandoffId,
    browsers: Mapping[str, httpx2.Client],
    language: str,
) -> None:
    item = items_of(world, "subject_card", case)[0].item
    unsaid = codes(cast) - understood(cast, language)
    found = {}
    for who, path in pages(case, asked, item):
        answer = browsers[who].get(path, headers={"accept-language": language})
        found[path] = unsaid.intersection(Read(answer.text).words)
    for path, filled in sent(case, item):
        answer = browsers[HANDLER].post(
            path, data=filled, headers={"accept-language": language}
        )
        assert answer.status_code == 200
        found[f"sent {path}"] = unsaid.intersection(Read(answer.text).words)

    assert not {path: codes for path, codes in found.items() if codes}


def test_the_walk_knows_a_code_where_it_sees_one(cast: Cast) -> None:
    shown = Read("<p>item.add pz-midi <code>src.2</code> Anderlecht</p>").words

    assert codes(cast).intersection(shown) == {"item.add", "pz-midi"}
