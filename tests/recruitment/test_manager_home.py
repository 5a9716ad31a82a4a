"""*Chefens sida*: at most three things, each a link that opens its form; everything else under *Mer*."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from audit.clock import at
from config.outside import Relay
from tests.audit.smtp_sink import Sink
from tests.recruitment.opinions import SECRET
from tests.recruitment.test_reminders import begun
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM, add_months
from vetting.recruitment.actions.candidacy import create_candidacy
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.opinion import escalate_opinion
from vetting.recruitment.actions.vote import Ballot
from vetting.recruitment.manager_mail import tell_managers
from vetting.recruitment.queries.reminders import reminders_of
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.manager_home import AT_ONCE

QUERIES, BYTES = 18, 60_000
NOTICES = "/konto/aviseringar/"


def tasks_in(page: str) -> list[str]:
    """The addresses of what there is to do, in order."""
    listed = page.partition('class="app-checks"')[2].partition("</ol>")[0]
    return re.findall(r'<a[^>]* href="([^"]+)"', listed)


def waits(world: World) -> Walk:
    """A recruitment in which somebody is to propose a finalist."""
    walk = Walk(world, "assistant").open()
    walk.finish({"before_advert"})
    return walk


def test_at_most_three_and_the_decision_first_each_opening_its_form(world: World) -> None:
    ready = Walk(world, "assistant").open()
    finalist = ready.finalist()
    ready.ready(finalist)
    ready.answer_decision(finalist)
    ready.finish({"decision"})
    for _ in range(4):
        waits(world)
    client = client_of(world, "manager")
    page = client.get(reverse("manager_home")).content.decode()
    tasks = tasks_in(page)
    assert len(tasks) == 3
    assert f"/rekryteringar/{ready.pk}/beslut/" in tasks[0]
    assert "saker till väntar" in page
    _before, _more, folded = page.partition("<details")
    assert "Klara för beslut" in page
    assert "app-stat" in folded
    for address in tasks:
        assert client.get(address).status_code == 200, address
    for address in re.findall(r'href="(/[^"]+)"', page):
        if not address.startswith(("/static", "/sprak")):
            assert client.get(address.replace("&amp;", "&")).status_code in {200, 302}, address
    assert len(page.encode()) < BYTES
    with CaptureQueriesContext(connection) as said:
        client.get(reverse("manager_home"))
    waits(world)
    with CaptureQueriesContext(connection) as again:
        client.get(reverse("manager_home"))
    assert len(said) == len(again) <= QUERIES, len(said)


def test_a_start_within_a_week_comes_first_and_the_closing_of_the_old_last(world: World) -> None:
    old = Walk(world, "assistant", planned_start=world.today - timedelta(days=200)).open()
    begun = old.finalist()
    old.ready(begun)
    old.sign(begun)
    old.finish({"start"}, begun)
    old.start(begun)
    later = waits(world)
    soon = Walk(world, "assistant", planned_start=world.today + timedelta(days=5)).open()
    entering = soon.finalist()
    soon.ready(entering)
    soon.sign(entering, Terms(world.today + timedelta(days=5)))
    new = Walk(world, "assistant", planned_start=world.today + timedelta(days=60)).open()
    create_candidacy(new.case(), by=world.actor("hr"), name="Ny Testsson")
    client = client_of(world, "manager")
    page = client.get(reverse("manager_home")).content.decode()
    tasks = tasks_in(page)
    where = [
        next(n for n, w in (("old", old), ("later", later), ("soon", soon), ("new", new)) if str(w.pk) in t)
        for t in tasks
    ]
    assert where[0] == "soon", where
    assert "old" not in where, where
    assert set(where) == {"soon", "later", "new"}
    assert "Lämna din jävsförklaring" in page
    assert reverse("show_finalists", kwargs={"pk": new.pk}) in page, (
        "the names are shown from here, in one press"
    )


def test_a_lift_comes_first_to_whoever_decides_and_the_reason_stays_shut(
    asked: tuple[Walk, Any, UUID], world: World
) -> None:
    walk, _finalist, opinion = asked
    walk.vote(opinion, "security_one", Ballot("advised_against", (), SECRET))
    manager = client_of(world, "manager")
    page = manager.get(reverse("manager_home")).content.decode()
    (address,) = tasks_in(page)
    shown = manager.get(address).content.decode()
    assert "vstyrk" in shown
    assert SECRET not in page + shown
    case = walk.case()
    escalate_opinion(
        case, by=world.actor("manager"), opinion=case.opinion(opinion), reason="Vi behöver henne snart."
    )
    assert not tasks_in(manager.get(reverse("manager_home")).content.decode())
    head = client_of(world, "head")
    (address,) = tasks_in(head.get(reverse("manager_home")).content.decode())
    assert head.get(address).status_code == 200


@pytest.mark.parametrize("name", ["hr", "security_head", "auditor", "employee"])
def test_the_neutral_link_leads_everybody_else_to_her_own_work(world: World, name: str) -> None:
    answer = client_of(world, name).get("/chef/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("work"))


def test_whoever_is_not_signed_in_comes_back_there_afterwards(world: World, client: Any) -> None:
    answer = client.get("/chef/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("next=%2Fchef%2F")


def test_mail_tells_that_something_waits_and_nothing_of_what(world: World, settings: Any) -> None:
    noon = datetime(2026, 12, 2, 10, 30, tzinfo=STOCKHOLM)
    person = world.person("manager")
    person.email = "manager@kommun.se"
    put(person)
    with Sink() as sink:
        settings.ANCHOR_RELAY = Relay("127.0.0.1", sink.port, "", "", "", "tjansten@kommun.se", 2)
        tell_managers()
        assert not sink.mails  # nothing waits
        walk = waits(world)
        for hours in (-5, 0, 1):
            with clock.at(noon + timedelta(hours=hours)):
                tell_managers()
        with clock.at(noon + timedelta(days=1)):
            tell_managers()  # the same still waits
        (mail,) = sink.mails
        body = mail.get_content()
        assert "https://" in body
        assert "/chef/" in body
        assert mail["Subject"] == "Något väntar på dig"
        for word in (walk.case().recruitment.reference, "Elevassistent", "Björkskolan", "manager"):
            assert word not in body
        waits(world)
        for days in (2, 3, 12):  # Friday: something new; Saturday: never; then what still waits, once more
            with clock.at(noon + timedelta(days=days)):
                tell_managers()
        assert len(sink.mails) == 3


def test_each_chooses_when_the_same_mail_comes(world: World, settings: Any) -> None:
    """Never, when something is new, or every working day; an HR officer who has not asked gets none."""
    noon = datetime(2026, 12, 2, 10, 30, tzinfo=STOCKHOLM)
    for name in ("manager", "hr", "security_one"):
        person = world.person(name)
        person.email = f"{name}@kommun.se"
        put(person)
    waits(world)
    choose = {name: client_of(world, name) for name in ("manager", "hr", "security_one")}
    assert choose["manager"].get(NOTICES).context["form"]["mail"].value() == "new"
    assert choose["hr"].get(NOTICES).context["form"]["mail"].value() == "none"

    def mailed(*days: int) -> list[str]:
        with Sink() as sink:
            settings.ANCHOR_RELAY = Relay("127.0.0.1", sink.port, "", "", "", "tjansten@kommun.se", 2)
            for day in days:
                with clock.at(noon + timedelta(days=day)):
                    tell_managers()
            assert len({mail.get_content() for mail in sink.mails}) <= 1, "the mail is the same to everybody"
            return [str(mail["To"]) for mail in sink.mails]

    assert choose["manager"].post(NOTICES, filled(mail="none")).status_code == 302
    assert choose["hr"].post(NOTICES, filled(mail="daily")).status_code == 302
    assert choose["security_one"].post(NOTICES, filled(mail="daily")).status_code == 302
    assert choose["hr"].post(NOTICES, filled(mail="names")).status_code == 200
    assert mailed(0, 1, 3) == ["hr@kommun.se"] * 2, (
        "Wednesday, Thursday and no Saturday; nothing waits for security"
    )
    assert choose["hr"].post(NOTICES, filled(mail="new")).status_code == 302
    assert mailed(5, 6) == [], "the same still waits, and has been told of"
    person = world.person("hr")
    person.is_protected = True
    put(person)
    assert choose["hr"].post(NOTICES, filled(mail="daily")).status_code == 302
    assert mailed(7) == []
    assert (
        "Tjänsten mejlar aldrig den som har skyddade uppgifter." in choose["hr"].get(NOTICES).content.decode()
    )


def test_her_own_declaration_stands_before_everything_late_of_one_engagement(world: World) -> None:
    walk, _finalist = begun(world, "buyer")
    late = add_months(walk.on, 14)
    with at(datetime.combine(late, time(9), UTC)):
        actor = world.actor("manager")
        late_of_her = [one for one in reminders_of(actor, reach_of(actor)) if one.day < late]
        assert len(late_of_her) >= AT_ONCE, "otherwise nothing could crowd the declaration out"
        owing = Walk(world, "assistant", planned_start=late + timedelta(days=60)).open()
        create_candidacy(owing.case(), by=world.actor("hr"), name="Ny Testsson")
        page = client_of(world, "manager").get(reverse("manager_home")).content.decode()
    tasks = tasks_in(page)
    assert f"/rekryteringar/{owing.pk}/javsforklaring/" in tasks[0], tasks
    assert f"/anstallningar/{walk.pk}/" in tasks[1], "what is late comes next, and she is one person"
