"""The addresses of signing in. Allauth knows them by the same names, so its redirects lead here."""

from collections.abc import Callable
from typing import Any

from django.urls import path

from vetting.accounts import views


def _marked(view: Callable[..., Any], **marks: bool) -> Callable[..., Any]:
    for name, value in marks.items():
        setattr(view, name, value)
    return view


sign_in = _marked(views.SignIn.as_view(), public_page=True, keeps_no_form=True)
sign_out = _marked(views.SignOut.as_view(), public_page=True)
step_up = _marked(views.StepUp.as_view(), keeps_no_form=True, while_password_is_new=True)
my_account = views.MyAccount.as_view()
end_other_sessions = _marked(views.EndOtherSessions.as_view(), while_password_is_new=True)
change_password = _marked(views.ChangePassword.as_view(), keeps_no_form=True, while_password_is_new=True)

urlpatterns = [
    path("logga-in/", sign_in, name="account_login"),
    path("logga-ut/", sign_out, name="account_logout"),
    path("bekrafta/", step_up, name="account_reauthenticate"),
    path("konto/", my_account, name="account_view"),
    path("konto/inloggningar/", end_other_sessions, name="account_end_sessions"),
    path("konto/losenord/", change_password, name="account_change_password"),
]
