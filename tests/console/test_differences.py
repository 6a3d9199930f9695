"""What differs between two values is told by the way to it."""

from dataclasses import replace

from console.differences import differences
from definitions.library import Library


def test_parts_of_a_list_are_found_by_their_names() -> None:
    old = {"stages": [{"name": "village", "level": "a"}, {"name": "county"}]}
    new = {"stages": [{"name": "county"}, {"name": "village", "level": "b"}]}
    assert differences(old, new) == "stages.village.level: a → b"


def test_what_is_added_or_left_out_is_told() -> None:
    assert differences({"a": 1}, {"b": [1, 2]}) == "a: 1 → —\nb: — → [1, 2]"


def test_only_the_first_few_are_told() -> None:
    told = differences(list(range(9)), [0] * 9).splitlines()
    assert (len(told), told[0], told[-1]) == (6, "1: 1 → 0", "…")


def test_the_same_procedure_differs_in_nothing() -> None:
    procedure = Library.load(None, "zhuji").procedures["petition"]
    assert differences(procedure, procedure) == ""
    assert differences(procedure, replace(procedure, edition="2")) == "edition: 2026.1 → 2"
