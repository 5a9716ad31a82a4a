"""A guest approver where the post lies in HR: proposed by one head, confirmed by the other, let in."""

from __future__ import annotations

from datetime import timedelta

from audit.recorder import act
from vetting.policy.places import GUEST_DAYS
from vetting.recruitment.actions.common import step
from vetting.recruitment.actions.guest import Wanted, let_in, propose_guest
from vetting.recruitment.demo import texts
from vetting.recruitment.demo.municipality import GUEST, GUEST_FROM
from vetting.recruitment.demo.tale import Tale


def invite(tale: Tale) -> bool:
    """Let the guest in to the recruitment; False where she is there already."""
    case, account = tale.case, tale.scene.town.accounts[GUEST]
    for grant in [each for each in case.grants if not each.still_holds(case.today)]:
        case.grants.remove(grant)
        case.lapsed.append(grant)
    if any(grant.user_id == account.pk for grant in case.grants):
        return False
    last = case.today + timedelta(days=GUEST_DAYS - 1)
    wanted = Wanted(account, GUEST_FROM, "hr_function", tale.say(texts.GUEST), last)
    invitation = propose_guest(case, wanted, by=tale.actor("hr_head"))
    role, head = invitation.role_grant, tale.actor("security_head")
    role.state, role.confirmed_by_id = step("role_grant", "confirm", role.state), head.person_id
    said = {"role": "security_head", "target_role": role.role, "unit": case.authority.name}
    with act("role.confirmed", head.who("security_head"), subject=role.pk, facts=said) as entry:
        entry.save(role)
    let_in(case, invitation, by=head, role="security_head")
    tale.invited += [role, invitation]
    return True
