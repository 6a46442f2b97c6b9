"""`estafette policy`: the sharing rules, checked, explained and replayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from acts.performing import PURPOSE
from acts.policy.explaining import Explained, ItemQuestion, explain_item
from acts.policy.replaying import replay
from acts.seat import Seat
from commands.policy.facts import FactOptions
from commands.policy.views import (
    replay_document,
    replay_page,
    rule_document,
    ruling_document,
    ruling_page,
)
from commands.terminal.installation import settings_here
from commands.terminal.noted import note_read
from commands.terminal.options import AsJson, Who, day, grouped
from commands.terminal.output import fields, show, table
from commands.terminal.references import item_id, whole_id
from commands.terminal.seats import look
from models.errors import InvalidInput
from models.ids import AgencyId
from models.rulings import SharingAction
from policies.rulings import SharingPolicies
from policies.sharing_files import SHARING_ROOT
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.people import directory
from storage.sessions import acting

app = typer.Typer(rich_markup_mode=None)


class Language(StrEnum):
    """The languages in which rulings are explained."""

    FR = "fr"
    NL = "nl"
    EN = "en"
    DE = "de"


LanguageOption = Annotated[
    Language, typer.Option("--lang", help="Language of the reasons.")
]


@dataclass(frozen=True)
class Subject:
    """An item of the record, and who would read it or pass it on."""

    item: Annotated[
        str, typer.Option(metavar="ITEM", help="A real item; `--as` must know of it.")
    ] = ""
    officer: Annotated[
        str,
        typer.Option(
            "--who", metavar="AGENCY/OFFICER", help="Of your agency; else yourself."
        ),
    ] = ""
    audience: Annotated[
        str, typer.Option(metavar="AGENCY", help="Who would receive a disclosure.")
    ] = ""
    on: Annotated[date | None, day("--date", help="On another day than today.")] = None


@dataclass(frozen=True)
class Asked:
    """What is asked, and in which language the answer is wanted."""

    action: Annotated[SharingAction, typer.Option(help="What is asked for.")] = (
        SharingAction.READ
    )
    purpose: Annotated[
        str, typer.Option(metavar="PURPOSE", help="Why it is asked for.")
    ] = PURPOSE
    lang: LanguageOption = Language.EN


@app.command("check")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", exists=True, file_okay=False, help="Rules; ours if none."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Check the sharing rules, and list them with article and mark.

    Checks the schema, every policy against it, ids, articles, marks and the texts in
    four languages. The first fault is named with its file, and exit code 10. Needs no
    database.
    """
    sharing = SharingPolicies.load(folder or SHARING_ROOT)
    notes = [sharing.notes[each] for each in sharing.ids]
    document = {
        "valid": True,
        "digest": sharing.digest,
        "engine": sharing.engine,
        "policies": [rule_document(sharing, each) for each in sharing.ids],
    }
    rows = [(n.id, n.effect, n.file, "; ".join(n.articles), n.mark) for n in notes]
    asked = [(n.id, n.to_confirm) for n in notes if n.to_confirm]
    show(
        document,
        fields(("digest", sharing.digest), ("engine", sharing.engine)),
        table("sharing rules that hold", "policy|effect|file|article|mark", rows),
        table("to confirm by counsel", "policy|question", asked),
        as_json=json,
    )


@app.command("explain")
@grouped
def explain(subject: Subject, given: FactOptions, asked: Asked, who: Who) -> None:
    """Explain who may read or pass on what, with file and article.

    With `--item` about a real item that `--as` knows of, for an officer of the same
    agency; nothing is opened. Without it about facts that options give, and no
    database is needed. An answer is no permission: each read is ruled on anew.
    """
    if subject.item:
        if given != FactOptions():
            raise InvalidInput(
                "the facts of a real item are in the record",
                help="leave out `--item`, or the options that give facts",
            )
        found = look(who, lambda at: _about(at, subject, asked))
    elif subject != Subject():
        raise InvalidInput(
            "an officer, an agency or a day is asked about without an item",
            help="add `--item ITEM`, or give facts only, such as `--function mayor`",
        )
    else:
        facts = given.facts(asked.action, asked.purpose)
        found = Explained(ruling=SharingPolicies.load().decide(facts))
    _show(found, asked.lang, as_json=who.json)


@app.command("replay")
def replay_(
    ruling: Annotated[
        str, typer.Argument(metavar="RULING", help="Whole id of a stored ruling.")
    ],
    lang: LanguageOption = Language.EN,
    json: AsJson = False,
) -> None:
    """Take a stored ruling again, under its own policies and under today's.

    For whoever operates or audits the installation: runs where the data are, as
    `estafette ledger verify` does, and shows no content. Exit code 8 if the same texts
    and engine give another answer.
    """
    identifier = whole_id("ruling", ruling)
    settings = settings_here()
    note_read(settings, Role.RECORD, "policy replay")
    database = connect(settings.database(Role.RECORD), pool=1)
    sharing = SharingPolicies.load()
    try:
        with transaction(database) as connection:
            found = replay(connection, identifier, sharing)
    finally:
        database.dispose()
    page = replay_page(sharing, found, lang)
    show(replay_document(found), *page, as_json=json)


def _about(at: Seat, subject: Subject, asked: Asked) -> Explained:
    if (asked.action is SharingAction.READ) == bool(subject.audience):
        raise InvalidInput(
            "`--audience` goes with `--action disclose`, and only there",
            help="name the agency that would receive the item",
        )
    item, who = item_id(at, subject.item), at.officer
    if subject.officer:
        acts_here = at.desk.acting(at.officer)
        with acting(at.desk.database, acts_here) as connection:
            who = directory.colleague(connection, at.officer.agency, subject.officer)
    question = ItemQuestion(
        who=who,
        item=item,
        action=asked.action,
        audience=AgencyId(subject.audience or who.agency),
        purpose=asked.purpose,
        day=subject.on or at.today,
    )
    return explain_item(at.desk, at.officer, question)


def _show(found: Explained, lang: Language, *, as_json: bool) -> None:
    sharing = SharingPolicies.load()
    sources = [{"code": s.code, "article": s.article} for s in found.sources]
    document = {**ruling_document(sharing, found.ruling, lang), "sources": sources}
    page = ruling_page(sharing, found.ruling, lang)
    if found.sources:
        rows = ((s.code, s.label.en, s.article) for s in found.sources)
        page.append(table("exchanges between the two", "code|source|article", rows))
    show(document, *page, as_json=as_json)
