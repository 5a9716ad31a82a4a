"""The demonstration: ordinary work of three years raises no alert, and the auditor has something to look at."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from audit import clock
from audit.integrity import findings as broken
from audit.models import Entry
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase
from vetting.oversight import watching
from vetting.oversight.models import Alert, Sample, Sampled, StaffNumber
from vetting.recruitment.case import Case
from vetting.recruitment.demo import everyday
from vetting.recruitment.demo.accounts import candidate_pages
from vetting.recruitment.demo.seed import fill
from vetting.recruitment.models import Round, Waiver
from vetting.recruitment.views.about import demo_accounts

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
    _a_sample_is_half_looked_through()
    _a_round_is_under_way()
    _a_finalist_can_be_let_in()
    moments = list(Entry.objects.order_by("id").values_list("time", flat=True))
    assert moments == sorted(moments)
    assert not list(broken())


def _a_sample_is_half_looked_through() -> None:
    sample = Sample.objects.get()
    results = list(Sampled.objects.filter(sample=sample).values_list("result", flat=True))
    assert (len(results), results.count("as_required")) == (sample.size, 3)


def _a_round_is_under_way() -> None:
    made = Round.objects.get()
    states = [candidacy.state for candidacy in Case.load(made.recruitment_id).candidacies]
    assert len(states) == made.count == everyday.PEOPLE
    assert states.count("checking") == everyday.GONE_ON
    assert Waiver.objects.filter(deferred=True).exists()


def _a_finalist_can_be_let_in() -> None:
    """With the codes that stand on the page of the demonstration's accounts."""
    request = RequestFactory().get("/demo/")
    request.user, request.session = AnonymousUser(), SessionStore()
    page = demo_accounts(request).content.decode()
    visitor, pages = Client(), candidate_pages()
    assert len(pages) == 2
    for each in pages:
        assert each["code"] in page
        assert each["reference"] in page
        own = visitor.post(reverse("candidate_page"), {"code": each["code"]}, follow=True).content.decode()
        assert each["reference"].partition(" ")[0] in own
        visitor.post(reverse("candidate_leave"))


def test_a_town_without_recruitments_has_nothing_to_point_out(real_db: RealDatabase, settings: Any) -> None:
    settings.DEMO = True
    call_command("seed_demo", recruitments=0, stdout=StringIO(), stderr=StringIO())
    assert not Alert.objects.exists()
