"""The coded questions of a report, each with why it is asked. None is required; the story is apart from them.

Types and effects as the crime-prevention council names them (Brå, otillåten påverkan), with finer ones beside. There is
no code for anybody's health, and none says who somebody is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vetting.policy.text import _


@dataclass(frozen=True, slots=True)
class Question:
    """One coded question. `several`: more than one answer may be given; `short`: asked in the short way too."""

    code: str
    text: str
    why: str
    options: Mapping[str, str]
    several: bool = False
    short: bool = False


_WHEN = {
    "today": _("I dag"),
    "this_week": _("Den senaste veckan"),
    "this_month": _("Den senaste månaden"),
    "earlier": _("Längre tillbaka"),
    "ongoing": _("Det pågår"),
}
_KIND = {
    "harassment": _("Trakasserier"),
    "threat": _("Hot"),
    "veiled_threat": _("Underförstått hot"),
    "violence": _("Våld"),
    "damage": _("Skadegörelse"),
    "offer": _("Otillbörligt erbjudande eller korruption"),
    "friendship": _("Vänskapskorruption"),
    "stalking": _("Förföljelse eller kartläggning"),
    "exposure": _("Näthat eller uthängning"),
    "via_relative": _("Påtryckning via anhörig"),
    "recruitment": _("Försök till rekrytering eller infiltration"),
    "information": _("Försök att få ut uppgifter"),
    "from_inside": _("Påtryckning inifrån"),
    "other": _("Något annat"),
}
_WHERE = {
    "meeting": _("Vid ett möte"),
    "home_visit": _("Vid ett hembesök"),
    "phone": _("Per telefon"),
    "mail": _("Per e-post eller brev"),
    "social_media": _("I sociala medier"),
    "at_home": _("Hemma hos mig"),
    "third_party": _("Genom någon annan"),
    "digital": _("Genom intrång i system"),
}
_ACTOR = {
    "single": _("En enskild person"),
    "relative": _("En släkting eller närstående"),
    "colleague": _("En kollega"),
    "manager": _("En chef"),
    "elected": _("En förtroendevald"),
    "company": _("Ett företag eller en lobbyist"),
    "family_network": _("En släkt eller ett nätverk"),
    "gang": _("Ett kriminellt nätverk"),
    "extremist": _("En extremistisk grupp"),
    "activist": _("En aktivist"),
    "unknown": _("Vet inte"),
}
_AIM = {
    "decision": _("Ett beslut"),
    "recruitment": _("En rekrytering"),
    "procurement": _("En upphandling eller ett avtal"),
    "inspection": _("En tillsyn eller kontroll"),
    "permit": _("Ett tillstånd eller bidrag"),
    "information": _("Uppgifter"),
    "silence": _("Att jag ska tiga"),
    "unknown": _("Vet inte"),
}
_EFFECT = {
    "none": _("Nej"),
    "self_censorship": _("Jag har tigit om något"),
    "refrained": _("Jag har avstått från ett beslut eller en åtgärd"),
    "changed": _("Ett beslut har ändrats"),
    "avoided": _("Jag undviker vissa ärenden eller platser"),
    "left": _("Jag har bytt eller tänkt byta arbete"),
}
_YES_NO = {"yes": _("Ja"), "no": _("Nej"), "unknown": _("Vet inte")}

_DECLARED = (
    Question("when", _("När hände det?"), _("Säger hur bråttom det är."), _WHEN, short=True),
    Question(
        "kind", _("Vad var det?"), _("Säger vilket skydd som behövs först."), _KIND, several=True, short=True
    ),
    Question(
        "where", _("Hur gick det till?"), _("Säger vilka vägar som kan behöva stängas."), _WHERE, several=True
    ),
    Question("actor", _("Vem ligger bakom?"), _("Bara i stort; skriv inget namn här."), _ACTOR),
    Question("aim", _("Vad ville personen uppnå?"), _("Säger vilket ärende som behöver skyddas."), _AIM),
    Question("repeated", _("Har det hänt förut?"), _("Upprepning påverkar bedömningen."), _YES_NO),
    Question(
        "effect",
        _("Har det påverkat arbetet?"),
        _("Säger om något beslut behöver ses över."),
        _EFFECT,
        several=True,
    ),
    Question(
        "evidence",
        _("Finns något sparat?"),
        _("Bilder, meddelanden och inspelningar kan försvinna."),
        _YES_NO,
    ),
)
QUESTIONS: dict[str, Question] = {question.code: question for question in _DECLARED}

#: The questions whose answers are counted when a year is over; when it happened is a time, and is not.
COUNTED: tuple[str, ...] = ("kind", "where", "actor", "aim", "repeated", "effect")
#: The version of these categories: raised with every change, so that years are compared like with like.
CLASSIFICATION = 1

#: Who may be told what, as the reporter says; a consent that is not given is no.
CONSENTS: dict[str, str] = {
    "contact": _("Mottagarna får kontakta mig"),
    "manager": _("Min chef får veta"),
    "work_environment": _("Skyddsombudet får veta"),
    "health": _("Företagshälsovården får kontakta mig"),
    "other_channel": _("Anmälan får flyttas till den andra kanalen"),
}

#: What the reporter says of the feedback.
FEEDBACK_ANSWERS: dict[str, str] = {
    "content": _("Jag är nöjd"),
    "talk": _("Jag vill prata"),
    "second_look": _("Jag vill att någon annan ser på det"),
}


def is_answer(code: str, value: object) -> bool:
    """Whether `value` answers the question: a code of its options, or a list of them where several may be given."""
    question = QUESTIONS.get(code)
    if question is None:
        return False
    if not question.several:
        return isinstance(value, str) and value in question.options
    return isinstance(value, list) and len(set(value)) == len(value) and set(value) <= question.options.keys()
