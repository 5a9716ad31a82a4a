"""Guardian is the record of grants: it finds ours by its own questions, and cannot write past the log."""

from __future__ import annotations

import pytest
from guardian.core import ObjectPermissionChecker

from audit.errors import OutsideAct
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.access.grants import permission_for
from vetting.accounts.models import Account
from vetting.recruitment.models import Recruitment, RecruitmentGrant


def roles_granted(account: Account, recruitment: Recruitment) -> set[str]:
    """Guardian's own answer: the roles the account may act in there."""
    codes = ObjectPermissionChecker(account).get_perms(recruitment)
    return {code.removeprefix("act_as_") for code in codes if code.startswith("act_as_")}


def test_guardian_answers_as_the_table_says(db: None) -> None:
    world = build_world()
    recruitment = Walk(world, "assistant").case().recruitment
    for name, account in world.accounts.items():
        own = RecruitmentGrant.objects.filter(user=account, content_object=recruitment)
        expected = {grant.permission.codename.removeprefix("act_as_") for grant in own}
        assert roles_granted(account, recruitment) == expected, name
    assert roles_granted(world.accounts["hr"], recruitment) == {"hr_officer"}


def test_guardian_cannot_grant_or_revoke_outside_an_act(db: None) -> None:
    world = build_world()
    recruitment = Walk(world, "assistant").case().recruitment
    permission, objects = permission_for(Recruitment, "hr_officer"), RecruitmentGrant.objects
    with pytest.raises(OutsideAct):
        objects.remove_perm(permission, world.accounts["hr"], recruitment)
    with pytest.raises(OutsideAct):
        objects.bulk_assign_perm(permission, world.accounts["other_hr"], [recruitment])
    assert roles_granted(world.accounts["hr"], recruitment) == {"hr_officer"}
