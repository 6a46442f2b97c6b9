"""Programs of ours that tests run beside the servers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.running.servers import ROOT
from tests.running.world import World


@contextmanager
def program(
    world: World, module: str, *arguments: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of our own programs beside the servers; it is killed at the end."""
    told = {"ESTAFETTE_DATA": str(world.data.root), "ESTAFETTE_ENV": "test"}
    command = [sys.executable, "-m", module, *arguments]
    log = world.data.logs / f"{module}.log"
    with (
        log.open("ab") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | told, stdout=output, stderr=output
        ) as running,
    ):
        try:
            yield running
        finally:
            running.kill()
