"""Grounds of labour law and of the right to work."""

from __future__ import annotations

from datetime import date

from vetting.policy.grounds.model import Ground
from vetting.policy.text import _

DECLARED = (
    Ground(
        "secondary_employment",
        _("Lag (1994:260) om offentlig anställning 7–7 c §§"),
        _("Bisyssla"),
        date(2002, 1, 1),
        entity_kinds="authority",
        verify=_(
            "Datum för 7 a–7 c §§ från allmän kunskap. Gäller arbetstagare, inte sökande. I "
            "bolag krävs stöd i avtal eller riktlinje."
        ),
    ),
    Ground(
        "las_redeployment",
        _("Lag (1982:80) om anställningsskydd 7 §"),
        _("Omplacering prövas före nyanställning"),
        date(2022, 10, 1),
        verify=_(
            "Lydelse och datum från allmän kunskap. Paragrafen rör uppsägning; följden av "
            "att anställa innan omplacering är prövad ska bekräftas."
        ),
    ),
    Ground(
        "las_priority",
        _("Lag (1982:80) om anställningsskydd 25–27 §§ och 25 a §"),
        _("Företrädesrätt till anställning"),
        date(2022, 10, 1),
        verify=_("Lydelse, datum och avvikelser i kollektivavtal ska bekräftas."),
    ),
    Ground(
        "las_terms",
        _("Lag (1982:80) om anställningsskydd 6 c §"),
        _("Skriftlig information om anställningen"),
        date(2022, 6, 29),
        verify=_(
            "Sista dag (sjunde dagen) och delar som får lämnas senare ska bekräftas; ändrade "
            "villkor följer en annan paragraf."
        ),
    ),
    Ground(
        "las_trial",
        _("Lag (1982:80) om anställningsskydd 6 § och 31 §"),
        _("Provanställning och besked"),
        date(1982, 4, 1),
        verify=_(
            "Två veckors förvarning och underrättelse till facket ska bekräftas, liksom avtalsavvikelser."
        ),
    ),
    Ground(
        "las_fixed_term",
        _("Lag (1982:80) om anställningsskydd 28 §"),
        _("Underrättelse om tidsbegränsad anställning"),
        date(1982, 4, 1),
        verify=_("Undantaget för korta anställningar och reglerna om besked före slutdatum ska bekräftas."),
    ),
    Ground(
        "mbl_negotiation",
        _("Lag (1976:580) om medbestämmande i arbetslivet 11 §"),
        _("Förhandling före beslut om chef"),
        date(1977, 1, 1),
        verify=_("Vilka befattningar som omfattas styrs även av lokalt samverkansavtal."),
    ),
    Ground(
        "mbl_information",
        _("Lag (1976:580) om medbestämmande i arbetslivet 19 §; lokalt samverkansavtal"),
        _("Information till facket"),
        date(1977, 1, 1),
        verify=_("Innehåll och tidpunkt enligt lokalt avtal."),
    ),
    Ground(
        "mbl_hiring_in",
        _("Lag (1976:580) om medbestämmande i arbetslivet 38 §"),
        _("Förhandling före inhyrning"),
        date(1977, 1, 1),
        verify=_("Undantagen (kortvarigt arbete, särskild sakkunskap, avtal) ska bekräftas."),
    ),
    Ground(
        "work_permit",
        _("Utlänningsförordningen (2006:97) 6:13 a och 7:1 b"),
        _("Rätt att arbeta i Sverige"),
        date(2013, 8, 1),
        documentation="external_copy",
        verify=_(
            "Datum från allmän kunskap. Kopian bevaras under anställningen och minst tolv månader därefter."
        ),
    ),
    Ground(
        "work_environment",
        _("Arbetsmiljölagen (1977:1160) 3 kap.; kommunallagen (2017:725) 6:6"),
        _("Introduktion om otillåten påverkan"),
        date(2018, 1, 1),
    ),
)
