"""Permissions about one finalist."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "candidacy.list",
        _("Slutkandidater"),
        _("Se rekryteringens slutkandidater med referens, ordning och läge."),
        "read",
        logged="outside_assignment",
        event="candidacy.listed",
    ),
    Permission(
        "candidacy.create",
        _("Föreslå slutkandidat"),
        _("Lägga in en slutkandidat; nummer anges bara när en kontroll kräver det."),
        "act",
        event="candidacy.created",
    ),
    Permission(
        "candidacy.edit",
        _("Ändra kandidatens uppgifter"),
        _("Ändra namn, nummer, kontaktuppgifter eller svar på frågor om kandidaten."),
        "act",
        event="candidacy.edited",
    ),
    Permission(
        "candidacy.rank",
        _("Ändra ordning"),
        _("Ändra slutkandidaternas inbördes ordning."),
        "act",
        event="candidacy.ranked",
    ),
    Permission(
        "candidacy.reveal",
        _("Visa uppgifter"),
        _("Öppna kandidatens namn och kontaktuppgifter i högst 15 minuter, med angivet syfte."),
        "reveal",
        event="candidacy.revealed",
    ),
    Permission(
        "candidacy.search_number",
        _("Sök på personnummer"),
        _("Söka exakt på personnummer bland de rekryteringar man har uppdrag i."),
        "reveal",
        event="candidacy.number_searched",
    ),
    Permission(
        "candidacy.search_name",
        _("Sök på namn"),
        _("Söka på namn bland de egna rekryteringarna."),
        "reveal",
        event="candidacy.name_searched",
    ),
    Permission(
        "candidacy.mark_protected",
        _("Markera skyddade personuppgifter"),
        _("Ta bort kandidatens personuppgifter och gå över till hantering för hand under alias."),
        "act",
        event="candidacy.protection_marked",
        step_up=True,
    ),
    Permission(
        "candidacy.print_information",
        _("Information till slutkandidaten"),
        _("Ta fram information om kontrollerna och blankett för kandidatens egna uppgifter."),
        "act",
        event="candidacy.information_printed",
    ),
    Permission(
        "candidate_link.issue",
        _("Lämna ut länk till kandidatens sida"),
        _("Lämna ut, förnya och spärra den kod som öppnar slutkandidatens egen sida."),
        "act",
        event="candidate_link.issued",
    ),
    Permission(
        "candidate_page.use",
        _("Kandidatens sida"),
        _(
            "Läsa om sina kontroller, lämna försäkran, svara och ta del av sina uppgifter med koden ur brevet."
        ),
        "act",
        event="candidate_page.opened",
    ),
    Permission(
        "candidacy.proceed",
        _("Gå vidare till slutkontroll"),
        _("Anteckna beslutet att gå vidare så att de ingripande kontrollerna öppnas."),
        "act",
        event="candidacy.proceeded",
    ),
    Permission(
        "candidacy.take_over",
        _("Låt nästa ta över"),
        _("Låta nästa slutkandidat ta en ledig plats och behålla det som är gjort."),
        "act",
        event="candidacy.taken_over",
    ),
    Permission(
        "candidacy.set_reserve",
        _("Sätt som reserv"),
        _("Behålla kandidaten som reserv."),
        "act",
        event="candidacy.reserved",
    ),
    Permission(
        "candidacy.withdraw",
        _("Kandidaten har återtagit"),
        _("Anteckna att kandidaten själv har återtagit."),
        "act",
        event="candidacy.withdrawn",
    ),
    Permission(
        "candidacy.mark_not_selected",
        _("Inte aktuell"),
        _("Avsluta en kandidatur med neutralt skäl ur lista."),
        "act",
        event="candidacy.not_selected",
    ),
)
