"""What another agency will see of what is asked or answered, before it is sent.

No second truth: the content is built by the functions that build the act, described by
the one that seals, and ruled on as the record rules. Only whole fields are left out of
a structured item; nothing is blacked out in a text, and nothing of the file goes along.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from acts.advice import AdviceRequest, request_draft
from acts.desk import Desk
from acts.drafts.admission import admit, telling_which
from acts.drafts.sealing import header_of
from acts.handoffs import Enclosure, Question, Reply, answer_drafts, question_draft
from acts.items.standing import too_old
from acts.looking_up import case_facts, find_handoff, pack_in
from models.agencies import Agency, Reader
from models.clock import legal_day
from models.errors import InvalidInput
from models.handling import Handling
from models.handoffs import HandoffRecord
from models.ids import AgencyId, CaseId, HandoffId
from models.items import DraftItem, ItemKind, ItemState, KnownItem, described
from models.law.sources import Source
from models.packs import Pack
from models.rulings import Ruling
from models.subjects import withheld
from models.values import Value
from policies.ages import is_too_old
from policies.handling import check_days
from policies.people import named_by_law
from policies.sharing_facts import Giving, disclosure
from policies.sources import QUESTIONS, check_answers, may_ask
from storage import cases
from storage.people import directory, standing
from storage.sessions import acting


class SeenItem(Value):
    """An item as whoever receives it will have it: what it says of itself, and body."""

    kind: ItemKind
    originator: AgencyId
    source: str | None
    handling: Handling
    body: bytes

    @classmethod
    def of(cls, known: KnownItem, body: bytes) -> SeenItem:
        """Return what is seen of an item that was opened."""
        return cls(
            kind=known.kind,
            originator=known.originator,
            source=known.source,
            handling=known.handling,
            body=body,
        )


class SeenQuestion(Value):
    """What the asked agency's inbox will tell of a question; its term starts then."""

    asker: AgencyId
    asked: AgencyId
    kind: str
    source: str
    purpose: str
    article: str


class Withheld(Value):
    """A field of the subject that stays, under which article only others may leave."""

    field: str
    article: str


class Preview(Value):
    """What `to` will see if this is sent now.

    Attributes:
        question: what comes with a question beside its content; None for an answer.
        items: what it will be able to open; those that are refused are not among them.
        rulings: one for each item, in their order; if one refuses, nothing leaves.
        withheld: fields of the subject that do not go with a question.
    """

    to: AgencyId
    question: SeenQuestion | None = None
    items: tuple[SeenItem, ...]
    rulings: tuple[Ruling, ...]
    withheld: tuple[Withheld, ...] = ()

    @property
    def leaves(self) -> bool:
        """Tell whether the rules let it go; one item that may not go keeps all."""
        return all(ruling.allowed for ruling in self.rulings)

    @property
    def seen(self) -> tuple[SeenItem, ...]:
        """Return what the other agency will have."""
        return self.items if self.leaves else ()


def preview_question(
    desk: Desk, reader: Reader, case: CaseId, question: Question
) -> Preview:
    """Return what the asked agency will see of a question.

    Whether it may be asked is judged on what the reader may know of the case; the
    record judges on all that it knows. The subject is opened, as it is when asking.

    Raises:
        NotFound: the case is hidden, or no such agency.
        OutsidePack, PiecesMissing: the route has no such question, or not now.
        NotPermitted: a draft bears what may not be kept here.
    """
    return _preview(desk, reader, case, question)


def preview_request(
    desk: Desk, reader: Reader, case: CaseId, request: AdviceRequest
) -> Preview:
    """Return what the adviser will see of a request for advice.

    Raises:
        InvalidInput: it gives no reasons, or another result than the register.
        NotFound, OutsidePack, PiecesMissing: as for a question.
    """
    return _preview(desk, reader, case, request)


def _preview(
    desk: Desk, reader: Reader, case: CaseId, asked: Question | AdviceRequest
) -> Preview:
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        to = directory.agency(connection, asked.to)
        pack = pack_in(desk, connection, case)
        facts = case_facts(connection, officer, case, pack)
    source = may_ask(pack, reader.agency_kind, to.kind, asked.source, facts)
    check_answers(source, to.id, facts)
    if isinstance(asked, Question):
        draft = question_draft(desk, reader, case, asked, _kind_of(source))
        parent = asked.parent
    else:
        draft, parent = request_draft(desk, reader, case, asked), None
    sending = _Sending(reader=reader, case=case, named_for=parent, to=to)
    header = SeenQuestion(
        asker=officer.agency,
        asked=to.id,
        kind=source.kind,
        source=source.code,
        purpose=reader.purpose,
        article=source.article,
    )
    return Preview(
        to=to.id,
        question=header,
        items=_seen(reader, case, [draft]),
        rulings=_rule(desk, sending, [draft]),
        withheld=_withheld(pack) if parent is None else (),
    )


