"""The one door: every permission question, for a page, a list, an act or a command, is answered here.

The room describes an object as `Facts`; the policy decides on roles, scopes and relations; denials always win.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from vetting.access.actor import Actor, Role, RoleHeld
from vetting.access.standing_in import Absent
from vetting.policy.decide import Decision, allowed
from vetting.policy.emergency import OPENS
from vetting.policy.permissions import PERMISSIONS


class Denied(Exception):
    """The door said no. Outside one's scope a page answers 404, so that existence does not leak."""

    def __init__(self, permission: str, why: str = "") -> None:
        super().__init__(permission)
        self.permission = permission
        self.why = why


@dataclass(frozen=True, slots=True)
class StandIn:
    """What one absent person would have here: role → scopes, and the relations in which she stands to the object.

    `person_id` is None where nobody is named: one decides on the same post by a point of delegation of one's own.
    """

    person_id: UUID | None
    roles: Mapping[str, frozenset[str]]
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the door needs to know of an object, for one actor.

    `assigned` holds the roles this account is granted on the object; `relations` the codes of `terms.csv` that hold.
    """

    authority_id: UUID | None = None
    unit_path: str = ""
    is_own: bool = False
    assigned: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    absent: tuple[StandIn, ...] = ()
    """With the relation `substitute`: whom one stands in for."""
    emergency: str = ""
    """The role under which this account holds a break-glass to the object now; empty for none."""
    is_of_authority_alone: bool = False
    """Only a role held in the authority itself counts: none that reaches it by agreement or from above."""


NOTHING = Facts()
THROUGH_EMERGENCY = "break_glass"
"""What a decision names as its relation where a break-glass gave it, for whoever explains the door's answer."""
NO = Decision(False, "no_role")
EVERY_SCOPE = frozenset({"own", "assigned", "unit", "authority", "all"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The door's answer: `role` is the role acted under, `is_outside` that the object is outside one's assignments.

    `decision` is the policy's own word, with which whoever asks why is answered.
    """

    allowed: bool
    role: str = ""
    why: str = ""
    is_outside: bool = False
    decision: Decision = NO

    def __bool__(self) -> bool:
        return self.allowed


def scopes_held(actor: Actor, facts: Facts) -> dict[str, frozenset[str]]:
    """For each role of the actor the scopes that the object satisfies: own, assigned, unit, authority, all."""
    return scopes_of(actor.roles, facts)


def scopes_of(roles: Iterable[RoleHeld], facts: Facts) -> dict[str, frozenset[str]]:
    """For each of `roles` the scopes that the object satisfies."""
    held: dict[str, frozenset[str]] = {}
    for role in roles:
        scopes = {"all"}
        if facts.is_own:
            scopes.add("own")
        if role.role in facts.assigned:
            scopes.add("assigned")
        if _reaches(role, facts):
            scopes.add("authority")
        in_subtree = any(facts.unit_path.startswith(path) for path in role.unit_paths)
        if role.everywhere or in_subtree or (not role.unit_paths and "authority" in scopes):
            scopes.add("unit")
        held[role.role] = frozenset(scopes)
    return held


def _reaches(role: RoleHeld, facts: Facts) -> bool:
    if facts.is_of_authority_alone:
        return facts.authority_id in role.placed
    return role.everywhere or (facts.authority_id is not None and facts.authority_id in role.authorities)


def ask(actor: Actor, permission: str, facts: Facts = NOTHING) -> Answer:
    """Whether `actor` has `permission` for the object that `facts` describe, and under which role."""
    held = scopes_held(actor, facts)
    decision, behind = allowed(permission, held, facts.relations), None
    for each in facts.absent:
        if decision.allowed:
            break
        lent = allowed(permission, held, facts.relations, absent=each.roles, through=each.relations)
        if lent.allowed:
            decision, behind = lent, each.person_id
    if not decision.allowed:
        through = _through_emergency(actor, permission, facts) if facts.emergency else None
        if through is not None:
            return through
        return Answer(False, why=f"{decision.why}:{decision.relation or decision.role}", decision=decision)
    role = decision.role if decision.why in {"role", "substitute"} else _first_role(actor)
    if behind is not None:
        role = Role.of(role, behind)
    is_outside = not facts.is_own and not facts.assigned
    return Answer(True, role, decision.why, is_outside, decision)


def _through_emergency(actor: Actor, permission: str, facts: Facts) -> Answer | None:
    """What a break-glass gives: reading, as if assigned in the role it was opened under; None where it gives nothing.

    All that the permission requires and excludes holds; and whoever could not open it at this moment, because a role
    has ended or she stands aside by now, reads nothing through it either.
    """
    role = facts.emergency
    held = scopes_held(actor, facts).get(role)
    if permission not in OPENS or held is None:
        return None
    if not allowed("break_glass.open", {role: held}, facts.relations).allowed:
        return None
    decision = allowed(permission, {role: held | {"assigned"}}, facts.relations)
    if not decision.allowed:
        return None
    return Answer(True, role, "break_glass", True, replace(decision, relation=THROUGH_EMERGENCY))


def _first_role(actor: Actor) -> str:
    return next((held.role for held in actor.roles if held.role != "employee"), "employee")


def lent_at(actor: Actor, facts: Facts, is_own: Callable[[Absent], bool] = lambda absent: False) -> Facts:
    """`facts` of something with a place in the tree, and what each person one stands in for would have there.

    `is_own`: whether it counts as that person's own.
    """
    if not actor.absent:
        return facts
    here = tuple(
        StandIn(
            absent.person_id,
            scopes_of(absent.roles, Facts(facts.authority_id, facts.unit_path, is_own=is_own(absent))),
        )
        for absent in actor.absent
    )
    return replace(facts, absent=here, relations=facts.relations | {"substitute", "not_protected"})


def require(actor: Actor, permission: str, facts: Facts = NOTHING) -> Answer:
    """As `ask`, but raises `Denied` when the answer is no."""
    decision = ask(actor, permission, facts)
    if not decision.allowed:
        raise Denied(permission, decision.why)
    return decision


def may_somewhere(actor: Actor, permission: str) -> bool:
    """Whether any object could satisfy the permission for this actor: for menus and for list pages."""
    return somewhere(actor, permission).allowed


def somewhere(actor: Actor, permission: str) -> Decision:
    """The policy's word on the object that suits the actor best.

    Every relation that the permission requires is taken to hold, and none that excludes.
    """
    everything = {role.role: EVERY_SCOPE for role in actor.roles}
    rules = PERMISSIONS[permission].rules
    holds = {"owner", "participant", "not_protected"} | {r.relation for r in rules if r.effect == "requires"}
    holds -= {r.relation for r in rules if r.effect == "excludes"}
    decision = allowed(permission, everything, frozenset(holds))
    if decision.allowed or not (actor.absent or actor.is_delegate):
        return decision
    theirs = {held.role: EVERY_SCOPE for absent in actor.absent for held in absent.roles}
    if actor.is_delegate and PERMISSIONS[permission].kind == "read":
        # She stands in the manager's place in recruitments that are there: she finds them, and begins none.
        theirs.setdefault("hiring_manager", frozenset({"own"}))
    return allowed(permission, everything, frozenset(holds | {"substitute"}), absent=theirs)
