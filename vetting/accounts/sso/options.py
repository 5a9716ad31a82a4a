"""What an installation says of its provider; read from the environment by config.sign_on, pure data here."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SignOn:
    """One OpenID provider (setting ``SINGLE_SIGN_ON``; None where there is none).

    ``account_claim`` names the claim that holds the user name, looked at once, when a subject is bound. ``strong_acr``
    and ``strong_amr`` are the values that stand for a second factor. ``max_age`` is how many seconds old a sign-in at
    the provider may be (0: not asked). ``step_up`` tells whether the provider may be asked to sign somebody in again.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    account_claim: str
    scopes: tuple[str, ...] = ("openid", "profile")
    strong_acr: tuple[str, ...] = ()
    strong_amr: tuple[str, ...] = ()
    max_age: int = 8 * 60 * 60
    step_up: bool = True
