"""``fengqiao procedures draw``: a procedure as a picture, without a server."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from casework.procedure import Procedure
from cli.failure import Exit, Failure
from cli.language import language, say
from cli.offline import PROCEDURE_HELP, load_library, procedure_meant, write
from definitions.drawing import bpmn, mermaid, procedure_picture

Format = Literal["svg", "mermaid", "bpmn"]
_SUFFIXES: dict[str, Format] = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid", ".bpmn": "bpmn"}


def draw(
    procedure: Annotated[str, Parameter(help=PROCEDURE_HELP)],
    *,
    format_: Annotated[
        Format | None,
        Parameter(
            name="--format",
            help=say(
                "svg、mermaid 或 bpmn；默认按 --out 的扩展名，否则 svg",
                "svg, mermaid or bpmn; by the suffix of --out, else svg",
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        Parameter(help=say("写入文件；不写则输出到终端", "Write to a file; else to the terminal")),
    ] = None,
) -> None:
    """Draw a procedure: stages in lanes from the village upwards, actions, escalations, clocks, outcomes."""
    chosen = format_ or _by_suffix(out)
    meant = procedure_meant(load_library(), procedure)
    drawn = _drawn(meant, chosen)
    if out is None:
        print(drawn, end="")
        return
    write(out, drawn)
    print(say(f"已写入 {out}", f"Written to {out}"))


def _drawn(procedure: Procedure, chosen: Format) -> str:
    match chosen:
        case "svg":
            return procedure_picture.draw(procedure, language())
        case "mermaid":
            return mermaid.draw(procedure, language())
        case "bpmn":
            return bpmn.draw(procedure, language())


def _by_suffix(out: Path | None) -> Format:
    """The format that a file's suffix stands for; SVG where there is no file. Raises Failure."""
    if out is None:
        return "svg"
    if out.suffix not in _SUFFIXES:
        words = say(
            f"{out} 的扩展名不明，请加 --format。", f"What {out} is to be is not clear: add --format."
        )
        raise Failure(Exit.BAD_INPUT, words)
    return _SUFFIXES[out.suffix]
