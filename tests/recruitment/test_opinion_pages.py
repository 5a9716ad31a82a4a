"""The opinion through its pages: blind, two persons, marked changes, the queue, several at once, and the lift."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.opinions import REASONS, SECRET, ask, ballot, page
from tests.recruitment.test_nothing_slips_behind import hear_and_assess, row
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.accounts.models import Account
from vetting.recruitment.actions.checks import reopen_check
from vetting.recruitment.actions.vote import STRICTNESS, Ballot
from vetting.recruitment.engine.remaining import left_before_start
from vetting.recruitment.models import Vote


def test_hr_prepares_and_asks_in_one_step(world: World) -> None:
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


def test_the_queue_is_short_and_flat(world: World, django_assert_max_num_queries: Any) -> None:
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


def test_a_clean_row_says_what_is_left_before_the_start(world: World) -> None:
    walk, finalist, opinion = ask(world)
    one = client_of(world, "security_one")
    left = left_before_start(walk.case(), walk.case().candidacy(finalist.pk))
    assert left > 1
    told = f"{left} kontroller återstår före start"
    shown = text_of(one.get(reverse("opinion_list")))
    assert "Inget att bedöma" in shown
    assert told in shown
    assert told in text_of(send(one, "support_many", {"pick": [str(opinion)]}))
    assert "Återstår före start" in text_of(page(one, walk, opinion))
    walk.answer_decision(finalist)
    walk.finish({"decision"}, finalist)
    walk.finish({"decision"})
    fewer = left_before_start(walk.case(), walk.case().candidacy(finalist.pk))
    assert 0 < fewer < left, "what comes with the decision is counted too"
    assert f"{fewer} kontroll" in text_of(one.get(reverse("opinion_list")))


def test_what_has_been_assessed_is_not_to_be_assessed_any_longer(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    check = row(walk, finalist, "references")
    reopen_check(walk.case(), by=world.actor("hr"), check=check, reason="wrong_entry")
    walk.record(check, "to_assess")
    hear_and_assess(walk, check)
    opinion = walk.ask_opinion(finalist)
    shown = text_of(page(client_of(world, "security_one"), walk, opinion))
    assert "Har varit att bedöma, bedömd" in shown
    assert "Att bedöma" not in shown


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
    page = one.get(reverse("opinion_view", kwargs={"pk": walk.pk, "opinion": opinion}))
    assert f'action="{reverse("take_next")}"' in text_of(page), "the next one is a press away"
    assert page.context["breadcrumbs"][0].url == reverse("opinion_list")


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
