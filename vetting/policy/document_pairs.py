"""Which checks every form of engagement calls for with every control profile: a document of its own, for a jurist.

Made by the rule that opens recruitments (`requirement`) and nothing else, so that what is printed is what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vetting.policy.checkpoints import CHECKPOINTS, STAGES, Checkpoint, Stage
from vetting.policy.document_catalogue import REUSE, STAGE, who
from vetting.policy.engagement_forms import FORMS, EngagementForm
from vetting.policy.grounds import GROUNDS
from vetting.policy.markdown import anchor, table
from vetting.policy.profiles import PROFILES, Profile
from vetting.policy.questions import QUESTIONS
from vetting.policy.requirement import Requirement, requirement
from vetting.policy.rounds import may_be_noted_together
from vetting.policy.waivers import DEFERRABLE, may_be_waived

_ALL_YES = dict.fromkeys(QUESTIONS, True)
_OFF = frozenset(check.code for check in CHECKPOINTS.values() if not check.default_on)
_MARKS = {
    "f": "bara om svaret på en fråga är ja",
    "a": "avstängd tills kommunen har slagit på den",
    "m": "bara hos myndigheter, inte i bolag",
    "e": "får göras klar efter starten när arbetet är högst fjorton dagar",
}


def printed_on() -> date:
    """The day the document is made for: the first on which everything declared has begun to apply."""
    begun = [ground.valid_from for ground in GROUNDS.values()]
    return max([*begun, *(check.since for check in CHECKPOINTS.values())])


def pairs() -> str:
    """The whole document. The same declarations always give the same text."""
    return "\n\n".join([_introduction(), *_checks(), *_forms()]) + "\n"


def allowed() -> list[EngagementForm]:
    """The forms that can be chosen, in the catalogue's order."""
    return [form for form in FORMS.values() if form.allowed]


def _introduction() -> str:
    contents = "\n".join(f"- [{name}](#{anchor(name)})" for name in ["Kontrollerna", *_names()])
    marks = "\n".join(f"- ({mark}) {meaning}" for mark, meaning in _MARKS.items())
    return (
        "# Kontroller för varje anställningsform och kontrollprofil\n\n"
        "Det här dokumentet skrivs ut av programmet ur samma regel som öppnar en rekrytering. Ändra det inte för hand: "
        "ändra uppgifterna i `vetting/policy/` och skriv ut på nytt med `manage.py policy_document`. Lagrum, fält och "
        "utfall står i [policy.md](policy.md).\n\n"
        f"Varje rad är en anställningsform tillsammans med en kontrollprofil, som reglerna ser ut den {printed_on()} "
        "när allt i katalogen har börjat gälla. Profilen Grund ingår i alla. Sitter flera profiler på befattningen och "
        "arbetsplatsen läggs deras kontroller ihop, och det som någon av dem tar bort faller bort. Vid intern "
        "förflyttning står här vad befattningen kräver; det som redan är gjort hos samma arbetsgivare och fortfarande "
        "gäller får användas igen där kolumnen *Används igen* säger det.\n\n"
        f"Efter en kontrolls namn kan det stå:\n\n{marks}\n\n{contents}"
    )


def _names() -> Iterator[str]:
    return (form.name for form in allowed())


def _checks() -> Iterator[str]:
    yield "## Kontrollerna"
    yield table(
        ("Kontroll", "När", "Utförs av", "Lagstöd", "Gäller från", "Om svaret är ja på",
         "Undantag", "Efter start", "För flera på en gång", "Används igen"),
        (
            (
                f"**{check.name}** (`{check.code}`)",
                STAGE[check.stage],
                ", ".join(who(code) for code in check.performed_by),
                f"{GROUNDS[check.ground].statute} (`{check.ground}`)",
                str(max(check.since, GROUNDS[check.ground].valid_from)),
                f"{QUESTIONS[check.question].text} (`{check.question}`)" if check.question else "",
                "två underskrifter" if may_be_waived(check.code) else "aldrig",
                "får vänta" if check.code in DEFERRABLE else "aldrig",
                "ja" if may_be_noted_together(check.code) else "aldrig",
                REUSE[check.reuse],
            )
            for check in CHECKPOINTS.values()
            if check.visible_to == "all"
        ),
    )  # fmt: skip


def _forms() -> Iterator[str]:
    for form in allowed():
        yield f"## {form.name}"
        yield f"Form `{form.code}`. Beslutet heter *{form.decision_name}*. {form.note}".strip()
        yield table(
            ("Profil", "Nivå", "Yttranden", *(STAGE[stage].capitalize() for stage in STAGES)),
            (_pair(form, profile) for profile in PROFILES.values()),
        )


def _pair(form: EngagementForm, profile: Profile) -> tuple[str, ...]:
    needed = requirement([profile.code], (), form.code, _ALL_YES, printed_on(), switched_on=_OFF)
    opinions = str(needed.approvers) if needed.approvers else ""
    inner = "" if profile.visible_to == "all" else " – ändrar inget som syns utanför säkerhetsskyddet"
    return (
        f"**{profile.name}** (`{profile.code}`){inner}",
        str(needed.level),
        opinions + (" eller 2" if needed.second_approver_on else ""),
        *(_of_stage(needed, stage) for stage in STAGES),
    )


def _of_stage(needed: Requirement, stage: Stage) -> str:
    checks = (CHECKPOINTS[code] for code in needed.rows)
    return "; ".join(_named(needed, check) for check in checks if check.stage == stage)


def _named(needed: Requirement, check: Checkpoint) -> str:
    holds = {
        "f": check.question is not None,
        "a": not check.default_on,
        "m": not GROUNDS[check.ground].available_to("company"),
        "e": check.code in DEFERRABLE and check.code in needed.may_complete_after_start,
    }
    marks = "".join(mark for mark, is_so in holds.items() if is_so)
    return f"{check.name} ({marks})" if marks else check.name
