"""Recipients' keys: made, certified, given a new passphrase, restored from three of five parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from audit.clock import now
from audit.covered import Covered
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.access.models import RoleGrant
from vetting.crypto import envelopes, hpke, paper, shamir, slots
from vetting.crypto.envelopes import Purpose
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.crypto.passphrase import new_passphrase
from vetting.crypto.written import Code, NotACode
from vetting.policy.events import EVENTS
from vetting.reports import certificates
from vetting.reports.case import Once, moved
from vetting.reports.certificates import Certificate
from vetting.reports.days import today
from vetting.reports.directory import DIRECTORY_OF, ROLE_OF, tell_refused
from vetting.reports.errors import BadCertificate, BadInput, NotComplete
from vetting.reports.models import KeyShare, RecipientKey
from vetting.reports.sealing import bound
from vetting.reports.vault import Vault, facts_for

PARTS, NEEDED = 5, 3
GIVEN_FOR = timedelta(days=7)
"""How long parts that were given wait for the others."""
VALID_YEARS = 2
_RECOVERY = "recipient restore"


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What is shown once, to be written down: never stored, and never shown again."""

    phrase: str
    code: Code
    parts: Mapping[int, str]


def create_key(
    *, by: Actor, directory: str, phrase: str | None = None, once: Once = None
) -> tuple[RecipientKey, Secrets]:
    """Make one's own key for a directory whose role one holds; an earlier one goes on until it is revoked.

    Raises Denied, Locked, NotComplete where one waits for its certificate.

    `phrase` is for the demonstration alone, which works its passphrases out.
    """
    key = RecipientKey(id=uuid4(), person_id=by.person_id, directory=directory, created_on=today())
    answer = require(by, "recipient_key.create", facts_for(key, by))
    if DIRECTORY_OF.get(answer.role) != directory:
        raise BadInput(directory="choice")
    if RecipientKey.objects.filter(person_id=by.person_id, directory=directory, state="pending").exists():
        raise NotComplete("key_waiting")
    seed, made = hpke.new_seed(), Secrets(phrase or new_passphrase(), Code.new(), {})
    parts = shamir.split(seed, NEEDED, range(1, PARTS + 1))
    made = Secrets(
        made.phrase, made.code, {number: paper.write(number, part) for number, part in parts.items()}
    )
    key.public, key.state = hpke.public_of(seed), moved("recipient_key", "create", "new")
    slots.lock(key.pk, seed, phrase=made.phrase, code=made.code)
    try:
        record_key("recipient_key.created", by, answer.role, key, once, key)
    except BaseException:
        slots.destroy(key.pk)
        raise
    return key, made


def request_of(key: RecipientKey, first: date | None = None) -> Certificate:
    """What the root is asked to certify: two years from `first`."""
    first = first or today()
    last = first.replace(year=first.year + VALID_YEARS, day=min(first.day, 28)) - timedelta(days=1)
    return Certificate(key.pk, key.person_id, str(key.directory), bytes(key.public), first, last)


def import_certificate(
    written: str, *, by: Actor, holders: Sequence[UUID] = (), once: Once = None
) -> RecipientKey:
    """Take in what the root signed at the ceremony; `holders` are the five who took parts, in the order of the parts.

    Raises BadCertificate, Denied, WrongState, RecipientKey.DoesNotExist.
    """
    said = certificates.read(written)
    with transaction.atomic():
        key = RecipientKey.objects.select_for_update().get(pk=said.key)
        answer = require(by, "recipient_key.import_certificate", facts_for(key, by))
        row = (key.pk, key.person_id, str(key.directory), bytes(key.public))
        if row != (said.key, said.person, said.directory, said.public):
            raise BadCertificate("other_key")
        certificates.require(said, on=max(today(), said.first))
        require_holders(key, holders)
        key.state = moved("recipient_key", "certify", key.state)
        key.certificate, key.signature = said.text, said.signature
        key.valid_from, key.valid_to = said.first, said.last
        key.certified_by_id, key.certified_on = by.person_id, today()
        shares = [KeyShare(key=key, number=n, holder_id=person) for n, person in enumerate(holders, 1)]
        record_key("recipient_key.certified", by, answer.role, key, once, key, *shares)
    return key


def require_holders(key: RecipientKey, holders: Sequence[UUID]) -> None:
    """Five people, none of whom is the owner or receives where she does: parts that she holds herself save nothing.

    Raises BadInput.
    """
    if not holders:
        return
    if len(set(holders)) != PARTS:
        raise BadInput(holders="five_people")
    receives = RoleGrant.objects.filter(
        person_id__in=holders, role=ROLE_OF[str(key.directory)], state=RoleGrant.State.ACTIVE
    )
    if key.person_id in holders or receives.exists():
        raise BadInput(holders="recipients")


def change_passphrase(key: RecipientKey, *, by: Actor, vault: Vault, once: Once = None) -> Secrets:
    """New passphrase and recovery code for an unlocked key; the old ones open nothing more. Raises Denied, Locked."""
    answer = require(by, "recipient_key.rewrap", facts_for(key, by))
    moved("recipient_key", "rewrap", key.state)
    made = Secrets(new_passphrase(), Code.new(), {})
    with transaction.atomic():
        record_key("recipient_key.rewrapped", by, answer.role, key, once)
        slots.lock(key.pk, vault.seeds[key.pk], phrase=made.phrase, code=made.code)
    return made


