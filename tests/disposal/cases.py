"""Recruitments that are over: one engaged, one not, one who withdrew, and one with a protected identity."""

from __future__ import annotations

from datetime import date, timedelta

from tests.harness.replay import replayed
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.policy.calendar import add_months
from vetting.recruitment.actions.candidacy_outcome import mark_not_selected, withdraw_candidacy
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.report import record_dates, report_to_board
from vetting.recruitment.models import Candidacy, Decision

NAMES = ("Engla Anställdsson", "Inga Aktuellberg", "Tage Återtagsson")


class Over:
    """A recruitment with one place: `engaged` has started, `left` was not chosen, `gone` withdrew."""

    def __init__(self, world: World, position: str = "assistant") -> None:
        self.world = world
        self.walk = Walk(world, position).open()
        walk = self.walk
        self.engaged, self.left, self.gone = (walk.finalist(name) for name in NAMES)
        walk.ready(self.engaged)
        walk.finish({"finalist"}, self.left)
        self._end()
        walk.sign(self.engaged)
        walk.start(self.engaged)

    def _end(self) -> None:
        case, manager = self.walk.case(), self.world.actor("manager")
        mark_not_selected(case, by=manager, candidacy=case.candidacy(self.left.pk), reason="other_chosen")
        case = self.walk.case()
        withdraw_candidacy(case, by=self.world.actor("hr"), candidacy=case.candidacy(self.gone.pk))

    def finalise(self) -> date:
        """The decision is reported, the minutes adjusted and posted, all today; the day it is final."""
        case, by = self.walk.case(), self.world.actor("registrar")
        decision, day = case.decisions[0], self.walk.on
        report_to_board(case, by=by, decision=decision, reported_on=day)
        case = self.walk.case()
        record_dates(case, by=by, decision=case.decisions[0], minutes_approved_on=day, posted_on=day)
        final = Decision.objects.get(recruitment=self.walk.pk).final_on
        assert final is not None
        return final


@replayed
def build_over() -> Over:
    """The recruitment, in a municipality of its own."""
    return Over(build_world())


def cancelled(world: World) -> tuple[Walk, Candidacy]:
    """A recruitment that was cancelled with one finalist in it."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist("Avbruten Person")
    cancel_recruitment(walk.case(), by=world.actor("manager"), reason="need_changed", informed_on=walk.on)
    return walk, finalist


def months(day: date, count: int) -> date:
    """The first day after so many months from `day`."""
    return add_months(day, count) + timedelta(days=1)
