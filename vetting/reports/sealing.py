"""A report's key, sealed to its circle and to the receipt's code, and how each gets it back.

One person reads: every envelope holds the key. Two persons read: every envelope holds a part, two of which are needed,
and a member *lends* hers by sealing it to one other person for a time. The identity's key is always in parts. Every
envelope is bound to its purpose, its owner (report or identity) and its holder's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from vetting.crypto import envelopes, hpke, shamir
from vetting.crypto.content_key import ContentKey
from vetting.crypto.envelopes import Purpose
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.reports.errors import NeedsAnother, NotYours

THRESHOLD = 2
LOOKUP, OPENS, LABEL = "report lookup", "report key", "report.receipt"
RETURNS, RETURN_LABEL = "report return", "report.return"
_NOBODY = UUID(int=0)
Holders = Iterable[tuple[UUID, bytes, int]]
"""(id of the recipient's key, its public half, number of the part)"""


def bound(purpose: str, owner: UUID, holder: UUID) -> bytes:
    """What an envelope is bound to."""
    return b"\x00".join((purpose.encode(), owner.bytes, holder.bytes))


def for_code(key: ContentKey, code: Code) -> Envelope:
    """The envelope that the receipt's code finds and opens."""
    return Envelope(
        owner=key.owner, purpose=Purpose.RECEIPT, tag=code.key(LOOKUP), blob=key.under(code.key(OPENS), LABEL)
    )


def with_code(code: Code, found: Envelope) -> ContentKey:
    """The key from an envelope of the code's. Raises SealError."""
    if found.purpose == Purpose.MOVED:
        info = bound(Purpose.MOVED, found.owner, _NOBODY)
        return ContentKey.opened(found.owner, code.key(RETURNS), bytes(found.blob), info)
    return ContentKey.from_under(found.owner, code.key(OPENS), bytes(found.blob), LABEL)


def way_back(key: ContentKey, public: bytes) -> Envelope:
    """The code's public half, kept under the report's key: the day it moves, nobody has the code.

    Under the key, as whoever has the database alone would otherwise put their own in its place.
    """
    return Envelope(owner=key.owner, purpose=Purpose.RETURN, blob=key.seal(RETURN_LABEL, public))


def public_of(code: Code) -> bytes:
    """The code's public half. About a tenth of a millisecond."""
    return hpke.public_of(code.key(RETURNS))


def for_return(key: ContentKey, public: bytes, tag: bytes) -> Envelope:
    """The envelope that the code will find and open, made without it."""
    blob = key.to(public, bound(Purpose.MOVED, key.owner, _NOBODY))
    return Envelope(owner=key.owner, purpose=Purpose.MOVED, tag=tag, blob=blob)


def for_each(key: ContentKey, holders: Holders) -> list[Envelope]:
    """The whole key for each holder."""
    return [
        _made(key.owner, Purpose.REPORT, holder, key.to(public, bound(Purpose.REPORT, key.owner, holder)))
        for holder, public, _ in holders
    ]


def in_parts(key: ContentKey, holders: Holders, purpose: str) -> list[Envelope]:
    """A part for each holder, two of which are needed. Raises ValueError for fewer than two holders."""
    told = list(holders)
    parts = key.parts(THRESHOLD, [number for _, _, number in told])
    return [
        _made(
            key.owner,
            purpose,
            holder,
            hpke.seal_to(public, bytes([number]) + parts[number], bound(purpose, key.owner, holder)),
        )
        for holder, public, number in told
    ]


def whole(owner: UUID, holder: UUID, seed: bytes) -> ContentKey:
    """The key of a report that one person reads. Raises NotYours."""
    return opened(owner, holder, seed, _own(owner, holder, Purpose.REPORT))


def opened(owner: UUID, holder: UUID, seed: bytes, blob: bytes) -> ContentKey:
    """As `whole`, from an envelope at hand. Raises SealError."""
    return ContentKey.opened(owner, seed, blob, bound(Purpose.REPORT, owner, holder))


def joined(owner: UUID, holder: UUID, seed: bytes, purpose: str, at: datetime) -> ContentKey:
    """The key from one's own part and those that others have lent. Raises NotYours, NeedsAnother."""
    return ContentKey.joined(owner, _parts(owner, holder, seed, purpose, at))


def _parts(owner: UUID, holder: UUID, seed: bytes, purpose: str, at: datetime) -> shamir.Parts:
    parts = dict([_part(owner, holder, seed, purpose)])
    for lent in envelopes.lent_to(holder, owner, at):
        blob = hpke.open_with(seed, bytes(lent.blob), _lent(owner, holder, lent.until))
        parts[blob[0]] = blob[1:]
    if len(parts) < THRESHOLD:
        raise NeedsAnother
    return parts


def one_more(
    owner: UUID, holder: UUID, seed: bytes, purpose: str, at: datetime, to: tuple[UUID, bytes, int]
) -> Envelope:
    """A further part, for a newcomer, made from one's own and a lent one. Raises NotYours, NeedsAnother."""
    parts = _parts(owner, holder, seed, purpose, at)
    newcomer, public, number = to
    part = bytes([number]) + shamir.join(parts, at=number)
    return _made(owner, purpose, newcomer, hpke.seal_to(public, part, bound(purpose, owner, newcomer)))


def lend(
    owner: UUID, lender: UUID, seed: bytes, purpose: str, *, to: UUID, public: bytes, until: datetime
) -> None:
    """Seal one's own part to another member's key, until a moment. Raises NotYours."""
    number, part = _part(owner, lender, seed, purpose)
    blob = hpke.seal_to(public, bytes([number]) + part, _lent(owner, to, until))
    made = _made(owner, Purpose.LENT, to, blob)
    made.lender, made.until = lender, until
    envelopes.lend(made)


def _lent(owner: UUID, to: UUID, until: datetime | None) -> bytes:
    """A loan is bound to its last moment too: written anew in the key store, a later one opens nothing."""
    said = until.astimezone(UTC).isoformat() if until is not None else ""
    return bound(Purpose.LENT, owner, to) + b"\x00" + said.encode()


def _part(owner: UUID, holder: UUID, seed: bytes, purpose: str) -> tuple[int, bytes]:
    blob = hpke.open_with(seed, _own(owner, holder, purpose), bound(purpose, owner, holder))
    return blob[0], blob[1:]


def _own(owner: UUID, holder: UUID, purpose: str) -> bytes:
    found = envelopes.held_by([holder], [owner], [purpose])
    if not found:
        raise NotYours
    return bytes(found[0].blob)


def _made(owner: UUID, purpose: str, holder: UUID, blob: bytes) -> Envelope:
    return Envelope(owner=owner, purpose=purpose, holder=holder, blob=blob)
