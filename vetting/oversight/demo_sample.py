"""The demonstration's sample: drawn by the auditor among what one authority has decided, and half looked through.

Its population is the seed's; whom the lot falls on is chance, as in an installation: the key is drawn, and committed to
in the log, before anybody is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count

from audit import clock
from audit.sealer import seal_pending
from vetting.access.actor import Actor, load_actor
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.organisation.models import Authority
from vetting.oversight.actions.samples import Wanted, draw_sample, review_sampled
from vetting.oversight.demo import Evening
from vetting.oversight.models import Sample, Sampled
from vetting.recruitment.models import Recruitment

SIZE, LOOKED_THROUGH, FEWEST = 6, 3, 7
PERIOD = timedelta(days=365)
NOTE = "Kontrollerna är gjorda i rätt ordning och utdragen är antecknade med dag. Inget att rätta."


def fill() -> None:
    """One sample; none in a town that has decided too little to draw among."""
    evening = iter(Evening())
    with clock.at(next(evening)):
        auditor, officer = _one("auditor"), _one("security_officer")
        if auditor is None or officer is None:
            return
        last = auditor.on - timedelta(days=1)
        decided = Recruitment.objects.filter(decided_on__range=(last - PERIOD, last))
        most = (
            decided.values("unit__authority").annotate(n=Count("pk")).order_by("-n", "unit__authority__name")
        )
        found = most.first()
        if found is None or found["n"] < FEWEST:
            return
        authority = Authority.objects.get(pk=found["unit__authority"])
        wanted = Wanted(authority, last - PERIOD, last, SIZE, officer.person_id)
        sample = draw_sample(wanted, by=auditor)
    _look_through(sample, officer, evening)
    seal_pending()


def _look_through(sample: Sample, officer: Actor, evening: Iterator[datetime]) -> None:
    """By the officer who was named, those in which she has had no hand."""
    left = LOOKED_THROUGH
    for sampled in Sampled.objects.filter(sample=sample).order_by("place"):
        if not left:
            return
        try:
            with clock.at(next(evening)):
                review_sampled(sampled.pk, by=officer, result="as_required", note=NOTE)
        except Denied:
            continue
        left -= 1


def _one(role: str) -> Actor | None:
    people = RoleGrant.objects.filter(role=role, state=RoleGrant.State.ACTIVE).values("person")
    account = Account.objects.filter(person__in=people).select_related("person").order_by("username").first()
    return load_actor(account) if account is not None else None
