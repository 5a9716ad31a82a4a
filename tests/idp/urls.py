"""The provider's addresses: its own, a page to sign in at, and what the tests tell it."""

import json

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from oauth2_provider.models import get_application_model

from tests.idp import PASSWORD, validator


def control(request: HttpRequest) -> JsonResponse:
    """Make people, name where to send browsers back to, and say what is to be wrong with the next tokens."""
    told = json.loads(request.body)
    subjects = {}
    for name in told.get("people", []):
        user, made = User.objects.get_or_create(username=name)
        if made:
            user.set_password(PASSWORD)
            user.save()
        subjects[name] = str(user.pk)
    for old, new in told.get("rename", {}).items():
        User.objects.filter(username=old).update(username=new)
    if "back" in told:
        get_application_model().objects.update(redirect_uris=" ".join(told["back"]))
    if "wrong" in told:
        validator.WRONG.clear()
        validator.WRONG.update(told["wrong"])
    return JsonResponse(subjects)


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("login/", LoginView.as_view(template_name="login.html")),
    path("control/", control),
]
