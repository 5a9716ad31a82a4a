"""*Beslutshandling*: the decision with what it rests on, for the diary and the archive.

What law forbids never stands here: nothing of an extract but that it was shown, no evidence, no reasons of an opinion,
no name of the finalist, no inner step of protective security.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.models import Anchor, Checkpoint, Entry
from vetting.accounts.models import Person
from vetting.policy.calendar import today_stockholm
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS
from vetting.policy.retention import RETENTION
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import confirmed_in
from vetting.recruitment.engine.rows import Row, candidacy_rows, recruitment_rows
from vetting.recruitment.labels import check_state, state_label
from vetting.recruitment.models import Candidacy, Decision
from vetting.recruitment.opinion_sheet import condition_labels
from vetting.recruitment.printing import statute_of
from vetting.recruitment.telling import told_role
from vetting.recruitment.waiver_page import told_at
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact

DECIDED = ("decision.signed", "decision.board_recorded")
DONE = (
    "check.recorded",
    "check.shown_recorded",
    "check.access_recorded",
    "check.assessed",
    "check.reused",
    "check.not_applicable_marked",
)


@dataclass(frozen=True, slots=True)
class DoneCheck:
    """One check of the document: on which ground, how it stands, and when and by which role that was noted."""

    name: str
    statute: str
    state: str
    day: date | None
    role: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the document, in words. `moment` is when the decision was noted (UTC, ISO 8601)."""

    authority: str
    reference: str
    diary: str
    day: str
    title: str
    heading: str
    lead: str
    moment: str
    epoch: int
    facts: tuple[Fact, ...]
    checks: tuple[DoneCheck, ...]
    opinion: tuple[Fact, ...]
    conditions: tuple[str, ...]
    waivers: tuple[Mapping[str, object], ...]
    kept: str
    proof: tuple[Fact, ...]


def record_of(case: Case, candidacy: Candidacy, decision: Decision) -> Record:
    """The document of one decision. Five queries beside those that loaded the case."""
    entries = list(
        Entry.objects.filter(subject=case.pk, action__in=(*DECIDED, *DONE))
        .order_by("id")
        .defer("seal", "tag")
    )
    of_decision = next(
        entry
        for entry in reversed(entries)
        if entry.action in DECIDED and entry.facts.get("candidacy") == candidacy.label
    )
    kind = FORMS[case.recruitment.form]
    heading, post = _(kind.decision_name), case.position.title
    moment = of_decision.time.replace(microsecond=0)
    return Record(
        authority=case.authority.name,
        reference=f"{case.recruitment.reference} · {candidacy.label}",
        diary=decision.case_number or case.recruitment.diary_number,
        day=day_or_dash(decision.decided_on),
        title=f"{heading} {case.recruitment.reference} {candidacy.label}",
        heading=heading,
        lead=f"{post}, {case.unit.name}",
        moment=moment.isoformat(),
        epoch=int(moment.timestamp()),
        facts=_facts(case, candidacy, decision),
        checks=_checks(case, candidacy, decision, entries),
        opinion=_opinion(case, candidacy, decision),
        conditions=_conditions(case, candidacy, decision),
        waivers=tuple(told_at(case, candidacy)),
        kept=_kept(),
        proof=_proof(of_decision),
    )


def _facts(case: Case, candidacy: Candidacy, decision: Decision) -> tuple[Fact, ...]:
    engagement = case.engagement_of(candidacy)
    found = [
        Fact(_("Avser"), _("%(label)s, namnet finns i personakten") % {"label": candidacy.label}),
        Fact(_("Form"), _(FORMS[case.recruitment.form].name)),
        Fact(_("Första dag"), day_or_dash(engagement.planned_start if engagement else None)),
    ]
    if engagement is not None and engagement.planned_end:
        found.append(Fact(_("Sista dag"), day_or_dash(engagement.planned_end)))
    found += [Fact(_("Beslutat"), day_or_dash(decision.decided_on)), *_maker(decision)]
    if decision.merit_reference:
        found.append(Fact(_("Jämförelse av meriter"), decision.merit_reference))
    later = (
        (_("Anmält till nämnd"), decision.reported_on),
        (_("Protokollet justerat"), decision.minutes_approved_on),
        (_("Anslaget"), decision.posted_on),
        (_("Laga kraft"), decision.final_on),
    )
    return (*found, *(Fact(label, day_or_dash(day)) for label, day in later if day is not None))


