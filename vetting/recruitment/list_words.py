"""Words for the next step of a recruitment and for whom it waits on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.recruitment.case import Case
from vetting.recruitment.engine.coming import Coming
from vetting.recruitment.labels import RECRUITMENT_KIND, missing_label, state_label

STEPS: dict[str, str | Promise] = {
    "none": "",
    "resume": gettext_lazy("Återuppta när pausen är slut"),
    "name_manager": gettext_lazy("Utse en annan chef"),
    "open": gettext_lazy("Öppna för slutkandidater"),
    "propose": gettext_lazy("Föreslå slutkandidat"),
    "proceed": gettext_lazy("Gå vidare till slutkontroll"),
    "request_opinion": gettext_lazy("Begär säkerhetsyttrande"),
    "await_opinion": gettext_lazy("Säkerhetsfunktionen yttrar sig"),
    "complete_opinion": gettext_lazy("Komplettera till säkerhetsfunktionen"),
    "after_refusal": gettext_lazy("Avsluta, välj en annan eller lyft beslutet"),
    "await_escalation": gettext_lazy("Det lyfta beslutet avgörs"),
    "decide": gettext_lazy("Besluta om anställning"),
    "await_start": gettext_lazy("Börjar på första dagen"),
    "confirm_start": gettext_lazy("Bekräfta att personen har börjat"),
    "close": gettext_lazy("Avsluta rekryteringen"),
}
ON: dict[str, str | Promise] = {
    "hr": gettext_lazy("HR"),
    "manager": gettext_lazy("chefen"),
    "security": gettext_lazy("säkerhetsfunktionen"),
    "candidate": gettext_lazy("kandidaten"),
    "other": gettext_lazy("någon annan"),
}


def step_label(case: Case, step: Coming) -> str:
    """The step in words; with several finalists it says which one (K1, K2)."""
    words = missing_label(step.missing) if step.missing is not None else str(STEPS[step.code])
    words = words.partition(": ")[0]  # a list has room for the check's name, not for what it takes up
    if step.candidacy is not None and len(case.candidacies) > 1:
        return f"{step.candidacy.label}: {words}"
    return words


def waits_on(step: Coming) -> str:
    """Whom the step waits on, or "" where it waits on nobody."""
    names = [str(ON[name]) for name in step.on if name in ON]
    words = _(" eller ").join(names)
    return words[:1].upper() + words[1:]


def status(case: Case) -> tuple[str, str]:
    """The recruitment's status tag: its kind and its words, a pause first."""
    recruitment = case.recruitment
    if recruitment.on_hold:
        return "paused", _("Pausad")
    return RECRUITMENT_KIND[recruitment.state], state_label("recruitment", recruitment.state)
