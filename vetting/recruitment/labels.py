"""Words for states, stops and errors, as they stand on the page (work.md 7)."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy import workflow
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.policy.reasons import NOT_APPLICABLE, PAUSE
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.outcome_words import outcome_label

# machine state → kind of status tag (vetting.web.words.STATUSES)
CHECK_KIND = {
    "blocked": "blocked",
    "not_started": "todo",
    "in_progress": "started",
    "waiting_candidate": "candidate",
    "paused": "paused",
    "done": "done",
    "to_assess": "assess",
    "not_applicable": "not_needed",
    "expired": "redo",
    "waived": "waived",
}
CANDIDACY_KIND = {
    "proposed": "todo",
    "reserve": "paused",
    "checking": "started",
    "awaiting_security": "waiting",
    "returned": "redo",
    "refused": "important",
    "escalated": "waiting",
    "cleared": "ready",
    "selected": "done",
    "started": "done",
    "not_selected": "closed",
    "withdrawn": "withdrawn",
}
RECRUITMENT_KIND = {
    "draft": "todo",
    "open": "started",
    "decided": "done",
    "onboarding": "done",
    "closed": "closed",
    "cancelled": "stopped",
}
OPINION_KIND = {
    "draft": "todo",
    "requested": "waiting",
    "half_given": "waiting",
    "approved": "done",
    "approved_with_conditions": "done",
    "returned": "redo",
    "refused": "important",
    "escalated": "waiting",
    "overruled": "done",
    "upheld": "closed",
    "set_aside": "important",
    "recalled": "withdrawn",
    "invalidated": "redo",
    "lapsed": "redo",
    "used": "closed",
    "ended": "closed",
}

BLOCKED: dict[str, str | Promise] = {
    "draft": gettext_lazy("rekryteringen är inte öppnad"),
    "ended": gettext_lazy("rekryteringen är avslutad"),
    "held": gettext_lazy("rekryteringen är pausad"),
    "ground": gettext_lazy("lagstödet gäller inte i dag"),
    "candidacy_ended": gettext_lazy("kandidaturen är avslutad"),
    "proceed": gettext_lazy("beslutet att gå vidare till slutkontroll saknas"),
    "start_first": gettext_lazy("personen har inte börjat"),
    "exit_first": gettext_lazy("avslutet är inte påbörjat"),
    "deferred": gettext_lazy(
        "en kontroll kompletteras efter start, och till dess ges inga särskilda behörigheter"
    ),
}
STOPS: dict[str, str | Promise] = {
    "held": gettext_lazy("Rekryteringen är pausad"),
    "draft": gettext_lazy("Rekryteringen är inte öppnad"),
    "declarations": gettext_lazy("Jävsförklaring från alla som deltar"),
    "places": gettext_lazy("Ingen plats är ledig"),
    "proceed": gettext_lazy("Beslutet att gå vidare till slutkontroll"),
    "no_delegation": gettext_lazy("Gällande delegation för befattningen och formen"),
    "not_started": gettext_lazy("Alla med beslut har börjat eller tagit tillbaka"),
    "candidate_told": gettext_lazy("Kandidaten ska få veta vad som framkommit"),
    "candidate_heard": gettext_lazy("Kandidatens svar, eller att tiden för svar har gått ut"),
    "not_reported": gettext_lazy("Beslutet ska först anmälas till nämnden"),
}
REFUSED: dict[str, str | Promise] = {
    "changed_while_signing": gettext_lazy(
        "Underlaget har ändrats sedan du började signera. Läs det igen innan du yttrar dig; ingenting är sparat."
    ),
    "shown_only": gettext_lazy("Lagen tillåter bara att det antecknas att utdraget har visats upp."),
    "no_clearance": gettext_lazy("Det finns ingen klarmarkering att ta bort."),
    "by_hand": gettext_lazy(
        "Personen har skyddade personuppgifter och bokas för hand, aldrig genom tjänsten."
    ),
    "not_pool": gettext_lazy("Klar för pool ges bara i den form av anställning som bokas pass för pass."),
    "nothing_redone": gettext_lazy(
        "Inget har gjorts på nytt, så den sista dagen skulle bli densamma. Gör om det som går ut först."
    ),
    "one_by_one": gettext_lazy("Kontrollen krävs i lag och antecknas för en person i taget."),
    "statutory": gettext_lazy("Kontrollen krävs i lag och kan inte väljas bort."),
    "protective": gettext_lazy("Raden sätts bara av säkerhetsskyddsfunktionen."),
    "decided": gettext_lazy("Beslutet är fattat. Underlaget ändras inte längre."),
    "decision_stands": gettext_lazy("Ett beslut står kvar. Avsluta i stället de återstående platserna."),
    "finalists_open": gettext_lazy("Alla slutkandidater ska ha ett utfall först."),
    "nobody_decided": gettext_lazy("Ingen plats har beslut. Avbryt i stället rekryteringen."),
    "no_place_free": gettext_lazy("Ingen plats är ledig."),
    "retired": gettext_lazy("Befattningen är avvecklad."),
    "designated": gettext_lazy("Befattningen är redan utpekad."),
    "guest_needed": gettext_lazy(
        "Tjänsten finns inom personal- eller säkerhetsfunktionen. Den plats som är kvar är en gästyttrares."
    ),
    "guest_there": gettext_lazy("Personen är redan föreslagen eller inbjuden här."),
    "assigned": gettext_lazy("Personen har redan uppdraget."),
    "not_assigned": gettext_lazy("Du har inget uppdrag som handläggare där."),
    "no_role_there": gettext_lazy("Personen har inte rollen i den enheten, eller deltar inte i ärendet."),
    "not_yours_to_assign": gettext_lazy("Du kan inte fördela uppdrag där."),
    "has_assignment": gettext_lazy("Du har redan uppdrag i rekryteringen. Öppna den som vanligt."),
    "open_elsewhere": gettext_lazy("Du har redan en öppen nödåtkomst. Avsluta den först."),
    "deviation": gettext_lazy("En kontroll har varit att bedöma. Läs ärendet för sig."),
    "changed_meanwhile": gettext_lazy("Läget hade ändrats när du bekräftade. Välj det på nytt i kön."),
    "two_needed": gettext_lazy("Två ska yttra sig, dolt för varandra. Läs ärendet för sig."),
    "binding_opinion": gettext_lazy(
        "Säkerhetsyttrandet är bindande här. Avsluta kandidaturen, välj en annan slutkandidat eller lyft beslutet."
    ),
    "waived": gettext_lazy("En kontroll har undantag. Läs ärendet för sig."),
    "not_waivable": gettext_lazy("Kontrollen krävs i lag. Från den finns inget undantag."),
    "not_deferrable": gettext_lazy(
        "Kontrollen kan inte kompletteras efter start. Det går bara för några av kommunens egna krav, i uppdrag på "
        "högst fjorton dagar."
    ),
    "waiver_there": gettext_lazy(
        "Kontrollen har redan ett undantag, eller ett förslag som väntar på underskrift."
    ),
    "waiver_done": gettext_lazy("Kontrollen är klar eller behövs inte, så inget undantag behövs."),
    "waiver_to_assess": gettext_lazy("Något har framkommit som ska bedömas. Det kan inte undantas."),
    "waiver_lapsed": gettext_lazy("Undantagets slutdatum har passerat. Föreslå ett nytt om det behövs."),
    "waiver_ended": gettext_lazy("Kandidaturen är avslutad."),
    "waiver_refused": gettext_lazy("Säkerhetsfunktionen avstyrker. Då kan inget undantag ges."),
    "no_notes": gettext_lazy("Om den här slutkandidaten skrivs inga anteckningar i tjänsten."),
    "note_over": gettext_lazy("Beslutet är fattat, och kommentarer rensas då. Skriv en tjänsteanteckning."),
    "note_gone": gettext_lazy("Anteckningen som skulle rättas finns inte kvar."),
    "not_called_for": gettext_lazy("Befattningens profil kräver inget säkerhetsyttrande."),
}


def check_kind(row: Row) -> str:
    """The kind of the row's tag: a check that is waived is never shown as done."""
    return CHECK_KIND["waived" if row.waived_until is not None else row.state]


