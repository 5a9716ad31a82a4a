"""Every table and column that is stored: table -> (retention, class -> columns)."""

from __future__ import annotations

from vetting.policy import (
    handling_access,
    handling_candidate,
    handling_disposal,
    handling_oversight,
    handling_reports,
)

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "accounts.account": (
        "account",
        {
            "internal": "id is_active must_change_password created_at",
            "personal": "person_id username email",
            "key": "password fingerprint factors",
            "open": "is_superuser",
        },
    ),
    "accounts.account_groups": ("account", {"internal": "id account_id group_id"}),
    "accounts.account_user_permissions": ("account", {"internal": "id account_id permission_id"}),
    "accounts.subjectbinding": (
        "account",
        {"internal": "id account_id issuer bound_at", "personal": "subject", "key": "fingerprint"},
    ),
    "accounts.person": (
        "account",
        {"internal": "id entry_id created_at", "personal": "display_name email is_protected line_manager_id"},
    ),
    "access.rolegrant": (
        "account",
        {
            "internal": "id entry_id role unit_id authority_id state valid_from valid_to reference decided_on "
            "ended_on reason answer_by review_cause reviewed_on",
            "personal": "person_id proposed_by_id confirmed_by_id ended_by_id reviewed_by_id",
        },
    ),
    "access.accountproposal": (
        "account",
        {
            "internal": "id entry_id kind account_id other_id state proposed_on answered_on",
            "personal": "person_id other_person_id proposed_by_id answered_by_id",
        },
    ),
    "access.delegation": (
        "account",
        {
            "internal": "id entry_id valid_from valid_to state created_on reason ended_on",
            "personal": "absent_id substitute_id created_by_id ended_by_id",
        },
    ),
    "figures.releasedcell": ("released", {"open": "id source year table code value classification"}),
    "audit.entry": (
        "log",
        {
            "log": "id event_id time tree action actor_person actor_account actor_role subject purpose once leaf "
            "leaf_hash position tag seal"
        },
    ),
    "audit.rowcommit": ("log", {"log": "entry_id index label row_id version commitment"}),
    "audit.blind": ("with_key", {"key": "commit_id blind"}),
    "audit.erased": ("log", {"log": "commit_id entry_id"}),
    "audit.tree": ("log", {"log": "name size frontier"}),
    "audit.checkpoint": ("log", {"log": "id tree size root time note frontier"}),
    "audit.anchor": ("log", {"log": "id checkpoint_id kind time"}),
    "crypto.casekey": ("with_key", {"key": "id kek_id wrapped created_at"}),
    "crypto.envelope": ("with_key", {"key": "id owner purpose holder lender tag until blob"}),
    "crypto.stray": ("short", {"internal": "id seen_on"}),
    "crypto.keyslot": ("account", {"key": "id key kind salt kek_id wrapped blob"}),
    "organisation.organisation": ("standing", {"open": "id entry_id name kind is_demonstration"}),
    "organisation.authority": (
        "standing",
        {
            "open": "id entry_id organisation_id name entity",
            "internal": "diary_prefix opinion_binds sample_percent switched_on is_control_function",
        },
    ),
    "organisation.unit": (
        "standing",
        {
            "open": "id entry_id authority_id parent_id successor_id name path profiles valid_from valid_to",
            "personal": "access_manager_id",
        },
    ),
    "organisation.serviceagreement": (
        "standing",
        {"open": "id entry_id function provider_id receiver_id reference valid_from valid_to"},
    ),
    "organisation.delegationpoint": (
        "standing",
        {
            "open": "id entry_id unit_id code forms leading_posts is_substitute valid_from valid_to",
            "personal": "delegate_id escalates_to_id",
        },
    ),
    "organisation.delegationproposal": (
        "standing",
        {
            "open": "id entry_id kind state point_id unit_id code forms leading_posts is_substitute valid_from "
            "valid_to section proposed_on answered_on",
            "personal": "delegate_id escalates_to_id proposed_by_id answered_by_id",
        },
    ),
    "organisation.agreementproposal": (
        "standing",
        {
            "open": "id entry_id kind state agreement_id function provider_id receiver_id valid_from valid_to section "
            "proposed_on answered_on answered_as_id authority_id is_earlier",
            "personal": "proposed_by_id answered_by_id",
        },
    ),
    "organisation.settingproposal": (
        "standing",
        {
            "open": "id entry_id authority_id setting before value state proposed_on answered_on",
            "internal": "reason",
            "personal": "proposed_by_id answered_by_id",
        },
    ),
    "organisation.treeproposal": (
        "standing",
        {
            "open": "id entry_id kind state unit_id authority_id seen proposed_on answered_on",
            "personal": "wanted proposed_by_id answered_by_id",
        },
    ),
    "organisation.position": (
        "role_risk",
        {
            "open": "id entry_id unit_id title profiles answers default_form is_designated_leading min_approvers "
            "retired_on",
            "internal": "risk_state risk_level risk_reference risk_reasons risk_decided_on",
            "personal": "risk_assessed_by_id risk_confirmed_by_id",
        },
    ),
    "recruitment.recruitment": (
        "case",
        {
            "open": "id entry_id reference position_id unit_id form places state planned_start engagement_days "
            "diary_number profiles level approvers answers catalogue_on created_on opened_on decided_on ended_on "
            "settled_places changed_at",
            "internal": "copied_from_id end_reason on_hold hold_reason hold_since legal_hold_since "
            "legal_hold_ground lift_proposed_on lift_reason lifted_on",
            "personal": "manager_id earlier_managers responsible_id lift_proposed_by_id lifted_by_id",
        },
    ),
    "recruitment.recusal": (
        "case",
        {
            "internal": "id entry_id recruitment_id state finalists_seen declared_on decided_on excluded_before_end "
            "by_match match had_part before_match match_answered_on match_lapsed_on changed_at",
            "personal": "person_id decided_by_id matched_by_id parties",
            "sealed": "interest decision_reason",
        },
    ),
    "recruitment.guestinvitation": (
        "case",
        {
            "internal": "id entry_id recruitment_id role_grant_id home because reason",
            "personal": "account_id",
        },
    ),
    "recruitment.breakglass": (
        "case",
        {
            "internal": "id entry_id recruitment_id role opened_at minutes ended_at reviewed_at result",
            "personal": "person_id account_id reviewed_by_id",
            "sealed": "reason",
        },
    ),
    "recruitment.ownchoices": ("account", {"internal": "id new_since mail", "personal": "person_id"}),
    "recruitment.savedview": (
        "account",
        {"internal": "id filters created_on", "personal": "person_id name"},
    ),
    "recruitment.managermail": ("account", {"internal": "id told_on digest", "personal": "person_id"}),
    "recruitment.candidacy": (
        "candidacy_not_engaged",
        {
            "sealed": "name contact number",
            "internal": "id entry_id recruitment_id label rank state number_kind is_protected alias kept_at answers "
            "known_person proceeded_on sampled draw draw_percent outcome end_reason created_on ended_on disposed_on "
            "changed_at",
            "personal": "handlers proceeded_by_id",
        },
    ),
    "recruitment.drawkey": (
        "sample",
        {"sealed": "secret", "internal": "id entry_id draw digest committed_on disclosed_on seed"},
    ),
    "recruitment.check": (
        "evidence_not_needed",
        {
            "sealed": "evidence assessment",
            "internal": "id entry_id recruitment_id candidacy_id belongs_to code ground documentation ground_from "
            "ground_to is_statutory state outcome evidence_on valid_until facts recorded_on reason deviated "
            "has_deviated told_on reply_by reply_code replied_on assessed_on together reused_from_id "
            "disposed_on changed_at",
            "personal": "recorded_by_id assessed_by_id",
        },
    ),
    "recruitment.opinion": (
        "security_opinion",
        {
            "sealed": "recommendation escalation_reason escalation_decision set_aside_reason",
            "internal": "id entry_id recruitment_id candidacy_id round state approvers second_because needs_guest "
            "binds basis requested_on planned_start concluded_on conditions valid_until escalation_on "
            "escalation_section set_aside_on disposed_on changed_at",
            "personal": "preparer_id manager_id escalated_to_id escalation_by_id escalation_barred set_aside_by_id",
        },
    ),
    "recruitment.vote": (
        "security_opinion",
        {
            "sealed": "ballot",
            "internal": "id entry_id recruitment_id opinion_id candidacy_id slot state given_on needs_guest is_guest",
            "personal": "person_id account_id preparer_id manager_id barred",
        },
    ),
    "recruitment.votesignature": (
        "security_opinion",
        {
            "internal": "id entry_id recruitment_id opinion_id candidacy_id vote_id how text batch place "
            "key_fingerprint credential_id public_key client_data authenticator_data signature",
            "personal": "person_id account_id key_name",
        },
    ),
    "recruitment.decision": (
        "candidacy_engaged",
        {
            "open": "id entry_id recruitment_id candidacy_id maker delegation_point_id section case_number "
            "merit_reference opinion_id decided_on reported_on minutes_approved_on posted_on final_on",
            "personal": "decided_by_id recorded_by_id barred",
        },
    ),
    "recruitment.engagement": (
        "employment_follow_up",
        {
            "internal": "id entry_id recruitment_id candidacy_id form state answers planned_start planned_end "
            "started_on ended_on renewals"
        },
    ),
    "recruitment.endedfeed": ("standing", {"blind": "digest", "internal": "id made_on taken_at rows begun"}),
    "recruitment.waiver": (
        "candidacy_not_engaged",
        {
            "sealed": "reason",
            "internal": "id entry_id recruitment_id candidacy_id of_check_id code ground documentation is_statutory "
            "state until deferred reason_code proposed_on confirmed_on rejected_on reject_code ended_on changed_at",
            "personal": "proposed_by_id barred confirmed_by_id rejected_by_id",
        },
    ),
    "recruitment.poolclearance": (
        "pool_clearance",
        {
            "internal": "id entry_id reference recruitment_id candidacy_id decision_id unit_id profile state "
            "granted_on renewed_on until first_to_lapse parts revoked_on revoke_code "
            "disposed_on changed_at",
            "personal": "granted_by_id revoked_by_id",
        },
    ),
    "recruitment.poolholder": (
        "pool_clearance",
        {"blind": "digest", "internal": "id clearance_id unit_id profile"},
    ),
    "recruitment.round": (
        "candidacy_not_engaged",
        {
            "blind": "digest",
            "internal": "id entry_id recruitment_id first count added_on undone_on",
            "personal": "added_by_id undone_by_id",
        },
    ),
    "recruitment.roundperson": (
        "candidacy_not_engaged",
        {"blind": "digest", "internal": "id candidacy_id round_id"},
    ),
    "recruitment.keytodestroy": ("candidacy_not_engaged", {"internal": "id entering_since"}),
    "recruitment.poolbooker": (
        "account",
        {
            "internal": "id entry_id unit_id valid_from valid_to ended_on",
            "personal": "person_id given_by_id ended_by_id",
        },
    ),
    **handling_access.TABLES,
    **handling_candidate.TABLES,
    **handling_disposal.TABLES,
    **handling_oversight.TABLES,
    **handling_reports.TABLES,
}
