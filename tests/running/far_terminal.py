"""A terminal elsewhere: commands go to an installation by its API."""

from __future__ import annotations

import time
from pathlib import Path

from acts.desk import Desk
from commands.afar.keeping import VARIABLE, Kept, keep
from tests.running.site import Site
from tests.running.terminal import Answer, Terminal


class FarTerminal(Terminal):
    """A terminal at which every officer is signed in elsewhere before a command."""

    def go_to(self, site: Site, folder: Path) -> None:
        """Work at this installation from now on; tokens are kept in a folder."""
        self._site = site
        self._patch.setenv("XDG_CONFIG_HOME", str(folder))
        self._patch.setenv(VARIABLE, site.address)

    def use_rules_of(self, desk: Desk) -> None:
        """Let commands find packs that were loaded already."""
        self._patch.setattr("commands.afar.office.load_packs", lambda: desk.packs)

    def ask(self, who: str, *words: object) -> Answer:
        """Type a command in an officer's name, for one JSON document."""
        ends = time.time() + 60
        token = self._site.token(who)
        keep(Kept(url=self._site.address, token=token, ends_at=ends))
        return self.run(*words, "--json")
