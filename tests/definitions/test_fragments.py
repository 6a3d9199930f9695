"""Fragments: what stands in one file is put where others say ``use``, and comes to the same."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from casework.canonical import digest
from casework.procedure import Action, Procedure
from definitions.fault import DefinitionErrors
from definitions.library import SHIPPED, Library
from definitions.procedure import load_procedure
from definitions.using import LARGEST

WRITTEN_OUT = sorted((Path(__file__).parent / "written_out").glob("*.yaml"))
USE = re.compile(r"\buse:")
HEAD = """\
procedure: small
edition: "1"
kind: dispute
title: {zh: 小程序, en: Small}
basis: 示例
levels: [township, county]
start: [{stage: talks}]
outcomes: {done: {zh: 办结, en: Done}, gone: {zh: 撤回, en: Gone}}
top: {hold: county-desk, remind_every: 5wd}
stages:
  talks:
    title: {zh: 调解, en: Talks}
    level: township
    responsible: {leader: township-leader, lead: township-desk, assist: township-police, vacant: county-desk}
"""
CLOSING = """\
fragment: closing
actions:
  settle: {by: lead, requires: agreement}
  withdraw: {by: party, to: gone}
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder of definitions; gives the path of its procedure."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "procedures" / "small.yaml"


def loaded(path: Path, library: Library, folder: Path | None = None) -> Procedure:
    return load_procedure(path, library.posts, library.calendars, library.territory.levels(), folder)


def made(tmp_path: Path, library: Library, stage: str, **fragments: str) -> Procedure:
    files = {f"fragments/{name}.yaml": text for name, text in fragments.items()}
    return loaded(written(tmp_path, {**files, "procedures/small.yaml": HEAD + stage}), library)


def actions(procedure: Procedure) -> dict[str, Action]:
    return {action.name: action for action in procedure.stage("talks").actions}


@pytest.mark.parametrize("path", WRITTEN_OUT, ids=lambda path: path.stem)
def test_a_shipped_procedure_is_what_it_is_with_every_fragment_written_out(
    path: Path, library: Library
) -> None:
    """Recorded cases are pinned to the content's hash, so fragments must not change it by a byte."""
    assert digest(library.procedures[path.stem]) == digest(loaded(path, library))
    assert USE.search((SHIPPED / "procedures" / path.name).read_text("utf-8"))
    assert not USE.search(path.read_text("utf-8"))


def test_what_is_written_on_the_spot_completes_a_fragment(tmp_path: Path, library: Library) -> None:
    found = actions(
        made(tmp_path, library, "    actions: {use: closing, settle: {to: done}}\n", closing=CLOSING)
    )
    assert [way.to for way in found["settle"].to] == ["done"]
    assert found["settle"].by == ("lead",)


def test_what_is_written_on_the_spot_goes_before_the_fragment(tmp_path: Path, library: Library) -> None:
    stage = "    actions: {use: closing, settle: {by: leader, requires: [reason, notice], to: done}}\n"
    settle = actions(made(tmp_path, library, stage, closing=CLOSING))["settle"]
    assert settle.by == ("leader",)
    assert [field.name for field in settle.requires] == ["reason", "notice"]


def test_actions_stand_in_the_order_of_the_fragments_and_then_of_the_spot(
    tmp_path: Path, library: Library
) -> None:
    noting = "fragment: noting\nactions: {note: {by: lead, requires: progress}}\n"
    stage = "    actions: {terminate: {by: lead, to: gone}, use: [noting, closing], settle: {to: done}}\n"
    found = actions(made(tmp_path, library, stage, noting=noting, closing=CLOSING))
    assert list(found) == ["note", "settle", "withdraw", "terminate"]


def test_of_two_fragments_the_later_goes_before_the_earlier(tmp_path: Path, library: Library) -> None:
    late = "fragment: late\nactions: {settle: {by: leader, to: done}}\n"
    found = actions(
        made(tmp_path, library, "    actions: {use: [closing, late]}\n", closing=CLOSING, late=late)
    )
    assert found["settle"].by == ("leader",)


def test_a_condition_is_replaced_whole(tmp_path: Path, library: Library) -> None:
    bound = "fragment: bound\nactions: {settle: {by: lead, when: {field: filed_at, is: county}, to: done}}\n"
    stage = """\
    actions:
      use: bound
      settle: {when: {not: {field: filed_at, is: township}}}
      withdraw: {by: party, to: gone}
"""
    assert "Not" in repr(actions(made(tmp_path, library, stage, bound=bound))["settle"].when)


