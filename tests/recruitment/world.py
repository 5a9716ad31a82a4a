"""A small municipality for tests: two authorities, a school, an administration, and one person of each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from audit.clock import now
from audit.covered import Covered
from audit.recorder import Who, act
from tests.harness.replay import replayed
from tests.harness.unchanged import Remembered
from vetting.access.actor import Actor, load_actor
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
from vetting.policy.places import GUEST, GUEST_DAYS
from vetting.policy.roles import ROLES

SYSTEM = Who(person_id=None, account_id=None, role="system")
EVERY_FORM = [code for code, form in FORMS.items() if form.allowed]


def put(row: Covered, event: str = "role.confirmed") -> None:
    """Save one covered row in an act of the installation."""
    with act(event, SYSTEM, subject=row.pk) as entry:
        entry.save(row)


@dataclass
class World:
    """What a test can reach: people by short name, units and positions by key."""

    authority: Authority
    other_authority: Authority
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    today: date = field(default_factory=lambda: today_stockholm(now()))
    _actors: Remembered = field(default_factory=Remembered, init=False, repr=False, compare=False)

    def person(self, name: str) -> Person:
        """The person behind the short name."""
        return self.accounts[name].person

    def actor(self, name: str) -> Actor:
        """The person acting now."""
        account = self.accounts[name]
        return self._actors.get(account.pk, lambda: load_actor(account))

    def person_id(self, name: str) -> UUID:
        """The id of the person behind the short name."""
        return self.accounts[name].person_id

    def hire(
        self,
        name: str,
        role: str | None = None,
        *,
        unit: Unit | None = None,
        authority: Authority | None = None,
        manager: str | None = None,
    ) -> Account:
        """A person with one account and, where given, one role in force."""
        if name not in self.accounts:
            person = Person(display_name=name.replace("_", " ").title())
            if manager:
                person.line_manager = self.person(manager)
            put(person)
            self.accounts[name] = Account.objects.create_user(name, "hemligt-lösenord-7", person=person)
        if role:
            signer, other = self._signers()
            is_guest = role == GUEST
            put(
                RoleGrant(
                    person=self.person(name),
                    role=role,
                    unit=unit,
                    authority=authority,
                    state="active",
                    proposed_by=signer,
                    confirmed_by=other,
                    valid_from=self.today if is_guest else self.today - timedelta(days=900),
                    valid_to=self.today + timedelta(days=GUEST_DAYS - 1) if is_guest else None,
                )
            )
        return self.accounts[name]

    def _signers(self) -> tuple[Person, Person]:
        for name in ("signer_one", "signer_two"):
            if name not in self.accounts:
                person = Person(display_name=name)
                put(person)
                self.accounts[name] = Account.objects.create_user(name, None, person=person)
        return self.person("signer_one"), self.person("signer_two")


@replayed
def build_world() -> World:
    """The municipality, complete. About forty small writes."""
    organisation = Organisation(name="Nordviks kommun", kind="municipality")
    put(organisation)
    authority = Authority(organisation=organisation, name="Utbildningsnämnden", diary_prefix="UBN")
    other = Authority(organisation=organisation, name="Kommunstyrelsen", diary_prefix="KS")
    put(authority)
    put(other)
    world = World(authority, other)
    start = world.today - timedelta(days=1500)
    for key, owner, name, path, profiles in (
        ("school_office", authority, "Utbildningsförvaltningen", "0001.", []),
        ("school", authority, "Björkskolan", "0001.0001.", ["school"]),
        ("school_two", authority, "Ekskolan", "0001.0002.", ["school"]),
        ("executive", other, "Kommunledningskontoret", "0002.", []),
        ("procurement", other, "Upphandlingsenheten", "0002.0001.", []),
    ):
        world.units[key] = Unit(authority=owner, name=name, path=path, profiles=profiles, valid_from=start)
        put(world.units[key])
    world.hire("head", None)
    world.hire("manager", "hiring_manager", unit=world.units["school"], manager="head")
    world.hire("manager", "hiring_manager", unit=world.units["procurement"])
    world.hire("other_manager", "hiring_manager", unit=world.units["school_two"], manager="head")
    world.hire("head", "hiring_manager", unit=world.units["school_office"])
    world.hire("head", "hiring_manager", unit=world.units["executive"])
    world.hire("hr", "hr_officer", unit=world.units["executive"], manager="head")
    world.hire("hr", "hr_officer", unit=world.units["school_office"])
    world.hire("other_hr", "hr_officer", unit=world.units["school_two"], manager="head")
    world.hire("hr_head", "hr_head", authority=other)
    for name in ("security_one", "security_two", "security_three"):
        world.hire(name, "security_officer", authority=other)
    world.hire("security_head", "security_head", authority=other)
    world.hire("protective", "protective_security", authority=other)
    world.hire("registrar", "registrar", authority=other)
    world.hire("archivist", "archivist", authority=other)
    for role in ("data_protection_officer", "auditor", "administrator"):
        world.hire(role, role)
    world.hire("chief", "chief", authority=authority)
    world.hire("employee")
    for function in ServiceAgreement.Function.values:
        put(
            ServiceAgreement(
                function=function,
                provider=other,
                receiver=authority,
                reference="KS 2024/17",
                valid_from=start,
            )
        )
    for unit, delegate, escalates in (
        ("school", "manager", "head"),
        ("procurement", "manager", "head"),
        ("school_two", "other_manager", "head"),
    ):
        put(
            DelegationPoint(
                unit=world.units[unit],
                code="4.1",
                forms=EVERY_FORM,
                delegate=world.person(delegate),
                escalates_to=world.person(escalates),
                valid_from=start,
            )
        )
    _positions(world)
    return world


def _positions(world: World) -> None:
    inherited = {
        "union_local_agreement": False,
        "formal_requirement": False,
        "teacher_post": False,
        "company_roles_decided": False,
        "independent_payment_decided": False,
    }
    for key, unit, title, profiles in (
        ("assistant", "school", "Elevassistent", []),
        ("buyer", "procurement", "Upphandlare", ["procurement"]),
        ("buyer_lead", "procurement", "Upphandlingschef", ["procurement", "leading_post"]),
        ("clerk", "procurement", "Administratör", []),
        ("secure", "procurement", "Beredskapssamordnare", ["security_vetting_required"]),
    ):
        position = Position(
            unit=world.units[unit],
            title=title,
            profiles=profiles,
            answers=dict(inherited),
            risk_state="confirmed",
            risk_level=2,
            risk_decided_on=world.today - timedelta(days=100),
            risk_reference="Beslut 7",
            risk_assessed_by=world.person("manager"),
            risk_confirmed_by=world.person("hr_head"),
        )
        if "leading_post" in profiles:
            position.is_designated_leading = True
            position.answers["leading_post_request"] = True
        put(position)
        world.positions[key] = position


assert set(ROLES) >= {"hiring_manager", "hr_officer"}
