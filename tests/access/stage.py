"""One recruitment with a part of every kind, and somebody of each role in each relation to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from tests.access.agreed import may, may_anywhere, performers
from tests.access.routes import Route
from tests.recruitment.emergencies import WHY
from tests.recruitment.waivers import put_proposal
from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, build_world, put
from vetting.access.grants import permission_for
from vetting.access.models import AccountProposal, RoleGrant
from vetting.organisation.models import Authority, DelegationPoint, Unit
from vetting.oversight.actions.alerts import raise_alert
from vetting.oversight.rules import Finding
from vetting.recruitment.actions.break_glass import open_break_glass
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal

RELATIONS = (
    "stranger", "unit", "authority", "assigned", "own", "recused", "delegate", "expired_delegate", "emergency",
)  # fmt: skip
"""Ways to stand to the recruitment. A delegate decides on its post in the manager's place, an expired one did until
yesterday; the last has taken a break-glass to it."""
BREAK_GLASS = {"hr_officer", "security_officer", "hr_head", "security_head"}
#: Written anew here, not read from the program: the pages of one recruitment, and what is opened on them.
READ_IN_EMERGENCY = {
    "recruitment.view", "recruitment.view_timeline", "recruitment.view_access", "candidacy.list", "candidacy.reveal",
    "check.view", "check.reveal", "declaration.list", "opinion.view", "decision.view", "engagement.view",
}  # fmt: skip
ASSIGNABLE = {code.removeprefix("act_as_") for code, _label in Recruitment._meta.permissions}
FINALISTS = (b"Kanarieberg", b"Kanariesson")
SECURITY = {"security_officer", "security_head"}
HR = {"hr_officer", "hr_head"}
OF_THE_ROOM = {"role_grant", "account", "proposal", "glass"}
"""Places of an address that name a role, an account, a proposal about one, or somebody else's break-glass."""


@dataclass
class Stage:
    """The case, and the value of every place that an address may have."""

    world: World
    walk: Walk
    parts: dict[str, Any]
    recusal: Recusal

    def copy(self) -> Stage:
        """The same rows for one test: whom it hires and warns is forgotten with it."""
        world = replace(self.world, accounts=dict(self.world.accounts), units=dict(self.world.units))
        walk = object.__new__(Walk)
        walk.__dict__.update(self.walk.__dict__, world=world)
        return Stage(world, walk, dict(self.parts), self.recusal)

    def warn(self, name: str) -> None:
        """From now on the stage's alert is one that was given to `name`, about somebody else."""
        person = self.world.person_id("declarer")
        moment = self.recusal.changed_at
        finding = Finding("repeated_misses", person, moment, 10, 10, moment)
        self.parts["alert"] = raise_alert(finding, auditor=self.world.person_id(name)).pk

    def url(self, route: Route) -> str:
        """The route's address for this case's own parts, for its position, or for an account of its unit."""
        parts = dict(self.parts)
        if is_about_position(route):
            parts["pk"] = self.world.positions["buyer"].pk
        if route.pattern.startswith("anstallningar/") or route.name == "print_decision":
            parts["candidacy"] = parts["engaged"]
        if route.name.endswith("_link"):
            parts["proposal"] = parts["link"]
        return reverse(route.name, kwargs={place: parts[place] for place in route.places})


@contextmanager
def kept() -> Iterator[Stage]:
    """The stage in a transaction of its own on both databases: built once, looked at by many, and then undone."""
    with ExitStack() as both:
        for alias in ("default", "keystore"):
            whole: Any = transaction.atomic(alias)
            whole._from_testcase = (
                True  # as Django's own around a test: what asks to be outermost may be inside it
            )
            both.enter_context(whole)
        yield build()
        for alias in ("default", "keystore"):
            transaction.set_rollback(True, alias)


