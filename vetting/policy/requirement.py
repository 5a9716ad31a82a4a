"""Which checks a recruitment gets, with which questions, and why the others fall away.

One answer: shown before the recruitment is opened, written into the advert, used to create the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint, Level
from vetting.policy.engagement_forms import FORMS, EngagementForm
from vetting.policy.grounds import GROUNDS, Entity
from vetting.policy.profiles import BASE, PROFILES, Profile
from vetting.policy.questions import QUESTIONS, Moment
from vetting.policy.text import _

ExcludedWhy = Literal["retired", "no_ground", "not_for_company", "not_for_authority", "off", "answer_no"]

EXCLUDED_TEXT: dict[ExcludedWhy, str] = {
    "retired": _("Kontrollen finns inte i katalogen den dagen."),
    "no_ground": _("Lagstödet gäller inte den dagen."),
    "not_for_company": _("Inte tillgänglig för bolag: lagstödet gäller bara myndigheter."),
    "not_for_authority": _("Lagstödet gäller bara bolag."),
    "off": _("Avstängd: kommunen har inte slagit på kontrollen."),
    "answer_no": _("Behövs inte enligt det som är svarat om befattningen eller anställningen."),
}

#: Posts where nothing is ever completed after the start.
_NEVER_AFTER_START = frozenset({"security_vetting_required", "leading_post"})


class FormNotAllowed(ValueError):
    """The form is not a recruitment; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A check that profiles or form bring into play but that does not become a row, and why."""

    check: str
    why: ExcludedWhy

    @property
    def text(self) -> str:
        """The reason as a Swedish sentence."""
        return EXCLUDED_TEXT[self.why]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a recruitment requires. Codes of checks stand in the order of the work.

    ``rows``: apply now. ``pending``: their question is unanswered. ``questions``: codes of
    every question that decides something here, answered or not; ``QUESTIONS`` says of whom and when.
    """

    on: date
    entity: Entity
    form: EngagementForm
    profiles: tuple[str, ...]
    level: int
    approvers: int
    second_approver_on: tuple[str, ...]
    rows: tuple[str, ...]
    pending: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    questions: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def in_play(self) -> tuple[str, ...]:
        """Rows and checks whose question is still open, in the order of the work."""
        return tuple(code for code in CHECKPOINTS if code in self.rows or code in self.pending)

    def rows_of(self, level: Level) -> tuple[Checkpoint, ...]:
        """The rows of one level, in order."""
        return tuple(CHECKPOINTS[code] for code in self.rows if CHECKPOINTS[code].belongs_to == level)

    def unanswered_at(self, moment: Moment) -> tuple[str, ...]:
        """The open questions that are asked at ``moment``; they block that moment's step."""
        return tuple(code for code in self.unanswered if moment in QUESTIONS[code].asked_when)

    def why_not(self, check: str) -> Excluded | None:
        """The reason why ``check`` is no row, if profiles or form brought it into play at all."""
        return next((e for e in self.excluded if e.check == check), None)

    @property
    def may_complete_after_start(self) -> frozenset[str]:
        """The employer's own checks that may be completed after the start of at most 14 days' work."""
        if not self.form.complete_after_start_allowed or _NEVER_AFTER_START & set(self.profiles):
            return frozenset()
        return frozenset(code for code in self.rows if CHECKPOINTS[code].complete_after_start)


def requirement(
    profiles: Iterable[str],
    unit_profiles: Iterable[str],
    form: str,
    answers: Mapping[str, bool | None],
    on: date,
    entity: Entity = "authority",
    switched_on: AbstractSet[str] = frozenset(),
    *,
    raised_to: int = 0,
) -> Requirement:
    """The requirement of a post on the Stockholm day ``on``.

    ``profiles`` sit on the position, ``unit_profiles`` on the workplace. ``answers``: question code -> yes, no
    or None. ``switched_on``: checks off by default that the municipality has switched on. ``raised_to``: number
    of opinions the municipality asks for beyond the profiles; it never lowers.

    Profiles that only protective security may see never change anything here. Raises KeyError for unknown
    codes, ValueError for a profile that cannot sit on a unit, FormNotAllowed for a form that is no recruitment.
    """
    chosen = _visible(profiles, unit_profiles)
    engagement = FORMS[form]
    if not engagement.allowed:
        raise FormNotAllowed(engagement.note)
    rows: list[str] = []
    pending: list[str] = []
    excluded: list[Excluded] = []
    asked: list[str] = []
    for check in _brought(chosen, engagement):
        why = _unavailable(check, on, entity, switched_on)
        if why is None and check.question is not None:
            asked.append(check.question)
            answer = answers.get(check.question)
            if answer is None:
                pending.append(check.code)
                continue
            why = None if answer else "answer_no"
        if why is None:
            rows.append(check.code)
        else:
            excluded.append(Excluded(check.code, why))
    approvers = max(raised_to, *(p.approvers for p in chosen))
    return Requirement(
        on=on,
        entity=entity,
        form=engagement,
        profiles=tuple(p.code for p in chosen),
        level=max(p.level for p in chosen),
        approvers=approvers,
        second_approver_on=_second_on(chosen) if approvers == 1 else (),
        rows=tuple(rows),
        pending=tuple(pending),
        excluded=tuple(excluded),
        questions=tuple(dict.fromkeys(asked)),
        unanswered=tuple(code for code in dict.fromkeys(asked) if answers.get(code) is None),
    )


def _visible(profiles: Iterable[str], unit_profiles: Iterable[str]) -> list[Profile]:
    """Base first, then the union in the order of the catalogue, without the inner ones."""
    on_unit = set(unit_profiles)
    for code in on_unit:
        if PROFILES[code].attaches_to == "position":
            raise ValueError(f"the profile {code} cannot sit on a unit")
    codes = {BASE, *profiles} | on_unit
    if unknown := codes - PROFILES.keys():
        raise KeyError(*sorted(unknown))
    return [p for p in PROFILES.values() if p.code in codes and p.visible_to == "all"]


def _brought(profiles: list[Profile], form: EngagementForm) -> list[Checkpoint]:
    """Union of the profiles, then their removals, then the form's lists."""
    codes = {code for p in profiles for code in p.checkpoints_added}
    codes -= {code for p in profiles for code in p.checkpoints_removed}
    codes |= set(form.checkpoints_added)
    codes -= set(form.checkpoints_removed)
    return [check for check in CHECKPOINTS.values() if check.code in codes and check.visible_to == "all"]


def _unavailable(
    check: Checkpoint, on: date, entity: Entity, switched_on: AbstractSet[str]
) -> ExcludedWhy | None:
    """Why the check cannot be used by this employer that day, before any question is asked."""
    ground = GROUNDS[check.ground]
    if not check.in_catalogue(on):
        return "retired"
    if not ground.available_to(entity):
        return "not_for_company" if entity == "company" else "not_for_authority"
    if not ground.in_force(on):
        return "no_ground"
    if not check.default_on and check.code not in switched_on:
        return "off"
    return None


def _second_on(profiles: list[Profile]) -> tuple[str, ...]:
    """What adds a second opinion: the union over the profiles."""
    return tuple(dict.fromkeys(reason for p in profiles for reason in p.second_approver_on))
