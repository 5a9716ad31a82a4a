"""Confirming a vote: signed with the approver's own security key, or by what she has, and the record says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.actor import Actor
from vetting.accounts import resume, signin_log
from vetting.accounts.models import Account
from vetting.accounts.second_factor.signing import Signed, begin_signing, can_sign, finish_signing
from vetting.accounts.stepup import require_step_up, shown_by
from vetting.recruitment import approval
from vetting.recruitment.actions.vote import Ballot
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.forms.opinion import OUTCOMES, BallotForm, conditions
from vetting.recruitment.models import Opinion
from vetting.recruitment.views.base import show
from vetting.recruitment.views.naming import crumbs
from vetting.web.parts import Fact

ANSWER, DRAFT, UNSIGNED = "answer", "draft", "unsigned"
NOT_TAKEN = gettext_lazy(
    "Signaturen godtogs inte: den kom för sent, var redan använd eller saknade PIN. Försök igen."
)
OWN = {ANSWER, DRAFT, UNSIGNED, resume.MARK, "csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class Signing:
    """One person about to confirm what stands in the form."""

    request: HttpRequest
    actor: Actor
    case: Case
    opinion: Opinion
    ballot: Ballot

    @property
    def account(self) -> Account:
        """Whose keys are asked."""
        return account_of(self.request)

    def confirm(self) -> Confirmed | HttpResponse:
        """How it was confirmed, or the page that asks for the key. Raises StepUpNeeded where nothing is signed."""
        if not can_sign(self.account) or (self.request.POST.get(UNSIGNED) and not is_required()):
            require_step_up(self.request)
            return Confirmed(shown_by(self.request))
        if not self.request.POST.get(ANSWER):
            return self.ask()
        return self._signed() or self.ask(str(NOT_TAKEN))

    def _signed(self) -> Confirmed | None:
        drafts = approval.reopen(self.request.POST.get(DRAFT, ""), self.actor, [self.opinion.pk])
        if drafts is None or not drafts[0].says(self.ballot.said):
            return None
        signed = signature_of(self.request, self.account, drafts[0].text)
        return Confirmed("signed", drafts[0], signed) if signed is not None else None

    def ask(self, error: str = "") -> HttpResponse:
        """The page with the text, which asks for the key."""
        draft = approval.draft_of(self.case, self.actor, self.opinion, self.ballot.said)
        context = {
            "case": self.case,
            "opinion": self.opinion,
            "candidacy": self.case.candidacy(self.opinion.candidacy_id),
            "facts": _facts(self.ballot),
            "text": draft.text,
            "draft": approval.close([draft]),
            "key_options": begin_signing(self.request, self.account, draft.text),
            "typed": _typed(self.request),
            "error": error,
            "may_leave_unsigned": not is_required(),
            "breadcrumbs": crumbs(self.case, _("Signera yttrandet")),
        }
        return show(self.request, self.actor, "recruitment/opinion_sign.html", context)


def account_of(request: HttpRequest) -> Account:
    """Who is signed in. Raises TypeError without a sign-in."""
    if not isinstance(request.user, Account):
        raise TypeError("the page is reached without a sign-in")
    return request.user


def signature_of(request: HttpRequest, account: Account, text: str) -> Signed | None:
    """The signature of `text` that was sent, or None. With one she has shown who she is: a step-up as good as any."""
    try:
        clear = check_rate_limit(account)
    except ValidationError:
        signin_log.record_failure("too_many", account.username)
        return None
    signed = finish_signing(request, account, text, request.POST[ANSWER])
    if signed is None:
        signin_log.record_failure("signature", account.username)
        return None
    clear()
    # The key has seen to it who holds it, just now.
    post_authentication(request, signed.factor, reauthenticated=True)
    request.session.cycle_key()
    return signed


def ballot_of(form: BallotForm) -> Ballot:
    """What was typed."""
    typed = form.cleaned_data
    return Ballot(typed["outcome"], tuple(typed["conditions"]), typed["reasons"])


def how_text(request: HttpRequest) -> str:
    """What a page says of how an opinion will be confirmed."""
    account = request.user
    if not isinstance(account, Account):
        return ""
    if can_sign(account):
        return _("Du signerar med din säkerhetsnyckel på nästa sida.")
    if is_required():
        return _(
            "Här ska yttranden signeras med säkerhetsnyckel, och du har ingen som kan signera. Lägg till en först."
        )
    if account.factors:
        return _(
            "Du har ingen säkerhetsnyckel som kan signera. Du bekräftar på annat sätt, och yttrandet antecknas som "
            "inte signerat."
        )
    return _(
        "Du bekräftar med lösenord eller kommunens inloggning, och yttrandet antecknas som inte signerat."
    )


def is_required() -> bool:
    """Whether the municipality takes nothing but signed opinions."""
    return bool(settings.SIGNED_OPINIONS_REQUIRED)


def _facts(ballot: Ballot) -> list[Fact]:
    labels, named = {code: str(words) for code, words in OUTCOMES}, dict(conditions())
    found = [Fact(_("Ditt yttrande"), labels[ballot.outcome])]
    if ballot.conditions:
        found.append(Fact(_("Villkor"), ", ".join(named[code] for code in ballot.conditions)))
    if ballot.reasons.strip():
        found.append(Fact(_("Skäl"), ballot.reasons.strip()))
    return found


def _typed(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
