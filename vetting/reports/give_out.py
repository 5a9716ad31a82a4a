"""What is handed out of a report, as a plain text that can be read, printed and compared with the digest in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from vetting.policy.giving_out import MASKS, POLICE_PROVISIONS
from vetting.policy.reasons_reports import POLICE_GROUND
from vetting.reports.models import Report
from vetting.reports.pieces import Piece

LINE = "-" * 72


def disclosure_text(report: Report, ground: str, provision: str, chosen: Iterable[Piece], day: date) -> str:
    """What the police are given: the ground, and the chosen parts alone."""
    head = [
        _("Uppgifter till Polismyndigheten"),
        _("Anmälan %(reference)s, %(day)s") % {"reference": report.reference, "day": day.isoformat()},
        _("Grund: %(ground)s") % {"ground": _(POLICE_GROUND[ground])},
        _("Bestämmelse: %(provision)s") % {"provision": _(POLICE_PROVISIONS[provision])},
        _("Kontakta mottagarna genom arbetsplatsen, aldrig personen hemma."),
    ]
    return _written(head, ((piece.label, piece.text) for piece in chosen))


def masked_text(report: Report, parts: Iterable[tuple[str, str]], used: Mapping[str, int], day: date) -> str:
    """The masked copy: each part with its marks, then the decision to refuse the rest and how to have it tried."""
    head = [
        _("Maskad kopia av allmän handling"),
        _("Anmälan %(reference)s, %(day)s") % {"reference": report.reference, "day": day.isoformat()},
    ]
    return _written(head, parts) + ("\n" + _refusal(used) if used else "")


def whole_text(report: Report, parts: Iterable[Piece], day: date) -> str:
    """The whole of it, but for the name."""
    head = [
        _("Hela anmälan, med sekretess"),
        _("Anmälan %(reference)s, %(day)s") % {"reference": report.reference, "day": day.isoformat()},
        _("Namnet på den som anmält ingår aldrig."),
    ]
    return _written(head, ((piece.label, piece.text) for piece in parts))


def mark(section: str) -> str:
    """What stands in the place of what is masked."""
    return _("[maskat: %(section)s]") % {"section": _short(section)}


def _short(section: str) -> str:
    return _(MASKS[section]).partition(":")[0]


def _refusal(used: Mapping[str, int]) -> str:
    said = [
        LINE,
        _("Beslut"),
        _("Begäran avslås i de delar som är maskade, eftersom uppgifterna omfattas av sekretess:"),
        *(f"- {_(MASKS[section])} ({count})" for section, count in sorted(used.items())),
        _(
            "Vill du ha myndighetens skriftliga beslut har du rätt till det (6 kap. 3 § OSL). Det kan överklagas till "
            "kammarrätten (6 kap. 7 § OSL). Skrivelsen lämnas till myndigheten inom tre veckor från den dag då du fick "
            "del av beslutet."
        ),
    ]
    return "\n".join(said) + "\n"


def _written(head: Iterable[str], parts: Iterable[tuple[str, str]]) -> str:
    lines = list(head)
    for label, text in parts:
        lines += [LINE, label, "", text]
    return "\n".join(lines) + "\n"
