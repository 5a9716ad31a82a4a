"""What leaves the room when a year is over: protected counts, by one module, and nothing that leads back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, models

from audit import clock
from audit.errors import AppendOnly
from audit.models import Entry
from tests.reports.pages import recipient, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.figures.models import ReleasedCell
from vetting.policy.calendar import STOCKHOLM
from vetting.reports.errors import NotComplete
from vetting.reports.leaving import leave, years_to_leave

ROOT = Path(settings.BASE_DIR)
YEAR = datetime.now(STOCKHOLM).year
"""This one: the recipients' certificates are of today."""
AFTER = datetime(YEAR + 1, 1, 4, 9, tzinfo=STOCKHOLM)


def told(desk: Desk, number: int, kind: str, actor: str, **more: Any) -> None:
    """As many reports of one kind, by as many who are known."""
    for place in range(number):
        said: dict[str, Any] = {"kind": [kind], "actor": actor}
        with clock.at(datetime(YEAR, 1 + place % 9, 5, 9, tzinfo=STOCKHOLM)):
            desk.send(mode="confidential", name=f"Nils {place}", facts=said, **more)


def count(desk: Desk, name: str = "rita") -> dict[tuple[str, str], int | None]:
    with clock.at(AFTER):
        leave("pressure", YEAR, by=desk.actor(name), vault=desk.vault(name))
    return {(cell.table, cell.code): cell.value for cell in ReleasedCell.objects.all()}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """Seven reports of threats by gangs, six of offers by companies, one of stalking by a manager."""
    told(desk, 7, "threat", "gang")
    told(desk, 6, "offer", "company")
    told(desk, 1, "stalking", "manager")
    return desk


def test_counts_leave_and_small_ones_are_protected(year: Desk) -> None:
    cells = count(year)
    assert cells["total", ""] == 14
    assert cells["kind", "threat"] == 7
    assert cells["kind", "offer"] == 6
    assert cells["kind", "stalking"] is None
    assert cells["actor", "manager"] is None
    kept = [value for (table, _code), value in cells.items() if table == "actor" and value is None]
    assert len(kept) >= 2
    assert 14 - sum(v for (table, _c), v in cells.items() if table == "actor" and v is not None) >= 5
    assert not {value for value in cells.values() if value is not None and value < 5}


def test_of_few_reports_nothing_leaves_but_that_they_are_few(desk: Desk) -> None:
    told(desk, 4, "threat", "gang")
    assert count(desk) == {("total", ""): None}


def test_it_leaves_once_and_after_the_year(year: Desk) -> None:
    with (
        clock.at(datetime(YEAR, 12, 31, 20, tzinfo=STOCKHOLM)),
        pytest.raises(NotComplete, match="year_open"),
    ):
        leave("pressure", YEAR, by=year.actor("rita"), vault=year.vault("rita"))
    with clock.at(AFTER):
        assert years_to_leave("pressure", by=year.actor("rita")) == [YEAR]
    count(year)
    with clock.at(AFTER):
        assert years_to_leave("pressure", by=year.actor("rita")) == []
    with pytest.raises(NotComplete, match="left"):
        count(year, "ragnar")
    with pytest.raises(AppendOnly):
        ReleasedCell.objects.all().delete()
    cell = ReleasedCell.objects.all()[0]
    with pytest.raises(AppendOnly):
        cell.save()
    assert Entry.objects.filter(action="report.opened", actor_person=year.person("rita")).count() == 14


def test_a_total_tells_nobody_that_she_was_taken_out(year: Desk) -> None:
    """Ragnar, who was taken out of two, knows of fourteen: the figures say fourteen."""
    told(year, 2, "threat", "gang", excluded=frozenset({year.person("ragnar")}))
    told(year, 6, "from_inside", "manager", concerns_security=True)
    assert count(year)["total", ""] == 14


