"""A procedure as Mermaid text: a flowchart that reads upwards, a subgraph to each level."""

from collections.abc import Iterator

from casework.describing import condition_text, person_text, said
from casework.procedure import Procedure, Stage
from casework.wording import rung_words
from definitions.drawing.chart import Arrow, Chart, chart

# What Mermaid would read as its own marks, or as markup, inside quotes.
_ENTITIES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "\\": "#92;"}
_CLASSES = (
    "classDef stage fill:#ffffff,stroke:#3a4a63,color:#1b2430",
    "classDef start fill:#2e7d4f,stroke:#2e7d4f,color:#ffffff",
    "classDef outcome fill:#eceef1,stroke:#1b2430,color:#1b2430,stroke-width:2px",
)
_TIME = "stroke:#b3261e,stroke-width:2px"


def draw(procedure: Procedure, language: str) -> str:
    """The procedure as Mermaid text."""
    return "\n".join(_lines(chart(procedure), language)) + "\n"


def _lines(drawn: Chart, language: str) -> Iterator[str]:
    procedure = drawn.procedure
    title = procedure.title.in_(language)
    yield f"%% {_plain(title)} {_plain(procedure.edition)}"
    yield "flowchart BT"
    yield f"  accTitle: {_plain(title)}"
    filed = said(language, "登记", "filed")
    yield f'  start(("{_text(filed)}")):::start'
    for number, level in enumerate(procedure.levels):
        stages = [stage for stage in procedure.stages if stage.level == level.name]
        if not stages:
            continue
        yield f'  subgraph level{number}["{_text(level.title.in_(language))}"]'
        for stage in stages:
            yield f'    {_node(procedure, stage.name)}["{_stage(drawn, stage, language)}"]:::stage'
        yield "  end"
    for outcome in procedure.outcomes:
        yield f'  {_node(procedure, outcome.name)}(["{_text(outcome.title.in_(language))}"]):::outcome'
    yield from _arrows(drawn, language)
    yield from (f"  {line}" for line in _CLASSES)


def _stage(drawn: Chart, stage: Stage, language: str) -> str:
    """What stands in a stage's box: its title, who leads, and its clocks."""
    procedure = drawn.procedure
    lead = person_text(procedure, stage.responsible.lead, language)
    lines = [
        stage.title.in_(language),
        said(language, f"牵头：{lead}", f"Lead: {lead}"),
        *(
            said(language, "时限：", "Clock: ") + f"{c.title.in_(language)} {c.budget.spoken(language)}"
            for c in drawn.clocks_in(stage)
        ),
    ]
    return "<br/>".join(map(_text, lines))


def _arrows(drawn: Chart, language: str) -> Iterator[str]:
    procedure = drawn.procedure
    number, timed = 0, []
    for rule, way in enumerate(procedure.start, start=1):
        when = _text(f"({rule}) {condition_text(procedure, way.when, language)}")
        yield f'  start -->|"{when}"| {_node(procedure, way.to)}'
        number += 1
    for (source, to, by_time), arrows in _together(drawn).items():
        label = "<br/>".join(_text(_label(procedure, arrow, language)) for arrow in arrows)
        stroke = "-.->" if by_time else "-->"
        yield f'  {_node(procedure, source)} {stroke}|"{label}"| {_node(procedure, to)}'
        if by_time:
            timed.append(str(number))
        number += 1
    if timed:
        yield f"  linkStyle {','.join(timed)} {_TIME}"


def _together(drawn: Chart) -> dict[tuple[str, str, bool], list[Arrow]]:
    """Arrows between the same two are one, with all their labels; those that stay in a stage are left out."""
    found: dict[tuple[str, str, bool], list[Arrow]] = {}
    for arrow in drawn.arrows:
        if arrow.source != arrow.to:
            found.setdefault((arrow.source, arrow.to, arrow.by_time), []).append(arrow)
    return found


def _label(procedure: Procedure, arrow: Arrow, language: str) -> str:
    title = arrow.title.in_(language)
    if arrow.by_time:
        budget = procedure.clock(arrow.clock).budget.spoken(language)
        return f"{title} {budget} {rung_words(arrow.name, language)}"
    if arrow.when:
        return said(language, f"{title}（{condition_text(procedure, arrow.when, language)}）",
                    f"{title} ({condition_text(procedure, arrow.when, language)})")  # fmt: skip
    return title


def _node(procedure: Procedure, name: str) -> str:
    """A name that Mermaid takes: none of its own words, and the same for the same procedure."""
    places = [stage.name for stage in procedure.stages] + [outcome.name for outcome in procedure.outcomes]
    kind = "stage" if procedure.has_stage(name) else "outcome"
    return f"{kind}{places.index(name)}"


def _text(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in " ".join(text.split()))


def _plain(text: str) -> str:
    """Text where Mermaid knows no entities: what it would trip over is left out."""
    return "".join(c for c in " ".join(text.split()) if c not in _ENTITIES and c not in "{};%")
