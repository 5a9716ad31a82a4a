"""Coming back with the code: how it goes, which days hold, what was answered, and everything one may do about it.

A code that leads nowhere gets one answer, whatever is wrong with it: the same words, the same size, the same work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.crypto.written import Code
from vetting.policy.report_facts import CONSENTS, FEEDBACK_ANSWERS
from vetting.reports.actions import reporter
from vetting.reports.actions.alarms import alarm_state
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, Refused
from vetting.reports.files import shown
from vetting.reports.public import forms, join, pages, token
from vetting.reports.public.views import circle
from vetting.reports.public.views.typed import CONSENTS as CONSENTED
from vetting.reports.public.views.typed import OUT, Typed, once_of, typed_in
from vetting.reports.public.words import state_in_words
from vetting.reports.returning import Returned, Text, come_back

WHAT = "inbox"
TOLD_TO_READERS = {"write", "feedback", "reprisal", "give_name"}
MOST = 60_000
"""Letters of the conversation on one page; what is older is left out, and the page says so."""


def inbox(request: HttpRequest) -> HttpResponse:
    """The form for the code, and the report that it opens. The code is in a form, never in an address."""
    if request.method != "POST":
        return pages.page("come_back")
    if "code" in request.POST:
        back = come_back(request.POST["code"])
        return show(back) if back is not None else pages.page("come_back", is_wrong=True)
    try:
        told = token.unseal(WHAT, request.POST.get(token.FIELD, ""))
    except token.BadToken:
        return pages.page("too_old", 400)
    back = join.opened(Code.from_bits(bytes.fromhex(told["bits"])))
    if back is None:
        return pages.page("come_back", is_wrong=True)
    return _done(request, back, UUID(told["once"]))


def _done(request: HttpRequest, back: Returned, once: UUID) -> HttpResponse:
    to = request.POST.get("to", "")
    act, typed = ACTS.get(to), unsent(request)
    if act is None:
        return show(back, typed=typed)
    if to in TOLD_TO_READERS and typed.get(OUT):
        return held_back(back, typed)
    try:
        said = act(request, back, once_of(request, once, to))
    except AlreadyDone:
        said = _("Det är redan sparat.")
    except BadInput as error:
        return show(back, wrong=_wrong(error), typed=typed)
    except NotComplete:
        return show(back, wrong=_("Någon måste vara kvar som kan läsa. Ingenting ändrades."), typed=typed)
    except Refused:
        return show(back, wrong=_("Det gick inte som anmälan ser ut nu. Ingenting ändrades."), typed=typed)
    return show_again(back, said, unsent(request, done=to), file=request.POST.get("file", ""))


def unsent(request: HttpRequest, *, done: str = "") -> Typed:
    """What stands typed on the page and is not sent; the act `done` has taken its own boxes."""
    return typed_in(request, most=MOST, done=done)


def held_back(back: Returned, typed: Typed) -> HttpResponse:
    """The page where somebody was to be taken out and is not: nothing is sent that she would read."""
    wrong = _(
        "Du har tagit bort krysset för någon som läser, men det är inte sparat. Inget är skickat än. Tryck först på "
        "Spara vem som läser, eller sätt tillbaka krysset."
    )
    return show(back, wrong=wrong, typed=typed)


def show_again(back: Returned, said: str, typed: Typed, *, file: str = "") -> HttpResponse:
    """The page as it is after an act. `file`: one was chosen, and the button was another than the file's."""
    fresh = join.opened(back.code)
    if fresh is None:
        return pages.page("come_back", is_wrong=True)
    left = _("Filen som du valde är inte tillagd. Välj den igen och tryck på Lägg till filen.")
    return show(fresh, said=said, typed=typed, left=left if file else "")


