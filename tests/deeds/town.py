"""Officers in front of browsers, who fill in forms of pages and send them."""

import re
from uuid import UUID

import httpx2

from tests.oracles.evidence import items_of
from tests.running.world import World

HANDLING = {
    "nature": "fact",
    "disclosable": "yes",
    "grade": "B2",
    "code": "H0",
    "tlp": "none",
    "data_subject": "undistinguished",
    "regime": "gdpr",
}
PREVIEWED = re.compile(r'name="previewed" value="(\w+)"')


class Town:
    """Everybody in front of a browser of their own."""

    def __init__(self, world: World, browsers: dict[str, httpx2.Client]) -> None:
        self._world = world
        self.browsers = browsers

    def send(self, who: str, path: str, **filled: str) -> httpx2.Response:
        """Fill in a form that is there, and send it."""
        browser = self.browsers[who]
        form = browser.get(path)
        assert form.status_code == 200, form.text
        missing = [name for name in filled if f'name="{name}"' not in form.text]
        assert not missing, form.text
        answer = browser.post(path, data=filled)
        if mark := PREVIEWED.search(answer.text):
            answer = browser.post(path, data=filled | {"previewed": mark.group(1)})
        return answer

    def act(self, who: str, place: str, act: str, **filled: str) -> None:
        """Do an act on a page."""
        answer = self.send(who, f"/{place}/acts/{act}", **filled)
        assert answer.headers.get("location") == f"/{place}?done=recorded", answer.text

    def one(self, query: str, case: UUID) -> UUID:
        """Return an id that the case has one of."""
        ((found,),) = self._world.rows(query, case)
        assert isinstance(found, UUID)
        return found

    def asked(self, case: UUID, kind: str) -> str:
        """Return where a question of the case has its page."""
        query = f"select id from handoff where kind = '{kind}' and case_id = %s"  # noqa: S608
        return f"handoffs/{self.one(query, case)}"

    def item(self, case: UUID, kind: str) -> UUID:
        """Return the one item of a kind."""
        (found,) = items_of(self._world, kind, case)
        return UUID(str(found.item))

    def opened(self, who: str, item: UUID, reason: str) -> str:
        """Return the page on which an item is opened."""
        answer = self.browsers[who].post(f"/items/{item}", data={"reason": reason})
        assert answer.status_code == 200, answer.text
        return answer.text
