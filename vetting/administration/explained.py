"""The door's answers in plain sentences: what gives, since when and on whose word; what takes away; what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.door import THROUGH_EMERGENCY
from vetting.access.grants import role_of
from vetting.access.models import Delegation, RoleGrant
from vetting.accounts.models import Person
from vetting.administration.previewed import SUBJECT_NAMES, subject_of
from vetting.administration.queries.explanation import UNKNOWN, Explained, Reason
from vetting.administration.queries.role_holders import where
from vetting.policy.decide import Decision
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import emergency_line, held_in
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.relations import delegation_point

REACHES = {
    "own": gettext_noop("för det som är personens eget"),
    "assigned": gettext_noop("i rekryteringar där personen har ett uppdrag"),
    "unit": gettext_noop("i den egna enheten med underenheter"),
    "authority": gettext_noop("i den egna myndigheten och dem man arbetar åt"),
    "all": gettext_noop("i hela kommunen"),
}
"""Scope → how far a role reaches with it, to follow the role's name."""


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words, what it rests on line by line, and the names of the permissions it is about, by subject."""

    sentence: str
    because: tuple[str, ...]
    permissions: tuple[tuple[str, tuple[str, ...]], ...]


def gives(case: Case, one: Explained) -> list[Told]:
    """What the account may do in the case, each reason once."""
    return [
        Told(_giving(reason.decision), tuple(_grounds(case, one, reason)), _names(reason.permissions))
        for reason in one.gives
    ]


def lacks(case: Case, one: Explained) -> list[Told]:
    """What the account may not do in the case, and what takes it away or is missing."""
    return [
        Told(_lacking(reason.decision), tuple(_taken(case, one, reason)), _names(reason.permissions))
        for reason in one.lacks
    ]


def _names(codes: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(subject, names): a list of fifty names in a row is read by nobody."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(subject_of(code), []).append(_(PERMISSIONS[code].label))
    return tuple((_(name), tuple(found[name])) for name in SUBJECT_NAMES if name in found)


def _giving(decision: Decision) -> str:
    if decision.relation == THROUGH_EMERGENCY:
        return _("Nödåtkomst som %(role)s: bara läsning") % {"role": _(ROLES[decision.role].name)}
    if decision.why == "role":
        return _("%(role)s %(reach)s") % {
            "role": _(ROLES[decision.role].name),
            "reach": _(REACHES[decision.scope]),
        }
    if decision.why == "substitute":
        role = _(ROLES[decision.role].name)
        return _("Ersättare: det som rollen %(role)s skulle ge") % {"role": role}
    return _term(decision.relation)


def _lacking(decision: Decision) -> str:
    if decision == UNKNOWN:
        return _("Inget som personen har ger det här i rekryteringen")
    role = _(ROLES[decision.role].name) if decision.role else ""
    if decision.why == "no_role":
        return _("Ingen av personens roller ger det här")
    if decision.why == "outside_scope":
        reach = _(REACHES[decision.scope])
        return _("%(role)s ger det bara %(reach)s, och den här hör inte dit") % {"role": role, "reach": reach}
    if decision.why == "requirement_missing":
        return _("%(role)s räcker inte, det krävs också: %(term)s") % {
            "role": role,
            "term": _term(decision.relation),
        }
    return _("Tas bort, vilken roll personen än har: %(term)s") % {"term": _term(decision.relation)}


def _term(relation: str) -> str:
    term = RELATIONS[relation]
    return f"{_(term.name)}. {_(term.meaning)}"


def _grounds(case: Case, one: Explained, reason: Reason) -> Iterable[str]:
    """What a yes rests on: role grants, assignments, the manager's place, the order of delegation."""
    for grant in reason.grants:
        yield role_line(grant)
    scope = reason.decision.scope
    if reason.decision.relation == THROUGH_EMERGENCY:
        held = held_in(case.break_glasses, one.actor)
        yield emergency_line(held) if held is not None else ""
    elif reason.decision.why == "substitute":
        for delegation in reason.delegations:
            yield substitute_line(delegation)
        point = delegation_point(case, one.actor)
        if point is not None and reason.decision.role == "hiring_manager":
            yield _("Punkt %(code)s i delegationsordningen för %(unit)s, från och med %(day)s.") % {
                "code": point.code,
                "unit": point.unit.name,
                "day": day(point.valid_from),
            }
    elif scope == "own":
        yield manager_line(case)
    elif scope == "assigned" or reason.decision.relation == "participant":
        for assignment in case.grants:
            its_role = role_of(assignment.permission)
            if assignment.user_id == one.account.pk and its_role in (reason.decision.role, its_role):
                yield assignment_line(assignment)


