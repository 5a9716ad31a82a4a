"""The addresses of signing in. Allauth knows them by the same names, so its redirects lead here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import path

from vetting.accounts import views
from vetting.accounts.second_factor import managing, showing
from vetting.accounts.sso import views as sso

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route promises, in the same words as the pages behind the door. This room stands below the door: here
    everybody reaches her own account and nothing else, so there is nothing to ask."""

    permission: str
    public: bool
    methods: tuple[str, ...]
    has_object: bool = False
    keeps_no_form: bool = False


def _declared(
    permission: str,
    view: View,
    *methods: str,
    public: bool = False,
    keeps_no_form: bool = False,
    **marks: bool,
) -> View:
    """Attach the declaration, and the marks that the sign-in middleware reads."""
    for name, value in {
        "declaration": Declaration(permission, public, methods, keeps_no_form=keeps_no_form),
        "public_page": public,
    }.items():
        setattr(view, name, value)
    for name, value in marks.items():
        setattr(view, name, value)
    return view


READ, WRITE = ("GET", "HEAD"), ("GET", "HEAD", "POST")
sign_in = _declared("account.sign_in", views.SignIn.as_view(), *WRITE, public=True, keeps_no_form=True)
# Leaving needs no sign-in: a second press after the session has ended is not a fault.
sign_out = _declared("account.sign_in", views.SignOut.as_view(), "POST", public=True)
step_up = _declared(
    "account.sign_in",
    views.StepUp.as_view(),
    *WRITE,
    keeps_no_form=True,
    while_password_is_new=True,
    while_factor_is_missing=True,
)
my_account = _declared("account.view", views.MyAccount.as_view(), *READ)
end_other_sessions = _declared("account.end_session", views.EndOtherSessions.as_view(), "POST")
change_password = _declared(
    "account.edit_sign_in",
    views.ChangePassword.as_view(),
    *WRITE,
    keeps_no_form=True,
    while_password_is_new=True,
    while_factor_is_missing=True,
)
# Between password and sign-in: whoever comes without a right password is sent to the first page.
second_step = _declared(
    "account.sign_in", showing.SecondStep.as_view(), *WRITE, public=True, keeps_no_form=True
)
OWN = {"keeps_no_form": True, "while_factor_is_missing": True}
factor_list = _declared(
    "account.edit_sign_in", managing.FactorList.as_view(), *READ, while_factor_is_missing=True
)
add_app = _declared("account.edit_sign_in", managing.AddApp.as_view(), *WRITE, **OWN)
add_key = _declared("account.edit_sign_in", managing.AddKey.as_view(), *WRITE, **OWN)
name_key = _declared("account.edit_sign_in", managing.NameKey.as_view(), *WRITE)
remove_factor = _declared("account.edit_sign_in", managing.RemoveFactor.as_view(), "POST")
make_codes = _declared(
    "account.edit_sign_in", managing.MakeCodes.as_view(), "POST", while_factor_is_missing=True
)
# The municipality's sign-in. Who comes back from it brings no token of ours, so that page is reached by GET alone.
sso_begin = _declared("account.sign_in", sso.Begin.as_view(), "POST", public=True, keeps_no_form=True)
sso_return = _declared("account.sign_in", sso.Return.as_view(), "GET", public=True)
sso_done = _declared(
    "account.sign_in", sso.Done.as_view(), *READ, while_password_is_new=True, while_factor_is_missing=True
)
sso_step_up = _declared(
    "account.sign_in",
    sso.BeginStepUp.as_view(),
    "POST",
    keeps_no_form=True,
    while_password_is_new=True,
    while_factor_is_missing=True,
)

urlpatterns = [
    path("logga-in/", sign_in, name="account_login"),
    path("logga-in/kommunen/", sso_begin, name="sso_begin"),
    path("logga-in/kommunen/svar/", sso_return, name="sso_return"),
    path("logga-in/klart/", sso_done, name="sso_done"),
    path("bekrafta/kommunen/", sso_step_up, name="sso_step_up"),
    path("logga-in/andra-steget/", second_step, name="mfa_authenticate"),
    path("logga-ut/", sign_out, name="account_logout"),
    path("bekrafta/", step_up, name="account_reauthenticate"),
    path("konto/", my_account, name="account_view"),
    path("konto/inloggningar/", end_other_sessions, name="account_end_sessions"),
    path("konto/inloggningssatt/", factor_list, name="mfa_index"),
    path("konto/inloggningssatt/app/", add_app, name="mfa_totp_add"),
    path("konto/inloggningssatt/nyckel/", add_key, name="mfa_key_add"),
    path("konto/inloggningssatt/nyckel/<str:factor>/", name_key, name="mfa_key_rename"),
    path("konto/inloggningssatt/<str:factor>/ta-bort/", remove_factor, name="mfa_remove"),
    path("konto/inloggningssatt/koder/", make_codes, name="mfa_recovery_codes"),
    path("konto/losenord/", change_password, name="account_change_password"),
]
