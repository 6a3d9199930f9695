"""The verdict on a procedure: what is wrong with it, how far it was explored, its longest waits and life."""

from dataclasses import dataclass, replace

from casework.verify.aloud import vigils
from casework.verify.by_time import time_findings
from casework.verify.circles import circle_findings
from casework.verify.door import door_findings
from casework.verify.explore import Bounds, Exploration, explore
from casework.verify.finding import Finding
from casework.verify.ground import ground_findings
from casework.verify.law import Article, law_findings
from casework.verify.lives import live
from casework.verify.pauses import pause_findings
from casework.verify.people import people_findings
from casework.verify.quiet import quiet, unhurried
from casework.verify.reach import reach_findings
from casework.verify.recusal import recusal_findings
from casework.verify.reports import Life, Waits, life, waits
from casework.verify.rungs import rung_findings
from casework.verify.waits import vacancy_findings, wait_findings
from casework.verify.world import World


@dataclass(frozen=True)
class Verdict:
    """What proving found. ``complete``: no bound was hit; otherwise there is a finding that says so."""

    findings: tuple[Finding, ...]
    shapes: int
    decisions: int
    complete: bool
    waits: Waits | None
    life: Life | None

    @property
    def proven(self) -> bool:
        return not any(not finding.warning for finding in self.findings)


def verify(world: World, articles: tuple[Article, ...], bounds: Bounds | None = None) -> Verdict:
    """Explore a procedure with ``decide`` and judge it. ``articles``: what the law says about time."""
    bounds = bounds or Bounds()
    still = replace(world, procedure=quiet(world.procedure))
    found = explore(still, bounds)
    kept = tuple(vigils(found, unhurried(world.procedure)))
    lives = live(still)
    findings = [
        *_bound_hit(found),
        *door_findings(found),
        *(reach_findings(found) if found.complete else ()),
        *ground_findings(found),
        *pause_findings(found),
        *time_findings(found),
        *people_findings(found),
        *recusal_findings(found),
        *wait_findings(found, kept, bounds),
        *vacancy_findings(found, kept, bounds),
        *rung_findings(found, kept),
        *law_findings(found, articles),
        *circle_findings(found, lives, articles),
    ]
    sound = not any(not finding.warning for finding in findings)
    return Verdict(
        tuple(findings),
        len(found.nodes),
        found.decisions + lives.decisions,
        found.complete,
        waits(found, kept) if sound else None,
        life(found, lives.longest, complete=lives.complete) if sound else None,
    )


def _bound_hit(found: Exploration) -> tuple[Finding, ...]:
    if found.complete:
        return ()
    count = len(found.nodes)
    return (
        Finding(
            "not-proven",
            ("procedure",),
            f"未能证明：探索到 {count} 种情形时达到上限，其余没有查看",
            f"not proven: exploring reached its bound at {count} shapes; what lies beyond was not looked at",
        ),
    )
