"""The policy printed for a jurist: Swedish Markdown made from the declarations, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vetting.policy.alerts import RETENTION_MONTHS, RULES
from vetting.policy.document_catalogue import catalogue
from vetting.policy.drawing import mermaid
from vetting.policy.handling import CLASSES, COLUMNS, OTHER_RETENTION
from vetting.policy.markdown import anchor, cell, table
from vetting.policy.matrix import COLUMNS as SHORT
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.relations import RELATIONS, Rule
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import EFFECTS, SCOPES
from vetting.policy.terms import RELATIONS as RELATION_TERMS
from vetting.policy.workflow import MACHINES

_KINDS = {
    "read": "läsa",
    "act": "handling",
    "reveal": "öppna förseglat",
    "export": "ta ut",
    "admin": "förvaltning",
}
_LOGGED = {"no": "nej", "always": "alltid", "outside_assignment": "utanför egna uppdrag"}
_SCOPE = {
    "no": "–",
    "own": "egna",
    "assigned": "tilld.",
    "unit": "enhet",
    "authority": "mynd.",
    "all": "alla",
}
_REASON = {"no": "", "yes": "motivering", "list": "skäl ur lista"}


def document() -> str:
    """The whole document. The same declarations always give the same text."""
    parts = [
        _introduction(),
        *_roles(),
        *_permissions(),
        *catalogue(),
        *_machines(),
        *_alerts(),
        *_retention(),
        *_handling(),
    ]
    return "\n\n".join(parts) + "\n"


def _introduction() -> str:
    chapters = (
        "Roller",
        "Behörigheter",
        "Lagstöd",
        "Kontroller",
        "Kontrollprofiler",
        "Anställningsformer",
        "Frågor som styr kontrollerna",
        "Arbetsgång",
        "Varningar om läsning",
        "Bevarande och gallring",
        "Hantering av lagrade uppgifter",
    )
    contents = "\n".join(f"- [{name}](#{anchor(name)})" for name in chapters)
    return (
        "# Regler och behörigheter\n\n"
        "Det här dokumentet skrivs ut av programmet ur samma uppgifter som styr det. Ändra det inte för hand: "
        "ändra uppgifterna i `vetting/policy/` och skriv ut på nytt med `manage.py policy_document`.\n\n"
        "Frister, lydelser och datum som en jurist ska bekräfta står under *Att bekräfta* vid varje lagstöd. "
        "Tomt fält betyder *inget*.\n\n" + contents
    )


def _roles() -> Iterator[str]:
    yield "## Roller"
    factor = {"required": "krävs", "by_sign_in": "genom kommunens inloggning", "none": "nej"}
    yield table(
        ("Roll", "Uppgift", "Läser förseglat", "Andra faktor", "Kan inte förenas med"),
        (
            (
                f"**{role.name}** (`{role.code}`, {short})",
                role.purpose,
                "ja" if role.reads_sealed else "nej",
                factor[role.second_factor],
                ", ".join(ROLES[code].name for code in role.incompatible_with),
            )
            for short, role in zip(SHORT, ROLES.values(), strict=True)
        ),
    )


def _permissions() -> Iterator[str]:
    yield "## Behörigheter"
    yield "Räckvidd: " + " ".join(f"*{_SCOPE[s.code]}* = {s.name}: {s.meaning}" for s in SCOPES.values())
    yield "Relationer: " + " ".join(f"**{e.name}** – {e.meaning}" for e in EFFECTS.values())
    yield table(
        ("Behörighet", *SHORT),
        ((f"`{p.code}`", *(_SCOPE[scope] for scope in p.scopes.values())) for p in PERMISSIONS.values()),
    )
    yield "### Vad varje behörighet betyder"
    yield table(
        ("Behörighet", "Vad", "Slag", "Loggas", "Bekräftas på nytt", "Relationer"),
        (
            (
                f"**{p.label}** (`{p.code}`)",
                p.what,
                _KINDS[p.kind],
                _LOGGED[p.logged],
                "ja" if p.step_up else "",
                "; ".join(_rules(RELATIONS.get(p.code, ()))),
            )
            for p in PERMISSIONS.values()
        ),
    )
    yield "### Relationer"
    used = {rule.relation for rules in RELATIONS.values() for rule in rules}
    used |= {r for m in MACHINES.values() for t in m.transitions for r in t.other_than}
    yield table(
        ("Relation", "Betyder"),
        ((f"**{t.name}** (`{t.code}`)", t.meaning) for t in RELATION_TERMS.values() if t.code in used),
    )


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        text = f"{EFFECTS[rule.effect].name.lower()} {RELATION_TERMS[rule.relation].name}"
        yield text if rule.role == "all" else f"{text} ({ROLES[rule.role].name})"


def _machines() -> Iterator[str]:
    yield "## Arbetsgång"
    yield (
        "Steg utan behörighet avgörs när sidan läses och lagras inte. *Följd* betyder att steget följer av en annan "
        "handling. Den som har en relation under *Inte samma som* kan inte ta steget."
    )
    for machine in MACHINES.values():
        yield f"### {machine.name}"
        yield f"```mermaid\n{mermaid(machine)}\n```"
        labels = {state.code: state.label for state in machine.states}
        yield table(
            ("Läge", "Betyder", "Slutläge"),
            ((f"{s.label} (`{s.code}`)", s.meaning, "ja" if s.final else "") for s in machine.states),
        )
        yield table(
            ("Steg", "Från", "Till", "Behörighet", "Villkor", "Inte samma som", "Skäl", "Följd"),
            (
                (
                    f"`{t.name}`",
                    ", ".join(labels.get(code, "skapas") for code in t.sources),
                    labels[t.target],
                    f"`{t.permission}`" if t.permission else "",
                    t.condition,
                    ", ".join(RELATION_TERMS[code].name for code in t.other_than),
                    _REASON[t.reason],
                    "ja" if t.automatic else "",
                )
                for t in machine.transitions
            ),
        )


def _alerts() -> Iterator[str]:
    yield "## Varningar om läsning"
    yield (
        "Ovanlig läsning pekas ut per regel och lämnas till en namngiven revisor, som stänger varningen med ett "
        f"skriftligt skäl. Ingen person poängsätts. Efter {RETENTION_MONTHS} månader kan inget av en stängd varning "
        "läsas mer."
    )
    yield table(
        ("Regel", "Säger", "Varför", "Från", "Inom", "Gränsen kommer av"),
        (
            (
                f"**{rule.name}** (`{rule.code}`)",
                rule.sentence.format(count="…", threshold=rule.threshold),
                rule.why,
                str(rule.threshold),
                f"{rule.window.days} dygn",
                rule.source,
            )
            for rule in RULES.values()
        ),
    )


def _retention() -> Iterator[str]:
    yield "## Bevarande och gallring"
    yield "Förslag till dokumenthanteringsplanen. Inget gallras utan gallringsbeslut (arkivlagen 10 §)."
    term = {"preserve": "bevaras", "until_released": "tills stoppet hävs"}
    yield table(
        ("Vad", "Frist", "Räknas från", "Lagstöd", "Anmärkning"),
        (
            (
                f"**{r.name}** (`{r.code}`)",
                term[r.term] if isinstance(r.term, str) else f"{r.term} månader",
                f"`{r.starts_at}`",
                f"`{r.ground}`",
                r.note,
            )
            for r in RETENTION.values()
        ),
    )


def _handling() -> Iterator[str]:
    yield "## Hantering av lagrade uppgifter"
    yield "\n".join(f"- `{code}` – {text}" for code, text in CLASSES.items())
    yield "\n".join(f"- frist `{code}` – {text}" for code, text in OTHER_RETENTION.items())
    tables: dict[str, dict[str, list[str]]] = {}
    kept: dict[str, str] = {}
    for column, handling in COLUMNS.items():
        name, _dot, last = column.rpartition(".")
        tables.setdefault(name, {}).setdefault(handling.handling, []).append(last)
        kept[name] = handling.retention
    yield table(
        ("Tabell", "Frist", *CLASSES),
        (
            (f"`{name}`", f"`{kept[name]}`", *(cell(", ".join(classes.get(c, ()))) for c in CLASSES))
            for name, classes in tables.items()
        ),
    )
