"""The thirty classes of tampering: what is done, by SQL and on bundles, as data. The campaign runs each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.audit.tampering import bundle_files, bundle_log, bundle_rows, sql_log, sql_rows
from tests.audit.tampering.forger import Change
from tests.audit.tampering.scene import Hands, Told


@dataclass(frozen=True)
class Tampering:
    """One class: its name, how it is done by SQL and how on a bundle (either may be missing).

    `exported`: what SQL did must also be found by the verifier in a bundle exported afterwards. Where it is not, what
    betrays it is not in a bundle: the mark outside the database, the columns beside the leaf, tags.
    """

    name: str
    sql: Callable[[Hands], list[Told]] | None
    bundle: Change | None
    exported: bool = True


CLASSES = (
    Tampering("a history row edited", sql_rows.history_edited, bundle_rows.history_edited),
    Tampering("a history row removed", sql_rows.history_removed, bundle_rows.history_removed),
    Tampering("a history row forged", sql_rows.history_forged, bundle_rows.history_forged),
    Tampering(
        "an entry removed, the rest renumbered",
        sql_log.entry_removed_and_renumbered,
        bundle_log.entry_removed_and_renumbered,
    ),
    Tampering("an entry removed", sql_log.entry_removed, bundle_log.entry_removed),
    Tampering(
        "the last entries dropped",
        sql_log.last_entries_dropped,
        bundle_log.last_entries_dropped,
        exported=False,
    ),
    Tampering("an older copy put back", sql_log.older_copy_put_back, bundle_log.older_copy, exported=False),
    Tampering(
        "all rewritten with the signing key",
        sql_log.rewritten_with_the_signing_key,
        bundle_log.rewritten_with_the_signing_key,
    ),
    Tampering("a tail rewritten that no checkpoint holds", sql_log.tail_rewritten, None, exported=False),
    Tampering(
        "old entries sealed again with the current key",
        sql_log.sealed_again_with_the_current_key,
        bundle_log.sealed_again_with_the_current_key,
    ),
    Tampering("two heads of one size signed", sql_log.forked, bundle_log.forked),
    Tampering("ciphertexts exchanged", sql_rows.ciphertexts_exchanged, bundle_rows.ciphertexts_exchanged),
    Tampering(
        "an older ciphertext put back",
        sql_rows.older_ciphertext_put_back,
        bundle_rows.older_ciphertext_put_back,
    ),
    Tampering("a row in use edited", sql_rows.row_in_use_edited, bundle_rows.row_in_use_edited),
    Tampering("a row in use removed", sql_rows.row_in_use_removed, bundle_rows.row_in_use_removed),
    Tampering("a row in use forged", sql_rows.row_in_use_forged, bundle_rows.row_in_use_forged),
    Tampering("a role forged with all but the leaf", sql_rows.role_forged, bundle_rows.role_forged),
    Tampering("two entries' places exchanged", sql_log.places_exchanged, bundle_log.places_exchanged),
    Tampering("an entry's time changed", sql_log.time_changed, bundle_log.time_changed),
    Tampering(
        "columns that are not as the leaf",
        sql_log.columns_not_as_leaf,
        bundle_log.columns_not_as_leaf,
        exported=False,
    ),
    Tampering(
        "a row with its commitment exchanged", sql_rows.commitment_exchanged, bundle_rows.commitment_exchanged
    ),
    Tampering(
        "the list of commitments changed",
        sql_rows.commitments_table_changed,
        bundle_rows.commitments_changed,
        exported=False,
    ),
    Tampering("a blind removed", sql_rows.blind_removed, bundle_rows.blind_removed),
    Tampering("a blind exchanged", sql_rows.blind_exchanged, bundle_rows.blind_exchanged),
    Tampering("a seal forged", sql_log.seal_forged, bundle_log.seal_forged),
    Tampering(
        "a waiting entry forged; a seal removed",
        sql_log.waiting_entry_forged,
        bundle_log.seal_removed,
        exported=False,
    ),
    Tampering("one bit turned over", sql_rows.bit_flipped, bundle_files.bit_flipped, exported=False),
    Tampering("a file cut off, a line doubled", None, bundle_files.file_truncated),
    Tampering(
        "a checkpoint removed or edited",
        sql_log.checkpoint_removed_or_edited,
        bundle_files.checkpoint_removed_or_edited,
        exported=False,
    ),
    Tampering("a restart forged", sql_log.restart_forged, bundle_log.restart_forged),
)
