"""Where the files that a definition names are looked for: fragments, and the procedure it extends."""

from collections.abc import Iterator
from pathlib import Path

SHIPPED = Path(__file__).parent
SUBFOLDERS = ("procedures", "fragments", "examples")


def homes(path: Path, folder: Path | None) -> tuple[Path, ...]:
    """The folders of definitions in which a file's names are looked up, in this order.

    Its own comes first, then the one in use, then the shipped one; so what a shipped procedure means does
    not change with the folder of the county that extends it.
    """
    own = path.parent.parent if path.parent.name in SUBFOLDERS else path.parent
    return tuple(dict.fromkeys((own, *((folder,) if folder else ()), SHIPPED)))


def fragment_path(name: str, path: Path, folder: Path | None) -> Path | None:
    """The file of a fragment that ``path`` uses."""
    return _first(name, [home / "fragments" for home in homes(path, folder)])


def base_path(name: str, path: Path, folder: Path | None) -> Path | None:
    """The file of the procedure that ``path`` extends: beside it, else among the procedures; never itself."""
    found = _files(name, _of_bases(path, folder))
    return next((each for each in found if each.resolve() != path.resolve()), None)


def fragment_names(path: Path, folder: Path | None) -> set[str]:
    return {found.stem for home in homes(path, folder) for found in (home / "fragments").glob("*.yaml")}


def base_names(path: Path, folder: Path | None) -> set[str]:
    found = (each for where in _of_bases(path, folder) for each in where.glob("*.yaml"))
    return {each.stem for each in found if each.resolve() != path.resolve()}


def _of_bases(path: Path, folder: Path | None) -> list[Path]:
    return [path.parent, *(home / "procedures" for home in homes(path, folder))]


def _first(name: str, folders: list[Path]) -> Path | None:
    return next(_files(name, folders), None)


def _files(name: str, folders: list[Path]) -> Iterator[Path]:
    return (where / f"{name}.yaml" for where in folders if (where / f"{name}.yaml").is_file())
