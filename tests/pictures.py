"""The pictures in the documents, drawn from the shipped procedures: ``make pictures`` draws them anew."""

from collections.abc import Iterator
from pathlib import Path

from casework.story import play
from casework.timeline import timeline
from definitions.drawing import procedure_picture, timeline_picture
from definitions.library import Library
from definitions.scenarios import load_scenario

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
STORY = ROOT / "tests" / "scenarios" / "nobody-acts.yaml"
LANGUAGES = ("zh", "en")
SHOWN = ("dispute-mediation", "petition")


def pictures(library: Library) -> Iterator[tuple[str, str]]:
    """Each picture's file name and what the file holds."""
    for language in LANGUAGES:
        for name in SHOWN:
            yield f"{name}.{language}.svg", procedure_picture.draw(library.procedures[name], language)
        yield f"nobody-acts.{language}.svg", _story(library, language)


def _story(library: Library, language: str) -> str:
    story = load_scenario(STORY, library).story
    procedure = library.procedures[story.procedure]
    played = play(procedure, story)
    told = timeline(procedure, played.case, played.entries, story.until)
    subject = "无人办理" if language == "zh" else "nobody acts"
    title = f"{procedure.title.in_(language)} · {subject}"
    return timeline_picture.draw(
        procedure, story.filed.calendar, told, title, story.filed.places[0].name, language
    )


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for name, text in pictures(Library.load(None, "zhuji")):
        (PICTURES / name).write_text(text, encoding="utf-8", newline="\n")
