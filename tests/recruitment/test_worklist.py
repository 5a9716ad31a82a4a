"""*Rekryteringar*: tabs, filters, order, what a row says, who sees what, and the list as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.made_once import made_twice
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.queries import worklist
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.list_rows import read_rows
from vetting.recruitment.queries.worklist import TABS, Choice, counts, page_rows
from vetting.recruitment.views import worklist as views

Get = Callable[..., HttpResponse]


@pytest.fixture
def get(world: World, client: Client) -> Get:
    """Open an address as a named person."""

    def opened(name: str, query: str = "") -> HttpResponse:
        client.force_login(world.accounts[name])
        return client.get(reverse("recruitment_list") + query)

    return opened


def references(answer: HttpResponse) -> list[str]:
    """The references of the rows shown."""
    return [row["recruitment"].reference for row in answer.context["rows"]]


def test_a_row_says_what_is_next_and_never_who(world: World, get: Get) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist("Testa Persson")
    answer = get("hr")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Elevassistent" in page
    assert "Testa Persson" not in page
    row = answer.context["rows"][0]
    assert row["next"]
    assert 0 <= row["done"] < row["total"]


def test_next_step_follows_the_work(world: World, get: Get) -> None:
    walk = Walk(world, "assistant")
    assert get("hr").context["rows"][0]["next"] == "Öppna för slutkandidater"
    finalist = walk.open().finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    row = get("manager").context["rows"][0]
    assert (row["next"], row["on"]) == ("Besluta om anställning", "Chefen")
    walk.sign(finalist)
    walk.start(finalist)
    assert get("hr").context["rows"][0]["kind"] == "done"


def test_progress_equals_the_whole_case(world: World) -> None:
    walk = Walk(world, "buyer").open()
    walk.ready(walk.finalist())
    (light,) = light_cases([walk.case().recruitment])
    (row,) = read_rows([light.recruitment], world.today)
    (whole,) = read_rows([walk.case().recruitment], world.today)
    assert (row.done, row.total, row.next.code) == (whole.done, whole.total, whole.next.code)


def test_tabs_count_what_they_hold(world: World, get: Get) -> None:
    first, second = Walk(world, "assistant").open(), Walk(world, "clerk")
    hold_recruitment(first.case(), by=world.actor("hr"), reason="holidays")
    assert first.pk != second.pk
    for code, number in (
        ("mina", 2),
        ("enhet", 2),
        ("pausade", 1),
        ("avslutade", 0),
        ("alla", 2),
        ("sakerhet", 0),
    ):
        answer = get("hr", f"?visa={code}")
        tab = next(tab for tab in answer.context["tabs"] if tab.current)
        assert tab.count == number == len(answer.context["rows"])


def test_filters_stand_in_the_address(world: World, get: Get) -> None:
    Walk(world, "assistant")
    Walk(world, "clerk", form="fixed_term")
    school = world.units["school"].pk
    for query, expected in (
        ("q=elev", 1), ("q=2026-", None), (f"enhet={school}", 1), ("lage=draft", 2), ("lage=closed", 0),
        ("form=fixed_term", 1), ("niva=1", 2), ("niva=5", 0), ("q=%E2%80%AE", 2), ("lage=nonsens&enhet=x", 2),
    ):  # fmt: skip
        answer = get("hr", f"?visa=alla&{query}")
        assert answer.status_code == 200
        if expected is not None:
            assert len(answer.context["rows"]) == expected, query
    chip = get("hr", f"?visa=alla&q=elev&enhet={school}").context["chips"][0]
    assert "q=" not in chip.url
    assert "enhet=" in chip.url


def test_the_list_finds_units_and_never_takes_a_number(world: World, get: Get) -> None:
    Walk(world, "assistant")
    Walk(world, "clerk")
    unit = world.units["school"].name
    assert len(get("hr", f"?visa=alla&q={unit[:6].lower()}").context["rows"]) == 1
    for typed in ("19850101-2384", "850101+2384", "Anna 850101-2384"):
        sent = get("hr", "?" + urlencode({"visa": "alla", "q": typed}))
        assert sent.status_code == 302
        answer = get("hr", sent["Location"].removeprefix(reverse("recruitment_list")))
        assert "2384" not in sent["Location"]
        page = answer.content.decode()
        assert "2384" not in page, "a number in an address is not carried on in links and fields"
        assert reverse("search_number") in page
        assert answer.context["chips"] == []
    page = get("registrar", "?visa=alla&nummer=1").content.decode()
    assert "Sök på referens i stället." in page


def test_the_first_press_on_waiting_puts_the_longest_first(world: World, get: Get) -> None:
    Walk(world, "assistant")
    page, pressed = (
        get("hr", query).content.decode() for query in ("?visa=alla", "?visa=alla&ordning=-vantat")
    )
    assert "ordning=-vantat" in page
    assert "ordning=referens" in page
    assert "ordning=vantat" in pressed, "and the second the shortest"


def test_order(world: World, get: Get) -> None:
    walks = [Walk(world, key) for key in ("assistant", "clerk", "buyer")]
    ordered = [walk.case().recruitment.reference for walk in walks]
    assert references(get("hr", "?visa=alla&ordning=referens")) == sorted(ordered)
    assert references(get("hr", "?visa=alla&ordning=-referens")) == sorted(ordered, reverse=True)
    old = walks[2].case().recruitment
    old.created_on -= timedelta(days=40)
    old.planned_start = None
    put(old)
    assert references(get("hr", "?visa=alla&ordning=-vantat"))[0] == old.reference
    assert references(get("hr", "?visa=alla&ordning=start"))[-1] == old.reference
    assert references(get("hr", "?visa=alla&ordning=-start"))[-1] == old.reference


def test_a_start_that_has_passed_is_marked(world: World, get: Get) -> None:
    row = Walk(world, "assistant").case().recruitment
    row.planned_start = world.today - timedelta(days=1)
    put(row)
    assert "har passerat" in get("hr").content.decode()


def test_outside_ones_scope_there_is_nothing(world: World, get: Get) -> None:
    Walk(world, "clerk")
    assert get("other_manager", "?visa=alla").context["rows"] == []
    assert get("security_one", "?visa=alla").context["rows"] == []
    assert get("registrar", "?visa=alla").context["rows"] != []
    assert get("archivist", "?visa=alla").context["rows"] == []
    assert get("employee").status_code == 404


@pytest.fixture
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Numbers are told as far as two, and a page holds one row. What was made with other numbers is made again."""
    for module, names in ((worklist, ("MOST", "PER_PAGE")), (views, ("MOST", "PER_PAGE"))):
        for name, number in zip(names, (2, 1), strict=True):
            monkeypatch.setattr(module, name, number)
    for kept in (worklist._counting, worklist._paging):
        kept.cache_clear()
    yield
    for kept in (worklist._counting, worklist._paging):
        kept.cache_clear()


