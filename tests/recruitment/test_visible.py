"""The list of recruitments shows exactly those for which the door says yes."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

import pytest

from audit.clock import now
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import ask
from vetting.access.grants import permission_for
from vetting.organisation.models import DelegationPoint, Position
from vetting.recruitment.actions.recruitment import create_recruitment
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal
from vetting.recruitment.queries.visible import reach_of


def grant(world: World, recruitment: Recruitment, name: str, role: str) -> None:
    """Assign an account to act in a role in one recruitment."""
    put(
        RecruitmentGrant(
            permission=permission_for(Recruitment, role), user=world.accounts[name], content_object=recruitment,
            granted_by=world.person("hr_head"), since=now(), reason="workload",
        )
    )  # fmt: skip


def recuse(
    world: World, recruitment: Recruitment, name: str, state: str, *, before_end: bool = False
) -> None:
    """A declaration in the given state."""
    decided = state in {"excluded", "participates"} or before_end
    put(
        Recusal(
            recruitment=recruitment, person=world.person(name), state=state, declared_on=world.today,
            excluded_before_end=before_end, decided_by=world.person("signer_one") if decided else None,
            decided_on=world.today if decided else None, changed_at=now(),
        )
    )  # fmt: skip


@pytest.fixture
def many(world: World) -> list[Recruitment]:
    """Recruitments in both authorities, by two managers, with grants, declarations and endings of every kind."""
    positions: list[Position] = list(world.positions.values())
    other = Position(unit=world.units["school_two"], title="Fritidsledare", risk_state="none")
    put(other)
    managers = cycle(["manager", "other_manager", "head"])
    rows = []
    for position in [*positions, *positions, other, other]:
        case = create_recruitment(
            by=world.actor("hr_head"), position=position, manager=world.person(next(managers)), form="permanent",
            places=1,
        )  # fmt: skip
        rows.append(case.recruitment)
    for index, row in enumerate(rows):
        if index % 3 == 0:
            row.state, row.ended_on = ("cancelled", world.today)
            put(row)
    for role, name in (
        ("hr_officer", "other_hr"), ("security_officer", "security_one"), ("protective_security", "protective"),
        ("employee", "employee"), ("security_officer", "manager"), ("hr_head", "hr"),
    ):  # fmt: skip
        for row in rows[:7]:
            grant(world, row, name, role)
    for name, unit, leading, last in (
        ("chief", "executive", True, None), ("employee", "school_office", False, None),
        ("auditor", "executive", True, world.today - timedelta(days=1)),
    ):  # fmt: skip
        put(
            DelegationPoint(
                unit=world.units[unit], code="4.2", forms=["permanent"], delegate=world.person(name),
                leading_posts=leading, valid_from=world.today - timedelta(days=50), valid_to=last,
            )
        )  # fmt: skip
    for name in world.accounts:
        if name.startswith("signer"):
            continue
        recuse(world, rows[1], name, "declared")
        recuse(world, rows[2], name, "excluded")
        recuse(world, rows[3], name, "ended", before_end=True)
        recuse(world, rows[4], name, "ended")
        recuse(world, rows[5], name, "clear")
        recuse(world, rows[6], name, "participates")
    return rows


@pytest.mark.parametrize("permission", ["recruitment.list", "recruitment.export_list", "engagement.list"])
def test_it_equals_the_door_for_everyone(world: World, many: list[Recruitment], permission: str) -> None:
    world.hire("wide_hr", "hr_officer", authority=world.authority)
    world.hire("everywhere", "hr_head")
    world.hire("manager", "archivist", authority=world.other_authority)
    world.hire("guest", "guest_approver")
    cases = [Case.load(row.pk) for row in Recruitment.objects.all()]
    declared = set(Recusal.objects.values_list("recruitment", flat=True))
    seen = 0
    for name in world.accounts:
        actor = world.actor(name)
        expected = {case.pk for case in cases if ask(actor, permission, case.facts_for(actor))}
        reach = reach_of(actor, permission)
        found = list(reach.recruitments.values_list("pk", flat=True))
        assert set(found) == expected, name
        about = Recusal.objects.filter(reach.about()).values_list("recruitment", flat=True)
        assert set(about) == expected & declared, f"{name}: what is about a recruitment"
        assert len(found) == len(expected), f"{name} sees a recruitment twice"
        seen += bool(expected)
    assert seen >= 5


def test_a_grant_gives_nothing_without_its_role(world: World) -> None:
    walk = Walk(world, "assistant")
    grant(world, walk.case().recruitment, "employee", "hr_officer")
    assert not reach_of(world.actor("employee")).recruitments.exists()


def test_a_delegate_sees_the_posts_she_may_decide_on(world: World, many: list[Recruitment]) -> None:
    seen = reach_of(world.actor("chief")).recruitments
    assert seen.filter(position=world.positions["buyer_lead"]).exists()
    assert not seen.filter(position=world.positions["assistant"]).exists()


def test_a_role_that_has_lapsed_gives_nothing(world: World) -> None:
    Walk(world, "assistant")
    assert reach_of(world.actor("hr")).recruitments.count() == 1
    for held in world.person("hr").role_grants.all():
        held.valid_to = world.today - timedelta(days=1)
        put(held)
    assert not reach_of(world.actor("hr")).recruitments.exists()


def test_a_permission_that_a_relation_grants_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="ask the door"):
        reach_of(world.actor("hr"), "recruitment.view")
