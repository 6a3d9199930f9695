"""What a procedure says, in both languages, for those who are told that it cannot be changed."""

from casework.procedure import ENTERED, Action, ClockRule, Extension, PauseRule

Said = tuple[str, str]
"""The same words in Chinese and English."""


def how_long(rule: ClockRule) -> Said:
    return rule.budget.spoken("zh"), rule.budget.spoken("en")


def started(rule: ClockRule) -> Said:
    if rule.start == ENTERED:
        return "自进入环节起算", "that it starts with the stage"
    return f"自 {rule.start} 起算", f"that it starts at {rule.start}"


def stopped(rule: ClockRule) -> Said:
    if not rule.until:
        return "到环节或事项结束为止", "that it runs to the end of the stage or case"
    return f"到 {'、'.join(rule.until)} 为止", f"that it runs until {', '.join(rule.until)}"


def extended(extend: Extension | None) -> Said:
    if extend is None:
        return "不得延期", "that it cannot be extended"
    before = ("，须在届满前", ", before it expires") if extend.before_expiry else ("", "")
    return (
        f"最多延期 {extend.times} 次，每次{extend.by.spoken('zh')}，由 {extend.approver} 批准{before[0]}",
        f"at most {extend.times} of {extend.by.spoken('en')}, approved by {extend.approver}{before[1]}",
    )


def paused(pause: PauseRule | None) -> Said:
    if pause is None:
        return "不得中止", "that nothing pauses it"
    return (
        f"因 {'、'.join(pause.on)} 中止，累计不超过{pause.at_most.spoken('zh')}",
        f"that it pauses on {', '.join(pause.on)} for at most {pause.at_most.spoken('en')}",
    )


def marked(action: Action) -> Said:
    marks = [f"{mark.name}: {mark.date_field}" if mark.date_field else mark.name for mark in action.marks]
    delivers = ("，并提交协办意见", " and delivers") if action.delivers else ("", "")
    return (
        f"{action.name} 标记 {'、'.join(marks) or '无'}{delivers[0]}",
        f"that {action.name} marks {', '.join(marks) or 'nothing'}{delivers[1]}",
    )
