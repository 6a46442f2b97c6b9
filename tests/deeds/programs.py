"""What programs of officers send to the API."""

from typing import Any
from uuid import UUID, uuid4

import httpx2

from tests.deeds.subject_requests import NUMBER, TEXT


def ask(
    program: httpx2.Client, path: str, body: object, key: UUID | None = None
) -> httpx2.Response:
    """Ask for a deed under a key, by default a new one."""
    headers = {"idempotency-key": str(key or uuid4())}
    return program.post(path, json=body, headers=headers)


def send(
    program: httpx2.Client, path: str, body: object, key: UUID | None = None
) -> dict[str, Any]:
    """Have a deed done; return what came of it."""
    answer = ask(program, path, body, key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def recorded(day: str, **changed: object) -> dict[str, object]:
    """Return a request of a data subject, for access if not said otherwise."""
    asked: dict[str, object] = {
        "right": "access",
        "regime": "gdpr",
        "received_on": day,
        "number": NUMBER,
        "identity": "Carte lue au guichet.",
        "text": TEXT,
    }
    return asked | changed
