"""Somebody of each role in each relation to the stage's recruitment, and what the agreed tables say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from tests.access.agreed import kinds, matrix, may, may_anywhere, performers, rules
from tests.access.routes import Route
from tests.access.stage import OF_REPORTS, Stage, is_about_position, reference_of
from tests.recruitment.emergencies import WHY
from tests.recruitment.world import EVERY_FORM, put
from vetting.access.grants import permission_for
from vetting.organisation.models import DelegationPoint
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
OPINING = {"security_officer", "security_head", "guest_approver"}
HR = {"hr_officer", "hr_head"}
OF_THE_ROOM = {
    "role_grant", "account", "proposal", "glass", "delegation", "unit", "point", "agreement", "authority",
    "setting", "sample", "sampled", "lot", "body",
}  # fmt: skip
"""Places of an address that name something of the rooms around, or another's break-glass or substitute."""


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
        if not places - {"channel", "year"}:
            return may_anywhere(permission, self.role) or self._finds(permission)
        if places & OF_REPORTS:
            return False
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

    def _finds(self, permission: str) -> bool:
        """Whoever decides in the manager's place has the lists in which the manager finds what there is to decide."""
        granted = ("grants", "substitute", "all") in rules().get(permission, [])
        reads = kinds()[permission] == "read" and matrix()[permission]["hiring_manager"] == "own"
        return self.relation == "delegate" and granted and reads

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
            if self.relation == "assigned" and self.role in OPINING:
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
        open_break_glass(by=world.actor(name), reference=reference_of(stage.walk), reason=WHY)
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
