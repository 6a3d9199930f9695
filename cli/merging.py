"""``fengqiao merge`` and ``fengqiao link``: cases that have to do with each other."""

from typing import Annotated
from uuid import uuid4

from cyclopts import Parameter

from cli.acting import CASE_HELP
from cli.client import Console
from cli.filing import tell
from cli.given import Key
from cli.language import say
from cli.terminal import AsJson, print_json
from settings import Settings

Reason = Annotated[str, Parameter(help=say("理由", "Why"))]
AS_MAIN = say(
    "谁决定：主事项的牵头单位（lead）、责任领导（leader），或其编号、姓名",
    "Who decides: lead or leader of the case that goes on, or their id or name",
)
AS_OWN = say(
    "谁决定：本事项的牵头单位（lead）、责任领导（leader），或其编号、姓名",
    "Who decides: lead or leader of the case, or their id or name",
)


def merge(
    case: Annotated[str, Parameter(help=CASE_HELP)],
    *,
    into: Annotated[str, Parameter(help=say("并入的事项（主事项）", "The case that goes on"))],
    reason: Reason,
    who: Annotated[str, Parameter(name="--as", help=AS_MAIN)] = "lead",
    key: Key = "",
    as_json: AsJson = False,
) -> None:
    """Merge a case into another one about the same matter."""
    body = {"into": into, "reason": reason, "as": who}
    done = Console.from_settings(Settings()).post(f"/cases/{case}/merge", body, key or uuid4().hex)
    print_json(done) if as_json else tell(done, say("已并案", "merged"))


def link(
    case: Annotated[str, Parameter(help=CASE_HELP)],
    other: Annotated[str, Parameter(help=say("另一事项", "The other case"))],
    *,
    reason: Reason,
    who: Annotated[str, Parameter(name="--as", help=AS_OWN)] = "lead",
    key: Key = "",
    as_json: AsJson = False,
) -> None:
    """Link a case to another one."""
    body = {"other": other, "reason": reason, "as": who}
    done = Console.from_settings(Settings()).post(f"/cases/{case}/link", body, key or uuid4().hex)
    print_json(done) if as_json else tell(done, say("已关联", "linked"))
