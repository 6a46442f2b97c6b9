"""Taking an extract of the trail away: ruled and logged as a look at it is."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum

from acts.audit.asking import require_known
from acts.audit.auditing import require_auditor
from acts.audit.exports.logboek import logboek
from acts.audit.exports.ocel import ocel
from acts.audit.exports.prov import prov
from acts.audit.exports.table import table
from acts.audit.exports.told import Alias, Form, Told, pseudonyms, real, told
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.errors import NotFound
from models.pages import Query
from models.trail import Wanted
from storage.log import trail
from storage.sessions import acting


class Format(StrEnum):
    """The forms in which an extract is written."""

    OCEL = "ocel"
    PROV = "prov"
    LOGBOEK = "logboek"
    CSV = "csv"


_FORMS: dict[Format, Form] = {
    Format.OCEL: ocel,
    Format.PROV: prov,
    Format.LOGBOEK: logboek,
    Format.CSV: table,
}


@dataclass(frozen=True)
class Extract:
    """An extract that may be written: `chunks` reads it from the database as it goes.

    Exhaust `chunks` or close it.
    """

    receipt: str
    entries: int
    chunks: Generator[bytes, None, None]


def extract(
    desk: Desk, reader: Reader, wanted: Wanted, form: Format, *, names: bool = False
) -> Extract:
    """Return what an auditor may read, in another form; that it is made is logged.

    Without `names`, whatever has an id but agencies goes by a pseudonym of this
    extract. The entry says which it was.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: nothing fits.
        InvalidInput, NotFound: as `require_known`.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        require_known(connection, wanted)
        extent = trail.extent(connection, wanted)
        if not extent.entries:
            raise NotFound(
                "no entry fits that you may read",
                help="see what there is with `estafette audit trail`",
            )
        showing = Showing(
            query=Query.EXTRACT_WITH_NAMES if names else Query.EXTRACT,
            case=wanted.case,
            counts={"entries": extent.entries},
        )
        receipt = log_page(desk, connection, reader, showing)
    job = _Job(desk, reader, wanted, extent.last + 1)
    alias = real if names else pseudonyms()
    return Extract(receipt, extent.entries, _chunks(job, _FORMS[form], alias))


@dataclass(frozen=True)
class _Job:
    """What is written down, once it has been logged: entries before number `size`."""

    desk: Desk
    reader: Reader
    wanted: Wanted
    size: int


def _chunks(job: _Job, form: Form, alias: Alias) -> Generator[bytes, None, None]:
    who = job.desk.acting(job.reader.officer)
    with acting(job.desk.database, who) as connection:

        def read() -> Iterator[Told]:
            for each in trail.every(connection, job.wanted, size=job.size):
                yield told(each, alias)

        yield from form(read)
