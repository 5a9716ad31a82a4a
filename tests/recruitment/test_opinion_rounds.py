"""Rounds of an opinion through its pages: several at once, a return, a second approver, the lift."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.opinions import SECRET, ask, ballot, page
from tests.recruitment.signing import HIDDEN
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.opinion import recall_opinion
from vetting.recruitment.actions.vote import Ballot, decide_opinion

HER_OWN = "ett-helt-eget-losenord-9"


def test_several_without_deviations_are_supported_at_once(world: World) -> None:
    good = [ask(world), ask(world)]
    bad = ask(world)
    one = client_of(world, "security_one")
    picks = {"pick": [str(opinion) for _walk, _finalist, opinion in [*good, bad]]}
    confirm = send(one, "support_many", picks)
    assert confirm.status_code == 200
    assert "Tillstyrk 3 ärenden" in text_of(confirm)
    assert not any(walk.case().votes for walk, _finalist, _opinion in good)
    recall_opinion(bad[0].case(), by=world.actor("hr"), opinion=bad[0].case().opinion(bad[2]))
    draft = dict(HIDDEN.findall(text_of(confirm)))["draft"]
    picks["pick"] = [value for name, value in HIDDEN.findall(text_of(confirm)) if name == "pick"]
    form = {**picks, "draft": draft, "confirmed": "1", "once": str(uuid4())}
    for _click in range(2):
        told = one.post(reverse("support_many"), form, follow=True)
        assert "2 yttranden lämnade" in text_of(told)
        assert f"{bad[0].case().recruitment.reference} K1 lämnades inte" in text_of(told)
    assert all(walk.case().opinion(opinion).state == "approved" for walk, _finalist, opinion in good)
    assert Entry.objects.filter(action="opinion.vote_recorded").count() == 2
    too_many = one.post(
        reverse("support_many"),
        {"once": str(uuid4()), "pick": [str(uuid4()) for _ in range(21)]},
        follow=True,
    )
    assert "högst 20" in text_of(too_many)


def hidden(shown: Any) -> dict[str, Any]:
    """The hidden fields of the page's forms, the ticked rows as a list."""
    found = HIDDEN.findall(text_of(shown))
    return {**dict(found), "pick": [value for name, value in found if name == "pick"]}


def test_what_is_given_is_read_before_the_password_is_asked_for(world: World) -> None:
    asked = [ask(world), ask(world)]
    account = world.accounts["security_one"]
    account.set_password(HER_OWN)
    account.save()
    one = client_of(world, "security_one", fresh=False)
    shown = send(one, "support_many", {"pick": [str(each[2]) for each in asked]})
    assert shown.status_code == 200
    assert "Tillstyrk 2 ärenden" in text_of(shown)
    asks = one.post(reverse("support_many"), hidden(shown))
    assert asks.status_code == 401
    assert not any(walk.case().votes for walk, _finalist, _opinion in asked)
    # The password takes its time; what she has read is given as she read it, and nothing is shown in between.
    with clock.at(clock.now() + timedelta(minutes=8)):
        kept = one.post("/bekrafta/", {**hidden(asks), "password": HER_OWN})
        assert "görs det du just valde" in text_of(kept)
        told = one.post(reverse("support_many"), hidden(kept), follow=True)
    assert "2 yttranden lämnade" in text_of(told)


def test_a_page_that_has_stood_too_long_says_so_before_the_password(world: World) -> None:
    asked = ask(world)
    one = client_of(world, "security_one", fresh=False)
    shown = send(one, "support_many", {"pick": [str(asked[2])]})
    with clock.at(clock.now() + timedelta(minutes=31)):
        again = one.post(reverse("support_many"), hidden(shown))
    assert again.status_code == 200
    assert "Sidan hade stått för länge" in text_of(again)


def test_rows_that_nobody_offered_lead_back_to_the_queue(world: World) -> None:
    one = client_of(world, "security_one")
    forged = {"once": str(uuid4()), "pick": [str(uuid4()), str(uuid4())]}
    told = one.post(reverse("support_many"), forged, follow=True)
    assert told.redirect_chain[-1][0] == reverse("opinion_list")
    assert "Inget av det du kryssade i kan tillstyrkas här" in text_of(told)
    assert "0 ärenden" not in text_of(told)


