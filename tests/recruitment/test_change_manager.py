"""Another manager takes over: who may name one, and what goes on when the ordinary one cannot."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.managers import LIFT, address, change, exclude_manager, with_deputies
from tests.recruitment.opinions import ask, ballot
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.endings import cancel_recruitment, close_recruitment
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.escalation import decide_escalation
from vetting.recruitment.actions.opinion import escalate_opinion
from vetting.recruitment.engine.progress import missing_for_decision
from vetting.recruitment.models import Recruitment
from vetting.recruitment.next_step import Seen, next_step


@pytest.fixture
def town(world: World) -> World:
    """The small municipality with one more manager of each unit."""
    return with_deputies(world)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("hr", 200),
        ("hr_head", 200),
        ("security_head", 200),
        ("manager", 404),
        ("deputy", 404),
        ("other_hr", 404),
        ("security_one", 404),
        ("registrar", 404),
        ("administrator", 404),
        ("employee", 404),
    ],
)
def test_who_may_name_a_manager_follows_the_tables(town: World, name: str, status: int) -> None:
    walk = Walk(town, "buyer").open()
    client = client_of(town, name)
    assert client.get(address(walk)).status_code == status
    form = filled(manager=str(town.person_id("deputy")), reason="left")
    assert client.post(address(walk), form).status_code == (302 if status == 200 else 404)
    manager = Recruitment.objects.get(pk=walk.pk).manager_id
    assert manager == town.person_id("deputy" if status == 200 else "manager")


def test_whoever_stands_aside_names_nobody(town: World) -> None:
    walk = Walk(town, "buyer").open()
    give_declaration(walk.case(), by=town.actor("hr"), interest="Vi är nära släkt med varandra.")
    assert client_of(town, "hr").get(address(walk)).status_code == 404
    with pytest.raises(Denied):
        change(walk)


def test_nobody_names_herself_and_whoever_cannot_is_not_offered(town: World) -> None:
    walk = Walk(town, "buyer").open()
    page = client_of(town, "hr_head").get(address(walk)).content.decode()
    offered = page.split("<select", 1)[1].split("</select>", 1)[0]
    assert "Deputy" in offered
    for absent in ("hr_head", "manager", "other_manager"):
        assert str(town.person_id(absent)) not in offered
    with pytest.raises(Denied):
        change(walk, to="hr_head", by="hr_head")
    with pytest.raises(BadInput) as refused:
        change(walk, to="other_manager")
    assert refused.value.errors == {"manager": "not_manager"}
    with pytest.raises(WrongState):
        change(walk, to="manager")
    with pytest.raises(BadInput):
        change(walk, reason="for no reason")
    answer = client_of(town, "hr").post(address(walk), filled(manager="", reason=""))
    assert answer.status_code == 422
    assert Recruitment.objects.get(pk=walk.pk).manager_id == town.person_id("manager")


def test_a_second_click_has_one_effect_and_one_entry(town: World) -> None:
    walk = Walk(town, "buyer").open()
    form = filled(manager=str(town.person_id("deputy")), reason="left")
    client = client_of(town, "hr")
    for _click in range(2):
        assert client.post(address(walk), form).status_code == 302
    entry = Entry.objects.filter(action="recruitment.assigned", subject=walk.pk).get()
    assert entry.facts["target_role"] == "hiring_manager"
    assert (entry.facts["change"], entry.facts["reason_code"]) == ("replaced", "left")
    assert [each["person"] for each in walk.case().recruitment.earlier_managers] == [
        str(town.person_id("manager"))
    ]
    page = client.get(f"/rekryteringar/{walk.pk}/").content.decode()
    assert "Deputy" in page
    assert "ändrade uppdragen" in page
    assert "ansvarig chef till" in client.get(f"/rekryteringar/{walk.pk}/uppdrag/").content.decode()
    assert not list(findings())


def test_an_excluded_manager_stops_nothing(town: World) -> None:
    """Rows that the manager performs, the lift and the decision: all go on with the one who took over."""
    walk, finalist, opinion = ask(town)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    exclude_manager(walk)
    page = client_of(town, "hr").get(f"/rekryteringar/{walk.pk}/").content.decode()
    assert "En annan chef behöver utses" in page
    assert "Utse en annan chef" in page
    case = walk.case()
    step = next_step(Seen(case, town.actor("hr"), {"recruitment.assign": True}, frozenset()))
    assert step is not None
    assert step.url == address(walk)
    change(walk)
    assert (
        "En annan chef behöver utses"
        not in client_of(town, "hr").get(f"/rekryteringar/{walk.pk}/").content.decode()
    )
    # She answers for conflicts of interest first, as everybody does on joining.
    deputy = client_of(town, "deputy")
    assert "Ta ställning till jäv" in deputy.get(f"/rekryteringar/{walk.pk}/").content.decode()
    walk.declare("deputy")
    case = walk.case()
    escalate_opinion(case, by=town.actor("deputy"), opinion=case.opinion(opinion), reason=LIFT)
    assert walk.case().opinion(opinion).escalated_to_id == town.person_id("head")
    case = walk.case()
    decide_escalation(case, by=town.actor("head"), opinion=case.opinion(opinion), overrule=True, reason=LIFT)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    answer = deputy.post(
        f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/besluta/",
        filled(planned_start=town.today.isoformat(), trial_period="0"),
    )
    assert answer.status_code == 302
    walk.start(finalist)
    walk.finish({"employment"}, finalist)
    assert walk.states(finalist)["intro_influence"] == "done"  # a row that only the manager performs
    manager = client_of(town, "manager")
    assert manager.get(f"/rekryteringar/{walk.pk}/").status_code == 404
    assert not list(findings())


def test_until_the_new_manager_has_declared_nothing_goes_forward(town: World) -> None:
    walk = Walk(town, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    change(walk)
    case = walk.case()
    assert "declarations" in {m.code for m in missing_for_decision(case, case.candidacy(finalist.pk))}


def test_a_manager_whose_role_has_ended_is_told_of(town: World) -> None:
    walk = Walk(town, "assistant").open()
    grant = RoleGrant.objects.get(person=town.person_id("manager"), unit=town.units["school"])
    grant.valid_to = town.today - timedelta(days=1)
    put(grant)
    page = client_of(town, "hr").get(f"/rekryteringar/{walk.pk}/").content.decode()
    assert "rekryterar inte längre för enheten" in page
    change(walk, reason="left")
    assert (
        "rekryterar inte längre"
        not in client_of(town, "hr").get(f"/rekryteringar/{walk.pk}/").content.decode()
    )


def test_after_the_close_the_engagement_gets_a_manager_too(town: World) -> None:
    walk = Walk(town, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    close_recruitment(walk.case(), by=town.actor("hr"))
    engagement = f"/anstallningar/{walk.pk}/{finalist.pk}/"
    assert "Byt ansvarig chef" in client_of(town, "hr").get(engagement).content.decode()
    change(walk, reason="left")
    assert walk.case().recruitment.manager_id == town.person_id("deputy")
    assert "Påbörja avslut" in client_of(town, "deputy").get(engagement).content.decode()


def test_a_cancelled_recruitment_needs_no_manager(town: World) -> None:
    walk = Walk(town, "assistant").open()
    cancel_recruitment(walk.case(), by=town.actor("manager"), reason="budget", informed_on=town.today)
    with pytest.raises(WrongState):
        change(walk)


def test_the_list_says_what_comes_next(town: World) -> None:
    walk = Walk(town, "assistant").open()
    exclude_manager(walk)
    page = client_of(town, "hr").get("/rekryteringar/").content.decode()
    assert "Utse en annan chef" in page
    assert client_of(town, "hr").post(address(walk), {"once": str(uuid4())}).status_code == 422
