"""The oversight room's tables and columns, as those of `handling_tables`."""

from __future__ import annotations

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "oversight.alert": (
        "alert",
        {
            "sealed": "findings closing",
            "internal": "id entry_id number rule state raised_at closed_at",
            "personal": "auditor_id closed_by_id",
        },
    ),
    "oversight.sample": (
        "sample",
        {
            "internal": "id entry_id number authority_id first last size draw_key_id seed population "
            "population_digest drawn_on state changed_at",
            "personal": "drawn_by_id reviewer_id",
        },
    ),
    "oversight.sampled": (
        "sample",
        {
            "sealed": "note",
            "internal": "id entry_id sample_id recruitment_id place ticket result reviewed_on",
            "personal": "reviewed_by_id barred",
        },
    ),
    "oversight.watch": ("short", {"internal": "id rule tree position"}),
    "oversight.staffnumber": ("account", {"blind": "digest", "internal": "id", "personal": "person_id"}),
}
