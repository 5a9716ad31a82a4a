"""The directory of recipients' keys, and one's own: made and shown once, certified, given a new passphrase, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask, may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.reports.actions.ending import facts_of, revoke_key
from vetting.reports.actions.keys import (
    Secrets,
    change_passphrase,
    create_key,
    import_certificate,
    request_of,
)
from vetting.reports.directory import DIRECTORY_OF
from vetting.reports.errors import BadCertificate, BadInput
from vetting.reports.forms.keys import CertificateForm, NewKeyForm, NothingForm, RevokeForm
from vetting.reports.keys_held import directories, left_without, rows_of
from vetting.reports.labels import CHANNELS
from vetting.reports.models import RecipientKey
from vetting.reports.people import names_of
from vetting.reports.views.base import done, has_been_done, perform, show, to_unlock, trail, vault_of
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

KEYS = "key_list"


@dataclass(frozen=True, slots=True)
class OneKey:
    """The key of the address, for the door."""

    key: RecipientKey

    def facts_for(self, actor: Actor) -> Facts:
        """The owner's, a colleague's, a head's; who holds a part of it is asked in `recovery`."""
        return facts_of(self.key, actor)


def load_key(key: UUID) -> OneKey:
    """Raises Http404."""
    found = RecipientKey.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return OneKey(found)


@page("recipient_key.list")
def key_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every key that counts, with its fingerprint; one's own first, with what may be done with it."""
    context = {
        "mine": rows_of(RecipientKey.objects.filter(person_id=actor.person_id)),
        "directories": directories(),
        "may_create": bool(creatable(actor)),
        "may_import": may_somewhere(actor, "recipient_key.import_certificate"),
        "may_revoke": may_somewhere(actor, "recipient_key.revoke"),
        "breadcrumbs": here(actor),
    }
    return show(request, actor, "reports/keys.html", context)


