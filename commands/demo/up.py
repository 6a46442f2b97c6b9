"""Starting the demo's servers and worker, and stopping them again."""

from __future__ import annotations

import shutil

from rich.console import Console

from commands.demo import federation
from commands.demo.pages_apart import ports_after, start_pages_apart
from commands.demo.starting import start_pages, start_worker
from models.errors import Conflict, NotConfigured
from runtime.embedded.ending import asked_like_ctrl_c
from runtime.embedded.endpoints import read_endpoints
from runtime.embedded.stack import Stack, StackOptions
from runtime.settings import Settings


def up(settings: Settings, console: Console, *, federated: bool) -> None:
    """Run the demo until Ctrl-C.

    Raises:
        Conflict: the data there are of a demo of the other kind.
    """
    federation.refuse_other_kind(settings, federated=federated)
    start = federation.start_federation if federated else start_worker
    servers = Stack(settings.data, _stack_options(settings))
    with asked_like_ctrl_c(), servers as stack:
        console.print("PostgreSQL and Temporal are up, preparing the demo ...")
        start(settings, stack)
        pages = _start_pages(settings, stack, federated=federated)
        _tell(settings, console, pages)
        stack.wait()
        console.print("stopping ...")
    console.print("everything is stopped; your data stay where they are")


def _start_pages(
    settings: Settings, stack: Stack, *, federated: bool
) -> dict[str, str]:
    """Start the pages; return where those are that agencies have of their own."""
    if federated:
        return start_pages_apart(settings, stack, ports_after(settings))
    start_pages(settings, stack)
    return {}


def _stack_options(settings: Settings) -> StackOptions:
    """Return the options of the demo's servers."""
    return StackOptions(
        temporal_port=settings.temporal_port,
        temporal_namespace=settings.temporal_namespace,
    )


def reset(settings: Settings) -> None:
    """Throw the demo's data away.

    Raises:
        Conflict: the demo is running.
        NotConfigured: this is no demo.
    """
    if settings.env != "demo":
        raise NotConfigured("only a demo can be reset", help="set ESTAFETTE_ENV=demo")
    if read_endpoints(settings.data) is not None:
        raise Conflict("the demo is running", help="stop it with Ctrl-C first")
    if foreign := settings.files.foreign():
        raise NotConfigured(
            f"`{settings.data}` is no data directory: it holds `{foreign[0]}`",
            help="look at ESTAFETTE_DATA; remove by hand what you do not need",
        )
    shutil.rmtree(settings.data, ignore_errors=True)


def _tell(settings: Settings, console: Console, pages: dict[str, str]) -> None:
    node = settings.files.nodes / "pz-midi"
    seat = f"ESTAFETTE_NODE={node} \\\n  " if pages else ""
    what = " (without content)" if pages else ""
    console.print(
        f"\n[bold]Estafette is running.[/bold] Its pages: {settings.web_address}{what}"
    )
    for agency, address in pages.items():
        console.print(f"  {address}  {agency}")
    console.print(
        " In another terminal, try:\n"
        "  estafette demo play                  a whole case, from opening to closing\n"
        "  estafette directory list             who can act: --as anderlecht/handler\n"
        f"  {seat}estafette handoff inbox --as pz-midi/analyst\n"
        "  estafette case list --as anderlecht/handler\n"
        "  estafette ledger verify              recompute the whole trail\n"
        f"\ndata: {settings.data}    Ctrl-C stops everything\n"
    )
