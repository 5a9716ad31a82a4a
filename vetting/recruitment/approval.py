"""What an approver signs with her own security key: the decision text, between the page that shows it and the answer.

The text names everything but the vote: that is sealed until the round is concluded, and its reasons for longer, so the
text holds the digest of the very ciphertext that is stored, and a commitment whose key lies inside it. The draft is
carried by the browser, sealed under a key of the running service; it is good for five minutes, for this person,
account and round. The challenge that the session keeps makes it good once.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from audit.canonical import dumps
from audit.clock import now
from vetting.access.actor import Actor
from vetting.accounts import limits
from vetting.crypto import envelope
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import seal_json_into, sealed_bytes
from vetting.recruitment.actions.opinion import material
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion, Vote

HEAD = "Säkerhetsyttrande, underskrift 1"
PURPOSE = b"recruitment.approval, version 3"
NONCE = 16
# Every ballot is as long as one with long reasons, so that the size of the ciphertext does not tell what was voted.
BALLOT_BYTES = 3000


@dataclass(frozen=True, slots=True)
class Draft:
    """A vote that waits for its signature: the row's id and ciphertext, what was looked at, and the text."""

    opinion: str
    vote: str
    person: str
    account: str
    at: int
    seen: str
    salt: str
    content: str
    sealed: str
    text: str

    @property
    def vote_id(self) -> UUID:
        """The id that the vote is going to have: the ciphertext opens under no other."""
        return UUID(self.vote)

    @property
    def ciphertext(self) -> bytes:
        """The sealed ballot."""
        return base64.b64decode(self.sealed)

    def says(self, said: dict[str, Any]) -> bool:
        """Whether this is what was going to be signed: outcome, conditions and reasons."""
        return hmac.compare_digest(self.content, _content(bytes.fromhex(self.salt), said))


def draft_of(
    case: Case, by: Actor, opinion: Opinion, said: dict[str, Any], *, length: int = BALLOT_BYTES
) -> Draft:
    """The draft of a vote that says so (`outcome`, `conditions`, `reasons`). Nothing is written.

    `length`: bytes that the ballot is filled out to before it is sealed.
    """
    salt, vote = secrets.token_bytes(32), Vote(id=uuid4(), candidacy_id=opinion.candidacy_id)
    seal_ballot(vote, said, salt.hex(), length=length)
    blob, moment, seen = sealed_bytes(vote, "ballot"), now(), seen_in(case, opinion)
    content = _content(salt, said)
    lines = {
        "Rekrytering": case.recruitment.reference,
        "Slutkandidat": case.candidacy(opinion.candidacy_id).label,
        "Omgång": opinion.round,
        "Yttrande": opinion.pk,
        "Röst": vote.pk,
        "Underlag": seen,
        "Förseglat yttrande": sha256(blob).hexdigest(),
        "Innehåll": content,
        "Person": by.person_id,
        "Konto": by.account_id,
        "Tid": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Slumptal": secrets.token_hex(NONCE),
    }
    text = "\n".join([HEAD, *(f"{name}: {value}" for name, value in lines.items())]) + "\n"
    return Draft(
        str(opinion.pk),
        str(vote.pk),
        str(by.person_id),
        str(by.account_id),
        int(moment.timestamp()),
        seen,
        salt.hex(),
        content,
        base64.b64encode(blob).decode(),
        text,
    )


def seal_ballot(vote: Vote, said: dict[str, Any], salt: str = "", *, length: int = BALLOT_BYTES) -> None:
    """Seal what is voted into the row; `salt` is the key of the commitment in the text, where one is signed."""
    pad = "x" * (length - len(said["reasons"].encode()))
    seal_json_into(vote, "ballot", {**said, "pad": pad} | ({"salt": salt} if salt else {}))


def seen_in(case: Case, opinion: Opinion) -> str:
    """A digest of what the approver was shown: the log entry of every row in the material, then and now."""
    candidacy = case.candidacy(opinion.candidacy_id)
    shown = {
        "opinion": str(opinion.pk),
        "round": opinion.round,
        "asked": opinion.basis,
        "now": material(case, candidacy),
        "preparer": str(opinion.preparer_id),
        "recommendation": sha256(sealed_bytes(opinion, "recommendation")).hexdigest(),
    }
    return sha256(dumps(shown)).hexdigest()


def close(drafts: Sequence[Draft]) -> str:
    """Drafts for a hidden field: sealed, so that the browser can neither read nor change them."""
    return base64.urlsafe_b64encode(envelope.seal(_key(), PURPOSE, _packed(drafts))).decode()


def reopen(
    closed: str, by: Actor, opinions: Sequence[UUID], *, seconds: int | None = None
) -> list[Draft] | None:
    """The drafts again, one for each of `opinions` in that order; None where they are another's, of other rounds,
    damaged, or older than `seconds` (five minutes: what is signed is what was just read)."""
    try:
        data = envelope.unseal(_key(), PURPOSE, base64.urlsafe_b64decode(closed.encode()))
        drafts = _unpacked(data)
    except (SealError, binascii.Error, ValueError, TypeError, zlib.error):
        return None
    own = [(str(opinion), str(by.person_id), str(by.account_id)) for opinion in opinions]
    if not drafts or [(each.opinion, each.person, each.account) for each in drafts] != own:
        return None
    most = limits.step_up_seconds() if seconds is None else seconds
    is_fresh = all(0 <= now().timestamp() - draft.at <= most for draft in drafts)
    return drafts if is_fresh else None


def _packed(drafts: Sequence[Draft]) -> bytes:
    """Twenty are carried by one page: like is packed with like, and what a text repeats of its draft is left out."""
    columns = zip(*(astuple(replace(draft, text=_folded(draft))) for draft in drafts), strict=True)
    parts = [zlib.compress(json.dumps(column, ensure_ascii=False).encode(), 9) for column in columns]
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _unpacked(data: bytes) -> list[Draft]:
    columns = []
    while data:
        end = 4 + int.from_bytes(data[:4])
        columns.append(json.loads(zlib.decompress(data[4:end])))
        data = data[end:]
    folded = [Draft(*row) for row in zip(*columns, strict=True)]
    return [replace(draft, text=_unfolded(draft)) for draft in folded]


def _repeated(draft: Draft) -> dict[str, str]:
    """What stands in the text and beside it; a control character stands in no text."""
    names = ("opinion", "vote", "seen", "content", "person", "account")
    known = {f"\0{name}": str(getattr(draft, name)) for name in names}
    return known | {"\0sealed": sha256(draft.ciphertext).hexdigest()}


def _folded(draft: Draft) -> str:
    text = draft.text
    for mark, said in _repeated(draft).items():
        text = text.replace(said, mark)
    return text


def _unfolded(draft: Draft) -> str:
    text = draft.text
    for mark, said in _repeated(draft).items():
        text = text.replace(mark, said)
    return text


def _content(salt: bytes, said: dict[str, Any]) -> str:
    return hmac.digest(salt, dumps(said), "sha256").hex()


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), PURPOSE, "sha256")
