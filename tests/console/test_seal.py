"""Private fields are sealed for one place with one key."""

import pytest

from console.seal import Seal, SealBroken

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_sealed_field_opens_where_it_was_sealed() -> None:
    sealed = Seal(KEY).close("P-1", "contact", "0575-87654321")
    assert Seal(KEY).open("P-1", "contact", sealed) == "0575-87654321"


def test_a_sealed_field_shows_nothing_of_its_text() -> None:
    assert "张三" not in Seal(KEY).close("P-1", "parties", "张三")


def test_the_same_text_is_never_sealed_the_same() -> None:
    seal = Seal(KEY)
    assert seal.close("P-1", "contact", "1") != seal.close("P-1", "contact", "1")


@pytest.mark.parametrize(("case", "field"), [("P-2", "contact"), ("P-1", "parties")])
def test_a_sealed_field_does_not_open_elsewhere(case: str, field: str) -> None:
    sealed = Seal(KEY).close("P-1", "contact", "0575-87654321")
    with pytest.raises(SealBroken):
        Seal(KEY).open(case, field, sealed)


def test_another_key_is_told_apart_before_it_is_tried() -> None:
    sealed = Seal(KEY).close("P-1", "contact", "0575-87654321")
    with pytest.raises(SealBroken, match=Seal(OTHER).key_id):
        Seal(OTHER).open("P-1", "contact", sealed)


def test_a_changed_sealed_field_does_not_open() -> None:
    sealed = Seal(KEY).close("P-1", "contact", "0575-87654321")
    with pytest.raises(SealBroken):
        Seal(KEY).open("P-1", "contact", sealed[:-6] + "AAAAA=")


def test_a_key_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Seal(b"short")
