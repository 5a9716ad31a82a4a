"""Charts as geometry: what stands where in an SVG that is drawn on the server, without script or style.

Lengths along the page are percents of its width, so that a chart fills a telephone and a desk alike while its letters
keep their size; heights are pixels. A drawing holds finished text for the attributes: no language changes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

TOP, PLOT, FOOT = 24, 132, 40
"""Pixels above the plot (the label of a full column), of the plot, and below it (two lines of labels)."""
BASE = TOP + PLOT
LEFT = 11.0
"""Percent of the width kept for the numbers of the axis."""
SHARE_OF_SLOT, WIDEST = 0.62, 11.0
ROW, BAR = 46, 10
"""Pixels for each bar that lies down (a line of text above it), and its thickness."""
BAR_MOST = 86.0
"""Percent of the width that the longest bar takes: its number stands after it."""
LONGEST, FITS = 52, 4
"""Letters of a label along a bar, and of a number above a column, that a telephone has room for."""
STEPS = (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80)


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a chart. `value` None draws nothing; `instead` is then written there (as for what is protected).

    `low` and `high` are the ends of a spread; `under` is a second line below the label; `runs`: not over yet.
    """

    label: str
    value: float | None = None
    text: str = ""
    low: float | None = None
    high: float | None = None
    under: str = ""
    instead: str = ""
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: `kind` is what its class says."""

    x: str
    y: str
    width: str
    height: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, from `x` to the right edge."""

    x: str
    y: str
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text: `anchor` is SVG's start, middle or end."""

    x: str
    y: str
    text: str
    anchor: str
    kind: str


@dataclass(slots=True)
class Drawing:
    """What is drawn, in order: rules, boxes, words. `height` in pixels."""

    height: int
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with all that is said of it, and its twin: a table with the same numbers.

    `name` is the chart's own on its page. `figure` is the one number to remember, `says` what it is of; `description`
    tells the picture to whoever does not see it. `key`: (kind of mark, its meaning). Without `drawing`, `says` tells
    why there is none.
    """

    name: str
    title: str
    says: str
    figure: str = ""
    note: str = ""
    description: str = ""
    drawing: Drawing | None = None
    key: Sequence[tuple[str, str]] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def columns(points: Sequence[Point], top: float, unit: str = "") -> Drawing:
    """Standing columns from 0 to `top`, with the value above each. Raises ValueError without points."""
    drawing = _framed(points, top, unit)
    for point, middle, width in _slots(points):
        if point.value is None:
            continue
        height = PLOT * min(point.value, top) / top
        kind = "runs" if point.runs else "bar"
        drawing.boxes.append(_box(middle - width / 2, BASE - height, width, max(height, 1), kind))
    return _labelled(drawing, points, [point.value for point in points], top)


def spans(points: Sequence[Point], target: float, unit: str = "") -> Drawing:
    """The middle value of each place with its spread as a paler box, and a dashed line at `target`."""
    top = nice(max([target, *(point.high or point.value or 0 for point in points)]))
    drawing = _framed(points, top, unit)
    for point, middle, width in _slots(points):
        if point.value is None:
            continue
        low = point.value if point.low is None else point.low
        high = point.value if point.high is None else point.high
        upper, lower = _y(high, top), _y(low, top)
        drawing.boxes.append(_box(middle - width / 2, upper, width, max(lower - upper, 1), "spread"))
        drawing.boxes.append(_box(middle - width / 2, _y(point.value, top) - 2, width, 4, "middle"))
    drawing.rules.append(Rule(_percent(LEFT), _pixels(_y(target, top)), "target"))
    return _labelled(drawing, points, [point.high or point.value for point in points], top)


def bars(points: Sequence[Point]) -> Drawing:
    """Lying bars, one below the other, each under its label and with its number after it."""
    most = max([1, *(point.value or 0 for point in points)])
    drawing = Drawing(ROW * len(points))
    for place, point in enumerate(points):
        value, y = point.value or 0, place * ROW
        width = BAR_MOST * value / most
        drawing.words.append(Words("0", _pixels(y + 16), _short(point.label), "start", "label"))
        drawing.boxes.append(_box(0, y + 24, BAR_MOST, BAR, "track"))
        if value:
            drawing.boxes.append(_box(0, y + 24, max(width, 0.8), BAR, "runs" if point.runs else "bar"))
        drawing.words.append(Words("100%", _pixels(y + 33), point.text, "end", "value"))
    return drawing


def nice(value: float) -> float:
    """The lowest even and round number that `value` fits under; at least 2."""
    factor = 1
    while True:
        found = next((step * factor for step in STEPS if step * factor >= value), None)
        if found is not None:
            return found
        factor *= 10


def _framed(points: Sequence[Point], top: float, unit: str) -> Drawing:
    if not points:
        raise ValueError("a chart of nothing has no drawing")
    drawing = Drawing(BASE + FOOT)
    for value in (top, top / 2, 0):
        y = _y(value, top)
        drawing.rules.append(Rule(_percent(LEFT), _pixels(y), "base" if value == 0 else "grid"))
        words = f"{value:g}{unit}" if value == top else f"{value:g}"
        drawing.words.append(Words("0", _pixels(y + 4), words, "start", "axis"))
    return drawing


def _labelled(
    drawing: Drawing, points: Sequence[Point], heights: Sequence[float | None], top: float
) -> Drawing:
    """With the labels below and the values above: where they are too long to stand side by side, the highest and the
    last alone."""
    shown = [place for place, point in enumerate(points) if point.value is not None]
    if any(len(points[place].text) > FITS for place in shown) and len(points) > FITS:
        highest = max(shown, key=lambda place: heights[place] or 0)
        shown = [highest, shown[-1]] if shown[-1] - highest > 1 else [highest]
    for place, (point, middle, _width) in enumerate(_slots(points)):
        x = _percent(middle)
        drawing.words.append(Words(x, _pixels(BASE + 17), point.label, "middle", "axis"))
        if point.under:
            drawing.words.append(Words(x, _pixels(BASE + 33), point.under, "middle", "axis"))
        if place in shown:
            y = _pixels(_y(min(heights[place] or 0, top), top) - 6)
            drawing.words.append(Words(x, y, point.text, "middle", "value"))
        elif point.value is None and point.instead:
            drawing.words.append(Words(x, _pixels(BASE - 7), point.instead, "middle", "axis"))
    return drawing


def _slots(points: Sequence[Point]) -> list[tuple[Point, float, float]]:
    """Each point with the middle of its place and the width of its column, in percent."""
    slot = (100 - LEFT) / len(points)
    width = min(slot * SHARE_OF_SLOT, WIDEST)
    return [(point, LEFT + slot * (place + 0.5), width) for place, point in enumerate(points)]


def _y(value: float, top: float) -> float:
    return BASE - PLOT * value / top


def _box(x: float, y: float, width: float, height: float, kind: str) -> Box:
    return Box(_percent(x), _pixels(y), _percent(width), _pixels(height), kind)


def _percent(value: float) -> str:
    return f"{_pixels(value)}%"


def _pixels(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
