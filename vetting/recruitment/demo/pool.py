"""The demonstration's pools: whoever was vetted once for one is cleared by the manager, and one is taken away again.

Told after the recruitments, by the same actions as people use: the last days are those of the evidence there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from audit import clock
from audit.models import Entry
from audit.sealer import seal_pending
from vetting.access.actor import load_actor
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions.booker import appoint_booker
from vetting.recruitment.actions.errors import Refused
from vetting.recruitment.actions.pool import grant_clearance, revoke_clearance
from vetting.recruitment.case import Case
from vetting.recruitment.models import PoolClearance, Recruitment
from vetting.recruitment.pool_standing import HAS_PLACE

MOST = 40
"""How many of the newest recruitments of a pool are gone through."""
BOOKER_DAYS = 180
POOLED = [code for code, form in FORMS.items() if form.pool_clearance]


def fill() -> None:
    """Clear those whose vetting stands today, take one away, and let somebody without a role book for the first."""
    when = moments()
    rows = Recruitment.objects.filter(form__in=POOLED).exclude(state__in=["draft", "open", "cancelled"])
    for pk in rows.order_by("-created_on", "reference").values_list("pk", flat=True)[:MOST]:
        with clock.at(next(when)):
            _clear(pk)
    seal_pending()
    given = list(
        PoolClearance.objects.filter(state=PoolClearance.State.VALID).order_by("-until", "reference")
    )
    if len(given) > 1:
        with clock.at(next(when)):
            _take_away(given[-1])
    if given:
        with clock.at(next(when)):
            _let_somebody_book(given[0])
    seal_pending()


def moments() -> Iterator[datetime]:
    """Moments between what the telling ended with and now."""
    end = clock.now()
    newest = Entry.objects.order_by("-time").values_list("time", flat=True).first() or end
    step = min((end - newest) / (MOST * 3), timedelta(seconds=30))
    while True:
        newest = min(newest + step, end)
        yield newest


def _manager(recruitment: Recruitment) -> Account | None:
    return (
        Account.objects.filter(person=recruitment.manager_id, is_active=True).select_related("person").first()
    )


def _clear(pk: UUID) -> None:
    """Every finalist with a place whose checks stand; the others are left, as people would leave them."""
    with Case.locked(pk) as case:
        account = _manager(case.recruitment)
        if account is None:
            return
        for candidacy in case.candidacies:
            if candidacy.state not in HAS_PLACE:
                continue
            try:
                grant_clearance(case, by=load_actor(account), candidacy=candidacy)
            except (Refused, Denied):
                continue


def _take_away(clearance: PoolClearance) -> None:
    with Case.locked(clearance.recruitment_id) as case:
        account = _manager(case.recruitment)
        own = case.clearance_of(case.candidacy(clearance.candidacy_id))
        if account is not None and own is not None:
            revoke_clearance(case, by=load_actor(account), clearance=own, reason="left_pool")


def _let_somebody_book(clearance: PoolClearance) -> None:
    account = _manager(clearance.recruitment)
    others = Account.objects.filter(is_active=True, person__is_protected=False).exclude(
        person__in=RoleGrant.objects.values("person")
    )
    booker = others.select_related("person").order_by("username").first()
    if account is None or booker is None:
        return
    by = load_actor(account)
    until = by.on + timedelta(days=BOOKER_DAYS)
    appoint_booker(by=by, person=booker.person, unit=clearance.unit, until=until)
