"""What the log page does not tell, and whom it tells less: reach, recusal, protection, extracts, reports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from audit import clock
from audit.models import Entry
from audit.recorder import Who, record
from tests.oversight.reading import LOG, text, told
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.organisation.models import ServiceAgreement
from vetting.recruitment.actions.candidacy_outcome import mark_protected, withdraw_candidacy
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.models import Recusal


def test_the_head_of_security_reads_of_her_authoritys_recruitments_alone(world: World) -> None:
    theirs = Walk(world, "clerk").open()
    foreign = Walk(world, "assistant").open()
    client = client_of(world, "security_head")
    assert theirs.case().recruitment.reference in told(client)
    assert foreign.case().recruitment.reference in told(client), (
        "by agreement she works for that authority too"
    )
    for agreement in ServiceAgreement.objects.all():
        agreement.valid_to = world.today - timedelta(days=1)
        put(agreement)
    rows = told(client)
    assert theirs.case().recruitment.reference in rows
    assert foreign.case().recruitment.reference not in rows
    assert "bekräftade rollen" not in rows, "what is not about a recruitment is not hers"
    absent = text(client, f"{LOG}?referens=R-1999-0001")
    hidden = text(client, f"{LOG}?referens={foreign.case().recruitment.reference}")
    assert "Ingen rekrytering med den referensen" in absent
    assert "Ingen rekrytering med den referensen" in hidden


def test_whoever_stands_aside_reads_nothing_of_it_in_the_log(world: World) -> None:
    walk = Walk(world, "clerk").open()
    reference = walk.case().recruitment.reference
    client = client_of(world, "security_head")
    assert reference in told(client)
    put(
        Recusal(
            recruitment=walk.case().recruitment,
            person=world.person("security_head"),
            state="declared",
            declared_on=world.today,
            changed_at=clock.now(),
        )
    )
    assert reference not in told(client)


def test_a_protected_member_of_staff_is_told_by_role_alone(world: World) -> None:
    Walk(world, "assistant").open()
    person = world.person("hr")
    person.is_protected = True
    put(person)
    client = client_of(world, "auditor")
    rows = told(client)
    assert "HR-handläggare" in rows
    assert ">Hr<" not in rows
    assert "Ingen med det namnet" in text(client, f"{LOG}?namn=Hr+X")
    assert all(link.label != "Hr" for link in client.get(f"{LOG}?namn=hr").context["several"])


def test_a_finalist_with_protected_identity_is_not_told_from_another(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    case = walk.case()
    mark_protected(
        case,
        by=world.actor("hr"),
        candidacy=case.candidacy(finalist.pk),
        alias="Ärende Tall",
        kept_at="Kassaskåp 2",
        handlers=[world.person_id("hr")],
    )
    rows = told(client_of(world, "auditor"), f"{LOG}?slag=lage")
    assert "gick över till hantering för hand för en slutkandidat i" in rows
    assert "gick över till" not in told(client_of(world, "security_head"), f"{LOG}?slag=lage")


def test_a_note_of_an_extract_leaves_the_log_page_with_whoever_was_not_engaged(world: World) -> None:
    walk = Walk(world, "assistant").open()
    case = walk.case()
    facts = {
        "role": "hiring_manager",
        "reference": case.recruitment.reference,
        "candidacy": "K1",
        "check": "crim_school",
        "date": world.today,
    }
    finalist = walk.finalist()
    manager = world.actor("manager")
    record("check.shown_recorded", manager.who("hiring_manager"), subject=case.pk, facts=facts)
    client = client_of(world, "auditor")
    assert "visats upp" in told(client, f"{LOG}?slag=kontroller")
    fresh = walk.case()
    withdraw_candidacy(fresh, by=world.actor("hr"), candidacy=fresh.candidacy(finalist.pk))
    rows = told(client, f"{LOG}?slag=kontroller")
    assert "visats upp" not in rows
    assert "antecknade en kontroll i" in rows


def test_the_reports_own_entries_are_not_here(world: World, settings: Any) -> None:
    settings.AUDIT_EVENTS = "tests.oversight.events.EVENTS"
    record("report.submitted", Who(None, None, "system"))
    assert Entry.objects.filter(tree="reports").count() == 1
    assert "En anmälan kom in" not in text(client_of(world, "auditor"))


def test_a_declared_conflict_is_told_without_its_content(world: World) -> None:
    walk = Walk(world, "assistant").open()
    give_declaration(walk.case(), by=world.actor("manager"), interest="Vi är grannar sedan länge.")
    rows = told(client_of(world, "auditor"))
    assert "lämnade jävsförklaring i" in rows
    assert "grannar" not in rows