def _write(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.write_more(back, _clean(request, "text"), once=once)
    return _("Det du skrev är sparat. Mottagarna läser det.")


def _give_name(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.give_identity(back, _clean(request, "name"), once=once)
    return _("Ditt namn är inlåst. Två personer måste öppna det tillsammans.")


def _take_name(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.take_back_identity(back, once=once)
    return _("Ditt namn är borta och kan inte läsas av någon.")


def _consents(request: HttpRequest, back: Returned, once: UUID) -> str:
    contact = _clean(request, "contact") if "contact" in request.POST else None
    if "forget_contact" in request.POST:
        contact = ""
    reporter.change_consents(back, request.POST.getlist("consents"), contact=contact, once=once)
    return _("Ändringen är sparad.")


def _feedback(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.answer_feedback(back, request.POST.get("fb_answer", ""), _clean(request, "fb_text"), once=once)
    return _("Tack. Ditt svar är sparat.")


def _reprisal(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.answer_reprisal(back, request.POST.get("rp_answer", ""), _clean(request, "rp_text"), once=once)
    return _("Tack. Ditt svar är sparat.")


def _alarm(request: HttpRequest, back: Returned, once: UUID) -> str:
    reporter.alarm_duty(back, once=once)
    return ""  # the page says how it stands with the alarm


ACTS: dict[str, Callable[[HttpRequest, Returned, UUID], str]] = {
    "write": _write,
    "give_name": _give_name,
    "take_name": _take_name,
    "consents": _consents,
    "feedback": _feedback,
    "reprisal": _reprisal,
    "alarm": _alarm,
    "readers": circle.take_out,
}


def _clean(request: HttpRequest, name: str) -> str:
    """The text of a box by the rules of all boxes. Raises BadInput: `unsafe`, `code`."""
    box = forms.text(name, limit=forms.STORY)
    try:
        return str(box.clean(request.POST.get(name, "")))
    except forms.forms.ValidationError as error:
        raise BadInput(**{name: "\n".join(error.messages)}) from error


def _wrong(error: BadInput) -> str:
    """The sentence for what could not be taken."""
    why = next(iter(error.errors.values()))
    words = {
        "required": _("Rutan är tom. Skriv något först."),
        "too_long": _("Texten är för lång. Dela den i två."),
        "choice": _("Välj ett av svaren."),
        "code": _("Här står en återkomstkod. Ta bort den ur texten; den är bara till för dig."),
        "too_few_recipients": _("Bara en kan läsa din anmälan, och ett namn måste öppnas av två."),
    }
    return words.get(why, why if " " in why else _("Det går inte att spara. Ändra och försök igen."))


def show(
    back: Returned, *, said: str = "", wrong: str = "", left: str = "", typed: Typed | None = None
) -> HttpResponse:
    """The report as whoever sent it sees it, with what she has `typed` and not sent where it was."""
    state, typed = str(back.report.state), typed or {}
    texts, is_cut = _newest(back.texts, MOST - sum(map(len, typed.values())))
    contact = back.key.text(back.report, "contact") or ""
    out, given = typed.get(OUT, "").split(), typed.get(CONSENTED, " ".join(back.consents)).split()
    told = {"bits": back.code.bits.hex(), "once": str(uuid4())}
    return pages.page(
        "inbox",
        back=back,
        report=back.report,
        state=state_in_words(state),
        texts=texts,
        is_cut=is_cut,
        days=days_of(back),
        said=said,
        wrong=wrong,
        left=left,
        typed=typed,
        consents=[(code, _(words), code in given) for code, words in CONSENTS.items()],
        contact=contact,
        contact_typed=typed.get("contact", contact),
        is_changed=set(given) != set(back.consents) or typed.get("contact", contact) != contact,
        out=out,
        has_name=back.report.identities.filter(withdrawn_on=None).exists(),
        asks_feedback=back.asks_feedback,
        feedback_answers=[(code, _(words)) for code, words in FEEDBACK_ANSWERS.items()],
        asks_reprisal=back.asks_reprisal,
        is_new=state == "received",
        files=shown.of(back.report, back.key),
        alarm=alarm_state(back),
        readers=circle.readers_now(back),
        token=token.seal(WHAT, told),
    )


def days_of(back: Returned) -> list[tuple[date, str, bool]]:
    """What happens when, in order: the day, the words, whether it is over."""
    answered = _("Senast då har du fått ett första svar.")
    found = [
        (back.report.received_on, _("Din anmälan kom in.")),
        (back.answer_on, answered),
        (back.feedback_by, _("Senast då får du veta vad som har gjorts.")),
        *(
            (day, _("Vi frågar om någon har gjort något mot dig för att du anmälde."))
            for day in back.reprisal_days
        ),
    ]
    return [(day, words, day < today()) for day, words in sorted(found, key=lambda each: each[0])]


def _newest(texts: list[Text], left: int) -> tuple[list[dict[str, Any]], bool]:
    """The newest texts of which `left` letters fit, newest first, in words of the page."""
    fitting: list[dict[str, Any]] = []
    for each in reversed(texts):
        if left <= 0:
            return fitting, True
        words = _words_of(each)
        fitting.append(
            {"is_mine": each.is_mine, "day": each.day, "text": words[:left], "is_cut": len(words) > left}
        )
        left -= len(words)
    return fitting, False


def _words_of(each: Text) -> str:
    """A text as it is read; an answer to a question begins with a code."""
    if each.kind != "answer":
        return each.text
    code, _line, rest = each.text.partition("\n")
    if code.startswith("reprisal "):
        answer = dict(REPRISALS).get(code.removeprefix("reprisal "), code)
        return f"{_('Har någon gjort något mot dig?')} {_(answer)}\n{rest}".strip()
    return f"{_(FEEDBACK_ANSWERS.get(code, code))}\n{rest}".strip()


REPRISALS = (("no", "Nej"), ("unsure", "Vet inte"), ("yes", "Ja"))
