"""A case in Temporal's own UI: a few lines of Markdown, in Chinese, without personal data."""

from casework.case import Case
from casework.procedure import Procedure
from casework.wording import due_words, title


def summary(procedure: Procedure, case: Case) -> str:
    return f"{procedure.title.zh} · {case.places[0].name}"


def details(procedure: Procedure, case: Case) -> str:
    """Stage, level, who answers and what is due, as of the last decision."""
    stage = procedure.stage(case.stage)
    if case.outcome:
        return f"**办结** {procedure.outcome(case.outcome).title.zh}"
    lines = [
        f"**{stage.title.zh}**({procedure.level(stage.level).title.zh}){' · 超期' if case.overdue else ''}",
        "",
    ]
    lines += [f"- {r.role}: {title(procedure, r.post, 'zh')}({r.unit})" for r in case.responsibilities]
    lines += [
        f"- {procedure.clock(clock.name).title.zh}:{due_words(case.calendar, clock.deadline.at)}"
        f"{'(暂定)' if clock.deadline.provisional else ''}"
        for clock in case.clocks
        if clock.deadline and not clock.stopped
    ]
    return "\n".join(lines)
