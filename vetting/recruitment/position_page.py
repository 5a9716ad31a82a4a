"""What the page of a position shows, put together for its template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.organisation.models import Position
from vetting.policy.checkpoints import Checkpoint
from vetting.policy.engagement_forms import FORMS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.requirement import Requirement
from vetting.recruitment.actions.position import MOST_APPROVERS, approvers_of
from vetting.recruitment.queries.positions import brought_by, by_stage, requirement_of, risk_of
from vetting.recruitment.tasks import legal_of
from vetting.web.parts import Fact, Task

STAGE_NAMES = {
    "before_advert": gettext_lazy("Inför annons"),
    "finalist": gettext_lazy("Slutkandidat"),
    "decision": gettext_lazy("Beslut"),
    "start": gettext_lazy("Start"),
    "employment": gettext_lazy("Under anställningen"),
    "exit": gettext_lazy("Avslut"),
}


def position_context(position: Position, on: date, may: Mapping[str, bool]) -> dict[str, Any]:
    """Everything on the page. `may`: the acts that this person may take, without their prefix."""
    needed = requirement_of(position, on)
    risk = risk_of(position, on)
    waits = position.risk_state == Position.RiskState.ASSESSED
    opinions = approvers_of(position)
    return {
        "position": position,
        "risk": risk,
        "may": {
            **may,
            "confirm_risk": may.get("confirm_risk") and waits,
            "designate": may.get("designate") and not position.is_designated_leading,
            "set_approvers": may.get("set_approvers") and 0 < opinions < MOST_APPROVERS,
        },
        "facts": _facts(position, needed, opinions),
        "profiles": [(_(PROFILES[code].name), _origin(code, position)) for code in needed.profiles],
        "groups": [
            (STAGE_NAMES[stage], [_task(spec, pending, needed) for spec, pending in rows])
            for stage, rows in by_stage(needed)
        ],
        "answers": _answers(position, needed),
        "risk_facts": _risk_facts(position, risk.until, risk.words),
    }


def _facts(position: Position, needed: Requirement, opinions: int) -> list[Fact]:
    unit = position.unit
    said = (
        ngettext("%(n)s person", "%(n)s personer", opinions) % {"n": opinions}
        if opinions
        else _("Krävs inte")
    )
    found = [
        Fact(_("Enhet"), unit.name, note=unit.authority.name),
        Fact(_("Nivå"), _("%(level)s av 5") % {"level": needed.level}),
        Fact(_("Säkerhetsyttrande"), said),
        Fact(_("Vanlig anställningsform"), _(FORMS[position.default_form].name)),
    ]
    if position.is_designated_leading:
        found.append(Fact(_("Ledande befattning"), _("Utpekad genom beslut")))
    if position.retired_on is not None:
        found.append(Fact(_("Avvecklad"), date_format(position.retired_on, "j b Y")))
    return found


def _origin(code: str, position: Position) -> str:
    if code in position.profiles:
        return _("Befattningen")
    return _("Arbetsplatsen") if code in position.unit.profiles else _("Alla befattningar")


def _task(spec: Checkpoint, pending: bool, needed: Requirement) -> Task:
    asked = _(QUESTIONS[spec.question].text) if spec.question and pending else ""
    note = _("Beror på svaret: %(question)s") % {"question": asked} if asked else brought_by(spec, needed)
    status = _("Beror på ett svar") if pending else _("Ingår")
    return Task(
        _(spec.name), "blocked" if pending else "info", status=status, note=note, legal=legal_of(spec)
    )


def _answers(position: Position, needed: Requirement) -> list[Fact]:
    words = {True: _("Ja"), False: _("Nej"), None: _("Inte besvarad – frågas när en rekrytering öppnas")}
    return [
        Fact(_(QUESTIONS[code].text), words[position.answers.get(code)])
        for code in needed.questions
        if QUESTIONS[code].inherited_from_position
    ]


def _risk_facts(position: Position, until: date | None, words: str) -> list[Fact]:
    if position.risk_level is None:
        return []
    found = [
        Fact(_("Risknivå"), _("%(level)s av 4") % {"level": position.risk_level}),
        Fact(_("Underlag"), position.risk_reference or "–"),
    ]
    if position.risk_assessed_by is not None:
        found.append(Fact(_("Bedömd av"), position.risk_assessed_by.display_name))
    if position.risk_confirmed_by is not None and position.risk_decided_on is not None:
        day = date_format(position.risk_decided_on, "j b Y")
        found.append(Fact(_("Fastställd av"), position.risk_confirmed_by.display_name, note=day))
    if until is not None:
        found.append(Fact(_("Sista dag"), date_format(until, "j b Y")))
    return found
