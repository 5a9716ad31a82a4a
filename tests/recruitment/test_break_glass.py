"""*Nödåtkomst*: an hour's reading of one recruitment, with a reason, told of at once, and never an act."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from audit import clock
from audit.errors import AlreadyDone
from audit.models import Entry
from tests.access.routes import every_route
from tests.recruitment.emergencies import HOUR, NOTHING, WHY, at_the_page, begun, opened, reference
from tests.recruitment.pages import post, signed_in, step_up, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied, ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.crypto.blind_index import digest
from vetting.oversight.models import Alert, StaffNumber
from vetting.policy.emergency import OPENS
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.actions.break_glass import end_break_glass, open_break_glass
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.models import BreakGlass
from vetting.recruitment.queries.search import PERMISSION as SEARCH
from vetting.recruitment.queries.visible import reach_of


@pytest.fixture
def walk(world: World) -> Walk:
    """A procurement officer on the way, and somebody beside it."""
    return begun(world)


def may(walk: Walk, name: str, permission: str) -> bool:
    case = walk.case()
    return ask(
        walk.world.actor(name),
        permission,
        case.facts_for(walk.world.actor(name), candidacy=case.candidacies[0]),
    ).allowed


def test_it_opens_the_pages_and_what_is_sealed_on_them(walk: Walk) -> None:
    assert not may(walk, "stand_in", "candidacy.reveal")
    assert not may(walk, "security_one", "recruitment.view")
    opened(walk)
    opened(walk, "security_one")
    assert may(walk, "stand_in", "candidacy.reveal")
    assert may(walk, "security_one", "recruitment.view")


def allowed_to(walk: Walk, name: str) -> set[str]:
    """Every permission that the person has in the recruitment and for its finalist."""
    case, actor = walk.case(), walk.world.actor(name)
    facts = case.facts_for(actor, candidacy=case.candidacies[0])
    return {code for code in PERMISSIONS if ask(actor, code, facts).allowed}


def test_no_act_is_possible_through_it(walk: Walk) -> None:
    gained: set[str] = set()
    for name in ("stand_in", "security_one", "hr_head", "security_head"):
        before = allowed_to(walk, name)
        opened(walk, name)
        gained |= allowed_to(walk, name) - before
    assert {"recruitment.view", "candidacy.reveal", "check.reveal"} <= gained <= OPENS
    assert {PERMISSIONS[code].kind for code in OPENS} == {"read", "reveal"}


def test_every_button_and_form_of_an_act_answers_404_and_leaves_an_entry(walk: Walk) -> None:
    glass = opened(walk, "security_one")
    client = signed_in(walk.world, "security_one")
    step_up(client, walk.world, "security_one")
    candidacy = walk.case().candidacies[0]
    check = walk.case().checks_of(candidacy)[0]
    parts = {
        "pk": walk.pk,
        "candidacy": candidacy.pk,
        "check": check.pk,
        "group": "finalist",
        "stage": "finalist",
    }
    tried = 0
    for route in every_route():
        permission = route.declaration.permission
        if "pk" not in route.places or "POST" not in route.declaration.methods or permission in OPENS:
            continue
        if not route.pattern.startswith("rekryteringar/") or not set(route.places) <= set(parts):
            continue
        before = Entry.objects.count()
        answer = client.post(reverse(route.name, kwargs={place: parts[place] for place in route.places}))
        assert answer.status_code == 404, route.name
        entry = Entry.objects.latest("id")
        assert Entry.objects.count() == before + 1, route.name
        assert (entry.action, entry.facts["permission"]) == ("access.refused", permission)
        tried += 1
    assert tried > 30
    assert walk.case().break_glasses[0].pk == glass.pk


def test_every_page_read_under_it_is_recorded_and_says_so(walk: Walk) -> None:
    opened(walk, "security_one")
    client = signed_in(walk.world, "security_one")
    candidacy = walk.case().candidacies[0]
    check = walk.case().checks_of(candidacy)[0]
    parts = {"pk": walk.pk, "candidacy": candidacy.pk, "check": check.pk}
    read = 0
    for route in every_route():
        declared = route.declaration
        if declared.permission not in OPENS or "GET" not in declared.methods or "pk" not in route.places:
            continue
        if not set(route.places) <= set(parts):
            continue
        before = Entry.objects.count()
        answer = client.get(reverse(route.name, kwargs={place: parts[place] for place in route.places}))
        if answer.status_code == 404 or (answer.status_code == 302 and not answer.content):
            continue  # Sent on to another page: nothing has been shown.
        assert Entry.objects.count() > before, f"{route.name} was read without an entry"
        page = re.sub(r"\s+", " ", answer.content.decode())
        assert "Du läser utan uppdrag, 60 minuter till." in page, route.name
        assert reverse("end_break_glass", kwargs={"glass": walk.case().break_glasses[0].pk}) in page
        read += 1
    assert read >= 3


def test_lists_searches_and_exports_are_not_opened(walk: Walk) -> None:
    opened(walk, "security_one")
    actor = walk.world.actor("security_one")
    assert not reach_of(actor).recruitments.filter(pk=walk.pk).exists()
    assert not may(walk, "security_one", "recruitment.list")
    opened(walk)
    assert not may(walk, "stand_in", SEARCH)
    assert not may(walk, "stand_in", "recruitment.print")


@pytest.mark.parametrize("typed", ["unknown", "out of reach", "recused", "oneself"])
def test_whatever_the_reason_the_answer_is_the_same(walk: Walk, typed: str) -> None:
    world, name, wanted = walk.world, "stand_in", reference(walk)
    if typed == "unknown":
        wanted = "R-1999-0001"
    if typed == "out of reach":
        name = "other_hr"
    if typed == "recused":
        set_recusal(
            walk.case(),
            by=world.actor("security_head"),
            person_id=world.person_id(name),
            reason="Släkt med en sökande.",
        )
    if typed == "oneself":
        name_the_finalist(walk, name)
    answer = at_the_page(world, name, reference=wanted, reason=WHY)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert NOTHING in page
    assert not BreakGlass.objects.exists()
    refused = Entry.objects.get(action="access.refused")
    assert refused.facts == {"role": "hr_officer", "permission": "break_glass.open"}
    assert refused.subject is None


def name_the_finalist(walk: Walk, name: str) -> None:
    """The finalist turns out to be a member of staff."""
    from vetting.recruitment.models import BlindIndex

    found = digest(INDEX_PURPOSE, "198001010000")
    BlindIndex.objects.create(candidacy=walk.case().candidacies[0], digest=found)
    StaffNumber.objects.create(person=walk.world.person(name), digest=found)


def test_on_a_case_naming_oneself_an_auditor_is_told_at_once(walk: Walk) -> None:
    name_the_finalist(walk, "stand_in")
    with pytest.raises(Denied):
        opened(walk)
    alert = Alert.objects.get()
    assert (alert.rule, alert.auditor) == ("break_glass_own", walk.world.person("auditor"))
    own = signed_in(walk.world, "stand_in").get("/min-laslogg/").content.decode()
    assert reference(walk) not in own


def test_the_auditor_the_colleagues_and_the_heads_are_told_at_once(walk: Walk) -> None:
    opened(walk)
    assert Alert.objects.get().rule == "break_glass"
    for name in ("hr", "manager", "hr_head", "security_head"):
        page = signed_in(walk.world, name).get("/arbete/").content.decode()
        assert "Stand In läste utan uppdrag" in page, name
    for name in ("stand_in", "other_hr", "security_one"):
        assert "läste utan uppdrag" not in signed_in(walk.world, name).get("/arbete/").content.decode()
    assert "Nödåtkomster att granska" in signed_in(walk.world, "auditor").get("/granskning/").content.decode()


def test_it_ends_by_itself_in_the_middle_of_a_session(walk: Walk) -> None:
    opened(walk, "security_one")
    client = signed_in(walk.world, "security_one")
    page = url("recruitment_view", walk)
    assert client.get(page).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=59)):
        assert "en minut till" in re.sub(r"\s+", " ", client.get(page).content.decode())
    with clock.at(clock.now() + HOUR):
        assert client.get(page).status_code == 404


def test_its_opener_ends_it_and_nobody_else(walk: Walk) -> None:
    glass = opened(walk)
    end = reverse("end_break_glass", kwargs={"glass": glass.pk})
    assert post(signed_in(walk.world, "hr_head"), end).status_code == 404
    assert post(signed_in(walk.world, "stand_in"), end).status_code == 302
    assert not may(walk, "stand_in", "candidacy.reveal")
    with pytest.raises(WrongState):
        end_break_glass(glass.pk, by=walk.world.actor("stand_in"))


def test_who_stands_aside_or_loses_the_role_meanwhile_reads_no_more(walk: Walk) -> None:
    world = walk.world
    opened(walk, "security_one")
    opened(walk, "security_two")
    set_recusal(
        walk.case(),
        by=world.actor("security_head"),
        person_id=world.person_id("security_one"),
        reason="Släkt med en sökande.",
    )
    grant = RoleGrant.objects.get(person=world.person("security_two"))
    grant.state, grant.ended_by, grant.ended_on, grant.reason = (
        "revoked",
        world.person("hr_head"),
        world.today,
        "at_once",
    )
    put(grant)
    for name in ("security_one", "security_two"):
        assert signed_in(world, name).get(url("recruitment_view", walk)).status_code == 404


def test_who_has_protected_identity_is_not_opened(walk: Walk) -> None:
    case = walk.case()
    mark_protected(
        case,
        by=walk.world.actor("hr"),
        candidacy=case.candidacies[0],
        alias="A1",
        kept_at="HR:s arkivskåp",
        handlers=[walk.world.person_id("hr")],
    )
    opened(walk)
    assert not may(walk, "stand_in", "candidacy.reveal")
    assert not may(walk, "stand_in", "check.reveal")


def test_another_account_of_the_same_person_reads_nothing_and_opens_no_second(walk: Walk) -> None:
    opened(walk, "security_one")
    walk.world.accounts["twin"] = Account.objects.create_user(
        "twin", "hemligt-lösenord-7", person=walk.world.person("security_one")
    )
    assert signed_in(walk.world, "twin").get(url("recruitment_view", walk)).status_code == 404
    with pytest.raises(WrongState):
        opened(walk, "twin")


def test_two_at_once_are_one_and_a_second_click_opens_nothing_new(walk: Walk) -> None:
    key = uuid4()
    glass = open_break_glass(by=walk.world.actor("stand_in"), reference=reference(walk), reason=WHY, once=key)
    with pytest.raises(AlreadyDone):
        open_break_glass(by=walk.world.actor("stand_in"), reference=reference(walk), reason=WHY, once=key)
    with pytest.raises(WrongState):
        opened(walk)
    with clock.at(clock.now() + HOUR):
        opened(walk)
    glass.refresh_from_db()
    assert glass.ended_at == glass.until


def test_who_has_an_assignment_or_too_short_a_reason_opens_nothing(walk: Walk) -> None:
    with pytest.raises(WrongState):
        opened(walk, "hr")
    with pytest.raises(BadInput):
        open_break_glass(by=walk.world.actor("stand_in"), reference=reference(walk), reason="Det är bråttom.")
    assert at_the_page(walk.world, "stand_in", reference=reference(walk), reason="Kort.").status_code == 200
    assert not BreakGlass.objects.exists()


def test_the_password_is_asked_for_first_and_the_reason_holds_no_number(walk: Walk) -> None:
    client = signed_in(walk.world, "stand_in")
    answer = post(client, reverse("open_break_glass"), reference=reference(walk), reason=WHY)
    assert answer.status_code == 401
    assert not BreakGlass.objects.exists()
    page = at_the_page(walk.world, "stand_in", reference=reference(walk), reason=WHY + " 19800101-1231")
    assert "Skriv inget om kandidaten i skälet" in page.content.decode()
    assert at_the_page(walk.world, "stand_in", reference=reference(walk), reason=WHY).status_code == 302
    assert BreakGlass.objects.get().role == "hr_officer"
