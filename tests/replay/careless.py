"""A case as a careless change would leave it: it no longer asks the record."""

from temporalio import workflow

from models.process import ACT_UPDATE, CASE_PROCESS, ActPointer, CaseStart, Outcome


@workflow.defn(name=CASE_PROCESS)
class CarelessCase:
    """Answers acts by itself."""

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        """Wait for nothing in particular."""
        await workflow.wait_condition(lambda: False)

    @workflow.update(name=ACT_UPDATE)
    async def act(self, pointer: ActPointer) -> Outcome:
        """Claim that an act was recorded."""
        return Outcome(act=pointer.act, case=pointer.case)
