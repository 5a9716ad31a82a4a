"""What stands on a lot's page: what it is and rests on, and each finalist of its list as she stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vetting.accounts.models import Person
from vetting.disposal.labels import STANDS, day, kind_of_record, term_of
from vetting.disposal.lots import first_day
from vetting.disposal.models import Lot
from vetting.disposal.queries.due import Item
from vetting.policy.reasons import DISPOSAL_REJECTED
from vetting.recruitment.models import Candidacy
from vetting.web.parts import Fact


@dataclass(frozen=True, slots=True)
class LotRow:
    """One finalist of the list, by reference and label."""

    name: str
    due_on: date
    kind: str
    words: str


def row_of(candidacy: Candidacy | None, due_on: date, now: Item | None, gone: date | None) -> LotRow:
    """How she stands: disposed of, due, or what stops it. `candidacy` is None where it is not for the reader."""
    name = f"{candidacy.recruitment.reference} {candidacy.label}" if candidacy else _("visas inte")
    if gone is not None:
        return LotRow(name, due_on, "done", _("Gallrad %(day)s") % {"day": day(gone)})
    if now is None:
        return LotRow(name, due_on, "closed", _("Finns inte kvar") if candidacy else "–")
    kind, words = STANDS.get(now.standing.code, ("info", now.standing.code))
    return LotRow(name, due_on, kind, str(words))


def facts_about(lot: Lot) -> list[Fact]:
    """What was put forward, by whom, and how it went."""
    told = [
        Fact(_("Nämnd eller bolag"), lot.authority.name),
        Fact(_("Slag av handling"), kind_of_record(lot.row)),
        Fact(_("Frist"), term_of(lot.row)),
        Fact(_("Gallringsbeslut"), lot.decision),
        Fact(_("Antal"), lot.count),
        Fact(_("Framlagd"), _by(lot.proposed_by, lot.proposed_on)),
    ]
    if lot.answered_by is not None:
        said_no = lot.state == Lot.State.REJECTED and lot.stopped_by is None
        told.append(Fact(_("Avslagen") if said_no else _("Beslutad"), _by(lot.answered_by, lot.answered_on)))
    if lot.stopped_by is not None:
        told.append(Fact(_("Stoppad"), _by(lot.stopped_by, lot.stopped_on)))
    if lot.reject_code:
        told.append(Fact(_("Skäl"), _(DISPOSAL_REJECTED[lot.reject_code])))
    if lot.state == Lot.State.CONFIRMED:
        told.append(Fact(_("Verkställs tidigast"), day(first_day(lot))))
    if lot.state == Lot.State.CARRIED_OUT:
        result = _("%(gone)s gallrade, %(left)s kvar") % {"gone": lot.disposed, "left": lot.left}
        told.append(Fact(_("Verkställd"), f"{day(lot.carried_out_on)}: {result}"))
    return told


def _by(person: Person, on: date | None) -> str:
    return f"{person.shown_name}, {day(on)}"
