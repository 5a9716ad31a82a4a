"""Grounds of particular checks: licences, extracts, credit, open sources, protective security."""

from __future__ import annotations

from datetime import date

from vetting.policy.grounds.model import Ground
from vetting.policy.text import _

DECLARED = (
    Ground(
        "health_licence",
        _("Patientsäkerhetslagen (2010:659) 4 kap."),
        _("Legitimation i hälso- och sjukvården"),
        date(2011, 1, 1),
        verify=_("Vilka yrken som ska ha spärren ska fastställas av verksamheten."),
    ),
    Ground(
        "teacher_licence",
        _("Skollagen (2010:800) 2:13 och 2:17–20"),
        _("Legitimation för lärare och förskollärare"),
        date(2011, 7, 1),
        verify=_("Undantagen och längsta tid för den som saknar legitimation ska bekräftas."),
    ),
    Ground(
        "extract_school",
        _("Skollagen (2010:800) 2:31–33"),
        _("Registerutdrag i skola och förskola"),
        date(2023, 1, 1),
        documentation="note_shown_only",
        rehire_months=12,
        verify=_(
            "Datum för lydelsen enligt SFS 2022:1315 ska bekräftas. Räknas ett år från "
            "början eller slutet av den tidigare anställningen?"
        ),
    ),
    Ground(
        "extract_residential",
        _("Lag (2007:171) om registerkontroll vid vissa boenden som tar emot barn 1–3 §§"),
        _("Registerutdrag i boenden som tar emot barn"),
        date(2007, 7, 1),
        documentation="external_copy",
        rehire_months=6,
        verify=_(
            "Räknas sex månader från början eller slutet av den tidigare anställningen? "
            "Datum för att skyddat boende omfattas ska bekräftas."
        ),
    ),
    Ground(
        "extract_lss_child",
        _("Lag (2010:479) om registerkontroll vid insatser åt barn med funktionshinder 1 §"),
        _("Registerutdrag vid LSS-insatser åt barn"),
        date(2011, 1, 1),
        documentation="note_shown_only",
        verify=_(
            "Lagen talar om att lämna utdraget. Hur kontrollen får dokumenteras och om "
            "återanställning är undantagen är oläst; strängaste läsning gäller till dess."
        ),
    ),
    Ground(
        "extract_child",
        _("Lag (2013:852) om registerkontroll av personer som ska arbeta med barn 1–6 §§"),
        _("Registerutdrag vid annat arbete med barn"),
        date(2013, 12, 1),
        documentation="note_shown_only",
        verify=_(
            "Datum från allmän kunskap. Vilken lag som öppnade misstankeregistret från "
            "2026-03-01 ska bekräftas."
        ),
    ),
    Ground(
        "extract_home",
        _(
            "Lag (2026:43) om registerkontroll vid arbete i hemmet åt äldre personer eller "
            "vuxna personer med funktionsnedsättning"
        ),
        _("Registerutdrag vid arbete i hemmet"),
        date(2026, 3, 1),
        documentation="note_shown_only",
        verify=_(
            "Lagtexten är oläst: utdragets ålder, dokumentation, återanställning och om "
            "särskilt boende räknas som hemmet."
        ),
    ),
    Ground(
        "extract_leading",
        _("Lag som följer av prop. 2025/26:61 om ledande befattningar i kommun (SFS-nummer saknas)"),
        _("Registerutdrag vid ledande befattning"),
        date(2026, 3, 1),
        documentation="note_shown_only",
        verify=_(
            "SFS-nummer, utpekade befattningar, utdragets ålder, dokumentation och ägda "
            "bolag ska bekräftas. Endast belastningsregistret."
        ),
    ),
    Ground(
        "credit_information",
        _("Kreditupplysningslagen (1973:1173) 9 och 11 §§"),
        _("Kreditupplysning vid självständigt betalningsansvar"),
        date(1974, 7, 1),
        waivable=True,
        verify=_(
            "Är behovet jämförbart med ett kreditavtal? Kontrollen är avstängd tills jurist har svarat."
        ),
    ),
    Ground(
        "open_sources",
        _("EU:s dataskyddsförordning art. 6.1 e; regeringsformen 2:6; beslutad riktlinje"),
        _("Öppna källor"),
        date(2018, 5, 25),
        entity_kinds="authority",
        waivable=True,
        verify=_("Svagt stöd. Kontrollen är avstängd tills jurist har svarat."),
    ),
    Ground(
        "occupational_health",
        _("EU:s dataskyddsförordning art. 9.2 b och h; beslutad riktlinje"),
        _("Drogtest genom företagshälsovården"),
        date(2018, 5, 25),
        waivable=True,
        verify=_("Stödet för arbetssökande ska bekräftas. Kontrollen är avstängd till dess."),
    ),
    Ground(
        "security_protection",
        _("Säkerhetsskyddslagen (2018:585) 3 kap.; säkerhetsskyddsförordningen (2021:955) 5 kap."),
        _("Säkerhetsprövning"),
        date(2021, 12, 1),
        verify=_("Säkerhetsskyddschefen godkänner skriftligt även denna omfattning före driftsättning."),
    ),
)
