"""Charts: every mark stands where its value says, on a telephone as on a desk, and the table says the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.template import Context, Template

from vetting.web.charts import (
    BAR_MOST,
    BASE,
    FITS,
    LEFT,
    LONGEST,
    PLOT,
    TOP,
    Box,
    Chart,
    Point,
    bars,
    columns,
    nice,
    spans,
)

MONTHS = [Point(f"m{n}") for n in range(12)]


def numbers(box: Box) -> tuple[float, float, float, float]:
    """Left and width in percent, upper edge and height in pixels."""
    return (float(box.x[:-1]), float(box.width[:-1]), float(box.y), float(box.height))


def test_a_column_is_as_high_as_its_value_and_stands_on_the_line() -> None:
    points = [Point("jan", 100, "100"), Point("feb"), Point("mar", 25, "25"), Point("apr", 0, "0", runs=True)]
    drawing = columns(points, 100, " %")
    full, quarter, nothing = (numbers(box) for box in drawing.boxes)
    assert full[2:] == (TOP, PLOT)
    assert quarter[2:] == (BASE - PLOT / 4, PLOT / 4)
    assert nothing[3] == 1, "a share of nothing is a line, not an empty place"
    assert [box.kind for box in drawing.boxes] == ["bar", "bar", "runs"]
    slot = (100 - LEFT) / 4
    for place, (left, width, _y, _height) in zip((0, 2, 3), (full, quarter, nothing), strict=True):
        assert left + width / 2 == pytest.approx(LEFT + slot * (place + 0.5), abs=0.02)
    words = {(each.text, each.kind): each for each in drawing.words}
    assert float(words["100", "value"].y) == TOP - 6
    assert float(words["25", "value"].y) == BASE - PLOT / 4 - 6
    assert [float(words[text, "axis"].y) - 4 for text in ("100 %", "50", "0")] == [TOP, TOP + PLOT / 2, BASE]
    assert [rule.kind for rule in drawing.rules] == ["grid", "grid", "base"]


def test_twelve_columns_fill_the_width_and_none_lies_over_the_next() -> None:
    drawing = columns([Point(f"m{n}", n, str(n)) for n in range(12)], 100)
    places = [numbers(box) for box in drawing.boxes]
    assert all(left + width < after[0] for (left, width, *_rest), after in pairwise(places))
    assert places[0][0] > LEFT
    assert places[-1][0] + places[-1][1] < 100


def test_what_may_not_be_shown_is_written_and_not_drawn() -> None:
    drawing = columns([Point("kv 1", instead="skyddat", under="2026"), Point("kv 2", 58, "58")], 100)
    assert len(drawing.boxes) == 1
    assert ("skyddat", "middle") in {(each.text, each.anchor) for each in drawing.words}
    assert "2026" in {each.text for each in drawing.words}
    with pytest.raises(ValueError, match="nothing"):
        columns([], 100)


def test_a_spread_lies_around_its_middle_and_the_target_is_where_it_says() -> None:
    drawing = spans([*MONTHS[:3], Point("apr", 2, "2", low=1, high=3)], target=1)
    spread, middle = (numbers(box) for box in drawing.boxes)
    each_day = PLOT / 4  # three days at most: the axis ends at four
    assert spread[2:] == (BASE - 3 * each_day, 2 * each_day)
    assert middle[2] + middle[3] / 2 == BASE - 2 * each_day
    assert spread[:2] == middle[:2]
    (target,) = (rule for rule in drawing.rules if rule.kind == "target")
    assert float(target.y) == BASE - each_day
    (label,) = (each for each in drawing.words if each.kind == "value")
    assert float(label.y) == BASE - 3 * each_day - 6, "above the spread, not across it"


def test_an_axis_ends_at_a_round_number_that_halves() -> None:
    assert [nice(value) for value in (0, 1, 2, 3, 7, 11, 25, 99, 101, 1_000_000)] == [
        2, 2, 2, 4, 8, 12, 30, 100, 120, 1_000_000,
    ]  # fmt: skip


def test_lying_bars_share_one_scale_and_an_empty_one_has_a_number_all_the_same() -> None:
    drawing = bars([Point("a", 4, "4"), Point("b", 1, "1"), Point("c", 0, "0"), Point("x" * 80, 1, "1")])
    drawn = [numbers(box) for box in drawing.boxes if box.kind == "bar"]
    assert [width for _left, width, *_rest in drawn] == [BAR_MOST, BAR_MOST / 4, BAR_MOST / 4]
    assert len({left for left, *_rest in drawn}) == 1
    assert [each.text for each in drawing.words if each.kind == "value"] == ["4", "1", "0", "1"]
    assert max(len(each.text) for each in drawing.words) == LONGEST
    assert drawing.height == max(float(each.y) for each in drawing.words) + 13


def test_very_large_numbers_stay_inside_and_their_words_apart() -> None:
    points = [Point(f"m{n}", 1_234 * n, f"{1_234 * n} dygn", low=0, high=2_000 * n) for n in range(12)]
    drawing = spans(points, target=1)
    assert all(float(box.y) >= 0 and float(box.y) + float(box.height) <= BASE + 2 for box in drawing.boxes)
    shown = [each.text for each in drawing.words if each.kind == "value"]
    assert len(shown[0]) > FITS
    assert shown == [points[-1].text], "the others would lie over one another; the table has them"
    huge = bars([Point("a", 10**9, "1 000 000 000"), Point("b", 1, "1")])
    assert [numbers(box)[1] for box in huge.boxes if box.kind == "bar"] == [BAR_MOST, 0.8]


def drawn(chart: Chart) -> str:
    return Template("{% load ui %}{% chart item %}").render(Context({"item": chart}))


def test_it_is_a_picture_with_a_title_and_a_description_and_its_table_says_the_same() -> None:
    chart = Chart(
        name="chart-x", title="Andel <klara>", says="av 8", figure="75 %", description="Senast: 75 procent.",
        drawing=columns([Point("jan", 75, "75")], 100), key=(("bar", "Klara"),),
        headings=("Månad", "Andel"), rows=[("jan 2026", "75 %")],
    )  # fmt: skip
    page = drawn(chart)
    found = re.search(
        r'<svg role="img" aria-labelledby="(\S+) (\S+)" width="100%"[^>]*>'
        r'<title id="(\S+)">(.*?)</title><desc id="(\S+)">(.*?)</desc>.*?</svg>',
        page,
    )
    assert found is not None
    title, description, *said = found.groups()
    assert said == [title, "Andel &lt;klara&gt;", description, "Senast: 75 procent."]
    assert "viewBox" not in found[0], "letters would shrink with the picture"
    assert not re.search(r"style=|<script|on\w+=|href=", found[0])
    assert '<th scope="row">jan 2026</th><td class="app-num">75 %</td>' in page
    assert '<table class="ds-table' in page


def test_with_nothing_to_draw_it_says_so() -> None:
    page = drawn(Chart(name="x", title="T", says="Inget beslut har fattats."))
    assert "Inget beslut har fattats." in page
    assert "<svg" not in page
    assert "<table" not in page
