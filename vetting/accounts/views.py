"""The pages of signing in and out, of the password, and of one's own account."""

from typing import Any

from allauth.account.views import BaseReauthenticateView, LoginView, LogoutView, ReauthenticateView
from allauth.decorators import rate_limit
from allauth.mfa.base.internal.flows import post_authentication
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from vetting.accounts import resume, sessions, signin_log
from vetting.accounts.forms import NewPasswordForm, SignInForm, StepUpForm
from vetting.accounts.kept import kept_in, kept_page
from vetting.accounts.models import Account
from vetting.accounts.second_factor.forms import ShowFactorForm
from vetting.accounts.second_factor.showing import second_step_page, ways
from vetting.accounts.stepup import is_fresh, needs_proof
from vetting.web import errors
from vetting.web.parts import Link

# The page belongs at another address; a client that does not show pages must see that nothing was done.
NOT_SIGNED_IN = 401


class SignIn(LoginView):
    """User name and password. A form that was under way comes along in a hidden field."""

    form_class = SignInForm
    template_name = "account/login.html"

    def get_form_class(self) -> type[SignInForm]:
        """Our own form, whatever the settings of allauth say."""
        return SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Somebody who signed in in another window meanwhile gets her text without signing in again."""
        return kept_page(request) or super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponseBase:
        """Sign in, then show the form that was under way, if there was one."""
        response = super().form_valid(form)
        if self.request.POST.get(resume.FIELD) and getattr(response, "url", "") == reverse(
            "mfa_authenticate"
        ):
            return second_step_page(self.request)
        return kept_page(self.request) or response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry the sealed form through a mistyped password too."""
        return super().get_context_data(**kwargs) | {"resume": self.request.POST.get(resume.FIELD, "")}


