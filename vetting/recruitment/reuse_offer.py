"""An earlier check offered again: within its limit, or by a statute's exemption with its section and last day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.workflow import transition
from vetting.recruitment import links
from vetting.recruitment.actions.reuse import is_exempt
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.forms.checks import ReuseForm
from vetting.recruitment.models import Check
from vetting.recruitment.queries.reuse import Earlier, reusable
from vetting.recruitment.standing import point_to_sign_by
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact


def add_reuse(case: Case, actor: Actor, row: Row, add: Callable[..., Any], *, sent: bool) -> None:
    """The part of the check's page where an earlier one is used again, where there is one."""
    check = row.check
    if check is None or row.state not in transition("check", "reuse").sources:
        return
    by_exemption = row.spec.reuse == "statutory_exemption"
    if by_exemption and point_to_sign_by(case, actor) is None:
        return
    earlier = reusable(case, actor, check)
    if not earlier and not sent:
        return
    form = ReuseForm(earlier=[(str(each.check.pk), words(each)) for each in earlier])
    if by_exemption:
        add(
            "reuse_check", _("Undantag vid ny anställning"), form, _("Bekräfta undantaget"),
            note=exemption_note(check), folded=False,
        )  # fmt: skip
    else:
        add("reuse_check", _("Använd tidigare kontroll"), form, _("Använd"), folded=False)


def exemption_note(check: Check) -> str:
    """What the statute says, and who confirms that it holds."""
    said = _(
        "Personen har arbetat här tidigare. Enligt %(statute)s behövs inget nytt utdrag om det nya arbetet börjar "
        "senast den dag som står här, hos samma arbetsgivare och i samma slags verksamhet. Du som beslutar "
        "bekräftar det."
    )
    return said % {"statute": _(GROUNDS[check.ground].statute)}


def words(each: Earlier) -> str:
    """The earlier recruitment and the day its check speaks of, and the exemption's last day."""
    told = f"{each.check.recruitment.reference} · {day_or_dash(each.check.evidence_on)}"
    if each.until is None:
        return told
    return _("%(earlier)s – undantag till och med %(day)s") % {
        "earlier": told,
        "day": date_format(each.until, "j b Y"),
    }


def exemption_facts(check: Check) -> list[Fact]:
    """That the check is done by a statute's exemption, and until when it holds."""
    if not is_exempt(check):
        return []
    return [
        Fact(
            _("Undantag vid ny anställning"),
            _("till och med %(day)s") % {"day": day_or_dash(check.valid_until)},
            note=_(GROUNDS[check.ground].statute),
        )
    ]


def exemptions(case: Case, actor: Actor, checks: Sequence[Check]) -> list[dict[str, Any]]:
    """What of `checks` a statute exempts from, for the page of the decision: one click each, the longest first."""
    found = []
    for check in checks:
        earlier = reusable(case, actor, check) if GROUNDS[check.ground].rehire_months is not None else []
        for each in sorted(earlier, key=lambda one: one.until or case.today, reverse=True)[:1]:
            found.append(
                {
                    "check": check,
                    "name": _(CHECKPOINTS[check.code].name),
                    "words": words(each),
                    "note": exemption_note(check),
                    "earlier": each.check.pk,
                    "url": links.to("reuse_check", case, check=check.pk),
                }
            )
    return found
