"""The opinion through its pages: blind, two persons, marked changes, the queue, several at once, and the lift."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.accounts.models import Account
from vetting.recruitment.actions.opinion import recall_opinion
from vetting.recruitment.actions.vote import STRICTNESS, Ballot, decide_opinion
from vetting.recruitment.models import Vote

REASONS = "Skälen är utförligt skrivna här."
SECRET = "Kanariefågel i skälen"


@pytest.fixture
def asked(world: World, not_drawn: None) -> tuple[Walk, Any, UUID]:
    """A procurement officer for whom an opinion has been asked for."""
    return ask(world)


@pytest.fixture
def not_drawn() -> Any:
    """The random sample draws nobody."""
    from vetting.recruitment.actions.common import drawing_with

    with drawing_with(lambda below: below - 1):
        yield


def ask(world: World, position: str = "buyer", **more: Any) -> tuple[Walk, Any, UUID]:
    walk = Walk(world, position, **more).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist, walk.ask_opinion(finalist)


def ballot(outcome: str, *conditions: str) -> Ballot:
    wanted = conditions or (("follow_up",) if outcome == "supported_conditions" else ())
    return Ballot(outcome, wanted, "" if outcome == "supported" else REASONS)


def page(client: Any, walk: Walk, opinion: UUID, name: str = "opinion_view") -> Any:
    return client.get(reverse(name, kwargs={"pk": walk.pk, "opinion": opinion}))


def test_hr_prepares_and_asks_in_one_step(world: World, not_drawn: None) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    hr = client_of(world, "hr")
    where = {"pk": walk.pk, "candidacy": finalist.pk}
    blocked = text_of(hr.get(reverse("prepare_opinion", kwargs=where)))
    assert "Först behövs:" in blocked
    assert 'name="recommendation"' not in blocked
    walk.ready(finalist)
    once = str(uuid4())
    form = {"once": once, "recommendation": "Jag föreslår henne; ring 19800101-0001 om du undrar över brott."}
    warned = send(hr, "prepare_opinion", form, **where)
    assert warned.status_code == 200
    assert "personnummer" in text_of(warned)
    assert "Jag föreslår henne" in text_of(warned)
    assert not walk.case().opinions
    form["recommendation"] = "Jag föreslår henne."
    for _click in range(2):
        assert send(hr, "prepare_opinion", form, **where).status_code == 302
    assert [o.state for o in walk.case().opinions] == ["requested"]
    outside = client_of(world, "other_hr")
    assert outside.get(reverse("prepare_opinion", kwargs=where)).status_code == 404


def test_the_queue_is_short_and_flat(
    world: World, not_drawn: None, django_assert_max_num_queries: Any
) -> None:
    first = ask(world)
    one = client_of(world, "security_one")
    one.get(reverse("opinion_list"))
    with django_assert_max_num_queries(15) as few:
        shown = text_of(one.get(reverse("opinion_list")))
    assert first[0].case().recruitment.reference in shown
    assert "Testa Persson" not in shown
    ask(world)
    ask(world)
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = text_of(one.get(reverse("opinion_list")))
    assert shown.count('name="pick"') == 3
    assert client_of(world, "hr").get(reverse("opinion_list")).status_code == 404


def test_take_next_opens_the_first_and_the_material(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    one = client_of(world, "security_one")
    before = text_of(page(one, walk, opinion))
    assert "Testa Persson" not in before
    assert send(one, "reveal_opinion", pk=walk.pk, opinion=opinion).status_code == 404
    taken = send(one, "take_next")
    assert taken.url == reverse("opinion_view", kwargs={"pk": walk.pk, "opinion": opinion})
    assert send(one, "reveal_opinion", pk=walk.pk, opinion=opinion).status_code == 302
    assert "Testa Persson" in text_of(page(one, walk, opinion))
    entry = Entry.objects.filter(action="candidacy.revealed").latest("id")
    assert b"give_opinion" in bytes(entry.leaf)
    assert "Testa Persson" not in text_of(page(client_of(world, "security_two"), walk, opinion))


def test_an_opinion_needs_the_password_again(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    one = client_of(world, "security_one", fresh=False)
    send(one, "take_opinion", pk=walk.pk, opinion=opinion)
    form = {"outcome": "advised_against", "reasons": SECRET}
    assert send(one, "decide_opinion", form, pk=walk.pk, opinion=opinion).status_code == 401
    back = send(
        client_of(world, "security_one"),
        "decide_opinion",
        form | {"_resumed": "1"},
        pk=walk.pk,
        opinion=opinion,
    )
    assert SECRET in text_of(back)
    assert not walk.case().votes


def test_a_second_click_gives_one_vote(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    one = client_of(world, "security_one")
    send(one, "take_opinion", pk=walk.pk, opinion=opinion)
    form = {"outcome": "supported", "once": str(uuid4())}
    for _click in range(2):
        assert send(one, "decide_opinion", form, pk=walk.pk, opinion=opinion).status_code == 302
    assert len(walk.case().votes) == 1
    assert walk.case().opinion(opinion).state == "approved"


def test_what_is_typed_stays_and_wrong_input_is_told(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    one = client_of(world, "security_one")
    send(one, "take_opinion", pk=walk.pk, opinion=opinion)
    answer = send(
        one, "decide_opinion", {"outcome": "returned", "reasons": "kort"}, pk=walk.pk, opinion=opinion
    )
    assert "minst tio tecken" in text_of(answer)
    assert "kort</textarea>" in text_of(answer).replace("\n", "")
    assert not walk.case().votes


def test_the_first_vote_is_hidden_from_everyone(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", Ballot("supported_conditions", ("two_persons",), SECRET))
    case = walk.case()
    assert case.opinion(opinion).state == "half_given"
    assert case.opinion(opinion).conditions == []
    for name in ("security_one", "security_two", "security_head", "hr", "manager", "registrar"):
        client = client_of(world, name)
        shown = text_of(page(client, walk, opinion))
        assert SECRET not in shown
        assert "tillsammans med annan</li>" not in shown
        assert "Visa skälen" not in shown
        answer = send(client, "reveal_reason", pk=walk.pk, opinion=opinion)
        assert answer.status_code == (409 if name.startswith("security") else 404)
    log = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))
    for word in (b"supported", b"two_persons", SECRET.encode()):
        assert word not in log
    assert walk.case().opinion(opinion).second_because == []


def test_a_vote_may_be_withdrawn_until_the_other_is_in(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", ballot("supported_conditions"))
    one = client_of(world, "security_one")
    assert "Ta tillbaka yttrandet" in text_of(page(one, walk, opinion))
    assert send(one, "withdraw_vote", pk=walk.pk, opinion=opinion).status_code == 302
    assert walk.case().votes == []
    two = client_of(world, "security_two")
    assert send(two, "withdraw_vote", pk=walk.pk, opinion=opinion).status_code == 404


def test_the_strictest_wins_and_conditions_are_united(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    row = walk.case().opinion(opinion)
    row.approvers = 2
    put(row)
    states = ("approved", "approved_with_conditions", "returned", "refused")
    for first, second in product(STRICTNESS, repeat=2):
        votes = [
            ballot(first, *(["two_persons"] if first == "supported_conditions" else [])),
            ballot(second, *(["limited_access"] if second == "supported_conditions" else [])),
        ]
        with transaction.atomic():
            walk.vote(opinion, "security_one", votes[0])
            assert walk.case().opinion(opinion).state == "half_given"
            walk.vote(opinion, "security_two", votes[1])
            done = walk.case().opinion(opinion)
            assert done.state == states[max(STRICTNESS.index(first), STRICTNESS.index(second))], (
                first,
                second,
            )
            assert done.conditions == sorted({code for vote in votes for code in vote.conditions})
            transaction.set_rollback(True)


def test_the_manager_sees_result_and_conditions_but_no_reason(
    asked: tuple[Walk, Any, UUID], world: World
) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", Ballot("supported_conditions", ("two_persons",), SECRET))
    walk.vote(opinion, "security_two", Ballot("supported_conditions", ("limited_access",), SECRET))
    manager = client_of(world, "manager")
    shown = text_of(page(manager, walk, opinion))
    assert "Begränsad behörighet" in shown
    assert "Beslut tillsammans med annan" in shown
    assert "Visa skälen" not in shown
    assert send(manager, "reveal_reason", pk=walk.pk, opinion=opinion).status_code == 404
    one = client_of(world, "security_one")
    assert SECRET not in text_of(page(one, walk, opinion))
    assert send(one, "reveal_reason", pk=walk.pk, opinion=opinion).status_code == 302
    assert SECRET in text_of(page(one, walk, opinion))
    assert Entry.objects.filter(action="opinion.reason_revealed").count() == 1


def test_preparer_manager_and_recorder_are_shut_out(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    world.hire("hr", "security_officer", authority=world.other_authority)
    hr = client_of(world, "hr")
    assert "Du kan inte yttra dig: du har" in text_of(page(hr, walk, opinion))
    for step in ("take_opinion", "decide_opinion"):
        assert send(hr, step, {"outcome": "supported"}, pk=walk.pk, opinion=opinion).status_code == 404
    assert send(hr, "take_next").url == reverse("opinion_list")
    case = walk.case()
    row = case.opinion(opinion)
    for person in (row.preparer_id, row.manager_id):
        vote = Vote(
            recruitment_id=walk.pk,
            opinion=row,
            candidacy_id=row.candidacy_id,
            slot=1,
            person_id=person,
            account=world.accounts["hr"],
            preparer_id=row.preparer_id,
            manager_id=row.manager_id,
            given_on=world.today,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            put(vote)


def test_one_person_with_two_accounts_gives_one_vote(asked: tuple[Walk, Any, UUID], world: World) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", ballot("supported_conditions"))
    person = world.person("security_one")
    world.accounts["again"] = Account.objects.create_user("again", "hemligt-lösenord-7", person=person)
    again = client_of(world, "again")
    send(again, "take_opinion", pk=walk.pk, opinion=opinion)
    answer = send(again, "decide_opinion", {"outcome": "supported"}, pk=walk.pk, opinion=opinion)
    assert answer.status_code == 404
    assert len(walk.case().votes) == 1


def test_whoever_is_recused_meets_nothing(asked: tuple[Walk, Any, UUID], world: World) -> None:
    from vetting.recruitment.actions.declaration import set_recusal

    walk, _finalist, opinion = asked
    set_recusal(
        walk.case(),
        by=world.actor("security_head"),
        person_id=world.person_id("security_one"),
        reason=REASONS,
    )
    one = client_of(world, "security_one")
    assert page(one, walk, opinion).status_code == 404
    assert send(one, "take_next").url == reverse("opinion_list")
    assert walk.case().recruitment.reference not in text_of(one.get(reverse("opinion_list")))


def test_several_without_deviations_are_supported_at_once(world: World, not_drawn: None) -> None:
    good = [ask(world), ask(world)]
    bad = ask(world)
    one = client_of(world, "security_one")
    picks = {"pick": [str(opinion) for _walk, _finalist, opinion in [*good, bad]]}
    confirm = send(one, "support_many", picks)
    assert confirm.status_code == 200
    assert "Tillstyrk 3 ärenden" in text_of(confirm)
    assert not any(walk.case().votes for walk, _finalist, _opinion in good)
    recall_opinion(bad[0].case(), by=world.actor("hr"), opinion=bad[0].case().opinion(bad[2]))
    form = {**picks, "confirmed": "1", "once": str(uuid4())}
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
    assert (
        client_of(world, "security_two", fresh=False)
        .post(reverse("support_many"), picks | {"once": str(uuid4())})
        .status_code
        == 401
    )


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
def test_a_second_approver_is_added(world: World, why: str, not_drawn: None) -> None:
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
        row.deviated, row.told_on, row.assessed_by = True, world.today, world.person("hr")
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
