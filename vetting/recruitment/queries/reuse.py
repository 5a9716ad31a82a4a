"""Earlier checks of the same person with the same employer, where the catalogue lets them be used again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.calendar import is_older_than
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.exemption import exempt_until
from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Check, Engagement

MOST = 3
EXEMPTION = "statutory_exemption"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A check that may be used again; `until` the last day of a statute's exemption, where it is by that."""

    check: Check
    until: date | None = None


def reusable(case: Case, actor: Actor, check: Check) -> list[Earlier]:
    """At most three earlier checks, newest first, that hold today and lie in recruitments that `actor` may open.

    The person is recognised by the keyed digest of the number, so nothing is opened.
    """
    spec = CHECKPOINTS[check.code]
    if spec.reuse == "never" or check.candidacy_id is None:
        return []
    own = BlindIndex.objects.filter(candidacy_id=check.candidacy_id).values_list("digest", flat=True).first()
    if own is None:
        return []
    by_exemption = spec.reuse == EXEMPTION
    wanted = {"code": check.code, "state": Check.State.DONE, "recruitment__unit__authority": case.authority}
    wanted["has_deviated"] = False  # what has been assessed was assessed against another post
    rows = Check.objects.filter(candidacy__blind_index__digest=own, **wanted)
    if by_exemption:  # from what was shown or handed in, never from an exemption before it
        rows = rows.filter(reused_from__isnull=True)
    found = []
    others = rows.exclude(candidacy_id=check.candidacy_id).select_related("recruitment")
    for row in others.order_by("-evidence_on")[:MOST]:
        until = exemption_of(row) if by_exemption else None
        lapsed = until is None or until < case.today if by_exemption else _is_too_old(row, case.today)
        if lapsed:
            continue
        other = Case.load(row.recruitment_id)
        if ask(actor, "check.view", other.facts_for(actor, check=other.check(row.pk))):
            found.append(Earlier(row, until))
    return found


def exemption_of(earlier: Check) -> date | None:
    """The last day of the exemption that follows from the engagement the earlier check was made for; None without one.

    Who never began, or whose start nobody has confirmed, has no engagement to be exempt by.
    """
    engagement = Engagement.objects.filter(candidacy=earlier.candidacy).first() if earlier.candidacy else None
    if engagement is None or engagement.started_on is None:
        return None
    return exempt_until(earlier.code, engagement.started_on)


def is_by_exemption(check: Check) -> bool:
    """Whether an earlier one is used again by a statute's exemption, and not within a limit of age."""
    return CHECKPOINTS[check.code].reuse == EXEMPTION


def _is_too_old(row: Check, on: date) -> bool:
    months = CHECKPOINTS[row.code].max_age_months
    return row.evidence_on is None or (months is not None and is_older_than(row.evidence_on, months, on))
