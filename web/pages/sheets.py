"""A form in front of somebody: shown, filled in, and done or shown again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from starlette.responses import RedirectResponse, Response

from acts.performing import Done
from models.errors import EstafetteError, Unavailable
from models.law.rows import Label
from web.door import Visit
from web.faults import status_of
from web.forms.fields import Barred, Field, Filled, Kind, faults_of
from web.forms.previewed import (
    SeenFile,
    chosen_otherwise,
    documents,
    with_stand_ins,
)
from web.forms.receiving import filled_in
from web.views.previews import ShownPreview, was_previewed

Came = TypeVar("Came")


@dataclass(frozen=True)
class Button:
    """A way on from a form that is not the act; `label` is English."""

    name: str
    label: str


@dataclass(frozen=True)
class Told:
    """What an act does and what follows, in English; `starts` are terms that begin."""

    says: str
    article: str
    starts: tuple[Label, ...]


@dataclass(frozen=True)
class Sheet:
    """A form in front of somebody: what is filled in, and what does not hold.

    `back` is the path of the page that it was called from; `faults` are by field.
    `action` is the path that it is sent to, if not that of its page; `carried` are
    fields that nobody sees; `focus` is the text that somebody types on in.
    `leads_to_preview`: another agency will see it, so that is shown first.
    `told` is what the act does, where no field tells.
    `sensitive` says why a stronger proof is asked for, if it is; `unproven`, that the
    one that was given no longer counts.
    """

    title: str
    back: str
    fields: tuple[Field, ...]
    barred: tuple[Barred, ...] = ()
    filled: Filled = field(default_factory=Filled)
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: EstafetteError | None = None
    preview: ShownPreview | None = None
    leads_to_preview: bool = False
    told: Told | None = None
    sensitive: str = ""
    unproven: bool = False
    action: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    focus: str = ""

    @property
    def checks_numbers(self) -> bool:
        """Tell whether numbers in it can be checked while they are typed."""
        return any(each.number for each in self.fields)

    @property
    def empty(self) -> list[Field]:
        """Return what has to be chosen and has nothing to choose: it cannot be sent."""
        return [
            each
            for each in self.fields
            if each.kind is Kind.ONE and each.required and not each.choices
        ]

    @property
    def groups(self) -> list[tuple[str, list[Field]]]:
        """Return the fields in their order, those that stand together under a name."""
        found = groupby(self.fields, key=lambda each: (each.group, each.part))
        return [(group, list(fields)) for (group, _), fields in found]

    @property
    def chosen_again(self) -> Mapping[str, SeenFile]:
        """Return by field the documents of a preview: each is needed once more to send.

        They are asked beside the button, as the browser has forgotten them.
        """
        if self.preview is None or not self.preview.found.leaves:
            return {}
        seen = documents(self.filled)
        return {each.name: seen[each.name] for each in self.fields if each.name in seen}


@dataclass(frozen=True)
class Deed:
    """What a sheet leads to: what is seen first, the act, and the page after it."""

    perform: Callable[[Filled], Awaitable[Done]]
    onward: Callable[[Done], str]
    preview: Callable[[Filled], ShownPreview] | None = None


def opened(visit: Visit, blank: Sheet) -> Response:
    """Return the page of an empty sheet; a sensitive act's opens only after a proof.

    So nothing is typed before, and nothing can be lost on the way to the provider.
    """
    if blank.sensitive and not visit.is_proven:
        return visit.page("prove.html", {"sheet": blank})
    return shown(visit, blank)


def shown(visit: Visit, sheet: Sheet, status: int = 200) -> Response:
    """Return the page of a sheet."""
    return visit.page("act.html", {"sheet": sheet}, status=status)


async def submitted(visit: Visit, sheet: Sheet, deed: Deed) -> Response:
    """Do the act that a sheet was filled in for, and go on to the page it leads to.

    What does not hold, or is refused, brings the sheet back as it was filled in. So
    does what is to be seen by another agency, until exactly that was previewed, and a
    proof that no longer counts, with a link to give it in another window.

    Raises:
        Unavailable: nothing was done, and to fill it in again changes nothing.
    """
    done = await _tried(visit, sheet, deed.perform, deed.preview)
    if isinstance(done, Response):
        return done
    word = "recorded" if done.taken_up else "stored"
    return RedirectResponse(f"{deed.onward(done)}?done={word}", status_code=303)


async def settled(
    visit: Visit, blank: Sheet, perform: Callable[[Filled], object], onward: str
) -> Response:
    """Do likewise what needs no process: it is one transaction, beside the loop.

    Raises:
        Unavailable: as above.
    """
    sheet = replace(blank, filled=await filled_in(visit.request))
    done = await _tried(visit, sheet, lambda f: asyncio.to_thread(perform, f))
    if isinstance(done, Response):
        return done
    return RedirectResponse(f"{onward}?done=recorded", status_code=303)


async def _tried(
    visit: Visit,
    sheet: Sheet,
    perform: Callable[[Filled], Awaitable[Came]],
    preview: Callable[[Filled], ShownPreview] | None = None,
) -> Came | Response:
    """Return what came of it, or the sheet again.

    Where only documents of the preview are to be chosen again, it stays in sight.
    """
    filled = sheet.filled
    faults, missed = faults_of(sheet.fields, filled), chosen_otherwise(filled)
    in_sight = preview is not None and faults.keys() <= missed.keys()
    sheet = replace(sheet, faults=missed if in_sight else faults)
    if sheet.sensitive and not visit.is_proven:
        return shown(visit, replace(sheet, unproven=True), 403)
    if sheet.faults and not in_sight:
        return shown(visit, sheet, 422)
    try:
        if preview is not None and not was_previewed(filled):
            seen = await asyncio.to_thread(preview, with_stand_ins(filled))
            status = 422 if sheet.faults else 200
            return shown(visit, replace(sheet, preview=seen), status)
        return await perform(filled)
    except Unavailable:
        raise
    except EstafetteError as refused:
        again = replace(sheet, refused=refused, faults=_at_its_field(refused, sheet))
        return shown(visit, again, status_of(refused))


def _at_its_field(refused: EstafetteError, sheet: Sheet) -> dict[str, str]:
    """Return what was refused at the field that it is about, if it says which."""
    named, several = refused.details.get("field"), refused.details.get("faults")
    known = {each.name for each in sheet.fields}
    if isinstance(several, Mapping):
        return {name: str(said) for name, said in several.items() if name in known}
    return {named: refused.message} if named in known else {}
