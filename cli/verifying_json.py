"""What proving procedures came to, as plain data for programs."""

from dataclasses import asdict

from casework.canonical import plain as spelled
from casework.verify.reports import Life, Wait, Waits
from definitions.verifying import Placed, Report


def plain(report: Report) -> dict[str, object]:
    verdict, procedure = report.verdict, report.procedure
    return {
        "file": str(report.path),
        "name": procedure.name if procedure else None,
        "edition": procedure.edition if procedure else None,
        "proven": report.proven,
        "shapes": verdict.shapes if verdict else 0,
        "decisions": verdict.decisions if verdict else 0,
        "complete": verdict.complete if verdict else False,
        "findings": [_finding(placed) for placed in report.placed],
        "waits": _waits(verdict.waits) if verdict and verdict.waits else None,
        "life": _life(verdict.life) if verdict and verdict.life else None,
    }


def _finding(placed: Placed) -> dict[str, object]:
    fault = placed.fault
    return {
        "code": placed.code, "warning": placed.warning, "file": str(fault.path), "line": fault.line,
        "column": fault.column, "zh": fault.zh, "en": fault.en, "used_at": list(fault.asked),
        "scenario": placed.scenario or None,
    }  # fmt: skip


def _waits(waits: Waits) -> dict[str, object]:
    return {
        "next_level": _wait(waits.next_level),
        "top_level": _wait(waits.top_level),
        "never_silent": _wait(waits.never_silent),
    }


def _wait(wait: Wait | None) -> dict[str, object] | None:
    if wait is None:
        return None
    return {"hours": _hours(wait.longest.total_seconds()), "stage": wait.stage, "filed": spelled(wait.filed)}


def _life(life: Life) -> dict[str, object]:
    legs = [{name: spelled(value) for name, value in asdict(leg).items()} for leg in life.legs]
    return {
        "hours": _hours(life.length.total_seconds()), "outcome": life.outcome, "filed": spelled(life.filed),
        "complete": life.complete, "legs": legs,
    }  # fmt: skip


def _hours(seconds: float) -> float:
    return round(seconds / 3600, 2)
