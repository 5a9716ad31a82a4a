"""Builds the municipality in the database, and keeps it in memory for the telling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from audit import clock
from audit.recorder import Who, act
from vetting.access.actor import Actor, RoleHeld, roles_in_force
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.organisation.models import (
    Authority,
    DelegationPoint,
    Organisation,
    Position,
    ServiceAgreement,
    Unit,
)
from vetting.policy.calendar import today_stockholm
from vetting.policy.engagement_forms import FORMS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.position import create_position
from vetting.recruitment.demo import municipality as plan
from vetting.recruitment.demo.accounts import hashed
from vetting.recruitment.demo.names import mail_of, staff, username_of

SYSTEM = Who(person_id=None, account_id=None, role="system")
SIGNERS = {"administrator_one": "administrator", "hr_head": "hr_head", "security_head": "security_head"}
ALLOWED_FORMS = [code for code, form in FORMS.items() if form.allowed]
INHERITED = [code for code, question in QUESTIONS.items() if question.inherited_from_position]


@dataclass
class Town:
    """The municipality in memory; everything by the keys of `municipality`."""

    since: date
    accounts: dict[str, Account] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    grants: list[RoleGrant] = field(default_factory=list)
    agreements: list[ServiceAgreement] = field(default_factory=list)
    points: list[DelegationPoint] = field(default_factory=list)
    by_account: dict[UUID, Account] = field(default_factory=dict)
    by_person: dict[UUID, Person] = field(default_factory=dict)
    _roles: dict[str, tuple[RoleHeld, ...]] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        """The person behind the key."""
        return self.accounts[key].person

    def actor(self, key: str) -> Actor:
        """The person acting on the clock's day. Every role of the town holds from its first day on."""
        on = today_stockholm(clock.now())
        known = self._actors.get(key)
        if known is None:
            account = self.accounts[key]
            own = [grant for grant in self.grants if grant.person_id == account.person_id]
            roles = tuple(roles_in_force(own, self.agreements, on))
            known = Actor(account.person_id, account.pk, account.person.display_name, on, roles)
        elif known.on != on:
            known = replace(known, on=on)
        self._actors[key] = known
        return known

    def points_above(self, unit: Unit) -> list[DelegationPoint]:
        """The delegation points of the unit and of those above it."""
        return [point for point in self.points if unit.path.startswith(point.unit.path)]


def build(random: Random, since: datetime) -> Town:
    """Write the municipality as it stood at the moment `since`. The database is empty."""
    town = Town(since=today_stockholm(since))
    with clock.at(since):
        _people(town, random, since)
        with act("account.created", SYSTEM, facts={"role": "system", "method": "demonstration"}) as entry:
            for row in _rows(town):
                entry.save(row)
            Account.objects.bulk_create(town.accounts.values())
        _roles(town)
    with clock.at(since + timedelta(hours=2)):
        for post in plan.POSTS:
            _position(town, post)
    return town


def _people(town: Town, random: Random, since: datetime) -> None:
    keys = (
        [key for key, _, _ in plan.FUNCTIONS]
        + [unit.manager for unit in plan.UNITS]
        + [*plan.PLAIN, plan.GUEST]
    )
    taken: set[str] = set()
    for key in dict.fromkeys(keys):
        name = staff(random, taken)
        person = Person(display_name=name, email=mail_of(name), created_at=since)
        account = Account(username=username_of(name), person=person, email=person.email, created_at=since)
        town.accounts[key] = account
        town.by_account[account.pk] = account
        town.by_person[person.pk] = person
    secrets = hashed([account.username for account in town.accounts.values()])
    for account in town.accounts.values():
        account.password = secrets[account.username]
    for key, manager in plan.LINE_MANAGER.items():
        town.person(key).line_manager = town.person(manager)
    for unit in plan.UNITS:
        head = plan.HEADS[unit.authority]
        above = head if unit.manager != head else "director"
        if unit.manager != above:
            town.person(unit.manager).line_manager = town.person(above)
    for key in ("hr_head", "security_head", "registrar", *plan.PLAIN):
        town.person(key).line_manager = town.person("director")


