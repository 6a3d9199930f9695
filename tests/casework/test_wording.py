"""What people read: sentences about entries and notices."""

from dataclasses import replace
from datetime import UTC, datetime

from casework.case import SYSTEM
from casework.decision import Entry, Notice
from casework.holders import PARTY_ACTOR
from casework.procedure import Post, Procedure, Text
from casework.wording import entry_text, notice_text
from tests.casework.conftest import Tell

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def with_a_post_named_like_its_stage(procedure: Procedure) -> Procedure:
    namesake = Post("village", "village", Text("村调委会", "village committee"))
    return replace(procedure, posts=(*procedure.posts, namesake))


def test_a_post_that_bears_the_name_of_a_stage_is_still_called_by_its_own_title(
    procedure: Procedure, tell: Tell
) -> None:
    shared = with_a_post_named_like_its_stage(procedure)
    reminded = Entry(
        1, AT, "reminded", "village", "village", "0", SYSTEM, "village", "o-1", "village-clock", "50%"
    )
    assert "村调委会" in entry_text(shared, reminded, "zh")
    assert "reminded village committee" in entry_text(shared, reminded, "en")
    notice = Notice("D-1:1:1", "reminder", AT, AT, "village", "0", "o-1", "甲", "village")
    _, body = notice_text(shared, tell("2026-03-02 10:00").case.calendar, "D-1", notice, "en")
    assert body.startswith("甲 (village committee):")


def test_the_party_is_called_so_in_either_language(procedure: Procedure) -> None:
    withdrawn = Entry(1, AT, "acted", "village", "village", "0", PARTY_ACTOR, detail={"action": "withdraw"})
    assert entry_text(procedure, withdrawn, "zh").startswith("当事人办理")
    assert entry_text(procedure, withdrawn, "en").startswith("party: ")


def test_a_pause_says_what_it_waits_for_in_words(procedure: Procedure) -> None:
    paused = Entry(1, AT, "suspended", "village", "village", "0", SYSTEM, detail={"reason": "awaiting-party"})
    assert entry_text(procedure, paused, "zh") == "中止:等待当事人"
    assert entry_text(procedure, paused, "en") == "suspended: awaiting the party"
