"""What the timeline tells of a changed column, *old → new*: its words, and how a value becomes words.

Every column of a recruitment's tables is either here or in ``SILENT``. What is sealed is told as changed and never
opened. ``is_content`` marks what belongs to the vetting itself: told as changed to whoever oversees without reading
cases. Votes, the number of approvers and the draw say nothing, so that two who vote stay blind to each other; nor does
anything of a protected identity, and of the inner part of protective security there is no column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vetting.policy.text import _

Kind = Literal[
    "state", "day", "number", "text", "yes_no", "person", "form", "profiles", "reason", "outcome", "answers",
    "evidence", "conditions", "sealed", "changed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One column. ``machine`` names the state machine of a state."""

    label: str
    kind: Kind
    is_content: bool = False
    machine: str = ""


_STATE = _("Läge")
_FIRST_DAY = _("Planerad start")

COLUMNS_TOLD: dict[str, dict[str, Told]] = {
    "recruitment.recruitment": {
        "state": Told(_STATE, "state", machine="recruitment"),
        "form": Told(_("Anställningsform"), "form"),
        "places": Told(_("Antal platser"), "number"),
        "settled_places": Told(_("Platser som inte tillsätts"), "number"),
        "manager_id": Told(_("Ansvarig chef"), "person"),
        "responsible_id": Told(_("Ansvarig handläggare"), "person"),
        "planned_start": Told(_FIRST_DAY, "day"),
        "engagement_days": Told(_("Anställningens längd i dagar"), "number"),
        "diary_number": Told(_("Diarienummer"), "text"),
        "profiles": Told(_("Kontrollprofil"), "profiles"),
        "level": Told(_("Kontrollnivå"), "number"),
        "answers": Told(_("Svar på frågor"), "answers", is_content=True),
        "on_hold": Told(_("Pausad"), "yes_no"),
        "legal_hold_since": Told(_("Gallringsstopp från"), "day"),
        "legal_hold_ground": Told(_("Skäl för gallringsstopp"), "reason"),
        "lifted_on": Told(_("Gallringsstoppet hävt"), "day"),
    },
    "recruitment.candidacy": {
        "state": Told(_STATE, "state", machine="candidacy"),
        "rank": Told(_("Ordning"), "number"),
        "name": Told(_("Namn"), "sealed"),
        "contact": Told(_("Kontaktuppgifter"), "sealed"),
        "number": Told(_("Nummer"), "sealed"),
        "answers": Told(_("Svar på frågor"), "answers", is_content=True),
        "proceeded_on": Told(_("Gick vidare till slutkontroll"), "day"),
    },
    "recruitment.check": {
        "state": Told(_STATE, "state", machine="check"),
        "outcome": Told(_("Resultat"), "outcome", is_content=True),
        "evidence_on": Told(_("Uppgiften avser"), "day", is_content=True),
        "valid_until": Told(_("Giltigt till och med"), "day", is_content=True),
        "facts": Told(_("Underlag"), "evidence", is_content=True),
        "evidence": Told(_("Uppgifter"), "sealed"),
        "assessment": Told(_("Bedömning"), "sealed"),
        "told_on": Told(_("Kandidaten informerad"), "day"),
        "reply_by": Told(_("Svar senast"), "day"),
        "replied_on": Told(_("Svar"), "day"),
    },
    "recruitment.opinion": {
        "state": Told(_STATE, "state", machine="opinion"),
        "recommendation": Told(_("Rekommendation"), "sealed"),
        "conditions": Told(_("Villkor"), "conditions", is_content=True),
        "valid_until": Told(_("Gäller till och med"), "day"),
        "planned_start": Told(_FIRST_DAY, "day"),
        "escalated_to_id": Told(_("Lyft till"), "person"),
        "escalation_reason": Told(_("Skäl att lyfta"), "sealed"),
        "escalation_decision": Told(_("Skäl efter lyft"), "sealed"),
        "set_aside_reason": Told(_("Skäl att besluta mot yttrandet"), "sealed"),
    },
    "recruitment.decision": {
        "reported_on": Told(_("Anmäld till nämnden"), "day"),
        "minutes_approved_on": Told(_("Protokollet justerat"), "day"),
        "posted_on": Told(_("Anslaget"), "day"),
        "final_on": Told(_("Laga kraft"), "day"),
    },
    "recruitment.engagement": {
        "state": Told(_STATE, "state", machine="engagement"),
        "planned_start": Told(_FIRST_DAY, "day"),
        "planned_end": Told(_("Planerat slut"), "day"),
        "started_on": Told(_("Första dag"), "day"),
        "ended_on": Told(_("Sista dag"), "day"),
        "answers": Told(_("Svar på frågor"), "answers", is_content=True),
        "renewals": Told(_("Förnyelser"), "changed"),
    },
    "recruitment.waiver": {
        "state": Told(_STATE, "state", machine="waiver"),
        "reason": Told(_("Skäl"), "sealed"),
    },
    "recruitment.note": {
        "text": Told(_("Anteckning"), "sealed"),
    },
    "recruitment.poolclearance": {
        "until": Told(_("Klar för pool till och med"), "day"),
    },
    "recruitment.recusal": {
        "state": Told(_STATE, "state", machine="recusal"),
        "interest": Told(_("Anmält förhållande"), "sealed"),
        "decision_reason": Told(_("Skäl"), "sealed"),
    },
}

