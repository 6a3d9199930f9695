"""The command ``fengqiao``: which commands there are. Each is loaded only when it is called."""

import os
import sys
from importlib.metadata import version
from typing import NoReturn

from cyclopts import App, CycloptsError, Group

from cli.failure import Exit, Failure
from cli.faults import words
from cli.language import say, take_option


def commands() -> App:
    """The command line in the terminal's language."""
    app = App(
        name="fengqiao",
        help=say("枫桥：信访与矛盾纠纷的逐级办理引擎。", "Fengqiao: petition and dispute escalation."),
        version_flags=["--version"],
        version=lambda: version("fengqiao"),
        group_commands=Group(say("命令", "Commands")),
        group_parameters=Group(say("选项", "Options")),
        group_arguments=Group(say("参数", "Arguments")),
        help_epilogue=say("--lang zh|en 选择语言。退出码见 docs/commands.zh-CN.md。",
                          "--lang zh|en chooses the language. Exit codes: docs/commands.md."),
    )  # fmt: skip
    app["--help"].help = say("显示本说明", "Show this help")
    app["--version"].help = say("显示版本", "Show the version")
    engine = say("引擎", "Engine")
    cases = say("事项", "Cases")
    rules = say("程序与台账", "Procedures and ledger")
    for name, where, zh, en, group in (
        (
            "up",
            "cli.up:up",
            "启动本机引擎（Temporal、办理进程、控制台）",
            "Start the engine on this machine",
            engine,
        ),
        (
            "demo",
            "cli.demo:demo",
            "演练：一分钟看完逐级提级办理",
            "A drill: the whole ladder in a minute",
            engine,
        ),
        ("worker", "cli.serve:worker", "只运行办理进程", "Run a worker alone", engine),
        ("console", "cli.serve:console", "只运行控制台", "Run a console alone", engine),
        (
            "provision",
            "cli.serve:provision",
            "准备 Temporal 命名空间与检索项",
            "Prepare Temporal's namespace",
            engine,
        ),
        ("login", "cli.login:login", "取得网页的一次性登录链接", "Get a one-time link to the pages", engine),
        ("file", "cli.filing:file", "登记一个事项", "File a case", cases),
        ("ls", "cli.listing:ls", "列出事项，超期在前", "List cases, overdue first", cases),
        ("show", "cli.showing:show", "查看一个事项", "Show a case", cases),
        ("do", "cli.acting:do", "办理一个动作", "Take an action in a case", cases),
        ("merge", "cli.merging:merge", "并案：并入另一事项办理", "Merge a case into another", cases),
        ("link", "cli.merging:link", "关联另一事项", "Link a case to another", cases),
        ("explain", "cli.explaining:explain", "逐日说明时限怎样计算", "Derive deadlines day by day", cases),
    ):
        app.command(where, name=name, help=say(zh, en), group=group)
    app.command(_procedures(rules))
    app.command(_calendar(rules))
    app.command(_ledger(rules))
    return app


def _procedures(group: str) -> App:
    app = App(name="procedures", help=say("办理程序", "Procedures"), group=group)
    app.command("cli.procedures:ls", name="ls", help=say("列出办理程序", "List the procedures"))
    app.command("cli.procedures:check", name="check", help=say("检查定义文件", "Check definition files"))
    for name, where, zh, en in (
        (
            "verify",
            "cli.verifying:verify",
            "证明程序不会让事项石沉大海",
            "Prove that no case can die in silence",
        ),
        ("simulate", "cli.simulating:simulate", "不用服务器，推演一个事项", "Play a story without a server"),
        ("draw", "cli.drawing:draw", "画出办理程序", "Draw a procedure"),
        ("diff", "cli.diffing:diff", "比较两个程序或版本", "Compare two procedures or editions"),
    ):
        app.command(where, name=name, help=say(zh, en))
    for name, zh, en in (
        ("publish", "公布新版本，供登记适用", "Publish editions for filing"),
        ("impact", "试算草案对在办事项的影响", "Play a draft over the open cases"),
        ("migrate", "让在办事项改用另一版本", "Move open cases to another edition"),
    ):
        app.command(f"cli.editions:{name}", name=name, help=say(zh, en))
    return app


def _calendar(group: str) -> App:
    app = App(name="calendar", help=say("日历（节假日安排）", "Calendars of working days"), group=group)
    for name, zh, en in (
        ("check", "核对是否缺少年份", "Whether a year is missing"),
        ("publish", "公布日历并重算在办事项", "Publish a calendar and tell the open cases"),
    ):
        app.command(f"cli.calendars:{name}", name=name, help=say(zh, en))
    return app


def _ledger(group: str) -> App:
    app = App(name="ledger", help=say("台账", "The ledger"), group=group)
    app.command("cli.ledger:show", name="show", help=say("一个事项的全部记录", "All entries of a case"))
    app.command(
        "cli.ledger:verify", name="verify", help=say("核验台账未被改动", "Verify that the ledger is whole")
    )
    return app


def run(tokens: list[str]) -> int:
    """Carry out a command line; the exit code. What went wrong is told on stderr."""
    try:
        rest = take_option(tokens)
        code = commands()(rest, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as fault:
        _tell(words(fault))
        return Exit.BAD_INPUT
    except Failure as failure:
        _tell(failure.words)
        return failure.code
    except KeyboardInterrupt:
        return 130
    return int(code or 0)


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def main() -> NoReturn:
    """Leaves by ``os._exit``: the Temporal client can crash the interpreter's own way out after success."""
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
