"""A key is given back to its owner alone: whom the parts are sealed to is told in person, and what the database says
is refused where it differs."""

from __future__ import annotations

import logging

import pytest

from audit.models import Entry
from tests.reports.recipients import Desk
from tests.reports.test_keys import HOLDERS, made, world_desk
from vetting.crypto import envelopes, hpke, paper
from vetting.crypto.written import SIGNS
from vetting.reports.actions import keys
from vetting.reports.errors import BadInput
from vetting.reports.models import KeyShare, RecipientKey

__all__ = ["world_desk"]


def test_a_swapped_key_gets_no_part_and_is_told_of(
    world_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody with the database puts a key of their own in the place of the one that was asked for."""
    key, lost = made(world_desk)
    told = keys.mark_of(keys.begin_recovery(key, by=world_desk.actor("rita")))
    theirs = hpke.public_of(hpke.new_seed())
    key.recovery = theirs
    for number, holder in enumerate(HOLDERS[:3], 1):
        with caplog.at_level(logging.ERROR), pytest.raises(BadInput) as error:
            keys.contribute_share(key, lost.parts[number], told, by=world_desk.actor(holder))
        assert error.value.errors == {"told": "other_key"}
    assert not envelopes.owners({key.pk})
    assert not KeyShare.objects.filter(given_on__isnull=False).exists()
    assert Entry.objects.filter(action="recipient_key.refused", subject=key.pk).count() == 1
    assert hpke.fingerprint(theirs) in caplog.text


def test_what_is_told_is_typed_and_a_slip_is_no_alarm(world_desk: Desk) -> None:
    key, lost = made(world_desk)
    code = keys.begin_recovery(key, by=world_desk.actor("rita"))
    key = RecipientKey.objects.get(pk=key.pk)
    told, hr = keys.mark_of(code), world_desk.actor("hr")
    assert [len(group) for group in told.split("-")] == [4] * 5
    slip = told[:-1] + next(sign for sign in SIGNS if sign != told[-1])
    for typed in ("", slip, told[:-5], "x" * 5000, "å" * 24):
        with pytest.raises(BadInput) as error:
            keys.contribute_share(key, lost.parts[1], typed, by=hr)
        assert error.value.errors == {"told": "mark"}
    assert not Entry.objects.filter(action="recipient_key.refused").exists()
    assert keys.contribute_share(key, lost.parts[1], f" {told.lower().replace('-', ' ')} ", by=hr) == 1


def test_the_mark_is_of_the_whole_key() -> None:
    one, other = hpke.public_of(hpke.new_seed()), hpke.public_of(hpke.new_seed())
    assert paper.mark(one) != paper.mark(other)
    assert paper.mark(one) == paper.mark(bytes(one))
    assert paper.mark(one[:-1] + bytes([one[-1] ^ 1])) != paper.mark(one)
