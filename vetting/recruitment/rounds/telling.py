"""What is told of an act for several: for how many, and who was left out and why - by reference, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.door import Denied
from vetting.recruitment.actions.errors import BadInput, NotComplete, Refused, WrongState
from vetting.recruitment.actions.together import Outcome
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import missing_label, refusal
from vetting.recruitment.models import Candidacy
from vetting.web.parts import Fact

OWN: dict[str, str | Promise] = {
    "no_such_check": gettext_lazy("Kontrollen görs inte för personen."),
    "done": gettext_lazy("Kontrollen är redan klar."),
}
MOST_NAMED = 12


def why(error: Refused | Denied) -> str:
    """Why one was left out, as one sentence."""
    if isinstance(error, NotComplete):
        return missing_words([missing_label(item) for item in error.missing])
    if isinstance(error, WrongState):
        return str(OWN.get(error.state) or refusal(error.state))
    if isinstance(error, BadInput):
        return " ".join(str(INPUT_ERRORS[code]) for code in error.errors.values())
    return _("Du kan inte göra det för personen: någon annan gör det, eller du deltar inte.")


def missing_words(labels: Sequence[str]) -> str:
    """What has to be done first."""
    return _("Det här saknas: %(what)s.") % {"what": "; ".join(label.rstrip("?") for label in labels)}


def left_out(outcome: Outcome) -> list[Fact]:
    """Each reason with those whom it kept out."""
    return by_reason((candidacy, why(error)) for candidacy, error in outcome if error is not None)


def by_reason(pairs: Iterable[tuple[Candidacy, str]]) -> list[Fact]:
    """Each reason with those whom it concerns, as rows: K3–K7, K12."""
    found: dict[str, list[Candidacy]] = {}
    for candidacy, reason in pairs:
        found.setdefault(reason, []).append(candidacy)
    return [Fact(labels(people), reason) for reason, people in found.items()]


def labels(people: Sequence[Candidacy], most: int = MOST_NAMED) -> str:
    """K1–K50, K53: the references in order, with the first `most` stretches named."""
    numbers = sorted(int(candidacy.label[1:]) for candidacy in people)
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    named = [f"K{s[0]}" if len(s) == 1 else f"K{s[0]}–K{s[-1]}" for s in stretches]
    if len(named) <= most:
        return ", ".join(named)
    rest = sum(len(stretch) for stretch in stretches[most:])
    return _("%(who)s och %(n)s till") % {"who": ", ".join(named[:most]), "n": rest}
