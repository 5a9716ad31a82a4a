"""The rows of a list as people to enter, and what is wrong with the others: row, field and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.crypto import blind_index
from vetting.policy.numbers import PROBLEMS, NumberError, find_numbers, parse
from vetting.policy.rounds import MOST_PEOPLE
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.actions.new_checks import asks_number
from vetting.recruitment.case import Case
from vetting.recruitment.queries import rounds as query
from vetting.recruitment.rounds.reach import REACHED_BY, why_unreachable
from vetting.recruitment.rounds.table import Rows, Unreadable
from vetting.web.text import UnsafeText, clean

PURPOSE = "round.person"
LIST_PURPOSE = "round.list"
COLUMNS = {
    "namn": "name",
    "för- och efternamn": "name",
    "förnamn": "first",
    "tilltalsnamn": "first",
    "efternamn": "last",
    "kontakt": "contact",
    "telefon": "phone",
    "telefonnummer": "phone",
    "mobil": "phone",
    "mobilnummer": "phone",
    "e-post": "email",
    "epost": "email",
    "mejl": "email",
    "e-postadress": "email",
    "personnummer": "number",
    "pnr": "number",
}
FIELDS = {
    "name": gettext_lazy("Namn"),
    "contact": gettext_lazy("Kontakt"),
    "phone": gettext_lazy("Telefon"),
    "email": gettext_lazy("E-post"),
    "number": gettext_lazy("Personnummer"),
    "row": gettext_lazy("Raden"),
}
LONGEST = 120
FORMULA = ("=", "@")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list. `number` has twelve digits, or is empty. Never shown by `repr`."""

    row: int
    name: str = field(repr=False)
    contact: str = field(default="", repr=False)
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: its number in the file, the field, and why in a sentence."""

    row: int
    field: str
    why: str

    @property
    def label(self) -> str:
        """The field in words."""
        return str(FIELDS[self.field])


@dataclass(slots=True)
class Read:
    """What a list holds. `left_out`: headings of columns that are not read, `numbers_left_out` among them."""

    people: list[Listed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    numbers_left_out: bool = False
    digest: str = ""

    @property
    def faulty_rows(self) -> int:
        """How many rows are not proposed."""
        return len({fault.row for fault in self.faults})


def read_people(case: Case, rows: Rows) -> Read:
    """The people of the list for this recruitment; nothing is recorded. Raises Unreadable.

    Who stands twice in the list, or is a finalist here already, is told as a fault and not proposed.
    """
    found = Read()
    places = _places(case, rows[0][1] if rows else [], found)
    lines = rows[1:]
    if not lines:
        raise Unreadable(_("Listan har inga rader under rubrikerna."))
    if len(lines) > MOST_PEOPLE:
        raise Unreadable(
            _("Listan har %(n)s personer. En omgång är högst %(most)s; dela upp den.")
            % {"n": len(lines), "most": MOST_PEOPLE}
        )
    listed = [each for number, cells in lines if (each := _listed(number, cells, places, found)) is not None]
    found.digest = _digest_of_list(case, listed, found)
    _leave_out_known(case, listed, found)
    found.faults.sort(key=lambda fault: fault.row)
    return found


def digest_of(case: Case, person: Listed) -> bytes:
    """The keyed digest by which the person is recognised in this recruitment: her number, else name and contact."""
    said = person.number or f"{_folded(person.name)}|{_folded(person.contact)}"
    return blind_index.digest(PURPOSE, f"{case.pk}:{said}")


def _places(case: Case, head: Sequence[str], found: Read) -> dict[str, list[int]]:
    """Field → the columns that hold it. Raises Unreadable where no heading says which is the name."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(head):
        name = COLUMNS.get(" ".join(heading.casefold().split()))
        if name == "number" and not asks_number(case):
            found.numbers_left_out = True
        elif name is not None:
            places.setdefault(name, []).append(place)
        elif heading:
            found.left_out.append(heading[:40])
    if "name" not in places and not {"first", "last"} <= set(places):
        raise Unreadable(
            _(
                "Den första raden ska vara rubriker, och en av dem ”namn” (eller ”förnamn” och ”efternamn”). "
                "Kontakt och personnummer läses när de har rubrikerna ”telefon”, ”e-post” och ”personnummer”."
            )
        )
    return places