def build() -> Stage:
    """The municipality, with a company next door that nobody here works for, and the case."""
    town = build_world()
    outside = Authority(organisation=town.authority.organisation, name="Grannbolaget AB", entity="company")
    put(outside)
    put(Unit(authority=outside, name="Bolaget", path="0009.", valid_from=town.units["school"].valid_from))
    town.units["outside"] = Unit.objects.get(path="0009.")
    walk = Walk(town, "buyer", places=2).open()
    engaged = walk.finalist("Björk Kanarieberg")
    walk.ready(engaged)
    first = walk.ask_opinion(engaged)
    for name in ("security_one", "security_two")[: walk.case().opinion(first).approvers]:
        walk.vote(first, name)
    walk.sign(engaged)
    walk.start(engaged)
    finalist = walk.finalist("Ek Kanariesson")
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    case = walk.case()
    identity = case.check_named("id_check", case.candidacy(finalist.pk))
    assert identity is not None
    recusal = _declared(town, walk)
    parts = {
        "waiver": put_proposal(town, case, finalist),
        "pk": walk.pk,
        "candidacy": finalist.pk,
        "engaged": engaged.pk,
        "check": identity.pk,
        "opinion": opinion,
        "recusal": recusal.pk,
        "grant": case.grants[0].pk,
        "group": "finalist",
        "glass": _glass(town, walk),
        **_room(town),
    }
    return Stage(town, walk, parts, recusal)


def _declared(town: World, walk: Walk) -> Recusal:
    """Somebody whose manager is the hiring manager of the unit's relation has declared an interest."""
    town.hire("unit_hiring_manager", "hiring_manager", unit=town.units["executive"])
    town.hire("declarer", None, manager="unit_hiring_manager")
    recusal = Recusal(
        recruitment=walk.case().recruitment,
        person=town.person("declarer"),
        state="declared",
        declared_on=walk.on,
        changed_at=town.person("hr").created_at,
    )
    put(recusal)
    return recusal


def _room(town: World) -> dict[str, Any]:
    """Two accounts of the case's unit: roles proposed for them, and that one is reset and both are one person's."""
    town.hire("namesake")
    roles = {}
    for name in ("declarer", "namesake"):
        roles[name] = RoleGrant(
            person=town.person(name),
            role="hr_officer",
            unit=town.units["procurement"],
            state="proposed",
            proposed_by=town.person("signer_one"),
            valid_from=town.today,
        )
        put(roles[name])
    found: dict[str, Any] = {"role_grant": roles["declarer"].pk, "account": town.accounts["declarer"].pk}
    common = {
        "account": town.accounts["declarer"],
        "person": town.person("declarer"),
        "proposed_by": town.person("signer_one"),
        "proposed_on": town.today,
    }
    reset = AccountProposal(kind="reset", **common)
    other = {"other": town.accounts["namesake"], "other_person": town.person("namesake")}
    link = AccountProposal(kind="link", **common, **other)
    put(reset)
    put(link)
    return found | {"proposal": reset.pk, "link": link.pk}


def _glass(town: World, walk: Walk) -> Any:
    """An HR officer of the unit has broken the glass."""
    town.hire("in_need", "hr_officer", unit=town.units["executive"])
    return open_break_glass(by=town.actor("in_need"), reference=_reference(walk), reason=WHY).pk


def _reference(walk: Walk) -> str:
    return walk.case().recruitment.reference


def is_about_position(route: Route) -> bool:
    """Whether the address names a position rather than a recruitment."""
    return route.pattern.startswith("befattningar/")


@dataclass
class Somebody:
    """A person of a role in a relation: the scopes and relations that hold, as the tables name them."""

    name: str
    role: str
    relation: str
    held: dict[str, set[str]]
    relations: set[str] = field(default_factory=set)
    absent: dict[str, set[str]] = field(default_factory=dict)

    def expected(self, route: Route) -> bool:
        """What the tables say of the route: whether it opens."""
        permission, places = route.declaration.permission, set(route.places)
        if not places:
            return may_anywhere(permission, self.role)
        if "alert" in places:
            mine = set() if self.relation == "stranger" else {"assigned"}
            return may(permission, dict.fromkeys(self.held, mine), set())
        if places & OF_THE_ROOM or is_about_position(route):
            wide = {each: found - {"assigned", "own"} for each, found in self.held.items()}
            leads = "unit" in self.held.get("hiring_manager", set()) and self.relation != "authority"
            if is_about_position(route) and leads:
                wide["hiring_manager"] |= {"own"}  # the posts of the units she leads
            return may(permission, wide, set())
        # A new recruitment like an old one is nobody's yet: there is none to stand in for.
        absent = {} if permission == "recruitment.copy" else self.absent
        about = self._about(places)
        if may(permission, self.held, about, absent):
            return True
        if self.relation != "emergency" or permission not in READ_IN_EMERGENCY:
            return False
        return may(permission, {self.role: self.held[self.role] | {"assigned"}}, about)

    def _about(self, places: set[str]) -> set[str]:
        """The relations that hold for the part of the case that the route is about."""
        found = set(self.relations)
        if "recused" in found:
            return found
        if "check" in places:
            assigned_hr = self.relation == "assigned" and self.role in HR
            if self.relation == "own" or (assigned_hr and "hr_officer" in performers("id_check")):
                found.add("assigned_performer")
            if self.absent and "deciding_delegate" in performers("id_check"):
                found.add("assigned_performer")
        if places & {"opinion", "candidacy", "check", "waiver"}:
            if self.relation == "assigned" and self.role in SECURITY:
                found.add("approver")
            if self.absent:
                # The manager gives no opinion; so neither does whoever stands in her place.
                found.add("substitute_of_excluded")
        if "recusal" not in places:
            found.discard("line_manager")
        return found


