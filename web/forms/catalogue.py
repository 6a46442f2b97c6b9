"""Every form, by the act it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.act_kinds import ActKind
from web.forms import (
    advice,
    appeals,
    cases,
    decisions,
    hearings,
    items,
    people,
    proposals,
    questions,
)
from web.forms.form import Form

OF_CASES: dict[ActKind, Form] = {
    form.act: form
    for part in (
        *(cases.FORMS, advice.OF_CASES, hearings.FORMS),
        *(proposals.FORMS, decisions.FORMS, appeals.FORMS, people.OF_CASES),
    )
    for form in part
}
OF_QUESTIONS: dict[ActKind, Form] = {
    form.act: form
    for part in (
        *(questions.FORMS, advice.OF_QUESTIONS, cases.OF_QUESTIONS),
        *(items.OF_QUESTIONS, people.OF_QUESTIONS),
    )
    for form in part
}
OF_ITEMS: dict[ActKind, Form] = {form.act: form for form in items.FORMS}


def offered(forms: Mapping[ActKind, Form], acts: Iterable[ActKind]) -> list[Form]:
    """Return the forms of these acts, in their order; some acts have none yet."""
    return [forms[act] for act in acts if act in forms]
