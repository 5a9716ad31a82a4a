"""What the reporter takes away: the code, the days to come back, and a signed statement that the report was received.

    kommun Nordviks kommun
    dag 2026-11-28
    kanal pressure
    fingeravtryck <SHA-256 of salt ‖ story, hexadecimal>

The salt is derived from the code (HKDF, a purpose of its own), so that the statement tells others nothing of the story,
and the code is not needed to have it checked: whoever wants to prove *what* was reported shows the story and the salt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings

from vetting.crypto import statements
from vetting.crypto.written import Code
from vetting.policy.calendar import today_stockholm
from vetting.reports.models import Report

KIND = "receipt"
SALT = "report salt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """For the one page that shows it. `signature` is empty where the service has no key for it (`RECEIPT_KEY`)."""

    code: Code
    reference: str
    channel: str
    received_on: date
    answer_on: date
    """The last day for the first answer."""
    feedback_by: date
    statement: str
    signature: bytes
    salt: bytes
    is_new: bool = field(default=False, compare=False)
    """Whether the report was written just now: nothing has been done with it."""


def receipt_of(report: Report, code: Code, story: str) -> Receipt:
    """The receipt; the same whenever it is asked for."""
    salt = code.key(SALT)
    text = statement(report, salt, story)
    key = settings.RECEIPT_KEY
    return Receipt(
        code,
        report.reference,
        str(report.channel),
        report.received_on,
        answer_on(report),
        report.feedback_by,
        text,
        statements.sign(key, KIND, text) if key else b"",
        salt,
    )


def answer_on(report: Report) -> date:
    """The day on which the first answer is due at the latest."""
    # The last moment of a day is the first of the next; of a report that moved it may be finer than its channel's.
    return today_stockholm(report.acknowledge_by - timedelta(microseconds=1))


def statement(report: Report, salt: bytes, story: str) -> str:
    """What is signed."""
    return "".join(
        f"{name} {value}\n"
        for name, value in (
            ("kommun", settings.MUNICIPALITY_NAME or "–"),
            ("dag", report.received_on),
            ("kanal", report.channel),
            ("fingeravtryck", fingerprint(salt, story)),
        )
    )


def fingerprint(salt: bytes, story: str) -> str:
    """Of a story, told to nobody without the salt."""
    return sha256(salt + story.encode()).hexdigest()


def is_ours(text: str, signature: bytes) -> bool:
    """Whether this service signed the statement. Line ends are forgiven, nothing else."""
    key: bytes | None = settings.RECEIPT_KEY
    plain = text.replace("\r\n", "\n").strip() + "\n"
    return key is not None and statements.is_signed(statements.public_of(key), KIND, plain, signature)
