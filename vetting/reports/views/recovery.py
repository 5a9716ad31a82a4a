"""A key whose passphrase is lost: back with the code on paper, or with three of the five parts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.crypto.slots import WrongSecret
from vetting.crypto.written import Code, NotACode
from vetting.reports.actions.keys import (
    NEEDED,
    Secrets,
    begin_recovery,
    contribute_share,
    finish_recovery,
    mark_of,
    recover_with_code,
)
from vetting.reports.errors import BadInput
from vetting.reports.forms.keys import CodeForm, NothingForm, ShareForm
from vetting.reports.keys_held import rows_of
from vetting.reports.labels import CHANNELS
from vetting.reports.models import KeyShare, RecipientKey
from vetting.reports.people import names_of
from vetting.reports.recovery import given_parts
from vetting.reports.views.base import done, perform, show
from vetting.reports.views.keys import (
    KEYS,
    OneKey,
    here,
    load_key,
    one_form,
    secrets_page,
    shown_once,
)

HOLD = "reports/key_recover.html"


@dataclass(frozen=True, slots=True)
class OneShare:
    """The key of the address, for whoever holds a part of it."""

    key: RecipientKey

    def facts_for(self, actor: Actor) -> Facts:
        """A holder is who was given a part at the ceremony."""
        holds = KeyShare.objects.filter(key=self.key, holder_id=actor.person_id).exists()
        return Facts(relations=frozenset({"share_holder"}) if holds else frozenset())


def load_share(key: UUID) -> OneShare:
    """Raises Http404."""
    return OneShare(load_key(key).key)


@page("recipient_key.recover", load=load_key, methods=("GET", "HEAD", "POST"))
def key_code(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """With the recovery code on paper."""
    require_step_up(request)
    form, made = CodeForm(request.POST or None), list[Secrets]()
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do() -> None:
            try:
                code = Code.read(form.cleaned_data["code"])
                made.append(recover_with_code(one.key, code, by=actor, once=form.once_key))
            except (NotACode, WrongSecret):
                raise BadInput(code="wrong") from None

        answer = perform(request, actor, "recipient_key.recover", do, back=reverse(KEYS), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            return secrets_page(request, actor, one.key, made[0]) if made else shown_once(request)
    return one_form(request, actor, form, _("Använd reservkoden"), "reports/key_code.html", key=one.key)


@page("recipient_key.recover", load=load_key, methods=("GET", "HEAD", "POST"))
def key_recover(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """How many parts have come, and with three of them and the code: the key again."""
    require_step_up(request)
    form, made = CodeForm(request.POST or None), list[Secrets]()
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do() -> None:
            try:
                code = Code.read(form.cleaned_data["code"])
            except NotACode:
                raise BadInput(code="wrong") from None
            made.append(finish_recovery(one.key, code, by=actor, once=form.once_key))

        answer = perform(request, actor, "recipient_key.recover", do, back=reverse(KEYS), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            return secrets_page(request, actor, one.key, made[0]) if made else shown_once(request)
    return one_form(request, actor, form, _("Återskapa nyckeln"), HOLD, **_waiting(request, one.key))


@page("recipient_key.recover", load=load_key, methods=("POST",))
def key_ask(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """Ask the holders for their parts: the code that joins them is shown now, and never again."""
    require_step_up(request)
    form, codes = NothingForm(request.POST), list[Code]()
    if is_resumed(request) or not form.is_valid():
        return redirect("key_recover", key=key)
    answer = perform(
        request,
        actor,
        "recipient_key.recover",
        lambda: codes.append(begin_recovery(one.key, by=actor, once=form.once_key)),
        back=reverse("key_recover", kwargs={"key": key}),
        form=form,
    )
    if answer is not None:
        return answer
    if not codes:
        return redirect("key_recover", key=key)
    context = {
        "groups": codes[0].groups,
        "mark": mark_of(codes[0]),
        "back": reverse("key_recover", kwargs={"key": key}),
        "breadcrumbs": here(actor, _("Återskapa nyckeln")),
        **_waiting(request, one.key),
    }
    return show(request, actor, "reports/key_asked.html", context)


@page("recipient_key.contribute_share", load=load_share, methods=("GET", "HEAD", "POST"))
def key_share(request: HttpRequest, actor: Actor, one: OneShare, key: UUID) -> HttpResponse:
    """One of the five gives her part."""
    # Before the part is typed, so that it never travels through the page that asks who one is.
    require_step_up(request)
    form = ShareForm(request.POST or None)
    share = KeyShare.objects.filter(key=one.key, holder_id=actor.person_id).first()
    if share is None:
        raise Http404
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do() -> None:
            part, mark = form.cleaned_data["part"], form.cleaned_data["told"]
            contribute_share(one.key, part, mark, by=actor, once=form.once_key)

        back = reverse("key_share", kwargs={"key": key})
        answer = perform(request, actor, "recipient_key.contribute_share", do, back=back, form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Din del är lämnad. Lägg tillbaka papperet där det låg."))
            return redirect("key_share", key=key)
    context = {
        "form": form,
        "share": share,
        "channel": CHANNELS[str(one.key.directory)],
        "owner": names_of({one.key.person_id}).get(one.key.person_id, ""),
        "asks": bool(one.key.recovery),
        "given": share.number in {part.number for part in given_parts(one.key)},
    }
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    return show(request, actor, "reports/key_share.html", context, status=422 if is_wrong else 200)


def _waiting(request: HttpRequest, key: RecipientKey) -> dict[str, object]:
    given = given_parts(key)
    shares = list(KeyShare.objects.filter(key=key).order_by("number"))
    names = names_of({share.holder_id for share in shares})
    numbers = {share.number for share in given}
    return {
        "key": key,
        "row": rows_of([key])[0],
        "asks": bool(key.recovery),
        "holders": [
            (share.number, names.get(share.holder_id, ""), share.number in numbers) for share in shares
        ],
        "given": len(given),
        "needed": NEEDED,
        "is_enough": len(given) >= NEEDED,
        "address": request.build_absolute_uri(reverse("key_share", kwargs={"key": key.pk})),
        "ask_form": NothingForm(),
    }
