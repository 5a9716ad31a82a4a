"""The parts of a page say in words what they show, and escape what they are given."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format

from vetting.web.parts import Fact, Happening, Legal, Link, Step, Task
from vetting.web.words import STATUSES

EVIL = "<img src=x>"


def render(source: str, path: str = "/", **values: object) -> str:
    values["request"] = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize("kind", STATUSES)
def test_every_status_is_words_first(kind: str) -> None:
    assert str(STATUSES[kind][0]) in render("{% status_tag kind %}", kind=kind)


def test_other_words_for_a_status() -> None:
    html = render('{% status_tag "blocked" "Kan inte påbörjas – referens saknas" %}')
    assert "referens saknas" in html
    assert "aria-hidden" in html


def test_the_sign() -> None:
    missing = [Link("Utdrag", "#u", note="väntar")]
    assert "Får inte börja – saknas:" in render("{% sign False missing %}", missing=missing)
    calm = render("{% sign False missing calm=True %}", missing=missing * 4)
    assert "<details" in calm
    assert "4 saker saknas" in calm
    assert "data-calm" not in render("{% sign False missing %}", missing=missing * 4)
    ready = render('{% sign True note="Från 1 december." about="Kandidat 1" %}')
    assert "Får börja" in ready
    assert "saknas" not in ready
    assert "Kandidat 1" in ready


def test_fields_are_named_away_from_their_form() -> None:
    law = Legal("Skollagen", record="Visas upp.", fields="Fält: Visades.")
    assert "Fält" not in render("{% legal law %}", law=law)
    assert "Visas upp. Fält: Visades." in render("{% legal law names_fields=True %}", law=law)
    assert "Fält: Visades." in render("{% checks tasks %}", tasks=[Task("Utdrag", "todo", legal=law)])


def test_a_task_list_names_the_law_under_each() -> None:
    tasks = [
        Task(
            "Utdrag",
            "candidate",
            "/c/1/",
            who="A B",
            when=date(2026, 11, 3),
            legal=Legal("2:31 skollagen", never="Innehåll"),
        )
    ]
    html = render("{% checks tasks 'Före start' %}", tasks=tasks)
    for words in ("Utdrag", "Väntar på kandidaten", "3 nov 2026", "2:31 skollagen", "Aldrig", "Innehåll"):
        assert words in html


def test_moments_are_told_in_stockholm() -> None:
    assert ">1 jul 2026 14:05<" in render(
        "{% when at %}", at=datetime(2026, 7, 1, 12, 5, tzinfo=UTC)
    ).replace("juli", "jul")
    assert render("{% when at %}", at=None) == "–"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_days_are_written_as_the_language_does(language: str) -> None:
    with translation.override(language):
        for month in range(1, 13):
            day = date(2026, month, month)
            assert f">{date_format(day, 'j b Y')}<" in render("{% when day %}", day=day)


def test_an_icon_follows_the_place_of_its_drawings(settings: Any) -> None:
    assert '"/static/vendor/icons.svg#tasks"' in render("{% icon 'tasks' %}")
    settings.STATIC_URL = "/elsewhere/"
    assert '"/elsewhere/vendor/icons.svg#tasks"' in render("{% icon 'tasks' %}")
    assert 'aria-label="&lt;b&gt;"' in render("{% icon 'tasks' label %}", label="<b>")


def test_progress_has_words() -> None:
    assert "5 av 7 före beslut" in render('{% progress 5 7 "före beslut" %}')


def test_pages_keep_the_filters() -> None:
    html = render("{% pages page %}", "/r/?status=open&sida=2", page=Paginator(range(100), 25).page(2))
    assert "Visar 26–50 av 100" in html
    assert "?status=open&amp;sida=3" in html
    assert "sida=2&" not in html


def test_a_heading_that_sorts_turns_around() -> None:
    html = render('{% sort_th "Väntat" "waited" %}', "/r/?ordning=waited&sida=4&q=a")
    assert 'aria-sort="ascending"' in html
    assert "ordning=-waited" in html
    assert "sida" not in html


@pytest.mark.parametrize(
    "source",
    [
        "{% card evil note=evil %}x{% endcard %}",
        "{% alert 'info' evil %}x{% endalert %}",
        "{% empty evil %}x{% endempty %}",
        "{% more evil %}x{% endmore %}",
        "{% table evil %}{% endtable %}",
        "{% facts facts %}{% rows facts %}",
        "{% stats links %}{% tabs links evil %}{% chips links %}{% breadcrumbs links %}",
        "{% checks tasks evil %}",
        "{% timeline events %}",
        "{% steps steps evil %}",
        "{% sign False links evil evil %}{% blocked evil links %}",
        "{% readers 'secrecy' evil %}{% status_tag 'done' evil %}{% button evil '/' %}{% icon 'eye' evil %}",
    ],
)
def test_nothing_given_becomes_markup(source: str) -> None:
    html = render(
        source,
        evil=EVIL,
        facts=[Fact(EVIL, EVIL, note=EVIL)],
        links=[Link(EVIL, "/", note=EVIL, count=1)],
        tasks=[
            Task(
                EVIL, "done", who=EVIL, when=EVIL, note=EVIL, status=EVIL, legal=Legal(EVIL, EVIL, EVIL, EVIL)
            )
        ],
        events=[Happening(EVIL, EVIL, datetime(2026, 1, 1, tzinfo=UTC), EVIL, [EVIL])],
        steps=[Step(EVIL, "done")],
    )
    assert EVIL not in html
    assert "&lt;img" in html
