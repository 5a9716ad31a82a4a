"""The decision, the meeting, the start and the engagement, through their pages."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.organisation.models import DelegationPoint
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.forms.decision import ExtractForm
from vetting.recruitment.models import Candidacy, Check, Decision, Engagement
from vetting.recruitment.views.board import of_one_meeting


@pytest.fixture
def ready(world: World) -> tuple[Walk, Candidacy]:
    """A school assistant about whom only the decision is left."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    return walk, finalist


def at(walk: Walk, finalist: Candidacy) -> dict[str, Any]:
    return {"pk": walk.pk, "candidacy": finalist.pk}


def extract(walk: Walk, finalist: Candidacy) -> Check:
    case = walk.case()
    return next(
        c for c in case.checks_of(case.candidacy(finalist.pk)) if c.documentation == "note_shown_only"
    )


def typed(walk: Walk, finalist: Candidacy, world: World, **more: str) -> dict[str, str]:
    """What the delegate fills in."""
    code = extract(walk, finalist).code
    issued = world.today - timedelta(days=77)
    return {
        "planned_start": (world.today + timedelta(days=30)).isoformat(),
        f"shown_on_{code}": world.today.isoformat(),
        f"issued_on_{code}": issued.isoformat(),
        "trial_period": "0",
        **more,
    }


def test_the_delegate_decides_with_one_button(ready: tuple[Walk, Candidacy], world: World) -> None:
    walk, finalist = ready
    manager = client_of(world, "manager")
    shown = text_of(manager.get(reverse("sign_decision", kwargs=at(walk, finalist))))
    assert "Du beslutar enligt punkt 4.1" in shown
    assert "Anteckna att utdraget visats upp" in shown
    assert "Besluta om anställning" in shown
    assert "Testa Persson" not in shown
    form = typed(walk, finalist, world) | {"once": str(uuid4())}
    for _click in range(2):
        assert send(manager, "sign_decision_now", form, **at(walk, finalist)).status_code == 302
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(action="check.shown_recorded").count() == 1
    assert extract(walk, finalist).evidence_on == world.today
    after = text_of(manager.get(reverse("sign_decision", kwargs=at(walk, finalist))))
    assert "Beslutet är fattat" in after
    assert "Utdrag" not in after
    page = client_of(world, "hr").get(reverse("recruitment_view", kwargs={"pk": walk.pk}) + "?k=K1")
    assert page.context["panel"].decision_url == reverse("sign_decision", kwargs=at(walk, finalist))


def test_the_extracts_form_has_two_days_and_leaves_no_trace_of_the_second(
    ready: tuple[Walk, Candidacy], world: World
) -> None:
    walk, finalist = ready
    assert [name for name in ExtractForm().fields if name not in {"once", "seen"}] == [
        "shown_on",
        "issued_on",
    ]
    manager = client_of(world, "manager")
    send(manager, "sign_decision_now", typed(walk, finalist, world), **at(walk, finalist))
    issued = (world.today - timedelta(days=77)).isoformat().encode()
    assert not any(issued in bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))
    check = extract(walk, finalist)
    for row in [check, *Check.history.filter(id=check.pk)]:
        kept = {field.name: str(getattr(row, field.name, "")) for field in check._meta.fields}
        assert issued.decode() not in kept.values()


def test_an_extract_too_old_is_told_by_its_own_field(ready: tuple[Walk, Candidacy], world: World) -> None:
    walk, finalist = ready
    code = extract(walk, finalist).code
    old = (world.today - timedelta(days=800)).isoformat()
    form = typed(walk, finalist, world, **{f"issued_on_{code}": old, "merit_reference": "Dok 17"})
    answer = send(client_of(world, "manager"), "sign_decision_now", form, **at(walk, finalist))
    shown = text_of(answer)
    assert f'id="id_issued_on_{code}_error"' in shown
    assert 'value="Dok 17"' in shown
    assert not Decision.objects.exists()
    assert extract(walk, finalist).state != "done"


