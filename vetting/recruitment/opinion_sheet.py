"""What stands on the opinion's page, made from a loaded case: no query, nothing sealed, and no first vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetting.access.actor import Actor
from vetting.access.door import Facts as DoorFacts
from vetting.access.door import ask
from vetting.policy.calendar import working_days_between
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions.opinion import UNDER_WAY, changed_since_last_round
from vetting.recruitment.case import Case
from vetting.recruitment.engine.remaining import left_before_start
from vetting.recruitment.engine.rows import Row, candidacy_rows, recruitment_rows
from vetting.recruitment.labels import check_state
from vetting.recruitment.models import Candidacy, Opinion
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.recruitment.tasks import OUTSIDE, task_of
from vetting.web.parts import Fact, Task

SHOWN_STAGES = {"before_advert", "finalist", "decision"}
EXCLUDED = {
    "preparer": gettext_lazy("Du kan inte yttra dig: du har handlagt ärendet."),
    "check_recorder": gettext_lazy("Du kan inte yttra dig: du har antecknat en kontroll i ärendet."),
    "hiring_manager": gettext_lazy("Du kan inte yttra dig: du är ansvarig chef i ärendet."),
    "substitute_of_excluded": gettext_lazy(
        "Du kan inte yttra dig: du har varit ansvarig chef eller får besluta i chefens ställe."
    ),
    "recused": gettext_lazy("Du kan inte yttra dig: du deltar inte på grund av jäv."),
    "approver": gettext_lazy("Du kan inte besluta här: du har haft ärendet i säkerhetsfunktionen."),
}
NOT_NOW = {
    "other_approver": gettext_lazy("Du har redan yttrat dig."),
    "held": gettext_lazy("Rekryteringen är pausad."),
}
"""Why this person gives no opinion in a round, apart from being shut out."""
WHY_SECOND = {
    "deviation": gettext_lazy("en kontroll har varit att bedöma"),
    "waiver": gettext_lazy("en kontroll har haft undantag"),
    "sample": gettext_lazy("kandidaten är dragen i stickprovet"),
}


def question(case: Case, label: str) -> str:
    """The question to decide, in one sentence, without a name."""
    return _("Ska %(label)s tillstyrkas som %(post)s vid %(unit)s?") % {
        "label": label,
        "post": case.position.title,
        "unit": case.unit.name,
    }


def excluded(actor: Actor, permission: str, facts: DoorFacts) -> str:
    """Why this person is shut out of the step, as a sentence, or "" where she is not."""
    answer = ask(actor, permission, facts)
    kind, _sep, relation = answer.why.partition(":")
    return str(EXCLUDED.get(relation, "")) if kind == "excluded" else ""


def given_text(case: Case, opinion: Opinion) -> str:
    """How many have given an opinion; never what, nor why a second was added while one is still to come."""
    given = len(case.votes_of(opinion))
    return _("%(given)s av %(needed)s") % {"given": given, "needed": opinion.approvers}


def second_text(opinion: Opinion) -> str:
    """Why two give an opinion; only once it is concluded, so that it tells nothing of a first vote."""
    if opinion.concluded_on is None or not opinion.second_because:
        return ""
    return ", ".join(str(WHY_SECOND[code]) for code in opinion.second_because if code in WHY_SECOND)


def weight(opinion: Opinion) -> str:
    """Whether the opinion binds whoever decides, as the authority had it when it was asked for."""
    if opinion.binds:
        return _("Bindande: mot ett avstyrkande beslutar bara den som frågan lyfts till")
    return _("Samråd: den som beslutar får gå emot det, med skriftligt skäl")


def sheet_facts(case: Case, opinion: Opinion, preparer: str) -> list[Fact]:
    """The strip under the head."""
    form = FORMS[case.recruitment.form]
    found = [
        Fact(_("Kandidat"), case.candidacy(opinion.candidacy_id).label),
        Fact(_("Anställningsform"), _(form.name)),
        Fact(_("Planerad start"), _day(opinion.planned_start)),
        Fact(_("Berett av"), preparer, note=_("omgång %(round)s") % {"round": opinion.round}),
        Fact(_("Har yttrat sig"), given_text(case, opinion), note=second_text(opinion)),
        Fact(_("Yttrandet är"), _("Bindande") if opinion.binds else _("Samråd"), note=case.authority.name),
    ]
    if opinion.state in UNDER_WAY:
        left = left_before_start(case, case.candidacy(opinion.candidacy_id))
        words = ngettext("%(n)s kontroll", "%(n)s kontroller", left) % {"n": left}
        found.append(Fact(_("Återstår före start"), words))
    if opinion.state in UNDER_WAY and opinion.requested_on is not None:
        days = working_days_between(opinion.requested_on, case.today)
        target = _("målet är %(target)s arbetsdag") % {"target": TARGET_DAYS}
        found.append(Fact(_("Väntat"), _("%(days)s arbetsdagar") % {"days": days}, note=target))
    elif opinion.concluded_on is not None:
        until = ""
        if opinion.valid_until is not None:
            until = _("gäller till %(day)s") % {"day": _day(opinion.valid_until)}
        found.append(Fact(_("Lämnat"), _day(opinion.concluded_on), note=until))
    if opinion.disposed_on is not None:
        found.append(Fact(_("Skälen gallrade"), _day(opinion.disposed_on)))
    return found


def condition_labels(opinion: Opinion) -> list[str]:
    """The united conditions in words; empty until the round is concluded."""
    labels = CHOICES["security_opinion", "condition"]
    return [_(labels[code]) for code in opinion.conditions]


def tasks(case: Case, opinion: Opinion, *, linked: bool) -> list[Task]:
    """The checklist: what is to be assessed or has been first, then what changed, then the rest in order."""
    candidacy = case.candidacy(opinion.candidacy_id)
    changed = changed_since_last_round(case, opinion)
    rows = _rows(case, opinion, changed)
    return [_task(case, row, candidacy, _is_in(row, changed), linked) for row in rows]


def lines(case: Case, opinion: Opinion) -> list[Fact]:
    """As `tasks`, a line each: the check, how it stands, and its outcome. No query."""
    changed = changed_since_last_round(case, opinion)
    found = []
    for row in _rows(case, opinion, changed):
        check = row.check
        outcome = str(outcome_label(row)) if row.state == "done" and check is not None else ""
        day = _day(on) if check is not None and (on := check.evidence_on or check.recorded_on) else ""
        marked = _("Ändrad sedan förra omgången") if _is_in(row, changed) else ""
        found.append(
            Fact(_(row.spec.name), check_state(row), note=" · ".join(filter(None, (marked, outcome, day))))
        )
    return found


def _rows(case: Case, opinion: Opinion, changed: set[str]) -> list[Row]:
    candidacy = case.candidacy(opinion.candidacy_id)
    rows = [
        row
        for row in [*recruitment_rows(case), *candidacy_rows(case, candidacy)]
        if row.spec.code not in OUTSIDE and row.spec.stage in SHOWN_STAGES
    ]
    rows.sort(key=lambda row: (not _deviates(row), not _is_in(row, changed)))
    return rows


def _task(case: Case, row: Row, candidacy: Candidacy, is_changed: bool, linked: bool) -> Task:
    task = task_of(case, row, candidacy, linked=linked)
    notes = [task.note]
    if row.check is not None and row.check.has_deviated and not row.check.deviated:
        notes.insert(0, _("Har varit att bedöma, och har antecknats på nytt sedan dess"))
    if is_changed:
        notes.insert(0, _("Ändrad sedan förra omgången"))
    return replace(task, note=" · ".join(note for note in notes if note))


def _deviates(row: Row) -> bool:
    return row.check is not None and (row.check.has_deviated or row.state == "to_assess")


def _is_in(row: Row, changed: set[str]) -> bool:
    return row.check is not None and str(row.check.pk) in changed


def _day(day: date | None) -> str:
    return date_format(day, "j b Y") if day else _("inte satt")