SILENT: dict[str, str] = {
    "recruitment.recruitment": "id entry_id reference position_id unit_id copied_from_id approvers earlier_managers "
    "catalogue_on created_on opened_on decided_on ended_on end_reason hold_reason hold_since lift_proposed_by_id "
    "lift_proposed_on lift_reason lifted_by_id changed_at",
    "recruitment.candidacy": "id entry_id recruitment_id label number_kind is_protected alias kept_at handlers "
    "known_person proceeded_by_id sampled draw draw_percent outcome end_reason created_on ended_on disposed_on "
    "changed_at",
    "recruitment.check": "id entry_id recruitment_id candidacy_id belongs_to code ground documentation ground_from "
    "ground_to is_statutory recorded_by_id recorded_on reason deviated has_deviated reply_code assessed_on "
    "assessed_by_id together reused_from_id disposed_on changed_at",
    "recruitment.opinion": "id entry_id recruitment_id candidacy_id round preparer_id manager_id approvers "
    "second_because needs_guest binds basis requested_on concluded_on escalation_by_id escalation_on "
    "escalation_section escalation_barred set_aside_by_id set_aside_on disposed_on changed_at",
    "recruitment.decision": "id entry_id recruitment_id candidacy_id maker decided_by_id recorded_by_id "
    "delegation_point_id section case_number merit_reference opinion_id decided_on barred",
    "recruitment.engagement": "id entry_id recruitment_id candidacy_id form",
    "recruitment.waiver": "id entry_id recruitment_id candidacy_id of_check_id code ground documentation is_statutory "
    "until deferred reason_code proposed_by_id proposed_on barred confirmed_by_id confirmed_on rejected_by_id "
    "rejected_on reject_code ended_on changed_at",
    "recruitment.note": "id entry_id recruitment_id candidacy_id kind written_by_id written_at corrects_id",
    "recruitment.poolclearance": "id entry_id reference recruitment_id candidacy_id decision_id unit_id profile state "
    "granted_on granted_by_id renewed_on first_to_lapse parts revoked_on revoked_by_id revoke_code "
    "disposed_on changed_at",
    "recruitment.round": "id entry_id recruitment_id digest first count added_on added_by_id undone_on undone_by_id",
    "recruitment.recusal": "id entry_id recruitment_id person_id finalists_seen declared_on decided_by_id decided_on "
    "excluded_before_end by_match match matched_by_id had_part before_match match_answered_on match_lapsed_on "
    "parties changed_at",
}
"""Columns that the entry's own sentence tells, that never change, or that must not be told."""
