"""A fault is told in the words of who fills a form in, and never repeats the form."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import AfterValidator, Field, ValidationError

from models.faults import faults
from models.values import Value


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def never(text: str) -> str:
    raise ValueError("It is Tuesday")


class Row(Value):
    number: int = Field(1, ge=1)


class Form(Value):
    day: date | None = None
    number: int | None = Field(None, ge=1, le=9)
    share: float | None = Field(None, gt=0)
    yes: bool | None = None
    colour: Colour | None = None
    word: Literal["a", "b"] | None = None
    name: str | None = Field(None, min_length=1, max_length=5)
    code: str | None = Field(None, pattern="^[a-z]$")
    id: UUID | None = None
    many: tuple[str, ...] = Field((), max_length=2)
    inner: "Form | None" = None
    rows: tuple["Row", ...] = Field((), min_length=1)
    odd: Annotated[str, AfterValidator(never)] | None = None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "Camille"}, "`day` must be a day, such as 1985-07-30"),
        ({"number": "Camille"}, "`number` must be a number"),
        ({"number": 0}, "`number` must be 1 or more"),
        ({"number": 10}, "`number` must be 9 or less"),
        ({"share": "Camille"}, "`share` must be a number"),
        ({"share": 0}, "`share` must be more than 0.0"),
        ({"yes": "Camille"}, "`yes` must be yes or no"),
        ({"colour": "Camille"}, "`colour` must be one of 'red' or 'blue'"),
        ({"word": "Camille"}, "`word` must be one of 'a' or 'b'"),
        ({"name": 3}, "`name` must be words"),
        ({"name": ""}, "`name` is empty"),
        ({"name": "Camille"}, "`name` is too long: at most 5"),
        ({"code": "Camille"}, "`code` has not the form that it must have"),
        ({"id": "Camille"}, "`id` is no id"),
        ({"many": "Camille"}, "`many` must be a list"),
        ({"many": ["a", "b", "c"]}, "`many` is too long: at most 2"),
        ({"inner": "Camille"}, "`inner` must have fields of its own"),
        ({"inner": {"number": 0}}, "`inner.number` must be 1 or more"),
        ({"odd": "Camille"}, "`odd` is wrong: it is Tuesday"),
        ({"rows": []}, "`rows` is empty"),
        ({"Other": 1}, "`Other` is not known here"),
    ],
)
def test_a_fault_is_told_in_plain_words(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(given)

    assert faults(caught.value) == (said,)


def test_a_list_with_a_wrong_row_is_not_called_empty() -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({"rows": [{"number": 0}]})

    assert faults(caught.value) == ("`rows.0.number` must be 1 or more",)
