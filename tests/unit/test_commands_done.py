"""What is said to come next can be typed."""

from importlib import import_module

import pytest
import typer

from acts.next_steps import NextStep, WhatNext
from cli import Nouns
from commands.terminal.done import next_line
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.decisions import AppealWait
from tests.pieces.packs import PACKS

IN_FORCE = [pack for pack in PACKS.packs if pack.status == "in_force"]
LEADING = sorted({row.act for pack in IN_FORCE for row in pack.acts if row.to})


@pytest.mark.parametrize("act", LEADING)
def test_each_act_that_leads_on_is_named_as_its_command(act: ActKind) -> None:
    said = next_line(WhatNext(steps=(NextStep(act=act),)))

    program, noun, verb = said.split()
    commands = typer.main.get_group(import_module(Nouns.nouns[noun][0]).app).commands
    assert program == "estafette" and verb in commands


def test_what_is_waited_for_comes_after_what_can_be_done() -> None:
    step = NextStep(act=ActKind.CASE_CLOSE, by=(OfficerFunction.MAYOR,))

    said = next_line(WhatNext(steps=(step,), waits_for=AppealWait.JUDGMENT))

    assert said == (
        "estafette case close (mayor); the case waits for the judgment on an appeal"
    )


def test_where_nothing_leads_on_nothing_is_said() -> None:
    assert next_line(WhatNext()) == ""
