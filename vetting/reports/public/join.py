"""Where the pages meet the room's functions, and nowhere else: who would read, sending, coming back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.crypto.written import Code
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.directory import ROLE_OF, Recipient, recipients_in
from vetting.reports.errors import Refused, WrongState
from vetting.reports.public.draft import Draft
from vetting.reports.receipts import Receipt
from vetting.reports.returning import Returned, come_back
from vetting.reports.submit import Submission, recipients_for, submit


@dataclass(frozen=True, slots=True)
class Reader:
    """One recipient as the reporter sees her."""

    person: UUID
    mark: str
    name: str
    function: str
    is_in: bool
    is_concerned: bool
    """Named by the reporter, or handling the recruitment that was: never a recipient."""
    named: str = ""
    """Where she sits in both channels: by which decision."""


def function_of(role: str) -> str:
    """What a recipient's role is called on the page."""
    words = {
        "report_recipient": _("Säkerhetsfunktionen"),
        "whistleblowing_recipient": _("Utsedd att ta emot visselblåsning"),
        "alternative_recipient": _("Alternativa gruppen"),
    }
    return words.get(role, role)


def readers_of(draft: Draft) -> list[Reader]:
    """Who would receive it as it stands, with those taken out."""
    return _as_read(draft, recipients_for(draft.channel, concerns_security=draft.concerns_security))


def _as_read(draft: Draft, recipients: Iterable[Recipient]) -> list[Reader]:
    handlers = handlers_of(draft.about)
    found = []
    for each in recipients:
        mark = draft.mark_of(each.person_id)
        concerned = each.person_id in handlers or is_named(each.name, draft.about)
        is_in = not concerned and mark not in draft.removed
        function = function_of(each.role)
        found.append(Reader(each.person_id, mark, each.name, function, is_in, concerned, named_by(each)))
    return found


def named_by(each: Recipient) -> str:
    """The decision by which somebody receives in both channels, in words; empty for who receives in one."""
    if not each.in_both or each.decided_on is None:
        return ""
    told = {"reference": each.reference, "day": date_format(each.decided_on, "j F Y")}
    return _("tar emot i båda kanalerna, utsedd %(day)s genom beslut %(reference)s") % told


def _never_readers(draft: Draft, receiving: Iterable[Recipient]) -> set[UUID]:
    """Whoever was taken out or is concerned, in every directory: no second look, no other channel lets her in."""
    everybody = {each.person_id: each.name for each in receiving}
    taken_out = {person for person in everybody if draft.mark_of(person) in draft.removed}
    named = {person for person, name in everybody.items() if is_named(name, draft.about)}
    return taken_out | named | handlers_of(draft.about)


def is_named(name: str, text: str) -> bool:
    """Whether all parts of a person's name stand in the text, in any order."""
    words = {word.strip(".,;:()!?\"'").casefold() for word in text.split()}
    parts = [part.casefold() for part in name.replace("-", " ").split()]
    spelled = words | {piece for word in words for piece in word.split("-")}
    return bool(parts) and all(part in spelled for part in parts)


def handlers_of(about: str) -> frozenset[UUID]:
    """Those who handle a recruitment whose reference stands in the text, as another room tells (setting)."""
    told = getattr(settings, "REPORT_HANDLERS", "")
    return frozenset(import_string(told)(about)) if told and about else frozenset()


def send(draft: Draft) -> Receipt:
    """Send it, once however often the button is pressed; alarm the duty if that was chosen. Raises as `submit`."""
    receiving = recipients_in(ROLE_OF)
    offered = recipients_for(draft.channel, concerns_security=draft.concerns_security, among=receiving)
    readers = _as_read(draft, offered)
    out = {each.person for each in readers if not each.is_in or each.mark not in draft.shown}
    out |= _never_readers(draft, chain(*receiving.values()))
    told = Submission(
        channel=draft.channel,
        way=draft.way,
        mode=draft.mode,
        story=story_of(draft),
        facts=draft.facts,
        contact=draft.contact,
        name=draft.name,
        other_person=draft.other_person,
        consents=consents_of(draft),
        excluded=frozenset(out),
        concerns_security=draft.concerns_security,
    )
    receipt = submit(told, draft.code, among=receiving)
    if draft.alarm:
        back = opened(draft.code)
        if back is not None:
            # The report stands, whatever comes of the alarm.
            with suppress(AlreadyDone, WrongState, Refused):
                alarm_duty(back, once=once_of(draft.code, "alarm"))
    return receipt


def story_of(draft: Draft) -> str:
    """The story, and under it whom it concerns."""
    if not draft.about:
        return draft.story
    return f"{draft.story}\n\n{_('Det rör')}: {draft.about}".strip()


def consents_of(draft: Draft) -> list[str]:
    """A number that was left is to be called."""
    given: Iterable[str] = [*draft.consents, "contact"] if draft.way == "call" else draft.consents
    return sorted(set(given))


def opened(code: Code) -> Returned | None:
    """The report of a code that the page carries."""
    return come_back("".join(code.groups))


def once_of(code: Code, what: str) -> UUID:
    """The key of something that is done once in a report's life."""
    return UUID(bytes=code.key(f"once {what}")[:16], version=4)
