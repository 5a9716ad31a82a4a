"""*Förnya*: what lapsed is done again, and only that; nothing else is asked for a second time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.recruitment.pool import NAME, answer_to, check_of, cleared, grant, vetted
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM, add_months
from vetting.recruitment.actions.decision import Extract
from vetting.recruitment.actions.errors import BadInput, NotComplete
from vetting.recruitment.engine.rows import candidacy_rows
from vetting.recruitment.models import Candidacy, PoolClearance

LAPSE = ("crim_school", "secrecy_notice")
"""What of a school's substitute carries twelve months of bookings; identity carries longer, references all of it."""


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM).astimezone(UTC)


def redo_notice(walk: Walk, finalist: Candidacy, on: date) -> None:
    """The information about secrecy is given again, recorded on the check's own page by whoever performs it."""
    walk.on = on
    walk.record(check_of(walk, finalist, "secrecy_notice"), by="manager")


def to_redo(walk: Walk, finalist: Candidacy) -> dict[str, str]:
    """Code → why, for each row that is to be done again."""
    case = walk.case()
    rows = candidacy_rows(case, case.candidacy(finalist.pk))
    return {row.spec.code: row.why for row in rows if row.state == "expired"}


def test_only_what_lapsed_is_to_be_done_again(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    assert to_redo(walk, finalist) == {}
    with clock.at(noon(clearance.until - timedelta(days=10))):
        assert to_redo(walk, finalist) == dict.fromkeys(LAPSE, "pool_soon")
    with clock.at(noon(clearance.until + timedelta(days=1))):
        assert to_redo(walk, finalist) == dict.fromkeys(LAPSE, "")


def test_not_before_it_is_done_again(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    with clock.at(noon(clearance.until + timedelta(days=1))), pytest.raises(NotComplete, match="crim_school"):
        grant(walk, finalist)


def test_the_extract_is_shown_anew_to_whoever_decides_and_the_answer_is_yes_again(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    later = clearance.until + timedelta(days=1)
    with clock.at(noon(later)):
        assert answer_to(world, "manager", NAME).startswith("Nej Senaste dag")
        redo_notice(walk, finalist, later)
        renewed = grant(walk, finalist, extracts={"crim_school": Extract(later, later)})
        assert (renewed.pk, renewed.reference) == (clearance.pk, clearance.reference)
        # What was not redone goes on carrying: her identity was seen 24 months before this day.
        assert (renewed.renewed_on, renewed.until) == (later, add_months(world.today, 24))
        assert renewed.first_to_lapse == "id_check"
        assert answer_to(world, "manager", NAME).startswith("Ja")
    assert PoolClearance.objects.count() == 1
    assert Entry.objects.filter(action="pool_clearance.granted").count() == 2
    assert Entry.objects.filter(action="check.shown_recorded").count() == 2


def test_an_extract_that_is_too_old_renews_nothing(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    later = clearance.until + timedelta(days=1)
    with clock.at(noon(later)), pytest.raises(BadInput, match="issued_on_crim_school"):
        grant(walk, finalist, extracts={"crim_school": Extract(later, add_months(later, -13))})
    assert PoolClearance.objects.get().until == clearance.until


def test_through_the_page_some_weeks_ahead(world: World) -> None:
    walk, finalist = vetted(world)
    shown = check_of(walk, finalist, "crim_school")
    shown.evidence_on = add_months(world.today, -12) + timedelta(days=10)
    put(shown, "check.begun")
    assert grant(walk, finalist).until <= world.today + timedelta(days=10)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/klar-for-pool/"
    client, today = client_of(world, "manager"), world.today.isoformat()
    assert "Anteckna att utdraget visats upp" in client.get(url).content.decode()
    half = client.post(url, filled(shown_on_crim_school=today))
    assert "Fyll i båda dagarna" in half.content.decode()
    days = {"shown_on_crim_school": today, "issued_on_crim_school": today}
    assert client.post(url, filled(**days)).status_code == 302
    assert PoolClearance.objects.get().until == add_months(world.today, 12)


def test_the_engagements_page_tells_how_it_stands(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    url = reverse("engagement_view", kwargs={"pk": walk.pk, "candidacy": finalist.pk})
    for name, renews, revokes in (("manager", True, True), ("hr", False, True), ("hr_head", False, False)):
        page = client_of(world, name).get(url).content.decode()
        assert clearance.reference in page, name
        assert ("Visa och förnya" in page, "Ta bort klarmarkering" in page) == (renews, revokes), name