class SignOut(LogoutView):
    """Ends the sign-in; only ever by POST, since a link can be followed by mistake or by force."""

    http_method_names = ["post"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out and have the browser forget what it kept for this site."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class StepUp(ReauthenticateView):
    """The second factor again, before an act that matters; the password, where the account has none."""

    form_class = StepUpForm
    template_name = "account/reauthenticate.html"

    def get_form_class(self) -> type[Form]:
        """Our own forms, whatever the settings of allauth say."""
        return ShowFactorForm if _account(self.request).factors else StepUpForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Somebody who confirmed in another tab meanwhile finishes without being asked again."""
        kept = kept_page(request) if is_fresh(request) else None
        return kept or super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose factor it is. A recovery code gets one as far as the page of one's own factors, and no further."""
        if not _account(self.request).factors:
            return super().get_form_kwargs()
        return FormView.get_form_kwargs(self) | step_up_for(self.request)

    def form_valid(self, form: Form) -> HttpResponse:
        """Note what was shown, under a new session key, then offer to finish what was under way."""
        if isinstance(form, ShowFactorForm):
            post_authentication(self.request, form.used, reauthenticated=True)
            response = BaseReauthenticateView.form_valid(self, form)
        else:
            response = super().form_valid(form)
        self.request.session.cycle_key()
        return kept_page(self.request) or response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry the sealed form through a mistyped code too."""
        found = super().get_context_data(**kwargs) | {"resume": self.request.POST.get(resume.FIELD, "")}
        account = _account(self.request)
        return found | (ways(self.request, account) if account.factors else _without(self.request, account))

    def _check_reauthentication_method_available(self, request: HttpRequest) -> None:
        """There is this one page for all of them."""

    def get_reauthentication_alternatives(self) -> list[dict[str, Any]]:
        """None but what stands on this page."""
        return []


class MyAccount(TemplateView):
    """*Mitt konto*: who one is here, the roles one has, and one's open sign-ins."""

    template_name = "account/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The account, its roles in words (from the callable that ACCOUNT_ROLES names) and its open sign-ins."""
        account = _account(self.request)
        named = getattr(settings, "ACCOUNT_ROLES", "")
        return super().get_context_data(**kwargs) | {
            "account": account,
            "roles": import_string(named)(account) if named else [],
            "sessions": sessions.live_sessions(self.request, account),
        }


class EndOtherSessions(View):
    """Ends one sign-in of one's own account, or every other."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End them, record how many, and show the account again."""
        account = _account(request)
        with transaction.atomic():
            one = request.POST.get("one", "")
            count = sessions.end_one(account, one) if one else sessions.end_others(request, account)
            if count:
                signin_log.record_ended(account, count)
        return redirect("account_view")


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(rate_limit(action="change_password"), name="dispatch")
class ChangePassword(FormView):
    """A new password; every other open sign-in of the account ends with the old one."""

    form_class = NewPasswordForm
    template_name = "account/password_change.html"
    success_url = reverse_lazy("account_view")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back; whoever must choose a password first has nowhere else to go."""
        found = super().get_context_data(**kwargs)
        if not _account(self.request).must_change_password:
            found["breadcrumbs"] = [Link(_("Mitt konto"), reverse("account_view")), Link(_("Byt lösenord"))]
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form changes the password of whoever is signed in."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Save, record, and keep this one sign-in alive under a new session key."""
        account = _account(self.request)
        with transaction.atomic():
            form.save()
            signin_log.record_changed(account, "password")
        update_session_auth_hash(self.request, form.user)
        return super().form_valid(form)


def sign_in_page(request: HttpRequest, kept: str | None) -> HttpResponse:
    """The sign-in page as the answer to a form whose sign-in had ended; ``kept`` is the sealed form, if it fitted."""
    context = {
        "form": SignInForm(request=request),
        "resume": kept or "",
        "expired": True,
        "lost": kept is None,
    }
    return render(request, SignIn.template_name, context, status=NOT_SIGNED_IN)


def step_up_page(request: HttpRequest, kept: str | None) -> HttpResponse:
    """The page that asks her to show again who she is, as the answer to a form that needs it."""
    account = _account(request)
    form: Form = StepUpForm(user=account)
    context: dict[str, Any] = {"resume": kept or "", "lost": kept is None}
    if account.factors:
        form = ShowFactorForm(**step_up_for(request))
        context |= ways(request, account)
    else:
        context |= _without(request, account)
    context["form"] = form
    return render(request, StepUp.template_name, context, status=NOT_SIGNED_IN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a new sign-in in another window: give its text back rather than refuse it.

    Only its token is old then; a form from another site fails on its origin, and one without origin is refused as
    ever. Nothing is done with the text but to carry it to a page of ours with a fresh token.
    """
    from_here = "HTTP_ORIGIN" in request.META or request.is_secure()
    if not from_here or not reason.startswith("CSRF token from POST"):
        return errors.csrf_failure(request, reason)
    account = request.user if isinstance(request.user, Account) else None
    sealed = request.POST.get(resume.FIELD, "")
    if not sealed and not resume.keeps_no_form(getattr(request.resolver_match, "func", None)):
        person_id = account.person_id if account else request.META.get("accounts.expired_person")
        sealed = resume.seal(request, person_id) or ""
    if account is None:
        return sign_in_page(request, sealed)
    return kept_in(request, sealed) or errors.csrf_failure(request, reason)


def step_up_for(request: HttpRequest) -> dict[str, Any]:
    """What the form of a step-up needs to know. A recovery code is taken on the way to one's own factors alone."""
    return {"request": request, "account": _account(request), "recovery": _for_own(request), "again": True}


def _for_own(request: HttpRequest) -> bool:
    own = reverse("mfa_index")
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    return asked.startswith(own) or request.path.startswith(own)


def _without(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Context for an account that has no second factor: whether it needs one before this can be done."""
    return {"must_add": needs_proof(account) and not _for_own(request)}


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("the page is reached without a sign-in")
    return request.user
