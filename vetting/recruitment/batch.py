"""Several opinions signed with one touch of the key: what is signed is a list of the digests of their texts.

Each text is one of its own (`approval`), so that every opinion can be held against it without the others; in the list
they are nothing but digests, and 16 random bytes in each text keep them from being guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from audit.verify_signatures import SEVERAL
from vetting.access.actor import Actor
from vetting.accounts.second_factor.signing import Signed
from vetting.recruitment.actions.vote import Ballot
from vetting.recruitment.approval import Draft, draft_of
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.models import Opinion

SUPPORT = Ballot("supported")
# A batch takes only rounds that one opinion settles, and with it they say *tillstyrks*: no length tells more than that.
LENGTH = 0


def drafts_of(shown: Sequence[tuple[Case, Opinion]], by: Actor) -> list[Draft]:
    """One draft that supports for each round shown, in order."""
    return [draft_of(case, by, opinion, SUPPORT.said, length=LENGTH) for case, opinion in shown]


def text_of(drafts: Sequence[Draft]) -> str:
    """The list that is signed: its head, then the SHA-256 of each draft's text, hexadecimal, a line each."""
    return "".join(
        f"{line}\n" for line in [SEVERAL, *(sha256(each.text.encode()).hexdigest() for each in drafts)]
    )


def confirmations(drafts: Sequence[Draft], signed: Signed | None, how: str) -> dict[UUID, Confirmed]:
    """Opinion → how it is confirmed: at its place in what was signed, or otherwise (`how`) as it was when shown."""
    if signed is None:
        return {UUID(draft.opinion): Confirmed(how, seen=draft.seen) for draft in drafts}
    batch = text_of(drafts)
    return {
        UUID(draft.opinion): Confirmed("signed", draft, signed, batch, place)
        for place, draft in enumerate(drafts, 1)
    }
