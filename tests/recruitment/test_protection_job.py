"""The service may die between marking a protected identity and destroying the key: the worker finishes."""

from __future__ import annotations

import pytest

from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.reveal import own_words
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.jobs import finish_protection
from vetting.recruitment.models import Candidacy


def test_a_key_that_outlived_the_marking_is_destroyed(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist("Kanarie Kandidatsson")
    hr = world.actor("hr")
    case = walk.case()
    # The test's transaction never commits, so that what follows the commit never happens: as when the service dies.
    mark_protected(
        case,
        by=hr,
        candidacy=case.candidacy(finalist.pk),
        alias="Kandidat 7",
        kept_at="Kassaskåp",
        handlers=[hr.person_id],
    )
    earlier = Candidacy.history.filter(id=finalist.pk).order_by("entry_id").first()
    opening = own_words(hr.who("hr_officer"), 1)
    assert unseal(earlier, "name", opening) == "Kanarie Kandidatsson", "the old key is still there"
    finish_protection()
    with pytest.raises(SealError):
        unseal(earlier, "name", opening)
    key = walk.case().candidacy(finalist.pk).pk
    finish_protection()
    assert key == finalist.pk
