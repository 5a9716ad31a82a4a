"""The tables of the reports, as in `handling_tables`: nothing in the clear says what happened or who reported."""

from __future__ import annotations

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "reports.report": (
        "report",
        {
            "internal": "id entry_id reference channel directory mode way two_persons state received_on acknowledge_by "
            "acknowledged_on feedback_by feedback_on followed_up_on closed_on hold_ground hold_on hold_review_on "
            "diary_number moving_ground moved_on",
            "personal": "owner_id proposer_id setter_id hold_by_id moving_by_id",
            "sealed": "facts contact other_person consents successor",
        },
    ),
    "reports.member": (
        "report",
        {
            "internal": "id entry_id report_id key_id role number state since ended_on reason",
            "personal": "person_id proposed_by_id confirmed_by_id",
        },
    ),
    "reports.message": (
        "report",
        {
            "internal": "id entry_id report_id number sender kind day",
            "personal": "author_id",
            "sealed": "body",
        },
    ),
    "reports.file": (
        "report",
        {"internal": "id entry_id report_id number kind scan day weight digest", "sealed": "told"},
    ),
    "reports.filepart": ("report", {"internal": "id file_id which number", "sealed": "blob"}),
    "reports.record": (
        "report",
        {"internal": "id entry_id report_id kind day", "personal": "author_id", "sealed": "content"},
    ),
    "reports.measure": (
        "report",
        {
            "internal": "id entry_id report_id due_on done_on",
            "personal": "responsible_id done_by_id",
            "sealed": "what",
        },
    ),
    "reports.identity": (
        "report",
        {"internal": "id entry_id report_id given_on withdrawn_on", "sealed": "who"},
    ),
    "reports.identityreveal": (
        "report",
        {
            "internal": "id entry_id report_id identity_id state ground asked_on answered_on until",
            "personal": "asker_id answered_by_id",
            "sealed": "reason",
        },
    ),
    "reports.policedisclosure": (
        "report",
        {
            "internal": "id entry_id report_id state ground prepared_on answered_on",
            "personal": "prepared_by_id answered_by_id",
            "sealed": "content reason given",
        },
    ),
    "reports.recipientkey": (
        "account",
        {
            "internal": "id entry_id directory public state created_on certificate signature valid_from valid_to "
            "certified_on revoked_on reason recovery",
            "personal": "person_id certified_by_id revoked_by_id",
        },
    ),
    "reports.keyshare": (
        "account",
        {"internal": "id entry_id key_id number given_on", "personal": "holder_id"},
    ),
    "reports.dutyshift": (
        "account",
        {"internal": "id entry_id directory starts_at ends_at handed_over", "personal": "person_id"},
    ),
    "reports.alarm": (
        "short",
        {"internal": "id directory sent_at told", "personal": "person_id circle tried"},
    ),
    "reports.dutycontact": (
        "account",
        {"internal": "id entry_id", "personal": "person_id mail phone"},
    ),
    "reports.mailhour": ("short", {"internal": "slot"}),
    "reports.notice": (
        "short",
        {
            "internal": "id kind way group slot due_at tries taken_until sent_at",
            "personal": "person_id",
        },
    ),
}
