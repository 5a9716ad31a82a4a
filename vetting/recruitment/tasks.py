"""Rows of the four groups as they stand on a page: words, who, when, and the law folded under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.policy.calendar import today_stockholm
from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.field_labels import field_label
from vetting.policy.grounds import GROUNDS
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import progress, required
from vetting.recruitment.engine.rows import Row, candidacy_rows, recruitment_rows
from vetting.recruitment.labels import check_kind, check_state, state_label, waiver_over_words
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.queries.candidate import newest
from vetting.web.parts import Legal, Task

GROUP_NAMES = {
    "before_advert": gettext_lazy("Inför annons"),
    "finalist": gettext_lazy("Slutkandidat"),
    "decision": gettext_lazy("Beslut"),
    "start": gettext_lazy("Start"),
}
REPLIED = {"replied", "declined"}
OUTSIDE = {"security_opinion", "decision"}
"""Rows that their own cards and pages work with."""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the four groups, with its rows as tasks; `url` opens its form where this person can fill it in."""

    code: str
    name: str
    tasks: Sequence[Task]
    done: int
    total: int
    url: str = ""
    later: Sequence[Task] = ()


def legal_of(spec: Checkpoint) -> Legal:
    """The law of one check: section, validity, what to record and what never."""
    ground = GROUNDS[spec.ground]
    valid = _("Gäller från %(day)s") % {"day": date_format(ground.valid_from, "j b Y")}
    if ground.valid_to is not None:
        valid = _("%(valid)s till och med %(day)s") % {
            "valid": valid,
            "day": date_format(ground.valid_to, "j b Y"),
        }
    if spec.max_age_months is not None:
        age = ngettext(
            "uppgiften får vara högst en månad gammal",
            "uppgiften får vara högst %(months)s månader gammal",
            spec.max_age_months,
        ) % {"months": spec.max_age_months}
        valid = f"{valid}; {age}"
    names = [_(field_label(spec.code, field.name)) for field in spec.fields]
    fields = f"{_('Fält')}: {', '.join(names)}." if names else ""
    never = ", ".join(_(item)[:1].lower() + _(item)[1:] for item in spec.must_not_store)
    return Legal(_(ground.statute), valid, _(spec.help), never[:1].upper() + never[1:], fields=fields)


def task_of(
    case: Case,
    row: Row,
    candidacy: Candidacy | None,
    *,
    linked: bool = True,
    can: Mapping[str, bool] = links.UNASKED,
) -> Task:
    """The row as a task; without `linked`, or where `can` says that its page is shut, it leads nowhere."""
    check = row.check
    note = outcome_label(row) if row.state == "done" and check is not None else ""
    if row.state == "done" and row.expires_on is not None and not row.is_past:
        until = _("gäller till %(day)s") % {"day": date_format(row.expires_on, "j b Y")}
        note = f"{note} · {until}" if note else until[:1].upper() + until[1:]
    if row.is_shown_only and row.state == "waiting_candidate":
        note = _("Visas upp för den som beslutar, på beslutets sida.")
    if check is not None and (answered := _answered(case, check)):
        note = answered
    if row.waiver_over is not None:
        note = waiver_over_words(row)
    if check is not None and check.disposed_on is not None:
        note = disposed_words(check.disposed_on)
    if row.spec.code == "security_opinion" and candidacy is not None and not row.is_settled:
        opinion = case.current_opinion(candidacy)
        note = state_label("opinion", opinion.state) if opinion is not None else ""
    return Task(
        name=_(row.spec.name),
        kind=check_kind(row),
        url=links.of_row(case, row, candidacy, can) if linked else "",
        status=check_state(row),
        note=note,
        who=check.recorded_by.display_name if check is not None and check.recorded_by else "",
        when=(check.evidence_on or check.recorded_on or "") if check is not None else "",
        legal=legal_of(row.spec),
    )


def disposed_words(on: date) -> str:
    """*Gallrad 3 mar 2029*: what stands where something was stored."""
    return _("Gallrad %(day)s") % {"day": date_format(on, "j b Y")}


def _answered(case: Case, check: Check) -> str:
    """That the candidate has handed in what the check waits for, or has replied to what is to be assessed."""
    given = newest(case.handed_in, check)
    if given is not None:
        return _("Kandidaten har svarat %(day)s") % {
            "day": date_format(today_stockholm(given.given_at), "j b Y")
        }
    if check.state == Check.State.TO_ASSESS and check.replied_on is not None and check.reply_code in REPLIED:
        return _("Kandidaten har svarat %(day)s") % {"day": date_format(check.replied_on, "j b Y")}
    return ""


def rows_of(case: Case, candidacy: Candidacy | None) -> list[Row]:
    """Every row that concerns the candidacy: the recruitment's and her own."""
    own = candidacy_rows(case, candidacy) if candidacy is not None else []
    return [*recruitment_rows(case), *own]


def groups_of(
    case: Case,
    candidacy: Candidacy | None,
    rows: list[Row],
    fillable: set[str],
    *,
    linked: bool,
    can: Mapping[str, bool],
) -> list[Group]:
    """The four groups. `fillable`: codes of the groups that this person can fill in something of; `can`: what opens."""
    made = []
    for code in links.GROUPS:
        mine = [row for row in rows if row.spec.stage == code]
        tasks = [task_of(case, row, candidacy, linked=linked, can=can) for row in mine]
        later: list[Task] = []
        if code == "start":
            after = [row for row in rows if row.spec.stage in {"employment", "exit"}]
            later = [task_of(case, row, candidacy, linked=linked, can=can) for row in after]
            tasks += _to_come(case, candidacy, "start", {row.spec.code for row in mine})
        elif candidacy is None:
            tasks += _to_come(case, None, code, {row.spec.code for row in mine})
        done, total = progress(mine)
        url = links.group(case, code, candidacy) if code in fillable else ""
        made.append(Group(code, str(GROUP_NAMES[code]), tasks, done, total, url, later))
    return made


def _to_come(case: Case, candidacy: Candidacy | None, stage: str, there: set[str]) -> list[Task]:
    """What will become rows later on: shown from the start, so that nobody is surprised."""
    if stage == "start" and candidacy is not None and case.decision_of(candidacy) is not None:
        return []
    answers = case.recruitment.answers | (candidacy.answers if candidacy is not None else {})
    why = {
        "before_advert": _("när rekryteringen öppnas"),
        "start": _("efter beslutet"),
    }.get(stage, _("när slutkandidaten är inlagd"))
    return [
        Task(_(spec.name), "blocked", status=_("Öppnas %(when)s") % {"when": why}, legal=legal_of(spec))
        for code in required(case, answers).rows
        if (spec := CHECKPOINTS[code]).stage == stage
        and code not in there | OUTSIDE | {"recruiter_coi"}
        and spec.visible_to == "all"
    ]
