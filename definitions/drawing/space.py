"""Where a picture of lanes is empty: room beside the boxes, at the left or the right of some lanes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from definitions.drawing.routing import Plan

_AWAY = 12.0


@dataclass(frozen=True)
class Space:
    """An empty rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float


def free_space(plan: Plan, sizes: Mapping[str, tuple[float, float]]) -> tuple[Space, ...]:
    """The empty rectangles at the sides of neighbouring lanes, the largest first."""
    boxes = (*_cards(plan, sizes), *_stretches(plan))
    spaces = [
        space
        for low in range(len(plan.bands))
        for high in range(low, len(plan.bands))
        for space in _beside(plan, boxes, plan.bands[high].top + _AWAY, plan.bands[low].bottom - _AWAY)
    ]
    return tuple(sorted(spaces, key=lambda space: -space.width * space.height))


def _cards(plan: Plan, sizes: Mapping[str, tuple[float, float]]) -> Iterator[_Box]:
    for name, (x, y) in plan.corners.items():
        width, height = sizes[name]
        yield _Box(x, y, x + width, y + height)


def _stretches(plan: Plan) -> Iterator[_Box]:
    for way in plan.ways:
        for (x, y), (other_x, other_y) in pairwise(way):
            yield _Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _beside(plan: Plan, boxes: tuple[_Box, ...], top: float, bottom: float) -> Iterator[Space]:
    met = [box for box in boxes if box.top <= bottom and box.bottom >= top]
    if not met or bottom <= top:
        return
    left, right = min(box.left for box in met) - _AWAY, max(box.right for box in met) + _AWAY
    if left > _AWAY:
        yield Space(_AWAY, top, left - _AWAY, bottom - top)
    if right < plan.width - _AWAY:
        yield Space(right, top, plan.width - _AWAY - right, bottom - top)
