"""A process that sends mails that are due, once, when it is told to."""

import asyncio
import sys

from activities.posting import Posting, Sight
from models.posting import WayKind
from runtime.posting.mail import mail_of
from runtime.roles import Role
from runtime.settings import load_settings
from storage.engine import connect


async def once() -> None:
    """Send, as the worker does."""
    settings = load_settings()
    record, acts = (
        connect(settings.database(role), pool=2) for role in (Role.RECORD, Role.ACTS)
    )
    mail = mail_of(settings)
    assert mail is not None
    office = Posting(Sight(record, acts), {WayKind.MAIL: mail})
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    await office.once()


if __name__ == "__main__":
    asyncio.run(once())
