"""``fengqiao do``: take an action in a case."""

from typing import Annotated
from uuid import uuid4

from cyclopts import Parameter

from cli.client import Console
from cli.filing import tell
from cli.given import Given, Key, fields
from cli.language import say
from cli.terminal import AsJson, print_json
from settings import Settings

CASE_HELP = say("事项编号，可只写开头", "Number of the case, or how it begins")
As = Annotated[
    str,
    Parameter(
        name="--as",
        help=say("谁办理：责任人编号、姓名、角色（lead、leader）、岗位或 party",
                 "Who acts: an official's id or name, a role (lead, leader), a post, or party"),
    ),
]  # fmt: skip
Stage = Annotated[
    str,
    Parameter(
        help=say("只在事项仍处于该环节时办理；已转走则拒绝",
                 "Act only while the case is still at this stage; refused once it has left"),
    ),
]  # fmt: skip


def do(
    case: Annotated[str, Parameter(help=CASE_HELP)],
    action: Annotated[str, Parameter(help=say("办理动作", "The action"))],
    *,
    who: As,
    stage: Stage = "",
    given: Given = None,
    key: Key = "",
    as_json: AsJson = False,
) -> None:
    """Take an action in a case."""
    body = {"action": action, "as": who, "fields": fields(given), "stage": stage}
    done = Console.from_settings(Settings()).post(f"/cases/{case}/actions", body, key or uuid4().hex)
    if as_json:
        print_json(done)
    else:
        tell(done, say("已办理", "done"))
