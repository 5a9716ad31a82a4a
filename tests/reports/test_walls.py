"""Nothing of the reports shows outside the room, and what looks at the log is not misled by their entries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from audit import integrity
from audit.clock import now
from audit.models import Entry
from audit.ranges import DAYS
from audit.recorder import record
from tests.recruitment.world import put
from tests.reports.recipients import Desk
from vetting.administration.queries.unused import Used, first_entry_since
from vetting.crypto import envelopes
from vetting.oversight.queries.moments import ids_between, newest_id
from vetting.recruitment.queries.own_log import own_entries
from vetting.recruitment.queries.search import searches_last_hour
from vetting.reports.actions.opening import open_report
from vetting.reports.findings import findings
from vetting.reports.models import Member


@pytest.fixture
def read(desk: Desk) -> Desk:
    """A report that Rita has read."""
    open_report(desk.case(desk.send()), by=desk.actor("rita"), vault=desk.vault("rita"))
    return desk


def test_the_own_log_is_silent_about_reports(read: Desk) -> None:
    assert Entry.objects.filter(actor_person=read.person("rita"), id__gte=DAYS).exists()
    assert own_entries(read.person("rita")).entries == []


def test_what_counts_by_the_hour_still_does(read: Desk) -> None:
    who = read.actor("rita").who("report_recipient")
    facts = {"role": "hr_officer", "count": 0, "purpose": "answer_request"}
    record("candidacy.number_searched", who, facts=facts, purpose="answer_request")
    assert searches_last_hour(read.person("rita")) == 1


def test_what_looks_for_a_period_finds_it(read: Desk) -> None:
    newest = Entry.objects.filter(id__lt=DAYS).order_by("-id").values_list("id", flat=True).first()
    assert newest_id() == newest
    low, high = ids_between(now() - timedelta(days=1), now() + timedelta(days=1))
    assert low is not None
    assert high is not None
    assert high <= DAYS
    assert first_entry_since(now() + timedelta(days=1)) == newest_id() + 1
    assert (read.person("rita"), "report_recipient") in Used().roles


def test_no_foreign_key_leads_in_or_out(read: Desk) -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            other: Any = getattr(field, "related_model", None)
            if not field.is_relation or other is None or isinstance(other, str):
                continue
            labels = {model._meta.app_label, other._meta.app_label}
            if "reports" in labels:
                assert labels in ({"reports"}, {"reports", "audit"}), f"{model.__name__}.{field.name}"


def test_the_check_of_the_log_finds_a_lost_envelope_and_an_uncertified_key(read: Desk) -> None:
    assert list(findings()) == []
    member = Member.objects.get(person_id=read.person("rosa"))
    envelopes.take_back(member.report_id, member.key_id)
    assert [(each.kind, each.row) for each in findings()] == [("envelope-missing", member.pk)]
    key = read.keys["viola"]
    key.certificate = key.certificate.replace("2029", "2039")
    put(key, "recipient_key.certified")
    assert {each.kind for each in findings()} == {"envelope-missing", "key-uncertified"}
    assert {"envelope-missing", "key-uncertified"} <= {each.kind for each in integrity.findings()}
