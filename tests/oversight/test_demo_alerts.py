"""The demonstration: ordinary work of three years raises no alert, and the auditor has something to look at."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from audit import clock
from audit.integrity import findings as broken
from audit.models import Entry
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase
from vetting.oversight import watching
from vetting.oversight.models import Alert, StaffNumber
from vetting.recruitment.demo.seed import fill

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)


@pytest.mark.deadline(240)
def test_three_years_of_ordinary_work_raise_no_alert(real_db: RealDatabase, settings: Any) -> None:
    settings.DEMO = True
    fill(60, until=NOW)
    seal_pending()
    with clock.at(NOW):
        watching.watch()
    told = [(alert.number, alert.rule) for alert in Alert.objects.all()]
    assert told == []


@pytest.mark.deadline(240)
def test_the_auditor_has_something_to_look_at(real_db: RealDatabase, settings: Any) -> None:
    settings.DEMO = True
    call_command("seed_demo", recruitments=60, stdout=StringIO(), stderr=StringIO())
    states = dict(Alert.objects.values_list("rule", "state"))
    assert states == {"many_sensitive": "open", "own_or_colleague": "open", "repeated_misses": "explained"}
    assert StaffNumber.objects.count() == 1
    moments = list(Entry.objects.order_by("id").values_list("time", flat=True))
    assert moments == sorted(moments)
    assert not list(broken())


def test_a_town_without_recruitments_has_nothing_to_point_out(real_db: RealDatabase, settings: Any) -> None:
    settings.DEMO = True
    call_command("seed_demo", recruitments=0, stdout=StringIO(), stderr=StringIO())
    assert not Alert.objects.exists()
