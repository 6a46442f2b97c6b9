"""Items: their kinds, their fields, why they are read."""

from __future__ import annotations

from models.agencies import ReadReason
from models.items import ItemKind
from models.law.sources import SourceKind
from web.languages import words

KINDS: dict[str, str] = {
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
KINDS_OF_QUESTION: dict[str, str] = {
    SourceKind.REGISTER: words("query of the register"),
    SourceKind.HANDOFF: words("question"),
    SourceKind.RECORD: words("own material"),
    SourceKind.ADVICE: words("advice"),
    SourceKind.RELEASE: words("request to let an item go on"),
}
READING: dict[str, str] = {
    ReadReason.ASKING: words("to ask"),
    ReadReason.ANSWERING: words("to answer"),
    ReadReason.HEARING: words("for a hearing"),
    ReadReason.DECIDING: words("to decide"),
    ReadReason.FOLLOWING_UP: words("to follow up"),
    ReadReason.CHECKING: words("to check"),
}
ANSWERS_OF_REGISTERS: dict[str, str] = {
    "hit": words("a hit"),
    "no hit": words("no hit"),
}
PURPOSES: dict[str, str] = {"integrity_inquiry": words("integrity inquiry")}
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
    "inquiry": words("What the inquiry did and found"),
    "register": words("What the register says"),
    "motivation": words("Motivation"),
    "outcome": words("Outcome"),
    "months": words("For how many months"),
    "lifting_conditions": words("Conditions for lifting it"),
    "summary": words("Summary of the reasons"),
    "grounds": words("Facts"),
    "item": words("Item"),
    "offence": words("Offence"),
    "limb": words("Limb of the test"),
    "person": words("Person it links"),
    "reasoning": words("Why this fact counts"),
    "weighing": words("Weighing"),
    "gravity": words("Gravity of the facts"),
    "link_with_sector": words("Link with the sector"),
    "advantages": words("Advantages that were drawn"),
    "milder_measures": words("Milder measures that were considered"),
    "answers": words("Answers to arguments"),
    "argument": words("Argument"),
    "collected_on": words("Collected on"),
    "processed_on": words("Processed on"),
    "expires_on": words("Last day on which it may be read"),
    "code": words("Handling code"),
    "tlp": words("Traffic light label"),
    "nature": words("Fact or assessment"),
    "regime": words("Data protection it is under"),
    "validated": words("It was checked before it was given"),
    "disclosable": words("It may appear in what the person will read"),
    "judicial_hold": words("The prosecutor restricts its use"),
}
"""What fields of items are called; one of another form keeps its own name."""
ROWS_IN_FIELDS: dict[str, str] = {
    "outcome": "outcomes",
    "offence": "offences",
    "limb": "limbs",
    "person": "persons",
    "role": "persons",
    "source": "sources",
}
"""Fields that hold the code of a row of the law, and the part that has it."""
