"""The demo's cases: invented disputes and petitions at villages of Zhuji, and what is done about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.predicate import Value
from casework.procedure import Text

Given = Mapping[str, Value | Callable[[date], str]]


@dataclass(frozen=True)
class Act:
    """On a day of the drill someone takes an action. A field may be the date of that day."""

    day: int
    action: str
    who: str
    fields: Given = field(default_factory=dict)

    def given(self, today: date) -> dict[str, Value]:
        return {name: value(today) if callable(value) else value for name, value in self.fields.items()}


@dataclass(frozen=True)
class Filing:
    """A case: filed on a day of the drill, where, with which fields, and what is done about it.

    One with a ``title`` is told line by line. ``must`` names what has to happen for the demo to have shown
    what it promises: kinds of ledger entry, and actions, each so many times.
    """

    name: str
    procedure: str
    unit: str
    fields: Mapping[str, Value]
    acts: tuple[Act, ...] = ()
    day: int = 0
    title: Text | None = None
    must: Mapping[str, int] = field(default_factory=dict)


_PERFORMED: Given = {"visited_on": date.isoformat, "proof": "回访照片与双方签字的履行确认单"}
_SERVED: Given = {"served_on": date.isoformat, "service_proof": "送达回证"}

_NOBODY = Filing(
    "drain",
    "dispute-mediation",
    "330681109294",
    {
        "summary": "两户相邻，翻建时抬高地基，雨水倒灌邻家院内",
        "parties": "甲户、乙户",
        "contact": "0575-87000001",
    },
    (Act(88, "settle", "lead", {"agreement": "县里牵头，两家之间改建排水沟，费用分担"}),),
    title=Text("无人办理", "left alone"),
    must={"reminded": 2, "carded": 2, "escalated": 2, "settle": 1},
)
_IN_THE_VILLAGE = Filing(
    "path",
    "dispute-mediation",
    "330681109290",
    {"summary": "香榧林边的机耕路被堆放石料，邻户运不出肥料", "parties": "丙户、丁户", "people": 3},
    (
        Act(1, "note", "lead", {"progress": "已到现场查看，双方愿意坐下来谈"}),
        Act(3, "settle", "lead", {"agreement": "三日内清走石料，路面由双方共同修平"}),
        Act(24, "strike-off", "lead", _PERFORMED),
    ),
    title=Text("村里化解", "settled in the village"),
    must={"settle": 1, "strike-off": 1, "ended": 1},
)
_PETITION = Filing(
    "water",
    "petition",
    "330681109301",
    {
        "summary": "对灌溉渠改造后的用水分配有异议，请求重新核定",
        "petitioner": "戊某",
        "contact": "0575-87000002",
    },
    (
        Act(6, "accept", "lead", {"notice": "枫信受告〔2026〕3号"}),
        Act(20, "note", "lead", {"progress": "已会同水利员实地丈量"}),
        Act(52, "extend", "leader", {"reason": "需等待灌溉期实测水量", "notice": "枫信延告〔2026〕1号"}),
        Act(72, "reply", "lead", {"opinion": "枫信处〔2026〕2号", "result": "支持"}),
        Act(75, "serve", "lead", _SERVED),
        Act(82, "request-review", "party", {"reason": "对面积的测算方法仍有疑问"}),
        Act(96, "decide-review", "lead", {"document": "诸信复查〔2026〕1号"}),
        Act(99, "serve", "lead", _SERVED),
    ),
    title=Text("信访全程", "a petition"),
    must={
        "accept": 1,
        "extended": 1,
        "reply": 1,
        "serve": 2,
        "request-review": 1,
        "decide-review": 1,
    },
)
_OTHERS = (
    Filing(
        "noise",
        "dispute-mediation",
        "330681109004",
        {"summary": "袜机夜间运转，楼下住户无法休息", "parties": "己户、庚户"},
        (
            Act(4, "settle", "lead", {"agreement": "二十二时后停机，机器加装减震垫"}),
            Act(30, "strike-off", "lead", _PERFORMED),
        ),
        day=2,
    ),
    Filing(
        "wage",
        "dispute-mediation",
        "330681109297",
        {"summary": "茶厂季节工的采摘工钱如何计算有分歧", "parties": "辛某等与茶厂", "people": 6},
        (
            Act(8, "refer-up", "lead", {"reason": "账目涉及多村，村里难以核对"}),
            Act(19, "settle", "lead", {"agreement": "按磅单补足差额，分两次付清"}),
            Act(45, "strike-off", "lead", _PERFORMED),
        ),
        day=3,
    ),
    Filing(
        "wall",
        "dispute-mediation",
        "330681109304",
        {"summary": "老宅共用山墙开裂，修缮费用如何分担", "parties": "壬户、癸户"},
        (
            Act(9, "suspend", "lead", {"reason": "一方外出务工，约定返乡后继续"}),
            Act(15, "resume", "lead"),
            Act(16, "terminate", "lead", {"cause": "当事人拒绝", "routes_told": "可申请仲裁或起诉"}),
        ),
        day=7,
    ),
    Filing(
        "pond",
        "dispute-mediation",
        "330681109296",
        {"summary": "承包鱼塘放水影响下游菜地", "parties": "子户、丑户"},
        (Act(12, "withdraw", "party"),),
        day=8,
    ),
    Filing(
        "bus",
        "petition",
        "330681109",
        {"summary": "请求恢复通往山区村的早班客车", "petitioner": "寅某", "people": 4},
        (
            Act(16, "accept", "lead", {"notice": "枫信受告〔2026〕3号"}),
            Act(40, "settle", "lead", {"agreement": "与客运公司商定逢集市日加开一班"}),
        ),
        day=10,
    ),
    Filing(
        "tree",
        "dispute-mediation",
        "330681109305",
        {"summary": "田边樟树遮挡日照，是否修枝有争议", "parties": "卯户、辰户"},
        day=40,
    ),
    Filing(
        "road",
        "petition",
        "330681110",
        {"summary": "请求答复村道拓宽的补偿标准", "petitioner": "巳某"},
        day=60,
    ),
    Filing(
        "fence",
        "dispute-mediation",
        "330681109303",
        {"summary": "竹林界桩被移动，两家各执一词", "parties": "午户、未户"},
        (Act(98, "note", "lead", {"progress": "已调取林权图件"}),),
        day=95,
    ),
)
CASES = (_NOBODY, _IN_THE_VILLAGE, _PETITION, *_OTHERS)
