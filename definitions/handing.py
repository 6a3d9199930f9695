"""Whether handing on, handing back and joint handling make sense in a procedure."""

from collections.abc import Iterator

from definitions.document import Document, Way
from definitions.fault import Fault
from definitions.naming import actions_in
from definitions.spelling import ActionSpelling, ProcedureSpelling, StageSpelling


def handing_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    for way, action in actions_in(written):
        yield from _handing_faults(document, way, action)
        yield from _delivery_faults(document, way, action, written.stages[str(way[1])])
    for name, stage in written.stages.items():
        yield from _joint_faults(document, ("stages", name), stage)
    if any(a.hands_back for _, a in actions_in(written)) and not any(
        a.hands_to for _, a in actions_in(written)
    ):
        way = next(way for way, action in actions_in(written) if action.hands_back)
        zh, en = "没有动作写 hands_to，无从退回", "no action hands a case on, so there is nowhere back"
        yield document.fault((*way, "hands_back"), zh, en, key=True)


def _handing_faults(document: Document, way: Way, action: ActionSpelling) -> Iterator[Fault]:
    key = "hands_to" if action.hands_to else "hands_back"
    if action.hands_to and action.hands_back:
        zh, en = "不能既转出又退回", "hands the case on and back at once"
        yield document.fault((*way, "hands_back"), zh, en, key=True)
    if (action.hands_to or action.hands_back) and action.to is None:
        zh, en = (
            f"{key} 须写 to：到哪个环节",
            f"{key} needs to: the stage in which the other unit takes it up",
        )
        yield document.fault((*way, key), zh, en, key=True)


def _delivery_faults(
    document: Document, way: Way, action: ActionSpelling, stage: StageSpelling
) -> Iterator[Fault]:
    if action.delivers and stage.joint is None:
        zh, en = "本环节没有 joint，无从提交协办意见", "the stage has no joint clock to stop"
        yield document.fault((*way, "delivers"), zh, en, key=True)
    if action.delivers and action.by != ["assist"]:
        yield document.fault((*way, "by"), "提交协办意见的只能是 assist", "only assist can deliver its part")


def _joint_faults(document: Document, way: Way, stage: StageSpelling) -> Iterator[Fault]:
    if stage.joint is None:
        return
    if not any(action.delivers for action in stage.actions.values()):
        zh, en = (
            "没有动作写 delivers: true，协办时限停不下来",
            "no action delivers, so the joint clock never stops",
        )
        yield document.fault((*way, "joint"), zh, en, key=True)
    for number, rung in enumerate(stage.joint.rungs):
        for key, value in (("escalate", rung.escalate), ("lapse", rung.lapse), ("silence", rung.silence)):
            if value:
                zh, en = (
                    "协办单位的时限不能移动整个事项",
                    "an assisting unit's clock cannot move the whole case",
                )
                yield document.fault((*way, "joint", "rungs", number, key), zh, en, key=True)
