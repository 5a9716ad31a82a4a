"""Whose a coded question is (`answered_by`), and how it is shown to everybody else: read only, with who answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.door import Facts
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.relations import may_answer
from vetting.web.parts import Task

WHO: dict[str, str | Promise] = {
    "hr_officer": gettext_lazy("HR"),
    "hiring_manager": gettext_lazy("rekryterande chef"),
    "deciding_delegate": gettext_lazy("den som beslutar"),
    "participant": gettext_lazy("var och en som deltar"),
}


def split(facts: Facts, codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """(the questions that are the actor's own, those that are somebody else's), each in the given order."""
    own = [code for code in codes if may_answer(facts, code)]
    return own, [code for code in codes if code not in own]


def who_answers(code: str) -> str:
    """Who answers the question, in words."""
    return _(" eller ").join(str(WHO[who]) for who in QUESTIONS[code].answered_by)


def of_others(codes: Iterable[str], answers: Mapping[str, bool | None]) -> list[Task]:
    """Questions that are somebody else's, as rows: the answer where there is one, otherwise who is waited for."""
    return [_row(code, answers.get(code)) for code in codes]


def _row(code: str, answer: bool | None) -> Task:
    who = {"who": who_answers(code)}
    if answer is None:
        note = _("Besvaras av %(who)s") % who
        return Task(_(QUESTIONS[code].text), "waiting", status=_("Inte besvarad"), note=note)
    note = _("Ändras bara av %(who)s") % who
    return Task(_(QUESTIONS[code].text), "info", status=_("Ja") if answer else _("Nej"), note=note)