def _listed(row: int, cells: Sequence[str], places: Mapping[str, list[int]], found: Read) -> Listed | None:
    """The person of one row, or None with its faults noted."""
    before = len(found.faults)
    names = places.get("name") or [*places.get("first", []), *places.get("last", [])]
    name = _text(row, "name", [_cell(cells, place) for place in names], " ", found)
    contact = _contact(row, cells, places, found)
    if not name and len(found.faults) == before:
        found.faults.append(Fault(row, "name", _("Namnet saknas.")))
    number = _number(row, [_cell(cells, place) for place in places.get("number", [])], found)
    return Listed(row, name, contact, number) if len(found.faults) == before else None


def _contact(row: int, cells: Sequence[str], places: Mapping[str, list[int]], found: Read) -> str:
    """How to reach the person: what stands in each column of that kind, in the order of the file."""
    kinds = {place: kind for kind in REACHED_BY for place in places.get(kind, [])}
    typed = [(kind, cell) for place, kind in sorted(kinds.items()) if (cell := _cell(cells, place))]
    for kind, cell in typed:
        if not cell.startswith(FORMULA) and (why := why_unreachable(kind, cell)):
            found.faults.append(Fault(row, kind, why))
    return _text(row, "contact", [cell for _kind, cell in typed], ", ", found)


def _text(row: int, name: str, cells: Sequence[str], between: str, found: Read) -> str:
    if any(cell.startswith(FORMULA) for cell in cells):
        found.faults.append(Fault(row, name, _("Ser ut som en formel. Klistra in värdet i stället.")))
        return ""
    try:
        text = clean(between.join(cell for cell in cells if cell), limit=LONGEST, lines=False)
    except UnsafeText as error:
        found.faults.append(Fault(row, name, str(error)))
        return ""
    if name != "name" or not text:
        return text  # a telephone number can look like a personal number
    if not any(each.isalpha() for each in text):
        found.faults.append(Fault(row, name, _("Innehåller inga bokstäver.")))
    if find_numbers(text):
        found.faults.append(Fault(row, name, _("Innehåller ett personnummer. Det hör inte hemma här.")))
    return text


def _number(row: int, cells: Sequence[str], found: Read) -> str:
    typed = next((cell for cell in cells if cell), "")
    if not typed:
        return ""
    try:
        return parse(typed).normalised
    except NumberError as error:
        found.faults.append(Fault(row, "number", _(PROBLEMS[error.kind])))
        return ""


def _leave_out_known(case: Case, listed: Sequence[Listed], found: Read) -> None:
    digests = {person.row: digest_of(case, person) for person in listed}
    known = query.known_in(case, digests.values())
    numbers = {p.row: blind_index.digest(INDEX_PURPOSE, p.number) for p in listed if p.number}
    numbered = query.numbered_in(case, numbers.values())
    first: dict[bytes, int] = {}
    for person in listed:
        digest = digests[person.row]
        label = known.get(digest) or numbered.get(numbers.get(person.row, b""))
        if label:
            found.faults.append(Fault(person.row, "row", _("Finns redan här, som %(who)s.") % {"who": label}))
        elif digest in first:
            twice = _("Samma person som på rad %(row)s.") % {"row": first[digest]}
            found.faults.append(Fault(person.row, "row", twice))
        else:
            first[digest] = person.row
            found.people.append(person)


def _digest_of_list(case: Case, listed: Sequence[Listed], found: Read) -> str:
    """What tells that a list is the same: its people in any order, whatever the other columns and the file's kind."""
    faulty = sorted({fault.row for fault in found.faults})
    own = "".join(sorted(digest_of(case, person).hex() for person in listed))
    return blind_index.digest(LIST_PURPOSE, f"{case.pk}:{own}:{len(faulty)}").hex()


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