def test_whoever_came_later_does_not_count(year: Desk) -> None:
    with clock.at(datetime(YEAR, 12, 20, 9, tzinfo=STOCKHOLM)):
        year.world.hire("newer", "report_recipient", authority=year.world.other_authority)
        year.certify("newer", "report_recipient")
    with pytest.raises(NotComplete, match="newcomer"):
        count(year, "newer")
    for stranger in ("viola", "alva"):
        with pytest.raises(NotComplete):
            count(year, stranger)
    assert not ReleasedCell.objects.exists()


def test_one_anonymous_person_may_be_all_of_them(desk: Desk) -> None:
    told(desk, 6, "offer", "company")
    for month in range(1, 8):
        with clock.at(datetime(YEAR, month, 5, 9, tzinfo=STOCKHOLM)):
            desk.send(facts={"kind": ["threat"], "actor": "gang"})
    cells = count(desk)
    assert cells["total", ""] == 13
    assert cells["kind", "threat"] is None
    assert cells["kind", "offer"] == 6


def test_the_page_counts_with_the_key_unlocked(year: Desk) -> None:
    with clock.at(AFTER):
        locked = recipient(year, "rita", is_open=False)
        assert f"Lämna siffrorna för {YEAR}" in text_of(locked.get("/anmalningar/siffror/"))
        assert locked.post(f"/anmalningar/siffror/pressure/{YEAR}/").status_code == 302
        assert not ReleasedCell.objects.exists()
        rita = recipient(year, "rita")
        assert rita.post(f"/anmalningar/siffror/pressure/{YEAR}/").status_code == 302
        page = text_of(rita.get("/anmalningar/siffror/"))
        assert "14 anmälningar" in page
        assert "skyddad uppgift" in page
        assert CANARY not in page
        assert rita.post(f"/anmalningar/siffror/pressure/{YEAR}/").status_code == 409
        assert recipient(year, "viola").post(f"/anmalningar/siffror/pressure/{YEAR}/").status_code == 409


# -- the walls ---------------------------------------------------------------------------------------------------


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """Every import below a folder: the file, and what it names."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from (
                    (file.relative_to(ROOT).as_posix(), f"{node.module}.{each.name}") for each in node.names
                )
            elif isinstance(node, ast.Import):
                yield from ((file.relative_to(ROOT).as_posix(), each.name) for each in node.names)


def test_one_module_is_the_way_out_and_nobody_looks_in() -> None:
    rooms = ("vetting.recruitment", "vetting.administration", "vetting.oversight", "vetting.figures")
    out = {(file, name) for file, name in imports("vetting/reports") if name.startswith(rooms)}
    assert {file for file, _name in out} == {"vetting/reports/leaving.py"}
    assert all(name.startswith("vetting.figures.") for _file, name in out)
    inside = [file for file, name in imports("vetting") if name.startswith("vetting.reports")]
    assert {file.split("/")[1] for file in inside} == {"reports"}
    assert not [name for _file, name in imports("vetting/figures") if name.startswith("vetting.reports")]


def test_the_database_knows_no_way_back(desk: Desk) -> None:
    """As the database itself tells: no foreign key into the room, out of it, or of the figures at all."""
    found = []
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                for told in connection.introspection.get_constraints(cursor, table).values():
                    if told["foreign_key"]:
                        found.append((table, told["foreign_key"][0]))
    assert len(found) > 50
    crossing = [
        (table, other)
        for table, other in found
        if {"reports_", "figures_"} & {f"{name.split('_')[0]}_" for name in (table, other)}
        and (table.split("_")[0], other.split("_")[0]) not in (("reports", "reports"), ("reports", "audit"))
    ]
    assert crossing == []


def test_a_cell_has_no_date_and_no_reference() -> None:
    kinds = {field.name: type(field) for field in ReleasedCell._meta.get_fields()}
    assert set(kinds) == {"id", "source", "year", "table", "code", "value", "classification"}
    told = (models.DateField, models.UUIDField, models.TextField, models.ForeignKey, models.BinaryField)
    assert not [name for name, kind in kinds.items() if issubclass(kind, told)]
