"""How long each kind of record is kept: proposals for the municipality's document plan.

Nothing is disposed of without a disposal decision (arkivlagen 10 §).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from vetting.policy.text import _

PRESERVE: Final = "preserve"
UNTIL_RELEASED: Final = "until_released"


@dataclass(frozen=True, slots=True)
class Retention:
    """A kind of record. ``term``: months from ``starts_at``, or preserved, or until the hold ends."""

    code: str
    name: str
    term: int | Literal["preserve", "until_released"]
    starts_at: str
    ground: str
    note: str = ""


_DECLARED = (
    Retention(
        "candidacy_not_engaged",
        _("Slutkandidat som inte anställs eller anlitas"),
        24,
        "decision_final",
        "claims",
        _(
            "Räknas från den sista av datumen för anmälan, justering, anslag och laga kraft; "
            "från beslutsdagen där laglighetsprövning inte gäller."
        ),
    ),
    Retention(
        "candidacy_withdrawn",
        _("Slutkandidat som tagit tillbaka sin ansökan"),
        24,
        "decision_final",
        "claims",
        _("Samma frist som för övriga; neutral anledning ur lista."),
    ),
    Retention(
        "recruitment_cancelled",
        _("Avbruten rekrytering"),
        24,
        "recruitment_cancelled",
        "claims",
        _("Handlingarna behålls; sökande underrättas."),
    ),
    Retention(
        "candidacy_engaged",
        _("Den som anställts eller anlitats"),
        PRESERVE,
        "decision_final",
        "archives",
        _("Beslut och sammanställning förs till personalakten enligt dokumenthanteringsplanen."),
    ),
    Retention(
        "evidence_not_needed",
        _("Arbetsuppgifter i kontroller som inte behövs efter beslutet"),
        0,
        "decided",
        "archives",
        _("Kräver gallringsbeslut för kortlivade uppgifter."),
    ),
    Retention(
        "references_summary",
        _("Referensanteckningar"),
        24,
        "decision_final",
        "claims",
        _("Normalt offentliga; referenten ska ha fått veta det."),
    ),
    Retention(
        "shown_note_engaged",
        _("Anteckning om visat utdrag, personen anställd"),
        24,
        "engagement_ended",
        "archives",
        _("Behövs för återanställning och tillsyn; jurist bekräftar fristen."),
    ),
    Retention(
        "shown_note_not_engaged",
        _("Anteckning om visat utdrag, personen inte anställd"),
        0,
        "decided",
        "archives",
        _("Tas bort ur vyn och visas aldrig bredvid utfallet; jurist bekräftar gallringen."),
    ),
    Retention(
        "residential_extract_copy",
        _("Utdrag eller kopia för boende som tar emot barn"),
        24,
        "engagement_started",
        "extract_residential",
        _("Förvaras utanför systemet; minst två år från start, därefter enligt gallringsbeslut."),
    ),
    Retention(
        "work_permit_copy",
        _("Kopia av arbetstillstånd"),
        12,
        "engagement_ended",
        "work_permit",
        _("Förvaras utanför systemet under anställningen och minst tolv månader därefter."),
    ),
    Retention(
        "notice_text", _("Annons och information till sökande"), PRESERVE, "recruitment_opened", "archives"
    ),
    Retention(
        "role_risk",
        _("Riskbedömning av befattning"),
        24,
        "role_risk_replaced",
        "archives",
        _("Bevaras medan den gäller och tills rekryteringar som stött sig på den är gallrade."),
    ),
    Retention(
        "security_opinion",
        _("Säkerhetsyttrande och skäl"),
        24,
        "decision_final",
        "archives",
        _("Skälen är förseglade för funktionen, kandidaten och beslutande organ."),
    ),
    Retention(
        "security_status",
        _("Status för säkerhetsprövning"),
        24,
        "engagement_ended",
        "archives",
        _("Endast status, datum och hänvisning; säkerhetsskyddschefen bekräftar fristen."),
    ),
    Retention(
        "employment_follow_up",
        _("Uppföljning under anställning"),
        24,
        "engagement_ended",
        "archives",
        _("Försäkringar, utbildning, behörighetsgenomgång och avslut."),
    ),
    Retention(
        "superseded_declaration",
        _("Ersatt årlig försäkran"),
        12,
        "declaration_replaced",
        "archives",
        _("Bara den senaste behövs."),
    ),
    Retention("pool_clearance", _("Klar för pool"), 12, "pool_clearance_ended", "archives"),
    Retention(
        "protected_identity_mark",
        _("Alias och kontrollstatus för person med skyddade personuppgifter"),
        24,
        "decision_final",
        "claims",
        _(
            "Tas bort tidigare när personen begär det och lagen medger; det som sparats före "
            "markeringen förstörs genast."
        ),
    ),
    Retention(
        "legal_hold",
        _("Gallringsstopp vid anspråk eller tillsyn"),
        UNTIL_RELEASED,
        "claim_received",
        "claims",
        _("Stoppar gallring för alla slutkandidater i rekryteringen tills ansvarig häver stoppet."),
    ),
)

RETENTION: dict[str, Retention] = {row.code: row for row in _DECLARED}