@page("recipient_key.revoke")
def key_revocable(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The keys that one may revoke: for the heads too, who see no more of the room."""
    keys = RecipientKey.objects.exclude(state="revoked").order_by("directory", "created_on", "pk")
    mine = [key for key in keys if ask(actor, "recipient_key.revoke", facts_of(key, actor)).allowed]
    context = {"rows": rows_of(mine), "breadcrumbs": here(actor, _("Spärra en nyckel"))}
    return show(request, actor, "reports/keys_revocable.html", context)


@page("recipient_key.create", methods=("GET", "HEAD", "POST"))
def key_create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make a key; what opens it stands on the page that answers, and never again."""
    possible = creatable(actor)
    form = NewKeyForm(request.POST or None, directories=possible)
    made: list[tuple[RecipientKey, Secrets]] = []
    if request.method == "POST" and has_been_done(request, form):
        # Asked before the form is judged: the channel is no longer one to choose.
        return shown_once(request)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)

        def do() -> None:
            made.append(create_key(by=actor, directory=form.cleaned_data["directory"], once=form.once_key))

        answer = perform(request, actor, "recipient_key.create", do, back=reverse(KEYS), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            return secrets_page(request, actor, *made[0]) if made else shown_once(request)
    return one_form(request, actor, form, _("Skapa nyckel"), "reports/key_new.html", possible=possible)


@page("recipient_key.create", load=load_key)
def key_request(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """The request that is carried to the ceremony: public parts alone, as a file."""
    if one.key.state != RecipientKey.State.PENDING:
        raise Http404
    answer = HttpResponse(request_of(one.key).written, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="begaran-{str(one.key.pk)[:8]}.txt"'
    return answer


@page("recipient_key.import_certificate", methods=("GET", "HEAD", "POST"))
def key_import(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in what the root signed. Whoever administers certifies nothing: without the root's word it is refused."""
    form = CertificateForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)

        def do() -> None:
            try:
                written = form.cleaned_data["certificate"]
                import_certificate(written, by=actor, holders=form.holders, once=form.once_key)
            except BadCertificate as error:
                raise BadInput(certificate=f"certificate_{error.why}") from None
            except RecipientKey.DoesNotExist:
                raise BadInput(certificate="certificate_other_key") from None

        answer = perform(
            request, actor, "recipient_key.import_certificate", do, back=reverse(KEYS), form=form
        )
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Intyget är inläst. Nya anmälningar förseglas nu till nyckeln."))
            return redirect(KEYS)
    return one_form(request, actor, form, _("Läs in intyg"), "reports/key_import.html")


@page("recipient_key.rewrap", load=load_key, methods=("GET", "HEAD", "POST"))
def key_rewrap(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """New passphrase and recovery code for an unlocked key."""
    vault = vault_of(request, actor)
    if vault is None or one.key.pk not in vault.seeds:
        return to_unlock(request)
    form, made = NothingForm(request.POST or None), list[Secrets]()
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)

        def do() -> None:
            made.append(change_passphrase(one.key, by=actor, vault=vault, once=form.once_key))

        answer = perform(request, actor, "recipient_key.rewrap", do, back=reverse(KEYS), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            return secrets_page(request, actor, one.key, made[0]) if made else shown_once(request)
    return one_form(request, actor, form, _("Byt lösenfras"), "reports/key_rewrap.html", key=one.key)


@page("recipient_key.revoke", load=load_key, methods=("GET", "HEAD", "POST"))
def key_revoke(request: HttpRequest, actor: Actor, one: OneKey, key: UUID) -> HttpResponse:
    """Nothing new is sealed to it from now on."""
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)

        def do() -> None:
            revoke_key(one.key, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

        answer = perform(request, actor, "recipient_key.revoke", do, back=reverse("key_revocable"), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Nyckeln är spärrad. Inget nytt förseglas till den."))
            return redirect("key_revocable")
    told = {"row": rows_of([one.key])[0], "left": left_without(one.key, actor)}
    steps = here(actor, Link(_("Spärra en nyckel"), reverse("key_revocable")), _("Spärra nyckeln"))
    return one_form(
        request, actor, form, _("Spärra nyckeln"), "reports/key_revoke.html", breadcrumbs=steps, **told
    )


def creatable(actor: Actor) -> list[str]:
    """The directories whose role one holds, and in which no key of hers waits for its certificate."""
    waiting = RecipientKey.objects.filter(person_id=actor.person_id, state="pending")
    taken = set(waiting.values_list("directory", flat=True))
    return [each for role, each in DIRECTORY_OF.items() if actor.holds(role) and each not in taken]


def secrets_page(request: HttpRequest, actor: Actor, key: RecipientKey, made: Secrets) -> HttpResponse:
    """What opens the key, to be printed or written down; never stored, never shown again."""
    context = {
        "key": key,
        "channel": CHANNELS[str(key.directory)],
        "row": rows_of([key])[0],
        "owner": names_of({key.person_id}).get(key.person_id, ""),
        "phrase": made.phrase.split(),
        "groups": made.code.groups,
        "parts": made.parts.items(),
        "back": reverse(KEYS),
    }
    return show(request, actor, "reports/key_secrets.html", context)


def shown_once(request: HttpRequest) -> HttpResponse:
    """The same button twice: what was shown is gone."""
    done(
        request,
        _(
            "Det är redan gjort, och visades en gång. Hann du inte skriva av det: spärra nyckeln och skapa en ny."
        ),
    )
    return redirect(KEYS)


def here(actor: Actor, *more: str | Link) -> list[Link]:
    """The way to a page of keys: past the directory for whoever may see it."""
    if not more:
        return trail(_("Mottagarnas nycklar"))
    sees = may_somewhere(actor, "recipient_key.list")
    directory = [Link(_("Mottagarnas nycklar"), reverse(KEYS))] if sees else []
    return trail(*directory, *more)


def one_form(
    request: HttpRequest, actor: Actor, form: BaseForm, label: str, template: str, **more: object
) -> HttpResponse:
    """A page with one form."""
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    context = {"form": form, "label": label, "back": reverse(KEYS), "breadcrumbs": here(actor, label), **more}
    return show(request, actor, template, context, status=422 if is_wrong else 200)
