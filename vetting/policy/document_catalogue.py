"""The catalogue's chapters of the printed policy: grounds, checks, profiles, forms, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS
from vetting.policy.field_labels import field_label
from vetting.policy.grounds import GROUNDS
from vetting.policy.markdown import table
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS, WORDS

_LEVEL = {
    "position": "Befattningen",
    "recruitment": "Rekryteringen",
    "candidacy": "Slutkandidaten",
    "engagement": "Anställningen eller uppdraget",
}
STAGE = {
    "before_advert": "inför annons",
    "finalist": "slutkandidat",
    "decision": "beslut",
    "start": "start",
    "employment": "under anställning",
    "exit": "avslut",
}
_FORM = {
    "free": "fritt",
    "structured": "i fasta fält",
    "note_shown_only": "bara att det visats upp, och dagen",
    "external_copy": "var handlingen förvaras; den sparas utanför systemet",
}
_MEANS = {"done": "klar", "to_assess": "att bedöma", "waiting": "väntar", "not_applicable": "behövs inte"}
_BLOCKS = {"decision": "beslutet", "start": "starten", None: "inget"}
REUSE = {
    "never": "aldrig",
    "within_limit": "inom tidsgränsen",
    "statutory_exemption": "enligt lagens undantag vid ny anställning",
}
_ENTITY = {"both": "myndighet och bolag", "authority": "bara myndighet", "company": "bara bolag"}
_RENEWAL = {
    "licence": "legitimation",
    "permit": "tillstånd",
    "declaration": "försäkran",
    "training": "utbildning",
    "access_review": "genomgång av behörigheter",
}
_MOMENT = {
    "opening": "när rekryteringen öppnas",
    "candidacy": "för slutkandidaten",
    "decision": "vid beslutet",
}
_SECOND = {
    "deviation": "något att bedöma",
    "condition": "villkor",
    "waiver": "undantag",
    "sample": "slumpmässigt urval",
}


def catalogue() -> Iterator[str]:
    """The chapters, in order."""
    yield from _grounds()
    yield from _checks()
    yield from _profiles()
    yield from _forms()
    yield from _questions()


def _names(codes: Iterable[str]) -> str:
    return ", ".join(CHECKPOINTS[code].name for code in codes)


def who(code: str) -> str:
    """The name of a role, relation or other word for who performs a check. Raises KeyError."""
    for names in (ROLES, RELATIONS, WORDS):
        if code in names:
            return str(names[code].name)
    raise KeyError(code)


def _grounds() -> Iterator[str]:
    yield "## Lagstöd"
    yield table(
        (
            "Lagstöd",
            "Lagrum",
            "Gäller",
            "För",
            "Får antecknas",
            "Undantag vid ny anställning",
            "Att bekräfta",
        ),
        (
            (
                f"**{g.title}** (`{g.code}`)",
                g.statute,
                f"från {g.valid_from}" + (f" till {g.valid_to}" if g.valid_to else ""),
                _ENTITY[g.entity_kinds],
                _FORM[g.documentation],
                f"{g.rehire_months} månader" if g.rehire_months else "",
                g.verify,
            )
            for g in GROUNDS.values()
        ),
    )


def _checks() -> Iterator[str]:
    yield "## Kontroller"
    level = ""
    for check in CHECKPOINTS.values():
        if _LEVEL[check.belongs_to] != level:
            level = _LEVEL[check.belongs_to]
            yield f"### {level}"
        yield f"#### {check.name}"
        yield "\n".join(f"- **{name}:** {value}" for name, value in _facts(check) if value)


def _facts(check: Checkpoint) -> Iterator[tuple[str, str]]:
    ground = GROUNDS[check.ground]
    yield "Kod", f"`{check.code}`"
    yield "Lagstöd", f"{ground.statute} (`{ground.code}`)"
    yield "Gör så här", check.help
    yield "När", STAGE[check.stage] + (", bara för den som föreslås för platsen" if check.intrusive else "")
    yield "Gäller om", QUESTIONS[check.question].text if check.question else ""
    yield "Utförs av", ", ".join(who(code) for code in check.performed_by)
    yield "Får antecknas", _FORM[ground.documentation]
    yield "Fält", "; ".join(_field(check, f.name) for f in check.fields)
    outcomes = OUTCOMES[check.code].values()
    yield "Utfall", "; ".join(f"{outcome.label} ({_MEANS[outcome.means]})" for outcome in outcomes)
    yield "Antecknas aldrig", "; ".join(check.must_not_store)
    yield "Högsta ålder", f"{check.max_age_months} månader" if check.max_age_months else ""
    yield "Stoppar", _BLOCKS[check.blocks]
    yield "Undantag", "möjligt med två underskrifter" if check.waivable else "aldrig"
    yield (
        "Efter start",
        "får kompletteras vid uppdrag på högst 14 dagar" if check.complete_after_start else "",
    )
    yield "Används igen", REUSE[check.reuse]
    if check.renewal:
        months = check.renewal.months
        yield (
            "Förnyas",
            f"{_RENEWAL[check.renewal.kind]}, " + (f"var {months}:e månad" if months else "när det går ut"),
        )
    yield (
        "Personnummer",
        {"none": "", "birth_date": "födelsetid", "number": "får frågas"}[check.person_number],
    )
    yield (
        "Skyddade personuppgifter",
        {"as_usual": "som vanligt", "manual": "görs för hand", "not_applicable": "görs aldrig"}[
            check.protected_identity
        ],
    )
    yield "Synlig för", "" if check.visible_to == "all" else ROLES[check.visible_to].name
    yield "Från början", "" if check.default_on else "avstängd tills kommunen beslutat och jurist har svarat"
    yield "I katalogen", f"från {check.since}" + (f", utgick {check.retired}" if check.retired else "")


def _field(check: Checkpoint, name: str) -> str:
    options = CHOICES.get((check.code, name))
    label = field_label(check.code, name)
    return f"{label} ({' / '.join(options.values())})" if options else label


def _profiles() -> Iterator[str]:
    yield "## Kontrollprofiler"
    yield table(
        ("Profil", "Nivå", "Lägger till", "Tar bort", "Yttranden", "Ett till vid", "Sitter på"),
        (
            (
                f"**{p.name}** (`{p.code}`)"
                + ("" if p.visible_to == "all" else " – bara säkerhetsskyddet, avstängd"),
                str(p.level),
                _names(p.checkpoints_added),
                _names(p.checkpoints_removed),
                str(p.approvers) if p.approvers else "",
                ", ".join(_SECOND[code] for code in p.second_approver_on),
                {"both": "befattning och arbetsplats", "unit": "arbetsplats", "position": "befattning"}[
                    p.attaches_to
                ],
            )
            for p in PROFILES.values()
        ),
    )


def _forms() -> Iterator[str]:
    yield "## Anställningsformer"
    yield table(
        ("Form", "Beslutet heter", "Lägger till", "Tar bort", "Komplettering efter start", "Anmärkning"),
        (
            (
                f"**{f.name}** (`{f.code}`)" + ("" if f.allowed else " – **går inte att välja**"),
                f.decision_name,
                _names(f.checkpoints_added),
                _names(f.checkpoints_removed),
                "ja" if f.complete_after_start_allowed else "",
                f.note,
            )
            for f in FORMS.values()
        ),
    )


def _questions() -> Iterator[str]:
    yield "## Frågor som styr kontrollerna"
    decides: dict[str, list[str]] = {}
    for check in CHECKPOINTS.values():
        if check.question:
            decides.setdefault(check.question, []).append(check.code)
    yield table(
        ("Fråga", "Ställs", "Besvaras av", "Styr", "Ärvs från befattningen"),
        (
            (
                f"{q.text} (`{q.code}`)",
                ", ".join(_MOMENT[moment] for moment in q.asked_when),
                ", ".join(who(code) for code in q.answered_by),
                _names(decides[q.code]),
                "ja" if q.inherited_from_position else "",
            )
            for q in QUESTIONS.values()
        ),
    )