def _rows(
    town: Town,
) -> Iterable[Person | Organisation | Authority | Unit | ServiceAgreement | DelegationPoint]:
    """All that is saved, each after what it points to."""
    yield from town.by_person.values()
    kommun = Organisation(name=plan.NAME, kind=Organisation.Kind.MUNICIPALITY, is_demonstration=True)
    company = Organisation(name=plan.COMPANY, kind=Organisation.Kind.COMPANY, is_demonstration=True)
    yield from (kommun, company)
    for one in plan.AUTHORITIES:
        town.authorities[one.key] = _authority(one, company if one.is_company else kommun)
    yield from town.authorities.values()
    for unit in plan.UNITS:
        town.units[unit.key] = _unit(town, unit)
    yield from town.units.values()
    town.agreements = _agreements(town)
    yield from town.agreements
    town.points = [point for unit in plan.UNITS for point in _points(town, unit)]
    yield from town.points


def _authority(one: plan.AuthorityPlan, organisation: Organisation) -> Authority:
    return Authority(
        organisation=organisation,
        name=one.name,
        entity=Authority.Entity.COMPANY if one.is_company else Authority.Entity.AUTHORITY,
        diary_prefix=one.prefix,
        opinion_binds=one.binds,
        switched_on=list(one.switched_on),
        is_control_function=one.is_control,
    )


def _unit(town: Town, unit: plan.UnitPlan) -> Unit:
    parent = next((u for u in town.units.values() if u.path == unit.path[:5] != unit.path), None)
    return Unit(
        authority=town.authorities[unit.authority],
        parent=parent,
        name=unit.name,
        path=unit.path,
        profiles=list(unit.profiles),
        access_manager=town.person(unit.access) if unit.access else None,
        valid_from=town.since,
    )


def _agreements(town: Town) -> list[ServiceAgreement]:
    """The executive board's office does every shared function for every other authority."""
    return [
        ServiceAgreement(
            function=function,
            provider=town.authorities["ks"],
            receiver=receiver,
            reference=plan.AGREEMENT,
            valid_from=town.since,
        )
        for function in ServiceAgreement.Function.values
        for key, receiver in town.authorities.items()
        if key != "ks"
    ]


def _points(town: Town, unit: plan.UnitPlan) -> Iterable[DelegationPoint]:
    head = plan.HEADS[unit.authority]
    is_top = unit.key == unit.authority
    forms = ALLOWED_FORMS
    common = {"unit": town.units[unit.key], "forms": forms, "valid_from": town.since}
    above = None if unit.manager == head else town.person(head)
    code = f"{town.authorities[unit.authority].diary_prefix} {'3.1' if is_top else '3.2'}"
    yield DelegationPoint(
        **common, code=code, delegate=town.person(unit.manager), leading_posts=is_top, escalates_to=above
    )
    if not is_top and unit.manager != head:
        # The head stands in, so that a decision need not wait for somebody on holiday.
        yield DelegationPoint(**common, code=code, delegate=town.person(head), is_substitute=True)


def _roles(town: Town) -> None:
    wanted: list[tuple[str, str, Unit | None, Authority | None]]
    wanted = [(key, role, None, town.authorities.get(authority)) for key, role, authority in plan.FUNCTIONS]
    wanted += [(unit.manager, "hiring_manager", town.units[unit.key], None) for unit in plan.UNITS]
    wanted += [(key, "chief", None, town.authorities[authority]) for authority, key in plan.HEADS.items()]
    for key, role, unit, authority in wanted:
        proposed, confirmed = [signer for signer in SIGNERS if signer != key][:2]
        grant = RoleGrant(
            person=town.person(key),
            role=role,
            unit=unit,
            authority=authority,
            state=RoleGrant.State.ACTIVE,
            proposed_by=town.person(proposed),
            confirmed_by=town.person(confirmed),
            valid_from=town.since,
        )
        signer = SIGNERS[confirmed]
        who = Who(town.accounts[confirmed].person_id, town.accounts[confirmed].pk, signer)
        said = {"role": signer, "target_role": role, "unit": unit.name if unit else ""}
        with act("role.confirmed", who, subject=grant.pk, facts=said) as entry:
            entry.save(grant)
        town.grants.append(grant)


def _position(town: Town, post: plan.PostPlan) -> None:
    unit = next(unit for unit in plan.UNITS if unit.key == post.unit)
    position = create_position(
        by=town.actor(unit.hr),
        unit=town.units[post.unit],
        title=post.title,
        profiles=post.profiles,
        answers={code: code in post.yes for code in INHERITED},
        form="permanent",
    )
    town.positions[post.key] = position
