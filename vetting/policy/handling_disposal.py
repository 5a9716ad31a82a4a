"""The disposal room's tables and columns, as those of `handling_tables`."""

from __future__ import annotations

TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "disposal.lot": (
        "proof",
        {
            "internal": "id entry_id number authority_id row up_to decision listing digest count state proposed_on "
            "answered_on stopped_on reject_code carried_out_on disposed left",
            "personal": "proposed_by_id answered_by_id stopped_by_id",
        },
    ),
    "disposal.disposed": (
        "proof",
        {"internal": "id entry_id lot_id row recruitment_id candidacy_id disposed_on rows"},
    ),
    "disposal.due": ("short", {"internal": "id authority_id row count counted_on"}),
}
