"""A municipality can begin: from an empty database to the first recruitment's first check, through the pages alone."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from audit.clock import now
from tests.administration.first_day import Day
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.organisation.models import Authority, DelegationProposal, Position, Unit
from vetting.policy.calendar import today_stockholm
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.models import Candidacy, Check, Recruitment

FIRST = (
    "--administrator", "anna.ek", "Anna Ek", "--administrator", "bo.as", "Bo Ås",
    "--hr-head", "eva.al", "Eva Al", "--security-head", "ulf.ask", "Ulf Ask",
)  # fmt: skip
UNITS = (
    "myndighet;enhet;under;profiler\n"
    "Barnnämnden;Barnförvaltningen;;\n"
    "Barnnämnden;Lindskolan;Barnförvaltningen;Skola och förskola\n"
)


def today() -> date:
    """The legal day."""
    return today_stockholm(now())


@pytest.mark.deadline(180)
def test_from_an_empty_database_to_the_first_check(db: None) -> None:
    cache.clear()
    day = Day()
    assert not Account.objects.exists()
    for username, first in day.bootstrap(*FIRST).items():
        day.arrive(username, first)
    assert wanting(day)[:1] == ["Enheter"]
    the_organisation(day)
    assert "Enheter" not in wanting(day)
    the_people(day)
    the_roles(day)
    the_delegation_order(day)
    assert "Delegationsordning" not in wanting(day)
    position = the_position(day)
    the_first_recruitment(day, position)


def wanting(day: Day) -> list[str]:
    """What remains to set up, as the administrator's guide says it; her own work and the roles' page say how much."""
    found = [step.name for step in day.page("anna.ek", "first_steps").context["items"]]
    (link,) = [each for each in day.page("anna.ek", "work").context["begin"] if "Kom igång" in each.label]
    assert link.count == len(found) == day.page("anna.ek", "role_list").context["to_set_up"]
    return found


def the_organisation(day: Day) -> None:
    """A committee, and its units read in from a list."""
    assert "Börja med en nämnd" in day.page("anna.ek", "unit_list").content.decode()
    sent = {
        "municipality": "Lindby kommun",
        "entity": "authority",
        "name": "Barnnämnden",
        "diary_prefix": "BN",
    }
    day.does("anna.ek", "create_authority", sent)
    shown = day.clients["anna.ek"].post(reverse("import_units"), {"text": UNITS, "once": str(uuid4())})
    key = shown.context["form"].warning_key
    day.does("anna.ek", "import_units", {"text": UNITS, "read_warnings": key})
    assert Unit.objects.get(name="Lindskolan").profiles == ["school"]


def the_people(day: Day) -> None:
    """Accounts without roles; each person replaces the first password."""
    day.new_account("anna.ek", "ida.lund", "Ida Lund")
    day.new_account("anna.ek", "rut.falk", "Rut Falk", manager="ida.lund")
    day.new_account("anna.ek", "hans.rask", "Hans Rask", manager="ida.lund")
    day.new_account("bo.as", "mia.dahl", "Mia Dahl", manager="ida.lund")


def the_roles(day: Day) -> None:
    """Proposed by an administrator, confirmed by the head of HR."""
    body, school = Authority.objects.get(), Unit.objects.get(name="Lindskolan")
    top = Unit.objects.get(name="Barnförvaltningen")
    for username, role, place in (
        ("rut.falk", "hiring_manager", school),
        ("ida.lund", "hiring_manager", top),
        ("hans.rask", "hr_officer", top),
        ("mia.dahl", "registrar", body),
    ):
        sent = {"username": username, "role": role, "place": str(place.pk), "valid_from": str(today())}
        day.does("bo.as", "propose_role", sent)
    for grant in RoleGrant.objects.filter(state="proposed"):
        day.does("eva.al", "confirm_role", role_grant=grant.pk)
    assert not RoleGrant.objects.filter(state="proposed").exists()


def the_delegation_order(day: Day) -> None:
    """Proposed by HR, confirmed by the registrar with the committee's decision before her."""
    sent = {
        "unit": str(Unit.objects.get(name="Lindskolan").pk),
        "code": "4.1",
        "delegate": "rut.falk",
        "engagement_forms": ["permanent", "fixed_term"],
        "escalates_to": "ida.lund",
        "valid_from": str(today()),
    }
    day.does("hans.rask", "propose_point", sent)
    proposal = DelegationProposal.objects.get()
    day.does("mia.dahl", "confirm_point", {"section": "BN 2026 § 12"}, proposal=proposal.pk)
    assert "Rut Falk" in day.page("hans.rask", "delegation_order").content.decode()


def the_position(day: Day) -> Position:
    """Laid up by HR, its risk assessed by the manager and confirmed by the head of HR."""
    asked = [code for code, question in QUESTIONS.items() if question.inherited_from_position]
    answers = {f"q_{code}": "nej" for code in asked}
    school = Unit.objects.get(name="Lindskolan")
    sent = {"title": "Elevassistent", "unit": str(school.pk), "form": "permanent", **answers}
    day.does("hans.rask", "create_position", sent)
    position = Position.objects.get()
    seen = day.page("rut.falk", "assess_risk", pk=position.pk).context["form"].seen_value
    risk = {"level": "2", "reasons": "Arbetar nära barn i skolan.", "reference": "BN 2026/4", "seen": seen}
    day.does("rut.falk", "assess_risk", risk, pk=position.pk)
    seen = day.page("eva.al", "confirm_risk", pk=position.pk).context["form"].seen_value
    day.does("eva.al", "confirm_risk", {"decided_on": str(today()), "seen": seen}, pk=position.pk)
    return position


def the_first_recruitment(day: Day, position: Position) -> None:
    """Opened by HR with its lawful checks, a finalist entered, and her identity checked."""
    chosen = {"position": str(position.pk), "form": "permanent", "places": "1", "manager": ""}
    client = day.clients["hans.rask"]
    shown = client.post(reverse("create_recruitment"), {"once": str(uuid4()), "steg": "", **chosen})
    page = shown.content.decode()
    assert "Registerutdrag skola och förskola" in page
    asked = dict.fromkeys(questions_in(page), "no")
    day.does("hans.rask", "create_recruitment", {"steg": "oppna", "declares": "on", **chosen, **asked})
    recruitment = Recruitment.objects.get()
    assert (recruitment.state, recruitment.manager.display_name) == ("open", "Rut Falk")
    day.does("hans.rask", "create_candidacy", {"name": "Siv Ny", "contact": "070-0000000"}, pk=recruitment.pk)
    finalist = Candidacy.objects.get()
    check = Check.objects.get(candidacy=finalist, code="id_check")
    typed = {
        "outcome": "confirmed",
        "id_type": "passport",
        "checked_on": str(today()),
        "seen": check.entry_id,
    }
    day.does("hans.rask", "record_check", typed, pk=recruitment.pk, check=check.pk)
    check.refresh_from_db()
    assert (check.state, check.outcome) == ("done", "confirmed")


def questions_in(page: str) -> set[str]:
    """The names of the questions that the opening asks."""
    return set(re.findall(r'name="(q-[a-z_]+)"', page))
