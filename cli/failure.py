"""How a command fails: an exit code that scripts can rely on, and words that say what to do."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes, which docs/commands.md explains."""

    OK = 0
    UNEXPECTED = 1
    DIFFERENT = 1  # as diff has it: two procedures differ, or a scenario ends otherwise than it says
    BAD_INPUT = 2
    NOT_ALLOWED = 3
    NOT_FOUND = 4
    AWAY = 5
    LEDGER_BROKEN = 6
    CALENDAR_MISSING = 7


class Failure(Exception):
    """A command that could not do what it was asked, in the words the user reads."""

    def __init__(self, code: Exit, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
