"""Warnings for free text: personal numbers, and what the check must not hold.

A warning asks again, it never refuses: the words are stems, and only a person knows what a sentence says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.numbers import find_numbers
from vetting.policy.text import _

Topic = Literal[
    "number",
    "crime",
    "health",
    "religion",
    "politics",
    "union",
    "rumour",
    "family",
    "money",
    "class",
    "origin",
]

TOPIC_TEXT: dict[Topic, str] = {
    "number": _("Texten ser ut att innehålla ett personnummer. Ta bort det."),
    "crime": _("Texten ser ut att handla om brott eller registerutdrag. Det får inte antecknas här."),
    "health": _("Texten ser ut att handla om hälsa. Det får inte antecknas här."),
    "religion": _("Texten ser ut att handla om religion. Det får inte antecknas här."),
    "politics": _("Texten ser ut att handla om politisk åsikt. Det får inte antecknas här."),
    "union": _("Texten ser ut att handla om facklig tillhörighet. Det får inte antecknas här."),
    "rumour": _("Texten ser ut att återge rykten. Anteckna bara det som någon själv vet."),
    "family": _("Texten ser ut att handla om familj eller närstående. Det får inte antecknas här."),
    "money": _("Texten ser ut att handla om personens ekonomi. Det får inte antecknas här."),
    "class": _("Texten ser ut att handla om säkerhetsskydd. Det får inte antecknas här."),
    "origin": _("Texten ser ut att handla om ursprung eller medborgarskap. Det får inte antecknas här."),
}

#: Stems: a word warns when it begins so. What follows in (?!…) is an ordinary word that begins the same way.
_STEMS: dict[Topic, str] = {
    "crime": r"brott(?!ning|as|ar)|dömd|dömts|fälld för|åtal|fängelse|straffregist|straffad|misstänk|polisanmäl"
    r"|böter|bötfäll|belastningsregist|misstankeregist|registerutdrag|kriminel|stöld|stulit|narkotika"
    r"|misshand|bedräger|rattfyll|häktad|villkorlig dom|skyddstillsyn",
    "health": r"hälsoproblem|hälsotillstånd|ohälsa|sjuk(?!sköt|hus|vård|gymn)|diagnos|depress|utbränd|adhd|autis"
    r"|gravid|missbruk|alkoholis|beroendeproblem|medicinering|läkemed|psykisk|cancer|ångest|funktionsneds"
    r"|rehabiliter|terapi",
    "religion": r"religi|muslim|islam|kristen|kristn|jude|judisk|troende|moské|kyrkobesök|imam|ateist|frikyrk",
    "politics": r"politisk åsikt|politiskt aktiv|partimedlem|moderat(?!or)|socialdemokrat|sverigedemokrat"
    r"|vänsterpart|miljöpart|kristdemokrat|centerpart|liberalern|röstar på|höger(?:extrem|radikal)"
    r"|vänster(?:extrem|radikal)",
    "union": r"fackmedlem|fackligt? (?:aktiv|ansluten|engager|tillhör)|fackföre|facklig förtroende"
    r"|skyddsombud|medlem i (?:facket|kommunal|vision|unionen|saco|lärarförbundet|sveriges lärare)",
    "rumour": r"rykte(?!sspri)|det sägs|hörsägen|folk säger|har hört att|lär ha",
    "family": r"familj(?!ecent|ehem|erätt)|sambo|äkta make|maka\b|hustru|svåger|svägersk|syskon|släkt(?!ing)"
    r"|släkting|skild\b|skilsmäss|föräldraledig|barnbarn|(?:hans|hennes) (?:man|fru|son|dotter|barn)\b",
    "money": r"skuld(?!ra)|kronofogd|betalningsanmärk|inkomst(?!stöd)|kreditvärd|lån hos|utmätning|konkurs",
    "class": r"säkerhetsklass|säkerhetsskyddsklass|registerkontroll|särskild personutredning|säkerhetspolisen"
    r"|kvalificerat hemlig",
    "origin": r"medborgarskap|medborgare i|invandra|flykting|asyl|etnisk|hudfärg|född i",
}

_PATTERNS: dict[Topic, re.Pattern[str]] = {
    topic: re.compile(rf"\b(?:{stems})\w*", re.IGNORECASE) for topic, stems in _STEMS.items()
}

#: What in ``must_not_store`` calls for which stems.
_PHRASES: tuple[tuple[str, Topic], ...] = (
    (r"brott|utdrag|misstank", "crime"),
    (r"hälsa|läkemedel|provsvar", "health"),
    (r"religion|diskrimineringsgrunder", "religion"),
    (r"politik|åsikter|diskrimineringsgrunder", "politics"),
    (r"facklig|fackets", "union"),
    (r"rykten", "rumour"),
    (r"familj|närstående|släkt|föräldraled|privatliv|relation|uppgifter om andra", "family"),
    (r"ekonomi|inkomst|belopp|anmärkningar|bankuppgifter|ersättning", "money"),
    (r"säkerhetsskydd", "class"),
    (r"medborgarskap|diskrimineringsgrunder", "origin"),
)

#: In a text outside any check: what no note about a recruitment needs.
_ANYWHERE: tuple[Topic, ...] = ("crime", "health", "religion", "politics", "union", "class", "origin")


@dataclass(frozen=True, slots=True)
class TextWarning:
    """One thing to look at again. ``found`` is the words as written, empty for a number (never repeated)."""

    topic: Topic
    found: str

    @property
    def text(self) -> str:
        """The Swedish sentence shown by the field."""
        return TOPIC_TEXT[self.topic]


def topics_of(check: str) -> tuple[Topic, ...]:
    """What a text about ``check`` must not be about, read out of its ``must_not_store``.

    Raises KeyError for a check that does not exist.
    """
    forbidden = " ".join(CHECKPOINTS[check].must_not_store).lower()
    return tuple(topic for phrase, topic in _PHRASES if re.search(phrase, forbidden))


def warnings_for(check: str | None, text: str, on: date | None = None) -> list[TextWarning]:
    """What to ask about before ``text`` is saved on ``check`` (None: a note outside any check).

    At most one warning per topic. Raises KeyError for a check that does not exist.
    """
    topics = _ANYWHERE if check is None else topics_of(check)
    warnings = [TextWarning("number", "")] if find_numbers(text, on) else []
    for topic in topics:
        if match := _PATTERNS[topic].search(text):
            warnings.append(TextWarning(topic, match.group()))
    return warnings