def somebody(stage: Stage, role: str, relation: str) -> Somebody | None:
    """Hire and place a person of the role in the relation; None where the role cannot stand so."""
    world, name = stage.world, f"{relation}_{role}"
    held: dict[str, set[str]] = {"employee": set(), role: set()}
    if relation == "own":
        if role != "hiring_manager":
            return None
        held[role] |= {"own", "unit", "authority"}
        held["employee"] |= {"own", "assigned"}
        hers = {"hiring_manager", "participant", "deciding_delegate", "unit_access_manager"}
        return Somebody("manager", role, relation, held, hers)
    if relation in {"assigned", "recused"} and role not in ASSIGNABLE:
        return None
    if relation == "emergency" and role not in BREAK_GLASS:
        return None
    inside = {"unit": world.units["executive"]}
    place = {"unit": inside, "authority": {"authority": world.other_authority}, "emergency": inside}
    world.hire(name, role, **place.get(relation, {"unit": world.units["outside"]}))
    who = Somebody(name, role, relation, held)
    if relation in {"unit", "authority", "emergency"}:
        held[role] |= {"unit", "authority"}
        if relation == "unit" and role == "hiring_manager":
            who.relations.add("line_manager")
    elif relation in {"assigned", "recused"}:
        _join(stage, name, role)
        held[role] |= {"assigned"}
        who.relations.add("participant")
    elif relation in {"delegate", "expired_delegate"}:
        _stand_in(stage, name, ended=relation == "expired_delegate")
        if relation == "delegate":
            who.relations |= {"substitute", "deciding_delegate"}
            who.absent = {"hiring_manager": {"own"}}
    if relation == "emergency":
        open_break_glass(by=world.actor(name), reference=_reference(stage.walk), reason=WHY)
    if relation == "recused":
        _stand_aside(stage, name)
        who.relations = {"recused"}
    return who


def _join(stage: Stage, name: str, role: str) -> None:
    put(
        RecruitmentGrant(
            permission=permission_for(Recruitment, role),
            user=stage.world.accounts[name],
            content_object=Recruitment.objects.get(pk=stage.walk.pk),
            granted_by=stage.world.person("hr_head"),
            since=stage.recusal.changed_at,
            reason="workload",
        )
    )


def _stand_in(stage: Stage, name: str, *, ended: bool) -> None:
    """The post's delegation also gives the person the decision, in the manager's place; until yesterday, if ended."""
    day = stage.world.today
    put(
        DelegationPoint(
            unit=stage.world.units["procurement"],
            code="4.1",
            forms=EVERY_FORM,
            delegate=stage.world.person(name),
            is_substitute=True,
            leading_posts=True,
            valid_from=day - timedelta(days=20),
            valid_to=day - timedelta(days=1) if ended else None,
        )
    )


def _stand_aside(stage: Stage, name: str) -> None:
    put(
        Recusal(
            recruitment=Recruitment.objects.get(pk=stage.walk.pk),
            person=stage.world.person(name),
            state="excluded",
            declared_on=stage.walk.on,
            decided_by=stage.world.person("hr_head"),
            decided_on=stage.walk.on,
            changed_at=stage.recusal.changed_at,
        )
    )
