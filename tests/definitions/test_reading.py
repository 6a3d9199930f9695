"""Reading YAML strictly: text stays text, and every place is known."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.document import Document
from definitions.fault import DefinitionErrors
from definitions.library import SHIPPED, Library
from definitions.procedure import read_procedure
from definitions.reading import parse, read

HERE = Path("x.yaml")
PETITION = (SHIPPED / "procedures" / "petition.yaml").read_text("utf-8")
TOKENS = sorted(set(re.findall(r"[^\s{}\[\],:#]+|[{}\[\],:\n]", PETITION)))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("null", "null"),
        ("True", "True"),
        ("true", True),
        ("12", 12),
        ("-3", -3),
        ("012", "012"),
        ("1.5", "1.5"),
        ("1_000", "1_000"),
        ("5wd", "5wd"),
        ("75%", "75%"),
        ("-3wd", "-3wd"),
        ("+5wd", "+5wd"),
        ("2026-02-15", "2026-02-15"),
        ("12:30:45", "12:30:45"),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_only_true_false_and_whole_numbers_are_not_text(written: str, value: object) -> None:
    assert parse(HERE, f"key: {written}").value == {"key": value}


def test_keys_such_as_on_stay_text() -> None:
    assert parse(HERE, "pause: {on: awaiting-party, yes: no}").value == {
        "pause": {"on": "awaiting-party", "yes": "no"}
    }


def test_every_key_and_value_has_its_place() -> None:
    document = parse(HERE, "a:\n  - {b: c}\n")
    assert document.key_at(("a", 0, "b")) == (2, 6)
    assert document.value_at(("a", 0, "b")) == (2, 9)


def test_what_the_file_does_not_have_is_placed_at_what_it_belongs_to() -> None:
    document = parse(HERE, "a:\n  b: c\n")
    assert document.key_at(("a", "missing", "deeper")) == (1, 1)


def test_faults_are_told_together() -> None:
    with pytest.raises(DefinitionErrors) as caught:
        parse(HERE, "a: &x 1\nb: *x\nc:\na: 2\n")
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 4]


@pytest.mark.parametrize("prefix", ["\ufeff", "# 说明\r\n"])
def test_files_saved_by_a_windows_editor_are_read(prefix: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(f"{prefix}a: 1\r\nb: 2\r\n".encode())
    assert read(path).value == {"a": 1, "b": 2}


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(_parsed(text), Document | DefinitionErrors)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.sampled_from([*TOKENS, *"\"'\\&*!|>%@`?-~\t ", "\\U", "FFFFFFFF", "<<"]), max_size=60))
def test_any_mixture_of_yaml_is_read_or_refused(tokens: list[str]) -> None:
    found = _parsed("".join(tokens))
    faults = found.faults if isinstance(found, DefinitionErrors) else []
    assert all(fault.line >= 1 and fault.column >= 1 for fault in faults)


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(TOKENS)),
        max_size=4,
        min_size=1,
    )
)
def test_a_procedure_with_any_words_changed_is_read_or_refused(
    library: Library, changes: list[tuple[int, int, str]]
) -> None:
    words = re.split(r"([^\s{}\[\],:#]+)", PETITION)
    for place, _, token in changes:
        words[place % len(words)] = token
    _read_or_refuse("".join(words), library)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=3))
def test_a_procedure_with_any_lines_lost_is_read_or_refused(library: Library, lost: list[int]) -> None:
    lines = PETITION.splitlines()
    gone = {number % len(lines) for number in lost}
    _read_or_refuse("\n".join(line for n, line in enumerate(lines) if n not in gone), library)


def _parsed(text: str) -> Document | DefinitionErrors:
    try:
        return parse(HERE, text)
    except DefinitionErrors as errors:
        return errors


def _read_or_refuse(text: str, library: Library) -> None:
    found = _parsed(text)
    if isinstance(found, Document):
        try:
            read_procedure(found, library.posts, library.calendars, library.territory.levels())
        except DefinitionErrors as errors:
            found = errors
    faults = found.faults if isinstance(found, DefinitionErrors) else []
    lines = len(text.splitlines()) + 1
    assert all(1 <= fault.line <= lines and fault.zh and fault.en for fault in faults)
