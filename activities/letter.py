"""A notice in words, where it goes, and what a channel that carries it must do."""

from dataclasses import dataclass
from typing import Protocol


class DeliveryFailed(Exception):
    """The channel did not take the notice. The message holds no personal data.

    ``for_good``: it never will, so that asking it again is of no use.
    """

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


@dataclass(frozen=True)
class Letter:
    """A notice in words, on its way to one official."""

    notice_id: str
    case_id: str
    kind: str
    subject: str
    body: str


@dataclass(frozen=True)
class Address:
    """Where an official can be reached; empty where not."""

    email: str = ""
    webhook: str = ""


class Channel(Protocol):
    """Delivers a letter, or raises DeliveryFailed."""

    name: str

    def reaches(self, address: Address) -> bool: ...

    def deliver(self, letter: Letter, address: Address) -> None: ...
