"""A small procedure, and calendars, as drafts: for tests that publish editions of their own."""

from datetime import date, timedelta
from uuid import uuid4

UNIT = "枫桥镇/新择湖村"
OFFICIAL = "o-330681-county-leader"

_PROCEDURE = """
procedure: {name}
edition: "{edition}"
kind: dispute
title: {{zh: 试行程序, en: Trial}}
basis: [试行]
example: true
calendar: {calendar}
levels: [village, township, county]
intake:
  summary: {{required: true}}
start:
  - {{stage: {stage}, when: {{field: filed_at, is: village}}}}
  - {{stage: township-work, when: {{field: filed_at, is: township}}}}
  - {{stage: county-work}}
clocks:
  whole: {{budget: {whole}, basis: 试行, rungs: [{{at: breach, card: red}}]}}
stages:
  {stage}:
    title: {{zh: 村级, en: Village}}
    level: village
    responsible: {{leader: village-secretary, lead: {lead}, assist: grid-worker, vacant: township-mediation}}
    clock: {{budget: {village}, rungs: [{{at: breach, card: yellow, escalate: township-work}}]}}
    actions:
      note: {{by: lead, requires: progress}}
      withdraw: {{by: party, to: withdrawn}}
  township-work:
    title: {{zh: 乡镇级, en: Township}}
    level: township
    responsible:
      {{leader: township-leader, lead: township-mediation, assist: township-desk, vacant: county-desk}}
    clock: {{budget: 15wd, rungs: [{{at: breach, card: red, supervise: county-desk}}]}}
    actions:
      withdraw: {{by: party, to: withdrawn}}
  county-work:
    title: {{zh: 县级, en: County}}
    level: county
    responsible: {{leader: county-leader, lead: county-centre, assist: county-desk, vacant: county-desk}}
    clock: {{budget: 15wd, rungs: [{{at: breach, supervise: county-desk}}]}}
    actions:
      withdraw: {{by: party, to: withdrawn}}
outcomes: {{withdrawn: {{zh: 撤回, en: Withdrawn}}}}
top: {{hold: county-desk, remind_every: 5wd}}
"""


def a_name(kind: str) -> str:
    return f"{kind}-{uuid4().hex[:8]}"


def procedure(
    name: str,
    edition: str = "1",
    *,
    village: str = "5wd",
    whole: str = "60d",
    lead: str = "mediation-committee",
    stage: str = "village-work",
    calendar: str = "cn",
) -> str:
    """An edition of a trial procedure, as YAML."""
    return _PROCEDURE.format(
        name=name, edition=edition, village=village, whole=whole, lead=lead, stage=stage, calendar=calendar
    )


def stranding(name: str) -> str:
    """One that cannot be proved: of what the village lets lie, nobody above hears."""
    return procedure(name).replace("card: yellow, escalate: township-work", "card: yellow")


def calendar(name: str, edition: str, *years: int, days_off: tuple[date, ...] = ()) -> str:
    """A calendar without holidays on weekdays but the days given, as YAML. It is INVENTED, for tests."""
    text = f"""
calendar: {name}
edition: "{edition}"
zone: Asia/Shanghai
weekend: [saturday, sunday]
office: ["08:30-12:00", "14:00-17:30"]
years:
"""
    for year in years:
        text += f"  - year: {year}\n    notice: 虚构通知，仅供测试\n    source: 虚构\n    holidays:\n"
        for day in (_saturday(year), *(day for day in days_off if day.year == year)):
            text += f"      - {{name: 虚构假, first: {day}, last: {day}}}\n"
    return text


def _saturday(year: int) -> date:
    """A day off anyway: a published year must name a holiday."""
    first = date(year, 1, 1)
    return first + timedelta(days=(5 - first.weekday()) % 7)
