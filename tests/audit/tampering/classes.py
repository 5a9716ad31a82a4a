"""The thirty classes of tampering: what is done, by SQL and on bundles, as data. The campaign runs each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.audit.tampering import by_sql, on_bundles
from tests.audit.tampering.on_bundles import Change
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
    Tampering("a history row edited", by_sql.history_edited, on_bundles.history_edited),
    Tampering("a history row removed", by_sql.history_removed, on_bundles.history_removed),
    Tampering("a history row forged", by_sql.history_forged, on_bundles.history_forged),
    Tampering(
        "an entry removed, the rest renumbered",
        by_sql.entry_removed_and_renumbered,
        on_bundles.entry_removed_and_renumbered,
    ),
    Tampering("an entry removed", by_sql.entry_removed, on_bundles.entry_removed),
    Tampering(
        "the last entries dropped",
        by_sql.last_entries_dropped,
        on_bundles.last_entries_dropped,
        exported=False,
    ),
    Tampering("an older copy put back", by_sql.older_copy_put_back, on_bundles.older_copy, exported=False),
    Tampering(
        "all rewritten with the signing key",
        by_sql.rewritten_with_the_signing_key,
        on_bundles.rewritten_with_the_signing_key,
    ),
    Tampering("a tail rewritten that no checkpoint holds", by_sql.tail_rewritten, None, exported=False),
    Tampering(
        "old entries sealed again with the current key",
        by_sql.sealed_again_with_the_current_key,
        on_bundles.sealed_again_with_the_current_key,
    ),
    Tampering("two heads of one size signed", by_sql.forked, on_bundles.forked),
    Tampering("ciphertexts exchanged", by_sql.ciphertexts_exchanged, on_bundles.ciphertexts_exchanged),
    Tampering(
        "an older ciphertext put back", by_sql.older_ciphertext_put_back, on_bundles.older_ciphertext_put_back
    ),
    Tampering("a row in use edited", by_sql.row_in_use_edited, on_bundles.row_in_use_edited),
    Tampering("a row in use removed", by_sql.row_in_use_removed, on_bundles.row_in_use_removed),
    Tampering("a row in use forged", by_sql.row_in_use_forged, on_bundles.row_in_use_forged),
    Tampering("a role forged with all but the leaf", by_sql.role_forged, on_bundles.role_forged),
    Tampering("two entries' places exchanged", by_sql.places_exchanged, on_bundles.places_exchanged),
    Tampering("an entry's time changed", by_sql.time_changed, on_bundles.time_changed),
    Tampering(
        "columns that are not as the leaf",
        by_sql.columns_not_as_leaf,
        on_bundles.columns_not_as_leaf,
        exported=False,
    ),
    Tampering(
        "a row with its commitment exchanged", by_sql.commitment_exchanged, on_bundles.commitment_exchanged
    ),
    Tampering(
        "the list of commitments changed",
        by_sql.commitments_table_changed,
        on_bundles.commitments_changed,
        exported=False,
    ),
    Tampering("a blind removed", by_sql.blind_removed, on_bundles.blind_removed),
    Tampering("a blind exchanged", by_sql.blind_exchanged, on_bundles.blind_exchanged),
    Tampering("a seal forged", by_sql.seal_forged, on_bundles.seal_forged),
    Tampering(
        "a waiting entry forged; a seal removed",
        by_sql.waiting_entry_forged,
        on_bundles.seal_removed,
        exported=False,
    ),
    Tampering("one bit turned over", by_sql.bit_flipped, on_bundles.bit_flipped, exported=False),
    Tampering("a file cut off, a line doubled", None, on_bundles.file_truncated),
    Tampering(
        "a checkpoint removed or edited",
        by_sql.checkpoint_removed_or_edited,
        on_bundles.checkpoint_removed_or_edited,
        exported=False,
    ),
    Tampering("a restart forged", by_sql.restart_forged, on_bundles.restart_forged),
)
