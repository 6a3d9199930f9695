"""Telling the open cases of an edition: batch after batch, until all were told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cli.effects import tell_effects
from cli.failure import Exit
from cli.language import say
from cli.terminal import print_json, rich

Json = dict[str, Any]


@dataclass
class Outcome:
    """What came of telling all of them."""

    effects: list[Json] = field(default_factory=list)
    already: int = 0
    not_running: int = 0
    away: bool = False

    @property
    def done(self) -> int:
        return sum(1 for effect in self.effects if effect["done"])

    @property
    def refused(self) -> int:
        return sum(1 for effect in self.effects if effect["refused"])

    def plain(self) -> Json:
        return {
            "done": self.done, "refused": self.refused, "already": self.already,
            "not_running": self.not_running, "away": self.away, "effects": self.effects,
        }  # fmt: skip

    def exit(self) -> Exit:
        """Whether all of it was done, some was refused, or the engine did not answer for the rest."""
        if self.away:
            return Exit.AWAY
        return Exit.NOT_ALLOWED if self.refused or self.not_running else Exit.OK


def tell_all(ask: Callable[[str], Json]) -> Outcome:
    """Ask for batch after batch; ``ask`` is given where each begins."""
    outcome, after = Outcome(), ""
    while True:
        told = ask(after)
        outcome.effects += told["effects"]
        outcome.already += told["already"]
        outcome.not_running += told["not_running"]
        outcome.away, after = told["away"], told["next"]
        if outcome.away or not after:
            return outcome


def report(outcome: Outcome, what: str, *, as_json: bool, published: Json | None = None) -> Exit:
    """Tell what came of it. ``what`` was adopted, and ``published`` before that, by the same command."""
    if as_json:
        print_json({**({"published": published} if published else {}), **outcome.plain()})
        return outcome.exit()
    tell_effects([e for e in outcome.effects if e["refused"] or e["deadlines"] or e["holders"]])
    terminal = rich()
    terminal.print(
        say(
            f"{what}：{outcome.done} 件已改用，{outcome.already} 件本已适用，{outcome.refused} 件不能适用。",
            f"{what}: {outcome.done} cases adopted it, {outcome.already} had it, "
            f"{outcome.refused} refused it.",
        )
    )
    if outcome.not_running:
        terminal.print(
            say(
                f"{outcome.not_running} 件已办结或不在引擎中运行。",
                f"{outcome.not_running} have ended, or do not run in the engine.",
            )
        )
    if outcome.away:
        terminal.print(
            say(
                "引擎没有应答，其余未办；再次运行即可接着办。",
                "The engine does not answer: run it again to go on.",
            ),
            style="red",
        )
    return outcome.exit()
