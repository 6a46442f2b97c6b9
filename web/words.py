"""What people read in the place of codes: acts, events, states, kinds, functions.

English here, and translated where it is shown; the filter `word` of the templates looks
a code up.
"""

from __future__ import annotations

from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.control import Denial, RecallGround
from models.deadlines import DeadlineState
from models.decisions import DecisionState
from models.events import EventKind, Operation
from models.findings import FindingOutcome, FindingState, FindingStep
from models.handoffs import HandoffState, InnerState
from models.items import ItemKind, ItemState
from models.law.sources import SourceKind
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.retention import OrderState
from models.words import AppealResult, Attendance
from web.forms.fields import words

ACTS: dict[str, str] = {
    ActKind.CASE_OPEN: words("case opened"),
    ActKind.CASE_DESIGNATE: words("officer named for the case"),
    ActKind.CASE_RELEASE: words("officer no longer named"),
    ActKind.CASE_EXCLUDE: words("officer kept out of the case"),
    ActKind.CASE_RECUSE: words("officer withdrew: conflict of interest"),
    ActKind.CASE_READMIT: words("officer no longer kept out"),
    ActKind.CASE_BREAK_GLASS: words("read in an emergency"),
    ActKind.CASE_REVIEW: words("emergency reviewed"),
    ActKind.CASE_CONCEAL: words("what outsiders are told was changed"),
    ActKind.CASE_EXTEND: words("inquiry extended"),
    ActKind.CASE_CLOSE: words("case closed"),
    ActKind.INTENTION_NOTIFY: words("intention told"),
    ActKind.INTENTION_OBJECT: words("objection to the intention"),
    ActKind.ITEM_ADD: words("material added"),
    ActKind.ITEM_REQUEST_RELEASE: words("originator asked to let an item go on"),
    ActKind.ITEM_GRANT: words("item let go on"),
    ActKind.ITEM_DENY: words("item not let go on"),
    ActKind.ITEM_RECALL: words("item taken back"),
    ActKind.ITEM_CORRECT: words("item corrected"),
    ActKind.HANDOFF_ASK: words("question put"),
    ActKind.HANDOFF_DESIGNATE: words("officer named for a question"),
    ActKind.HANDOFF_RECEIVE: words("question taken in hand"),
    ActKind.HANDOFF_ACCEPT: words("undertook to answer"),
    ActKind.HANDOFF_ANSWER: words("question answered"),
    ActKind.HANDOFF_CONFIRM: words("answer let go by the second key"),
    ActKind.HANDOFF_DECLINE: words("answer kept back by the second key"),
    ActKind.HANDOFF_NOTHING: words("noted that nothing is known"),
    ActKind.HANDOFF_REFUSE: words("question refused"),
    ActKind.HANDOFF_RETURN: words("question sent back to be completed"),
    ActKind.HANDOFF_COMPLETE: words("question completed"),
    ActKind.HANDOFF_RECALL: words("question taken back"),
    ActKind.REGISTER_QUERY: words("register queried"),
    ActKind.REGISTER_FILE: words("measure filed in the register"),
    ActKind.ADVICE_REQUEST: words("advice requested"),
    ActKind.ADVICE_COMPLETE: words("request for advice completed"),
    ActKind.ADVICE_ADMIT: words("request for advice found admissible"),
    ActKind.ADVICE_REJECT: words("request for advice found inadmissible"),
    ActKind.ADVICE_DELIVER: words("advice delivered"),
    ActKind.HEARING_INVITE: words("invitation to the hearing"),
    ActKind.HEARING_RECORD: words("hearing recorded"),
    ActKind.DECISION_PROPOSE: words("decision proposed"),
    ActKind.DECISION_ADOPT: words("decision adopted"),
    ActKind.DECISION_NOTIFY: words("receipt of the decision entered"),
    ActKind.DECISION_WITHDRAW: words("decision withdrawn"),
    ActKind.APPEAL_RECORD: words("appeal recorded"),
    ActKind.APPEAL_NONE: words("confirmed that there is no appeal"),
    ActKind.APPEAL_RULE: words("judgment on the appeal recorded"),
}
EVENTS: dict[str, str] = {
    EventKind.ACT_REFUSED: words("act refused"),
    EventKind.CLOCK_REMINDED: words("reminder of a term"),
    EventKind.CLOCK_ENDED: words("term ended"),
    EventKind.HANDOFF_EXPIRED: words("question expired"),
    EventKind.ITEM_RELEASED: words("opened"),
    EventKind.READ_REFUSED: words("reading refused"),
    EventKind.LIST_SHOWN: words("shown in a list"),
    EventKind.ITEMS_ERASED: words("items erased"),
    EventKind.KEYS_DESTROYED: words("keys destroyed"),
    EventKind.ITEM_GIVEN_BACK: words("item given back"),
    EventKind.COVER_ARRANGED: words("cover arranged"),
    EventKind.COVER_ENDED: words("cover ended"),
    EventKind.CASE_SOUGHT: words("asked whether a case exists"),
    EventKind.LOG_ERASED: words("names in the log erased"),
    EventKind.FINDING_OPENED: words("finding opened"),
    EventKind.FINDING_ANSWERED: words("finding answered"),
    EventKind.FINDING_FOLLOWED: words("finding followed up"),
    EventKind.FINDING_CLOSED: words("finding closed"),
    EventKind.FINDING_OVERDUE: words("answer to a finding overdue"),
    EventKind.HONEY_SET: words("honey record set"),
    EventKind.HONEY_LIFTED: words("honey record lifted"),
    EventKind.AGENCY_ENTERED: words("agency entered in the directory"),
    EventKind.OFFICER_ENTERED: words("officer entered in the directory"),
    EventKind.OVERSIGHT_ENTERED: words("oversight entered in the directory"),
    EventKind.PACK_USED: words("law in use changed"),
    EventKind.POLICY_USED: words("sharing rules in use changed"),
    EventKind.SETTING_CHANGED: words("setting changed"),
    EventKind.DEPLOYMENT_STARTED: words("program started"),
    EventKind.DATABASE_USED: words("database in use changed"),
    EventKind.LEDGER_KEY_USED: words("key of the log in use changed"),
    EventKind.PAYLOAD_KEY_USED: words("key of the process in use changed"),
    EventKind.MASTER_KEY_USED: words("master key in use changed"),
    EventKind.CERTIFICATE_USED: words("certificate in use changed"),
    EventKind.DELIVERY_KEY_USED: words("delivery key in use changed"),
    EventKind.WITNESS_KEY_USED: words("key of a witness in use changed"),
    EventKind.LOG_READ: words("log read by the operator"),
    EventKind.PAPERS_ERASED: words("texts of findings or lists erased"),
    EventKind.STATUTORY_LIST_MADE: words("statutory list made"),
}
_KINDS: dict[str, str] = {
    ItemKind.SUBJECT_CARD: words("subject card"),
    ItemKind.OPENING_FACTS: words("facts at the opening"),
    ItemKind.FACT: words("fact"),
    ItemKind.DOCUMENT: words("document"),
    ItemKind.QUESTION: words("question"),
    ItemKind.ANSWER: words("answer"),
    ItemKind.REGISTER_QUERY: words("query of the register"),
    ItemKind.REGISTER_FILING: words("filing in the register"),
    ItemKind.ADVICE_REQUEST: words("request for advice"),
    ItemKind.ADVICE: words("advice"),
    ItemKind.INVITATION: words("invitation"),
    ItemKind.MINUTES: words("minutes"),
    ItemKind.PROPOSAL: words("proposal"),
    ItemKind.DECISION: words("decision"),
    ItemKind.PROOF: words("proof"),
    ItemKind.REASONS: words("reasons"),
    ItemKind.DECISION_REASONS: words("reasons of a decision"),
    ItemKind.NO_APPEAL: words("statement that there is no appeal"),
}
_STATES: dict[str, str] = {
    HandoffState.OFFERED: words("offered"),
    HandoffState.RECEIVED: words("received"),
    HandoffState.ACCEPTED: words("accepted"),
    HandoffState.ANSWERED: words("answered"),
    HandoffState.REFUSED: words("refused"),
    HandoffState.RETURNED: words("returned"),
    HandoffState.EXPIRED: words("expired"),
    HandoffState.RECALLED: words("taken back"),
    InnerState.PREPARED: words("prepared"),
    InnerState.NOTHING_KNOWN: words("nothing known"),
    InnerState.MAY_NOT_SAY: words("may not say"),
    DeadlineState.RUNNING: words("running"),
    DeadlineState.HELD: words("held open"),
    DeadlineState.MET: words("met"),
    DeadlineState.ENDED: words("ended"),
    DecisionState.PROPOSED: words("proposed"),
    DecisionState.ADOPTED: words("adopted"),
    DecisionState.NOTIFIED: words("notified"),
    DecisionState.WITHDRAWN: words("withdrawn"),
    ItemState.LIVE: words("live"),
    ItemState.STAGED: words("staged"),
    ItemState.ERASED: words("erased"),
    OrderState.OPEN: words("not given back yet"),
    OrderState.DONE: words("given back"),
}
_KINDS_OF_QUESTION: dict[str, str] = {
    SourceKind.REGISTER: words("query of the register"),
    SourceKind.HANDOFF: words("question"),
    SourceKind.RECORD: words("own material"),
    SourceKind.ADVICE: words("advice"),
    SourceKind.RELEASE: words("request to let an item go on"),
}
_FUNCTIONS: dict[str, str] = {
    OfficerFunction.MAYOR: words("mayor"),
    OfficerFunction.HANDLER: words("case handler"),
    OfficerFunction.COLLEGE: words("college"),
    OfficerFunction.ANALYST: words("analyst"),
    OfficerFunction.REGISTRAR: words("registrar"),
    OfficerFunction.SUPERVISOR: words("supervisor"),
    OfficerFunction.MAGISTRATE: words("magistrate"),
    OfficerFunction.COORDINATOR: words("coordinator"),
    OfficerFunction.AUDITOR: words("auditor"),
    OfficerFunction.DPO: words("data-protection officer"),
}
GROUNDS: dict[str, str] = {
    ExclusionGround.CONCERNED: words("is concerned by the case"),
    ExclusionGround.FAMILY: words("a relative or partner is concerned"),
    ExclusionGround.FINANCIAL: words("gains or loses by the outcome"),
    ExclusionGround.FORMER_WORK: words("worked for or against those concerned"),
    ExclusionGround.PERSONAL: words("friendship or enmity"),
    GlassGround.DANGER: words("somebody's life or safety is at stake"),
    GlassGround.EVIDENCE: words("evidence is about to vanish"),
    GlassGround.COURT: words("a court asks, and sets a term of hours"),
    GlassGround.TERM: words("a term ends, and nobody who is named can be reached"),
    ReviewOutcome.JUSTIFIED: words("justified"),
    ReviewOutcome.NOT_JUSTIFIED: words("not justified"),
    ReviewOutcome.REPORTED: words("handed on to the data-protection officer"),
    RecallGround.INCORRECT: words("incorrect"),
    RecallGround.INCOMPLETE: words("incomplete"),
    RecallGround.OUTDATED: words("outdated"),
    RecallGround.UNLAWFUL: words("it should not have been given"),
    RecallGround.RESTRICTED: words("its use is restricted now"),
    Denial.NO_BASIS: words("no legal basis"),
    Denial.OTHER_PURPOSE: words("it was given for another purpose"),
    Denial.SOURCE_AT_RISK: words("a source would be at risk"),
    Denial.INQUIRY_AT_RISK: words("an inquiry would be at risk"),
    Denial.NOT_NEEDED: words("it is not needed"),
    Denial.NOT_STATED: words("no reason is stated"),
}
OUTCOMES: dict[str, str] = {
    Attendance.HEARD: words("was heard"),
    Attendance.WRITTEN: words("answered in writing"),
    Attendance.ABSENT: words("stayed away without a valid reason"),
    AppealResult.REJECTED: words("rejected"),
    AppealResult.SUSPENDED: words("suspended"),
    AppealResult.ANNULLED: words("annulled"),
}
ENDS_OF_FINDINGS: dict[str, str] = {
    FindingOutcome.REMEDIED: words("remedied"),
    FindingOutcome.EXPLAINED: words("explained: it was right"),
    FindingOutcome.NOT_REMEDIED: words("not remedied"),
    FindingOutcome.REPORTED: words("handed on to the supervisory authority"),
}
STATES_OF_FINDINGS: dict[str, str] = {
    FindingState.OPEN: words("waits for its owner"),
    FindingState.ANSWERED: words("waits for the auditors"),
    FindingState.CLOSED: words("closed"),
}
STEPS_OF_FINDINGS: dict[str, str] = {
    FindingStep.OPEN: words("finding opened"),
    FindingStep.ANSWER: words("finding answered"),
    FindingStep.FOLLOW: words("finding followed up"),
    FindingStep.CLOSE: words("finding closed"),
}
OPERATIONS: dict[str, str] = {
    Operation.COLLECTION: words("collection"),
    Operation.ALTERATION: words("alteration"),
    Operation.CONSULTATION: words("consultation"),
    Operation.DISCLOSURE: words("disclosure"),
    Operation.COMBINATION: words("combination"),
    Operation.ERASURE: words("erasure"),
    Operation.PROCEDURE: words("procedure"),
}
READING: dict[str, str] = {
    "asking": words("to ask"),
    "answering": words("to answer"),
    "hearing": words("for a hearing"),
    "deciding": words("to decide"),
    "following_up": words("to follow up"),
    "checking": words("to check"),
}
SAID = (
    ACTS | EVENTS | _KINDS_OF_QUESTION | _KINDS | _STATES | _FUNCTIONS | GROUNDS
) | (OUTCOMES | OPERATIONS)
"""Every code that a page shows, and what it says; no code has two meanings here."""
FIELDS: dict[str, str] = {
    "question": words("Question"),
    "context": words("Why it is asked"),
    "purpose": words("Purpose"),
    "article": words("Article"),
    "about": words("About"),
    "persons": words("Persons"),
    "answer": words("Answer given"),
    "hit": words("A hit in the register"),
    "id.kbo": words("Enterprise number"),
    "enterprise_number": words("Enterprise number"),
    "enterprise_name": words("Name of the enterprise"),
    "id.est": words("Establishment number"),
    "establishment_number": words("Establishment number"),
    "establishment_name": words("Name of the establishment"),
    "id.addr": words("Address"),
    "address": words("Address"),
    "id.name": words("Name"),
    "name": words("Name"),
    "id.first": words("First name"),
    "first_name": words("First name"),
    "id.dob": words("Day of birth"),
    "birth_date": words("Day of birth"),
    "id.rn": words("National number"),
    "national_number": words("National number"),
    "role": words("Role of the person"),
    "language": words("Language"),
    "text": words("Text"),
}
"""What fields of items are called; one of another form keeps its own name."""
