"""*Hämta siffror*: the page's protected tables as a file, for whoever may fetch all she sees; recorded first."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from tests.oversight.test_control_page import copies
from tests.recruitment.opinions import ask
from tests.recruitment.short_work import at
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.oversight.queries.protected import last_quarter
from vetting.recruitment.models import Opinion

EVENT, QUERIES = "figures.exported", 15
MAY = {"hr_head", "security_head", "auditor"}
LATER = timedelta(days=20)
ROW = re.compile(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", re.DOTALL)


@pytest.fixture
def counted(world: World) -> Iterator[World]:
    """A quarter that is over with fourteen opinions, two of them late, and one that waits now."""
    ask(world)
    row = Opinion.objects.values()[0]
    quarter = last_quarter(world.today + LATER)
    copies(row, 12, requested_on=quarter.first, concluded_on=quarter.first)
    copies(row, 2, requested_on=quarter.first, concluded_on=quarter.last)
    with at(world.today + LATER):
        yield world


def fetch(world: World, name: str, *, fresh: bool = True, **fields: str) -> Any:
    return client_of(world, name, fresh=fresh).post(reverse("export_figures"), filled(**fields))


def lines(answer: Any) -> list[list[str]]:
    """The rows of the file, as a spreadsheet reads them."""
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def on_page(world: World, name: str) -> list[tuple[str, str]]:
    """What the page says of the quarter: (number, value), in order."""
    page = client_of(world, name).get(reverse("control")).content.decode()
    told = page.split("Förra kvartalet", 1)[1].split("Du kan inte öppna", 1)[0]
    return [(_text(number), _text(value)) for number, value in ROW.findall(told)]


def _text(part: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", part)).strip()


@pytest.mark.parametrize("name", ["auditor", "hr_head"])
def test_it_holds_what_the_page_shows_and_as_it_shows_it(counted: World, name: str) -> None:
    shown = on_page(counted, name)
    assert ("Lämnade yttranden", "14") in shown
    assert ("varav över målet", "skyddad uppgift") in shown
    answer = fetch(counted, name)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    quarter = last_quarter(counted.today + LATER)
    first, last = quarter.first.isoformat(), quarter.last.isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="siffror-{first}-{last}.csv"'
    rows = lines(answer)
    head, body = rows[: rows.index([])], rows[rows.index([]) + 2 :]
    assert [(label, value) for _heading, label, value in body][: len(shown)] == shown
    said = {row[0]: row[1] for row in head}
    assert said["Period"] == f"{first} – {last}"
    assert said["Hämtad"] == (counted.today + LATER).isoformat()
    own = ", ".join(sorted(counted.units[key].authority.name for key in ("executive", "school")))
    assert said["Omfattar"] == ("Hela kommunen" if name == "auditor" else own)
    assert "Tal under 5" in said["Skyddad uppgift"]


def test_no_file_tells_a_small_number_whoever_fetches_it(counted: World) -> None:
    for name in sorted(MAY):
        numbers = [row[2] for row in lines(fetch(counted, name)) if len(row) == 3]
        assert "14" in numbers
        assert not {"0", "1", "2", "3", "4", "12"} & set(numbers), name


def test_exactly_its_bytes_are_recorded_before_they_leave(counted: World) -> None:
    answer = fetch(counted, "auditor")
    entry = Entry.objects.get(action=EVENT)
    assert entry.actor_role == "auditor"
    assert entry.facts["digest"] == sha256(answer.content).hexdigest()
    assert entry.facts["period"] in answer.content.decode()


def test_nothing_leaves_when_the_entry_cannot_be_written(
    counted: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr("vetting.oversight.views.figures.record", broken)
    client = client_of(counted, "auditor", fresh=True)
    client.raise_request_exception = False
    answer = client.post(reverse("export_figures"), filled())
    assert answer.status_code >= 500
    assert "yttranden" not in answer.content.decode()


def test_who_may_and_when_follows_the_matrix(counted: World) -> None:
    for name in counted.accounts:
        page = client_of(counted, name).get(reverse("control"))
        offered = page.status_code == 200 and reverse("export_figures") in page.content.decode()
        assert offered == (name in MAY), name
        if name not in MAY:
            assert fetch(counted, name).status_code == 404, name
    assert client_of(counted, "auditor").get(reverse("export_figures")).status_code == 405
    assert "Bekräfta att det är du" in fetch(counted, "auditor", fresh=False).content.decode()
    assert fetch(counted, "auditor", _resumed="1").status_code == 302
    assert not Entry.objects.filter(action=EVENT).exists()


def test_whoever_sees_more_than_may_be_fetched_fetches_nothing(counted: World) -> None:
    """The file of the one authority beside the page of both would tell the small number of the other."""
    counted.hire("hr_head", "chief", authority=counted.units["school"].authority)
    page = client_of(counted, "hr_head").get(reverse("control")).content.decode()
    assert reverse("export_figures") not in page
    assert fetch(counted, "hr_head").status_code == 404
    assert not Entry.objects.filter(action=EVENT).exists()


def test_the_page_asks_no_more_and_the_file_little(counted: World) -> None:
    client = client_of(counted, "security_head", fresh=True)
    client.get(reverse("control"))
    for ask_for in (
        lambda: client.get(reverse("control")),
        lambda: client.post(reverse("export_figures"), filled()),
    ):
        with CaptureQueriesContext(connection) as said:
            assert ask_for().status_code == 200
        asked = [each for each in said if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
        assert len(asked) <= QUERIES
