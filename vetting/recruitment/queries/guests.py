"""Guest approvers of a recruitment, and who of the house could give an opinion in it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from vetting.access.actor import Actor, acting
from vetting.access.door import ask, may_somewhere
from vetting.access.models import RoleGrant
from vetting.access.standing_in import substitutes_in_force, tied_to
from vetting.accounts.models import Account
from vetting.organisation.models import ServiceAgreement
from vetting.recruitment.case import Case
from vetting.recruitment.models import GuestInvitation, Opinion, Vote
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.standing import SECURITY, have_managed

UNDER_WAY = (Opinion.State.REQUESTED, Opinion.State.HALF_GIVEN)


def invitations(case: Case) -> list[GuestInvitation]:
    """Everybody who has been proposed as a guest here, the newest first."""
    rows = GuestInvitation.objects.filter(recruitment=case.recruitment)
    return list(rows.select_related("role_grant", "account__person").order_by("-entry_id"))


def can_opine(case: Case) -> set[UUID]:
    """The persons of the security function who could give an opinion here now: the door asked for each of them."""
    grants: dict[UUID, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE).select_related("unit"):
        grants.setdefault(grant.person_id, []).append(grant)
    holders = [person for person, held in grants.items() if any(grant.role in SECURITY for grant in held)]
    agreements, standing_in = list(ServiceAgreement.objects.all()), substitutes_in_force(case.today)
    kept = have_managed(case) | {opinion.preparer_id for opinion in case.opinions}
    kept |= {
        person for check in case.checks for person in (check.recorded_by_id, check.assessed_by_id) if person
    }
    kept |= tied_to(kept, case.recruitment.created_on, case.today)
    found = set()
    for account in Account.objects.filter(person__in=holders, is_active=True).select_related("person"):
        actor = acting(account, grants, agreements, standing_in, case.today)
        if account.person_id not in kept and ask(actor, "opinion.take", case.facts_for(actor)).allowed:
            found.add(account.person_id)
    return found


def without_guest(actor: Actor, known: Reach) -> QuerySet[Opinion] | None:
    """Rounds on posts in HR and the security function to which no guest is invited, for whoever may propose one.

    None for others.
    """
    if not may_somewhere(actor, "guest.propose"):
        return None
    waiting = GuestInvitation.objects.filter(
        recruitment=OuterRef("recruitment"),
        role_grant__state__in=[RoleGrant.State.PROPOSED, RoleGrant.State.ACTIVE],
        role_grant__valid_to__gte=actor.on,
    )
    voted = Vote.objects.filter(opinion=OuterRef("pk"), state=Vote.State.GIVEN, is_guest=True)
    return Opinion.objects.filter(
        ~Exists(waiting),
        ~Exists(voted),
        reach_of(actor, "guest.propose", known).about(),
        needs_guest=True,
        state__in=UNDER_WAY,
    )


__all__ = ["can_opine", "invitations", "without_guest"]
