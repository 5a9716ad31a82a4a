"""Settings of what leads out of the machine: the log's name, the mail server, and the gateway of text messages."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audit.checkpoint import is_origin
from config import env
from config.env import ConfigurationError

_ADDRESS = re.compile(r"[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
# Scheme of EMAIL_URL: its usual port, and how TLS begins.
_SCHEMES = {"smtps": (465, "at once"), "smtp+starttls": (587, "after greeting"), "smtp": (25, "")}
# A mail server that does not answer must not keep the worker from its other jobs; in seconds.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server. `tls` is "at once", "after greeting" or empty; without a username nobody signs in."""

    host: str
    port: int
    tls: str
    username: str
    password: str
    sender: str
    timeout: int = PATIENCE

    def __repr__(self) -> str:
        return f"Relay({self.host!r}, {self.port}, {self.tls!r})"


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where text messages are handed over, and the word that opens it."""

    url: str
    token: str
    timeout: int = PATIENCE

    def __repr__(self) -> str:
        return f"Gateway({self.url!r})"


def gateway(url: str, token: str) -> Gateway | None:
    """The text message gateway `url`, an https address without a query; None where it is not set.

    `token` is the secret setting sent with each message. Raises ConfigurationError.
    """
    address, word = env.optional(url, ""), env.secret(token)
    if not address:
        return None
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or parts.query or parts.username or not (parts.scheme == "https" or is_here):
        raise ConfigurationError(f"{url} must be an https address without user and query.")
    if not word:
        raise ConfigurationError(f"{url} is set: {token} must hold what opens the gateway.")
    return Gateway(address, word)


def origin(name: str, default: str) -> str:
    """`name` as the name of a log: an address without a scheme. Raises ConfigurationError for anything else."""
    text = env.optional(name, default)
    if not is_origin(text) or text.endswith("/"):
        raise ConfigurationError(
            f"{name} must be an address without https://, spaces and plus: loggar.kommun.se/rekrytering"
        )
    return text


def addresses(name: str) -> list[str]:
    """`name` as a comma-separated list of e-mail addresses. Raises ConfigurationError for what is not one."""
    found = env.listing(name)
    if not all(_ADDRESS.fullmatch(address) for address in found):
        raise ConfigurationError(f"{name} must be e-mail addresses with commas between them.")
    return found


def relay(name: str, sender: str) -> Relay | None:
    """The mail server `name`: smtps://user:password@host, smtp+starttls://… or smtp://host; None where it is not set.

    The address holds a password, so it may come from NAME_FILE. `sender` is the setting that says who the mail is from.
    Raises ConfigurationError for anything else, and for a password that would be sent without TLS.
    """
    value = env.secret(name)
    if value is None:
        return None
    shape = f"{name} must be smtps://user:password@host:port, smtp+starttls://… or smtp://host:port."
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ConfigurationError(shape) from None
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ConfigurationError(shape)
    usual, tls = _SCHEMES[parts.scheme]
    if parts.username and not tls:
        raise ConfigurationError(
            f"{name} would send the password without TLS: use smtps:// or smtp+starttls://."
        )
    who = addresses(sender)
    if len(who) != 1:
        raise ConfigurationError(f"{sender} must be one e-mail address, as {name} is set.")
    return Relay(
        parts.hostname,
        port or usual,
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        who[0],
    )


def anchor_mail(to: str, relayed: Relay | None, name: str) -> list[str]:
    """Who gets the checkpoints by mail. Raises ConfigurationError where there are some and no server to send with."""
    found = addresses(to)
    if found and relayed is None:
        raise ConfigurationError(f"{to} is set: {name} must say which mail server sends.")
    return found
