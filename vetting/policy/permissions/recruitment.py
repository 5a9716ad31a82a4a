"""Permissions about a recruitment as a whole, its holds and its conflicts of interest."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "recruitment.list",
        _("Rekryteringar"),
        _("Se listan över rekryteringar med referens och befattning, aldrig namn."),
        "read",
        logged="no",
    ),
    Permission(
        "recruitment.view",
        _("Öppna rekrytering"),
        _("Se en rekrytering med kontroller, läge och vad som saknas, utan namn och förseglade uppgifter."),
        "read",
        logged="outside_assignment",
        event="recruitment.viewed",
    ),
    Permission(
        "recruitment.view_timeline",
        _("Händelser i rekryteringen"),
        _("Se vad som har gjorts i rekryteringen, i meningar, utan öppnade uppgifter."),
        "read",
        logged="outside_assignment",
        event="recruitment.timeline_viewed",
    ),
    Permission(
        "recruitment.view_access",
        _("Vem ser den här rekryteringen?"),
        _("Se vilka som har åtkomst till rekryteringen, sedan när och varför."),
        "read",
        logged="outside_assignment",
        event="recruitment.access_viewed",
    ),
    Permission(
        "recruitment.create",
        _("Ny rekrytering"),
        _("Starta en rekrytering för en befattning, med antal platser och anställningsform."),
        "act",
        event="recruitment.created",
    ),
    Permission(
        "recruitment.copy",
        _("Ny från förra"),
        _("Starta en rekrytering från den senaste för samma befattning."),
        "act",
        event="recruitment.copied",
    ),
    Permission(
        "recruitment.edit",
        _("Ändra uppgifter"),
        _(
            "Ändra planerad start, antal platser, form, länk till rekryteringssystemet och "
            "andra öppna uppgifter."
        ),
        "act",
        event="recruitment.edited",
    ),
    Permission(
        "recruitment.set_diary",
        _("Ange diarienummer"),
        _("Ange diarienumret i det externa diariet."),
        "act",
        event="recruitment.diary_set",
    ),
    Permission(
        "recruitment.open",
        _("Öppna för slutkandidater"),
        _("Besvara frågorna som styr kontrollerna och öppna rekryteringen."),
        "act",
        event="recruitment.opened",
    ),
    Permission(
        "recruitment.assign",
        _("Fördela"),
        _("Ge eller ta bort uppdrag i en eller flera rekryteringar, med gemensamt skäl."),
        "act",
        event="recruitment.assigned",
    ),
    Permission(
        "recruitment.join",
        _("Ta uppdrag"),
        _("Ta en rekrytering i den egna enheten som väntar på handläggare."),
        "act",
        event="recruitment.joined",
    ),
    Permission(
        "recruitment.hold",
        _("Pausa"),
        _("Sätta rekryteringen som vilande med skäl ur lista."),
        "act",
        event="recruitment.held",
    ),
    Permission(
        "recruitment.resume", _("Återuppta"), _("Ta bort pausen."), "act", event="recruitment.resumed"
    ),
    Permission(
        "recruitment.settle_places",
        _("Avsluta återstående platser"),
        _("Ange att inga fler platser ska tillsättas i rekryteringen."),
        "act",
        event="recruitment.places_settled",
    ),
    Permission(
        "recruitment.reopen",
        _("Öppna igen"),
        _("Öppna rekryteringen på nytt när någon som fått beslut tagit tillbaka."),
        "act",
        event="recruitment.reopened",
    ),
    Permission(
        "recruitment.cancel",
        _("Avbryt rekryteringen"),
        _("Avbryta med neutralt skäl ur lista och ange att sökande och fack är informerade."),
        "act",
        event="recruitment.cancelled",
    ),
    Permission(
        "recruitment.close",
        _("Avsluta"),
        _("Avsluta rekryteringen när allt till och med introduktionen är klart."),
        "act",
        event="recruitment.closed",
    ),
    Permission(
        "recruitment.print",
        _("Skriv ut ärendet"),
        _("Ta fram en utskrift av rekryteringen där förseglade uppgifter räknas upp men inte visas."),
        "export",
        event="recruitment.printed",
        step_up=True,
    ),
    Permission(
        "recruitment.export_list",
        _("Hämta lista"),
        _("Hämta den egna listan över rekryteringar som fil, utan namn."),
        "export",
        event="recruitment.list_exported",
        step_up=True,
    ),
    Permission(
        "hold.set",
        _("Anspråk inkommet"),
        _("Stoppa gallring för rekryteringen och alla dess slutkandidater."),
        "act",
        event="hold.set",
    ),
    Permission("hold.view", _("Gallringsstopp"), _("Se gällande gallringsstopp."), "read", logged="no"),
    Permission(
        "hold.propose_lift",
        _("Föreslå att häva stopp"),
        _("Föreslå att ett gallringsstopp hävs."),
        "act",
        event="hold.lift_proposed",
    ),
    Permission(
        "hold.confirm_lift",
        _("Häv stopp"),
        _("Bekräfta eller avslå att ett gallringsstopp hävs."),
        "act",
        event="hold.lifted",
        step_up=True,
    ),
    Permission(
        "hold.keep",
        _("Behåll stopp"),
        _("Avslå ett förslag att häva gallringsstoppet."),
        "act",
        event="hold.kept",
    ),
    Permission(
        "declaration.give",
        _("Anmäl jäv eller inget att anmäla"),
        _(
            "Lämna jävsförklaring när man går med och när slutkandidaterna lagts in; visar "
            "kandidaternas namn."
        ),
        "reveal",
        event="declaration.given",
    ),
    Permission(
        "declaration.list",
        _("Jävsförklaringar"),
        _("Se vilka som lämnat förklaring och vad som bestämts, utan skälen."),
        "read",
        logged="outside_assignment",
        event="declaration.listed",
    ),
    Permission(
        "declaration.reveal",
        _("Läsa jävsförklaring"),
        _("Öppna det som någon har anmält."),
        "reveal",
        event="declaration.revealed",
    ),
    Permission(
        "declaration.decide",
        _("Bestäm om deltagande"),
        _("Bestämma om den som anmält jäv deltar eller inte, med motivering."),
        "act",
        event="declaration.decided",
    ),
    Permission(
        "recusal.list",
        _("Jäv – deltar inte"),
        _("Se vilka som inte deltar och sedan när."),
        "read",
        logged="no",
    ),
    Permission(
        "recusal.set",
        _("Sätt jäv"),
        _("Stänga av någon från en rekrytering på grund av jäv."),
        "act",
        event="recusal.set",
    ),
    Permission(
        "recusal.lift",
        _("Häv jäv"),
        _("Låta någon delta igen, med motivering."),
        "act",
        event="recusal.lifted",
        step_up=True,
    ),
)
