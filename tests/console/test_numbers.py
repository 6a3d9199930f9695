"""Case numbers come from request keys and tell nothing else."""

import re

from console.numbers import case_number, read_back


def test_the_same_key_gives_the_same_number() -> None:
    assert case_number("dispute", "a") == case_number("dispute", "a")
    assert case_number("dispute", "a") != case_number("dispute", "b")


def test_a_number_begins_with_its_kind_and_has_three_groups() -> None:
    assert re.fullmatch(r"P-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}", case_number("petition", "a"))


def test_no_digit_can_be_misread() -> None:
    digits = "".join(case_number("dispute", str(n))[2:] for n in range(500))
    assert not set("ilou") & set(digits)


def test_a_number_read_out_by_telephone_is_found() -> None:
    assert read_back(" d-7K2M-OI4q ") == "D-7k2m-014q"
