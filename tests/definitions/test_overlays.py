"""Local overlays: they say what differs, may shorten a statutory limit and never lengthen it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.canonical import digest
from casework.procedure import Procedure
from definitions.fault import DefinitionErrors, Fault
from definitions.library import Library
from definitions.procedure import load_procedure, read_procedure
from definitions.reading import parse

BROKEN = Path(__file__).parent / "broken"
RICH = """\
remove: [stages.handling-stage.actions.note, stages.reception.actions.refuse.basis]
levels: [village, township, county]
start: [{stage: county-reception, when: {field: filed_at, is: county}}, {stage: reception}]
clocks:
  handling:
    budget: 30d
    extend: {by: 15d, times: 1, approver: leader, before_expiry: true}
    pause: {on: hearing, at_most: 10d}
    rungs:
      - use: mediation-reminders
      - {at: breach, card: red, supervise: county-desk, escalate: county-reception}
      - {at: +3wd, every: 3wd, remind: lead}
  review-window: {from: served, until: review-asked, window: true, rungs: [{at: breach, lapse: closed}]}
stages:
  reception:
    clock: {budget: 5wd, basis: 某条例}
    actions: {use: closing-actions, settle: {to: closed, marks: seen, by: party}}
  handling-stage:
    actions: {reply: {requires: {opinion: {private: true}, reason: {}}, marks: replied, to: service-stage}}
top: {hold: county-leader, remind_every: 2wd}
"""
HEAD = 'procedure: local\nedition: "1"\nextends: law\n'


def loaded(path: Path, library: Library, folder: Path | None = None) -> Procedure:
    return load_procedure(path, library.posts, library.calendars, library.territory.levels(), folder)


def local(library: Library, text: str = "") -> Procedure:
    """What an overlay of the small procedure in broken/procedures comes to."""
    document = parse(BROKEN / "local.yaml", HEAD + text)
    return read_procedure(document, library.posts, library.calendars, library.territory.levels())


@pytest.fixture(scope="module")
def law(library: Library) -> Procedure:
    return loaded(BROKEN / "procedures" / "law.yaml", library)


def test_what_an_overlay_does_not_say_is_that_of_the_base(library: Library, law: Procedure) -> None:
    made = local(library)
    assert (made.name, made.edition) == ("local", "1")
    assert made.clocks == law.clocks
    assert made.stages == law.stages


def test_an_overlay_shortens_one_limit_and_leaves_the_others(library: Library, law: Procedure) -> None:
    made = local(library, "clocks: {handling: {budget: 30d}}\n")
    assert str(made.clock("handling").budget) == "30d"
    assert made.clock("handling").rungs == law.clock("handling").rungs
    assert made.clocks[1:] == law.clocks[1:]


def test_the_hash_of_an_overlay_covers_what_it_extends(library: Library, tmp_path: Path) -> None:
    base = (BROKEN / "procedures" / "law.yaml").read_text("utf-8")
    digests = set()
    for text in (base, base + "# the same", base.replace("budget: 60d", "budget: 59d")):
        (tmp_path / "law.yaml").write_text(text, "utf-8")
        document = parse(tmp_path / "local.yaml", HEAD)
        digests.add(
            digest(read_procedure(document, library.posts, library.calendars, library.territory.levels()))
        )
    assert len(digests) == 2


def test_an_action_is_removed_by_its_way(library: Library, law: Procedure) -> None:
    made = local(library, "remove: stages.handling-stage.actions.note\n")
    assert {action.name for action in law.stage("handling-stage").actions} - {
        action.name for action in made.stage("handling-stage").actions
    } == {"note"}


def test_an_overlay_adds_stages_actions_and_rungs(library: Library) -> None:
    made = local(
        library,
        """\
clocks:
  handling:
    rungs:
      - {at: 25%, remind: [lead, assist]}
      - {at: 50%, warn: lead}
      - {at: -5wd, warn: [lead, leader]}
      - {at: breach, card: red, supervise: county-leader, escalate: county-reception}
      - {at: +3wd, every: 3wd, remind: [lead, leader]}
stages:
  handling-stage:
    actions:
      consult: {by: lead, title: {zh: 会商, en: Consult}, requires: progress, to: joint-stage}
  joint-stage:
    title: {zh: 联席, en: Joint meeting}
    level: county
    responsible: {leader: county-leader, lead: county-centre, assist: county-desk, vacant: county-desk}
    actions: {return: {by: lead, requires: progress, to: handling-stage}}
