"""The federated demo: coordination, its link, and one process per agency."""

from __future__ import annotations

from commands.demo.authority import DemoAuthority
from commands.demo.starting import SCRIPT, run_worker
from commands.demo.world import make_world
from models.errors import Conflict
from runtime.embedded.stack import Stack
from runtime.embedded.temporal import LOOPBACK, free_port
from runtime.link.files import LinkFiles
from runtime.settings import Settings
from vault.certificates import Use

HOST = "localhost"
COORDINATION = "coordination"


def is_there(settings: Settings) -> bool:
    """Tell whether the data are those of a federated demo."""
    return settings.files.nodes.exists()


def refuse_other_kind(settings: Settings, *, federated: bool) -> None:
    """Refuse data of a demo of the other kind: its keys lie elsewhere.

    Raises:
        Conflict: there are such data, or one node's directory was named.
    """
    if settings.node is not None:
        raise Conflict(
            "ESTAFETTE_NODE names the directory of one node",
            help="unset it where the whole demo is started",
        )
    other = settings.files.keyrings if federated else settings.files.nodes
    if other.exists():
        raise Conflict(
            f"the demo in `{settings.data}` has its keys in `{other}`",
            help="start it as before, or empty it with `estafette demo reset`",
        )


def start_federation(settings: Settings, stack: Stack) -> None:
    """Prepare the world; start coordination, its link, and each agency's node."""

    def seat_of(agency: str) -> Settings:
        (settings.files.nodes / agency).mkdir(mode=0o700, exist_ok=True)
        return settings.at_node(agency)

    settings.files.nodes.mkdir(mode=0o700, exist_ok=True)
    make_world(settings, seat_of)
    _certify(settings)
    run_worker(settings, stack)
    port = free_port()
    listen = {"ESTAFETTE_LINK_LISTEN": f"{LOOPBACK}:{port}"}
    env = {"ESTAFETTE_ENV": settings.env}
    stack.add_process("link", (SCRIPT, "--link"), env | listen)
    for directory in sorted(settings.files.nodes.iterdir()):
        told = {"ESTAFETTE_NODE": str(directory)}
        told |= {"ESTAFETTE_LINK": f"https://{HOST}:{port}"}
        argv = (SCRIPT, "--agency", directory.name)
        stack.add_stranger(f"node-{directory.name}", argv, env | told)


def _certify(settings: Settings) -> None:
    """Give both ends of the link their certificates, and nodes the ledger's key."""
    authority = DemoAuthority(settings.files.authority)
    link = LinkFiles(settings.files.link)
    authority.certify(link, COORDINATION, Use.SERVER, hosts=(HOST,))
    authority.be_believed(link.root)
    for directory in settings.files.nodes.iterdir():
        at_node = settings.at_node(directory.name).node_files
        # As if its operator had been handed the key on paper.
        at_node.ledger_public.touch(mode=0o600)
        at_node.ledger_public.write_text(settings.files.ledger_public.read_text())
        files = LinkFiles(at_node.link)
        authority.certify(files, directory.name, Use.CLIENT)
