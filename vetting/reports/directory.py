"""Who can receive: keys with a good certificate whose persons have the role today. A key without one is passed over.

The database may say what it likes: what counts is the root's word, which is judged anew each time.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet

from audit.errors import AlreadyDone
from audit.prepared import Prepared
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
CIRCLES = {"report_recipient", "whistleblowing_recipient"}
"""The two circles that are kept apart; the alternative group is agreed to be incompatible with both."""


def _certified() -> QuerySet[RecipientKey]:
    return RecipientKey.objects.filter(state=RecipientKey.State.CERTIFIED)


# Asked on every page of the channel, for every directory, and made once.
CERTIFIED = Prepared(_certified)
GRANTS = Prepared(
    lambda: RoleGrant.objects.filter(
        role__in=list(ROLE_OF.values()),
        state=RoleGrant.State.ACTIVE,
        person__in=_certified().values("person_id"),
    )
)
ACTIVE = Prepared(
    lambda: Person.objects.filter(pk__in=_certified().values("person_id"), accounts__is_active=True).only(
        "display_name"
    )
)
SYSTEM = Who(person_id=None, account_id=None, role="system")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to whom a report can be sealed, as the reporter sees her."""

    person_id: UUID
    name: str
    role: str
    key: RecipientKey
    decided_on: date | None = None
    """When she was named, and `reference` by which decision."""
    reference: str = ""
    in_both: bool = False
    """Whether she is named in the other channel too: only by decisions that the reporter is shown."""

    @property
    def fingerprint(self) -> str:
        """The key's, for people to compare."""
        return hpke.fingerprint(bytes(self.key.public))


Directories = Mapping[str, list[Recipient]]
"""Directory → those who receive in it."""


def is_shut(channel: str) -> bool:
    """Whether the municipality keeps this channel elsewhere: nothing new comes in here; what came is handled on."""
    return channel == "whistleblowing" and bool(settings.WHISTLEBLOWING_URL)


def recipients_of(directory: str) -> list[Recipient]:
    """Those who receive in this directory today, by name: three queries. A bad key is told of once a day."""
    return recipients_in((directory,))[directory]


def recipients_in(directories: Collection[str]) -> dict[str, list[Recipient]]:
    """Directory → those who receive in it today, by name: three queries, however many directories."""
    day = today()
    keys = [key for key in CERTIFIED() if key.directory in directories]
    grants = [grant for grant in GRANTS() if grant.is_in_force(day)]
    names = {person.pk: person.display_name for person in ACTIVE()}
    # Of one person's keys the last is the newest: after a change the old one is still in force for a while.
    keys.sort(key=lambda key: (key.valid_from or day, key.certified_on or day, key.created_on))
    return {
        directory: _recipients(
            [key for key in keys if key.directory == directory], ROLE_OF[directory], grants, names
        )
        for directory in directories
    }


def _recipients(
    keys: list[RecipientKey], role: str, grants: list[RoleGrant], names: dict[UUID, str]
) -> list[Recipient]:
    """Those of one directory. `keys`: its certified ones, the newest of a person last."""
    day = today()
    holders, both = _named(grants, role)
    newest = {
        key.person_id: key
        for key in keys
        if is_good(key, day) and key.person_id in names and key.person_id in holders
    }
    found = [
        Recipient(
            person,
            names[person],
            role,
            key,
            holders[person].decided_on,
            holders[person].reference,
            person in both,
        )
        for person, key in newest.items()
    ]
    return sorted(found, key=lambda each: each.name)


def _named(grants: list[RoleGrant], role: str) -> tuple[dict[UUID, RoleGrant], set[UUID]]:
    """The grants in force of those who hold the role, and who of them sits in both channels.

    The two circles are apart: who is named in both without a decision and its date in each receives in neither.
    """
    mine = {grant.person_id: grant for grant in sorted(grants, key=is_decided) if grant.role == role}
    others = CIRCLES - {role} if role in CIRCLES else set[str]()
    both = {grant.person_id for grant in grants if grant.role in others} & mine.keys()
    decided = {(grant.person_id, grant.role) for grant in grants if is_decided(grant)}
    apart = {person for person in both if not {(person, each) for each in CIRCLES} <= decided}
    return {person: grant for person, grant in mine.items() if person not in apart}, both


def is_decided(grant: RoleGrant) -> bool:
    """Whether the grant says by which decision, and when."""
    return bool(grant.reference and grant.decided_on)


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
    """Whether the root has certified this very key for this very person, today, and it may still be sealed to.

    One that was replaced is: its owner reads with it what she had before. One that was lost or exposed is not.
    """
    is_in_use = key.state == RecipientKey.State.CERTIFIED or key.reason == "replaced"
    return is_in_use and key.person_id == person and is_good(key, today())


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
