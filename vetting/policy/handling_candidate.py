"""The tables of the candidate's own page, of the notes about her and of what she is searched by: table -> (retention,
class -> columns)."""

from __future__ import annotations

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "recruitment.blindindex": (
        "candidacy_not_engaged",
        {"blind": "digest bound", "internal": "id candidacy_id"},
    ),
    "recruitment.candidatelink": (
        "candidacy_not_engaged",
        {
            "blind": "digest",
            "internal": "id entry_id recruitment_id candidacy_id issued_on until opened_on ended_on end_code",
            "personal": "issued_by_id ended_by_id",
        },
    ),
    "recruitment.given": (
        "candidacy_not_engaged",
        {
            "sealed": "content",
            "internal": "id entry_id recruitment_id candidacy_id of_check_id link_id kind answer told_on given_at "
            "taken_in_on",
            "personal": "taken_in_by_id",
        },
    ),
    "recruitment.note": (
        "candidacy_not_engaged",
        {
            "sealed": "text",
            "internal": "id entry_id recruitment_id candidacy_id kind written_at corrects_id",
            "personal": "written_by_id",
        },
    ),
    "recruitment.nameindex": (
        "candidacy_not_engaged",
        {"blind": "digest called bound", "internal": "id candidacy_id"},
    ),
}
