"""Legal holds that one person with two accounts has lifted alone, and lifts of hers that wait."""

from __future__ import annotations

from uuid import UUID

from vetting.administration.linking.pair import Pair
from vetting.recruitment.models import Recruitment
from vetting.recruitment.models.recruitment import HELD
from vetting.recruitment.relations import ENDED


def with_void_lifts(pair: Pair) -> list[UUID]:
    """The recruitments whose hold one of the two proposed to lift and the other lifted, in the order of their ids."""
    rows = Recruitment.objects.filter(lift_proposed_by__in=pair.both, lifted_by__in=pair.both)
    return sorted(rows.values_list("pk", flat=True), key=str)


def holds_after(pair: Pair) -> list[Recruitment]:
    """Ended recruitments whose hold she proposes to lift, with the one who is kept in her place.

    Those that go on are moved with their other columns (`rows_to_move`).
    """
    rows = Recruitment.objects.filter(HELD, lift_proposed_by=pair.gone, state__in=sorted(ENDED))
    found = list(rows.select_for_update())
    for recruitment in found:
        recruitment.lift_proposed_by_id = pair.kept
    return found
