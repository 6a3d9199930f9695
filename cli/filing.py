"""``fengqiao file``: register a case."""

from typing import Annotated, Any
from uuid import uuid4

from cyclopts import Parameter

from cli.client import Console
from cli.given import Given, Key, fields
from cli.language import say
from cli.terminal import AsJson, aside, print_json, rich, title, words
from settings import Settings

As = Annotated[
    str,
    Parameter(name="--as", help=say("谁登记：责任人编号、姓名或 party", "Who files: an official or party")),
]


def file(
    procedure: Annotated[str, Parameter(help=say("办理程序名", "Name of the procedure"))],
    *,
    unit: Annotated[str, Parameter(help=say("单位代码或名称，如 枫桥镇/新择湖村", "Unit: its code or name"))],
    given: Given = None,
    who: As = "party",
    key: Key = "",
    as_json: AsJson = False,
) -> None:
    """File a case."""
    body = {"procedure": procedure, "unit": unit, "fields": fields(given), "as": who}
    done = Console.from_settings(Settings()).post("/cases", body, key or uuid4().hex)
    if as_json:
        print_json(done)
    else:
        tell(done, say("已登记", "filed"))


def tell(done: dict[str, Any], what: str) -> None:
    """What came of a request: where the case stands, who answers and until when."""
    terminal = rich()
    again = say("（此前已办理，未重复）", " (had been done before, not repeated)") if done["repeated"] else ""
    terminal.print(f"[bold]{done['id']}[/] {what}{again}")
    if done["outcome"]:
        terminal.print(say("  办理结果：", "  outcome: ") + title(done["outcome"]))
        return
    terminal.print(say("  环节：", "  stage: ") + title(done["stage"]) + aside(title(done["level"])))
    for held in done["holders"]:
        vacant = (
            say(f"，代{words(held['vacant_title'])}（空缺）", f", for the vacant {held['vacant']}")
            if held["vacant"]
            else ""
        )
        post = aside(words(held["post_title"]) + vacant)
        terminal.print(f"  {words(held['role_title'])}{say('：', ': ')}{held['name']}{post}")
    nothing = say("没有正在计算的时限", "no clock is running")
    terminal.print(say("  到期：", "  due: ") + (words(done["due_words"]) or nothing))
