"""What the candidate has handed in herself, on the page of the check it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal_json
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.models import Given
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact

PARTS = {
    "secondary_job": gettext_noop("Bisysslor"),
    "conflict": gettext_noop("Jäv"),
    "companies": gettext_noop("Bolagsengagemang"),
    "reply": gettext_noop("Kandidatens svar"),
}
UNREADABLE = gettext_noop("kan inte läsas")


def handed_in(given: Given) -> Fact:
    """What was handed in and when, without its words."""
    words = {
        Given.Answer.NOTHING: _("Inget att anmäla"),
        Given.Answer.SOMETHING: _("Något anmält"),
        Given.Answer.REPLIED: _("Har svarat"),
        Given.Answer.DECLINED: _("Avstår från att svara"),
    }
    note = _("Intaget %(day)s") % {"day": day_or_dash(given.taken_in_on)} if given.taken_in_on else ""
    kind = _("Försäkran") if given.kind == Given.Kind.DECLARATION else _("Svar")
    day = day_or_dash(today_stockholm(given.given_at))
    return Fact(f"{kind} {day}", words[Given.Answer(given.answer)], note=note)


def given_words(given: Iterable[Given], opening: Opening) -> list[Fact]:
    """The words of what was handed in, newest first; what is damaged is said to be, and the page stands."""
    found: list[Fact] = []
    for each in reversed(list(given)):
        if each.content is None:
            continue
        day = day_or_dash(today_stockholm(each.given_at))
        try:
            said = unseal_json(each, "content", opening) or {}
        except SealError:
            said = {"reply": _(UNREADABLE)}
        found += [
            Fact(f"{_(label)} ({day})", said[part] or _("Nej"))
            for part, label in PARTS.items()
            if part in said
        ]
    return found
