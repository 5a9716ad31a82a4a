"""What a municipality decides for itself: one proposes, another answers, and nothing goes below the law."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.clock import now
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.administration.actions.settings import (
    confirm_setting,
    locked_setting,
    propose_setting,
    reject_setting,
    withdraw_setting,
)
from vetting.organisation.models import Authority, SettingProposal
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.own_settings import SETTINGS, may_be, switchable
from vetting.recruitment.actions.errors import BadInput, WrongState

ROOM = "/behorigheter/installningar/"
REASON = "Kommunstyrelsen 2026 § 214."


def fresh(world: World) -> Authority:
    return Authority.objects.get(pk=world.authority.pk)


def proposed(world: World, setting: str, value: Any) -> SettingProposal:
    return propose_setting(fresh(world), setting, value, REASON, by=world.actor("administrator"))


def answer(world: World, row: SettingProposal, name: str = "hr_head", act: Any = confirm_setting) -> None:
    with locked_setting(row.pk) as held:
        act(held, by=world.actor(name))


def test_two_persons_change_a_setting_through_the_pages(world: World) -> None:
    before = fresh(world).opinion_binds
    address = f"{ROOM}{world.authority.pk}/opinion_binds/"
    administrator = client_of(world, "administrator", fresh=True)
    assert "Säkerhetsyttrandets verkan" in administrator.get(address).text
    sent = filled(value="0" if before else "1", reason=REASON)
    for _click in range(2):
        assert administrator.post(address, sent).status_code == 302
    row = SettingProposal.objects.get()
    assert fresh(world).opinion_binds is before, "nothing holds before the answer"
    waiting = f"{ROOM}forslag/{row.pk}/"
    assert administrator.get(waiting).status_code == 404
    head = client_of(world, "hr_head", fresh=True)
    assert REASON in head.get(waiting).text
    assert "Svara på förslaget" in head.get(ROOM).text
    assert head.post(waiting, filled()).status_code == 302
    assert fresh(world).opinion_binds is not before
    shown = head.get(ROOM).text
    assert REASON in shown
    assert "Bekräftat" in shown
    facts = [entry.facts for entry in Entry.objects.filter(action__startswith="setting.").order_by("id")]
    assert [each.get("result") for each in facts] == [None, "confirmed"]
    assert {each["setting"] for each in facts} == {"opinion_binds"}
    assert REASON.encode() not in b"".join(
        bytes(entry.leaf) for entry in Entry.objects.filter(action__startswith="setting.")
    )


def test_the_list_is_for_those_who_work_with_it(world: World) -> None:
    for name, expected in (("hr_head", 200), ("security_head", 200), ("administrator", 200), ("hr", 404)):
        assert client_of(world, name).get(ROOM).status_code == expected, name
    unknown = f"{ROOM}{world.authority.pk}/entity/"
    assert client_of(world, "administrator").get(unknown).status_code == 404


def test_only_the_head_answers_and_never_who_proposed(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    for name in ("administrator", "hr", "security_one", "manager"):
        with pytest.raises(Denied):
            answer(world, row, name)
    # A head who administers as well and has proposed it, with any of her accounts.
    row.proposed_by = world.person("hr_head")
    with pytest.raises(Denied):
        confirm_setting(row, by=world.actor("hr_head"))
    answer(world, SettingProposal.objects.get(), "security_head")
    assert fresh(world).sample_percent == 25


def test_a_no_changes_nothing_and_is_told(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    answer(world, row, act=reject_setting)
    assert fresh(world).sample_percent == 10
    assert Entry.objects.get(action="setting.confirmed").facts["result"] == "rejected"
    with pytest.raises(WrongState, match="answered"):
        answer(world, row)


BELOW: list[tuple[str, Any]] = [
    ("sample_percent", 9),
    ("sample_percent", 0),
    ("sample_percent", -10),
    ("sample_percent", 101),
    ("sample_percent", True),
    ("sample_percent", "20"),
    ("opinion_binds", 1),
    ("opinion_binds", None),
    ("switched_on", ["crim_school"]),  # in law: always on, nothing to choose
    ("switched_on", ["references"]),
    ("switched_on", ["drug_test", "drug_test"]),
    ("switched_on", ["no_such_check"]),
    ("entity", "company"),
    ("is_control_function", False),
]


@pytest.mark.parametrize(("setting", "value"), BELOW)
def test_nothing_goes_below_law_and_the_agreed_tables(world: World, setting: str, value: Any) -> None:
    with pytest.raises(BadInput):
        proposed(world, setting, value)
    assert not SettingProposal.objects.exists()


def test_the_form_says_what_is_least(world: World) -> None:
    administrator = client_of(world, "administrator", fresh=True)
    address = f"{ROOM}{world.authority.pk}/sample_percent/"
    assert administrator.post(address, filled(value="5", reason=REASON)).status_code == 422
    assert administrator.post(address, filled(value="15", reason="kort")).status_code == 422
    offered = administrator.get(f"{ROOM}{world.authority.pk}/switched_on/").text
    for check in CHECKPOINTS.values():
        assert (f'value="{check.code}"' in offered) == (check in switchable("authority", world.today))
    assert not SettingProposal.objects.exists()


@pytest.mark.parametrize("number", [0, 9, 101])
def test_the_database_draws_no_fewer_either(world: World, number: int) -> None:
    body = fresh(world)
    body.sample_percent = number
    with pytest.raises(IntegrityError), transaction.atomic():
        put(body)


def test_the_database_knows_two_persons_and_one_proposal_at_a_time(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    row.state, row.answered_by_id, row.answered_on = "confirmed", row.proposed_by_id, world.today
    with pytest.raises(IntegrityError), transaction.atomic():
        put(row)
    with pytest.raises(WrongState, match="waiting"):
        proposed(world, "sample_percent", 30)
    changed = SettingProposal.objects.get()
    changed.value = 90
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        put(changed)


def test_what_changed_meanwhile_is_proposed_anew(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    body = fresh(world)
    body.sample_percent = 50
    put(body)
    with pytest.raises(WrongState, match="setting_changed"):
        answer(world, row)
    assert fresh(world).sample_percent == 50


def test_a_check_that_is_switched_on_is_asked_for_from_then_on(world: World) -> None:
    code = switchable("authority", world.today)[0].code
    answer(world, proposed(world, "switched_on", sorted({*fresh(world).switched_on, code})))
    assert code in fresh(world).switched_on


def test_rounds_asked_for_keep_what_held_then(world: World) -> None:
    held = fresh(world).opinion_binds
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    answer(world, proposed(world, "opinion_binds", not held))
    assert walk.case().opinion(opinion).binds is held


def test_every_setting_stands_on_the_page_and_in_the_table_of_proposals(world: World) -> None:
    assert set(SETTINGS) == set(SettingProposal.Setting.values)
    shown = client_of(world, "administrator").get(ROOM).text
    for setting in SETTINGS.values():
        assert setting.name in shown
        assert f"{ROOM}{world.authority.pk}/{setting.code}/" in shown
        assert may_be(setting.code, getattr(fresh(world), setting.code), "authority", now().date())


def test_whoever_proposed_takes_it_back_and_nobody_else_does(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    back = f"{ROOM}forslag/{row.pk}/ta-tillbaka/"
    world.hire("administrator_two", "administrator")
    for name in ("administrator_two", "hr_head", "auditor"):
        client = client_of(world, name, fresh=True)
        assert back not in client.get(ROOM).text, name
        assert client.post(back, filled()).status_code == 404, name
    own = client_of(world, "administrator", fresh=True)
    assert back in own.get(ROOM).text
    for _press in range(2):
        assert own.post(back, filled(once=str(row.pk))).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by_id) == ("withdrawn", row.proposed_by_id)
    assert fresh(world).sample_percent != 25
    assert "Taget tillbaka" in own.get(ROOM).text
    assert Entry.objects.get(action="setting.confirmed").facts["result"] == "withdrawn"
    with pytest.raises(WrongState):
        answer(world, row)
    with pytest.raises(WrongState):
        answer(world, row, "administrator", withdraw_setting)
    proposed(world, "sample_percent", 30)


def test_the_database_lets_nobody_else_take_it_back(world: World) -> None:
    row = proposed(world, "sample_percent", 25)
    row.state, row.answered_by_id, row.answered_on = "withdrawn", world.person_id("hr_head"), world.today
    with pytest.raises(IntegrityError), transaction.atomic():
        put(row)
