"""What is looked for before anything is sealed, in every form that papers have."""

from uuid import uuid4

import pytest

from acts.drafts.admission import admit
from acts.drafts.drafting import json_draft
from models.errors import InvalidInput, NotPermitted
from models.handling import Handling, Regime
from models.ids import ItemId
from models.items import DraftItem, ItemKind
from policies.door import plain
from tests.pieces.documents import archive, pdf, word_document

# pypdf stumbles over it with a `TypeError`, which is none of its own errors.
TORN_TABLE = (
    pdf("Rien")
    .replace(b"0000000015 00000 n ", b"0000000015")
    .replace(b"n \n0000000343", b"n000343")
)


def draft(body: bytes) -> DraftItem:
    handling = Handling(basis="NLC 119ter §6", regime=Regime.GDPR)
    return DraftItem(
        item=ItemId(uuid4()),
        kind=ItemKind.DOCUMENT,
        body=body,
        handling=handling,
        audience=(),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"TRES SECRET\nNote",
        "Note\n  - TRÈS SECRET -\n".encode(),
        b"Secret (loi 11.12.1998)",
        b"GEHEIM - WET VAN 11 DECEMBER 1998\n",
        "Déclaration de soupçon\nBanque X".encode(),
        b"SOCIAAL VERSLAG\n",
        pdf("ZEER GEHEIM"),
        word_document("Nota", "Beperkte verspreiding"),
        word_document("Nota</w:t><w:br/><w:t>Tr&#xE8;s secret"),
        archive(word__document_xml="<p>ZEER GEHEIM</p>".encode("utf-16")),
        archive(word__document_xml=b"<p a='>'>SOCIAAL <b>VERSLAG</b></p>"),
    ],
)
def test_what_bears_a_marking_is_refused_with_another_way(body: bytes) -> None:
    with pytest.raises(NotPermitted) as refused:
        admit(draft(body))

    assert "may not be kept here" in refused.value.message
    assert refused.value.help


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "TRÈS SECRET"},
        {"question": "Que sait-on ?\nTRES SECRET\n", "about": {}},
        {"grounds": [{"reasoning": "- Sociaal verslag -"}]},
    ],
)
def test_a_marking_in_a_field_is_refused_too(fields: dict[str, object]) -> None:
    handling = Handling(basis="NLC 119ter §6", regime=Regime.GDPR)

    with pytest.raises(NotPermitted, match="may not be kept here"):
        admit(json_draft(ItemKind.ANSWER, fields, handling))


def test_a_bar_may_be_called_as_a_marking_is() -> None:
    handling = Handling(basis="NLC 119ter §6", regime=Regime.GDPR)
    card = {"enterprise_name": "Geheim"}
    asked = {"question": "Que sait-on ?", "about": card}

    admit(json_draft(ItemKind.SUBJECT_CARD, card, handling))
    admit(json_draft(ItemKind.QUESTION, asked, handling))


@pytest.mark.parametrize(
    "body",
    [
        b"Le secret professionnel du notaire est en cause.",
        "Il parle d'une déclaration de soupçon de sa banque.".encode(),
        pdf("Rien a signaler"),
        pdf("Sans largeurs").replace(b"/Helvetica", b"/Hel9etica"),
        word_document("Deux plaintes", "sans suite"),
        archive(word__document_xml=b"<w/>", current_xml=b""),
    ],
)
def test_what_only_speaks_of_such_things_is_admitted(body: bytes) -> None:
    admit(draft(body))


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\nnothing that follows makes sense",
        pdf("Rien", password="gesloten"),
        TORN_TABLE,
        b"PK\x03\x04 no archive",
        archive(word__document_xml=b"<" * 1_000_000),
        archive(word__document_xml=b"<br " * 1_000_000),
        archive(word__document_xml=b"<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>"),
        archive(word__document_xml=b"<?xml version='1.0' encoding='none'?><w/>"),
    ],
)
def test_a_document_that_cannot_be_looked_into_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="protected or broken"):
        admit(draft(body))


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_nothing_is_no_item(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="is empty"):
        admit(draft(body))


def test_a_marking_is_the_same_in_capitals_accents_and_dashes() -> None:
    assert plain("— TRÈS  SECRET —") == plain("tres secret")


GIVEN = {"basis": "NLC 119ter §6", "regime": "gdpr"}


@pytest.mark.parametrize(
    ("said", "unchecked"),
    [
        ({}, False),
        ({"nature": "assessment"}, True),
        ({"nature": "assessment", "validated": True}, False),
        ({"regime": "police"}, True),
        ({"regime": "police", "information_grade": "2"}, False),
        ({"regime": "judicial", "validated": True}, False),
    ],
)
def test_what_nobody_vouches_for_is_unchecked(said, unchecked) -> None:
    handling = Handling.model_validate({**GIVEN, **said})

    assert handling.is_unchecked is unchecked
