"""Other editions of the small ladder, for tests of what migrating to them does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from casework.budget import parse_budget
from casework.canonical import digest
from casework.case import Actor, Holder
from casework.decide import decide_at
from casework.event import Migrated
from casework.procedure import ClockRule, Procedure, Stage
from tests.casework.conftest import Told, beijing

COUNTY = Actor("official", "o-county-leader", "county leader")
REASON = "县政府令第9号"


def edition(old: Procedure, **changes: Any) -> Procedure:
    """Another edition: ``whole="20d"`` and ``village="3wd"`` change limits, other names fields."""
    new = replace(old, edition="2")
    if whole := changes.pop("whole", ""):
        new = clock(new, "whole", lambda rule: replace(rule, budget=parse_budget(whole)))
    if village := changes.pop("village", ""):
        new = clock(new, "village-clock", lambda rule: replace(rule, budget=parse_budget(village)))
    return replace(new, **changes)


def clock(old: Procedure, name: str, change: Callable[[ClockRule], ClockRule]) -> Procedure:
    """The procedure with one clock changed, of the case or of a stage."""
    own = tuple(change(rule) if rule.name == name else rule for rule in old.clocks)
    stages = tuple(
        replace(each, clock=change(each.clock)) if each.clock and each.clock.name == name else each
        for each in old.stages
    )
    return replace(old, edition="2", clocks=own, stages=stages)


def stage(old: Procedure, name: str, change: Callable[[Stage], Stage]) -> Procedure:
    stages = tuple(change(each) if each.name == name else each for each in old.stages)
    return replace(old, edition="2", stages=stages)


def migrated(new: Procedure, holders: tuple[Holder, ...] = ()) -> Migrated:
    return Migrated(new, digest(new), REASON, COUNTY, holders)


def migrate(told: Told, moment: str, new: Procedure, holders: tuple[Holder, ...] = ()) -> Told:
    """Move a told case to another edition; what is told after is decided by it."""
    told.decisions += decide_at(told.procedure, told.case, migrated(new, holders), beijing(moment))
    told.procedure = new
    return told
