"""Record the histories that later releases must be able to replay.

    python -m tests.replay.record_histories

Plays the reference case to both of its endings on real servers and writes the history
of each process to `histories/VERSION/`. Run it once for each release whose workflows
changed, and keep what earlier releases left: cases that began with them still run.
"""

import io
import json
import re
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from commands.demo import endings
from commands.demo.play import Play, open_play
from commands.demo.starting import start_worker
from models.ids import CaseId, workflow_id
from runtime.embedded.stack import Stack
from runtime.settings import Settings
from tests.replay.key import KEY
from tests.running.servers import open_place
from tests.running.world import DAY_SECONDS, World

HISTORIES = Path(__file__).parent / "histories"
ENDINGS: dict[str, Callable[[Play], Awaitable[None]]] = {
    "measure": endings.play_measure,
    "no_measure": endings.play_no_measure,
}
# Who worked on it, and on which machine, is nobody's business and changes nothing.
_IDENTITY = re.compile(r"\d+@[\w.:-]+")


def main() -> None:
    """Play, and keep the histories."""
    folder = HISTORIES / version("estafette")
    folder.mkdir(parents=True, exist_ok=True)
    with open_place() as place:
        (place / "payload.key").write_text(KEY.hex())
        settings = Settings(
            env="test", data=place, temporal_port=0, day_seconds=DAY_SECONDS
        )
        with Stack(place) as stack:
            start_worker(settings, stack)
            world = World(stack, settings)
            for name, ending in ENDINGS.items():
                case = play(world, ending)
                (folder / f"{name}.json").write_text(world.do(history(world, case)))
            world.close()


def play(world: World, ending: Callable[[Play], Awaitable[None]]) -> CaseId:
    """Play one case to its ending."""
    console = Console(file=io.StringIO())
    played = open_play(world.settings, world.desk, world.process(), console)

    async def to_the_end() -> None:
        await ending(played)

    world.do(to_the_end())
    return played.case


async def history(world: World, case: CaseId) -> str:
    """Return the history of a case's process, once it is over, without identities."""
    handle = world.client.get_workflow_handle(workflow_id(case))
    await handle.result()
    found = await handle.fetch_history()
    compact = json.dumps(found.to_json_dict(), separators=(",", ":"))
    return _IDENTITY.sub("0@recorded", compact) + "\n"


if __name__ == "__main__":
    main()
