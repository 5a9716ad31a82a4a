"""The Swedish label of every evidence field of the catalogue, for forms and print."""

from __future__ import annotations

from vetting.policy.text import _

_COMMON: dict[str, str] = {
    "access_closed_on": _("Behörigheter stängda"),
    "acknowledged_on": _("Kvitterad den"),
    "asked_on": _("Frågan ställd den"),
    "assessed_on": _("Bedömd den"),
    "candidate_heard_on": _("Kandidaten hörd den"),
    "case_number": _("Ärendenummer"),
    "checked_on": _("Kontrollerad den"),
    "compared_on": _("Jämförd den"),
    "condition": _("Villkor"),
    "consent_on": _("Samtycke den"),
    "contract": _("Avtalets beteckning"),
    "contract_on": _("Avtal lämnat den"),
    "copy_kept_at": _("Kopian förvaras"),
    "decided_by": _("Beslutad av (hänvisning)"),
    "decided_on": _("Beslutsdag"),
    "decision": _("Beslut (hänvisning)"),
    "decision_maker": _("Beslutsfattare"),
    "delegation_point": _("Punkt i delegationsordningen"),
    "document": _("Dokument (hänvisning)"),
    "document_type": _("Slag av handling"),
    "done_on": _("Gjord den"),
    "end_on": _("Slutdatum"),
    "exception_until": _("Undantaget gäller till och med"),
    "exemption": _("Undantag"),
    "final_on": _("Laga kraft"),
    "form": _("Form"),
    "given_on": _("Lämnad den"),
    "granted_on": _("Tilldelade den"),
    "handling": _("Hur det hanteras"),
    "held_on": _("Hållen den"),
    "id_type": _("Slag av id-handling"),
    "information_on": _("Skriftlig information lämnad den"),
    "keep_until": _("Förvaras till och med"),
    "kept_at": _("Förvaras i"),
    "last_notice_on": _("Sista dag för besked"),
    "level": _("Nivå"),
    "material_version": _("Materialets version"),
    "merit_comparison": _("Jämförelse mot kravprofilen (hänvisning)"),
    "minutes": _("Protokoll (hänvisning)"),
    "minutes_approved_on": _("Protokollet justerat"),
    "notice_on": _("Besked lämnat den"),
    "notified_on": _("Underrättad den"),
    "number": _("Antal referenser"),
    "permit_type": _("Slag av tillstånd"),
    "posted_on": _("Anslaget den"),
    "property_returned": _("Utrustning återlämnad"),
    "reason": _("Skäl"),
    "reasons": _("Skäl"),
    "received_on": _("Mottagen den"),
    "recent_manager": _("En av dem är en nyligen närmaste chef"),
    "reference": _("Hänvisning"),
    "reported_on": _("Anmäld den"),
    "secrecy_reminder": _("Påmind om tystnadsplikt"),
    "shown_on": _("Visades upp den"),
    "source": _("Källa"),
    "status": _("Läge"),
    "summary": _("Sammanfattning"),
    "taken_on": _("Tagna den"),
    "tax_agency_notified_on": _("Skatteverket underrättat den"),
    "text_version": _("Textens version"),
    "told_before_on": _("Kandidaten informerad den"),
    "union_told_on": _("Facket underrättat den"),
    "valid_until": _("Giltigt till och med"),
    "verified_on": _("Bekräftat den"),
    "verified_with": _("Bekräftat hos"),
}

#: Where the common label would say too little.
_PARTICULAR: dict[tuple[str, str], str] = {
    ("decision", "reported_on"): _("Anmäld till nämnden den"),
    ("secondary_job", "reported_on"): _("Bisysslan uppgiven den"),
    ("crim_hvb", "received_on"): _("Utdragen mottagna den"),
    ("candidate_coi", "received_on"): _("Försäkran mottagen den"),
    ("annual_declaration", "received_on"): _("Försäkran mottagen den"),
}


def field_label(check: str, field: str) -> str:
    """The label of a field of a check. Raises KeyError for a field without a label."""
    return _PARTICULAR.get((check, field)) or _COMMON[field]
