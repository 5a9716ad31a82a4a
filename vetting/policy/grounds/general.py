"""Grounds of administrative, data protection and archive law."""

from __future__ import annotations

from datetime import date

from vetting.policy.grounds.model import Ground
from vetting.policy.text import _

DECLARED = (
    Ground(
        "gdpr_necessity",
        _("EU:s dataskyddsförordning art. 5, 6 och 35"),
        _("Kontrollerna är nödvändiga och proportionerliga"),
        date(2018, 5, 25),
        verify=_(
            "Konsekvensbedömning (art. 35) per personuppgiftsansvarig. Bolag kan inte stödja "
            "sig på dataskyddslagen 3:8."
        ),
    ),
    Ground(
        "gdpr_information",
        _("EU:s dataskyddsförordning art. 13–14"),
        _("Den sökande får veta vilka kontroller som görs"),
        date(2018, 5, 25),
    ),
    Ground(
        "gdpr_security",
        _("EU:s dataskyddsförordning art. 25 och 32; cybersäkerhetslagen (2025:1506)"),
        _("Behörigheter ges efter behov"),
        date(2018, 5, 25),
        verify=_("Cybersäkerhetslagen gäller från 2026-01-15; dess betydelse för ägda bolag ska bekräftas."),
    ),
    Ground(
        "identity",
        _("Dataskyddslagen (2018:218) 3:10; EU:s dataskyddsförordning art. 5 och 6"),
        _("Identitet och tillåten användning av personnummer"),
        date(2018, 5, 25),
        verify=_(
            "Ingen lag pekar ut själva id-kontrollen. Att den inte får efterges är ett val i katalogen."
        ),
    ),
    Ground(
        "objectivity",
        _("Regeringsformen 1:9; diskrimineringslagen (2008:567) 2:1 och 2:4"),
        _("Saklig och icke-diskriminerande jämförelse"),
        date(2009, 1, 1),
        verify=_("Regeringsformen 1:9 gäller inte bolag på samma sätt; där bär diskrimineringslagen."),
    ),
    Ground(
        "internal_control",
        _("Kommunallagen (2017:725) 6:6; i bolag en beslutad riktlinje"),
        _("Intern kontroll mot fel och oegentligheter"),
        date(2018, 1, 1),
        documentation="free",
        waivable=True,
        verify=_(
            "Ger inget stöd för kontroll av brott. Räcker grunden tillsammans med art. 6.1 e "
            "för kontroll av bolagsengagemang före anställning? Lydelsen om att förebygga "
            "fel och oegentligheter gäller från 2025-07-01."
        ),
    ),
    Ground(
        "own_requirement",
        _("Beslutad riktlinje; EU:s dataskyddsförordning art. 6.1 e (bolag: art. 6.1 f)"),
        _("Arbetsgivarens eget krav"),
        date(2018, 5, 25),
        documentation="free",
        waivable=True,
        verify=_("Riktlinjen ska vara beslutad av den nämnd eller det bolag som är personuppgiftsansvarig."),
    ),
    Ground(
        "conflict_of_interest",
        _("Kommunallagen (2017:725) 7:4 och 6:28–32; i bolag en beslutad riktlinje"),
        _("Jäv i rekryteringsgruppen"),
        date(2018, 1, 1),
        verify=_("För bolag vilar kontrollen på riktlinje; bekräfta att den ändå inte ska kunna efterges."),
    ),
    Ground(
        "delegated_decision",
        _("Kommunallagen (2017:725) 7:5–8 och 13:1–8; i bolag behörig företrädare"),
        _("Behörigt beslut"),
        date(2018, 1, 1),
        verify=_("Om timvikariat är beslut eller verkställighet avgörs av delegationsordningen."),
    ),
    Ground(
        "secrecy_information",
        _("Offentlighets- och sekretesslagen (2009:400); beslutad riktlinje"),
        _("Upplysning om tystnadsplikt, bisyssla och otillåten påverkan"),
        date(2009, 6, 30),
        verify=_(
            "En påminnelse om gällande plikt, inte ett avtal som skapar den. Rätt lagrum per verksamhet."
        ),
    ),
    Ground(
        "archives",
        _("Arkivlagen (1990:782) 3 och 10 §§; dokumenthanteringsplan"),
        _("Bevarande och gallring"),
        date(1991, 7, 1),
        verify=_(
            "Ingen gallring utan gallringsbeslut. Alla frister är förslag till dokumenthanteringsplanen."
        ),
    ),
    Ground(
        "claims",
        _("Diskrimineringslagen (2008:567) 6:4–5; lag (1976:580) om medbestämmande i arbetslivet 64–66 §§"),
        _("Tid för anspråk"),
        date(2009, 1, 1),
        verify=_("Frist om två år efter laga kraft är ett förslag."),
    ),
)
