"""What auditors, owners of findings and DPOs read at a seat of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from acts.audit import finding_pages, statutory, subject_request_pages
from acts.audit.finding_pages import FindingLine, FindingPage
from acts.audit.statutory import ListRead
from acts.audit.subject_request_pages import Holdings, RequestLine, RequestPage
from acts.seat import Seat
from models.agencies import Reader, ReadReason
from models.ids import FindingId, SubjectRequestId
from models.pages import Window
from models.statutory import StatutoryList


class AuditsHere:
    """A seat, as commands about what is of no case read at it."""

    def __init__(self, at: Seat) -> None:
        self._at = at

    def findings(self, window: Window, *, closed: bool) -> Sequence[FindingLine]:
        """Return a page of the findings that concern one."""
        return finding_pages.listed(
            self._at.desk, self._checking, window, closed=closed
        )

    def finding(self, finding: UUID) -> FindingPage:
        """Open a finding."""
        return finding_pages.show(self._at.desk, self._checking, FindingId(finding))

    def lists(self, window: Window) -> Sequence[StatutoryList]:
        """Return a page of statutory lists."""
        return statutory.listed(self._at.desk, self._checking, window)

    def list_of(self, made: UUID) -> ListRead:
        """Open a statutory list."""
        return statutory.show(self._at.desk, self._checking, made)

    def requests(self, window: Window, *, closed: bool) -> Sequence[RequestLine]:
        """Return a page of requests of data subjects."""
        return subject_request_pages.listed(
            self._at.desk, self._answering, window, closed=closed
        )

    def request(self, request: UUID) -> RequestPage:
        """Open a request of a data subject."""
        which = SubjectRequestId(request)
        return subject_request_pages.show(self._at.desk, self._answering, which)

    def held(self, request: UUID) -> Holdings:
        """Return what one's agency holds about who asks."""
        which = SubjectRequestId(request)
        return subject_request_pages.held(self._at.desk, self._answering, which)

    @property
    def _checking(self) -> Reader:
        return self._at.reader(ReadReason.CHECKING)

    @property
    def _answering(self) -> Reader:
        return self._at.reader(ReadReason.ANSWERING)
