"""Neutral reasons to choose from in the handling of reports, keys and circles."""

from __future__ import annotations

from vetting.policy.text import _

Reasons = dict[str, str]

REPORT_CLOSED: Reasons = {
    "measures_done": _("Åtgärderna är klara"),
    "no_influence": _("Händelsen var inte otillåten påverkan"),
    "other_channel": _("Hanteras i annan ordning"),
    "no_contact": _("Det går inte att komma längre utan kontakt"),
}
REPORT_NOT_CLOSED: Reasons = {
    "measures_left": _("Åtgärder återstår"),
    "feedback_thin": _("Återkopplingen räcker inte"),
    "lessons_missing": _("Lärdomarna saknas"),
}
REPORT_REOPENED: Reasons = {
    "new_facts": _("Nya uppgifter"),
    "happened_again": _("Det har hänt igen"),
    "closed_by_mistake": _("Avslutades av misstag"),
}
REPORT_RELEASED: Reasons = {
    "not_classified": _("Uppgifterna är inte säkerhetsskyddsklassificerade"),
    "removed": _("Uppgifterna är borttagna"),
}
REPORT_NOT_DISPOSED: Reasons = {
    "still_needed": _("Uppgifterna behövs fortfarande"),
    "to_be_archived": _("Ska bevaras"),
    "too_early": _("Fristen har inte gått ut"),
}
REPORT_HOLD: Reasons = {
    "police": _("Förundersökning pågår"),
    "court": _("Mål i domstol"),
    "supervision": _("Tillsynsärende pågår"),
    "record_request": _("Begäran om handlingar prövas"),
    "reprisal": _("Fråga om repressalier pågår"),
}
IDENTITY_GROUND: Reasons = {
    "protection": _("Personen behöver skydd"),
    "contact": _("Personen behöver nås"),
    "measure": _("En åtgärd kan inte göras utan namnet"),
    "law": _("Lagen kräver det"),
}
IDENTITY_REJECTED: Reasons = {
    "not_needed": _("Namnet behövs inte"),
    "ask_reporter": _("Fråga personen först"),
    "wrong_asker": _("Någon annan bör göra det"),
}
CIRCLE_PROPOSED: Reasons = {
    "absence": _("Frånvaro"),
    "competence": _("Särskild kunskap behövs"),
    "workload": _("Fördelning av arbete"),
    "left": _("Någon har lämnat kretsen"),
}
CIRCLE_REJECTED: Reasons = {
    "not_needed": _("Behövs inte"),
    "conflict": _("Personen kan beröras av anmälan"),
    "wrong_person": _("Fel person"),
}
KEY_REVOKED: Reasons = {
    "exposed": _("Nyckeln kan vara röjd"),
    "left": _("Innehavaren har slutat eller bytt uppgifter"),
    "lost": _("Nyckeln går inte att återskapa"),
    "replaced": _("Nyckeln är utbytt mot en ny"),
}
TRANSFER_GROUND: Reasons = {
    "consent": _("Den som anmält samtycker"),
    "duty_to_pass_on": _("Lagen kräver att uppgifterna lämnas vidare (2021:890, 5 kap. 10 §)"),
}
POLICE_GROUND: Reasons = {
    "duty_to_inform": _("Skyldighet att lämna uppgifter (lag 2025:170)"),
    "consent": _("Den som anmält samtycker"),
    "request": _("Polisen har begärt uppgifterna"),
}

#: As `reasons.TRANSITION_REASONS`, for the machines of reports.
TRANSITION_REASONS: dict[tuple[str, str], Reasons] = {
    ("report", "propose_close"): REPORT_CLOSED,
    ("report", "reject_close"): REPORT_NOT_CLOSED,
    ("report", "reopen"): REPORT_REOPENED,
    ("report", "release"): REPORT_RELEASED,
    ("report", "reject_disposal"): REPORT_NOT_DISPOSED,
    ("report", "reject_disposal_set_apart"): REPORT_NOT_DISPOSED,
    ("report", "reject_disposal_moved"): REPORT_NOT_DISPOSED,
    ("identity_reveal", "reject"): IDENTITY_REJECTED,
    ("circle", "propose"): CIRCLE_PROPOSED,
    ("circle", "reject"): CIRCLE_REJECTED,
    ("recipient_key", "revoke"): KEY_REVOKED,
}
ALL: dict[str, Reasons] = {
    "report_closed": REPORT_CLOSED,
    "report_not_closed": REPORT_NOT_CLOSED,
    "report_reopened": REPORT_REOPENED,
    "report_released": REPORT_RELEASED,
    "report_not_disposed": REPORT_NOT_DISPOSED,
    "report_hold": REPORT_HOLD,
    "identity_ground": IDENTITY_GROUND,
    "identity_rejected": IDENTITY_REJECTED,
    "circle_proposed": CIRCLE_PROPOSED,
    "circle_rejected": CIRCLE_REJECTED,
    "key_revoked": KEY_REVOKED,
    "transfer_ground": TRANSFER_GROUND,
    "police_ground": POLICE_GROUND,
}