def test_the_extract_can_be_noted_while_something_else_is_missing(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    manager = client_of(world, "manager")
    shown = text_of(manager.get(reverse("sign_decision", kwargs=at(walk, finalist))))
    assert "Först behövs:" in shown
    where = at(walk, finalist) | {"check": extract(walk, finalist).pk}
    days = {"shown_on": world.today.isoformat(), "issued_on": world.today.isoformat()}
    for name in ("hr", "security_one", "head"):
        assert send(client_of(world, name), "record_shown", days, **where).status_code == 404
    assert send(manager, "record_shown", days, **where).status_code == 302
    assert extract(walk, finalist).outcome == "shown"


def test_without_a_valid_delegation_there_is_no_signature(
    ready: tuple[Walk, Candidacy], world: World
) -> None:
    walk, finalist = ready
    point = DelegationPoint.objects.get(unit=world.units["school"])
    point.valid_to = world.today - timedelta(days=1)
    put(point)
    manager = client_of(world, "manager")
    shown = text_of(manager.get(reverse("sign_decision", kwargs=at(walk, finalist))))
    assert "Ingen har delegation som gäller i dag" in shown
    assert "Besluta om anställning" not in shown
    answer = send(manager, "sign_decision_now", typed(walk, finalist, world), **at(walk, finalist))
    assert answer.status_code == 404
    assert not Decision.objects.exists()


def test_the_substitute_can(ready: tuple[Walk, Candidacy], world: World) -> None:
    walk, finalist = ready
    other = client_of(world, "other_manager")
    assert other.get(reverse("sign_decision", kwargs=at(walk, finalist))).status_code == 404
    put(
        DelegationPoint(
            unit=world.units["school"],
            code="4.1",
            forms=list(FORMS),
            delegate=world.person("other_manager"),
            is_substitute=True,
            valid_from=world.today,
        )
    )
    assert "Du är ersättare" in text_of(other.get(reverse("sign_decision", kwargs=at(walk, finalist))))
    assert (
        send(other, "sign_decision_now", typed(walk, finalist, world), **at(walk, finalist)).status_code
        == 302
    )
    assert Decision.objects.get().decided_by_id == world.person_id("other_manager")


def test_only_one_boards_decisions_are_ticked_beforehand() -> None:
    def decided(pk: int, board: int) -> Any:
        return SimpleNamespace(pk=pk, recruitment=SimpleNamespace(unit=SimpleNamespace(authority_id=board)))

    assert of_one_meeting([decided(1, 7), decided(2, 7)]) == {"1", "2"}
    assert of_one_meeting([decided(1, 7), decided(2, 8)]) == set(), "two boards have two meetings"
    assert of_one_meeting([]) == set()


def test_a_meeting_is_reported_and_dated_at_once(ready: tuple[Walk, Candidacy], world: World) -> None:
    walk, finalist = ready
    assert client_of(world, "manager").get(reverse("report_to_board")).status_code == 404
    registrar = client_of(world, "registrar")
    walk.sign(finalist)
    decision = Decision.objects.get()
    assert walk.case().recruitment.reference in text_of(registrar.get(reverse("report_to_board")))
    empty = text_of(send(registrar, "report_to_board", {"reported_on": ""}))
    assert "Kryssa i minst en rad" in empty
    form = {"pick": str(decision.pk), "reported_on": world.today.isoformat(), "once": str(uuid4())}
    for _click in range(2):
        assert "1 beslut är anmält" in text_of(registrar.post(reverse("report_to_board"), form, follow=True))
    assert Entry.objects.filter(action="decision.reported_to_board").count() == 1
    meeting = f"{world.authority.pk} {world.today.isoformat()}"
    day = world.today.isoformat()
    form = {"meeting": meeting, "minutes_approved_on": day, "posted_on": day, "once": str(uuid4())}
    for _click in range(2):
        assert "för 1 beslut" in text_of(registrar.post(reverse("record_dates"), form, follow=True))
    decision.refresh_from_db()
    assert decision.final_on == world.today + timedelta(weeks=3)


def test_a_boards_decision_is_noted_with_date_and_section(world: World) -> None:
    walk = Walk(world, "clerk").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    registrar = client_of(world, "registrar")
    form = {
        "maker": "committee",
        "decided_on": world.today.isoformat(),
        "section": "",
        "planned_start": world.today.isoformat(),
        "trial_period": "0",
    }
    where = at(walk, finalist)
    assert "Paragraf" in text_of(registrar.get(reverse("record_board_decision", kwargs=where)))
    assert send(registrar, "record_board_decision", form, **where).status_code == 200
    form["section"] = "§ 14"
    assert send(registrar, "record_board_decision", form, **where).status_code == 302
    assert Decision.objects.get().section == "§ 14"
    assert client_of(world, "manager").get(reverse("record_board_decision", kwargs=where)).status_code == 404


def test_the_printed_decision_says_nothing_of_checks_and_is_logged(
    ready: tuple[Walk, Candidacy], world: World
) -> None:
    walk, finalist = ready
    walk.sign(finalist)
    manager = client_of(world, "manager")
    paper = text_of(send(manager, "print_decision", **at(walk, finalist)))
    assert "Anställningsbeslut" in paper
    assert "punkt 4.1" in paper.lower()
    for word in ("utdrag", "Testa Persson", "Referens"):
        assert word not in paper
    assert Entry.objects.filter(action="decision.printed").count() == 1
    assert manager.get(reverse("print_decision", kwargs=at(walk, finalist))).status_code == 405


def test_an_unanswered_question_is_told_in_the_pages_own_words(
    ready: tuple[Walk, Candidacy], world: World
) -> None:
    walk, finalist = ready
    left = typed(walk, finalist, world) | {"trial_period": ""}
    page = text_of(send(client_of(world, "manager"), "sign_decision_now", left, **at(walk, finalist)))
    assert "Välj ett alternativ." in page
    assert "Detta fält" not in page


def test_the_start_has_one_large_sign(ready: tuple[Walk, Candidacy], world: World) -> None:
    walk, finalist = ready
    walk.sign(finalist)
    manager = client_of(world, "manager")
    url = reverse("confirm_start", kwargs=at(walk, finalist))
    shown = text_of(manager.get(url))
    assert "Får inte börja" in shown
    assert 'name="started_on"' not in shown
    early = send(manager, "confirm_start", {"started_on": world.today.isoformat()}, **at(walk, finalist))
    assert "Får inte börja" in text_of(early)
    walk.finish({"start"}, finalist)
    assert "Får börja" in text_of(manager.get(url))
    form = {"started_on": world.today.isoformat(), "once": str(uuid4())}
    for _click in range(2):
        assert send(manager, "confirm_start", form, **at(walk, finalist)).status_code == 302
    assert Entry.objects.filter(action="engagement.started").count() == 1


def test_renewals_and_exit(world: World, django_assert_max_num_queries: Any) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    engagement = Engagement.objects.get()
    engagement.renewals = {"intro_influence": (world.today - timedelta(days=3)).isoformat()}
    put(engagement)
    manager = client_of(world, "manager")
    manager.get(reverse("engagement_list"))
    with django_assert_max_num_queries(12):
        listed = text_of(manager.get(reverse("engagement_list")))
    assert walk.case().recruitment.reference in listed
    assert "app-overdue" in listed
    assert "Testa Persson" not in listed
    assert client_of(world, "registrar").get(reverse("engagement_list")).status_code == 404
    where = at(walk, finalist)
    shown = text_of(manager.get(reverse("engagement_view", kwargs=where)))
    assert "försenat" in shown
    last = (world.today + timedelta(days=20)).isoformat()
    assert send(manager, "begin_exit", {"last_day": "i morgon"}, **where).status_code == 200
    assert send(manager, "begin_exit", {"last_day": last}, **where).status_code == 302
    assert send(manager, "begin_exit", {"last_day": last}, **where).status_code == 409
    assert send(manager, "cancel_exit", {"reason": "continues"}, **where).status_code == 302
    send(manager, "begin_exit", {"last_day": last}, **where)
    answer = send(manager, "complete_exit", {"ended_on": world.today.isoformat()}, **where)
    engagement.refresh_from_db()
    if walk.case().check_named("exit", finalist) is None:
        assert (answer.status_code, engagement.state) == (302, "ended")
    else:
        assert engagement.state == "exiting"
    assert client_of(world, "other_manager").get(reverse("engagement_view", kwargs=where)).status_code == 404
