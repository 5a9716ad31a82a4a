"""Changed columns in words: *Läge: Ej påbörjad → Klar*. Codes become words; what is sealed is told as changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.column_labels import COLUMNS_TOLD, Told
from vetting.policy.engagement_forms import FORMS
from vetting.policy.field_labels import field_label
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.workflow import MACHINES, state
from vetting.recruitment.case import Case
from vetting.recruitment.queries.changes import Change
from vetting.recruitment.telling import lower, reason_words

MOST = 6
"""Lines of one event; what is over is counted."""
NOTHING = "–"
SHOWN_IN = frozenset({"check.shown_recorded", "check.candidate_asked"})
"""The only events that tell anything of an extract that is shown: the note never stands beside an outcome."""
VETTING = "security_vetting"
ROW_NAMES = {
    "recruitment.opinion": gettext_noop("Yttrandet"),
    "recruitment.decision": gettext_noop("Beslutet"),
    "recruitment.engagement": gettext_noop("Uppföljningen"),
    "recruitment.waiver": gettext_noop("Undantaget"),
    "recruitment.note": gettext_noop("Anteckningen"),
    "recruitment.poolclearance": gettext_noop("Klar för pool"),
    "recruitment.recusal": gettext_noop("Jäv"),
}
_PLACE = re.compile(r"\s*(?:–|\()[^{(]*\{\w+\}\)?")


def told_changes(
    case: Case, action: str, changes: Iterable[Change], names: Mapping[UUID, str], *, sees_content: bool
) -> list[str]:
    """The changes of one entry, a line each. `sees_content`: may be told outcomes and answers, not only that they
    changed.
    """
    told = [change for change in changes if _may_be_told(change, action)]
    # The sentence itself says which row it was about; only several have to be told apart.
    is_one = len({change.row.history_id for change in told}) == 1
    lines = [
        line
        for change in told
        for line in _lines(action, change, "" if is_one else _row_name(case, change), names, sees_content)
    ]
    over = len(lines) - MOST
    return [*lines[:MOST], _("och %(count)s ändringar till") % {"count": over}] if over > 1 else lines


def _may_be_told(change: Change, action: str) -> bool:
    if change.label != "recruitment.check":
        return True
    check = change.row
    if check.documentation == "note_shown_only" and action not in SHOWN_IN:
        return False
    if CHECKPOINTS[check.code].visible_to != "all":
        return False
    return check.code != VETTING or change.column == "state"


def _lines(
    action: str, change: Change, about: str, names: Mapping[UUID, str], sees_content: bool
) -> Iterator[str]:
    told = COLUMNS_TOLD[change.label][change.column]
    name = f"{about}, {lower(_(told.label))}" if about else _(told.label)
    if told.kind in {"sealed", "changed"} or (told.is_content and not sees_content):
        yield _only_that(name, change)
    elif told.kind in {"answers", "evidence"}:
        yield from _parts(about, told, change)
    else:
        old, new = (_word(told, value, change, names) for value in (change.before, change.after))
        yield f"{name}: {old} → {new}{_automatically(told, action, change)}"


def _only_that(name: str, change: Change) -> str:
    if not change.before:
        return _("%(what)s: har tillkommit") % {"what": name}
    if not change.after:
        return _("%(what)s: har tagits bort") % {"what": name}
    return _("%(what)s: har ändrats") % {"what": name}


def _row_name(case: Case, change: Change) -> str:
    """Which row it is: K1, or the check; empty for the recruitment itself."""
    row = change.row
    if change.label == "recruitment.candidacy":
        return str(row.label)
    labels: dict[Any, str] = {candidacy.pk: candidacy.label for candidacy in case.candidacies}
    label = labels.get(getattr(row, "candidacy_id", None), "")
    if change.label == "recruitment.check":
        check = _(CHECKPOINTS[row.code].name)
        return f"{label} {check}" if label and len(labels) > 1 else check
    if change.label not in ROW_NAMES:
        return ""
    name = _(ROW_NAMES[change.label])
    return f"{name} ({label})" if label and len(labels) > 1 else name


def _parts(about: str, told: Told, change: Change) -> Iterator[str]:
    """Answers by question, evidence by field."""
    before, after = change.before or {}, change.after or {}
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        if old == new:
            continue
        if told.kind == "answers":
            name = _(QUESTIONS[code].text) if code in QUESTIONS else _(told.label)
            yield f"{name} {_plain(old)} → {_plain(new)}"
        else:
            name = _(field_label(change.row.code, code))
            pick = CHOICES.get((change.row.code, code), {})
            place = f"{about}, {lower(name)}" if about else name
            yield f"{place}: {_chosen(pick, old)} → {_chosen(pick, new)}"


def _chosen(pick: Mapping[str, str], value: Any) -> str:
    return _(pick[value]) if isinstance(value, str) and value in pick else _plain(value)


def _word(told: Told, value: Any, change: Change, names: Mapping[UUID, str]) -> str:
    if value in (None, "", []):
        return NOTHING
    match told.kind:
        case "state":
            return _state(told.machine, change, value)
        case "person":
            return names.get(value, _("namnet visas inte"))
        case "form":
            return _(FORMS[value].name) if value in FORMS else str(value)
        case "profiles":
            return ", ".join(_(PROFILES[code].name) for code in value if code in PROFILES)
        case "reason":
            return reason_words(value)
        case "outcome":
            found = OUTCOMES[change.row.code].get(value)
            return _(found.label) if found else str(value)
        case "conditions":
            words = CHOICES["security_opinion", "condition"]
            return ", ".join(_(words.get(code, code)) for code in value)
        case _:
            return _plain(value)


def _state(machine: str, change: Change, value: str) -> str:
    if machine == "check" and change.row.code == VETTING:
        return {"done": _("Klar"), "in_progress": _("Pågår")}.get(value, _("Inte begärd"))
    # Some labels have a place for a reason or a day, which the sentence tells already.
    return _PLACE.sub("", _(state(machine, value).label))


def _plain(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return date_format(value, "j b Y")
    return str(value)


def _automatically(told: Told, action: str, change: Change) -> str:
    """Where the step follows from another act: the rule that it follows by."""
    if told.kind != "state":
        return ""
    steps = [
        step
        for step in MACHINES[told.machine].transitions
        if step.target == change.after and change.before in step.sources and step.event == action
    ]
    if not steps or any(not step.automatic for step in steps):
        return ""
    rule = lower(_(steps[0].condition)).rstrip(".")
    return " " + _("(följer automatiskt: %(rule)s)") % {"rule": rule}
