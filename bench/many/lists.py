"""A page of 50 cases, asked for by 16 clients at once.

The page is the product's own: row-level security, the clock that is due first in each
case, and the ledger entry with what was shown. Whoever leads the agency sees all its
cases; a handler is named for some hundreds of them, however many there are.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain

from acts.pages.lists import list_cases
from bench.cases.route import Offices
from bench.timing import timed
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect

CLIENTS, PAGES = 16, 40  # each client asks for so many pages


def ask_lists(settings: Settings, offices: Offices, officer: str) -> list[float]:
    """Return the milliseconds of each list that an officer's clients asked for."""
    database = connect(settings.database(Role.ACTS), pool=CLIENTS)
    desk, reader = replace(offices.today, database=database), offices.reader(officer)
    page = partial(list_cases, desk, reader)
    assert len(page()) == 50

    def client(_: int) -> list[float]:
        return [timed(page) for _ in range(PAGES)]

    with ThreadPoolExecutor(CLIENTS) as clients:
        found = list(chain.from_iterable(clients.map(client, range(CLIENTS))))
    database.dispose()
    return found
