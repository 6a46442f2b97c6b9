"""What the function of an act is given: who acts, its items, and what they allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from activities.recording.scene import Scene
from models.agencies import Agency, Officer
from models.errors import InvalidInput, NotFound, NotPermitted
from models.handoffs import HandoffRecord, HandoffState
from models.ids import AgencyId, CaseId, HandoffId, ItemId, OfficerId
from models.intents import Intent
from models.items import ItemKind, KnownItem
from models.law.procedure import Act
from models.people import Naming
from policies.people import named_by_law
from storage import handoffs
from storage.people import designations, directory, exclusions


@dataclass
class Step(Scene):
    """One act being recorded: who acts, under which row of the pack, with which items.

    Attributes:
        agencies: the acting agency and those that its items were sealed for.
        taken: items that the message accounts for; all others are refused.
        named_for: what the officer was found to be designated for, None for the case.
        on_behalf_of: the absent officer in whose place this one acts.
        lawful: the pack has this question, or it answers one that the pack had.
        clocks_from: the day from which its clocks run, if not the day of the act.
        negative: the act belongs to a decision that imposes a measure.
        serving: agencies that get its items for another question than the act's own.
        bound: those that its clocks bind, each with the item it must give back; None:
            the agency whose turn it is.
    """

    intent: Intent = field(kw_only=True)
    officer: Officer = field(kw_only=True)
    agency: Agency = field(kw_only=True)
    agencies: dict[AgencyId, Agency] = field(kw_only=True)
    rule: Act = field(kw_only=True)
    items: dict[ItemId, KnownItem] = field(kw_only=True)
    taken: set[ItemId] = field(default_factory=set)
    named_for: set[HandoffId | None] = field(default_factory=set)
    on_behalf_of: Officer | None = None
    lawful: bool = False
    clocks_from: date | None = None
    negative: bool = False
    serving: dict[AgencyId, HandoffId | None] = field(default_factory=dict)
    bound: list[tuple[AgencyId, ItemId]] | None = None

    def take_item(
        self,
        identifier: ItemId,
        kind: ItemKind,
        *audience: AgencyId,
        source: str | None = None,
    ) -> KnownItem:
        """Return an item of this act, if it is what the message says it is.

        Raises:
            InvalidInput: missing, of another kind, source, case or originator, or
                sealed for other agencies.
        """
        item = self.items.get(identifier)
        if item is None or item.kind is not kind:
            raise InvalidInput(f"the act carries no sealed `{kind}` under that id")
        claims = (item.case, item.originator, item.source)
        if claims != (self.case.id, self.agency.id, source):
            raise InvalidInput(f"the `{kind}` belongs to another case or source")
        wanted = tuple(sorted({self.agency.id, *audience}))
        if item.audience != wanted:
            raise InvalidInput(f"the `{kind}` is sealed for others than {wanted}")
        self.taken.add(identifier)
        return item

    def take_material(
        self,
        identifier: ItemId,
        words: ItemKind,
        *audience: AgencyId,
        source: str | None = None,
    ) -> KnownItem:
        """Take a document of this act, or its `words`: whichever the item is."""
        item = self.items.get(identifier)
        document = item is not None and item.kind is ItemKind.DOCUMENT
        kind = ItemKind.DOCUMENT if document else words
        return self.take_item(identifier, kind, *audience, source=source)

    def agency_of(self, identifier: AgencyId) -> Agency:
        """Return an agency that the act writes to.

        Raises:
            NotFound: no such agency.
        """
        known = self.agencies.get(identifier)
        return known or directory.agency(self.connection, identifier)

    def handoff_of(self, identifier: HandoffId, *, asked: bool) -> HandoffRecord:
        """Return a handoff of this case that this agency was asked, or asks.

        Raises:
            NotFound: no such handoff, or not this agency's.
        """
        handoff = handoffs.find(self.connection, identifier)
        mine = handoff is not None and self.agency.id == (
            handoff.asked if asked else handoff.asker
        )
        if handoff is None or not mine or handoff.case != self.case.id:
            raise NotFound(
                f"your agency has no handoff `{str(identifier)[:8]}`",
                help="see `estafette handoff inbox`, or `estafette case show`",
            )
        self.effects.handoff = handoff.id
        return handoff

    def require_designation(self, handoff: HandoffId | None) -> None:
        """Refuse an officer who was not named for this case or handoff.

        Raises:
            NotPermitted: need to know is by name, not by function alone.
        """
        if self.is_designated(handoff):
            return
        if handoff is None:
            hint = "ask the mayor: `estafette case designate`"
            raise NotPermitted("you are not designated for this", help=hint)
        found = handoffs.find(self.connection, handoff)
        if found is None or found.state is HandoffState.OFFERED:
            hint = "receive the handoff first with `estafette handoff receive`"
            raise NotPermitted("you are not designated for this", help=hint)
        raise NotPermitted(
            "you are not designated for this: it is in another's hands",
            help="ask your supervisor: `estafette handoff designate`",
        )

    def is_designated(self, handoff: HandoffId | None) -> bool:
        """Tell whether the officer was named for this case or handoff.

        By law, by name, or in the place of an absent colleague whom the officer covers
        and who could do this act as well.
        """
        if handoff not in self.named_for:
            if not (self._is_named_by_law() or self._is_named(handoff)):
                return False
            self.named_for.add(handoff)
        return True

    @cached_property
    def is_excluded(self) -> bool:
        """Whether a conflict of interest keeps the acting officer out of the case."""
        return exclusions.is_excluded(
            self.connection, self.case.id, self.officer.id, self.day
        )

    def _is_named_by_law(self) -> bool:
        leads = self.agency.id == self.case.agency
        return named_by_law(self.officer.functions, self.agency.kind, leads=leads)

    def _is_named(self, handoff: HandoffId | None) -> bool:
        for name in designations.named(self.connection, self.naming(handoff)):
            if name == self.officer.id:
                return True
            absent = directory.officer(self.connection, name)
            if absent.functions & set(self.rule.by):
                self.on_behalf_of = absent
                return True
        return False

    def colleague(self, identifier: OfficerId) -> Officer:
        """Return an officer of the acting agency whom the act is about.

        Raises:
            NotFound: nobody there is called so; others are not known outside theirs.
        """
        person = directory.colleague(self.connection, self.agency.id, identifier)
        self.effects.named = person.id
        return person

    def naming(
        self, handoff: HandoffId | None = None, officer: Officer | None = None
    ) -> Naming:
        """Return the naming, from today, of an officer; by default of who acts."""
        return Naming(
            case=CaseId(self.case.id),
            agency=self.agency.id,
            officer=(officer or self.officer).id,
            from_day=self.day,
            handoff=handoff,
        )
