"""From the first word to the button that sends. Each page posts to one address, with everything so far in the token."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.policy.report_facts import CONSENTS, QUESTIONS
from vetting.reports.errors import BadInput, Busy, NoRecipients
from vetting.reports.public import budget, forms, join, pages, token
from vetting.reports.public.draft import Draft
from vetting.reports.public.rules import Refused
from vetting.reports.public.views import receipt

EDITABLE = ("story", "questions", "readers", "self")


def short(request: HttpRequest) -> HttpResponse:
    """Något kändes fel: one page and the overview."""
    return show(Draft.new("short"))


def full(request: HttpRequest) -> HttpResponse:
    """Jag är utsatt: the full way."""
    return show(Draft.new("full"))


def other(request: HttpRequest) -> HttpResponse:
    """Jag anmäler åt någon annan."""
    return show(Draft.new("other"))


def whistle(request: HttpRequest) -> HttpResponse:
    """The whistleblowing channel, where it is kept here."""
    if settings.WHISTLEBLOWING_URL:
        raise Refused(404)
    return show(Draft.new("full", "whistleblowing"))


def call(request: HttpRequest) -> HttpResponse:
    """Ring mig: a number, sent at once."""
    if request.method != "POST":
        return _call_page(Draft.new("call"), forms.CallForm())
    draft = _draft_of(request)
    if draft is None or draft.way != "call":
        return _too_old(forms.CallForm(request.POST))
    form = forms.CallForm(request.POST)
    marks = [each.mark for each in join.readers_of(draft)]
    draft.takes_out(marks, request.POST.getlist("readers"))
    draft.alarm = "alarm" in request.POST
    if not form.is_valid():
        return _call_page(draft, form)
    told = form.cleaned_data
    more = ((_("Säkert att ringa"), told["when"]), (_("Kallas"), told["called"]))
    draft.contact = "\n".join([told["number"], *(f"{label}: {said}" for label, said in more if said)])
    return _sent(draft, lambda **why: _call_page(draft, form, **why))


def step(request: HttpRequest) -> HttpResponse:
    """Any page but the first: keep what was answered, and go where the button says."""
    draft = _draft_of(request)
    if draft is None:
        return _too_old(None)
    wanted = request.POST.get("to", "on")
    if draft.step == "overview":
        return _from_overview(request, draft, wanted)
    form = form_of(draft, request.POST)
    is_good = form.is_valid()
    keep(draft, form.kept(), request)
    if wanted == "back":
        draft.go_back()
        return show(draft)
    if not is_good:
        return show(draft, form)
    if wanted == "skip":
        draft.step, draft.editing = "overview", False
    else:
        draft.go_on()
    return show(draft)


def _from_overview(request: HttpRequest, draft: Draft, wanted: str) -> HttpResponse:
    draft.alarm = "alarm" in request.POST
    if wanted in EDITABLE:
        draft.step, draft.editing = wanted, True
        return show(draft)
    if wanted == "back":
        draft.go_back()
        return show(draft)
    return _sent(draft, lambda **why: show(draft, **why))


def _sent(draft: Draft, again: Callable[..., HttpResponse]) -> HttpResponse:
    if not budget.has_room():
        return again(problem=_full())
    draft.wait_until = budget.until(draft.wait_until)
    if draft.wait_until:
        return again(problem=_wait(draft.wait_until))
    try:
        sent = join.send(draft)
        return receipt.show(sent, has_alarm=draft.alarm or not sent.is_new)
    except BadInput as error:
        return again(problem=_problem(error))
    except NoRecipients:
        return again(
            problem=_("Nu är det ingen kvar som kan ta emot. Låt någon mottagare vara kvar, eller ring.")
        )
    except Busy:
        return again(problem=_("Anmälan skickas redan. Vänta en stund och tryck en gång till."))


def _full() -> str:
    phone = f" {settings.DUTY_PHONE}" if settings.DUTY_PHONE else ""
    return _(
        "Det går inte att ta emot mer text just nu. Inget är skickat. Ring jouren i stället{phone}."
    ).format(phone=f":{phone}" if phone else "")


def _wait(until: int) -> str:
    seconds = max(until - int(time.time()), 1)
    return _(
        "Många skickar just nu. Din text är kvar här och har en plats. Vänta {seconds} sekunder och tryck på knappen "
        "igen. Stäng inte sidan."
    ).format(seconds=seconds)


def _problem(error: BadInput) -> str:
    if "name" in error.errors:
        return _(
            "Ett namn låses in så att två måste öppna det. Med en enda mottagare går det inte: låt fler vara kvar, "
            "eller ta bort namnet."
        )
    if "code" in error.errors.values():
        return _("Det står en återkomstkod i texten. Ta bort den och skicka igen.")
    return _("Något i anmälan kan inte skickas som det står. Se över texten och skicka igen.")


def form_of(draft: Draft, posted: Any = None) -> forms.PageForm:
    """The form of the draft's step, filled in with what is known."""
    if draft.step == "story":
        known = {"story": draft.story, "other_person": draft.other_person, **draft.facts}
        return forms.StoryForm(posted, way=draft.way, initial=known)
    if draft.step == "questions":
        return forms.QuestionsForm(posted, way=draft.way, initial=draft.facts)
    if draft.step == "readers":
        readers = join.readers_of(draft)
        draft.shown = sorted({*draft.shown, *(each.mark for each in readers)})
        known = {
            "concerns_security": draft.concerns_security,
            "about": draft.about,
            "readers": [each.mark for each in readers if each.is_in],
        }
        return forms.ReadersForm(posted, readers=readers, initial=known)
    if draft.step == "self":
        names = ("name", "may_be_named", "contact", "consents")
        return forms.SelfForm(posted, initial={name: getattr(draft, name) for name in names})
    return forms.OverviewForm(posted, initial={"alarm": draft.alarm})


