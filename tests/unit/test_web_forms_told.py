"""A form without fields says what its act does, since nothing else on it would."""

from web.forms.catalogue import OF_CASES, OF_ITEMS, OF_QUESTIONS
from web.forms.form import asks_nothing


def test_a_form_that_asks_nothing_says_what_it_does() -> None:
    forms = [*OF_CASES.values(), *OF_QUESTIONS.values(), *OF_ITEMS.values()]
    bare = [form for form in forms if form.fields is asks_nothing]

    assert bare
    for form in bare:
        assert form.says, form.act
