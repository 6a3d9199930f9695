"""How posts, calendars, a territory's levels and the limits of the law are written in YAML."""

from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from definitions.shorthand import bad_value, mistake
from definitions.terms import Budget, Name, Spelling, TextSpelling, Words

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SPAN = r"^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$"
UNIT_CODE = r"^[0-9]{2,12}$"
ZONED = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"


def _real(text: str) -> str:
    """Refuses what looks like a day, or a moment, and is none."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise bad_value(f"没有这一天或时刻：{text}", f"there is no such day or time: {text}") from None
    return text


def _real_span(text: str) -> str:
    try:
        opens, closes = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        raise bad_value(f"没有这样的时刻：{text}", f"there is no such time: {text}") from None
    if opens >= closes:
        raise bad_value("须先开后关", "must open before it closes")
    return text


Day = Annotated[str, StringConstraints(pattern=DAY), AfterValidator(_real)]
Moment = Annotated[str, StringConstraints(pattern=ZONED), AfterValidator(_real)]
Span = Annotated[str, StringConstraints(pattern=SPAN), AfterValidator(_real_span)]
UnitCode = Annotated[str, StringConstraints(pattern=UNIT_CODE)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class PostSpelling(Spelling):
    """A post (岗位)."""

    level: Name
    """The level at whose unit it stands."""
    title: TextSpelling
    """What people read."""


class PostsSpelling(Spelling):
    """The posts that procedures name and the roster fills."""

    posts: dict[Name, PostSpelling] = Field(min_length=1)
    """Each post by name."""


class HolidaySpelling(Spelling):
    """A holiday as the notice gives it."""

    name: Words
    """Its name."""
    first: Day
    """The first day off."""
    last: Day
    """The last day off."""
    make_up: list[Day] = Field(default_factory=list)
    """Weekend days worked in exchange (调休上班日)."""


class YearSpelling(Spelling):
    """A year whose notice is published."""

    year: int = Field(ge=2000, le=2100)
    """The year."""
    notice: Words
    """The notice's number."""
    source: Words
    """Where the notice can be read."""
    holidays: list[HolidaySpelling] = Field(min_length=1)
    """Its holidays."""


class CalendarSpelling(Spelling):
    """A calendar of working days and office hours."""

    calendar: Name
    """Its name, which is also the name of the file."""
    edition: Words
    """The edition, in quotes."""
    zone: Words
    """The time zone, as Asia/Shanghai."""
    weekend: list[Weekday]
    """The weekdays off."""
    office: list[Span] = Field(min_length=1)
    """The office hours of a working day, in quotes."""
    years: list[YearSpelling] = Field(min_length=1)
    """The published years."""


class AboveSpelling(Spelling):
    """A unit above the territory."""

    code: UnitCode
    """Its code, in quotes."""
    name: Words
    """Its name."""
    level: Name
    """Its level."""


class TerritorySpelling(Spelling):
    """A territory whose units are in the CSV file of the same name: its levels, and what stands above it."""

    levels: list[Name] = Field(default=["village", "township", "county"], min_length=1)
    """The levels of its own units, from the lowest up; at the last stands one unit, the whole territory."""
    above: list[AboveSpelling]
    """The units above, from the lowest up."""
    source: Words
    """Where the list of units comes from."""


class LawfulExtensionSpelling(Spelling):
    """How far an article lets a limit be extended."""

    by: Budget | None = None
    """By how much at most; without a bound where nothing is said."""
    times: int = Field(1, ge=1, le=9)
    """How often at most."""
    before_expiry: bool = True
    """Whether only before the limit ends."""


class ArticleSpelling(Spelling):
    """What one article says about time."""

    article: int = Field(ge=1, le=999)
    """Its number."""
    duty: Budget | None = None
    """The time an office has."""
    extend: LawfulExtensionSpelling | None = None
    """How that can be extended; not at all where nothing is said."""
    suspension: bool = True
    """Whether that can be suspended."""
    right: Budget | None = None
    """The time a party has."""

    @model_validator(mode="after")
    def _says_something(self) -> "ArticleSpelling":
        if self.duty is None and self.right is None:
            raise mistake("须写 duty 或 right", "write duty or right")
        return self


class LawSpelling(Spelling):
    """One law and its articles about time."""

    law: Words
    """Its name, as procedures cite it under ``basis``."""
    source: Words
    """Which version of it."""
    articles: list[ArticleSpelling] = Field(min_length=1)
    """Its articles."""


class StatutesSpelling(Spelling):
    """What laws say about time."""

    statutes: list[LawSpelling] = Field(min_length=1)
    """The laws."""
