"""How a vote is confirmed: the row beside it, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.accounts.second_factor.signing import Signed
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.approval import Draft, seen_in
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion, Vote, VoteSignature
from vetting.web.parts import Fact

NOT_SIGNED: dict[str, str | Promise] = {
    "key": gettext_lazy("bekräftat med säkerhetsnyckel, inte signerat"),
    "app": gettext_lazy("bekräftat med engångskod, inte signerat"),
    "sign_in": gettext_lazy("bekräftat med kommunens inloggning, inte signerat"),
    "password": gettext_lazy("bekräftat med lösenord, inte signerat"),
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the voter showed: a code of `VoteSignature.How`, and with `signed` the draft and its signature.

    `batch` and `place` where several were signed with one touch; `seen` (as in a draft) where what was shown is to be
    what is there, without a signature.
    """

    how: str = "password"
    draft: Draft | None = None
    signed: Signed | None = None
    batch: str = ""
    place: int = 0
    seen: str = ""

    def require(self, case: Case, opinion: Opinion) -> None:
        """Raises BadInput where the municipality asks for a signature and there is none; WrongState where the case
        is not as it was when the text was shown."""
        if self.draft is None and settings.SIGNED_OPINIONS_REQUIRED:
            raise BadInput(signature="signature")
        seen = self.draft.seen if self.draft is not None else self.seen
        if seen and seen != seen_in(case, opinion):
            raise WrongState("opinion", "sign", "changed_while_signing")

    def row(self, vote: Vote) -> VoteSignature:
        """The row that is saved with the vote."""
        row = VoteSignature(
            recruitment_id=vote.recruitment_id,
            opinion_id=vote.opinion_id,
            candidacy_id=vote.candidacy_id,
            vote=vote,
            person_id=vote.person_id,
            account_id=vote.account_id,
            how=self.how,
        )
        if self.draft is not None and self.signed is not None:
            row.how, row.text = row.How.SIGNED, self.draft.text
            row.batch, row.place = self.batch, self.place
            row.key_name, row.key_fingerprint = self.signed.name, self.signed.fingerprint
            row.credential_id, row.public_key = self.signed.credential_id, self.signed.public_key
            row.client_data, row.signature = self.signed.client_data, self.signed.signature
            row.authenticator_data = self.signed.authenticator_data
        return row


def confirmed_in(case: Case, opinion: Opinion) -> list[Fact]:
    """Who has given a vote that stands in the round, and how each was confirmed; never what it says."""
    votes = [vote.pk for vote in case.votes_of(opinion)]
    if not votes:
        return []
    rows = VoteSignature.objects.filter(vote__in=votes).select_related("person").order_by("entry")
    return [
        Fact(_("Säkerhetsfunktionen") if row.person.is_protected else row.person.display_name, in_words(row))
        for row in rows
    ]


def in_words(row: VoteSignature) -> str:
    """How a vote was confirmed, as half a sentence."""
    if row.how != row.How.SIGNED:
        return str(NOT_SIGNED[row.how])
    said = {"name": row.key_name, "print": grouped(row.key_fingerprint)}
    told = _("signerat med säkerhetsnyckeln %(name)s, fingeravtryck %(print)s") % said
    if not row.batch:
        return told
    words = ngettext(
        "%(told)s, med en beröring för %(n)s yttrande",
        "%(told)s, med en beröring för %(n)s yttranden",
        row.count,
    )
    return words % {"told": told, "n": row.count}


def grouped(fingerprint: str) -> str:
    """The beginning of a fingerprint, in groups that can be read aloud."""
    return " ".join(fingerprint[n : n + 4] for n in range(0, 16, 4))
