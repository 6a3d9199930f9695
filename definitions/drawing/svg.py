"""An SVG picture in the making: shapes and text as elements, never pasted strings, nothing from elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from xml.etree import ElementTree as ET

Point = tuple[float, float]

FONTS = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', "
    "'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CORNER = 5.0


def allowed(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def number(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


class Picture:
    """An SVG of a given size with a title and a description for those who cannot see it."""

    def __init__(self, width: float, height: float, title: str, description: str, language: str) -> None:
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "xml:lang": "zh-CN" if language == "zh" else "en",
                "role": "img",
                "aria-labelledby": "picture-title picture-description",
                "width": number(width),
                "height": number(height),
                "viewBox": f"0 0 {number(width)} {number(height)}",
                "font-family": FONTS,
            },
        )
        ET.SubElement(self.root, "title", {"id": "picture-title"}).text = allowed(title)
        ET.SubElement(self.root, "desc", {"id": "picture-description"}).text = allowed(description)
        self._into = self.root
        self.rect(0, 0, width, height, fill="#ffffff")

    @contextmanager
    def group(self, tip: str = "", **attributes: str) -> Iterator[None]:
        """Shapes that belong together, with words that appear on pointing at them."""
        outer = self._into
        self._into = ET.SubElement(outer, "g", _spelt(attributes))
        if tip:
            ET.SubElement(self._into, "title").text = allowed(tip)
        try:
            yield
        finally:
            self._into = outer

    def rect(self, x: float, y: float, width: float, height: float, **attributes: str) -> None:
        place = {"x": number(x), "y": number(y), "width": number(width), "height": number(height)}
        ET.SubElement(self._into, "rect", {**place, **_spelt(attributes)})

    def circle(self, x: float, y: float, radius: float, **attributes: str) -> None:
        place = {"cx": number(x), "cy": number(y), "r": number(radius)}
        ET.SubElement(self._into, "circle", {**place, **_spelt(attributes)})

    def text(self, x: float, y: float, text: str, size: float, **attributes: str) -> None:
        """A line of text whose baseline is at ``y``."""
        place = {"x": number(x), "y": number(y), "font-size": number(size)}
        ET.SubElement(self._into, "text", {**place, **_spelt(attributes)}).text = allowed(text)

    def line(self, start: Point, end: Point, **attributes: str) -> None:
        place = dict(zip(("x1", "y1", "x2", "y2"), map(number, (*start, *end)), strict=True))
        ET.SubElement(self._into, "line", {**place, **_spelt(attributes)})

    def polygon(self, points: Iterable[Point], **attributes: str) -> None:
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        ET.SubElement(self._into, "polygon", {"points": corners, **_spelt(attributes)})

    def way(self, points: Sequence[Point], **attributes: str) -> None:
        """A line along points, its corners rounded."""
        ET.SubElement(self._into, "path", {"d": _rounded(points), "fill": "none", **_spelt(attributes)})

    def __str__(self) -> str:
        ET.indent(self.root, " ")
        return ET.tostring(self.root, encoding="unicode") + "\n"


def _spelt(attributes: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in attributes.items()}


def _rounded(points: Sequence[Point]) -> str:
    points = _straightened(points)
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        parts.append("L" + _towards(corner, before))
        parts.append(f"Q{number(corner[0])} {number(corner[1])} {_towards(corner, after)}")
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return " ".join(parts)


def _straightened(points: Sequence[Point]) -> list[Point]:
    """The points at which a line turns."""
    kept = [points[0]]
    for point, after in zip(points[1:], [*points[2:], None], strict=True):
        straight = after is not None and (
            kept[-1][0] == point[0] == after[0] or kept[-1][1] == point[1] == after[1]
        )
        if point != kept[-1] and not straight:
            kept.append(point)
    return kept


def _towards(corner: Point, other: Point) -> str:
    """A point a little way from a corner towards another point."""
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(_CORNER, length / 2) / length
    x = corner[0] + (other[0] - corner[0]) * share
    y = corner[1] + (other[1] - corner[1]) * share
    return f"{number(x)} {number(y)}"
