"""Record the histories and golden decisions of every scenario: ``make histories``.

Histories are those of a released revision of the interpreter: record new ones beside them, never over them.
``python -m tests.workflows.record NAME …`` writes the golden decisions of those scenarios, and nothing else.
"""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from casework.canonical import plain
from casework.procedure import Procedure
from casework.story import Played, Story
from casework.story import play as play_core
from definitions.library import Library
from definitions.scenarios import load_scenario
from records.database import connect, migrate
from tests.workflows.engine import play, time_skipping_server, working
from workflows.case import REVISION

HERE = Path(__file__).parent
HISTORIES = HERE / "histories" / str(REVISION)
GOLDEN = HERE / "golden"
SCENARIOS = sorted((HERE.parent / "scenarios").glob("*.yaml"))


def golden(played: Played) -> list[object]:
    """The decisions of a story as transitions and due moments: what a replay does not look at."""
    return [
        {
            "at": plain(decision.at),
            "event": decision.event.kind,
            "stage": decision.case.outcome or decision.case.stage,
            "dues": [
                f"{plain(due.at)} {due.clock} {due.rung or due.kind}".strip() for due in decision.case.dues
            ],
            "entries": [entry.kind for entry in decision.entries],
        }
        for decision in played.decisions
    ]


def golden_of(procedure: Procedure, story: Story) -> list[object]:
    return golden(play_core(procedure, story))


def write_golden(library: Library, path: Path) -> None:
    story = load_scenario(path, library).story
    decisions = golden_of(library.procedures[story.procedure], story)
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in decisions)
    GOLDEN.mkdir(parents=True, exist_ok=True)
    (GOLDEN / f"{path.stem}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


async def record() -> None:
    library = Library.load(None, "zhuji")
    HISTORIES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        records = connect(f"sqlite:///{temporary}/records.db")
        migrate(records)
        async with time_skipping_server() as environment, working(environment, records) as bench:
            for path in SCENARIOS:
                story = load_scenario(path, library).story
                procedure = library.procedures[story.procedure]
                write_golden(library, path)
                running, _ = await play(bench, procedure, story)
                for number, history in enumerate(await running.histories(), start=1):
                    (HISTORIES / f"{path.stem}.{number}.json").write_text(history.to_json(), encoding="utf-8")
                await running.end()


if __name__ == "__main__":
    if sys.argv[1:]:
        shipped = Library.load(None, "zhuji")
        for name in sys.argv[1:]:
            write_golden(shipped, HERE.parent / "scenarios" / f"{name}.yaml")
        sys.exit()
    asyncio.run(record())
    os._exit(0)  # the Temporal client can crash the interpreter's own way out after success
