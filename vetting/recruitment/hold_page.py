"""What stands on a legal hold's page and in its row of the list: since when, why, who asks that it is lifted, times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from vetting.policy.limitation import ClaimTimes
from vetting.policy.reasons import HOLD_LIFTED, LEGAL_HOLD
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import Recruitment
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact, Link

KINDS = {"in_force": "stopped", "lift_proposed": "waiting", "lifted": "closed"}
Times = Sequence[tuple[str, ClaimTimes | None]]


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold of the list."""

    recruitment: Recruitment
    kind: str
    state: str
    ground: str
    latest: str
    proposed: str


def shown_state(recruitment: Recruitment) -> tuple[str, str]:
    """(kind of tag, words) of the hold; nothing in force where none was set."""
    state = recruitment.hold_state
    if state == "new":
        return "info", _("Inget gallringsstopp")
    return KINDS[state], state_label("hold", state)


def told_on_case(case: Case, can: Mapping[str, bool]) -> Link | None:
    """For the recruitment's own page: since when nothing is disposed of, and where more stands; None without a hold."""
    recruitment = case.recruitment
    if not recruitment.is_held or not can["hold.view"]:
        return None
    since = {
        "day": day_or_dash(recruitment.legal_hold_since),
        "why": _(LEGAL_HOLD[recruitment.legal_hold_ground]),
    }
    return Link(_("Inget gallras sedan %(day)s. %(why)s.") % since, links.to("hold_view", case))


def row_of(recruitment: Recruitment, times: Times) -> HoldRow:
    """The hold as a row. `lift_proposed_by` is loaded."""
    kind, words = shown_state(recruitment)
    by = recruitment.lift_proposed_by
    proposed = ""
    if by is not None:
        who = _("namnet visas inte") if by.is_protected else by.display_name
        proposed = _("%(why)s. Föreslaget av %(who)s %(day)s.") % {
            "why": _(HOLD_LIFTED[recruitment.lift_reason]),
            "who": who,
            "day": day_or_dash(recruitment.lift_proposed_on),
        }
    ground = _(LEGAL_HOLD[recruitment.legal_hold_ground])
    return HoldRow(recruitment, kind, words, ground, latest_of(times), proposed)


def latest_of(times: Times) -> str:
    """The last day on which a claim about any of the decisions can come, in words."""
    if not times:
        return _("inget beslut")
    days = [each.latest for _label, each in times if each is not None]
    if len(days) < len(times):
        return _("räknas från laga kraft")
    return day_or_dash(max(days))


def facts_of(recruitment: Recruitment, names: Mapping[UUID, str]) -> list[Fact]:
    """Ground, day, who proposed and who lifted; codes and days alone."""
    if recruitment.legal_hold_since is None:
        return []

    def named(person: UUID | None) -> str:
        return names.get(person, _("namnet visas inte")) if person else "–"

    found = [
        Fact(_("Skäl"), _(LEGAL_HOLD[recruitment.legal_hold_ground])),
        Fact(_("Gäller sedan"), day_or_dash(recruitment.legal_hold_since)),
    ]
    if recruitment.lift_proposed_by_id:
        day = day_or_dash(recruitment.lift_proposed_on)
        found.append(Fact(_("Föreslås hävas av"), named(recruitment.lift_proposed_by_id), note=day))
        found.append(Fact(_("Varför"), _(HOLD_LIFTED[recruitment.lift_reason])))
    if recruitment.lifted_by_id:
        day = day_or_dash(recruitment.lifted_on)
        found.append(Fact(_("Hävt av"), named(recruitment.lifted_by_id), note=day))
    return found


def times_facts(times: Times) -> list[Fact]:
    """For each decision when it became final, and within which days a claim about it can come."""
    found = []
    for label, each in times:
        if each is None:
            found.append(Fact(label, _("Laga kraft är inte antecknad. Tiden räknas därifrån.")))
            continue
        words = _("senast %(latest)s") % {"latest": day_or_dash(each.latest)}
        note = _("räknat från %(start)s; tidigast slut %(soonest)s") % {
            "start": day_or_dash(each.starts_on),
            "soonest": day_or_dash(each.soonest),
        }
        found.append(Fact(label, words, note=note))
    return found
