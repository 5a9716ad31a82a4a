"""Who can receive: keys with a good certificate whose persons have the role today. A key without one is passed over.

The database may say what it likes: what counts is the root's word, which is judged anew each time.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from audit.errors import AlreadyDone
from audit.recorder import Who, record
from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.crypto import hpke
from vetting.reports import certificates
from vetting.reports.days import today
from vetting.reports.errors import BadCertificate, NotComplete
from vetting.reports.models import RecipientKey

ROLE_OF = {
    "pressure": "report_recipient",
    "whistleblowing": "whistleblowing_recipient",
    "alternative": "alternative_recipient",
}
DIRECTORY_OF = {role: directory for directory, role in ROLE_OF.items()}
SYSTEM = Who(person_id=None, account_id=None, role="system")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to whom a report can be sealed, as the reporter sees her."""

    person_id: UUID
    name: str
    role: str
    key: RecipientKey


def recipients_of(directory: str) -> list[Recipient]:
    """Those who receive in this directory today, by name: three queries. A bad key is told of once a day."""
    day, role = today(), ROLE_OF[directory]
    keys = list(RecipientKey.objects.filter(directory=directory, state=RecipientKey.State.CERTIFIED))
    granted = RoleGrant.objects.filter(
        role=role, state=RoleGrant.State.ACTIVE, person_id__in=[key.person_id for key in keys]
    )
    holders = {grant.person_id for grant in granted if grant.is_in_force(day)}
    names = dict(
        Person.objects.filter(pk__in=holders, accounts__is_active=True).values_list("pk", "display_name")
    )
    found = [
        Recipient(key.person_id, names[key.person_id], role, key)
        for key in keys
        if key.person_id in names and is_good(key, day)
    ]
    return sorted(found, key=lambda each: each.name)


def is_authentic(key: RecipientKey) -> bool:
    """Whether the root certified this very key, at whatever time: for who checks the database."""
    try:
        require_good(key, key.valid_from or today())
    except BadCertificate:
        return False
    return True


def is_good(key: RecipientKey, on: date) -> bool:
    """Whether the root has certified this very key for this person and directory, and the day lies in its time."""
    try:
        require_good(key, on)
    except BadCertificate as error:
        _tell(key, error.why, on)
        return False
    return True


def require_good(key: RecipientKey, on: date) -> None:
    """Raises BadCertificate: as `certificates.require`, or "other_key" where row and certificate differ."""
    said = replace(certificates.read(key.certificate), signature=bytes(key.signature))
    certificates.require(said, on=on)
    row = (key.pk, key.person_id, str(key.directory), bytes(key.public), key.valid_from, key.valid_to)
    if row != (said.key, said.person, said.directory, said.public, said.first, said.last):
        raise BadCertificate("other_key")


def public_of(key: RecipientKey, person: UUID) -> bytes:
    """The public key to seal to, judged anew. Raises NotComplete for one the root has not certified for the person."""
    if not is_theirs(key, person):
        raise NotComplete("certificate")
    return bytes(key.public)


def is_theirs(key: RecipientKey, person: UUID) -> bool:
    """Whether the root has certified this very key for this very person, today."""
    return key.person_id == person and is_good(key, today())


def _tell(key: RecipientKey, why: str, on: date) -> None:
    """A key that merely ran out is no alarm; one that the root does not know is, in the log and on the server's."""
    if why != "not_in_force":
        tell_refused(key, bytes(key.public), why, on)


def tell_refused(key: RecipientKey, public: bytes, why: str, on: date) -> None:
    """In both logs, once a day for each reason: nothing was sealed to this public key, which stands in the database."""
    mark = hpke.fingerprint(public)
    logger.error("recipient key %s is not used: %s", mark, why)
    facts = {"channel": str(key.directory), "key_fingerprint": mark, "date": on}
    try:
        record(
            "recipient_key.refused", SYSTEM, subject=key.pk, facts=facts, once=uuid5(key.pk, f"{on} {why}")
        )
    except AlreadyDone:
        return
