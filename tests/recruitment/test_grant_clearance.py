"""*Gör klar för pool*: only by whoever decides, only when every check stands, and no longer than the first to lapse."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.recruitment.pool import check_of, cleared, grant, vetted
from tests.recruitment.visit import client_of, filled
from tests.recruitment.waivers import go_on, waive
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.policy.calendar import add_months
from vetting.policy.engagement_forms import FORMS
from vetting.policy.pool import LONGEST_MONTHS, gives_clearance
from vetting.recruitment import search_index
from vetting.recruitment.actions.errors import NotComplete, WrongState
from vetting.recruitment.models import PoolClearance, PoolHolder


def test_what_is_vetted_once_becomes_a_dated_clearance_for_profile_and_unit(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    assert (clearance.unit, clearance.profile) == (world.units["school"], "base|school")
    assert clearance.state_on(world.today) == "valid"
    entry = Entry.objects.get(action="pool_clearance.granted")
    assert entry.facts == {
        "role": "hiring_manager",
        "clearance": clearance.reference,
        "profile": "base|school",
        "unit": "Björkskolan",
        "until": clearance.until.isoformat(),
    }
    assert "Vilma" not in bytes(entry.leaf).decode()
    assert walk.case().clearance_of(finalist) == clearance


def test_the_last_day_is_that_of_the_first_part_to_lapse(world: World) -> None:
    walk, finalist = vetted(world)
    shown = check_of(walk, finalist, "crim_school")
    shown.evidence_on = add_months(world.today, -7)
    put(shown, "check.begun")
    clearance = grant(walk, finalist)
    assert clearance.until == add_months(add_months(world.today, -7), 12)
    assert clearance.first_to_lapse == "crim_school"


def test_and_never_later_than_the_policys_own_limit(world: World) -> None:
    _walk, _finalist, clearance = cleared(world, position="clerk")
    assert clearance.until == add_months(world.today, LONGEST_MONTHS)
    assert clearance.first_to_lapse == "policy"


def test_not_while_a_check_is_to_be_assessed(world: World) -> None:
    walk, finalist = vetted(world)
    identity = check_of(walk, finalist, "references")
    identity.state, identity.deviated, identity.has_deviated = "to_assess", True, True
    put(identity, "check.begun")
    with pytest.raises(NotComplete) as raised:
        grant(walk, finalist)
    assert [each.code for each in raised.value.missing] == ["references"]
    assert not PoolClearance.objects.exists()


def test_not_before_the_decision_nor_before_what_stops_the_start(world: World) -> None:
    walk = Walk(world, "assistant", form="hourly_pool").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    with pytest.raises(NotComplete):
        grant(walk, finalist)
    walk.sign(finalist)
    with pytest.raises(NotComplete):
        grant(walk, finalist)
    walk.finish({"start"}, finalist)
    assert grant(walk, finalist).state == "valid"


def test_a_statutory_check_is_not_postponed_for_a_pool(world: World) -> None:
    walk, finalist = vetted(world)
    shown = check_of(walk, finalist, "crim_school")
    shown.state, shown.outcome, shown.evidence_on = "waiting_candidate", "", None
    shown.recorded_by = shown.recorded_on = None
    put(shown, "check.begun")
    with pytest.raises(NotComplete, match="crim_school"):
        grant(walk, finalist)


def test_nor_does_a_waiver_carry_the_bookings_that_follow(world: World) -> None:
    walk = Walk(world, "assistant", form="hourly_pool").open()
    finalist = walk.finalist()
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    waive(walk, finalist)
    for check in walk.case().checks_of(finalist):
        if check.code in {"id_check", "education"}:
            walk.record(check)
    go_on(walk, finalist)
    walk.sign(finalist)
    walk.start(finalist)
    with pytest.raises(NotComplete, match="references"):
        grant(walk, finalist)


@pytest.mark.parametrize("form", [code for code, form in FORMS.items() if form.allowed])
def test_only_forms_that_are_booked_shift_by_shift(form: str) -> None:
    assert gives_clearance(form) == (form in {"hourly_pool", "agency"})


def test_a_permanent_employment_gives_none(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    with pytest.raises(WrongState, match="not_pool"):
        grant(walk, finalist)


@pytest.mark.parametrize(
    "name", ["hr", "hr_head", "other_manager", "security_one", "administrator", "employee"]
)
def test_nobody_but_whoever_decides_about_the_pool(world: World, name: str) -> None:
    walk, finalist = vetted(world)
    with pytest.raises(Denied):
        grant(walk, finalist, by=name)


def test_renewed_only_when_something_was_done_again(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    with pytest.raises(WrongState, match="nothing_redone"):
        grant(walk, finalist)
    assert PoolClearance.objects.get().until == clearance.until


def test_one_of_the_same_person_for_the_same_place_takes_the_earlier_ones_place(world: World) -> None:
    _walk, _finalist, first = cleared(world)
    walk, finalist = vetted(world)
    digest = PoolHolder.objects.get().digest
    search_index.store(finalist, bytes(digest))
    second = grant(walk, finalist)
    first.refresh_from_db()
    assert (first.state, first.revoke_code) == ("revoked", "replaced")
    assert PoolHolder.objects.get().clearance == second


def test_a_double_click_gives_one(world: World) -> None:
    walk, finalist = vetted(world)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/klar-for-pool/"
    client, form = client_of(world, "manager"), filled()
    assert client.get(url).status_code == 200
    for _click in range(2):
        assert client.post(url, form).status_code == 302
    assert Entry.objects.filter(action="pool_clearance.granted").count() == 1
    assert PoolClearance.objects.count() == 1


def test_the_page_says_what_is_missing(world: World) -> None:
    walk, finalist = vetted(world)
    identity = check_of(walk, finalist, "references")
    identity.state = "in_progress"
    put(identity, "check.begun")
    page = client_of(world, "manager").get(
        f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/klar-for-pool/"
    )
    assert "Referenser" in page.content.decode()
    assert "Vilma" not in page.content.decode()
