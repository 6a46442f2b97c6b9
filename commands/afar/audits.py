"""What auditors, owners of findings and DPOs read at an installation elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from acts.audit.finding_pages import FindingLine, FindingPage
from acts.audit.statutory import ListRead
from acts.audit.subject_request_pages import Holdings, RequestLine, RequestPage
from acts.offered.audits import collection
from commands.afar.api import Api
from commands.afar.shapes import Rows, part_of
from models.pages import Window
from models.papers import PaperKind
from models.statutory import StatutoryList

_FINDINGS = collection(PaperKind.FINDING)
_LISTS = collection(PaperKind.STATUTORY_LIST)
_REQUESTS = collection(PaperKind.SUBJECT_REQUEST)


class AuditsAfar:
    """An installation elsewhere, as commands about what is of no case read there."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def findings(self, window: Window, *, closed: bool) -> Sequence[FindingLine]:
        """Return a page of the findings that concern one."""
        part = part_of(window) | {"closed": closed}
        return self._api.read(_FINDINGS, Rows[FindingLine], **part).rows

    def finding(self, finding: UUID) -> FindingPage:
        """Open a finding."""
        return self._api.send(f"{_FINDINGS}/{finding}/open", FindingPage, {})

    def lists(self, window: Window) -> Sequence[StatutoryList]:
        """Return a page of statutory lists."""
        return self._api.read(_LISTS, Rows[StatutoryList], **part_of(window)).rows

    def list_of(self, made: UUID) -> ListRead:
        """Open a statutory list."""
        return self._api.send(f"{_LISTS}/{made}/open", ListRead, {})

    def requests(self, window: Window, *, closed: bool) -> Sequence[RequestLine]:
        """Return a page of requests of data subjects."""
        part = part_of(window) | {"closed": closed}
        return self._api.read(_REQUESTS, Rows[RequestLine], **part).rows

    def request(self, request: UUID) -> RequestPage:
        """Open a request of a data subject."""
        return self._api.send(f"{_REQUESTS}/{request}/open", RequestPage, {})

    def held(self, request: UUID) -> Holdings:
        """Return what one's agency holds about who asks."""
        return self._api.send(f"{_REQUESTS}/{request}/held", Holdings, {})
