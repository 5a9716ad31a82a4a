"""Reading what an installation says of the municipality's own sign-in, and of passwords beside it."""

from urllib.parse import urlsplit

from config import env
from vetting.accounts.sso.options import SignOn

LOOPBACK = ("localhost", "127.0.0.1", "::1")
NAMES = ("SSO_CLIENT_ID", "SSO_ACCOUNT_CLAIM")
DAY = 8 * 60 * 60  # a working day, in seconds


def single_sign_on() -> SignOn | None:
    """The provider, or None where SSO_ISSUER is not set. Raises ConfigurationError for one that is half described."""
    issuer = env.optional("SSO_ISSUER")
    secret = env.secret("SSO_CLIENT_SECRET")
    if not issuer:
        given = [name for name in NAMES if env.optional(name)] + (["SSO_CLIENT_SECRET"] if secret else [])
        if given:
            raise env.ConfigurationError(f"{given[0]} is set but SSO_ISSUER is not: name the provider too.")
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise env.ConfigurationError("SSO_ISSUER must be the provider's address, beginning with https://.")
    for name in NAMES:
        if not env.optional(name):
            raise env.ConfigurationError(f"{name} is missing: it is needed where SSO_ISSUER is set.")
    if secret is None:
        raise env.ConfigurationError(
            "SSO_CLIENT_SECRET is missing: set it, or SSO_CLIENT_SECRET_FILE to a file."
        )
    scopes = env.listing("SSO_SCOPES", ("openid", "profile"))
    return SignOn(
        issuer=issuer,
        client_id=env.optional("SSO_CLIENT_ID"),
        client_secret=secret,
        account_claim=env.optional("SSO_ACCOUNT_CLAIM"),
        scopes=tuple(dict.fromkeys(("openid", *scopes))),
        strong_acr=tuple(env.listing("SSO_SECOND_FACTOR_ACR")),
        strong_amr=tuple(env.listing("SSO_SECOND_FACTOR_AMR")),
        max_age=env.integer("SSO_MAX_AGE", DAY),
        step_up=env.boolean("SSO_STEP_UP", default=True),
    )


def password_accounts(provider: SignOn | None) -> list[str] | None:
    """Who may sign in with a password: None for everybody, else these user names.

    Raises ConfigurationError where passwords are off and nobody could get in when the provider is down.
    """
    if env.boolean("PASSWORD_SIGN_IN", default=True):
        return None
    if provider is None:
        raise env.ConfigurationError(
            "PASSWORD_SIGN_IN is off and SSO_ISSUER is not set: nobody could sign in."
        )
    names = env.listing("EMERGENCY_ACCOUNTS")
    if not names:
        raise env.ConfigurationError(
            "PASSWORD_SIGN_IN is off: name in EMERGENCY_ACCOUNTS who still gets in when the provider is down,"
            " the two administrators of bootstrap for instance."
        )
    return names
