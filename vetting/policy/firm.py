"""What a check can be made of, as codes that the database's own rules go by: nothing else is ever stored.

Derived from the catalogue, so a cell changed there asks for a migration. What may be waived or put off stands in
`waivers`, what may be noted for several at once in `rounds`.
"""

from __future__ import annotations

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.waivers import may_be_waived

STATUTORY: tuple[str, ...] = tuple(sorted(code for code in CHECKPOINTS if not may_be_waived(code)))
"""The checks that are not the municipality's own to waive."""

REUSED: tuple[str, ...] = tuple(sorted(code for code, check in CHECKPOINTS.items() if check.reuse != "never"))
"""The checks of which an earlier one may be used again: within the limit, or by a statute's exemption."""

EXEMPTED: tuple[str, ...] = tuple(
    sorted(code for code, check in CHECKPOINTS.items() if check.reuse == "statutory_exemption")
)
"""Those that a statute does not ask for anew within some months (skollagen 2:33, lag 2007:171 2 §)."""

FALLS_AWAY: tuple[str, ...] = tuple(
    sorted(
        code
        for code, check in CHECKPOINTS.items()
        if may_be_waived(code)
        or check.question is not None
        or GROUNDS[check.ground].documentation == "note_shown_only"
        or any(outcome.means == "not_applicable" for outcome in OUTCOMES.get(code, {}).values())
    )
)
"""The checks that may come to be not needed: the municipality's own, by an answer or an outcome that says so, and a
note of an extract, which is taken out of view for whoever is not employed."""

NOT_RENEWED: tuple[str, ...] = tuple(
    sorted(
        code for code, check in CHECKPOINTS.items() if check.renewal is None or check.renewal.months is None
    )
)
"""The checks that never recur during an engagement."""

EXTRACTS: tuple[str, ...] = tuple(
    sorted(code for code, check in CHECKPOINTS.items() if check.ground.startswith("extract_"))
)
"""Extracts of the police's registers: never asked for again once the decision is made (JO 2023)."""

BOOKED_FORMS: tuple[str, ...] = tuple(sorted(code for code, form in FORMS.items() if form.pool_clearance))
"""Forms vetted once and then booked: each booking is an engagement of its own, so what lapses is asked for again."""