def test_rungs_are_put_among_others_in_their_place(tmp_path: Path, library: Library) -> None:
    ladder = "fragment: ladder\nrungs: [{at: 50%, remind: lead}, {at: 75%, warn: lead}]\n"
    stage = """\
    clock:
      budget: 10wd
      rungs:
        - {at: 25%, remind: assist}
        - use: ladder
        - {at: breach, supervise: county-desk}
    actions: {use: closing, settle: {to: done}}
"""
    clock = made(tmp_path, library, stage, ladder=ladder, closing=CLOSING).clock("talks")
    assert [rung.name for rung in clock.rungs] == ["25%", "50%", "75%", "breach"]


def test_a_fragment_may_use_another(tmp_path: Path, library: Library) -> None:
    whole = "fragment: whole\nstage:\n  clock: {budget: 5wd}\n  actions: {use: closing, settle: {to: done}}\n"
    found = made(tmp_path, library, "    use: whole\n", whole=whole, closing=CLOSING)
    assert str(found.clock("talks").budget) == "5wd"
    assert set(actions(found)) == {"settle", "withdraw"}


def test_fields_may_come_from_a_fragment(tmp_path: Path, library: Library) -> None:
    proof = "fragment: proof\nfields: {document: {type: evidence}}\n"
    stage = """\
    actions:
      close: {by: lead, requires: {use: proof, reason: {}}, to: done}
      withdraw: {by: party, to: gone}
"""
    close = actions(made(tmp_path, library, stage, proof=proof))["close"]
    assert [(field.name, field.type) for field in close.requires] == [
        ("document", "evidence"),
        ("reason", "text"),
    ]


def test_a_mistake_in_a_fragment_is_told_once_and_where_the_fragment_is_used(
    tmp_path: Path, library: Library
) -> None:
    wrong = "fragment: wrong\nactions:\n  settle: {by: lead, to: nowhere}\n"
    stage = HEAD + "    actions: {use: wrong}\n  more:\n" + HEAD[HEAD.index("    title: {zh: 调") :]
    files = {
        "fragments/wrong.yaml": wrong,
        "procedures/small.yaml": stage + "    actions: {use: wrong}\n",
    }
    path = written(tmp_path, files)
    with pytest.raises(DefinitionErrors) as caught:
        loaded(path, library)
    told = [fault for fault in caught.value.faults if "nowhere" in fault.en]
    assert [fault.place for fault in told] == [f"{tmp_path}/fragments/wrong.yaml:3:26"]
    assert told[0].text("en").endswith(f" (used at {path}:15:20)")


def test_a_shipped_fragment_can_be_used_and_an_own_one_of_its_name_goes_before_it(
    tmp_path: Path, library: Library
) -> None:
    stage = "    actions: {use: mediation-agreement, settle: {to: done}, withdraw: {by: party, to: gone}}\n"
    path = written(tmp_path, {"procedures/small.yaml": HEAD + stage})
    assert "note" in actions(loaded(path, library))
    own = "fragment: mediation-agreement\nactions: {settle: {by: leader}}\n"
    written(tmp_path, {"fragments/mediation-agreement.yaml": own})
    assert set(actions(loaded(path, library))) == {"settle", "withdraw"}


def test_a_draft_elsewhere_finds_the_fragments_of_the_definitions_in_use(
    tmp_path: Path, library: Library
) -> None:
    county, desk = tmp_path / "county", tmp_path / "desk"
    written(county, {"fragments/closing.yaml": CLOSING})
    draft = desk / "small.yaml"
    desk.mkdir()
    draft.write_text(HEAD + "    actions: {use: closing, settle: {to: done}}\n", "utf-8")
    assert set(actions(loaded(draft, library, county))) == {"settle", "withdraw"}


def test_fragments_that_multiply_are_refused_before_they_fill_the_memory(
    tmp_path: Path, library: Library
) -> None:
    rungs = "\n".join(f"  - {{at: +{n}h, remind: lead}}" for n in range(1, 2000))
    fragments = {"one": f"fragment: one\nrungs:\n{rungs}\n"}
    for name, before in (("two", "one"), ("three", "two")):
        fragments[name] = f"fragment: {name}\nrungs:\n" + f"  - use: {before}\n" * 2000
    stage = "    clock: {budget: 5wd, rungs: [{use: three}]}\n    actions: {settle: {by: lead, to: done}}\n"
    with pytest.raises(DefinitionErrors, match=f"引入的内容超过 {LARGEST} 项"):
        made(tmp_path, library, stage, **fragments)


def test_fragments_that_nobody_uses_are_checked_with_the_library(tmp_path: Path) -> None:
    for part in ("posts.yaml", "procedures", "calendars", "territory", "roster"):
        (tmp_path / part).symlink_to(SHIPPED / part)
    written(tmp_path, {"fragments/lonely.yaml": "fragment: lonely\nclock: {budgte: 5wd}\n"})
    with pytest.raises(DefinitionErrors, match=r"lonely\.yaml:2:9: 没有名为 budgte 的项"):
        Library.load(tmp_path, "zhuji")
