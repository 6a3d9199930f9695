"""Fields on the command line: ``--set key=value``, as often as there are fields."""

from typing import Annotated

from cyclopts import Parameter

from cli.failure import Exit, Failure
from cli.language import say

Given = Annotated[
    list[str] | None,
    Parameter(
        name="--set", help=say("字段，写作 名称=值，可重复", "A field as name=value; repeatable"), negative=()
    ),
]
Key = Annotated[
    str, Parameter(help=say("请求号：同一请求号只办理一次", "Request key: the same key acts only once"))
]


def fields(given: list[str] | None, option: str = "--set") -> dict[str, str]:
    """The fields that were given. Raises Failure for what is not name=value, or given twice."""
    read: dict[str, str] = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise Failure(
                Exit.BAD_INPUT,
                say(f"{option} {text}：应写作 名称=值。", f"{option} {text}: write it as name=value."),
            )
        if name in read:
            raise Failure(Exit.BAD_INPUT, say(f"字段 {name} 给了两次。", f"The field {name} is given twice."))
        read[name] = value
    return read