def keep(draft: Draft, told: dict[str, Any], request: HttpRequest) -> None:
    """Put the answers of a page into the draft."""
    for name in ("story", "other_person", "about", "name", "contact"):
        if name in told:
            setattr(draft, name, told[name])
    if draft.step == "readers":
        draft.takes_out([each.mark for each in join.readers_of(draft)], told.get("readers", ()))
        draft.concerns_security = bool(told.get("concerns_security"))
    if draft.step == "self":
        draft.may_be_named = bool(told.get("may_be_named"))
        draft.consents = list(told.get("consents", ()))
    for code in QUESTIONS:
        if code in told:
            draft.facts.pop(code, None)
            if told[code]:
                draft.facts[code] = told[code]


def show(draft: Draft, form: forms.PageForm | None = None, *, problem: str = "") -> HttpResponse:
    """The page of the draft's step."""
    form = form or form_of(draft)
    values: dict[str, Any] = {"form": form, "draft": draft, "problem": problem, "is_first": draft.number == 1}
    if draft.step == "overview":
        readers = join.readers_of(draft)
        draft.shown = sorted({each.mark for each in readers})
        values |= {"readers": readers, "facts": _facts(draft), "consents": _consents(draft)}
    values["token"] = draft.sealed()
    return pages.page(f"step_{draft.step}", **values)


def _facts(draft: Draft) -> list[tuple[str, str]]:
    found = []
    for code, question in QUESTIONS.items():
        said = draft.facts.get(code)
        if said:
            codes = said if isinstance(said, list) else [said]
            found.append((_(question.text), ", ".join(_(question.options[each]) for each in codes)))
    return found


def _consents(draft: Draft) -> list[str]:
    return [_(words) for code, words in CONSENTS.items() if code in draft.consents]


def _call_page(draft: Draft, form: forms.CallForm, *, problem: str = "") -> HttpResponse:
    readers = join.readers_of(draft)
    draft.shown = sorted({each.mark for each in readers})
    return pages.page(
        "call",
        form=form,
        readers=readers,
        draft=draft,
        problem=problem,
        token=draft.sealed(),
        alarm=draft.alarm,
    )


def _draft_of(request: HttpRequest) -> Draft | None:
    try:
        return Draft.read(request.POST.get(token.FIELD, ""))
    except (token.BadToken, TypeError, ValueError):
        return None


def _too_old(form: forms.PageForm | None) -> HttpResponse:
    return pages.page("too_old", 400)
