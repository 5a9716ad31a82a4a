"""The protocol of a key ceremony: what was done, to be printed, read aloud, compared and signed by those present."""

from __future__ import annotations

from collections.abc import Mapping

from vetting.reports.days import today

_TITLES = {
    "root": "Ny rotnyckel för mottagarnas intyg",
    "certificate": "Intyg om en mottagares nyckel",
}
_STEPS = {
    "root": (
        "Datorn har inget nätverk och startades från känt medium.",
        "Rotnyckelns fil är kopierad till två medier i var sitt kassaskåp och raderad härifrån.",
        "Den öppna nyckeln ovan är avskriven till driftens inställning RECIPIENT_ROOT.",
    ),
    "certificate": (
        "Mottagaren är personligen närvarande och har legitimerat sig.",
        "Beslutet om utseende är uppvisat (dag och nummer): ____________________",
        "Fingeravtrycket är jämfört tecken för tecken med mottagarens utskrift.",
        "De fem delarna är lämnade i förseglade kuvert till: 1 ________ 2 ________ 3 ________ 4 ________ 5 ________",
        "Var och en som fått en del vet: lämna den aldrig utan den kontrollrad som mottagaren själv har sagt.",
        "Filen med intyget är förd till driften; rotnyckeln är åter inlåst.",
    ),
}


def protocol(kind: str, told: Mapping[str, str]) -> str:
    """The protocol of "root" or "certificate", as plain text of at most 80 signs a line where it can be."""
    title = _TITLES[kind]
    lines = [
        title,
        "=" * len(title),
        f"dag: {today()}",
        *(f"{name}: {value}" for name, value in told.items()),
        "",
    ]
    lines += [f"[ ] {step}" for step in _STEPS[kind]]
    lines += ["", *(f"Närvarande {number}: ______________________________" for number in (1, 2, 3)), ""]
    return "\n".join(lines)
