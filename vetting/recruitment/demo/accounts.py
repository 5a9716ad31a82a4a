"""The demonstration's accounts: passwords that can be read aloud, worked out from the demonstration's own key.

No password is stored anywhere in plain text, and another DATA_DIR has other passwords.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher
from django.utils.module_loading import import_string

from vetting.accounts.models import Account
from vetting.crypto.written import RANDOM_SIGNS, SIGNS, Code
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.candidate_link import digest_of
from vetting.recruitment.models import CandidateLink

WORDS = (
    "albatross", "ankare", "barkbit", "bersån", "blixten", "bokhylla", "brygga", "cykel", "dimma", "drake", "eldfluga",
    "fiskmås", "flotte", "fyrtorn", "gläntan", "gnista", "grytlock", "hammock", "havstulpan", "igelkott", "isflak",
    "julgran", "kajuta", "kantarell", "kavaj", "klocka", "kompass", "lampa", "lingon", "lykta", "maskros", "myrstack",
    "norrsken", "nyckelpiga", "orgel", "paddel", "paraply", "pärlan", "regnbåge", "ruska", "segelduk", "sjökort",
    "skidspår", "snöboll", "sparv", "stenmur", "syrsa", "tallkotte", "tröskel", "tvåkrona", "ugglan", "vandring",
    "vedbod", "vinterbad", "vägskäl", "åskmoln", "älgstig", "ängslada", "öppning", "örngott", "rönnbär", "kvarnhjul",
    "hängmatta", "solrosen",
)  # fmt: skip
_LETTERS = str.maketrans("åäö", "aao")


def password_of(username: str) -> str:
    """Four words, the same for this demonstration every time; worthless in any other."""
    drawn = hmac.digest(settings.SECRET_KEY.encode(), b"demonstration account " + username.encode(), "sha256")
    return "-".join(WORDS[byte % len(WORDS)].translate(_LETTERS) for byte in drawn[:4])


def code_of(reference: str, label: str) -> Code:
    """The code to a finalist's own page, made up from the same key; worthless in any other demonstration."""
    said = f"demonstration code {reference} {label}".encode()
    drawn = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
    return Code.of([byte % len(SIGNS) for byte in drawn[:RANDOM_SIGNS]])


def candidate_pages() -> list[dict[str, str]]:
    """`reference` and `code` of each finalist whom the demonstration has let in to a page of her own."""
    found = []
    links = CandidateLink.objects.filter(ended_on=None).select_related("recruitment", "candidacy")
    for link in links.order_by("recruitment__reference", "candidacy__label"):
        code = code_of(link.recruitment.reference, link.candidacy.label)
        if bytes(link.digest) == digest_of(code):  # not one that somebody has handed out since
            who = f"{link.recruitment.reference} {link.candidacy.label}"
            found.append({"reference": who, "code": "-".join(code.groups)})
    return found


def hashed(usernames: Sequence[str]) -> dict[str, str]:
    """Hashed passwords by user name: in the installation's way, but with less labour, as there are half a hundred.

    Whoever has the database of a demonstration has nothing that is worth a search. The first sign-in makes it full.
    """
    hasher: Any = get_hasher()
    if isinstance(hasher, Argon2PasswordHasher):
        hasher = Argon2PasswordHasher()
        hasher.time_cost, hasher.memory_cost, hasher.parallelism = 1, 8 * 1024, 1
    return {name: hasher.encode(password_of(name), hasher.salt()) for name in usernames}


def listing() -> list[dict[str, Any]]:
    """One object per account and role it is for: `username`, `password`, `role`, `name`; in the order of the roles."""
    found = []
    for account in Account.objects.select_related("person").prefetch_related("person__role_grants"):
        held = {grant.role for grant in account.person.role_grants.all() if grant.state == "active"}
        # A head of administration is listed as chief, the rarer of her two roles.
        role = next((code for code in reversed(ROLES) if code in held), "employee")
        told = {
            "username": account.username,
            "password": password_of(account.username),
            "role": role,
            "name": account.person.display_name,
        }
        also = {name: import_string(path)(account) for name, path in settings.DEMO_ACCOUNTS_ALSO.items()}
        found.append(told | {name: value for name, value in also.items() if value is not None})
    order = list(ROLES)
    return sorted(found, key=lambda one: (order.index(str(one["role"])), one["username"]))
