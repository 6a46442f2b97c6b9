"""Questions to other agencies and their answers; the register is asked the same way."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from acts.desk import Desk
from acts.drafts.admission import require_words
from acts.drafts.drafting import bytes_draft, json_draft, of_procedure, text_draft
from acts.looking_up import check_not_for_request, pack_of, subject_card
from acts.performing import Deed, Done, perform, perform_on
from models.agencies import Officer, Reader
from models.errors import NotFound
from models.handling import Handling
from models.handoffs import HandoffRecord
from models.ids import AgencyId, CaseId, HandoffId
from models.items import DraftItem, ItemKind
from models.law.sources import SourceKind
from models.messages.handoffs import (
    AcceptHandoff,
    AnswerHandoff,
    AskHandoff,
    CompleteHandoff,
    ConfirmAnswer,
    DeclineAnswer,
    NothingKnown,
    RecallHandoff,
    ReceiveHandoff,
    RefuseHandoff,
    ReturnHandoff,
)
from models.messages.register import QueryRegister
from models.values import Value
from policies.sources import QUESTIONS


class Question(Value):
    """What is asked of whom; `context` and `purpose` explain why (L24 21 §1 al.1)."""

    to: AgencyId
    source: str
    question: str
    context: str = ""
    parent: HandoffId | None = None


class Reply(Value):
    """One answer: the words, and how they may be handled.

    `hit` is for the register: whether another municipality decided.
    """

    body: str
    handling: Handling
    hit: bool | None = None


class Enclosure(Value):
    """A document that goes with an answer, under its own handling.

    `name` is that of its file: what it holds must fit it.
    """

    body: bytes
    name: str = ""
    handling: Handling


async def ask(desk: Desk, reader: Reader, case: CaseId, question: Question) -> Done:
    """Put a question to another agency; only minimal identifiers go with it."""
    try:
        draft = question_draft(desk, reader, case, question, ItemKind.QUESTION)
    except NotFound:
        if question.parent is None:
            check_not_for_request(desk, reader.officer, case)
        raise
    message = AskHandoff(
        handoff=HandoffId(uuid4()),
        to=question.to,
        source=question.source,
        question=draft.item,
        parent=question.parent,
    )
    return await perform(desk, reader.officer, case, message, draft)


async def query_register(
    desk: Desk, reader: Reader, case: CaseId, question: Question
) -> Done:
    """Ask the register for a hit; `context` is the motivation that L24 12 asks for.

    Raises:
        InvalidInput: it is blank.
    """
    require_words("motivation", question.context)
    kind = ItemKind.REGISTER_QUERY
    draft = question_draft(desk, reader, case, question, kind)
    message = QueryRegister(
        handoff=HandoffId(uuid4()),
        to=question.to,
        source=question.source,
        question=draft.item,
    )
    return await perform(desk, reader.officer, case, message, draft)


async def receive(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Take a question in hand; from now on this officer may read it."""
    deed = Deed(ReceiveHandoff(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def accept(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Undertake to answer."""
    deed = Deed(AcceptHandoff(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def answer(
    desk: Desk,
    officer: Officer,
    handoff: HandoffId,
    replies: tuple[Reply, ...],
    enclosures: tuple[Enclosure, ...] = (),
) -> Done:
    """Answer, each reply and document sealed for the asker with its own handling."""

    def write(found: HandoffRecord) -> Deed:
        drafts = answer_drafts(found, replies, enclosures)
        items = tuple(draft.item for draft in drafts)
        return Deed(AnswerHandoff(handoff=handoff, items=items), drafts)

    return await perform_on(desk, officer, handoff, write)


async def refuse(
    desk: Desk, officer: Officer, handoff: HandoffId, article: str, reasons: str
) -> Done:
    """Refuse to answer, with the article."""

    def write(found: HandoffRecord) -> Deed:
        source = desk.packs.get(found.route, found.pack_version).source(found.source)
        if source.guard:  # that there are reasons would tell that there is something
            draft = text_draft(ItemKind.REASONS, reasons, of_procedure(article))
        else:
            draft = _reasons(found, article, reasons)
        message = RefuseHandoff(handoff=handoff, article=article, reasons=draft.item)
        return Deed(message, (draft,))

    return await perform_on(desk, officer, handoff, write)


async def nothing_known(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Note that nothing is known; to the asker the question stays open to its end."""
    deed = Deed(NothingKnown(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def confirm(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Turn the second key: a prepared answer leaves."""
    deed = Deed(ConfirmAnswer(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def decline(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Refuse the second key: a prepared answer never leaves."""
    deed = Deed(DeclineAnswer(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def return_(
    desk: Desk, officer: Officer, handoff: HandoffId, reasons: str
) -> Done:
    """Send a question back, saying what it lacks."""

    def write(found: HandoffRecord) -> Deed:
        draft = _reasons(found, found.article, reasons)
        return Deed(ReturnHandoff(handoff=handoff, reasons=draft.item), (draft,))

    return await perform_on(desk, officer, handoff, write)


async def complete(
    desk: Desk, officer: Officer, handoff: HandoffId, completion: str
) -> Done:
    """Send what a returned question lacked; it is offered again, its term ran on."""

    def write(found: HandoffRecord) -> Deed:
        kind = QUESTIONS.get(SourceKind(found.kind), ItemKind.QUESTION)
        handling = of_procedure(found.article)
        draft = text_draft(kind, completion, handling, found.asked, source=found.source)
        return Deed(CompleteHandoff(handoff=handoff, completion=draft.item), (draft,))

    return await perform_on(desk, officer, handoff, write)


async def recall(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Take a question back."""
    deed = Deed(RecallHandoff(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


def question_draft(
    desk: Desk, reader: Reader, case: CaseId, question: Question, kind: ItemKind
) -> DraftItem:
    """Build what goes out with a question; the subject is opened, by a logged read."""
    require_words(kind, question.question)
    pack = pack_of(desk, reader.officer, case)
    source = pack.source(question.source)
    about = subject_card(desk, reader, case, question.parent)
    allowed = frozenset(row.code for row in pack.identifiers)
    body = {
        "question": question.question,
        "context": question.context,
        "purpose": reader.purpose,
        "article": source.article,
        "about": about if isinstance(about, dict) else about.minimal(allowed),
    }
    handling = of_procedure(source.article)
    return json_draft(kind, body, handling, question.to, source=source.code)


def answer_drafts(
    found: HandoffRecord, replies: Iterable[Reply], enclosures: Iterable[Enclosure]
) -> tuple[DraftItem, ...]:
    """Build what goes back with an answer: words first, then documents."""
    said = (_reply(found, each) for each in replies)
    return (*said, *(_enclosed(found, each) for each in enclosures))


def _reply(found: HandoffRecord, reply: Reply) -> DraftItem:
    require_words(ItemKind.ANSWER, reply.body)
    body: dict[str, object] = {"answer": reply.body}
    if found.kind == SourceKind.REGISTER:
        body["hit"] = bool(reply.hit)
    return json_draft(
        ItemKind.ANSWER, body, reply.handling, found.asker, source=found.source
    )


def _enclosed(found: HandoffRecord, enclosure: Enclosure) -> DraftItem:
    draft = bytes_draft(
        ItemKind.DOCUMENT,
        enclosure.body,
        enclosure.handling,
        found.asker,
        source=found.source,
    )
    return draft.model_copy(update={"name": enclosure.name})


def _reasons(found: HandoffRecord, article: str, reasons: str) -> DraftItem:
    handling = of_procedure(article)
    return text_draft(ItemKind.REASONS, reasons, handling, found.asker)
