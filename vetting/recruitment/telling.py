"""Entries of the log as Swedish sentences: codes become words, nothing sealed is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.models import Entry
from vetting.policy import reasons, workflow
from vetting.policy.alerts import RULES
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.disposal import MARK
from vetting.policy.engagement_forms import FORMS
from vetting.policy.event_groups import GROUPS
from vetting.policy.events import EVENTS
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.own_settings import SETTINGS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.recruitment.method_words import METHODS
from vetting.web.parts import Happening

# Facts whose codes are words of no table.
PLAIN = {
    "name": gettext_noop("namn"),
    "contact": gettext_noop("kontaktuppgifter"),
    "number": gettext_noop("nummer"),
    "answers": gettext_noop("svar på frågor"),
    "planned_start": gettext_noop("planerad start"),
    "places": gettext_noop("antal platser"),
    "diary_number": gettext_noop("diarienummer"),
    "evidence": gettext_noop("uppgifterna"),
    "assessment": gettext_noop("bedömningen"),
    "waiver_reason": gettext_noop("motiveringen till undantaget"),
    "interest": gettext_noop("det som anmälts"),
    "file_note": gettext_noop("tjänsteanteckning"),
    "comment": gettext_noop("kommentar"),
    "notes": gettext_noop("anteckningarna"),
    "nothing": gettext_noop("inget att anmäla"),
    "participant": gettext_noop("en deltagare"),
    "given": gettext_noop("givet"),
    "confirmed": gettext_noop("bekräftad"),
    "rejected": gettext_noop("avslagen"),
    "withdrawn": gettext_noop("tillbakataget"),
    "taken": gettext_noop("taget tillbaka"),
    "kept": gettext_noop("behålls"),
    "dropped": gettext_noop("tas bort"),
    "replaced": gettext_noop("bytt"),
    "participates": gettext_noop("deltar, saknar betydelse"),
    "excluded": gettext_noop("deltar inte"),
    "head_of_administration": gettext_noop("förvaltningschefen"),
    "committee": gettext_noop("nämnden"),
    "executive_board": gettext_noop("kommunstyrelsen"),
    "council": gettext_noop("fullmäktige"),
    "company": gettext_noop("bolaget"),
    "reported_on": gettext_noop("anmäld till nämnden"),
    "minutes_approved_on": gettext_noop("protokollet justerat"),
    "posted_on": gettext_noop("anslaget"),
    "final_on": gettext_noop("laga kraft"),
    "system": gettext_noop("Tjänsten"),
    "candidate": gettext_noop("Kandidaten"),
    "replied": gettext_noop("har svarat"),
    "declined": gettext_noop("avstår"),
    "handed_in": gettext_noop("det kandidaten lämnat"),
    "installation": gettext_noop("Installationen"),
    "password": gettext_noop("lösenord"),
    "person": gettext_noop("person"),
    "period": gettext_noop("period"),
    "explained": gettext_noop("förklarad"),
    "forwarded": gettext_noop("lämnad vidare"),
    "no_filter": gettext_noop("utan urval"),
    "email": gettext_noop("e-post"),
    "line_manager": gettext_noop("närmaste chef"),
    "title": gettext_noop("benämning"),
    "unit": gettext_noop("enhet"),
    "profiles": gettext_noop("kontrollprofiler"),
    "default_form": gettext_noop("vanlig anställningsform"),
    "access_manager": gettext_noop("vem som ger systembehörigheter"),
    "diary_prefix": gettext_noop("beteckning i diariet"),
    "is_control_function": gettext_noop("om den är HR:s eller säkerhetsfunktionens egen"),
    "move": gettext_noop("flytt"),
    "replace": gettext_noop("ersätts av en annan"),
}
CONFIRMED = {
    "signed": gettext_noop("Signerat med säkerhetsnyckel."),
    "key": gettext_noop("Bekräftat med säkerhetsnyckel, inte signerat."),
    "app": gettext_noop("Bekräftat med engångskod, inte signerat."),
    "sign_in": gettext_noop("Bekräftat med kommunens inloggning, inte signerat."),
    "password": gettext_noop("Bekräftat med lösenord, inte signerat."),
}
"""How a vote was confirmed; entries of earlier versions do not say."""
AS_THEY_STAND = frozenset(
    {
        "reference",
        "candidacy",
        "position",
        "unit",
        "engagement",
        "section",
        "delegation_point",
        "alert",
        "lot",
    }
)
"""Facts that are references, not codes."""
REASONS = {
    "reason_code": gettext_noop("Skäl"),
    "ground": gettext_noop("Skäl"),
    "purpose": gettext_noop("Ändamål"),
}
"""Facts that say why → the words before them."""
# Why an act was refused (the entry action.refused), for whoever reads the log: nobody has done wrong by being late.
REFUSED_BECAUSE = {
    "wrong_state": gettext_noop("läget tillät det inte"),
    "not_complete": gettext_noop("något saknades"),
    "bad_input": gettext_noop("uppgiften gick inte att ta emot"),
    "changed": gettext_noop("någon annan hade ändrat först"),
    "same_person": gettext_noop("en annan person behövdes"),
    "constraint": gettext_noop("databasen sa nej"),
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# *Du läste … utanför sina uppdrag* would be wrong Swedish.
_OWN = (
    (re.compile(r"\bsina\b"), gettext_noop("dina")),
    (re.compile(r"\bsitt\b"), gettext_noop("ditt")),
    (re.compile(r"\bsin\b"), gettext_noop("din")),
)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def told(action: str, facts: Mapping[str, Any], *, own: bool = False) -> tuple[str, str]:
    """(who, what) of one entry: the role acted under, or *Du* in one's own log, and the rest of the sentence."""
    spec = EVENTS.get(action)
    if spec is None:
        return "", action
    if facts.get("retention") == MARK and "candidacy" in facts:
        # Which finalist's identity is protected is for the named handlers alone, also when the mark is gone.
        facts = {**facts, "candidacy": _("en slutkandidat"), "retention": _("det som var lagrat")}
    words = _Words({name: _word(name, value) for name, value in facts.items()})
    who = _("Du") if own else words["role"]
    sentence = _(spec.sentence)
    begins = sentence.startswith("{role} ")
    what = (sentence.removeprefix("{role} ") if begins else sentence).format_map(
        _Words(words | {"role": who})
    )
    what = what.replace(", gäller till –", "")
    if action == "opinion.vote_recorded" and "method" in facts:
        what = f"{what} {_(CONFIRMED.get(str(facts['method']), CONFIRMED['password']))}"
    if own:
        for pattern, replacement in _OWN:
            what = pattern.sub(_(replacement), what)
    return (who if begins else "", what)


