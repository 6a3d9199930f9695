"""The roster: who holds the posts on a case's ladder."""

from pathlib import Path

import pytest

from casework.case import Place
from definitions.fault import DefinitionErrors
from definitions.library import Library
from definitions.officials import COLUMNS, Roster, load_roster

FENGYUAN = "330681109290"
HEADER = ",".join(COLUMNS)


def _roster(library: Library, folder: Path, *lines: str) -> Roster:
    path = folder / "roster.csv"
    path.write_text("\n".join((HEADER, *lines)), "utf-8")
    return load_roster(path, library.territory, library.posts)


def test_every_post_of_every_unit_is_held(library: Library) -> None:
    units = library.territory.units.values()
    wanted = {(u.code, post.name) for u in units for post in library.posts.values() if post.level == u.level}
    assert set(library.roster.held) == wanted


def test_officials_are_invented_and_their_ids_bear_no_name(library: Library) -> None:
    for official in library.roster.officials.values():
        assert official.email.endswith("@zhuji.example")
        assert official.name not in official.id


def test_holders_are_those_of_the_posts_at_the_places(library: Library) -> None:
    procedure = library.procedures["dispute-mediation"]
    places = library.territory.places(FENGYUAN, procedure)
    holders = library.roster.holders(places, procedure.posts)
    assert {(h.post, h.unit) for h in holders} == {
        (post.name, place.code) for post in procedure.posts for place in places if place.level == post.level
    }


def test_a_post_that_nobody_is_listed_for_is_vacant(library: Library, tmp_path: Path) -> None:
    roster = _roster(library, tmp_path, f"{FENGYUAN},grid-worker,o-1,某某,,")
    places = [Place("village", FENGYUAN, "枫源村委会")]
    assert [holder.post for holder in roster.holders(places, library.posts.values())] == ["grid-worker"]


def test_one_official_may_hold_several_posts(library: Library, tmp_path: Path) -> None:
    lines = (f"{FENGYUAN},grid-worker,o-1,某某,,", f"{FENGYUAN},village-secretary,o-1,某某,,")
    assert len(_roster(library, tmp_path, *lines).officials) == 1


@pytest.mark.parametrize(
    ("line", "place", "says"),
    [
        ("999,grid-worker,o-2,某某,,", "3:1", "there is no unit 999"),
        (f"{FENGYUAN},grid-worcer,o-2,某某,,", "3:14", "did you mean grid-worker"),
        (f"{FENGYUAN},county-desk,o-2,某某,,", "3:14", "another level"),
        (f"{FENGYUAN},grid-worker,o-2,某某,,", "3:14", "held already"),
        (f"{FENGYUAN},village-secretary,o-1,别人,,", "3:32", "differs"),
        (f"{FENGYUAN},village-secretary,,某某,,", "3:32", "must not be empty"),
    ],
)
def test_a_faulty_roster_names_the_place(
    line: str, place: str, says: str, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        _roster(library, tmp_path, f"{FENGYUAN},grid-worker,o-1,某某,,", line)
    fault = caught.value.faults[0]
    assert f"{fault.line}:{fault.column}" == place
    assert says in fault.en
