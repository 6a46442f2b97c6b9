"""What is looked for before anything is sealed, in every form that papers have."""

import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from acts.drafts.admission import LARGEST, admit
from models.errors import InvalidInput, NotPermitted
from models.handling import Handling
from models.ids import ItemId
from models.items import DraftItem, ItemKind
from policies.door import plain


def draft(body: bytes) -> DraftItem:
    handling = Handling(basis="NLC 119ter §6")
    return DraftItem(
        item=ItemId(uuid4()),
        kind=ItemKind.DOCUMENT,
        body=body,
        handling=handling,
        audience=(),
    )


def pdf(words: str, *, password: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def word_document(*paragraphs: str) -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:body>{text}</w:body>")
    return out.getvalue()


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
    ],
)
def test_what_bears_a_marking_is_refused_with_another_way(body: bytes) -> None:
    with pytest.raises(NotPermitted) as refused:
        admit(draft(body))

    assert "may not be kept here" in refused.value.message
    assert refused.value.help


@pytest.mark.parametrize(
    "body",
    [
        b"Le secret professionnel du notaire est en cause.",
        "Il parle d'une déclaration de soupçon de sa banque.".encode(),
        pdf("Rien a signaler"),
        word_document("Deux plaintes", "sans suite"),
        bytes(range(256)),
    ],
)
def test_what_only_speaks_of_such_things_is_admitted(body: bytes) -> None:
    admit(draft(body))


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\nnothing that follows makes sense",
        pdf("Rien", password="gesloten"),
        b"PK\x03\x04 no archive",
    ],
)
def test_a_document_that_cannot_be_looked_into_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="protected or broken"):
        admit(draft(body))


def test_an_archive_that_unfolds_without_end_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"{number}.xml", bytes(LARGEST))

    with pytest.raises(InvalidInput, match="protected or broken"):
        admit(draft(out.getvalue()))


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_nothing_is_no_item(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="is empty"):
        admit(draft(body))


def test_a_marking_is_the_same_in_capitals_accents_and_dashes() -> None:
    assert plain("— TRÈS  SECRET —") == plain("tres secret")


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
    handling = Handling(basis="NLC 119ter §6", **said)

    assert handling.is_unchecked is unchecked
