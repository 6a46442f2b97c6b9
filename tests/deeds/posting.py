"""An office that sends notices, and those who hear of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast as as_a
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from activities.posting import Posting, Sight
from acts import notices
from models.ids import AgencyId, CaseId, HandoffId
from models.notices import Notice, NoticeKind
from models.posting import Language, ParcelLine, Way, WayKind
from runtime.posting.mail import Mail
from runtime.posting.webhooks import Webhooks
from runtime.roles import Role
from storage.engine import transaction
from storage.notices import leave
from tests.deeds.cast import HANDLER, Cast
from tests.running.receiving import MailServer, System, mail_server, system
from tests.running.world import World

PAGES = "https://estafette.example"
SENDER = "estafette@town.example"
KEY = Ed25519PrivateKey.generate()


@dataclass(frozen=True)
class Office:
    """The office, a mail server, a system, and a question that was answered."""

    cast: Cast
    sight: Sight
    mails: MailServer
    system: System
    asked: HandoffId

    @property
    def posting(self) -> Posting:
        """Return what sends, as the worker has it."""
        host = str(urlsplit(self.system.address).hostname)
        mail = Mail(self.mails.address, SENDER, PAGES, "none")
        hooks = Webhooks(KEY, PAGES, frozenset({host}), clear=True)
        return Posting(self.sight, {WayKind.MAIL: mail, WayKind.WEBHOOK: hooks})

    def post(self, after: timedelta = timedelta(0)) -> None:
        """Send what is due so long from now."""
        unposted = "select count(*) from notice where posted_at is null"
        taken, posting = 1, self.posting
        while taken or self.cast.world.one(unposted):
            taken = self.cast.world.do(posting.once(datetime.now(UTC) + after))

    def happen(self, kind: NoticeKind = NoticeKind.ANSWERED, clock: str = "") -> None:
        """Tell the handlers of the asker what became of it, as the record step does."""
        case = "select case_id from handoff where id = %s"
        notice = Notice(
            case=CaseId(self.cast.world.one(case, self.asked)),
            handoff=self.asked,
            agency=AgencyId("anderlecht"),
            function="handler",
            kind=kind,
            clock=clock,
            at=self.cast.desk.clock.now(),
        )
        with transaction(self.sight.record) as connection:
            leave(connection, notice)

    def hears(self, who: str, address: str, language: str = "nl") -> Way:
        """Let an officer hear by mail, or at an address of the web."""
        desk, officer = self.cast.desk, self.cast.officer(who)
        if address.startswith("http"):
            return notices.by_webhook(desk, officer, address)
        return notices.by_mail(desk, officer, address, as_a(Language, language))

    def sent(self, who: str = HANDLER) -> list[ParcelLine]:
        """Return what an officer sees of deliveries."""
        return notices.sent(self.cast.desk, self.cast.officer(who))

    def states(self, who: str = HANDLER) -> list[str]:
        """Return the state of each."""
        return [line.state for line in self.sent(who)]


@contextmanager
def open_office(world: World, cast: Cast, asked: HandoffId) -> Iterator[Office]:
    """Lend an office to which nobody has come yet; it forgets them all at the end."""
    sight = Sight(world.engine(Role.RECORD, pool=2), world.engine(Role.ACTS, pool=2))
    with mail_server() as mails, system() as listening:
        office = Office(cast, sight, mails, listening, asked)
        office.post()  # what was left before is nobody's here
        yield office
        with world.superuser() as connection:
            connection.execute(b"delete from notice_way")
