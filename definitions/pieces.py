"""How fragments and overlays are written in YAML: pieces that come to a whole only together with others."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from definitions.shorthand import ONE_OR_MORE
from definitions.spelling import (
    ActionSpelling,
    ClockSpelling,
    ResponsibleSpelling,
    RungSpelling,
    StageSpelling,
)
from definitions.terms import FieldName, FieldSpelling, Name, Names, Spelling

USE = "use"
WAY_TO = r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*$"

WayTo = Annotated[str, StringConstraints(pattern=WAY_TO, max_length=300)]


class UseSpelling(Spelling):
    """What stands in a fragment is put here."""

    use: Names
    """The fragment, or several: a later one goes before an earlier one, what is written here before all."""


class FragmentSpelling(Spelling):
    """A fragment (片段), of exactly one kind. What is missing in it is written where it is used."""

    fragment: Name
    """Its name, which is also the name of the file."""
    stage: StageSpelling | None = None
    """Keys of a stage; used in a stage."""
    responsible: ResponsibleSpelling | None = None
    """Responsibilities; used under ``responsible``."""
    clock: ClockSpelling | None = None
    """Keys of a clock; used in ``clock`` or ``joint`` of a stage, or in one of ``clocks``."""
    rungs: list[RungSpelling] | None = Field(None, min_length=1)
    """Rungs; used as an item among ``rungs``."""
    actions: dict[Name, ActionSpelling] | None = Field(None, min_length=1)
    """Actions; used among the ``actions`` of a stage."""
    fields: dict[FieldName, FieldSpelling] | None = Field(None, min_length=1)
    """Fields; used under ``intake`` or ``requires``."""


class OverlaySpelling(Spelling):
    """A local overlay (本地细则): a procedure that says only what differs from the one it extends."""

    procedure: Name
    """Its name, which is also the name of the file; it may be that of the shipped procedure it extends."""
    edition: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    """The edition of the overlay, in quotes: "2026.1"."""
    extends: Name
    """The procedure that it extends."""
    remove: Annotated[list[WayTo], Field(min_length=1), ONE_OR_MORE] = Field(default_factory=list)
    """What falls away, each with the way to it: stages.village-mediation.actions.refer-up."""
