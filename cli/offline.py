"""What commands that need no server read and write: the library, the procedure that is meant, and files."""

from pathlib import Path

from casework.procedure import Procedure
from cli.failure import Exit, Failure
from cli.language import language, say
from definitions.fault import DefinitionErrors, suggestion
from definitions.library import Library
from definitions.procedure import load_procedure
from definitions.units import Unit
from settings import Settings

PROCEDURE_HELP = say(
    "办理程序：随附的名称，或程序文件（.yaml）", "A procedure: its name, or a procedure file (.yaml)"
)


def definitions_folder() -> Path | None:
    """The folder that the settings name; None means the shipped definitions."""
    folder = Settings().definitions
    return Path(folder) if folder else None


def load_library() -> Library:
    """The county's definitions. Raises Failure with every fault."""
    try:
        return Library.load(definitions_folder(), Settings().county)
    except DefinitionErrors as errors:
        raise Failure(Exit.BAD_INPUT, errors.text(language())) from None


def procedure_meant(library: Library, text: str) -> Procedure:
    """The library's procedure of that name, or the one in a file. Raises Failure."""
    known = library.procedures.get(text)
    if known:
        return known
    path = Path(text)
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        zh, en = suggestion(text, library.procedures)
        raise Failure(Exit.BAD_INPUT, say(f"没有办理程序 {text}{zh}", f"There is no procedure {text}{en}"))
    try:
        return load_procedure(
            path, library.posts, library.calendars, library.territory.levels(), definitions_folder()
        )
    except DefinitionErrors as errors:
        raise Failure(Exit.BAD_INPUT, errors.text(language())) from None


def unit_meant(library: Library, text: str) -> Unit:
    """The one unit of a code or a name. Raises Failure, also where there are several."""
    found = library.territory.find(text)
    if len(found) == 1:
        return found[0]
    if not found:
        words = say(
            f"名录中没有单位 {text}，请写区划代码或“乡镇/村”。",
            f"There is no unit {text}: give its code, or township/village.",
        )
        raise Failure(Exit.BAD_INPUT, words)
    some = "、".join(f"{unit.name}（{unit.code}）" for unit in found[:8])
    words = say(f"“{text}”不止一个单位：{some}", f"{text} is more than one unit: {some}")
    raise Failure(Exit.BAD_INPUT, words)


def write(path: Path, text: str) -> None:
    """Write a file. Raises Failure where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        words = say(f"写不了 {path}：{fault.strerror}", f"{path} cannot be written: {fault.strerror}")
        raise Failure(Exit.BAD_INPUT, words) from fault
