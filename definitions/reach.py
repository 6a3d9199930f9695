"""Whether every stage can be reached, and an outcome from every stage: simple proofs on the graph."""

from collections.abc import Iterator, Mapping

from casework.procedure import FILED
from definitions.document import Document
from definitions.fault import Fault
from definitions.naming import actions_in, clocks_in
from definitions.spelling import ClockSpelling, ProcedureSpelling

Graph = dict[str, set[str]]


def reach_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    """Expects that every stage and outcome that is named exists."""
    graph = _graph(written)
    begins = {rule.stage for rule in written.start}
    reached = _reachable(graph, begins)
    for stage in written.stages:
        if stage not in reached:
            zh, en = f"没有任何途径到达环节 {stage}", f"nothing leads to the stage {stage}"
            yield document.fault(("stages", stage), zh, en, key=True)
        elif not _reachable(graph, {stage}) & set(written.outcomes):
            zh, en = (
                f"从环节 {stage} 无法到达任何办理结果",
                f"no outcome can be reached from the stage {stage}",
            )
            yield document.fault(("stages", stage), zh, en, key=True)
    for outcome in written.outcomes:
        if outcome not in reached:
            zh, en = f"没有任何途径到达办理结果 {outcome}", f"nothing leads to the outcome {outcome}"
            yield document.fault(("outcomes", outcome), zh, en, key=True)


def _graph(written: ProcedureSpelling) -> Graph:
    """Where actions and stages' own clocks lead, and then the clocks of the case wherever they can run."""
    graph: Graph = {name: set() for name in (*written.stages, *written.outcomes)}
    for name, stage in written.stages.items():
        for action in stage.actions.values():
            graph[name] |= {way.to for way in action.to or ()}
        graph[name] |= _moves(stage.clock) if stage.clock else set()
    for clock in written.clocks.values():
        running = _reachable(graph, _where_started(written, clock.from_))
        for stage_name in running & set(written.stages):
            graph[stage_name] |= _moves(clock)
    return graph


def _moves(clock: ClockSpelling) -> set[str]:
    return {to for rung in clock.rungs for to in (rung.escalate, rung.lapse, rung.silence) if to}


def _where_started(written: ProcedureSpelling, mark: str) -> set[str]:
    """The stages a case can be in just after a mark was set."""
    if mark == FILED:
        return {rule.stage for rule in written.start}
    by_action = {
        stage
        for way, action in actions_in(written)
        if mark in action.marks
        for stage in ([to.to for to in action.to] if action.to else [str(way[1])])
    }
    by_time = {
        to
        for _, _, clock in clocks_in(written)
        for rung in clock.rungs
        if mark in (rung.marks or ())
        for to in (rung.lapse, rung.silence)
        if to
    }
    return by_action | by_time


def _reachable(graph: Mapping[str, set[str]], begin: set[str]) -> set[str]:
    found, ahead = set(begin), list(begin)
    while ahead:
        for following in graph[ahead.pop()] - found:
            found.add(following)
            ahead.append(following)
    return found
