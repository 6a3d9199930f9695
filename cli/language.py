"""Which language the terminal speaks: Chinese, unless FENGQIAO_LANG or --lang says English."""

import os

from cli.failure import Exit, Failure

_CHOICES = ("zh", "en")


def language() -> str:
    return "en" if os.environ.get("FENGQIAO_LANG", "zh").lower().startswith("en") else "zh"


def say(zh: str, en: str) -> str:
    """The words in the terminal's language."""
    return zh if language() == "zh" else en


def take_option(tokens: list[str]) -> list[str]:
    """The command line without ``--lang zh`` or ``--lang=en``, which is put in force. Raises Failure."""
    rest: list[str] = []
    waiting = False
    for token in tokens:
        if waiting or token.startswith("--lang="):
            os.environ["FENGQIAO_LANG"] = _chosen(token.removeprefix("--lang="))
            waiting = False
        elif token == "--lang":  # noqa: S105
            waiting = True
        else:
            rest.append(token)
    if waiting:
        _chosen("")
    return rest


def _chosen(word: str) -> str:
    if word not in _CHOICES:
        raise Failure(Exit.BAD_INPUT, say(f"--lang {word}：应为 zh 或 en。", f"--lang {word}: zh or en."))
    return word
