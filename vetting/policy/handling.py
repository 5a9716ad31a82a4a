"""The handling class and retention of every stored column. What is not declared here may not be stored.

Declared per table: the columns of each class, and the retention that the table follows. Tables of history repeat
their table's columns; only what history adds is declared once, in ``HISTORY``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vetting.policy.handling_tables import TABLES
from vetting.policy.text import _

HandlingClass = Literal["open", "internal", "personal", "sealed", "blind", "key", "log"]

CLASSES: dict[HandlingClass, str] = {
    "open": _("Öppen: får visas för var och en som får öppna sidan."),
    "internal": _("Intern: koder, datum och hänvisningar för dem som har åtkomst, aldrig namn."),
    "personal": _("Personuppgift om den som handlagt, aldrig om den som prövas."),
    "sealed": _("Förseglad: krypterad, öppnas bara med angivet syfte som antecknas först."),
    "blind": _("Blint index: nycklat fingeravtryck för exakt sökning."),
    "key": _("Nyckel eller inloggningshemlighet: visas aldrig."),
    "log": _("Logg: bara koder, hänvisningar och tider."),
}

#: Retentions beside those of ``retention.py``: not kinds of case records.
OTHER_RETENTION: dict[str, str] = {
    "standing": _("Så länge det som beskrivs finns."),
    "account": _("Så länge kontot finns; identiteten bakom gamla händelser följer loggen."),
    "log": _("Loggen gallras inte av systemet."),
    "short": _("Tas bort av sig självt när det inte längre behövs (minuter till dagar)."),
    "with_key": _("Försvinner när nyckeln förstörs."),
    "alert": _("Tolv månader från varningen, när den är stängd; då förstörs nyckeln."),
    "sample": _("Fem år från dragningen: så länge granskningen kan behöva göras om."),
    "released": _("Siffror utan person bevaras; vad de räknar gallras för sig."),
    "report": _(
        "Två år efter att anmälan avslutats (lag 2021:890, 7 kap. 8 §), när två mottagare beslutat det; "
        "då förstörs nyckeln."
    ),
    "proof": _("Beviset om gallringen bevaras; det innehåller inga namn."),
    "case": _("Som den rekrytering eller slutkandidatur raden hör till."),
}

#: Columns that simple-history adds to every history table.
HISTORY: dict[str, HandlingClass] = {
    "history_id": "log",
    "history_date": "log",
    "history_type": "log",
    "history_change_reason": "log",
    "history_user_id": "log",
    "history_relation_id": "log",
}


@dataclass(frozen=True, slots=True)
class Handling:
    """How one stored column is handled. ``retention``: code of ``RETENTION`` or ``OTHER_RETENTION``."""

    handling: str
    retention: str


def _columns() -> dict[str, Handling]:
    columns: dict[str, Handling] = {}
    for table, (retention, classes) in TABLES.items():
        for handling, names in classes.items():
            for name in names.split():
                if f"{table}.{name}" in columns:
                    raise ValueError(f"{table}.{name} is declared twice")
                columns[f"{table}.{name}"] = Handling(handling, retention)
    return columns


#: ``app_label.model.column`` -> handling
COLUMNS: dict[str, Handling] = _columns()


@dataclass(frozen=True, slots=True)
class Difference:
    """What the database stores without a declaration, and what is declared but not stored."""

    undeclared: tuple[str, ...]
    stale: tuple[str, ...]


def handling_of(column: str) -> Handling:
    """The handling of ``app_label.model.column``; a history column as its table's. Raises KeyError."""
    app, model, name = column.split(".")
    if column not in COLUMNS and model.startswith("historical"):
        base = f"{app}.{model.removeprefix('historical')}"
        if name in HISTORY:
            return Handling(HISTORY[name], TABLES[base][0])
        column = f"{base}.{name}"
    return COLUMNS[column]


def compare(stored: Iterable[str], apps: Iterable[str]) -> Difference:
    """Compare the columns ``stored`` (``app_label.model.column``) with the declarations of ``apps``."""
    stored = set(stored)
    undeclared = []
    for column in sorted(stored):
        try:
            handling_of(column)
        except KeyError:
            undeclared.append(column)
    mine = set(apps)
    stale = sorted(c for c in COLUMNS if c.split(".")[0] in mine and c not in stored)
    return Difference(tuple(undeclared), tuple(stale))
