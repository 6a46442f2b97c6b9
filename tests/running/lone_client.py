"""A client in a process of its own, to be killed: the handler adds one fact.

python -m tests.running.lone_client CASE
"""

import asyncio
import sys
from uuid import UUID

from activities.process import CaseProcess
from acts import cases
from acts.cases import OwnMaterial
from models.clock import legal_day
from models.handling import Handling, Regime
from models.ids import CaseId
from runtime import temporal
from runtime.roles import Role
from runtime.settings import load_settings
from storage.engine import connect, transaction
from storage.people import directory
from tests.running.world import desk_of


async def main(case: CaseId) -> None:
    """Do the act."""
    settings = load_settings()
    client = await temporal.connect(settings)
    database = connect(settings.database(Role.ACTS), pool=2)
    desk = desk_of(settings, database, CaseProcess(client, settings.task_queue))
    with transaction(database) as connection:
        officer = directory.officer(connection, "anderlecht/handler")
    today = legal_day(desk.clock.now())
    handling = Handling(
        basis="NLC 119ter §6",
        regime=Regime.GDPR,
        collected_on=today,
        processed_on=today,
    )
    material = OwnMaterial(source="src.3", body=b"Vu.", handling=handling)
    await cases.add_item(desk, officer, case, material)


if __name__ == "__main__":
    asyncio.run(main(CaseId(UUID(sys.argv[1]))))
