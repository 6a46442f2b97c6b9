"""The nodes that this process plays: in the embedded set-up, all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.errors import Conflict, NotConfigured
from runtime.masters import master_keys
from runtime.settings import MasterKeyPlace, Settings
from vault.keyring import Keyring
from vault.local_node import LocalNode
from vault.master_keys import MasterKeys
from vault.node import Node


def local_nodes(settings: Settings, place: MasterKeyPlace | None = None) -> LocalNodes:
    """Return the nodes whose keyrings lie on this machine.

    `place` says where their master keys still are, if the settings say otherwise.

    Raises:
        NotConfigured: the settings do not say where the master keys are.
    """
    return LocalNodes(settings.files.keyrings, master_keys(settings, place))


class LocalNodes(Mapping[str, Node]):
    """Nodes over the keyring files of one directory, opened when first needed."""

    def __init__(self, directory: Path, masters: MasterKeys) -> None:
        self._directory = directory
        self._masters = masters
        self._open: dict[str, Node] = {}

    def __getitem__(self, agency: str) -> Node:
        """Return an agency's node.

        Raises:
            KeyError: its keys are not kept here.
        """
        if agency not in self._open:
            if not _file(self._directory, agency).exists():
                raise KeyError(agency)
            self._open[agency] = LocalNode(agency, self.keyring(agency))
        return self._open[agency]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(sorted(p.stem for p in self._directory.glob("*.keyring")))

    def __len__(self) -> int:
        """Count the keyrings."""
        return sum(1 for _ in self)

    def keyring(self, agency: str) -> Keyring:
        """Open an agency's keyring.

        Raises:
            NotFound: its keys are not kept here.
        """
        return Keyring.open(_file(self._directory, agency), self._masters)

    def create(self, agency: str) -> Node:
        """Make the keyring of an agency, unless there is one."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _file(self._directory, agency)
        try:
            Keyring.create(path, agency, self._masters).close()
        except Conflict:
            pass  # it is there, perhaps made by another process a moment ago
        return self[agency]


def _file(directory: Path, agency: str) -> Path:
    if "/" in agency or agency.startswith("."):
        raise NotConfigured(f"`{agency}` is no agency id")
    return directory / f"{agency}.keyring"
