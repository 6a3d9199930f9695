"""``fengqiao procedures simulate``: a story played over the real calendar, without a server."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from casework.decision import NotAllowed
from casework.procedure import Procedure, Text
from casework.story import play
from casework.timeline import timeline
from casework.wording import due_words, refusal_text
from cli.failure import Exit, Failure
from cli.given import fields
from cli.language import language, say
from cli.moments import filing_moment, last_moment, this_minute
from cli.offline import PROCEDURE_HELP, load_library, procedure_meant, unit_meant, write
from cli.simulated import Simulated, tell
from cli.simulated_json import plain_of
from cli.terminal import AsJson, print_json, rich
from definitions.drawing import timeline_picture
from definitions.fault import DefinitionErrors
from definitions.library import Library
from definitions.scenarios import load_scenario
from definitions.typed import typed
from definitions.untouched import LONGEST, best_staffed, examples, untouched_story

_NOBODY = Text("无人办理", "nobody acts")

Unit = Annotated[
    str,
    Parameter(help=say("单位代码或名称，如 枫桥镇/枫源村；不写则选岗位配齐的一处",
                       "Unit: code or name; none: one whose posts are held")),
]  # fmt: skip
Filed = Annotated[
    str,
    Parameter(help=say("登记时刻，如 2026-03-02 10:00；不写则此刻",
                       "When it is filed, as 2026-03-02 10:00; none: now")),
]  # fmt: skip
Field = Annotated[
    list[str] | None,
    Parameter(name="--field", negative=(), help=say("登记字段，写作 名称=值，可重复",
                                                    "A field of the filing as name=value; repeatable")),
]  # fmt: skip
Until = Annotated[
    str,
    Parameter(help=say("讲到哪一天为止；不写则到办结，或到顶后第三次催办",
                       "Until which day; none: to the end, or the third reminder at the top")),
]  # fmt: skip
NobodyActs = Annotated[
    bool,
    Parameter(name="--nobody-acts", negative=(), help=say("无人办理；必填字段缺了用示例值",
                                                          "Nobody acts; missing fields get example values")),
]  # fmt: skip
Scenario = Annotated[
    Path | None,
    Parameter(help=say("情景文件（.yaml），并核对其 expect", "A scenario file, with its expect checked")),
]
Svg = Annotated[
    Path | None, Parameter(help=say("时间轴图写入此文件", "Write a timeline picture to this file"))
]


def simulate(
    procedure: Annotated[str, Parameter(help=PROCEDURE_HELP)],
    *,
    unit: Unit = "",
    filed: Filed = "",
    given: Field = None,
    until: Until = "",
    nobody_acts: NobodyActs = False,
    scenario: Scenario = None,
    as_json: AsJson = False,
    svg: Svg = None,
) -> int:
    """Play a story. Exit 1 where a scenario expects something else."""
    library = load_library()
    meant = procedure_meant(library, procedure)
    if scenario is None:
        simulated = _untouched(library, meant, unit, filed, given, until, assume=nobody_acts)
    elif unit or filed or given or until or nobody_acts:
        words = say("--scenario 已写明单位、时刻与字段，不能再加其他选项。",
                    "--scenario says where, when and what: give none of the other options.")  # fmt: skip
        raise Failure(Exit.BAD_INPUT, words)
    else:
        simulated = _as_told(library, meant, scenario)
    if svg:
        write(svg, _picture(simulated))
    if as_json:
        print_json(plain_of(simulated))
    else:
        tell(rich(), simulated)
    return Exit.DIFFERENT if simulated.mismatches else Exit.OK


def _as_told(library: Library, procedure: Procedure, path: Path) -> Simulated:
    """A scenario, played by the procedure that is meant, which may be a draft of the library's."""
    draft = replace(library, procedures={**library.procedures, procedure.name: procedure})
    try:
        scenario = load_scenario(path, draft)
    except DefinitionErrors as errors:
        raise Failure(Exit.BAD_INPUT, errors.text(language())) from None
    story = scenario.story
    if story.procedure != procedure.name:
        words = say(f"{path} 讲的是程序 {story.procedure}，不是 {procedure.name}。",
                    f"{path} is about the procedure {story.procedure}, not {procedure.name}.")  # fmt: skip
        raise Failure(Exit.BAD_INPUT, words)
    if story.until > story.filed_at + LONGEST:
        words = say(
            f"{path} 讲了超过十年，请缩短 until。", f"{path} tells of more than ten years: an earlier until."
        )
        raise Failure(Exit.BAD_INPUT, words)
    played = play(procedure, story)
    where = _where(library, story.filed.places[0].code)
    subject = Text(scenario.title, scenario.title)
    return Simulated(subject, where, procedure, story, played, {}, chosen=False, expect=scenario.expect)


def _untouched(
    library: Library,
    procedure: Procedure,
    unit: str,
    filed: str,
    given: list[str] | None,
    until: str,
    *,
    assume: bool,
) -> Simulated:
    """A filing and then time alone."""
    calendar = library.calendars[procedure.calendar]
    at = filing_moment(filed, calendar, "--filed") if filed else this_minute()
    last = last_moment(until, calendar, "--until") if until else None
    if last is not None and not at <= last <= at + LONGEST:
        words = say("--until 应在登记之后十年以内。", "--until must lie within ten years after the filing.")
        raise Failure(Exit.BAD_INPUT, words)
    values = typed(procedure.intake, fields(given, "--field"))
    assumed = examples(library, procedure, values, calendar.local(at)) if assume else {}
    code = unit_meant(library, unit).code if unit else best_staffed(library, procedure).code
    try:
        story = untouched_story(library, procedure, code, at, {**values, **assumed}, last)
        played = play(procedure, story)
    except NotAllowed as refusal:
        raise Failure(Exit.BAD_INPUT, _refused(refusal, assume=assume)) from None
    return Simulated(_NOBODY, _where(library, code), procedure, story, played, assumed, chosen=not unit)


def _refused(refusal: NotAllowed, *, assume: bool) -> str:
    words = refusal_text(refusal, language())
    if refusal.code != "missing-field" or assume:
        return words
    return words + say("；请加 --field 名称=值，或加 --nobody-acts 用示例值。",
                       "; give it with --field name=value, or take examples with --nobody-acts.")  # fmt: skip


def _where(library: Library, code: str) -> str:
    """A unit with the way down to it from the township."""
    unit = library.territory.units[code]
    parent = library.territory.unit(unit.parent) if unit.level == "village" else None
    return f"{parent.name}/{unit.name}" if parent else unit.name


def _picture(simulated: Simulated) -> str:
    procedure, case, story = simulated.procedure, simulated.case, simulated.story
    told = timeline(procedure, case, simulated.played.entries, story.until)
    filed = case.calendar.local(story.filed_at).strftime("%Y-%m-%d %H:%M")
    until = due_words(case.calendar, told.end)
    subtitle = say(f"{simulated.unit}  ·  {filed} 登记  ·  讲到 {until}",
                   f"{simulated.unit}  ·  filed {filed}  ·  told until {until}")  # fmt: skip
    title = simulated.title(language())
    return timeline_picture.draw(procedure, case.calendar, told, title, subtitle, language())
