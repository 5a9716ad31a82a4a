"""What *Mitt arbete* begins with: what is ready is ready, and nobody is told beside what waits that nothing does."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from audit.clock import now
from tests.recruitment.test_work_page import numbers, to_decide
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.engine.progress import missing_before_signing
from vetting.recruitment.models import Recusal


def test_what_is_too_old_is_not_ready_to_be_decided(world: World, client: Client) -> None:
    """The number follows the button on the recruitment's page, which is shut until the check has been made anew."""
    walk = to_decide(world)
    client.force_login(world.accounts["manager"])
    assert numbers(client)["Klara för beslut"][0] == 1
    check = walk.case().check_named("id_check", walk.case().candidacies[0])
    check.evidence_on = world.today - timedelta(days=24 * 31)
    put(check)
    case = walk.case()
    assert missing_before_signing(case, case.candidacies[0]) != []
    assert numbers(client)["Klara för beslut"][0] == 0


def test_an_opinion_that_has_passed_is_not_ready_to_be_decided(world: World, client: Client) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.vote(walk.ask_opinion(finalist), "security_one")
    walk.finish({"decision"})
    client.force_login(world.accounts["manager"])
    assert numbers(client)["Klara för beslut"][0] == 1
    opinion = walk.case().current_opinion(walk.case().candidacies[0])
    opinion.valid_until = world.today - timedelta(days=1)
    put(opinion)
    assert numbers(client)["Klara för beslut"][0] == 0


def test_nobody_is_told_beside_what_waits_that_nothing_does(world: World, client: Client) -> None:
    client.force_login(world.accounts["registrar"])
    nothing = "När något väntar på dig står det här."
    assert nothing in client.get(reverse("work")).text
    walk = to_decide(world)
    walk.sign(walk.case().candidacies[0])
    found = client.get(reverse("work"))
    assert [(link.label, link.count) for link in found.context["begin"]] == [
        ("Beslut att anmäla till nämnd", 1)
    ]
    assert nothing not in found.text
    assert found.context["waiting"] == []


def test_doors_say_what_is_behind_them(world: World, client: Client) -> None:
    """Whoever works elsewhere in the service is shown the way there, not an empty list of recruitments."""
    client.force_login(world.accounts["auditor"])
    answer = client.get(reverse("work"))
    assert answer.context["ways"]
    assert all(way.note for way in answer.context["ways"])
    assert "Att göra nu" not in answer.text


def test_whoever_works_in_one_other_room_is_led_there(world: World, client: Client) -> None:
    """A recipient of reports is not one press away from an alarm; whoever has several doors chooses."""
    client.force_login(world.hire("receiver", "report_recipient", authority=world.authority))
    answer = client.get(reverse("work"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("report_inbox")
    client.force_login(world.accounts["auditor"])
    assert client.get(reverse("work")).status_code == 200


def test_a_plain_employee_is_told_that_there_is_nothing(world: World, client: Client) -> None:
    client.force_login(world.accounts["employee"])
    answer = client.get(reverse("work"))
    assert answer.status_code == 200
    assert "Inget väntar på dig" in answer.content.decode()


def test_the_number_of_declarations_is_that_of_their_list(world: World, client: Client) -> None:
    walks = [Walk(world, "assistant") for _each in range(8)]
    for walk in walks:
        put(
            Recusal(
                recruitment_id=walk.pk, person=world.person("manager"), state="declared", declared_on=world.today,
                changed_at=now(),
            )
        )  # fmt: skip
    ended = walks[0].case().recruitment
    ended.state, ended.end_reason, ended.ended_on = "cancelled", "budget", world.today
    put(ended)
    set_recusal(
        walks[1].case(),
        by=world.actor("security_head"),
        person_id=world.person_id("head"),
        reason="Är släkt med en.",
    )
    for name, expected in (("head", 6), ("hr_head", 7)):
        client.force_login(world.accounts[name])
        number, url = numbers(client)["Jävsanmälningar att ta ställning till"]
        assert number == len(client.get(url).context["items"]) == expected, name