""",
    )
    assert made.clock("handling").rung("breach").card == "red"
    assert made.has_stage("joint-stage")


def test_an_example_limit_is_free_to_be_set(library: Library) -> None:
    """示例期限: no law stands behind it, so there is nothing to lengthen."""
    assert str(local(library, "clocks: {service: {budget: 20wd}}\n").clock("service").budget) == "20wd"


def test_a_window_may_be_lengthened(library: Library) -> None:
    made = local(library, "clocks: {review-window: {budget: 60d}}\n")
    assert str(made.clock("review-window").budget) == "60d"


def test_a_limit_in_calendar_days_may_become_one_in_fewer_working_days(library: Library) -> None:
    made = local(library, "stages: {reception: {clock: {budget: 5wd}}}\n")
    assert str(made.clock("reception").budget) == "5wd"


def test_a_refusal_says_what_the_base_says_and_by_what_law_in_both_languages(library: Library) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        local(library, "clocks:\n  handling:\n    budget: 90d\n")
    assert caught.value.text("en") == (
        f"{BROKEN}/local.yaml:6:5: handling may not be lengthened: 90 days is longer; "
        "law says 60 days (某条例第34条)"
    )
    assert caught.value.text("zh") == (
        f"{BROKEN}/local.yaml:6:5: 时限 handling 只能缩短，不能延长：90日更长；law 规定“60日”（某条例第34条）"
    )


def test_another_calendar_is_refused_since_it_counts_every_limit(library: Library) -> None:
    document = parse(BROKEN / "local.yaml", HEAD + "calendar: other\n")
    calendars = {**library.calendars, "other": library.calendars["cn"]}
    with pytest.raises(DefinitionErrors, match=r"local\.yaml:4:1: 不能改用其他日历"):
        read_procedure(document, library.posts, calendars, library.territory.levels())


def test_a_county_may_give_its_overlay_the_name_of_what_it_extends(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "procedures" / "petition.yaml"
    path.parent.mkdir()
    path.write_text(
        'procedure: petition\nedition: "2026.1-a"\nextends: petition\nclocks: {handling: {budget: 45d}}\n',
        "utf-8",
    )
    made = loaded(path, library)
    assert (made.name, str(made.clock("handling").budget)) == ("petition", "45d")


def test_an_overlay_lies_on_an_overlay_and_cannot_undo_it(tmp_path: Path, library: Library) -> None:
    """What the province shortened, the county may shorten further, and not lengthen back."""
    province = 'procedure: province\nedition: "1"\nextends: petition\nclocks: {handling: {budget: 30d}}\n'
    county = 'procedure: county\nedition: "1"\nextends: province\nclocks: {handling: {budget: %s}}\n'
    (tmp_path / "province.yaml").write_text(province, "utf-8")
    path = tmp_path / "county.yaml"
    path.write_text(county % "20d", "utf-8")
    assert str(loaded(path, library).clock("handling").budget) == "20d"
    path.write_text(county % "60d", "utf-8")
    with pytest.raises(DefinitionErrors, match="province 规定“30日”"):
        loaded(path, library)


def test_overlays_in_a_circle_and_too_many_on_each_other_are_refused(
    tmp_path: Path, library: Library
) -> None:
    def overlay(name: str, base: str) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f'procedure: {name}\nedition: "1"\nextends: {base}\n', "utf-8")
        return path

    first = overlay("one", "two")
    overlay("two", "one")
    with pytest.raises(DefinitionErrors, match=r"two\.yaml:3:10: extends 成环：one → two → one"):
        loaded(first, library)
    for name, base in (("two", "three"), ("three", "four"), ("four", "petition")):
        overlay(name, base)
    with pytest.raises(DefinitionErrors, match=r"four\.yaml:3:10: .*不能超过 3 层"):
        loaded(first, library)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans()), max_size=5, min_size=1)
)
def test_an_overlay_with_any_words_changed_is_read_or_refused_where_it_stands(
    library: Library, changes: list[tuple[int, int, bool]]
) -> None:
    base = (BROKEN / "procedures" / "law.yaml").read_text("utf-8")
    words = re.split(r"([^\s{}\[\],:#]+)", RICH)
    known = sorted({*words, *re.split(r"[\s{}\[\],:#]+", base)})
    for place, token, gone in changes:
        words[place % len(words)] = "" if gone else known[token % len(known)]
    faults = _faults_of(library, "".join(words))
    lines = len((HEAD + RICH + base).splitlines())
    assert all(1 <= fault.line <= lines and fault.zh and fault.en for fault in faults)


def _faults_of(library: Library, text: str) -> tuple[Fault, ...]:
    try:
        local(library, text)
    except DefinitionErrors as errors:
        return errors.faults
    return ()


def test_the_rich_overlay_is_in_order(library: Library) -> None:
    assert _faults_of(library, RICH) == ()