def recover_with_code(key: RecipientKey, code: Code, *, by: Actor, once: Once = None) -> Secrets:
    """The code on paper in place of a lost passphrase. Raises Denied, WrongSecret, Locked."""
    answer = require(by, "recipient_key.recover", facts_for(key, by))
    return _restored(key, slots.recover(key.pk, code), by, answer.role, once)


def begin_recovery(key: RecipientKey, *, by: Actor, once: Once = None) -> Code:
    """Ask the holders for their parts, to be sealed to the code that is returned and shown once.

    Raises Denied, WrongState where the key is not certified.
    With it goes its mark (`mark_of`), which the owner says to each holder in person.
    """
    answer = require(by, "recipient_key.recover", facts_for(key, by))
    moved("recipient_key", "recover", key.state)
    code = Code.new()
    key.recovery = hpke.public_of(code.key(_RECOVERY))
    envelopes.destroy(key.pk)
    record_key("recipient_key.recovery_begun", by, answer.role, key, once, key)
    return code


def mark_of(code: Code) -> str:
    """What the owner says to each holder, from her code and not from the database."""
    return paper.mark(hpke.public_of(code.key(_RECOVERY)))


def contribute_share(key: RecipientKey, typed: str, told: str, *, by: Actor, once: Once = None) -> int:
    """Give one's part; it is sealed at once, and opened by the owner's code alone. How many have been given.

    `told` is the mark that the owner has said: whoever has the database could ask in her name, with a key of their own.
    Raises Denied for who holds none, BadInput for what was typed (`told`: `mark`, and `other_key`, which is told of in
    the log), NotComplete where nobody asked.
    """
    share = KeyShare.objects.filter(key=key, holder_id=by.person_id).first()
    relations = frozenset({"share_holder"}) if share is not None else frozenset[str]()
    answer = require(by, "recipient_key.contribute_share", Facts(relations=relations))
    if share is None or not key.recovery:
        raise NotComplete("nobody_asks")
    require_told(key, told)
    try:
        number, part = paper.read(typed)
    except NotACode:
        raise BadInput(part="unreadable") from None
    if number != share.number:
        raise BadInput(part="other_number")
    sealed = hpke.seal_to(bytes(key.recovery), bytes([number]) + part, bound(Purpose.LENT, key.pk, key.pk))
    lent = Envelope(owner=key.pk, holder=key.pk, lender=share.pk, purpose=Purpose.LENT, blob=sealed)
    lent.until = now() + GIVEN_FOR
    envelopes.lend(lent)
    share.given_on = today()
    given = len(envelopes.lent_to(key.pk, key.pk, now()))
    with act("recipient_key.share_contributed", by.who(answer.role), subject=key.pk, once=once) as entry:
        entry.facts = {"count": given, "date": today()}
        entry.save(share)
    return given


def require_told(key: RecipientKey, told: str) -> None:
    """Raises BadInput unless parts would be sealed to the key that the owner has told of."""
    try:
        mark = paper.read_mark(told)
    except NotACode:
        raise BadInput(told="mark") from None
    if mark != paper.mark(bytes(key.recovery)):
        tell_refused(key, bytes(key.recovery), "swapped for the recovery", today())
        raise BadInput(told="other_key")


def finish_recovery(key: RecipientKey, code: Code, *, by: Actor, once: Once = None) -> Secrets:
    """Join the parts with the owner's code; new passphrase and recovery code. Raises Denied, NotComplete, BadInput."""
    answer = require(by, "recipient_key.recover", facts_for(key, by))
    parts: dict[int, bytes] = {}
    for lent in envelopes.lent_to(key.pk, key.pk, now()):
        try:
            blob = hpke.open_with(code.key(_RECOVERY), bytes(lent.blob), bound(Purpose.LENT, key.pk, key.pk))
        except SealError:
            raise BadInput(code="wrong") from None
        parts[blob[0]] = blob[1:]
    if len(parts) < NEEDED:
        raise NotComplete("parts")
    seed = shamir.join(parts)
    if hpke.public_of(seed, key.public[0]) != bytes(key.public):
        raise BadInput(part="wrong")
    return _restored(key, seed, by, answer.role, once)


def _restored(key: RecipientKey, seed: bytes, by: Actor, role: str, once: Once) -> Secrets:
    moved("recipient_key", "recover", key.state)
    made = Secrets(new_passphrase(), Code.new(), {})
    key.recovery = b""
    with transaction.atomic():
        record_key("recipient_key.recovered", by, role, key, once, key)
        slots.lock(key.pk, seed, phrase=made.phrase, code=made.code)
    envelopes.destroy(key.pk)
    return made


def record_key(event: str, by: Actor, role: str, key: RecipientKey, once: Once, *rows: Covered) -> None:
    """One act with a key."""
    known: dict[str, Any] = {
        "role": str(role),
        "channel": str(key.directory),
        "key_fingerprint": hpke.fingerprint(bytes(key.public)),
        "date": today(),
    }
    said = {name: value for name, value in known.items() if name in EVENTS[event].facts}
    with act(event, by.who(role), subject=key.pk, facts=said, once=once) as entry:
        for row in rows:
            entry.save(row)
