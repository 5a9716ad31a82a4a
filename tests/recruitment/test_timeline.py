"""*Händelser*: what has happened in a recruitment, *old → new*; nothing that is sealed, blind or out of view."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connections
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from audit.recorder import act
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.column_labels import COLUMNS_TOLD, SILENT
from vetting.policy.event_groups import GROUPS, TIMELINE
from vetting.policy.events import EVENTS
from vetting.recruitment import changed
from vetting.recruitment.actions.assign import assign
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.actions.checks import begin_check, reopen_check
from vetting.recruitment.actions.recruitment import edit_recruitment, hold_recruitment
from vetting.recruitment.actions.vote import Ballot


def page(world: World, name: str, walk: Walk, query: str = "") -> str:
    answer = client_of(world, name).get(f"/rekryteringar/{walk.pk}/handelser/{query}")
    assert answer.status_code == 200
    return answer.content.decode().split('<main id="main"', 1)[1]


def lines(world: World, name: str, walk: Walk) -> list[str]:
    """Every line of *old → new*."""
    answer = client_of(world, name).get(f"/rekryteringar/{walk.pk}/handelser/")
    return [line for item in answer.context["timeline"] for line in item.changes]


def test_a_change_is_told_from_old_to_new(world: World) -> None:
    walk = Walk(world, "assistant").open()
    assert "Läge: Utkast → Öppen" in lines(world, "hr", walk)
    edit_recruitment(walk.case(), by=world.actor("hr"), places=3, planned_start=None)
    assert "Antal platser: 1 → 3" in lines(world, "hr", walk)
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    assert "Pausad: nej → ja" in lines(world, "hr", walk)


def test_a_check_is_told_by_name_with_its_states_and_outcome(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    case = walk.case()
    identity = case.check_named("id_check", case.candidacy(finalist.pk))
    assert identity is not None
    begin_check(case, by=world.actor("hr"), check=identity)
    walk.answer_candidacy(finalist)
    walk.record(identity)
    found = lines(world, "hr", walk)
    assert "Läge: Ej påbörjad → Påbörjad" in found
    assert "Läge: Påbörjad → Klar" in found
    assert "Resultat: – → Giltig id-handling kontrollerad" in found
    assert "Uppgifter: har tillkommit" in found
    fresh = walk.case()
    reopen_check(fresh, by=world.actor("hr"), check=fresh.check(identity.pk), reason="wrong_entry")
    assert "Läge: Klar → Påbörjad" in lines(world, "hr", walk)


def test_evidence_of_the_recruitment_is_told_field_by_field(world: World) -> None:
    walk = Walk(world, "assistant").open()
    notice = walk.case().check_named("notice")
    assert notice is not None
    walk.record(notice)
    found = lines(world, "hr", walk)
    assert "Textens version: – → Dnr 2026:7" in found


def test_the_auditor_is_told_that_content_changed_and_never_into_what(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    found = lines(world, "auditor", walk)
    assert "Läge: Ej påbörjad → Klar" in found
    assert "Resultat: har tillkommit" in found
    assert not any("id-handling" in line or "Dnr 2026" in line for line in found)
    assert any("Dnr 2026" in line for line in lines(world, "hr", walk))


def test_what_is_sealed_is_told_as_changed_and_never_opened(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist("Kim Kanariesson")
    case = walk.case()
    edit_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), name="Bo Kanariesson")
    assert "Namn: har ändrats" in lines(world, "hr", walk)
    for name in ("hr", "auditor"):
        assert "Kanariesson" not in page(world, name, walk)


def test_a_step_that_follows_by_itself_is_marked_with_its_rule(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one")
    found = lines(world, "hr", walk)
    assert any(
        "K1, läge: Slutkontroll → Väntar på säkerhetsyttrande (följer automatiskt: " in x for x in found
    )
    said = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/handelser/").context["timeline"]
    concluded = next(item for item in said if item.what.startswith("Yttrandet om K1"))
    assert concluded.is_automatic
    assert not next(item for item in said if "beredde yttrande" in item.what).is_automatic
    assert "Automatiskt" in page(world, "hr", walk)


def test_a_first_vote_says_nothing_of_what_was_voted(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one", Ballot("supported_conditions", ("follow_up",), "Följ upp i vår."))
    found = [line for line in lines(world, "security_head", walk) if line.startswith("K1")]
    vote = [line for line in found if "yttrande" in line.lower() or "villkor" in line.lower()]
    assert not any("villkor" in line.lower() or "antal" in line.lower() for line in vote)


def test_an_extract_that_was_shown_is_told_only_where_it_was_noted(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    shown = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/handelser/").context["timeline"]
    noted = next(item for item in shown if "visats upp" in item.what)
    assert "Läge: Ej påbörjad → Klar" in noted.changes
    fresh = walk.case()
    withdraw_candidacy(fresh, by=world.actor("hr"), candidacy=fresh.candidacy(finalist.pk))
    for name in ("hr", "auditor"):
        said = page(world, name, walk)
        assert "visats upp" not in said
        assert "Registerutdrag" not in said


def test_the_reason_stands_under_what_was_done(world: World) -> None:
    walk = Walk(world, "assistant").open()
    account = world.hire("new_hr", "hr_officer", unit=world.units["school"])
    assign(walk.case(), by=world.actor("hr_head"), account=account, role="hr_officer", reason="absence")
    assert "Skäl: frånvaro" in page(world, "hr", walk)


@pytest.mark.parametrize("group", TIMELINE)
def test_it_is_filtered_by_group(world: World, group: str) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/")
    answer = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/handelser/?visa={group}")
    wanted = Entry.objects.filter(subject=walk.pk, action__in=GROUPS[group].events).count()
    assert len(answer.context["timeline"]) == min(wanted, 50)
    assert [kind.label for kind in answer.context["kinds"]][1:] == [
        "Läge", "Kontroller", "Beslut", "Dokument", "Anteckningar", "Läsningar",
    ]  # fmt: skip


def test_every_event_belongs_to_a_group() -> None:
    told = {code for code, event in EVENTS.items() if event.tree == "main"}
    assert set().union(*(group.events for group in GROUPS.values())) == told


def test_every_column_is_told_or_left_out_on_purpose() -> None:
    for label, told in COLUMNS_TOLD.items():
        model = apps.get_model(label)
        columns = {field.attname for field in model._meta.concrete_fields}
        silent = set(SILENT[label].split())
        assert set(told) | silent == columns, label
        assert not set(told) & silent, label
        for column, each in told.items():
            sealed = type(model._meta.get_field(column.removesuffix("_id"))).__name__ == "SealedField"
            assert sealed == (each.kind == "sealed"), f"{label}.{column}"


def test_the_auditor_meets_no_link_that_leads_nowhere(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = client_of(world, "auditor")
    main = client.get(f"/rekryteringar/{walk.pk}/handelser/").content.decode()
    links = set(re.findall(r'href="(/[^"#?]*)', main)) - {"/logga-ut/"}
    assert "/granskning/logg/" in links
    for link in links:
        if not link.startswith("/static/"):
            assert client.get(link).status_code in (200, 302), link


def test_as_many_queries_whatever_the_number_of_changes(world: World) -> None:
    walk = Walk(world, "assistant").open()
    first = walk.finalist()
    walk.ready(first)
    client = client_of(world, "hr")

    def asked() -> int:
        client.get(f"/rekryteringar/{walk.pk}/handelser/")
        with CaptureQueriesContext(connections["default"]) as captured:
            client.get(f"/rekryteringar/{walk.pk}/handelser/")
        return len(captured)

    small = asked()
    for number in range(3):
        edit_recruitment(walk.case(), by=world.actor("hr"), places=number + 4, planned_start=None)
        walk.answer_candidacy(walk.finalist(f"Person {number}"))
    assert asked() == small
    assert small <= 35


def test_many_changes_of_one_act_are_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "MOST", 3)
    walk = Walk(world, "buyer").open()
    said = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/handelser/").context["timeline"]
    opened = next(item for item in said if "öppnade rekryteringen" in item.what)
    assert len(opened.changes) == 4
    assert opened.changes[-1] == "och 2 ändringar till"


def test_a_person_is_named_and_one_with_protected_identity_is_not(world: World) -> None:
    walk = Walk(world, "clerk").open()
    recruitment = walk.case().recruitment
    recruitment.manager = world.person("head")
    with act("recruitment.edited", world.actor("hr").who("hr_officer"), subject=walk.pk) as entry:
        entry.save(recruitment)
    assert "Ansvarig chef: Manager → Head" in lines(world, "hr", walk)
    head = world.person("head")
    head.is_protected = True
    put(head)
    assert "Ansvarig chef: Manager → namnet visas inte" in lines(world, "hr", walk)
