"""Who is let in to a recruitment, as the tables of `handling_tables`: what is kept for the lists goes with it."""

from __future__ import annotations

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "recruitment.recruitmentgrant": (
        "case",
        {
            "internal": "id entry_id permission_id content_object_id since reason answer_by review_cause "
            "reviewed_on until",
            "personal": "user_id granted_by_id",
        },
    ),
    "recruitment.listedgrant": (
        "case",
        {
            "internal": "source permission recruitment answer_by until created_on reference state unit",
            "personal": "account",
        },
    ),
}
