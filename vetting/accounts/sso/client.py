"""The conversation with the provider: code flow with PKCE, state and nonce, over allauth's OpenID Connect provider.

Allauth keeps the state, makes the verifier and fetches the token. Here is what it leaves out: a nonce, a signature
that is always checked, an issuer that must be the one configured, and no table of its own that is asked anything.
"""

import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from requests import RequestException

from vetting.accounts.sso.id_token import Asked, BadToken, Identity, verify
from vetting.accounts.sso.options import SignOn

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST_ANSWER = 4096  # characters of a code; a provider's are some hundred


class Refused(Exception):
    """No identity came of it; the text is a code for the server log."""


class Unreachable(Exception):
    """The provider does not answer, or not as a provider."""


class SocialAdapter(DefaultSocialAccountAdapter):
    """Named by SOCIALACCOUNT_ADAPTER: no sign-up, and no provider from a table."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No: accounts are made by administrators."""
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """None: whoever writes in the database must not be able to name a provider."""
        return []


class Adapter(OpenIDConnectOAuth2Adapter):
    """Allauth's, held to one issuer."""

    def __init__(self, request: HttpRequest, provider: "Provider") -> None:
        super().__init__(request, provider.app.provider_id)
        self._provider = provider

    def get_provider(self) -> "Provider":
        """The one that is configured."""
        return self._provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description, fetched once. Raises OAuth2Error where it is not the configured issuer's."""
        if not hasattr(self, "_openid_config"):
            told = fetch(self._provider.server_url)
            if told.get("issuer") != configured().issuer:
                raise OAuth2Error("issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not is_safe(str(told.get(name, ""))):
                    raise OAuth2Error(name)
            self._openid_config = told
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the browser back to."""
        return str(build_absolute_uri(request, reverse("sso_return"), None))


class Provider(OpenIDConnectProvider):
    """Allauth's, for the one application that the settings describe; PKCE always."""

    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> Adapter:
        """Ours."""
        return Adapter(request, self)


def begin(request: HttpRequest, *, process: str, next_url: str = "") -> str:
    """The provider's address to send the browser to; ``process`` is "login" or "step_up". Raises Unreachable."""
    options = configured()
    nonce = secrets.token_urlsafe(32)
    asked: dict[str, str] = {"nonce": nonce}
    if options.strong_acr:
        asked["acr_values"] = " ".join(options.strong_acr)
    if process == "step_up":
        asked |= {"prompt": "login", "max_age": "0"}
    elif options.max_age:
        asked["max_age"] = str(options.max_age)
    try:
        answer = _provider(request).redirect(
            request, process, next_url, auth_params=asked, nonce=nonce, began=time.time()
        )
    except (OAuth2Error, RequestException, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
    return str(answer.url)


def finish(request: HttpRequest) -> tuple[dict[str, Any], Identity]:
    """The state that was kept when the browser left, and who the provider says has come back. Raises Refused.

    The state is used up by this, whatever comes of it.
    """
    options, provider = configured(), _provider(request)
    code = request.GET.get("code", "")
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state"))
    except PermissionDenied as error:
        raise Refused("state") from error
    if "error" in request.GET or not 0 < len(code) <= LONGEST_ANSWER:
        raise Refused("no code")
    # RFC 9207: a provider that names itself in its answer must be the one that was asked.
    if request.GET.get("iss", options.issuer) != options.issuer:
        raise Refused("iss")
    asked = Asked(
        issuer=options.issuer,
        client_id=options.client_id,
        nonce=state["nonce"],
        began=state["began"],
        max_age=options.max_age,
        anew=state["process"] == "step_up",
    )
    try:
        adapter = provider.get_oauth2_adapter(request)
        client = adapter.get_client(request, provider.app)
        token = client.get_access_token(code, pkce_code_verifier=state["pkce_code_verifier"])
        keys = fetch(adapter.openid_config["jwks_uri"])
        return state, verify(str(token.get("id_token", "")), keys, asked)
    except (OAuth2Error, RequestException, BadToken, ValueError) as error:
        raise Refused(f"{type(error).__name__} {error if isinstance(error, BadToken) else ''}") from error


def fetch(address: str) -> dict[str, Any]:
    """The JSON object at an address of the provider. Raises RequestException, or ValueError for anything else."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told


def is_safe(address: str) -> bool:
    """Whether an address is over TLS, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def configured() -> SignOn:
    """The provider that is configured. Raises Http404 where there is none."""
    options = settings.SINGLE_SIGN_ON
    if not isinstance(options, SignOn):
        raise Http404
    return options


def _provider(request: HttpRequest) -> Provider:
    options = configured()
    app = SocialApp(
        provider="openid_connect",
        provider_id="municipality",
        name="municipality",
        client_id=options.client_id,
        secret=options.client_secret,
        settings={"server_url": options.issuer, "scope": list(options.scopes)},
    )
    return Provider(request, app=app)
