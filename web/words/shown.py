"""What a page showed, as the log says it."""

from __future__ import annotations

from models.pages import Query
from web.languages import words

LISTS_OF_CASES: dict[str, str] = {
    f"{Query.CASES} by clock": words("list of cases, what is due first on top"),
    f"{Query.CASES} by stage": words("list of cases by stage"),
}
QUERIES: dict[str, str] = {
    Query.DUE_FIRST: words("what is due first, of cases and inbox"),
    Query.CASES: words("list of cases"),
    Query.CASE: words("page of a case"),
    Query.ITEM: words("an item"),
    Query.ITEMS: words("items of a case"),
    Query.STORY: words("story of a case"),
    Query.INBOX: words("inbox"),
    Query.ASKED: words("questions to others"),
    Query.NOTICES: words("notices"),
    Query.HANDOFF: words("page of a question"),
    Query.READERS: words("readers of an item"),
    Query.RECALLS: words("items taken back"),
    Query.BY_NUMBER: words("cases by a number"),
    Query.SEARCH: words("search for words"),
    Query.TRAIL: words("trail"),
    Query.ENTRY: words("entry of the trail"),
    Query.CALENDAR: words("calendar"),
    Query.FEED: words("calendar, asked for at an address"),
    Query.EVALUATION: words("question of a program whether something is allowed"),
    Query.BUNDLE: words("bundle"),
    Query.CERTIFICATE: words("certificate of an erasure"),
    Query.EXTRACT: words("extract under pseudonyms"),
    Query.EXTRACT_WITH_NAMES: words("extract with names"),
    Query.UNUSUAL: words("unusual reads"),
    Query.SAMPLE: words("sample of reads"),
    Query.FINDINGS: words("findings"),
    Query.FINDING: words("finding"),
    Query.HONEY: words("honey records"),
    Query.RECEIVED: words("received about a person"),
    Query.STATUTORY: words("statutory lists"),
    Query.SUBJECT_REQUESTS: words("requests of data subjects"),
    Query.SUBJECT_REQUEST: words("request of a data subject"),
    Query.HELD: words("held about a data subject"),
    Query.DRAFT: words("draft of an opening"),
    Query.UNSIGNED: words("changes that one side has not signed"),
    Query.FIGURES: words("figures of all cases"),
    Query.STARTS: words("ids by how they start"),
    Query.REGISTER: words("entries of the register"),
}
