"""Who can see a recruitment now, and why: the door asked for every account that could be let in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor, acting
from vetting.access.door import ask, scopes_held
from vetting.access.grants import role_of
from vetting.access.models import RoleGrant
from vetting.access.standing_in import substitutes_in_force
from vetting.accounts.models import Account, Person
from vetting.organisation.models import Authority, ServiceAgreement
from vetting.policy.event_groups import READS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.reasons import ASSIGN, GUEST
from vetting.policy.roles import ROLES
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import emergency_line, held_in
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.relations import delegation_point, is_access_manager

SEE = "recruitment.view"

REACH = (("hr_officer", "unit"), ("hr_head", "authority"))
"""Who may be assigned: whoever holds the role where the recruitment is."""


@dataclass(slots=True)
class Reader:
    """One person who can see the recruitment, the accounts she does it with, and every reason why."""

    person: Person
    accounts: set[UUID] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    is_protected: bool = False

    @property
    def name(self) -> str:
        """The name; for a person with protected identity only that."""
        return _("Namnet visas inte") if self.is_protected else self.person.display_name


@dataclass(frozen=True, slots=True)
class Access:
    """Everybody who can see the recruitment, and everybody who could be assigned to it (account, name, role)."""

    readers: list[Reader]
    assignable: list[tuple[Account, str]]

    @property
    def accounts(self) -> set[UUID]:
        """The accounts for which the door says yes."""
        return {account for reader in self.readers for account in reader.accounts}


@dataclass(frozen=True, slots=True)
class Known:
    """What the reasons are told from: role grants per person, agreements, names."""

    grants: dict[UUID, list[RoleGrant]]
    agreements: list[ServiceAgreement]
    authorities: dict[UUID, str]
    people: dict[UUID, str]
    on: date


def access_to(case: Case) -> Access:
    """Ask the door about every active account whose person has a role or a part in the case. Five queries."""
    on = case.today
    grants: dict[UUID, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE).select_related("unit"):
        if grant.is_in_force(on):
            grants.setdefault(grant.person_id, []).append(grant)
    agreements = list(ServiceAgreement.objects.all())
    named = {case.manager.pk, case.unit.access_manager_id} | {point.delegate_id for point in case.points}
    accounts = Account.objects.filter(is_active=True).select_related("person")
    standing_in = substitutes_in_force(on)
    named |= {row.substitute_id for row in standing_in}
    accounts = accounts.filter(
        Q(person__in=[*grants, *(n for n in named if n)]) | Q(pk__in=[grant.user_id for grant in case.grants])
    )
    givers = Person.objects.filter(pk__in={grant.granted_by_id for grant in case.grants})
    known = Known(
        grants,
        agreements,
        dict(Authority.objects.values_list("pk", "name")),
        dict(givers.values_list("pk", "display_name")),
        on,
    )
    readers: dict[UUID, Reader] = {}
    assignable = []
    for account in accounts.order_by("person__display_name", "username"):
        actor = acting(account, grants, agreements, standing_in, on)
        facts = case.facts_for(actor)
        if ask(actor, SEE, facts).allowed:
            reader = readers.setdefault(
                account.person_id, Reader(account.person, is_protected=account.person.is_protected)
            )
            reader.accounts.add(account.pk)
            reader.reasons += [why for why in _reasons(case, actor, known) if why not in reader.reasons]
        if "recused" not in facts.relations:
            scopes = scopes_held(actor, facts)
            assignable += [(account, role) for role, scope in REACH if scope in scopes.get(role, frozenset())]
    return Access(list(readers.values()), assignable)


def _reasons(case: Case, actor: Actor, known: Known) -> Iterable[str]:
    """Every ground that gives this actor sight of the case, in words."""
    if case.manager.pk == actor.person_id:
        yield _("Ansvarig chef för rekryteringen")
    elif delegation_point(case, actor) is not None:
        yield _("Får besluta enligt delegationsordningen")
    if is_access_manager(case, actor) and case.manager.pk != actor.person_id:
        yield _("Behörighetsansvarig för enheten")
    for grant in case.grants:
        if grant.user_id == actor.account_id:
            yield _assignment(grant, known)
    glass = held_in(case.break_glasses, actor)
    if glass is not None:
        yield emergency_line(glass)
    facts = case.facts_for(actor)
    scopes = scopes_held(actor, facts)
    for absent in actor.absent:
        theirs = tuple(one for one in facts.absent if one.person_id == absent.person_id)
        nobody = replace(actor, roles=())
        if ask(nobody, SEE, replace(facts, absent=theirs)).why == "substitute":
            day = date_format(absent.until, "j b Y")
            yield _("Ersättare för %(who)s till och med %(day)s") % {"who": absent.name, "day": day}
    for held in actor.roles:
        cell = PERMISSIONS[SEE].scopes[held.role]
        if cell not in ("unit", "authority", "all") or cell not in scopes[held.role]:
            continue
        if held.role == "archivist" and "closed_object" not in facts.relations:
            continue
        for role_grant in known.grants.get(actor.person_id, []):
            said = _by_role(case, role_grant, known) if role_grant.role == held.role else ""
            if said:
                yield said


def _assignment(grant: RecruitmentGrant, known: Known) -> str:
    text = _("Tilldelad som %(role)s av %(who)s den %(day)s") % {
        "role": _(ROLES[role_of(grant.permission)].name),
        "who": known.people.get(grant.granted_by_id, "–"),
        "day": date_format(localtime(grant.since), "j b Y"),
    }
    if grant.until is not None:
        text += _(", till och med %(day)s") % {"day": date_format(grant.until, "j b Y")}
    why = ASSIGN.get(grant.reason) or GUEST.get(grant.reason)
    return f"{text} ({_(why)})" if why else text


def _by_role(case: Case, grant: RoleGrant, known: Known) -> str:
    """The role grant in words, or "" where it is not the one that reaches this case."""
    role, since = _(ROLES[grant.role].name), date_format(grant.valid_from, "j b Y")
    if grant.unit is not None and case.unit.path.startswith(grant.unit.path):
        return _("%(role)s för %(unit)s sedan %(day)s") % {
            "role": role,
            "unit": grant.unit.name,
            "day": since,
        }
    authority = grant.authority_id or (grant.unit.authority_id if grant.unit else None)
    if authority is None:
        return _("%(role)s för hela kommunen sedan %(day)s") % {"role": role, "day": since}
    where = known.authorities.get(authority, "")
    text = _("%(role)s för %(unit)s sedan %(day)s") % {"role": role, "unit": where, "day": since}
    if authority == case.authority.pk:
        return text
    for agreement in known.agreements:
        inside = agreement.valid_from <= known.on and (
            agreement.valid_to is None or known.on <= agreement.valid_to
        )
        if inside and (agreement.provider_id, agreement.receiver_id) == (authority, case.authority.pk):
            return _("%(why)s, enligt uppdrag %(reference)s") % {
                "why": text,
                "reference": agreement.reference,
            }
    return ""


def earlier_managers(case: Case) -> list[tuple[str, date]]:
    """Name and last day of everybody who has been the recruitment's manager before, oldest first: at most one query."""
    told = [(UUID(each["person"]), each["until"]) for each in case.recruitment.earlier_managers]
    people = Person.objects.in_bulk([person for person, _until in told]) if told else {}
    return [
        ("–" if people[person].is_protected else people[person].display_name, date.fromisoformat(until))
        for person, until in told
    ]


def readings_of(case: Case, limit: int = 50) -> list[Entry]:
    """Who has read outside an assignment or opened what is sealed, newest first: one query."""
    rows = Entry.objects.filter(subject=case.pk, action__in=sorted(READS))
    return list(rows.order_by("-id")[:limit])
