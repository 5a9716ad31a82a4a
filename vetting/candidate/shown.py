"""What the candidate is shown of her own candidacy: where it stands in three coarse steps, what waits.

Nothing of other candidates, of who approves or why, nor of the inner part of protective security: what is not built
here from the catalogue and her own checks is not on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vetting.policy.candidate_words import WHY
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.information import candidate_information
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS, WORDS
from vetting.recruitment.actions.candidate_page import declared_in, is_open, to_reply
from vetting.recruitment.actions.checks import candidacy_of
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import DECIDED, required
from vetting.recruitment.engine.rows import candidacy_rows, stored_row
from vetting.recruitment.models import Candidacy, Check, Given, Recruitment
from vetting.web.parts import Step

CHECKED = {Candidacy.State.PROPOSED, Candidacy.State.RESERVE, Candidacy.State.CHECKING}
OVER = {*DECIDED, Candidacy.State.NOT_SELECTED, Candidacy.State.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Told:
    """One check as the candidate is told of it."""

    name: str
    why: str
    ground: str
    who: str
    recorded: str
    never: str
    when: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Something she has handed in, and when it was taken in."""

    what: str
    given: Given


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page."""

    steps: list[Step]
    where: str
    expected: date | None
    """The planned first day, while nothing is decided."""
    checks: list[Told]
    waits: list[str]
    replies_due: list[tuple[str, date | None]]
    may_declare: bool
    asks_declaration: bool
    """It waits for her: she has handed none in, and the check is not done by what she said to HR."""
    has_declared: bool
    receipts: list[Receipt]
    is_over: bool
    has_opinion: bool


def shown(case: Case, candidacy: Candidacy) -> Shown:
    """The page of one candidacy. Two queries beside the case's own."""
    given = list(Given.objects.filter(candidacy=candidacy))
    going, declared = is_open(case, candidacy), declared_in(case, candidacy)
    has_declared = any(each.kind == Given.Kind.DECLARATION for each in given)
    steps, where = _steps(case, candidacy)
    waiting = candidacy.state not in OVER
    return Shown(
        steps=steps,
        where=where,
        expected=case.recruitment.planned_start if going and waiting else None,
        checks=told(case, candidacy),
        waits=_waits(case, candidacy) if going else [],
        replies_due=[(name_of(row.code), row.reply_by) for row in to_reply(case, candidacy)] if going else [],
        may_declare=going and declared is not None,
        asks_declaration=going and declared is not None and not has_declared and not _is_done(case, declared),
        has_declared=has_declared,
        receipts=[Receipt(_what(each, case), each) for each in reversed(given)],
        is_over=not going,
        has_opinion=case.recruitment.approvers > 0,
    )


def _is_done(case: Case, check: Check) -> bool:
    return stored_row(case, check, candidacy_of(case, check), case.today).is_settled


def told(case: Case, candidacy: Candidacy) -> list[Told]:
    """Each check that is or may be done of her, in the order of the work."""
    found = []
    for line in candidate_information(required(case, {**case.recruitment.answers, **candidacy.answers})):
        spec = CHECKPOINTS[line.check]
        if spec.visible_to != "all":
            continue
        found.append(
            Told(
                name=_(line.name),
                why=_(WHY[line.check]),
                ground=_(GROUNDS[spec.ground].statute),
                who=_either([_person(code) for code in spec.performed_by]),
                recorded=", ".join(_(name) for name in line.recorded).lower(),
                never=", ".join(_(name) for name in line.never).lower(),
                when=_when(line.only_if_proposed, bool(line.depends_on)),
            )
        )
    return found


def name_of(check: str) -> str:
    """What a check is called."""
    return _(CHECKPOINTS[check].name)


def _when(only_if_proposed: bool, depends: bool) -> str:
    if depends:
        return _("om det behövs")
    return _("bara om du föreslås för platsen") if only_if_proposed else ""


def _person(code: str) -> str:
    name = next(_(names[code].name) for names in (ROLES, RELATIONS, WORDS) if code in names)
    return name[:1].lower() + name[1:] if not name.startswith("HR") else name


def _either(names: list[str]) -> str:
    return (
        _("%(one)s eller %(other)s") % {"one": names[0], "other": names[1]}
        if len(names) == 2
        else ", ".join(names)
    )


def _steps(case: Case, candidacy: Candidacy) -> tuple[list[Step], str]:
    ended = case.recruitment.state == Recruitment.State.CANCELLED or candidacy.state in OVER
    place = 2 if ended else 0 if candidacy.state in CHECKED else 1
    labels = [_("Kontroller"), _("Bedömning och beslut"), _("Besked")]
    states = ["done" if n < place or ended else "current" if n == place else "ahead" for n in range(3)]
    words = [
        _("Kontrollerna görs nu."),
        _("Kontrollerna är genomgångna och beslutet förbereds."),
        _("Du är vald till platsen.") if candidacy.state in DECIDED else _("Din kandidatur är avslutad."),
    ]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)], words[place]


def _waits(case: Case, candidacy: Candidacy) -> list[str]:
    """What she is to hand in or show; the declaration has its own way."""
    declared = declared_in(case, candidacy)
    own = declared.code if declared is not None else ""
    return [
        _(row.spec.name)
        for row in candidacy_rows(case, candidacy)
        if row.state == "waiting_candidate" and row.spec.visible_to == "all" and row.spec.code != own
    ]


def _what(given: Given, case: Case) -> str:
    if given.kind == Given.Kind.DECLARATION:
        return _("Försäkran")
    name = name_of(case.check(given.of_check_id).code)
    if given.answer == Given.Answer.DECLINED:
        return _("Du avstår från att svara om %(check)s") % {"check": name}
    return _("Svar om %(check)s") % {"check": name}
