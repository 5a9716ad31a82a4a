"""The rules go through the log: each from where it last was, in the order of the tree, each entry once.

How far a rule has looked moves in the same transaction as the alerts it raises, so whatever stops the worker, nothing
is found twice and nothing passed over. Entries come in the order of their places in the tree: an entry that has one is
committed, and none can come before it any more.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q

from audit import state
from audit.clock import now
from audit.events import DAY_TREES
from audit.models import Entry, Tree
from vetting.access.models import RoleGrant
from vetting.oversight.actions.alerts import raise_alert
from vetting.oversight.models import Alert, Watch
from vetting.oversight.rules import FINDERS, Finding, Seen
from vetting.oversight.rules.seen import COLUMNS
from vetting.policy.alerts import RULES, AlertRule
from vetting.policy.calendar import today_stockholm

BATCH = 2000
"""Entries looked at in one transaction."""
AT_MOST = 50
"""Batches of one rule in one turn, so that a long log does not hold up the worker's other jobs."""


def watch() -> None:
    """Let every rule look at what has come since it last did."""
    for rule in RULES.values():
        if rule.at_once:
            continue
        for tree in watched_trees():
            for _ in range(AT_MOST):
                if not look(rule, tree):
                    break


def watched_trees() -> list[str]:
    """The trees that tell who did what, in their order: not those of the reports."""
    names = Tree.objects.values_list("name", flat=True)
    # A name that this service gives no tree must not stop the watch over the others.
    watched = (
        name for name in names if state.TREE.fullmatch(name) and name.partition(".")[0] not in DAY_TREES
    )
    return sorted(watched, key=lambda name: (name.partition(".")[0], int(name.partition(".")[2] or 1)))


def look(rule: AlertRule, tree: str) -> bool:
    """Look at the next entries of the tree by one rule; whether there may be more."""
    with transaction.atomic():
        Watch.objects.get_or_create(rule=rule.code, tree=tree)
        mark = Watch.objects.select_for_update().get(rule=rule.code, tree=tree)
        entries = _next(tree, mark.position, until=now() - rule.wait)
        if not entries:
            return False
        for finding in FINDERS[rule.code]([seen for _position, seen in entries]):
            raise_alert(finding, auditor=choose_auditor(finding))
        mark.position = entries[-1][0] + 1
        mark.save()
    return len(entries) == BATCH


def _next(tree: str, position: int, *, until: datetime) -> list[tuple[int, Seen]]:
    """The next entries with their places, as far as they are old enough."""
    rows = Entry.objects.filter(tree=tree, position__gte=position).order_by("position")
    found = []
    for place, *values in rows.values_list("position", *COLUMNS)[:BATCH]:
        seen = Seen(*values)
        if seen.time > until:
            break
        found.append((place, seen))
    return found


def choose_auditor(finding: Finding) -> UUID | None:
    """The auditor with fewest open alerts, then whoever got one longest ago; never whom it concerns."""
    return free_auditor(finding.person)


def free_auditor(concerned: UUID) -> UUID | None:
    """As `choose_auditor`, by the person the alert concerns. Two queries."""
    auditors = [person for person in auditors_today() if person != concerned]
    if not auditors:
        return None
    rows = Alert.objects.filter(auditor__in=auditors).values("auditor")
    told = {
        row["auditor"]: (row["waiting"], row["last"])
        for row in rows.annotate(waiting=Count("pk", filter=Q(state=Alert.State.OPEN)), last=Max("raised_at"))
    }
    never = (0, None)

    def load(person: UUID) -> tuple[int, float, str]:
        waiting, last = told.get(person, never)
        return waiting, last.timestamp() if last else 0.0, str(person)

    return min(auditors, key=load)


def alarm(rule: str, *, person: UUID, recruitment: UUID, at: datetime) -> None:
    """Raise what an act tells of in the same moment, in its transaction (setting ALARM). The person acts on her own."""
    threshold = RULES[rule].threshold
    finding = Finding(rule, person, at, threshold, threshold, at, (recruitment,))
    raise_alert(finding, auditor=choose_auditor(finding))


def auditors_today() -> list[UUID]:
    """Everybody who holds the role today and has an open account."""
    on = today_stockholm(now())
    grants = RoleGrant.objects.filter(
        role="auditor", state=RoleGrant.State.ACTIVE, person__accounts__is_active=True
    )
    return sorted({grant.person_id for grant in grants if grant.is_in_force(on)}, key=str)