def test_return_opens_a_round_that_marks_what_changed(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, finalist, opinion = asked
    walk.vote(opinion, "security_one", ballot("returned"))
    assert walk.case().candidacy(finalist.pk).state == "returned"
    hr = client_of(world, "hr")
    where = {"pk": walk.pk, "candidacy": finalist.pk}
    assert "Begär förnyat yttrande" in text_of(hr.get(reverse("prepare_opinion", kwargs=where)))
    once = {"once": str(uuid4())}
    for _click in range(2):
        assert send(hr, "renew_opinion", once, **where).status_code == 302
    case = walk.case()
    again = case.current_opinion(case.candidacy(finalist.pk))
    assert again is not None
    assert again.round == 2
    one = client_of(world, "security_one")
    assert "Oförändrat, tillstyrk igen" in text_of(page(one, walk, again.pk))
    assert "Oförändrat sedan förra omgången" in text_of(one.get(reverse("opinion_list")))
    some = next(
        check for check in case.checks_of(case.candidacy(finalist.pk)) if str(check.pk) in again.basis
    )
    before = case.opinion(opinion)
    before.basis = {**before.basis, str(some.pk): 1}
    put(before)
    shown = text_of(page(one, walk, again.pk))
    assert shown.count("Ändrad sedan förra omgången") == 1
    assert "1 rad ändrad" in shown
    assert "1 rad ändrad" in text_of(one.get(reverse("opinion_list")))


def test_recalled_by_the_preparer_and_never_shown(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", Ballot("supported_conditions", ("two_persons",), SECRET))
    hr = client_of(world, "hr")
    assert send(hr, "recall_opinion", pk=walk.pk, opinion=opinion).status_code == 302
    assert walk.case().opinion(opinion).state == "recalled"
    assert (
        send(client_of(world, "security_one"), "reveal_reason", pk=walk.pk, opinion=opinion).status_code
        == 409
    )
    late = send(hr, "recall_opinion", pk=walk.pk, opinion=opinion)
    assert late.status_code == 409
    assert Entry.objects.filter(action="action.refused").exists()


@pytest.mark.parametrize("why", ["deviation", "sample", "condition"])
def test_a_second_approver_is_added(world: World, why: str) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    case = walk.case()
    own = case.candidacy(finalist.pk)
    if why == "sample":
        own.sampled = True
        put(own)
    if why == "deviation":
        row = next(
            c for c in case.checks_of(own) if c.state == "done" and c.documentation != "note_shown_only"
        )
        row.deviated = row.has_deviated = True
        row.told_on, row.assessed_by = world.today, world.person("hr")
        put(row)
    opinion = walk.ask_opinion(finalist)
    assert walk.case().opinion(opinion).approvers == (1 if why == "condition" else 2)
    walk.vote(opinion, "security_one", ballot("supported_conditions" if why == "condition" else "supported"))
    assert walk.case().opinion(opinion).state == "half_given"
    if why == "deviation":
        shown = text_of(client_of(world, "security_two").get(reverse("opinion_list")))
        assert "Har varit att bedöma" in shown
        assert 'name="pick"' not in shown


def refused(walk: Walk, opinion: UUID) -> None:
    walk.vote(opinion, "security_one", Ballot("advised_against", (), SECRET))


def test_lift_lets_the_head_in_and_she_decides_with_a_reason(
    asked: tuple[Walk, Any, UUID], world: World
) -> None:
    walk, finalist, opinion = asked
    refused(walk, opinion)
    manager, head = client_of(world, "manager"), client_of(world, "head")
    assert "vägar framåt" in text_of(page(manager, walk, opinion))
    assert page(head, walk, opinion, "decide_escalation").status_code == 404
    assert (
        send(manager, "escalate_opinion", {"reason": "kort"}, pk=walk.pk, opinion=opinion).status_code == 200
    )
    lifted = send(
        manager,
        "escalate_opinion",
        {"reason": "Vi behöver henne i upphandlingen."},
        pk=walk.pk,
        opinion=opinion,
    )
    assert lifted.status_code == 302
    shown = text_of(page(head, walk, opinion, "decide_escalation"))
    assert SECRET not in shown
    form = {"result": "overruled", "reason": "Risken är omhändertagen i arbetet.", "no_conflict": "on"}
    assert "Läs yttrandets skäl först" in text_of(
        send(head, "decide_escalation", form, pk=walk.pk, opinion=opinion)
    )
    assert send(head, "reveal_reason", {"till": "lyft"}, pk=walk.pk, opinion=opinion).status_code == 302
    shown = text_of(page(head, walk, opinion, "decide_escalation"))
    assert SECRET in shown
    assert "Vi behöver henne" in shown
    assert page(manager, walk, opinion, "decide_escalation").status_code == 404
    for name in ("security_one", "hr"):
        assert page(client_of(world, name), walk, opinion, "decide_escalation").status_code == 404
    form["once"] = str(uuid4())
    for _click in range(2):
        assert send(head, "decide_escalation", form, pk=walk.pk, opinion=opinion).status_code == 302
    assert walk.case().opinion(opinion).state == "overruled"
    walk.sign(finalist)
    assert walk.case().opinion(opinion).state == "used"


def test_the_registrar_notes_the_committees_decision(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, finalist, opinion = asked
    refused(walk, opinion)
    send(
        client_of(world, "manager"),
        "escalate_opinion",
        {"reason": "Nämnden bör avgöra saken."},
        pk=walk.pk,
        opinion=opinion,
    )
    registrar = client_of(world, "registrar")
    form = {
        "result": "upheld",
        "decided_on": (world.today + timedelta(days=1)).isoformat(),
        "section": "§ 12",
    }
    assert "framtiden" in text_of(
        send(registrar, "record_board_escalation", form, pk=walk.pk, opinion=opinion)
    )
    form["decided_on"] = world.today.isoformat()
    assert send(registrar, "record_board_escalation", form, pk=walk.pk, opinion=opinion).status_code == 302
    assert walk.case().opinion(opinion).state == "upheld"
    assert walk.case().candidacy(finalist.pk).state == "not_selected"


def test_the_action_itself_refuses_the_preparer(asked: tuple[Walk, Any, UUID], world: World) -> None:
    from vetting.access.door import Denied

    walk, _finalist, opinion = asked
    world.hire("hr", "security_officer", authority=world.other_authority)
    with pytest.raises(Denied):
        decide_opinion(
            walk.case(),
            by=world.actor("hr"),
            opinion=walk.case().opinion(opinion),
            ballot=Ballot("supported"),
        )
