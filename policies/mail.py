"""What a mail to an officer says, in four languages, as data."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from models.posting import Language
from models.values import Value
from policies.plain_yaml import read_yaml

_FILE = Path(__file__).with_name("mail.yaml")


class MailText(Value):
    """A mail; `{address}` in its body stands for that of the pages."""

    subject: str
    body: str


MAILS = TypeAdapter(dict[Language, MailText]).validate_python(
    read_yaml(_FILE.read_text(encoding="utf-8"))
)
