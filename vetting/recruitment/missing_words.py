"""What is in the way, in words that say whose it is: who has not declared conflicts, who answers a question."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from vetting.recruitment.answering import who_answers
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, undeclared
from vetting.recruitment.labels import missing_label


def not_declared(case: Case) -> list[str]:
    """The names of those who take part and have not answered about conflicts of interest; no query."""
    taking_part = [case.manager, *(grant.user.person for grant in case.grants)]
    names = {
        str(person.pk): _("någon med skyddade uppgifter") if person.is_protected else person.display_name
        for person in taking_part
    }
    return sorted(names[person] for person in undeclared(case) if person in names)


def in_the_way(case: Case, missing: Iterable[Missing]) -> str:
    """Everything that is missing, as one run of words."""
    return "; ".join(each_in_the_way(case, missing))


def each_in_the_way(case: Case, missing: Iterable[Missing]) -> list[str]:
    """Everything that is missing, one thing at a time: for a list at the top of a form."""
    return [_in_words(case, item) for item in missing]


def _in_words(case: Case, item: Missing) -> str:
    words = missing_label(item)
    if item.kind == "question":
        return _("”%(question)s”, som besvaras av %(who)s") % {
            "question": words, "who": who_answers(item.code)
        }  # fmt: skip
    names = not_declared(case) if item.code == "declarations" else []
    return f"{words} ({', '.join(names)})" if names else words
