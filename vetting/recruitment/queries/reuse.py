"""Earlier checks of the same person with the same employer, where the catalogue lets them be used again."""

from __future__ import annotations

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.calendar import is_older_than
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Check

MOST = 3


def reusable(case: Case, actor: Actor, check: Check) -> list[Check]:
    """At most three earlier checks, newest first, young enough today and in recruitments that `actor` may open.

    The person is recognised by the keyed digest of the number, so nothing is opened.
    """
    spec = CHECKPOINTS[check.code]
    if spec.reuse != "within_limit" or check.candidacy_id is None:
        return []
    own = BlindIndex.objects.filter(candidacy_id=check.candidacy_id).values_list("digest", flat=True).first()
    if own is None:
        return []
    rows = (
        Check.objects.filter(
            candidacy__blind_index__digest=own,
            code=check.code,
            state=Check.State.DONE,
            recruitment__unit__authority=case.authority,
        )
        .exclude(candidacy_id=check.candidacy_id)
        .select_related("recruitment")
        .order_by("-evidence_on")
    )
    found = []
    for row in rows[:MOST]:
        if row.evidence_on is None or (
            spec.max_age_months is not None
            and is_older_than(row.evidence_on, spec.max_age_months, case.today)
        ):
            continue
        other = Case.load(row.recruitment_id)
        if ask(actor, "check.view", other.facts_for(actor, check=other.check(row.pk))):
            found.append(row)
    return found
