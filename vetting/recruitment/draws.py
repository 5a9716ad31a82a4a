"""Keys of draws: committed to before they are used, disclosed when nobody is drawn with them any more."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import IntegrityError, transaction

from audit.clock import now
from audit.recorder import Who, act
from vetting.access.reveal import own_words
from vetting.crypto import keystore
from vetting.crypto.sealed import seal_into, unseal
from vetting.policy.calendar import add_months, today_stockholm
from vetting.policy.lots import KEY_BYTES, commitment
from vetting.recruitment.models import DrawKey

SYSTEM = Who(person_id=None, account_id=None, role="system")
SECOND = "second"
SAMPLE = "sample"


def quarter_of(on: date) -> str:
    """The quarter of the day as it stands in references: 2026-4."""
    return f"{on.year}-{(on.month - 1) // 3 + 1}"


def first_day_of(quarter: str) -> date:
    """The quarter's first day. Raises ValueError for what is no quarter."""
    year, _dash, number = quarter.partition("-")
    return date(int(year), int(number) * 3 - 2, 1)


def second_draw(on: date) -> str:
    """The draw of second approvers that the day belongs to."""
    return f"{SECOND}-{quarter_of(on)}"


def committed(draw: str) -> DrawKey:
    """The key of the draw; made, sealed and committed to in the log where there is none yet. An act of its own."""
    found = DrawKey.objects.filter(draw=draw).first()
    if found is not None:
        return found
    secret = secrets.token_bytes(KEY_BYTES)
    made = DrawKey(draw=draw, digest=commitment(secret), committed_on=today_stockholm(now()))
    keystore.create(made.pk)
    seal_into(made, "secret", secret.hex())
    try:
        with (
            transaction.atomic(),
            act(
                "draw_key.committed",
                SYSTEM,
                subject=made.pk,
                facts={"draw": draw, "digest": made.digest},
                seal=True,
            ) as entry,
        ):
            entry.save(made)
    except IntegrityError:
        # Another request made it at the same moment; its key is the one that the log was told of.
        return DrawKey.objects.get(draw=draw)
    return made


def secret_of(key: DrawKey) -> bytes:
    """The key itself, for drawing with; what is drawn is told by the act that draws."""
    return bytes.fromhex(unseal(key, "secret", own_words(SYSTEM, key.entry_id)))


def disclose(key: DrawKey) -> None:
    """Publish the key in the log: from now on nobody is drawn with it, and anybody can draw again."""
    seed = secret_of(key).hex()
    key.seed, key.disclosed_on = seed, today_stockholm(now())
    facts = {"draw": key.draw, "seed": seed}
    with act("draw_key.disclosed", SYSTEM, subject=key.pk, facts=facts) as entry:
        entry.save(key)


def keep_keys() -> None:
    """Job: keys for this quarter, the next, and the coming sample; of quarters that are over they are disclosed."""
    today = today_stockholm(now())
    for on in (today, add_months(today, 3)):
        committed(second_draw(on))
    committed(next_sample())
    this = first_day_of(quarter_of(today))
    for key in DrawKey.objects.filter(draw__startswith=f"{SECOND}-", disclosed_on=None):
        if first_day_of(key.draw.removeprefix(f"{SECOND}-")) < this:
            with transaction.atomic():
                disclose(DrawKey.objects.select_for_update().get(pk=key.pk))


def next_sample() -> str:
    """The draw of the coming sample: the one that waits with its key committed, or the number after the last."""
    keys = DrawKey.objects.filter(draw__startswith=f"{SAMPLE}-")
    waiting = keys.filter(disclosed_on=None).values_list("draw", flat=True).first()
    return waiting or f"{SAMPLE}-{keys.count() + 1}"
