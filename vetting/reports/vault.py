"""A recipient's unlocked keys: opened with her passphrase, kept for 15 minutes, half here and half in her browser.

After unlocking, the seeds lie in the session sealed under a random key that exists only in a cookie of its own
(setting VAULT_COOKIE_NAME). Whoever takes the sessions from the database has no key, whoever takes the cookie has no
session.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.recorder import Who, act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.crypto import envelope, slots
from vetting.crypto.content_key import ContentKey
from vetting.crypto.envelopes import Purpose
from vetting.crypto.errors import SealError
from vetting.reports import sealing
from vetting.reports.case import Case
from vetting.reports.days import today
from vetting.reports.directory import ROLE_OF
from vetting.reports.errors import NotYours, WrongState
from vetting.reports.models import Identity, Member, RecipientKey

MINUTES = 15
SESSION_KEY = "vault"
_LABEL = envelope.named("session.vault")


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """The unlocked keys of one person: id of the key → seed. In memory for one request."""

    person_id: UUID
    seeds: Mapping[UUID, bytes] = field(repr=False)
    until: datetime

    def of(self, case: Case) -> ContentKey:
        """The report's key. Raises NotYours, NeedsAnother, WrongState. No reading is recorded: see `opening`."""
        place = self.place_in(case)
        seed = self.seeds[place.key_id]
        if case.report.two_persons:
            return sealing.joined(case.pk, place.key_id, seed, Purpose.PART, now())
        return sealing.whole(case.pk, place.key_id, seed)

    def of_identity(self, case: Case, identity: Identity) -> ContentKey:
        """The key of the name: one's own part and another's, lent for a time. Raises NotYours, NeedsAnother."""
        place = self.place_in(case)
        return sealing.joined(identity.pk, place.key_id, self.seeds[place.key_id], Purpose.IDENTITY, now())

    def place_in(self, case: Case) -> Member:
        """One's place in the circle. Raises NotYours for who is not in it, or whose key for it is not unlocked.

        And WrongState for what is set apart: what may be classified is opened by nobody, whatever for. What is disposed
        of is nobody's, should an old copy of the keys be there.
        """
        if case.is_set_apart:
            raise WrongState("report", "open", "quarantined")
        if case.report.state == "disposed":
            raise NotYours
        place = case.member_of(self.person_id)
        if place is None or place.state != "member" or place.key_id not in self.seeds:
            raise NotYours
        return place


def keys_of(actor: Actor) -> list[RecipientKey]:
    """The actor's own keys, for the page that unlocks them: a revoked one too, while older reports need it."""
    mine = list(
        RecipientKey.objects.filter(person_id=actor.person_id).order_by("directory", "created_on", "pk")
    )
    ended = slots.openable(key.pk for key in mine if key.state == RecipientKey.State.REVOKED)
    return [key for key in mine if key.state == RecipientKey.State.CERTIFIED or key.pk in ended]


def facts_for(key: RecipientKey, actor: Actor) -> Facts:
    """What the door needs to know of a key."""
    is_mine = key.person_id == actor.person_id
    return Facts(
        is_own=is_mine,
        assigned=frozenset({ROLE_OF[key.directory]}) if is_mine else frozenset(),
        relations=frozenset({"key_owner"}) if is_mine else frozenset(),
    )


def unlock(key: RecipientKey, phrase: str, *, by: Actor, also: Vault | None = None) -> Vault:
    """Open one's own key with its passphrase; `also` are keys unlocked before. Recorded before it is given out.

    Raises Denied, WrongSecret, Locked. Takes as long for a wrong passphrase as for the right one.
    """
    answer = require(by, "vault.unlock", facts_for(key, by))
    seed = slots.unlock(key.pk, phrase)
    _told("vault.unlocked", by.who(answer.role), key)
    seeds = {**(also.seeds if also is not None else {}), key.pk: seed}
    return Vault(by.person_id, seeds, now() + timedelta(minutes=MINUTES))


def lock(session: MutableMapping[str, Any], *, by: Actor) -> None:
    """Forget the keys early."""
    session.pop(SESSION_KEY, None)
    for key in keys_of(by)[:1]:
        answer = require(by, "vault.lock", facts_for(key, by))
        _told("vault.locked", by.who(answer.role), key)


def keep(session: MutableMapping[str, Any], vault: Vault) -> str:
    """Put the keys into the session; return the value of the vault's cookie, which alone opens them there."""
    key = os.urandom(32)
    said = {str(pk): base64.b64encode(seed).decode() for pk, seed in vault.seeds.items()}
    sealed = envelope.seal(key, _place(vault.person_id), json.dumps(said).encode())
    session[SESSION_KEY] = {"sealed": base64.b64encode(sealed).decode(), "until": vault.until.isoformat()}
    return base64.urlsafe_b64encode(key).decode()


def held(session: Mapping[str, Any], cookie: str, *, by: Actor) -> Vault | None:
    """The keys of this session; None where they are locked, their time is out, or cookie and session do not fit."""
    kept = session.get(SESSION_KEY)
    if not kept or not cookie:
        return None
    until = datetime.fromisoformat(kept["until"])
    if until <= now():
        return None
    try:
        key = base64.urlsafe_b64decode(cookie.encode())
        plain = envelope.unseal(key, _place(by.person_id), base64.b64decode(kept["sealed"]))
    except (SealError, ValueError, binascii.Error):
        return None
    seeds = {UUID(pk): base64.b64decode(seed) for pk, seed in json.loads(plain).items()}
    return Vault(by.person_id, seeds, until)


def _place(person: UUID) -> bytes:
    return envelope.place(_LABEL, person, person)


def _told(event: str, who: Who, key: RecipientKey) -> None:
    with act(event, who, subject=key.pk, facts={"role": who.role, "date": today()}):
        pass
