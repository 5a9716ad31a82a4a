"""Permissions about one check, protective security included."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "check.view",
        _("Öppna kontroll"),
        _("Se lagstöd, vad som får antecknas, läge och vem som ansvarar, utan förseglade uppgifter."),
        "read",
        logged="outside_assignment",
        event="check.viewed",
    ),
    Permission(
        "check.begin",
        _("Påbörja kontroll"),
        _("Påbörja en kontroll som får påbörjas."),
        "act",
        event="check.begun",
    ),
    Permission(
        "check.ask_candidate",
        _("Be kandidaten om underlag"),
        _("Ange att kontrollen väntar på kandidaten."),
        "act",
        event="check.candidate_asked",
    ),
    Permission(
        "check.record_answer",
        _("Underlag har kommit"),
        _("Ange att kandidatens underlag har kommit in."),
        "act",
        event="check.answer_recorded",
    ),
    Permission(
        "check.pause",
        _("Pausa kontroll"),
        _("Pausa kontrollen och ange vem man väntar på."),
        "act",
        event="check.paused",
    ),
    Permission(
        "check.resume",
        _("Återuppta kontroll"),
        _("Fortsätta en pausad kontroll."),
        "act",
        event="check.resumed",
    ),
    Permission(
        "check.record",
        _("Anteckna resultat"),
        _("Anteckna kontrollens resultat i den form som lagstödet tillåter."),
        "act",
        event="check.recorded",
    ),
    Permission(
        "check.record_shown",
        _("Anteckna att utdraget visats upp"),
        _("Anteckna att ett registerutdrag har visats upp, inget annat."),
        "act",
        event="check.shown_recorded",
    ),
    Permission(
        "check.record_deviation",
        _("Att bedöma"),
        _("Ange att resultatet behöver bedömas."),
        "act",
        event="check.deviation_recorded",
    ),
    Permission(
        "check.notify_candidate",
        _("Informera kandidaten"),
        _("Anteckna att kandidaten fått veta vad som framkommit och när svar ska ges."),
        "act",
        event="check.candidate_notified",
    ),
    Permission(
        "check.record_reply",
        _("Anteckna kandidatens svar"),
        _("Anteckna kandidatens svar eller att kandidaten avstår."),
        "act",
        event="check.reply_recorded",
    ),
    Permission(
        "check.assess",
        _("Bedöm"),
        _("Skriva bedömningen mot befattningens risk och slutsatsen."),
        "act",
        event="check.assessed",
    ),
    Permission(
        "check.mark_not_applicable",
        _("Behövs inte"),
        _("Ange med skäl ur lista att kontrollen inte behövs."),
        "act",
        event="check.not_applicable_marked",
    ),
    Permission(
        "check.restore",
        _("Behövs ändå"),
        _("Ta tillbaka att kontrollen inte behövs."),
        "act",
        event="check.restored",
    ),
    Permission(
        "check.reuse",
        _("Använd tidigare kontroll"),
        _("Använda en tidigare gjord kontroll där katalogen tillåter det."),
        "act",
        event="check.reused",
    ),
    Permission(
        "check.reopen",
        _("Rätta"),
        _("Öppna en klar kontroll för rättelse; ett lämnat yttrande upphör då att gälla."),
        "act",
        event="check.reopened",
    ),
    Permission(
        "check.reveal",
        _("Läsa kontrollens uppgifter"),
        _("Öppna förseglade uppgifter, bedömning eller fil i en kontroll, med angivet syfte."),
        "reveal",
        event="check.revealed",
    ),
    Permission(
        "check.record_access",
        _("Bekräfta behörigheter"),
        _(
            "Bekräfta att behörigheter är tilldelade eller stängda; visar bara referens, "
            "befattning och enhet."
        ),
        "act",
        event="check.access_recorded",
    ),
    Permission(
        "protective.request",
        _("Begär säkerhetsprövning"),
        _("Begära att säkerhetsskyddsfunktionen prövar kandidaten."),
        "act",
        event="protective.requested",
    ),
    Permission(
        "protective.confirm",
        _("Säkerhetsprövning klar"),
        _("Anteckna att säkerhetsprövningen är klar, utan skäl och utan nivå."),
        "act",
        event="protective.confirmed",
        step_up=True,
    ),
    Permission(
        "protective.end",
        _("Avsluta säkerhetsprövning"),
        _("Avsluta prövningen utan att raden blir klar; inget skäl sparas."),
        "act",
        event="protective.ended",
        step_up=True,
    ),
)
