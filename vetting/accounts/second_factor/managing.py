"""The pages of one's own second factors: add, name, remove, and the recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from vetting.accounts import limits, sessions
from vetting.accounts.assurance import lacks_second_factor, must_keep_a_factor
from vetting.accounts.models import Account
from vetting.accounts.second_factor import codes, keys
from vetting.accounts.second_factor.forms import AddAppForm, AddKeyForm, NameKeyForm
from vetting.accounts.second_factor.held import KEY, TOTP, changing, factors_of
from vetting.accounts.second_factor.showing import began_just_now
from vetting.accounts.stepup import StepUpNeeded, is_fresh
from vetting.web.parts import Link

REMOVED = {TOTP: "totp_removed", KEY: "key_removed"}
NAMES = {
    "factors": gettext_noop("Bekräftelse i två steg"),
    "factor_app": gettext_noop("Lägg till app med engångskoder"),
    "factor_key": gettext_noop("Lägg till säkerhetsnyckel"),
    "factor_name": gettext_noop("Byt namn på nyckeln"),
    "factor_needed": gettext_noop("Det går inte att ta bort den sista"),
    "recovery_codes": gettext_noop("Dina återställningskoder"),
}
"""Template → what the page is called."""


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OwnFactors(View):
    """What all these pages share: whose they are, and that she has just shown who she is."""

    needs_step_up = True
    account: Account

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises StepUpNeeded, unless this is the first factor of a sign-in that began just now."""
        if not isinstance(request.user, Account):
            raise TypeError("the page is reached without a sign-in")
        self.account = request.user
        if self.needs_step_up and not self._shown(request):
            raise StepUpNeeded
        return super().dispatch(request, *args, **kwargs)

    def _shown(self, request: HttpRequest) -> bool:
        first = not self.account.factors and began_just_now(request, self.account, limits.step_up_seconds())
        return first or is_fresh(request, own_factors=True)

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """One of the pages, with the way back; whoever must add a factor first has nowhere else to go."""
        if not lacks_second_factor(self.request, self.account):
            context["breadcrumbs"] = _way_to(template)
        return render(self.request, f"account/{template}.html", context, status=status)

    def added(self, factor: Authenticator, was_first: bool) -> HttpResponse:
        """This sign-in has shown the factor. After the first one come the recovery codes, shown this once."""
        post_authentication(self.request, factor)
        self.request.session.cycle_key()
        if was_first:
            made = codes.make_recovery_codes(self.account)
            return self.page("recovery_codes", codes=made)
        return redirect("mfa_index")


class FactorList(OwnFactors):
    """Which second factors one has."""

    needs_step_up = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The factors, and whether one is missing."""
        factors = factors_of(self.account)
        return self.page(
            "factors",
            keys=[
                {"pk": f.pk, "name": f.data["name"], "added": f.created_at, "used": f.last_used_at}
                for f in factors
                if f.type == KEY
            ],
            app=next((f for f in factors if f.type == TOTP), None),
            codes_left=codes.codes_left(self.account) if factors else 0,
            missing=lacks_second_factor(request, self.account),
            has_any=bool(factors),
        )


class AddApp(OwnFactors):
    """An app that shows codes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A fresh secret, as an image and as text."""
        if any(factor.type == TOTP for factor in factors_of(self.account)):
            return redirect("mfa_index")
        return self._show(AddAppForm(initial={"secret": codes.new_secret(self.account)}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add it once the first code is right."""
        form = AddAppForm(request.POST)
        secret = codes.open_secret(self.account, request.POST.get("secret", ""))
        if secret is None:
            return redirect("mfa_totp_add")
        if form.is_valid():
            was_first = not factors_of(self.account)
            factor = codes.add_app(self.account, secret, "".join(form.cleaned_data["code"].split()))
            if factor is not None:
                return self.added(factor, was_first)
            form.add_error("code", _("Koden stämmer inte. Kontrollera att telefonens klocka går rätt."))
        return self._show(form)

    def _show(self, form: AddAppForm) -> HttpResponse:
        secret = codes.open_secret(self.account, form["secret"].value()) or ""
        groups = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
        return self.page("factor_app", form=form, image=codes.qr_image(self.account, secret), secret=groups)


class AddKey(OwnFactors):
    """A security key."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What the browser is to ask the key for."""
        return self._show(AddKeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add it once the answer fits."""
        form = AddKeyForm(request.POST)
        if form.is_valid():
            was_first = not factors_of(self.account)
            name, answer = form.cleaned_data["name"], form.cleaned_data["answer"]
            try:
                factor = keys.add_key(request, self.account, name, answer)
            except keys.OtherAlgorithm:
                form.add_error(
                    None, _("Nyckeln är av en sort som inte kan användas här. Prova en annan nyckel.")
                )
                return self._show(form)
            if factor is not None:
                return self.added(factor, was_first)
            form.add_error(None, _("Nyckeln kunde inte läggas till. Försök igen."))
        return self._show(form)

    def _show(self, form: AddKeyForm) -> HttpResponse:
        return self.page("factor_key", form=form, key_options=keys.begin_adding(self.request, self.account))


class NameKey(OwnFactors):
    """Another name for a key of one's own."""

    def get(self, request: HttpRequest, factor: str) -> HttpResponse:
        """The name it has."""
        return self.page("factor_name", form=NameKeyForm(initial={"name": self._key(factor).data["name"]}))

    def post(self, request: HttpRequest, factor: str) -> HttpResponse:
        """Give it the new one."""
        key = self._key(factor)
        form = NameKeyForm(request.POST)
        if not form.is_valid():
            return self.page("factor_name", form=form)
        keys.rename_key(self.account, key.pk, form.cleaned_data["name"])
        return redirect("mfa_index")

    def _key(self, factor: str) -> Authenticator:
        found = next((f for f in factors_of(self.account) if str(f.pk) == factor and f.type == KEY), None)
        if found is None:
            raise Http404
        return found


class RemoveFactor(OwnFactors):
    """Takes away one of several factors; the last one only where no role needs it."""

    def post(self, request: HttpRequest, factor: str) -> HttpResponse:
        """Remove it, with the recovery codes where it was the last, and end the sign-ins elsewhere."""
        with transaction.atomic():
            factors = factors_of(Account.objects.select_for_update().get(pk=self.account.pk))
            found = next((f for f in factors if str(f.pk) == factor), None)
            if found is None:
                raise Http404
            if len(factors) == 1 and must_keep_a_factor(self.account):
                return self.page("factor_needed", status=409)
            digest = keys.fingerprint_of(keys.credential_of(found)) if found.type == KEY else ""
            with changing(self.account, REMOVED[found.type], digest) as rows:
                for row in rows:
                    if row.pk == found.pk or len(factors) == 1:
                        row.delete()
            sessions.end_others(request, self.account)
        return redirect("mfa_index")


class MakeCodes(OwnFactors):
    """New recovery codes; those there were are worth nothing from now on."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make them and show them, this once."""
        if not factors_of(self.account):
            raise Http404
        return self.page("recovery_codes", codes=codes.make_recovery_codes(self.account))


def _way_to(template: str) -> list[Link]:
    """The pages above this one, and its own name."""
    above = Link(_("Mitt konto"), reverse("account_view"))
    here = _(NAMES[template])
    if template == "factors":
        return [above, Link(here)]
    return [above, Link(_(NAMES["factors"]), reverse("mfa_index")), Link(here)]
