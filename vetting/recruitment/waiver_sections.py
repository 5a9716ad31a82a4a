"""The two ways on a check's page to let it wait: a waiver that another signs, or completing it after the start."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.recruitment.actions.defer import last_day, require_deferrable
from vetting.recruitment.actions.errors import NotComplete, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.forms.waivers import DeferForm
from vetting.recruitment.models import Check
from vetting.recruitment.waiver_page import may_propose, waiver_form


def add_waiver_sections(case: Case, actor: Actor, check: Check, add: Callable[..., None]) -> None:
    """Calls `add(key, title, form, words of the button, note=…)` for each that is open to this person today."""
    if may_defer(actor, case, check):
        day = last_day(case, case.candidacy(check.candidacy_id)) if check.candidacy_id else None
        until = date_format(day, "j F Y") if day else _("tio arbetsdagar efter start")
        note = _(
            "För ett kort uppdrag får personen börja ändå. Kontrollen görs senast %(day)s, till dess utan särskilda "
            "behörigheter, och kontrollfunktionen ser det."
        ) % {"day": until}
        add("defer_check", _("Komplettera efter start"), DeferForm(), _("Komplettera efter start"), note=note)
    if may_propose(actor, case, check):
        note = _(
            "En annan person skriver under innan undantaget gäller. Kontrollen görs ändå så snart det går."
        )
        add(
            "propose_waiver",
            _("Föreslå undantag"),
            waiver_form(case, check),
            _("Föreslå undantag"),
            note=note,
        )


def may_defer(actor: Actor, case: Case, check: Check) -> bool:
    """Whether this person may put the check off today: the door, the agreed table, and an engagement that is short."""
    if not ask(actor, "waiver.defer", case.facts_for(actor, check=check)).allowed:
        return False
    try:
        require_deferrable(case, check)
    except (WrongState, NotComplete):
        return False
    return True
