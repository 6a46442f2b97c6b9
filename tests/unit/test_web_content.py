"""What an item holds is shown as fields as far as a page has room for them."""

import orjson
import pytest

from web.views.content import content_of


@pytest.mark.parametrize(
    "body",
    [b'{"text": "Deux plaintes."}', orjson.dumps({"a": [0] * 9_000}), b'{"a":[[[1]]]}'],
)
def test_fields_are_shown_as_fields(body: bytes) -> None:
    assert content_of(body) == orjson.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        orjson.dumps({"a": [0] * 10_000}),
        orjson.dumps({str(number): "a" for number in range(10_001)}),
        orjson.dumps({"a": [[0] * 100] * 100}),
        b'{"a":' * 20 + b"1" + b"}" * 20,
    ],
    ids=["list", "fields", "within", "deep"],
)
def test_more_than_a_page_has_room_for_is_shown_as_it_is_written(body: bytes) -> None:
    """What takes some megabytes in a document would take gigabytes on a page."""
    assert content_of(body) == body.decode()


def test_a_document_of_characters_only_is_saved_and_not_shown_as_words() -> None:
    assert content_of(b"%PDF-1.4\n1 0 obj <<>> endobj") is None
    assert content_of(b"Deux plaintes.") == "Deux plaintes."
