"""The form that closes a case tells of data that end with it, if the law has it so."""

from uuid import uuid4

import pytest

from models.act_kinds import ActKind
from models.ids import CaseId
from models.law.records import RetentionEvent
from models.packs import Pack
from policies.loading import load_packs
from web.forms.cases import FORMS
from web.forms.fields import Field
from web.forms.form import Place

PACKS = load_packs().packs


def field_of(pack: Pack) -> Field:
    """Return the one field of the form that closes a case of a pack."""
    [form] = [each for each in FORMS if each.act is ActKind.CASE_CLOSE]
    place = Place(seat=None, pack=pack, case=CaseId(uuid4()))  # type: ignore[arg-type]
    [field] = form.fields(place)
    return field


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: f"{pack.id}-{pack.version}")
def test_what_is_destroyed_is_told_under_the_article_of_the_pack(pack: Pack) -> None:
    field = field_of(pack)

    ends = [r for r in pack.retention if r.since is RetentionEvent.NO_MEASURE]
    assert ("destroyed" in field.help) is bool(ends)
    assert field.article == (ends[0].article if ends else "")


def test_there_are_packs_of_either_kind() -> None:
    ends = {
        any(row.since is RetentionEvent.NO_MEASURE for row in pack.retention)
        for pack in PACKS
    }
    assert ends == {True, False}


def test_what_is_destroyed_later_is_not_said_to_be_destroyed_at_once() -> None:
    pack = next(each for each in PACKS if field_of(each).article)
    later = [row.model_copy(update={"length": 30}) for row in pack.retention]

    field = field_of(pack.model_copy(update={"retention": tuple(later)}))

    assert "destroyed" not in field.help and field.article == ""
