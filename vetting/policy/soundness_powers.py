"""Soundness of roles, matrix, relations and events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vetting.policy.denials import DENIALS
from vetting.policy.events import EVENTS
from vetting.policy.handling import CLASSES, COLUMNS, OTHER_RETENTION
from vetting.policy.matrix import MATRIX
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.places import NARROWEST
from vetting.policy.relations import RELATIONS
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS as RELATION_TERMS
from vetting.policy.terms import SCOPES

#: Whoever drives or prepares the recruitment, and whoever gives the opinion.
PREPARING = frozenset({"opinion.prepare", "opinion.request", "opinion.renew", "opinion.recall"})
APPROVING = frozenset({"opinion.decide", "opinion.take", "opinion.withdraw_vote"})

#: Roles that administer or oversee without opening anything sealed.
WITHOUT_CONTENT = tuple(code for code, role in ROLES.items() if not role.reads_sealed)

#: Facts that would carry content, a name or a search term into the log.
NOT_IN_LOG = frozenset({"name", "number", "text", "reason", "note", "address", "email", "phone", "ip"})

#: Relations that give only what somebody's role gives her, in her place or in a case she was let into.
WITHIN_ANOTHERS_ROLE = frozenset({"substitute", "participant"})
#: Relations of somebody who is not signed in at all.
WITHOUT_ACCOUNT = frozenset({"anyone", "reporter"})

#: Events that are not the event of one permission or transition: sign-in, refusals, set-up by command.
BESIDE_PERMISSIONS = frozenset(
    {
        "access.refused",
        "account.created",
        "account.session_expired",
        "account.sign_in_failed",
        "action.refused",
        "alert.assigned",
        "alert.disposed",
        "disposal.carried_out",
        "alert.raised",
        "candidate_link.revoked",
        "candidate_page.copied",
        "candidate_page.declared",
        "candidate_page.refused",
        "candidate_page.replied",
        "candidate_page.taken_in",
        "candidacy.entry_undone",
        "clock.stepped_back",
        "draw_key.committed",
        "draw_key.disclosed",
        "log.restarted",
        "operation.commanded",
        "account.reset_rejected",
        "delegation_order.rejected",
        "service_agreement.rejected",
        "person.edited",
        "person.link_rejected",
        "recipient_key.recovery_begun",
        "recipient_key.refused",
        "role.confirmed",
        "role.proposed",
        "unit.change_proposed",
        "unit.change_rejected",
    }
)


def holders(permission: str) -> frozenset[str]:
    """The roles whose cell for ``permission`` is not ``no``."""
    return frozenset(role for role, scope in MATRIX[permission].items() if scope != "no")


def every_cell_is_filled() -> Iterator[str]:
    """One row per permission, one cell per role, only known scopes."""
    for code in MATRIX.keys() ^ PERMISSIONS.keys():
        yield f"{code} stands in only one of matrix and permissions"
    for code, row in MATRIX.items():
        if row.keys() != ROLES.keys():
            yield f"{code}: the row does not have exactly the roles"
        for role, scope in row.items():
            if scope not in SCOPES:
                yield f"{code}: {role} has the unknown scope {scope}"


def relations_are_known() -> Iterator[str]:
    """Relations refer to permissions, terms and roles that exist; what excludes does so for all roles."""
    for code, rules in RELATIONS.items():
        if code not in PERMISSIONS:
            yield f"relations for the unknown permission {code}"
        for rule in rules:
            if rule.relation not in RELATION_TERMS:
                yield f"{code}: unknown relation {rule.relation}"
            if rule.role != "all" and rule.role not in ROLES:
                yield f"{code}: unknown role {rule.role}"
            if rule.effect == "excludes" and rule.role != "all":
                yield f"{code}: {rule.relation} excludes only {rule.role}"


def recusal_always_excludes() -> Iterator[str]:
    """Whoever is recused can do nothing in a recruitment but say so, and be shown the list of who is recused."""
    about_case = (
        "recruitment.",
        "candidacy.",
        "check.",
        "opinion.",
        "escalation.",
        "decision.",
        "engagement.",
        "waiver.",
        "note.",
    )
    not_in_one = {"recruitment.create"}
    for code in PERMISSIONS:
        if code.startswith(about_case) and code not in not_in_one:
            rules = RELATIONS.get(code, ())
            if not any(rule.effect == "excludes" and rule.relation == "recused" for rule in rules):
                yield f"{code} is open to whoever is recused"


def nobody_prepares_and_approves() -> Iterator[str]:
    """No role both prepares and gives the opinion, and no two that do can be held together."""
    preparing = frozenset().union(*(holders(code) for code in PREPARING))
    approving = frozenset().union(*(holders(code) for code in APPROVING))
    for role in preparing & approving:
        yield f"{role} both prepares and gives the opinion"
    for one in preparing:
        for other in approving - {one}:
            if other not in ROLES[one].incompatible_with:
                yield f"{one} (prepares) may be held together with {other} (gives the opinion)"
    kept_out = {"preparer", "hiring_manager", "check_recorder", "other_approver", "recused"}
    excluded = {rule.relation for rule in RELATIONS["opinion.decide"] if rule.effect == "excludes"}
    for relation in kept_out - excluded:
        yield f"opinion.decide does not exclude {relation}"


def waivers_take_two() -> Iterator[str]:
    """No role both proposes and signs a waiver; the second signature is stepped up, by none who has a hand in it."""
    for role in holders("waiver.propose") & holders("waiver.confirm"):
        yield f"{role} both proposes and signs waivers"
    if not PERMISSIONS["waiver.confirm"].step_up:
        yield "waiver.confirm does not ask who it is once more"
    kept_out = {"proposer", "hiring_manager", "preparer", "recused", "substitute_of_excluded"}
    excluded = {rule.relation for rule in RELATIONS.get("waiver.confirm", ()) if rule.effect == "excludes"}
    for relation in sorted(kept_out - excluded):
        yield f"waiver.confirm does not exclude {relation}"
    if any(rule.effect == "grants" for rule in RELATIONS.get("waiver.confirm", ())):
        yield "waiver.confirm is granted by a relation"


def administrators_read_nothing() -> Iterator[str]:
    """Whoever administers, oversees or only keeps records opens nothing sealed and decides nothing."""
    for code, permission in PERMISSIONS.items():
        if permission.kind == "reveal":
            for role in sorted(holders(code) & set(WITHOUT_CONTENT)):
                yield f"{role} may {code} although the role reads nothing sealed"
    for code in PERMISSIONS:
        if code.startswith(
            ("candidacy.", "check.", "opinion.", "decision.", "waiver.")
        ) and "administrator" in holders(code):
            yield f"administrator may {code}"


def denials_hold() -> Iterator[str]:
    """No cell gives what a denial forbids, and no relation that a denied role could have by itself does."""
    for denial in DENIALS.values():
        for code in denial.permissions:
            for role in sorted(holders(code) & set(denial.roles)) if code in MATRIX else ():
                yield f"{role} may {code} although {denial.code} forbids it"
            for rule in RELATIONS.get(code, ()):
                if rule.effect == "grants" and rule.relation not in WITHIN_ANOTHERS_ROLE | WITHOUT_ACCOUNT:
                    yield f"{rule.relation} gives {code} past the denial {denial.code}"


def nobody_confirms_alone() -> Iterator[str]:
    """Whoever confirms is another than whoever proposed and than the one it is about, and never an administrator."""
    about = {
        "role.confirm": "grantee",
        "role.reject": "grantee",
        "account.confirm_reset": "owner",
        "person.confirm_link": "owner",
    }
    for code in PERMISSIONS.keys() & about.keys():
        excluded = {rule.relation for rule in RELATIONS.get(code, ()) if rule.effect == "excludes"}
        for relation in sorted({"proposer", about[code]} - excluded):
            yield f"{code} does not exclude {relation}"
        for role in sorted(holders(code) & holders("role.propose")):
            yield f"{role} may both role.propose and {code}"


def places_fit_the_matrix() -> Iterator[str]:
    """A role is given no wider than its cells need: in a unit where one of them counts units, and so on."""
    for role in ROLES.keys() ^ NARROWEST.keys():
        yield f"{role} stands in only one of roles and places"
    for role, narrowest in NARROWEST.items():
        cells = {row.get(role) for row in MATRIX.values()}
        if "unit" in cells and narrowest not in ("unit", None):
            yield f"{role} counts units, but cannot be given in one"
        if "unit" not in cells and narrowest == "unit" and "authority" in cells:
            yield f"{role} counts authorities; given in a unit it would reach all of its authority"


def incompatibility_is_mutual() -> Iterator[str]:
    """A is incompatible with B exactly when B is with A; nobody is incompatible with herself."""
    for code, role in ROLES.items():
        for other in role.incompatible_with:
            if other not in ROLES or other == code:
                yield f"{code} is incompatible with {other}, which is no other role"
            elif code not in ROLES[other].incompatible_with:
                yield f"{code} excludes {other}, but not the other way round"


def sealed_readers_have_second_factor() -> Iterator[str]:
    """A role that reads sealed values signs in with more than a password."""
    for code, role in ROLES.items():
        if role.reads_sealed and role.second_factor == "none":
            yield f"{code} reads sealed values with a password alone"


def acts_are_logged() -> Iterator[str]:
    """Acts, reveals and exports have an event that exists; what is not logged has none."""
    for code, permission in PERMISSIONS.items():
        if permission.logged == "no" and permission.event is not None:
            yield f"{code} has an event but is not logged"
        if permission.logged != "no" and permission.event not in EVENTS:
            yield f"{code} is logged without a declared event"
        if permission.kind in ("reveal", "export", "admin") and permission.logged != "always":
            yield f"{code} is a {permission.kind} that is not always logged"
        if permission.kind == "act" and permission.logged != "always" and code != "work.save_view":
            yield f"{code} is an act that is not always logged"


def sentences_use_their_facts() -> Iterator[str]:
    """Every event has a sentence whose blanks are among its facts, and no fact that could hold content."""
    for code, event in EVENTS.items():
        if not event.sentence.strip():
            yield f"{code} has no sentence"
        for blank in set(re.findall(r"{(\w+)}", event.sentence)) - set(event.facts):
            yield f"{code}: the sentence speaks of {blank}, which is no fact"
        for fact in NOT_IN_LOG & set(event.facts):
            yield f"{code}: the fact {fact} could carry content into the log"


def columns_have_class_and_retention() -> Iterator[str]:
    """Every declared column has a known handling class and a known retention."""
    for column, handling in COLUMNS.items():
        if handling.handling not in CLASSES:
            yield f"{column}: unknown class {handling.handling}"
        if handling.retention not in RETENTION and handling.retention not in OTHER_RETENTION:
            yield f"{column}: unknown retention {handling.retention}"


RULES = (
    every_cell_is_filled,
    relations_are_known,
    recusal_always_excludes,
    nobody_prepares_and_approves,
    waivers_take_two,
    administrators_read_nothing,
    denials_hold,
    nobody_confirms_alone,
    places_fit_the_matrix,
    incompatibility_is_mutual,
    sealed_readers_have_second_factor,
    acts_are_logged,
    sentences_use_their_facts,
    columns_have_class_and_retention,
)
