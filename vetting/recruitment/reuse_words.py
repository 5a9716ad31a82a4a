"""Why an earlier check may be taken over or not, in words, with the day it speaks of and the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.policy.checkpoints import Checkpoint
from vetting.policy.grounds import GROUNDS
from vetting.recruitment.labels import check_state
from vetting.recruitment.queries.reuse_all import Offer
from vetting.web.days import day_or_dash

WHY = {
    "statutory": gettext_lazy("Kontrollen krävs i lag och görs på nytt varje gång."),
    "never": gettext_lazy("Kontrollen görs på nytt varje gång."),
    "exemption": gettext_lazy(
        "Utdraget visas upp på nytt. Har personen nyligen arbetat här kan den som beslutar bekräfta lagens undantag, "
        "på beslutets sida."
    ),
    "unknown": gettext_lazy("Personen känns inte igen, för här finns inget nummer."),
    "none": gettext_lazy("Det finns ingen tidigare hos samma arbetsgivare som du kan öppna."),
    "assessed": gettext_lazy("Den tidigare har varit att bedöma. Det bedöms mot den här befattningen."),
    "held": gettext_lazy("Rekryteringen är pausad."),
    "other": gettext_lazy("Den tidigare gäller, men tas över av den som utför kontrollen."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page. `value` is what the box sends; `when` the day the earlier one speaks of."""

    name: str
    rule: str
    statute: str
    why: str = ""
    value: str = ""
    reference: str = ""
    when: date | None = None


def holding(offer: Offer) -> Line:
    """A check that holds: where it was made, the day and the rule."""
    spec, check, earlier = offer.row.spec, offer.row.check, offer.earlier
    if check is None or earlier is None:
        raise TypeError("nothing is offered")
    return Line(
        _(spec.name),
        rule_of(spec),
        _(GROUNDS[spec.ground].statute),
        value=f"{check.pk}:{earlier.pk}",
        reference=earlier.recruitment.reference,
        when=earlier.evidence_on,
    )


def again(offer: Offer) -> Line:
    """A check that is done anew, and why."""
    spec = offer.row.spec
    return Line(_(spec.name), rule_of(spec), _(GROUNDS[spec.ground].statute), why=_why(offer))


def rule_of(spec: Checkpoint) -> str:
    """How old the check may be."""
    if spec.max_age_months is None:
        return _("Ingen åldersgräns")
    months = spec.max_age_months
    words = ngettext("Högst en månad gammal", "Högst %(months)s månader gammal", months)
    return words % {"months": months}


def _why(offer: Offer) -> str:
    if offer.why == "too_old":
        return _("Den tidigare, från %(day)s, är äldre än så.") % {"day": day_or_dash(offer.found)}
    if offer.why == "lapsed" and offer.found is not None:
        return _("Den tidigare, från %(day)s, har slutat gälla.") % {"day": date_format(offer.found, "j b Y")}
    if offer.why == "not_now":
        return _("Den tidigare gäller, men raden går inte att fylla i nu: %(state)s.") % {
            "state": check_state(offer.row)
        }
    return str(WHY.get(offer.why, ""))
