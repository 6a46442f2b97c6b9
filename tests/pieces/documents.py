"""Documents as officers make them, and as somebody makes them who means harm."""

import zipfile
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PNG = bytes.fromhex("89504e470d0a1a0a") + b"and a picture"
JPEG = bytes.fromhex("ffd8ffe0") + b"and a picture"
# The file that every scanner takes for a virus, and that harms nobody; see eicar.org.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(words: str, *, password: str = "", pages: int = 1) -> bytes:
    """Return a PDF whose pages all say the same."""
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
    for _ in range(pages - 1):
        writer.add_page(page)
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


def archive(**parts: bytes) -> bytes:
    """Return an archive; `__` in a name stands for a slash, `_` for a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), body)
    return out.getvalue()


def open_document(kind: str) -> bytes:
    """Return a document of an open office."""
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(mimetype=said, content_xml=b"<p>Nota</p>")
