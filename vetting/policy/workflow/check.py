"""One check: its states and what people do to it."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.check_consequences import CONSEQUENCES
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("blocked", _("Kan inte påbörjas – {orsak}"), _("Något annat ska vara klart först.")),
    State("not_started", _("Ej påbörjad"), _("Får påbörjas.")),
    State("in_progress", _("Påbörjad"), _("Någon arbetar med kontrollen.")),
    State("waiting_candidate", _("Väntar på kandidaten"), _("Kandidaten ska lämna eller visa något.")),
    State("paused", _("Pausad – väntar på {vem}"), _("Väntar på någon annan än kandidaten.")),
    State("done", _("Klar"), _("Antecknad i tillåten form; kan gå ut eller rättas.")),
    State("to_assess", _("Att bedöma"), _("Kandidaten ska höras och en bedömning skrivas.")),
    State(
        "not_applicable",
        _("Behövs inte – {skäl}"),
        _("Gäller inte för den här befattningen eller kandidaten."),
    ),
    State("expired", _("Behöver göras om (gick ut {datum})"), _("Uppgiften är äldre än vad som gäller.")),
)

_TRANSITIONS = (
    Transition(
        "begin",
        ("not_started", "expired"),
        "in_progress",
        "check.begin",
        "check.begun",
        _("Personen är den som katalogen säger får utföra kontrollen."),
    ),
    Transition(
        "ask_candidate",
        ("not_started", "in_progress", "expired"),
        "waiting_candidate",
        "check.ask_candidate",
        "check.candidate_asked",
        _("Kandidaten har fått veta vad som ska lämnas eller visas."),
    ),
    Transition(
        "record_answer",
        ("waiting_candidate",),
        "in_progress",
        "check.record_answer",
        "check.answer_recorded",
        _("Gäller inte utdrag som bara får visas."),
    ),
    Transition(
        "pause",
        ("in_progress", "waiting_candidate"),
        "paused",
        "check.pause",
        "check.paused",
        _("Den man väntar på är angiven."),
        reason="list",
    ),
    Transition("resume", ("paused",), "in_progress", "check.resume", "check.resumed", _("Väntan är över.")),
    Transition(
        "record",
        ("not_started", "in_progress", "waiting_candidate", "paused", "expired"),
        "done",
        "check.record",
        "check.recorded",
        _("Resultatet har den form som lagstödet tillåter den dagen; gäller inte utdrag som bara får visas."),
    ),
    Transition(
        "record_shown",
        ("not_started", "waiting_candidate", "expired"),
        "done",
        "check.record_shown",
        "check.shown_recorded",
        _(
            "Kontrollen är av slaget bara uppvisat, personen ska själv underteckna beslutet, "
            "och anteckningen görs på beslutets sida; att något inte visats sparas aldrig."
        ),
    ),
    Transition(
        "reuse",
        ("not_started", "in_progress", "waiting_candidate", "expired"),
        "done",
        "check.reuse",
        "check.reused",
        _(
            "Katalogen tillåter att kontrollen används igen, inom tidsgränsen, och personen "
            "får se den tidigare."
        ),
    ),
    Transition(
        "confirm_protective",
        ("in_progress",),
        "done",
        "protective.confirm",
        "protective.confirmed",
        _("Bara raden blir klar; inget om nivå eller innehåll sparas här."),
    ),
    Transition(
        "end_protective",
        ("in_progress",),
        "not_started",
        "protective.end",
        "protective.ended",
        _("Prövningen avslutas utan att raden blir klar; skäl sparas inte."),
    ),
    Transition(
        "record_access",
        ("not_started", "in_progress"),
        "done",
        "check.record_access",
        "check.access_recorded",
        _("Gäller bara kontroller som den behörighetsansvariga utför; aldrig före Får börja."),
    ),
    Transition(
        "risk_confirmed",
        ("in_progress",),
        "done",
        "position.confirm_risk",
        "position.risk_confirmed",
        _("Gäller bara befattningens riskbedömning; en annan person fastställer."),
        other_than=("proposer",),
    ),
    Transition(
        "record_deviation",
        ("not_started", "in_progress", "waiting_candidate", "paused", "expired"),
        "to_assess",
        "check.record_deviation",
        "check.deviation_recorded",
        _("Gäller inte utdrag som bara får visas eller säkerhetsprövning."),
    ),
    Transition(
        "notify_candidate",
        ("to_assess",),
        "to_assess",
        "check.notify_candidate",
        "check.candidate_notified",
        _("Kandidaten får veta vad som framkommit och har fem arbetsdagar på sig."),
    ),
    Transition(
        "record_reply",
        ("to_assess",),
        "to_assess",
        "check.record_reply",
        "check.reply_recorded",
        _("Kandidaten har svarat eller avstått; uteblivet svar räknas inte emot kandidaten."),
    ),
    Transition(
        "assess",
        ("to_assess",),
        "done",
        "check.assess",
        "check.assessed",
        _(
            "Kandidaten är informerad, och har svarat, avstått eller inte hörts av i tid; "
            "bedömningen svarar på de tre frågorna."
        ),
        reason="yes",
    ),
    Transition(
        "mark_not_applicable",
        ("blocked", "not_started", "in_progress", "waiting_candidate", "paused"),
        "not_applicable",
        "check.mark_not_applicable",
        "check.not_applicable_marked",
        _("Katalogen tillåter skälet; en lagstadgad kontroll faller bara bort genom svaret på dess fråga."),
        reason="list",
    ),
    Transition(
        "restore",
        ("not_applicable",),
        "not_started",
        "check.restore",
        "check.restored",
        _("Skälet gäller inte längre."),
    ),
    Transition(
        "reopen",
        ("done", "to_assess"),
        "in_progress",
        "check.reopen",
        "check.reopened",
        _("Rättelse behövs; den gamla uppgiften ligger kvar i händelserna och yttrandet upphör att gälla."),
        reason="list",
    ),
)

CHECK = Machine("check", _("Kontroll"), _STATES, _TRANSITIONS + CONSEQUENCES)