def _maker(decision: Decision) -> list[Fact]:
    """Who decided: the delegate with the point, or the body with its §, and who noted it."""
    person = decision.decided_by_id or decision.recorded_by_id
    name = Person.objects.filter(pk=person, is_protected=False).values_list("display_name", flat=True).first()
    name = name or _("namnet visas inte")
    if decision.delegation_point is None:
        body = " ".join(
            filter(None, (_(CHOICES["decision", "decision_maker"][decision.maker]), decision.section))
        )
        return [Fact(_("Beslutat av"), body), Fact(_("Antecknat av"), name)]
    point = _("Punkt %(code)s i delegationsordningen") % {"code": decision.delegation_point.code}
    return [Fact(_("Beslutat av"), name), Fact(_("Delegation"), point)]


def _checks(
    case: Case, candidacy: Candidacy, decision: Decision, entries: list[Entry]
) -> tuple[DoneCheck, ...]:
    """The checks that stop the decision, as they stood on its day; the recruitment's own first."""
    noted = {
        (entry.facts.get("check"), entry.facts.get("candidacy", "")): entry
        for entry in entries
        if entry.action in DONE
    }
    on = decision.decided_on
    rows = [(row, "") for row in recruitment_rows(case, on)]
    rows += [(row, candidacy.label) for row in candidacy_rows(case, candidacy, on)]
    derived = {
        "role_risk": (case.position.risk_decided_on, _("Ansvarig chef")),
        "security_opinion": (_concluded(case, candidacy, decision), _("Säkerhetsfunktionen")),
    }
    return tuple(
        _check(row, noted.get((row.spec.code, label)), derived.get(row.spec.code, (None, "")))
        for row, label in rows
        if row.spec.blocks == "decision" and row.spec.visible_to == "all" and row.spec.code != "decision"
    )


def _check(row: Row, entry: Entry | None, derived: tuple[date | None, str]) -> DoneCheck:
    """`derived`: the day and the role of what is read from another row."""
    day, role = derived
    if entry is not None and row.is_finished:
        day, role = today_stockholm(entry.time), told_role(entry)
    return DoneCheck(_(row.spec.name), statute_of(row.spec.code), check_state(row), day, role if day else "")


def _concluded(case: Case, candidacy: Candidacy, decision: Decision) -> date | None:
    opinion = decision.opinion or case.current_opinion(candidacy)
    return opinion.concluded_on if opinion is not None else None


def _opinion(case: Case, candidacy: Candidacy, decision: Decision) -> tuple[Fact, ...]:
    """What the security function came to, in which round, and who confirmed it how; never a vote or a reason."""
    opinion = decision.opinion or case.current_opinion(candidacy)
    if opinion is None:
        return ()
    round_ = _("Omgång %(round)s, lämnat %(day)s") % {
        "round": opinion.round,
        "day": day_or_dash(opinion.concluded_on),
    }
    return (
        Fact(_("Läge"), state_label("opinion", str(opinion.state))),
        Fact(_("Yttrandet"), round_),
        *confirmed_in(case, opinion),
    )


def _conditions(case: Case, candidacy: Candidacy, decision: Decision) -> tuple[str, ...]:
    opinion = decision.opinion or case.current_opinion(candidacy)
    return tuple(condition_labels(opinion)) if opinion is not None else ()


def _kept() -> str:
    rule = RETENTION["candidacy_engaged"]
    return f"{_(rule.note)} {_(GROUNDS[rule.ground].statute)}."


def _proof(entry: Entry) -> tuple[Fact, ...]:
    """The decision's entry, its fingerprint, and the first signed checkpoint that holds it."""
    found = [
        Fact(_("Händelse"), f"{entry.tree} {entry.pk}"),
        Fact(_("Fingeravtryck (SHA-256)"), bytes(entry.leaf_hash).hex(), note="code"),
    ]
    if entry.position is None:
        return (*found, Fact(_("Plats i loggen"), _("inte förseglad än: hämta handlingen igen om en stund")))
    found.append(Fact(_("Plats i loggen"), entry.position))
    point = Checkpoint.objects.filter(tree=entry.tree, size__gt=entry.position).order_by("id").first()
    if point is None:
        return (*found, Fact(_("Kontrollpunkt"), _("ingen signerad än som omfattar beslutet")))
    found.append(Fact(_("Signerad kontrollpunkt"), point.note.strip(), note="code"))
    ways = {"file": _("som fil"), "stdout": _("till loggservern"), "mail": _("med post till revisorn")}
    gone = [
        f"{ways[anchor.kind]} {date_format(today_stockholm(anchor.time), 'j b Y')}"
        for anchor in Anchor.objects.filter(checkpoint=point)
    ]
    if gone:
        found.append(Fact(_("Har lämnat tjänsten"), ", ".join(gone)))
    return tuple(found)
