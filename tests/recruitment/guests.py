"""A post in HR, and a guest approver in tests: proposed and confirmed through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.administration.actions.roles import confirm_role, locked_role
from vetting.organisation.models import Position
from vetting.policy.places import GUEST_DAYS
from vetting.recruitment.actions.guest import Wanted, propose_guest
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.models import GuestInvitation

WHY = "Känner ingen på vår HR-avdelning."
HOME = "Sunnviks kommun"


def hr_post(world: World, *, leading: bool = False) -> None:
    """A post in HR under the manager of procurement; with `leading` two give an opinion."""
    like = world.positions["buyer_lead" if leading else "buyer"]
    world.positions["recruiter"] = Position(
        unit=like.unit,
        title="Rekryterare",
        profiles=["hr_recruitment", *(["leading_post"] if leading else [])],
        answers=dict(like.answers),
        is_designated_leading=leading,
        risk_state="confirmed",
        risk_level=2,
        risk_decided_on=like.risk_decided_on,
        risk_reference="Beslut 8",
        risk_assessed_by=like.risk_assessed_by,
        risk_confirmed_by=like.risk_confirmed_by,
    )
    put(world.positions["recruiter"])


def asked(world: World, position: str = "recruiter", *, leading: bool = False) -> tuple[Walk, Any, UUID]:
    """An opinion asked for about a finalist for the post in HR, and somebody from elsewhere with an account."""
    if position == "recruiter":
        hr_post(world, leading=leading)
    world.hire("guest")
    walk = Walk(world, position).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist, walk.ask_opinion(finalist)


def wanted(
    world: World, name: str = "guest", *, because: str = "hr_function", last: date | None = None
) -> Wanted:
    """An invitation of `name`, for as long as one may last."""
    return Wanted(
        world.accounts[name], HOME, because, WHY, last or world.today + timedelta(days=GUEST_DAYS - 1)
    )


def proposed(walk: Walk, what: Wanted | None = None, *, by: str = "hr_head") -> GuestInvitation:
    """The invitation, waiting for its second signature."""
    return propose_guest(walk.case(), what or wanted(walk.world), by=walk.world.actor(by))


def confirmed(walk: Walk, invitation: GuestInvitation, *, by: str = "security_head") -> None:
    """Signed by another head: the guest is let in."""
    with locked_role(invitation.role_grant_id) as grant:
        confirm_role(grant, by=walk.world.actor(by))


def invited(walk: Walk, what: Wanted | None = None) -> GuestInvitation:
    """Both signatures."""
    found = proposed(walk, what)
    confirmed(walk, found)
    return found


def votes(walk: Walk, opinion: UUID, name: str, ballot: Ballot | None = None) -> None:
    """Give an opinion, without taking the round first."""
    case = walk.case()
    decide_opinion(
        case, by=walk.world.actor(name), opinion=case.opinion(opinion), ballot=ballot or Ballot("supported")
    )
