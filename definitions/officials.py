"""The roster (名册): which people hold which posts at which units, and how they are reached."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casework.case import Holder, Place
from casework.procedure import Post
from definitions.fault import DefinitionErrors, Fault, suggestion
from definitions.table import Row, rows
from definitions.units import Territory

COLUMNS = ("unit", "post", "official", "name", "email", "webhook")


@dataclass(frozen=True)
class Official:
    """A responsible official (责任人). ``email`` and ``webhook`` may be empty."""

    id: str
    name: str
    email: str
    webhook: str


@dataclass(frozen=True)
class Roster:
    """Who holds what. A post at a unit that nobody is listed for is vacant."""

    officials: Mapping[str, Official]
    held: Mapping[tuple[str, str], Holder]

    def holders(self, places: Iterable[Place], posts: Iterable[Post]) -> tuple[Holder, ...]:
        """The holders of those posts that stand at those places, in the order of places and posts."""
        posts = tuple(posts)
        wanted = ((place.code, post.name) for place in places for post in posts if post.level == place.level)
        return tuple(self.held[key] for key in wanted if key in self.held)


def load_roster(path: Path, territory: Territory, posts: Mapping[str, Post]) -> Roster:
    """The roster of a county. Raises DefinitionErrors with every fault."""
    officials: dict[str, Official] = {}
    held: dict[tuple[str, str], Holder] = {}
    faults: list[Fault] = []
    for row in rows(path, COLUMNS):
        official = Official(row["official"], row["name"], row["email"], row["webhook"])
        faults += _faults(row, territory, posts)
        if officials.setdefault(official.id, official) != official:
            faults.append(
                row.fault("official", f"{official.id} 前后不一", f"{official.id} differs from before")
            )
        holder = Holder(row["post"], row["unit"], official.id, official.name)
        if held.setdefault((holder.unit, holder.post), holder) is not holder:
            faults.append(
                row.fault("post", "该单位此岗位已有责任人", "this post at this unit is held already")
            )
    if faults:
        raise DefinitionErrors(faults)
    return Roster(officials, held)


def _faults(row: Row, territory: Territory, posts: Mapping[str, Post]) -> Iterator[Fault]:
    unit, post = territory.unit(row["unit"]), posts.get(row["post"])
    if unit is None:
        yield row.fault("unit", f"名录中没有单位 {row['unit']}", f"there is no unit {row['unit']}")
    if post is None:
        zh, en = suggestion(row["post"], posts)
        yield row.fault("post", f"没有岗位 {row['post']}{zh}", f"there is no post {row['post']}{en}")
    if unit and post and unit.level != post.level:
        yield row.fault(
            "post", f"{row['post']} 不设在{unit.name}这一级", f"{row['post']} stands at another level"
        )
    for column in ("official", "name"):
        if not row[column]:
            yield row.fault(column, "不能为空", "must not be empty")
