"""Publishing an edition: checked, recorded for good, and offered from then on."""

from collections.abc import Iterator

from casework.calendar import Calendar, changed_days
from casework.canonical import digest
from casework.procedure import Procedure
from console.desk import Desk
from console.differences import differences
from console.drafts import calendar_in, proven_procedure_in
from console.edition_answers import DayChanged, Published, PublishRequest
from console.persons import on_the_roster
from console.problems import Problem
from records import offers
from records.offers import EditionTaken, Offer


def publish_procedure(desk: Desk, request: PublishRequest) -> Published:
    """Offer a procedure's edition for filing. Raises Problem or NotAllowed, and then nothing was recorded."""
    return _publish(desk, proven_procedure_in(desk, request), request)


def publish_calendar(desk: Desk, request: PublishRequest) -> Published:
    """Put a calendar's edition in force for what is filed from now on. Raises as publish_procedure does."""
    return _publish(desk, calendar_in(desk, request), request)


def _publish(desk: Desk, edition: Procedure | Calendar, request: PublishRequest) -> Published:
    before = _offered(desk, edition)
    if before and before.edition == edition.edition and before != edition:
        raise _taken(edition, before)
    try:
        standing = offers.standing(desk.records, edition)
        made = standing if standing or request.dry_run else _offer(desk, edition, request.as_)
    except EditionTaken as taken:
        raise _taken(edition, taken.recorded) from None
    return Published(
        name=edition.name,
        edition=edition.edition,
        definition=digest(edition),
        since=made.since if made else None,
        by=made.official_name if made else "",
        repeated=standing is not None,
        before=before.edition if before else "",
        contradicts=tuple(_contradicted(desk, before, edition)),
    )


def _offered(desk: Desk, edition: Procedure | Calendar) -> Procedure | Calendar | None:
    library = desk.offered()
    if isinstance(edition, Procedure):
        return library.procedures.get(edition.name)
    return library.calendars.get(edition.name)


def _offer(desk: Desk, edition: Procedure | Calendar, named: str) -> Offer:
    if not named:
        zh, en = (
            "请写明由谁公布（--as 责任人编号或姓名）",
            "say who publishes it (--as an official's id or name)",
        )
        raise Problem(422, "who-missing", zh, en)
    return offers.put(desk.records, edition, desk.now(), on_the_roster(desk, named))


def _taken(edition: Procedure | Calendar, recorded: Procedure | Calendar) -> Problem:
    which, where = f"{edition.name} {edition.edition}", differences(recorded, edition)
    return Problem(
        409,
        "edition-taken",
        f"{which} 已有在案版本，内容不同；请改 edition 后再公布。不同之处：\n{where}",
        f"{which} is recorded already with other content: change its edition. It differs here:\n{where}",
    )


def _contradicted(
    desk: Desk, before: Procedure | Calendar | None, edition: Procedure | Calendar
) -> Iterator[DayChanged]:
    if not (isinstance(before, Calendar) and isinstance(edition, Calendar)):
        return
    today = edition.date_of(desk.case_time())
    for day, was, now in changed_days(before, edition):
        yield DayChanged(day=day, before=was, after=now, past=day <= today)
