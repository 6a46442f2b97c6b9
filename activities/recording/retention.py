"""Setting the days on which data must be destroyed, once their event has happened."""

from __future__ import annotations

from uuid import uuid4

from activities.recording.scene import Scene
from models.law.records import Retention
from models.retention import DueRecord
from policies.retention import due
from storage import retention


def set_due_dates(scene: Scene) -> None:
    """Set the day of destruction for every class whose event happened in this act.

    Comes after the content was promoted, so that this act's own items are counted.
    """
    for rule in scene.pack.retention:
        if rule.since in scene.effects.happened:
            _set_due(scene, rule)


def _set_due(scene: Scene, rule: Retention) -> None:
    day = due(rule, scene.day)
    for agency in retention.holders(scene.connection, scene.case.id, rule.data_class):
        retention.schedule(
            scene.connection,
            DueRecord(
                id=uuid4(),
                case=scene.case.id,
                agency=agency,
                scope=rule.data_class,
                rule=rule.code,
                due_on=day,
            ),
        )
        scene.effects.destroy = scene.effects.destroy or day <= scene.day
