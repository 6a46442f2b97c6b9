"""The canonical form equals RFC 8785 as an independent library writes it."""

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import LARGEST_INTEGER, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
scalars = (
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
    max_leaves=30,
)


@given(documents)
def test_every_document_has_the_bytes_of_rfc_8785(document):
    assert encode(document) == rfc8785.dumps(document)


@given(documents)
def test_every_document_comes_back_from_its_bytes(document):
    assert decode(encode(document)) == document