def happening(entry: Entry, *, who: str = "", own: bool = False, changes: Sequence[str] = ()) -> Happening:
    """An entry for the timeline. `who`: the name to show instead of the role."""
    facts = entry.facts
    said, what = told(entry.action, facts, own=own)
    return Happening(
        (who or said) if said else "",
        what,
        entry.time,
        reason_line(entry.action, facts),
        changes,
        is_automatic=not said or facts["role"] == "system",
    )


def told_role(entry: Entry) -> str:
    """The role that an entry was acted under, in words."""
    return _word("role", entry.actor_role)


def reason_line(action: str, facts: Mapping[str, Any]) -> str:
    """Why, in words, where the event's sentence does not say it already; else empty."""
    sentence = EVENTS[action].sentence if action in EVENTS else ""
    for name, label in REASONS.items():
        if facts.get(name) and f"{{{name}}}" not in sentence:
            return f"{_(label)}: {_word(name, facts[name])}"
    return ""


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if _ISO_DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "j b Y")
    return ", ".join(_one(name, code) for code in value.split("|")) if value else "–"


def _one(name: str, code: str) -> str:
    if name in {"role", "target_role"} and code in ROLES:
        return _(ROLES[code].name)
    if name == "setting" and code in SETTINGS:
        return f"”{_(SETTINGS[code].name)}”"
    if name == "check" and code in CHECKPOINTS:
        return f"”{_(CHECKPOINTS[code].name)}”"
    if name in {"reason_code", "ground"}:
        return reason_words(code)
    if name == "purpose":
        return lower(_(reasons.PURPOSES.get(code, code)))
    if name == "form" and code in FORMS:
        return lower(_(FORMS[code].name))
    if name == "retention" and code in RETENTION:
        return f"”{_(RETENTION[code].name)}”"
    if name == "profile" and code in PROFILES:
        return _(PROFILES[code].name)
    if name == "rule" and code in RULES:
        return f"”{_(RULES[code].name)}”"
    if name == "filter_codes":
        return _filter(code)
    if name == "permission" and code in PERMISSIONS:
        return f"”{_(PERMISSIONS[code].label)}”"
    if name == "method" and code in METHODS:
        return _(METHODS[code])
    if name == "result":
        return _(PLAIN[code]) if code in PLAIN else _result(code)
    if name == "answers" and code in QUESTIONS:
        return _(QUESTIONS[code].text)
    if name == "field" and code in QUESTIONS:
        return _("svaret på frågan ”%(question)s”") % {"question": _(QUESTIONS[code].text)}
    if name in AS_THEY_STAND:
        return code
    return _(PLAIN[code]) if code in PLAIN else code


def _filter(code: str) -> str:
    if code in GROUPS:
        return lower(_(GROUPS[code].label))
    return _("referens") if code == "reference" else _(PLAIN.get(code, code))


def reason_words(code: str) -> str:
    """A reason's code in words, whichever list it is from; a code nobody knows as it stands."""
    from vetting.recruitment.labels import REFUSED

    for found in reasons.ALL.values():
        if code in found:
            return lower(_(found[code]))
    if code in REFUSED_BECAUSE:
        return _(REFUSED_BECAUSE[code])
    return lower(str(REFUSED[code])) if code in REFUSED else code


def _result(code: str) -> str:
    voted = OUTCOMES["security_opinion"].get(code)
    if voted is not None:
        return lower(_(voted.label))
    try:
        return lower(_(workflow.state("opinion", code).label))
    except (KeyError, StopIteration):
        return lower(_(reasons.SAMPLE_REVIEWED.get(code, code)))


def lower(text: str) -> str:
    """The words as they stand inside a sentence."""
    return text[:1].lower() + text[1:]
