"""The outcomes of each check. Nothing means failed: what needs thought is *att bedöma*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vetting.policy.text import _

Means = Literal["done", "to_assess", "waiting", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome: the word shown, and what it means for the progress of the check."""

    label: str
    means: Means


def _done(label: str) -> Outcome:
    return Outcome(label, "done")


def _waiting(label: str) -> Outcome:
    return Outcome(label, "waiting")


def _not_applicable(label: str) -> Outcome:
    return Outcome(label, "not_applicable")


_TO_ASSESS = Outcome(_("Att bedöma"), "to_assess")

#: check code -> outcome code -> outcome
OUTCOMES: dict[str, dict[str, Outcome]] = {
    "role_risk": {"assessed": _done(_("Bedömd och beslutad"))},
    "notice": {"given": _done(_("Informationen är lämnad"))},
    "redeployment": {
        "none_suitable": _done(_("Ingen omplacering aktuell")),
        "offered_accepted": _done(_("Erbjuden och tackat ja")),
        "offered_declined": _done(_("Erbjuden och tackat nej")),
        "offered": _waiting(_("Erbjudande lämnat, svar väntas")),
    },
    "priority_right": {
        "none": _done(_("Ingen med företrädesrätt")),
        "offered_accepted": _done(_("Erbjuden och tackat ja")),
        "offered_declined": _done(_("Erbjuden och tackat nej")),
        "offered": _waiting(_("Erbjudande lämnat, svar väntas")),
    },
    "priority_right_recheck": {
        "none": _done(_("Ingen med företrädesrätt")),
        "offered_accepted": _done(_("Erbjuden och tackat ja")),
        "offered_declined": _done(_("Erbjuden och tackat nej")),
        "offered": _waiting(_("Erbjudande lämnat, svar väntas")),
    },
    "union": {
        "called": _waiting(_("Kallad, möte väntas")),
        "agreed": _done(_("Avslutad i enighet")),
        "disagreed": _done(_("Avslutad i oenighet")),
    },
    "union_information": {"informed": _done(_("Information lämnad"))},
    "union_hiring_in": {
        "called": _waiting(_("Kallad, möte väntas")),
        "negotiated": _done(_("Förhandlingen avslutad")),
        "exempt": _not_applicable(_("Behövs inte – undantag eller avtal")),
    },
    "recruiter_coi": {
        "not_participating": _done(_("Deltar inte")),
        "participates": _done(_("Deltar – saknar betydelse")),
    },
    "merit": {"compared": _done(_("Jämförelsen är gjord"))},
    "id_check": {"confirmed": _done(_("Giltig id-handling kontrollerad")), "to_assess": _TO_ASSESS},
    "population_register": {"matches": _done(_("Uppgifterna stämmer")), "to_assess": _TO_ASSESS},
    "education": {"verified": _done(_("Bekräftat hos utfärdaren")), "to_assess": _TO_ASSESS},
    "license_hosp": {"licensed": _done(_("Legitimation finns")), "to_assess": _TO_ASSESS},
    "license_teacher": {
        "licensed": _done(_("Legitimation finns")),
        "time_limited": _done(_("Undantag – tidsbegränsad anställning")),
        "to_assess": _TO_ASSESS,
    },
    "cv_gaps": {"explained": _done(_("Förklarat")), "to_assess": _TO_ASSESS},
    "references": {
        "taken": _done(_("Referenser tagna")),
        "known_person": _not_applicable(_("Behövs inte – känd i verksamheten")),
        "to_assess": _TO_ASSESS,
    },
    "candidate_coi": {
        "nothing_declared": _done(_("Inget att anmäla")),
        "managed": _done(_("Anmält och hanterat")),
        "to_assess": _TO_ASSESS,
    },
    "company_roles": {"no_conflict": _done(_("Ingen konflikt med befattningen")), "to_assess": _TO_ASSESS},
    "credit": {"no_obstacle": _done(_("Inget hinder för befattningen")), "to_assess": _TO_ASSESS},
    "open_sources": {
        "nothing_relevant": _done(_("Inget av betydelse för befattningen")),
        "to_assess": _TO_ASSESS,
    },
    "drug_test": {
        "no_obstacle": _done(_("Genomfört – inget hinder enligt företagshälsovården")),
        "booked": _waiting(_("Bokat, svar väntas")),
        "to_assess": _TO_ASSESS,
    },
    "crim_school": {"shown": _done(_("Utdraget har visats upp"))},
    "crim_hvb": {
        "handed_in": _done(_("Utdragen lämnade, förvaras utanför systemet")),
        "fetched": _done(_("Inhämtade av arbetsgivaren, förvaras utanför systemet")),
    },
    "crim_lss_child": {"shown": _done(_("Utdraget har visats upp"))},
    "crim_child_other": {"shown": _done(_("Utdraget har visats upp"))},
    "crim_home_care": {"shown": _done(_("Utdraget har visats upp"))},
    "crim_leading": {"shown": _done(_("Utdraget har visats upp"))},
    "security_vetting": {
        "not_requested": _waiting(_("Inte begärd")),
        "in_progress": _waiting(_("Pågår")),
        "done": _done(_("Klar")),
    },
    "sec_basic_inquiry": {"in_progress": _waiting(_("Pågår")), "done": _done(_("Klar"))},
    "sec_register_control": {"in_progress": _waiting(_("Pågår")), "done": _done(_("Klar"))},
    "sec_personal_inquiry": {"in_progress": _waiting(_("Pågår")), "done": _done(_("Klar"))},
    "sec_citizenship": {"fulfilled": _done(_("Uppfyllt"))},
    "sec_follow_up": {"done": _done(_("Genomförd"))},
    "sec_deregistration": {"done": _done(_("Avanmäld"))},
    "security_opinion": {
        "supported": _done(_("Tillstyrks")),
        "supported_conditions": _done(_("Tillstyrks med villkor")),
        "returned": _waiting(_("Återlämnat för komplettering")),
        "advised_against": Outcome(_("Avstyrks"), "to_assess"),
    },
    "decision": {"decided": _done(_("Beslut fattat"))},
    "work_right": {
        "permit_valid": _done(_("Giltigt tillstånd kontrollerat")),
        "awaiting": _waiting(_("Väntar på handling")),
    },
    "secrecy_notice": {"acknowledged": _done(_("Information lämnad och kvitterad"))},
    "terms": {"given": _done(_("Avtal och information lämnade"))},
    "secondary_job": {
        "no_obstacle": _done(_("Inget hinder")),
        "adjusted": _done(_("Anpassad eller avslutad")),
        "prohibited": _done(_("Förbjuden genom beslut")),
        "to_assess": _TO_ASSESS,
    },
    "access_grant": {"granted": _done(_("Tilldelade efter behov"))},
    "intro_influence": {"done": _done(_("Genomförd"))},
    "annual_declaration": {
        "nothing_declared": _done(_("Inget att anmäla")),
        "managed": _done(_("Anmält och hanterat")),
        "to_assess": _TO_ASSESS,
    },
    "trial": {
        "continues": _done(_("Övergår i tillsvidareanställning")),
        "ends": _done(_("Besked om avslut lämnat")),
    },
    "fixed_term_notice": {"notified": _done(_("Underrättat"))},
    "exit": {"done": _done(_("Avslutat"))},
}
