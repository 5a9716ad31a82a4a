"""Where each thing of a recruitment is mended or looked at. A page that does not exist gives no link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.answering import who_answers
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.labels import BLOCKED, missing_label, waiver_over_words
from vetting.recruitment.missing_words import not_declared
from vetting.recruitment.models import Candidacy
from vetting.web.along import along
from vetting.web.parts import Link

GROUPS = ("before_advert", "finalist", "decision", "start")
"""Inför annons – Slutkandidat – Beslut – Start: the stages of the catalogue that a hire goes through."""
MOST_TABS = 20
"""So many finalists stand as tabs of the recruitment's page; more are looked at in the grid of the round."""
UNASKED: Mapping[str, bool] = {}
"""Where the door was not asked: nothing is known to be shut."""


def to(name: str, case: Case, candidacy: Candidacy | None = None, **more: Any) -> str:
    """The address of the page `name` for this case, with as much of the candidacy as the page asks for, or ""."""
    tries: list[dict[str, Any]] = [{"pk": case.pk, **more}]
    if candidacy is not None:
        tries.insert(0, {"pk": case.pk, "candidacy": candidacy.pk, **more})
        opinion = case.current_opinion(candidacy)
        if opinion is not None:
            tries.append({"pk": case.pk, "opinion": opinion.pk, **more})
    for kwargs in tries:
        try:
            return along(reverse(name, kwargs=kwargs))
        except NoReverseMatch:
            continue
    return ""


def home(case: Case, candidacy: Candidacy | None = None) -> str:
    """The recruitment's page, opened at the candidacy."""
    url = reverse("recruitment_view", kwargs={"pk": case.pk})
    return along(f"{url}?k={candidacy.label}" if candidacy is not None else url)


def is_in_grid(case: Case) -> bool:
    """Whether the finalists are so many that they are worked with in the grid."""
    return len(case.candidacies) > MOST_TABS


def group(case: Case, name: str, candidacy: Candidacy | None = None) -> str:
    """The form of one of the four groups."""
    url = reverse("record_group", kwargs={"pk": case.pk, "group": name})
    return along(f"{url}?k={candidacy.label}" if candidacy is not None else url)


def if_open(url: str, can: Mapping[str, bool]) -> str:
    """`url`, or "" where its page asks for a permission that `can` says no to: a link leads nobody to a shut door."""
    if not url:
        return ""
    declared = getattr(resolve(urlsplit(url).path).func, "declaration", None)
    return url if declared is None or can.get(declared.permission, True) else ""


def of_row(case: Case, row: Row, candidacy: Candidacy | None, can: Mapping[str, bool] = UNASKED) -> str:
    """The page on which a row is worked with, or "" where there is none or `can` says that it does not open."""
    return if_open(_of_row(case, row, candidacy), can)


def _of_row(case: Case, row: Row, candidacy: Candidacy | None) -> str:
    if row.check is not None:
        if candidacy is not None and row.is_shown_only and case.clearance_of(candidacy) is not None:
            return to("grant_clearance", case, candidacy)
        if row.is_shown_only and candidacy is not None and row.state != "done":
            return to("sign_decision", case, candidacy) or to("check_view", case, check=row.check.pk)
        return to("check_view", case, check=row.check.pk)
    if row.spec.code == "role_risk":
        try:
            return reverse("position_view", kwargs={"pk": case.position.pk})
        except NoReverseMatch:
            return ""
    names = {
        "recruiter_coi": ("declaration_list", "recusal_list"),
        "security_opinion": ("opinion_view", "prepare_opinion"),
        "decision": ("sign_decision",),
    }
    urls = (to(name, case, candidacy) for name in names.get(row.spec.code, ()))
    return next((url for url in urls if url), "")


def of_missing(
    case: Case, item: Missing, candidacy: Candidacy | None, can: Mapping[str, bool] = UNASKED
) -> Link:
    """A named blocker that leads to where it is mended, where `can` does not say that it does not open."""
    url = ""
    if item.row is not None:
        url = of_row(case, item.row, candidacy, can)
    elif item.kind == "question":
        moment = QUESTIONS[item.code].asked_when
        stage = "decision" if "decision" in moment else "finalist"
        url = to("open_recruitment", case) if "opening" in moment else group(case, stage, candidacy)
    elif item.kind == "check" and item.code == "decision":
        url = to("sign_decision", case, candidacy)
    elif item.kind == "check" and item.code in CHECKPOINTS:
        url = to("declaration_list", case)
    elif item.code == "declarations":
        url = to("declaration_list" if can.get("declaration.list", False) else "give_declaration", case)
    elif item.code == "held":
        url = to("resume_recruitment", case)
    elif item.code == "draft":
        url = to("open_recruitment", case)
    note = ""
    if item.row is not None and item.row.state == "blocked" and item.row.why:
        note = str(BLOCKED[item.row.why])
    elif item.row is not None and item.row.waiver_over is not None:
        note = waiver_over_words(item.row)
    elif item.row is not None and item.row.why == "ends_before_start" and item.row.expires_on:
        note = _("går ut %(day)s, före första dagen") % {"day": date_format(item.row.expires_on, "j b Y")}
    elif item.kind == "question":
        note = _("besvaras av %(who)s") % {"who": who_answers(item.code)}
    elif item.code == "declarations" and (names := not_declared(case)):
        note = _("väntar på %(who)s") % {"who": ", ".join(names)}
    return Link(missing_label(item), if_open(url, can), note=note)
