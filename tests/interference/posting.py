"""What leaves for an officer by mail and webhook, as one of the twins would send it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from activities.posting import Posting, Sight
from acts import notices
from models.posting import Parcel, Way, WayKind
from tests.interference.twin_worlds import Twin


class Basket:
    """Carries everything, and keeps what it carried."""

    def __init__(self) -> None:
        self.carried: list[str] = []

    def carry(self, way: Way, parcel: Parcel) -> None:
        """Keep all that would leave, but the ids that are drawn for it."""
        self.carried.append(f"{way.kind} {way.address} {way.language} {parcel.subject}")


def posted(twin: Twin, who: str) -> Sequence[str]:
    """Let an officer hear in both ways, send, and return what left and what shows."""
    desk, officer, basket = twin.cast.desk, twin.cast.officer(who), Basket()
    notices.by_mail(desk, officer, "somebody@town.example", "fr")
    notices.by_webhook(desk, officer, "https://town.example/notices")
    sight = Sight(twin.record, desk.database)
    posting = Posting(sight, dict.fromkeys(WayKind, basket))
    asyncio.run(posting.once(datetime.now(UTC)))
    shown = [f"{line.kind} {line.state}" for line in notices.sent(desk, officer)]
    return sorted([*basket.carried, *shown])
