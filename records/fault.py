"""What can be wrong with a record, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "missing", "added", "reordered", "changed", "unlinked", "head", "case-missing", "decision-missing",
    "definition", "unreadable", "untimely", "skipped", "refused", "entries", "case", "columns", "spans",
    "notices",
]  # fmt: skip

_TOLD: Mapping[Why, tuple[str, str]] = {
    "missing": ("该条记录缺失", "the entry is missing"),
    "added": ("该条记录系额外添加", "the entry was added from outside"),
    "reordered": ("记录顺序被调换", "the entry was moved from its place"),
    "changed": ("记录内容与其哈希不符", "the entry does not match its hash"),
    "unlinked": (
        "与前一条记录不相衔接,二者之一被替换",
        "it does not follow the entry before it: one of both was replaced",
    ),
    "head": (
        "最后一条记录与事项所载的链尾不符",
        "the last entry is not the one that the case says is its last",
    ),
    "case-missing": ("事项本身缺失", "the case itself is missing"),
    "decision-missing": ("记录所属的决定缺失", "the decision it belongs to is missing"),
    "definition": ("所依据的办理程序被改动", "the procedure it was decided by was changed"),
    "unreadable": ("所存内容已不成其为记录", "what is stored can no longer be read"),
    "untimely": ("时限节点的发生时刻与推算不符", "time came at another moment than it was due"),
    "skipped": ("已到期的时限节点被跳过", "a moment that was due was passed over"),
    "refused": ("按办理程序该动作本不应受理", "the procedure would have refused what was recorded"),
    "entries": ("记录与重新推算的结果不符", "the entries are not those that the procedure gives"),
    "case": ("事项现状与重新推算的结果不符", "the case is not as the procedure gives it"),
    "columns": ("事项列表数据与事项本身不符", "the columns of the case disagree with the case"),
    "spans": ("责任记录与重新推算的结果不符", "the responsibilities are not those that the procedure gives"),
    "notices": ("通知与重新推算的结果不符", "the notices are not those that the procedure gives"),
}


@dataclass(frozen=True)
class Fault:
    """The first bad entry of a case: its number, and what is wrong with it."""

    case_id: str
    number: int
    why: Why

    @property
    def zh(self) -> str:
        return _TOLD[self.why][0]

    @property
    def en(self) -> str:
        return _TOLD[self.why][1]
