"""The options of every ``choice`` field of a check: (check, field) -> code -> label."""

from __future__ import annotations

from vetting.policy.text import _

CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("role_risk", "level"): {
        "1": _("Nivå 1 – grund"),
        "2": _("Nivå 2 – särskilda krav"),
        "3": _("Nivå 3 – känslig"),
        "4": _("Nivå 4 – mycket känslig"),
    },
    ("union", "form"): {
        "negotiation": _("Förhandling"),
        "cooperation": _("Samverkan"),
        "information": _("Information"),
    },
    ("union_information", "form"): {
        "negotiation": _("Förhandling"),
        "cooperation": _("Samverkan"),
        "information": _("Information"),
    },
    ("union_hiring_in", "exemption"): {
        "short_term": _("Kortvarigt arbete"),
        "expertise": _("Särskild sakkunskap"),
        "agreement": _("Kollektivavtal"),
        "no_exemption": _("Inget undantag"),
    },
    ("recruiter_coi", "reason"): {
        "clear_conflict": _("Anknytningen är sådan att personen lämnar"),
        "distant": _("Avlägsen eller gammal anknytning"),
        "no_influence": _("Personen kan inte påverka valet"),
        "see_decision": _("Annat, se beslutet"),
    },
    ("id_check", "id_type"): {
        "passport": _("Pass"),
        "national_id": _("Nationellt id-kort"),
        "driving_licence": _("Körkort"),
        "id_card": _("Annat godkänt id-kort"),
    },
    ("education", "document_type"): {"degree": _("Examen"), "certificate": _("Certifikat eller intyg")},
    ("education", "verified_with"): {
        "issuer": _("Utfärdaren"),
        "national_database": _("Nationell databas"),
        "recognition_authority": _("Myndighet som bedömer utländsk utbildning"),
    },
    ("license_teacher", "status"): {
        "licensed_subject": _("Legitimation för ämnet eller formen"),
        "licensed_other": _("Legitimation för annat ämne eller annan form"),
        "exception": _("Undantag enligt skollagen"),
    },
    ("references", "number"): {
        "none_needed": _("Ingen"),
        "one": _("En"),
        "two": _("Två"),
        "three_or_more": _("Tre eller fler"),
    },
    ("candidate_coi", "handling"): {
        "nothing": _("Inget att hantera"),
        "recusal": _("Avstår i vissa ärenden"),
        "ended": _("Uppdraget avslutas"),
        "other_duties": _("Andra arbetsuppgifter"),
    },
    ("annual_declaration", "handling"): {
        "nothing": _("Inget att hantera"),
        "recusal": _("Avstår i vissa ärenden"),
        "ended": _("Uppdraget avslutas"),
        "other_duties": _("Andra arbetsuppgifter"),
    },
    ("company_roles", "source"): {
        "companies_office": _("Bolagsverket"),
        "declaration": _("Kandidatens försäkran"),
    },
    ("security_opinion", "condition"): {
        "no_condition": _("Inget villkor"),
        "limited_access": _("Begränsad behörighet"),
        "two_persons": _("Beslut tillsammans med annan"),
        "follow_up": _("Uppföljning på bestämd dag"),
        "other": _("Annat, se skäl"),
    },
    ("decision", "decision_maker"): {
        "delegate": _("Delegat"),
        "committee": _("Nämnd"),
        "executive_board": _("Kommunstyrelsen"),
        "council": _("Kommunfullmäktige"),
        "company": _("Behörig företrädare för bolag"),
    },
    ("work_right", "permit_type"): {
        "work_permit": _("Arbetstillstånd"),
        "residence_permit": _("Uppehållstillstånd som ger rätt att arbeta"),
        "exempt_permit": _("Undantag från kravet på arbetstillstånd"),
    },
}
