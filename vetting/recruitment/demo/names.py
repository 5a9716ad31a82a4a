"""People who do not exist: names nobody bears, numbers and telephones that are given to nobody.

Personal numbers: the serials that Skatteverket keeps for testing (980-999 for those born before 1990, 238 and 239
after). Telephones: 070-174 06 05 to 070-174 06 99, which PTS keeps for books and films. Mail: the domain .example.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

GIVEN = (
    "Adele", "Agda", "Albin", "Alexandra", "Alice", "Alma", "Amir", "Anders", "Anja", "Arvid", "Astrid", "Axel",
    "Bahar", "Bo", "Britta", "Carl", "Daniela", "David", "Ebba", "Edvin", "Elin", "Elsa", "Emil", "Erik", "Farid",
    "Filippa", "Frida", "Gunnar", "Hamza", "Hanna", "Hugo", "Ida", "Inger", "Isak", "Jasmin", "Johan", "Jonna",
    "Karin", "Kerstin", "Lars", "Leila", "Linnea", "Lovisa", "Magnus", "Maja", "Malin", "Maryam", "Mikael", "Nadja",
    "Nils", "Nora", "Olle", "Omar", "Petra", "Ragnar", "Rut", "Saga", "Samir", "Sara", "Sixten", "Sofia", "Sten",
    "Svea", "Tage", "Tilde", "Tove", "Ulla", "Vera", "Viktor", "Wilma", "Yusuf", "Yrsa", "Åke", "Åsa", "Örjan",
)  # fmt: skip
# Plants and weathers that no Swedish surname is made of, before endings that are.
FIRST = (
    "Skvattram", "Hjortron", "Odon", "Kråkbär", "Tuvull", "Mjölon", "Vattenklöver", "Ögontröst", "Bäckbräsma",
    "Älggräs", "Harsyra", "Lavskrik", "Kärrfibbla", "Backtimjan", "Smultron", "Nattglim", "Brudborste", "Gökblom",
    "Strandaster", "Fjällkåpa", "Getrams", "Blåsippe", "Vitmosse", "Hundkex", "Revlumme", "Ängsvädd", "Styvmors",
    "Trolldruve",
)  # fmt: skip
FINALIST_ENDS = (
    "hed", "myr", "tjärn", "strand", "kulle", "dunge", "bäcke", "udde", "holme", "backe", "gärde", "brink", "hage",
    "rönning", "skär", "lid",
)  # fmt: skip
STAFF_ENDS = ("lund", "berg", "vall", "kvist", "mark", "sjö", "ås", "klint")
"""Other endings than the finalists': no one who works in the town is ever named as someone who applies there."""
EARLIEST, LATEST = date(1962, 1, 1), date(2006, 12, 31)


@dataclass(frozen=True, slots=True)
class Invented:
    """A finalist's name, contact and number (twelve digits)."""

    name: str
    contact: str
    number: str


def finalist(random: Random) -> Invented:
    """Somebody who applies."""
    given = random.choice(GIVEN)
    last = random.choice(FIRST) + random.choice(FINALIST_ENDS)
    mail = f"{_plain(given)}.{_plain(last)}@brev.example"
    return Invented(f"{given} {last}", f"{_telephone(random)}, {mail}", number(random))


def staff(random: Random, taken: set[str]) -> str:
    """A name of somebody who works for the municipality, unlike those `taken`, which it joins."""
    while True:
        name = f"{random.choice(GIVEN)} {random.choice(FIRST)}{random.choice(STAFF_ENDS)}"
        if name not in taken:
            taken.add(name)
            return name


def mail_of(name: str) -> str:
    """The address of somebody who works there."""
    return f"{username_of(name)}@nordvik.example"


def username_of(name: str) -> str:
    """first.last, in letters that any keyboard has."""
    return ".".join(_plain(part) for part in name.split())


def number(random: Random) -> str:
    """A personal number for tests: a real day and a right check digit, given to nobody."""
    born = EARLIEST + timedelta(days=random.randrange((LATEST - EARLIEST).days))
    serial = random.randrange(980, 1000) if born.year < 1990 else random.choice((238, 239))
    nine = f"{born:%y%m%d}{serial}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    return f"{born:%Y%m%d}{serial}{check}"


def _telephone(random: Random) -> str:
    return f"070-174 06 {random.randrange(5, 100):02d}"


def _plain(text: str) -> str:
    return text.lower().translate(str.maketrans("åäöé", "aaoe"))
