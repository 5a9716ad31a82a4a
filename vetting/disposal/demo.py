"""The demonstration's disposal: one lot that waits for the archivist's decision, and one that she has decided on."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from audit import clock
from audit.sealer import seal_pending
from vetting.access.actor import Actor, load_actor
from vetting.access.door import Facts, ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.disposal.actions.deciding import confirm_lot, propose_lot
from vetting.disposal.queries.due import due
from vetting.organisation.models import Authority
from vetting.policy.calendar import today_stockholm
from vetting.policy.disposal import MOST_IN_A_LOT
from vetting.recruitment.demo.pool import moments

DECIDED, WAITS = "shown_note_not_engaged", "candidacy_not_engaged"
DECISION = "Dokumenthanteringsplan 2023, punkt 3.7"


def fill() -> None:
    """Two lots, each of the authority where most of its kind is due; none in a town where nothing is."""
    when = moments()
    for row in (DECIDED, WAITS):
        with clock.at(next(when)):
            today = today_stockholm(clock.now())
            most = Counter(item.of.authority for item in islice(due(row, today), MOST_IN_A_LOT)).most_common(
                1
            )
            if not most:
                continue
            authority = Authority.objects.get(pk=most[0][0])
            registrar, archivist = (_may(f"disposal.{act}", authority) for act in ("propose", "confirm"))
            if registrar is None or archivist is None:
                continue
            lot = propose_lot(authority, row, DECISION, by=registrar)
        if row == DECIDED:
            with clock.at(next(when)):
                confirm_lot(lot, by=archivist)
    seal_pending()


def _may(permission: str, authority: Authority) -> Actor | None:
    """Somebody with the role that the table gives the act to, who reaches the authority."""
    role = "archivist" if permission == "disposal.confirm" else "registrar"
    people = RoleGrant.objects.filter(role=role, state=RoleGrant.State.ACTIVE).values("person")
    facts = Facts(authority.pk, relations=frozenset({"not_protected"}))
    for account in Account.objects.filter(person__in=people, is_active=True).order_by("username"):
        actor = load_actor(account)
        if ask(actor, permission, facts).allowed:
            return actor
    return None