def preview_answer(
    desk: Desk,
    reader: Reader,
    handoff: HandoffId,
    replies: Sequence[Reply],
    enclosures: Sequence[Enclosure] = (),
) -> Preview:
    """Return what the asker will see of an answer.

    Raises:
        NotFound: there is no such handoff.
        NotPermitted: a draft bears what may not be kept here.
    """
    found = find_handoff(desk, reader.officer, handoff)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        to = directory.agency(connection, found.asker)
    drafts = answer_drafts(found, replies, enclosures)
    sending = _Sending(
        reader=reader, case=found.case, named_for=handoff, to=to, asked=found
    )
    rulings = _rule(desk, sending, drafts)
    return Preview(to=to.id, items=_seen(reader, found.case, drafts), rulings=rulings)


def _kind_of(source: Source) -> ItemKind:
    kind = QUESTIONS.get(source.kind)
    if kind is None:
        raise InvalidInput(
            f"source `{source.code}` is not asked this way",
            help="a request for advice holds what you write, and the same identifiers",
        )
    return kind


class _Sending(Value):
    """Who would send drafts to whom, in which case, named for what."""

    reader: Reader
    case: CaseId
    named_for: HandoffId | None
    to: Agency
    asked: HandoffRecord | None = None


def _rule(
    desk: Desk, sending: _Sending, drafts: Sequence[DraftItem]
) -> tuple[Ruling, ...]:
    rulings = []
    with acting(desk.database, desk.acting(sending.reader.officer)) as connection:
        giving = _giving(desk, connection, sending)
        for number, draft in enumerate(drafts):
            with telling_which(number):
                admit(draft)
                check_days(draft.handling, giving.day)
            known = _known(draft, sending.case, giving.officer.agency)
            old = _too_old(desk, connection, sending, known)
            facts = disclosure(giving, known, sending.to, too_old=old)
            rulings.append(desk.sharing.decide(facts))
    return tuple(rulings)


def _giving(desk: Desk, connection: Connection, sending: _Sending) -> Giving:
    reader, day = sending.reader, desk.today
    officer, kind = reader.officer, reader.agency_kind
    held = standing.find(connection, officer, sending.case, day)
    leads = held.case is not None
    by_law = named_by_law(officer.functions, kind, leads=leads)
    return Giving(
        officer=officer,
        agency_kind=kind,
        purpose=reader.purpose,
        day=day,
        designated=by_law or bool(held.names(sending.named_for)),
        excluded=held.excluded,
        lawful_route=True,
    )


def _too_old(
    desk: Desk, connection: Connection, sending: _Sending, known: KnownItem
) -> bool:
    """Test the age filter; who was asked looks back from the day of the question.

    The record looks back from an earlier day, which only the asker knows: what this
    lets pass, the record lets pass too.
    """
    asked = sending.asked
    if asked is None:
        case = cases.find(connection, known.case)
        return too_old(desk, connection, known, case)
    pack = desk.packs.get(asked.route, asked.pack_version)
    code = pack.source(asked.source).age_filter
    if code is None:
        return False
    day = legal_day(asked.offered_at)
    return is_too_old(pack.age_filter(code), known.handling, day)


def _known(draft: DraftItem, case: CaseId, agency: AgencyId) -> KnownItem:
    return described(header_of(draft, case, agency), ItemState.LIVE)


def _seen(
    reader: Reader, case: CaseId, drafts: Sequence[DraftItem]
) -> tuple[SeenItem, ...]:
    agency = reader.officer.agency
    return tuple(SeenItem.of(_known(d, case, agency), d.body) for d in drafts)


def _withheld(pack: Pack) -> tuple[Withheld, ...]:
    """Return the fields that stay, with the article of those that may leave."""
    allowed = frozenset(row.code for row in pack.identifiers)
    article = "; ".join(dict.fromkeys(row.article for row in pack.identifiers))
    return tuple(Withheld(field=each, article=article) for each in withheld(allowed))
