"""The nodes that this process plays: in the embedded set-up, all of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from models.errors import Conflict, NotConfigured
from models.ids import AgencyId
from runtime.masters import master_keys
from runtime.settings import MasterKeyPlace, Settings
from runtime.signing import SigningFiles
from vault.keyring.keyring import Keyring
from vault.local_node import LocalNode, Papers
from vault.master_keys import MasterKeys
from vault.node import Node
from vault.signing import public_bytes

# What a node must not even know.
_NOT_AT_NODE = (
    *("database_url", "owner_password", "acts_password", "record_password"),
    *("ledger_password", "link_password", "temporal_address", "payload_key"),
    *("ledger_key", "notice_key", "smtp_password"),
)


def local_nodes(settings: Settings, place: MasterKeyPlace | None = None) -> LocalNodes:
    """Return the nodes whose keyrings lie on this machine, or in ESTAFETTE_NODE.

    `place` says where their master keys still are, if the settings say otherwise.

    Raises:
        NotConfigured: the settings do not say where the master keys are.
    """
    files = settings.node_files
    papers = SigningFiles(files.signing)
    return LocalNodes(files.keyrings, master_keys(settings, place), papers)


def agency_apart(settings: Settings) -> AgencyId | None:
    """Return whose node ESTAFETTE_NODE names; None where it names none.

    Raises:
        NotConfigured: no keyring is there, or more than one.
    """
    if settings.node is None:
        return None
    found = list(local_nodes(settings))
    if len(found) != 1:
        raise NotConfigured(
            f"`{settings.node_files.keyrings}` does not hold one keyring alone",
            help="point ESTAFETTE_NODE to the directory of one agency's node",
        )
    return AgencyId(found[0])


def only_node(settings: Settings, agency: str) -> Node:
    """Return the node of an agency that has a directory of its own.

    Raises:
        NotConfigured: the keys are not there, or those of another agency are, too.
    """
    nodes = local_nodes(settings)
    if list(nodes) != [agency]:
        raise NotConfigured(
            f"`{settings.node_files.keyrings}` does not hold the keyring of "
            f"`{agency}` alone",
            help="point ESTAFETTE_NODE to the directory of that agency's node",
        )
    return nodes[agency]


def node_address(settings: Settings) -> str:
    """Return where a node finds coordination.

    Raises:
        NotConfigured: no directory of its own, no https address, or it was told a
            credential that is none of a node's business.
    """
    for name in _NOT_AT_NODE:
        if getattr(settings, name) is not None:
            raise NotConfigured(
                f"a node was told `{name}`",
                help="a node has its own keys and nothing else: unset it",
            )
    if settings.node is None:
        raise NotConfigured(
            "ESTAFETTE_NODE is not set", help="name the node's directory"
        )
    if settings.link is None or not settings.link.startswith("https://"):
        raise NotConfigured(
            "ESTAFETTE_LINK does not name coordination",
            help="set it to something like https://coordination.example:7443",
        )
    return settings.link


def nodes_apart(settings: Settings) -> dict[str, Node]:
    """Return the nodes of a federated demo, each from a directory of its own."""
    agencies = sorted(path.name for path in settings.files.nodes.iterdir())
    return {each: only_node(settings.at_node(each), each) for each in agencies}


class LocalNodes(Mapping[str, Node]):
    """Nodes over the keyring files of one directory, opened when first needed."""

    def __init__(self, directory: Path, masters: MasterKeys, papers: Papers) -> None:
        self._directory = directory
        self._masters = masters
        self._papers = papers
        self._open: dict[str, Node] = {}

    def __getitem__(self, agency: str) -> Node:
        """Return an agency's node.

        Raises:
            KeyError: its keys are not kept here.
        """
        if agency not in self._open:
            if not _file(self._directory, agency).exists():
                raise KeyError(agency)
            keyring = self.keyring(agency)
            self._open[agency] = LocalNode(agency, keyring, self._papers)
        return self._open[agency]

    def __contains__(self, agency: object) -> bool:
        """Tell whether an agency's keys are kept here; opens nothing."""
        return isinstance(agency, str) and _file(self._directory, agency).exists()

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

    def signing_key(self, agency: str) -> bytes:
        """Return an agency's public signing key (DER), for an authority to certify.

        Raises:
            NotFound: its keys are not kept here.
        """
        with closing(self.keyring(agency)) as keyring:
            return public_bytes(keyring.signing_key)

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