@pytest.mark.parametrize("query", ["?visa=alla", "?visa=alla&q=elev"])
def test_more_than_so_many_are_told_as_more_and_the_list_goes_on_to_its_end(
    world: World, get: Get, two_are_many: None, query: str
) -> None:
    made = [Walk(world, "assistant").case().recruitment.reference for _each in range(2)]
    assert [tab.more for tab in get("hr", query).context["tabs"]] == [False] * 6
    made += [Walk(world, "assistant").case().recruitment.reference for _each in range(3)]
    seen, page, number = [], "", 1
    while True:
        answer = get("hr", f"{query}&sida={number}")
        seen += references(answer)
        page = answer.content.decode()
        told = {
            tab.url.split("visa=")[1].split("&")[0]: (tab.count, tab.more) for tab in answer.context["tabs"]
        }
        assert (told["alla"], told["pausade"]) == ((2, True), (0, False))
        assert ">2+</span>" in page
        if not answer.context["page"].has_next():
            break
        assert "av fler än" in page or f"av {len(made)}" in page
        number += 1
    assert sorted(seen) == sorted(made)
    assert f"Visar 5–5 av {len(made)}" in page
    assert references(get("hr", f"{query}&sida=999999")) == seen[-1:]
    for odd in ("0", "-1", "9999999", "3_0", "x"):
        answer = get("hr", f"{query}&sida={odd}")
        assert references(answer) == seen[:1], odd
        assert "Visar 1–1 av fler än 2" in answer.content.decode(), odd


def test_what_is_made_once_gives_what_is_made_anew(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    hold_recruitment(Walk(world, "clerk").case(), by=world.actor("hr"), reason="holidays")
    asked = 0
    for name, actor, reach, anew in made_twice(world):
        for visa in TABS:
            for more in ({}, {"lage": "open"}, {"niva": "2", "ordning": "-start"}):
                choice = Choice(visa=visa, **more)
                assert choice.is_common
                for _again in range(2):
                    assert counts(actor, reach, choice) == counts(actor, anew, choice), (name, choice)
                    rows = [
                        [row.case.pk for row in page_rows(actor, each, choice, 0)] for each in (reach, anew)
                    ]
                    assert rows[0] == rows[1], (name, choice)
                    asked += len(rows[0])
    assert asked > 40


@pytest.mark.parametrize("name", ["hr", "manager", "hr_head"])
def test_queries_do_not_grow(world: World, client: Client, name: str) -> None:
    """At two sizes, the second over a page: the same number, at most twelve."""
    client.force_login(world.accounts[name])
    numbers = []
    for size in (3, 27):
        for _again in range(size):
            walk = Walk(world, "assistant")
        walk.open().finalist()
        walk.finish({"before_advert"})
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(reverse("recruitment_list") + "?visa=alla&q=elev&ordning=start")
        numbers.append(len(caught))
        assert len(answer.content) < 60_000
    assert numbers[0] == numbers[1] <= 12, [query["sql"][:150] for query in caught.captured_queries]


def test_the_file_has_no_names_and_no_formulas(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vetting.recruitment.views.worklist.require_step_up", lambda request: None)
    position = world.positions["clerk"]
    position.title = "=1+1"
    put(position)
    Walk(world, "clerk").open().finalist("Testa Persson")
    client.force_login(world.accounts["hr"])
    answer = client.post(reverse("export_recruitment_list"), {"visa": "alla", "q": "1+1"})
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1] == "'=1+1"
    assert "Persson" not in text
    assert "Manager" not in text
    entry = Entry.objects.filter(action="recruitment.list_exported").get()
    assert '"count":1' in bytes(entry.leaf).decode().replace(" ", "")
    assert "1+1" not in bytes(entry.leaf).decode()


def test_the_file_asks_for_the_password_again(world: World, client: Client) -> None:
    Walk(world, "clerk")
    client.force_login(world.accounts["hr"])
    answer = client.post(reverse("export_recruitment_list"), {"visa": "alla"})
    assert "text/html" in answer["Content-Type"]
    assert not Entry.objects.filter(action="recruitment.list_exported").exists()


@pytest.mark.parametrize("name", ["manager", "security_one", "employee"])
def test_the_file_is_not_for_everyone(world: World, client: Client, name: str) -> None:
    client.force_login(world.accounts[name])
    assert client.post(reverse("export_recruitment_list")).status_code == 404
