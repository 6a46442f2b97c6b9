"""Types of documents by their bytes, names that fit them, and archives that harm."""

from uuid import uuid4

import pytest

from acts.drafts.admission import admit
from models.errors import InvalidInput
from models.handling import Handling, Regime
from models.ids import ItemId
from models.items import DraftItem, ItemKind
from policies.documents import DOCUMENTS
from tests.pieces.documents import (
    JPEG,
    PNG,
    archive,
    open_document,
    pdf,
    word_document,
)


def named(name: str, body: bytes) -> DraftItem:
    return DraftItem(
        item=ItemId(uuid4()),
        kind=ItemKind.DOCUMENT,
        body=body,
        handling=Handling(basis="NLC 119ter §6", regime=Regime.GDPR),
        audience=(),
        name=name,
    )


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("plainte.pdf", pdf("Rien"), "pdf"),
        ("PLAINTE.PDF", pdf("Rien"), "pdf"),
        ("façade.jpeg", JPEG, "jpeg"),
        ("façade.jpg", JPEG, "jpeg"),
        ("plan.png", PNG, "png"),
        ("nota.docx", word_document("Nota"), "docx"),
        ("cijfers.xlsx", archive(xl__workbook_xml=b"<w/>"), "xlsx"),
        ("nota.odt", open_document("text"), "odt"),
        ("cijfers.ods", open_document("spreadsheet"), "ods"),
        ("note.txt", "Un café, à côté.\r\n\tRien.".encode(), "text"),
        ("v1.2 – définitif.txt", b"\xef\xbb\xbfNote", "text"),
        ("liste.csv", b"a;b\n1;2\n", "text"),
    ],
)
def test_a_document_is_what_its_bytes_say(name: str, body: bytes, code: str) -> None:
    assert admit(named(name, body)).code == code


@pytest.mark.parametrize(
    ("name", "body", "holds"),
    [
        ("plainte.pdf", b"<html><script>alert(1)</script></html>", "text"),
        ("plainte.pdf", word_document("Nota"), "docx"),
        ("plainte.pdf.exe", pdf("Rien"), "pdf"),
        ("photo.png", JPEG, "jpeg"),
        ("page.html", b"<html></html>", "text"),
        ("nota.docx", open_document("text"), "odt"),
        ("nota", pdf("Rien"), "pdf"),
        ("macro.docm", word_document("Nota"), "docx"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(
    name: str, body: bytes, holds: str
) -> None:
    with pytest.raises(InvalidInput, match=f"not what its name says.*`{holds}`"):
        admit(named(name, body))


@pytest.mark.parametrize(
    "body",
    [
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file, or one with a password",
        b"GIF89a\x01\x00",
        b"a text\x00 with a hole in it",
        "Müller".encode("latin-1"),
        archive(readme_txt=b"a folder, packed"),
        archive(mimetype=b"application/vnd.oasis.opendocument.text-master"),
    ],
)
def test_what_is_of_no_type_that_is_accepted_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="no document of a type") as refused:
        admit(named("", body))

    assert ".pdf" in refused.value.help


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc/passwd.txt", "is a path"),
        ("C:\\Users\\x\\note.txt", "is a path"),
        ("/note.txt", "is a path"),
        ("..", "is a path"),
        (" . ", "is a path"),
        ("note\n.txt", "cannot be seen"),
        ("note\x00.txt", "cannot be seen"),
        ("facture\u202etxt.exe", "cannot be seen"),
        ("n" * DOCUMENTS.longest_name + ".txt", "has 204 characters"),
    ],
)
def test_a_name_that_is_none_of_a_file_is_refused(name: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        admit(named(name, b"Note"))


@pytest.mark.parametrize("program", ["word__vbaProject_bin", "Basic__script-lc_xml"])
def test_a_document_that_carries_a_program_is_refused(program: str) -> None:
    body = archive(word__document_xml=b"<w/>", **{program: b"x"})

    with pytest.raises(InvalidInput, match="carries a program"):
        admit(named("nota.docx", body))


def test_what_unfolds_without_end_is_refused_whatever_its_parts_are_called() -> None:
    picture = bytes(DOCUMENTS.unfolds_to // 4)
    pictures = {f"media__{number}_png": picture for number in range(5)}
    body = archive(word__document_xml=b"<w/>", **pictures)
    assert len(body) < DOCUMENTS.largest

    with pytest.raises(InvalidInput, match="unfolds to more than fits"):
        admit(named("nota.docx", body))


def test_more_words_than_are_looked_through_are_refused() -> None:
    words = b"<w>" + b"x" * DOCUMENTS.reads + b"</w>"

    with pytest.raises(InvalidInput, match="unfolds to more than fits"):
        admit(named("nota.docx", archive(word__document_xml=words)))


def test_an_archive_of_very_many_parts_is_refused() -> None:
    parts = {f"p{number}": b"" for number in range(DOCUMENTS.most_parts)}

    with pytest.raises(InvalidInput, match="unfolds to more than fits"):
        admit(named("nota.docx", archive(word__document_xml=b"<w/>", **parts)))


@pytest.mark.parametrize("part", ["/etc__passwd", "word__..__x", "a\\b"])
def test_a_part_that_leads_elsewhere_is_refused(part: str) -> None:
    with pytest.raises(InvalidInput, match="protected or broken"):
        admit(named("nota.docx", _with_part(part)))


def _with_part(name: str) -> bytes:
    # `archive` would write dots for `_`; here the name counts as it is.
    plain = "x" * len(name.replace("__", "/"))
    body = archive(word__document_xml=b"<w/>", **{plain: b""})
    return body.replace(plain.encode(), name.replace("__", "/").encode())


def test_a_document_of_more_than_the_largest_size_is_refused() -> None:
    with pytest.raises(InvalidInput, match=f"has {DOCUMENTS.largest + 1} bytes"):
        admit(named("note.txt", b"x" * (DOCUMENTS.largest + 1)))


def test_a_pdf_is_not_looked_at_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may share what they say, so a few kilobytes can be read for days."""
    long = named("rapport.pdf", pdf("Rien", pages=50))
    assert admit(long).code == "pdf"
    little = DOCUMENTS.model_copy(update={"looks": 1e-3})
    monkeypatch.setattr("acts.drafts.admission.DOCUMENTS", little)

    with pytest.raises(InvalidInput, match="unfolds to more than fits"):
        admit(long)
