"""Which unit a request means."""

from console.problems import Problem
from definitions.units import Territory, Unit


def unit_meant(territory: Territory, text: str) -> Unit:
    """The one unit of a code or a name. Raises Problem (422 unknown-unit), also where there are several."""
    found = territory.find(text) or _under(territory, text)
    if len(found) == 1:
        return found[0]
    if not found:
        zh, en = f"名录中没有单位 {text}", f"there is no unit {text}"
        zh, en = (
            f"{zh}，请写代码，或“上级/单位”",
            f"{en}: give its code, or its parent's name and its own, as A/B",
        )
        raise Problem(422, "unknown-unit", zh, en)
    some = "、".join(f"{_above(territory, unit)}{unit.name}（{unit.code}）" for unit in found[:8])
    raise Problem(
        422, "unknown-unit", f"“{text}”不止一个单位：{some}", f"{text} is more than one unit: {some}"
    )


def _under(territory: Territory, text: str) -> list[Unit]:
    """``枫桥镇/新择湖村`` where the unit's full name is 新择湖村委会."""
    above, slash, name = text.rpartition("/")
    parents = {unit.code for unit in territory.find(above)} if slash else set()
    return [unit for unit in territory.find(name) if unit.parent in parents]


def _above(territory: Territory, unit: Unit) -> str:
    parent = territory.unit(unit.parent)
    return f"{parent.name}/" if parent and parent != territory.root else ""
