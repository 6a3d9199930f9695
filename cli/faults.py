"""What is wrong with a command line, in the terminal's language."""

from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from cli.language import language, say


def words(fault: CycloptsError) -> str:
    """The fault in a sentence, and where to look."""
    what = _missing(fault) or (str(fault) if language() == "en" else _chinese(fault))
    command = " ".join(fault.command_chain or ())
    return what + say(f"\n用法：fengqiao {command} --help", f"\nUsage: fengqiao {command} --help").replace(
        "  ", " "
    )


def _missing(fault: CycloptsError) -> str:
    """What is missing; a positional argument as ``--help`` calls it."""
    if not isinstance(fault, MissingArgumentError) or fault.argument is None:
        return ""
    name = fault.argument.name
    if fault.argument.field_info.is_positional:
        name = name.removeprefix("--").upper()
    return say(f"缺少 {name}", f"{name} is missing")


def _chinese(fault: CycloptsError) -> str:
    name = fault.argument.name if fault.argument else ""
    match fault:
        case UnknownCommandError():
            return f"没有这个命令：{' '.join(fault.unused_tokens or ())}"
        case UnknownOptionError():
            return f"没有这个选项：{fault.token.keyword or fault.token.value}"
        case CoercionError() if fault.token:
            return f"{name} 的值有误：{fault.token.value}"
    return str(fault)
