"""The canonical spelling stays what it is when later versions know more."""

from dataclasses import dataclass

from casework.canonical import canonical, digest


@dataclass(frozen=True)
class Today:
    name: str
    kind: str = "a"


@dataclass(frozen=True)
class Tomorrow:
    name: str
    more: tuple[str, ...] = ()
    flag: bool = False
    kind: str = "a"


def test_a_field_that_later_versions_add_changes_no_older_hash() -> None:
    assert digest(Today("x")) == digest(Tomorrow("x"))


def test_a_field_that_says_something_is_spelled() -> None:
    assert canonical(Tomorrow("x", flag=True)) == '{"flag":true,"kind":"a","name":"x"}'


def test_one_is_not_true() -> None:
    assert canonical(Tomorrow("x", flag=0)) == '{"flag":0,"kind":"a","name":"x"}'  # type: ignore[arg-type]