def check_state(row: Row) -> str:
    """The row's state in words, with its reason, whom one waits for, or the day it lapsed."""
    if row.waived_until is not None and row.waiver is not None and row.waiver.deferred:
        return _("Kompletteras senast %(day)s") % {"day": date_format(row.waived_until, "j b Y")}
    if row.waived_until is not None:
        return _("Undantag till %(day)s") % {"day": date_format(row.waived_until, "j b Y")}
    if row.state == "blocked":
        return _("Kan inte påbörjas – %(why)s") % {"why": BLOCKED[row.why]}
    if row.state == "paused" and row.check is not None:
        if row.check.reason in PAUSE:
            return _("Pausad – väntar på %(whom)s") % {"whom": _(PAUSE[row.check.reason])}
        return str(outcome_label(row) or _("Pausad"))
    if row.state == "not_applicable" and row.check is not None:
        reason = NOT_APPLICABLE.get(row.check.reason)
        if row.check.reason == "question":
            reason = _("enligt svaret på frågan")
        if row.check.reason == "protected_identity":
            reason = _("görs inte här")
        return _("Behövs inte – %(why)s") % {"why": _(reason)} if reason else _("Behövs inte")
    if row.state == "expired" and row.why == "ends_before_start" and row.expires_on is not None:
        day = date_format(row.expires_on, "j b Y")
        return _("Behöver göras om (går ut %(day)s, före första dagen)") % {"day": day}
    if row.state == "expired" and row.why == "pool_soon" and row.expires_on is not None:
        day = date_format(row.expires_on, "j b Y")
        return _("Behöver göras om senast %(day)s för poolen") % {"day": day}
    if row.state == "expired" and row.expires_on is not None:
        return _("Behöver göras om (gick ut %(day)s)") % {"day": date_format(row.expires_on, "j b Y")}
    if row.state == "done" and row.is_past and row.expires_on is not None:
        # Its age was judged when it counted, and that stands; nobody reads it as good today.
        lapsed = {"day": date_format(row.expires_on, "j b Y")}
        at_start = row.spec.stage == "start"
        said = (
            _("Klar vid starten (gick ut %(day)s)") if at_start else _("Klar vid beslutet (gick ut %(day)s)")
        )
        return said % lapsed
    if row.spec.code == "security_vetting":
        return {"done": _("Klar"), "in_progress": _("Pågår")}.get(row.state, _("Inte begärd"))
    return _(workflow.state("check", row.state).label)


def waiver_over_words(row: Row) -> str:
    """Since when the row's waiver no longer holds, or "" where it has none that is over."""
    waiver = row.waiver_over
    if waiver is None:
        return ""
    last = waiver.ended_on or waiver.until
    if waiver.deferred:
        return _("skulle ha kompletterats senast %(day)s") % {"day": date_format(last, "j b Y")}
    return _("undantaget upphörde %(day)s") % {"day": date_format(last, "j b Y")}


def state_label(machine: str, code: str) -> str:
    """A state of a machine in words."""
    return _(workflow.state(machine, code).label)


def missing_label(item: Missing) -> str:
    """One blocker in words."""
    if item.kind == "check":
        return _(CHECKPOINTS[item.code].name)
    if item.kind == "lapsed":
        return _("%(check)s ska göras på nytt") % {"check": _(CHECKPOINTS[item.code].name)}
    if item.kind == "question":
        return _(QUESTIONS[item.code].text)
    if item.kind == "blocked":
        return str(BLOCKED.get(item.code, item.code)).capitalize()
    return str(STOPS[item.code])


def refusal(code: str) -> str:
    """Why a step was refused, as one sentence."""
    return str(REFUSED.get(code, _("Steget kan inte tas i det läge som rekryteringen är i nu.")))
