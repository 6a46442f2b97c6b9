"""All figures of the ledger, in one table."""

from __future__ import annotations

from rich.table import Table

from activities.integrator import Integrator
from bench.ledger.appends import measure_appends
from bench.ledger.at_rest import Sizes, measure_at_rest
from runtime import keys
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect

_QUICK = (1_000, 20_000)


def measure(settings: Settings, *, quick: bool, entries: int = 0) -> Table:
    """Return all figures of the ledger as one table.

    With `entries`, who saw an item is asked of a log of that size too.
    """
    sizes = Sizes(_QUICK, entries) if quick else Sizes(searched=entries)
    table = Table(title="Ledger")
    for heading in ("what", "figure", "against", "ratio", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    signer = keys.ledger_signer(settings)
    log = connect(settings.database(Role.LEDGER), pool=2, statement_ms=600_000)
    measure_appends(settings, table, Integrator(log, signer), quick=quick)
    measure_at_rest(settings, table, log, signer, sizes)
    log.dispose()
    return table
