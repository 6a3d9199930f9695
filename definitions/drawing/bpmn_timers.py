"""The clocks of a stage as timers on its task, and what comes of each when it expires."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casework.budget import Budget
from casework.describing import listed, place_text, rung_effects, said
from casework.procedure import ClockRule, Stage
from casework.wording import rung_words
from definitions.drawing.bpmn_parts import EVENT, LABEL, TASK_HEIGHT, TIMER_ROOM, Bounds, Flow, Making, Node
from definitions.drawing.chart import Arrow, Chart

_TIME_ROW = 16.0
_MOVES = {
    "escalate": ("提级办理", "escalate"),
    "lapse": ("期满", "lapsed"),
    "silence": ("逾期视为", "taken for"),
}


def timed(chart: Chart, stage: Stage) -> Iterator[tuple[ClockRule, Arrow | None]]:
    """The clocks of a stage, each with what it does to the case: once for each of its rungs that move it."""
    for clock in chart.clocks_in(stage):
        moves = [a for a in chart.out_of(stage) if a.clock == clock.name and a.to != stage.name]
        yield from ((clock, move) for move in moves or (None,))


def add_timers(making: Making, task: Node, timed: Sequence[tuple[ClockRule, Arrow | None]]) -> None:
    """A timer on the task for each clock: it moves the case, or calls those who answer and lets it stand."""
    moving: list[tuple[Node, Arrow]] = []
    for number, (clock, arrow) in enumerate(timed):
        timer = making.add(_timer(making, task, clock, arrow, number))
        if arrow and making.chart.procedure.has_stage(arrow.to):
            moving.append((timer, arrow))
        else:
            _calls(making, timer, clock, arrow)
    for timer, arrow in moving:
        row = making.bottom + _TIME_ROW
        making.bottom = row
        x = timer.bounds.middle[0]
        flow = Flow(
            f"Late_{timer.id}",
            timer.id,
            "",
            said(making.language, *_MOVES.get(arrow.kind, _MOVES["escalate"])),
            ((x, timer.bounds.y + EVENT), (x, row)),
            Bounds(x + 4, row - LABEL - 1, 60, LABEL),
            to=arrow.to,
            side=making.sides[arrow.to],
            by_time=True,
        )
        making.flows.append(flow)


def _timer(making: Making, task: Node, clock: ClockRule, arrow: Arrow | None, number: int) -> Node:
    x = task.bounds.x + 12 + TIMER_ROOM * number
    y = task.bounds.y + TASK_HEIGHT - EVENT / 2
    name = f"{clock.title.in_(making.language)} {clock.budget.spoken(making.language)}"
    early = arrow is not None and clock.rung(arrow.name).point != "breach"
    if arrow and early:
        name += f" {rung_words(arrow.name, making.language)}"
    return Node(
        making.id("Timer", clock.name, str(number)),
        "boundaryEvent",
        name,
        Bounds(x, y, EVENT, EVENT),
        label=Bounds(x + EVENT / 2 + 4, y + EVENT + 2, TIMER_ROOM - 24, 3 * LABEL),
        documentation=_clock_words(making, clock),
        attached=task.id,
        interrupts=arrow is not None,
        timer=f"{clock.budget} {arrow.name}" if arrow and early else duration(clock.budget),
    )


def _calls(making: Making, timer: Node, clock: ClockRule, end: Arrow | None) -> None:
    """What comes of a timer that leads to no stage: an outcome, or a call that leaves the case there."""
    procedure, language = making.chart.procedure, making.language
    x = timer.bounds.x
    y = timer.bounds.y + EVENT + 2 + 3 * LABEL + 6
    name = place_text(procedure, end.to, language) if end else _called(making, clock)
    event = making.add(
        Node(
            f"Over_{timer.id}",
            "endEvent",
            name,
            Bounds(x, y, EVENT, EVENT),
            label=Bounds(x + EVENT + 3, y - 4, TIMER_ROOM - 36, 3 * LABEL),
            calls=end is None,
        )
    )
    middle = x + EVENT / 2
    points = ((middle, timer.bounds.y + EVENT), (middle, y))
    making.flows.append(Flow(f"Late_{timer.id}", timer.id, event.id, "", points, by_time=True))


def _called(making: Making, clock: ClockRule) -> str:
    """What an expired clock does where it cannot move the case."""
    language = making.language
    breach = next((rung for rung in clock.rungs if rung.point == "breach"), None)
    stays = replace(breach, escalate=None, lapse=None, silence=None) if breach else None
    effects = rung_effects(making.chart.procedure, stays, language, whom=False) if stays else ()
    return said(language, "：", ": ").join((said(language, "超期", "overdue"), listed(language, effects))
                                          if effects else (said(language, "超期", "overdue"),))  # fmt: skip


def duration(budget: Budget) -> str:
    """A limit as ISO 8601 writes it; working days and office hours, which it cannot write, as we do."""
    match budget.unit:
        case "d":
            return f"P{budget.amount}D"
        case "h":
            return f"PT{budget.amount}H"
    return str(budget)


def _clock_words(making: Making, clock: ClockRule) -> str:
    procedure, language = making.chart.procedure, making.language
    lines = [clock.budget.spoken(language)]
    for rung in clock.rungs:
        effects = listed(language, rung_effects(procedure, rung, language))
        lines += [f"{rung_words(rung.name, language)} {effects}"] if effects else []
    return "\n".join([*lines, *([clock.basis] if clock.basis else [])])