def _taken(case: Case, one: Explained, reason: Reason) -> Iterable[str]:
    """Since when, and by whom, what takes it away."""
    if reason.decision.relation != "recused":
        return
    recusal = case.recusal_of(one.actor.person_id)
    if recusal is None:
        return
    yield _("Anmält eller satt den %(day)s.") % {"day": day(recusal.declared_on)}
    if recusal.decided_by is not None and recusal.decided_on is not None:
        yield _("Beslutat av %(who)s den %(day)s.") % {
            "who": name_of(recusal.decided_by),
            "day": day(recusal.decided_on),
        }


def role_line(grant: RoleGrant) -> str:
    """Where a role holds, since when and on whose signatures."""
    words = {
        "role": _(ROLES[grant.role].name),
        "where": where(grant) or _("hela kommunen"),
        "day": day(grant.valid_from),
        "proposer": name_of(grant.proposed_by),
        "confirmer": name_of(grant.confirmed_by),
    }
    text = _(
        "%(role)s för %(where)s från och med %(day)s. Föreslagen av %(proposer)s, bekräftad av %(confirmer)s."
    )
    said = text % words
    if grant.valid_to is not None:
        said += " " + _("Gäller till och med %(day)s.") % {"day": day(grant.valid_to)}
    return said


def signed_line(grant: RoleGrant) -> str:
    """Since when a role holds and on whose signatures, beside the role itself."""
    return _("Från och med %(day)s. Föreslagen av %(proposer)s, bekräftad av %(confirmer)s.") % {
        "day": day(grant.valid_from),
        "proposer": name_of(grant.proposed_by),
        "confirmer": name_of(grant.confirmed_by),
    }


def assignment_line(assignment: RecruitmentGrant) -> str:
    """In which role, since when and by whom somebody was assigned."""
    said = _("Tilldelad som %(role)s av %(who)s den %(day)s.") % {
        "role": _(ROLES[role_of(assignment.permission)].name),
        "who": name_of(assignment.granted_by),
        "day": day(localtime(assignment.since).date()),
    }
    if assignment.until is not None:
        said += " " + _("Gäller till och med %(day)s.") % {"day": day(assignment.until)}
    return said


def substitute_line(delegation: Delegation) -> str:
    """Whom the person stands in for, which days, and who said so."""
    return _("Ersättare för %(absent)s från och med %(first)s till och med %(last)s. Utsedd av %(who)s.") % {
        "absent": name_of(delegation.absent),
        "first": day(delegation.valid_from),
        "last": day(delegation.valid_to),
        "who": name_of(delegation.created_by),
    }


def manager_line(case: Case) -> str:
    """That the person is the recruitment's manager, and since when."""
    earlier = case.recruitment.earlier_managers
    since = date.fromisoformat(earlier[-1]["until"]) if earlier else case.recruitment.created_on
    return _("Ansvarig chef för rekryteringen sedan den %(day)s.") % {"day": day(since)}


def name_of(person: Person | None) -> str:
    """A name to show: none of a protected person's."""
    if person is None:
        return "–"
    return _("Namnet visas inte") if person.is_protected else person.display_name


def day(moment: date) -> str:
    """A legal day in words."""
    return date_format(moment, "j F Y")
