"""*Anteckningar*: the list, writing one, and opening the texts with a purpose, each recorded before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page, role_in
from vetting.access.reveal import MINUTES, forget, open_fields, opening_of, remember
from vetting.accounts.resume import is_resumed
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.policy.calendar import STOCKHOLM
from vetting.policy.notes import KINDS
from vetting.policy.reasons import PURPOSES
from vetting.recruitment import links
from vetting.recruitment.actions.note import kinds_open, write_note
from vetting.recruitment.case import Case
from vetting.recruitment.forms.notes import NoteForm
from vetting.recruitment.forms.reveal import RevealForm
from vetting.recruitment.kept_list import with_query
from vetting.recruitment.labels import refusal
from vetting.recruitment.models import Candidacy, Note
from vetting.recruitment.queries.notes import corrected_by, notes_of
from vetting.recruitment.views.base import Part, done, load_case, load_part, refused, show
from vetting.recruitment.views.detail import chosen
from vetting.recruitment.views.forming import form_page, status_of, trail
from vetting.web.parts import Link

PER_PAGE = 25
FIELD = "note"
EVERY = "alla"


@dataclass(frozen=True, slots=True)
class Shown:
    """One note on the page; `text` is None while it is not open."""

    note: Note
    kind: str
    about: str
    who: str
    text: str | None
    corrects: Note | None
    corrected: Note | None
    correct_url: str


@page("note.add", load=load_case)
def note_list(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who has noted something about whom, of which kind and when; the texts are opened by a button."""
    return _show(request, actor, case, None)


@page("note.add", load=load_part, methods=("GET", "HEAD", "POST"))
def add_note(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """Write one note about the finalist; `?rattar=` names the note that it puts right."""
    case, own = part.case, _finalist(part)
    wrong = _to_correct(request, own)
    kinds = kinds_open(case, own)
    kind = str(wrong.kind) if wrong is not None else ""
    seen = _newest(wrong)
    form = NoteForm(request.POST or None, kinds=kinds, corrects=kind, seen=seen)
    if not kinds or (kind and kind not in kinds):
        if request.method != "POST":
            raise Http404
        sentence = refusal("note_over" if kinds else "no_notes")
        return refused(request, actor, pk, "note.add", "wrong_state", sentence, form)

    def do(fresh: Case) -> None:
        if form.unchanged(_newest(wrong)):
            write_note(
                fresh, by=actor, candidacy=fresh.candidacy(candidacy), kind=form.cleaned_data.get("kind", kind),
                text=form.cleaned_data["text"], corrects=wrong.pk if wrong else None, once=form.once_key,
            )  # fmt: skip

    heading = _("Rätta anteckningen") if wrong else _("Skriv anteckning om %(who)s") % {"who": own.label}
    return form_page(
        request, actor, case, "note.add", form, do, heading=heading, lead=_lead(wrong), submit=_("Spara anteckningen"),
        said=_("Anteckningen är sparad."), candidacy=own, next_url=_list_url(case, own),
    )  # fmt: skip


@page("note.reveal", load=load_case, methods=("POST",))
def reveal_notes(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Open one note, or those of the page: an entry for each, then the texts for fifteen minutes."""
    form = RevealForm(request.POST)
    if is_resumed(request) or not form.is_valid():
        return _show(request, actor, case, form, status=status_of(request, form))
    wanted = request.POST.get("anteckning", EVERY)
    found = [note for note in _page(request, case)[1] if wanted in {EVERY, str(note.pk)}]
    if not found:
        raise Http404
    role, purpose = role_in(request), form.cleaned_data["purpose"]
    for note in found:
        facts = {
            "role": role,
            "reference": case.recruitment.reference,
            "candidacy": case.candidacy(note.candidacy_id).label,
            "note_kind": note.kind,
        }
        opening = open_fields(
            actor.who(role), "note.revealed", subject=case.pk, facts=facts, fields=[FIELD], purpose=purpose
        )
        remember(request, note.pk, [FIELD], opening)
    return redirect(f"{_here(request, case, f'andamal={purpose}')}#anteckning-{found[0].pk}")


@page("note.reveal", load=load_case, methods=("POST",))
def hide_notes(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """End the openings of this page before their time."""
    for note in _page(request, case)[1]:
        forget(request, note.pk)
    done(request, _("Anteckningarna är dolda igen."))
    return redirect(_here(request, case))


def _show(
    request: HttpRequest, actor: Actor, case: Case, form: RevealForm | None, *, status: int = 200
) -> HttpResponse:
    about, found = _page(request, case)
    may_read = ask(actor, "note.reveal", case.facts_for(actor)).allowed
    later = corrected_by(found)
    rows = [_row(request, case, note, later.get(note.pk), may_read) for note in found]
    purpose = request.GET.get("andamal", "")
    purpose = purpose if purpose in PURPOSES else ""
    context = {
        "case": case,
        "rows": rows,
        "page": found,
        "about": about,
        "tabs": _tabs(case, about),
        "writes": _writes(case, about),
        "reveal": (form or RevealForm(initial={"purpose": purpose})) if may_read and rows else None,
        "reveal_url": _here(request, case, name="reveal_notes"),
        "hide_url": _here(request, case, name="hide_notes"),
        "is_open": any(row.text is not None for row in rows),
        "minutes": MINUTES,
        "form": form,
        "back": links.home(case, about),
        "breadcrumbs": trail(case, _("Anteckningar"), about),
    }
    return show(request, actor, "recruitment/notes.html", context, status=status)


def _page(request: HttpRequest, case: Case) -> tuple[Candidacy | None, Page[Note]]:
    """The finalist chosen in the address, and the page of the notes. Raises Http404."""
    label = request.GET.get("k", "")
    about = chosen(case, label) if label else None
    return about, Paginator(notes_of(case, about), PER_PAGE).get_page(request.GET.get("sida"))


def _row(request: HttpRequest, case: Case, note: Note, later: Note | None, may_read: bool) -> Shown:
    own = case.candidacy(note.candidacy_id)
    correct = links.to("add_note", case, own) if note.kind in kinds_open(case, own) else ""
    return Shown(
        note,
        _(KINDS[note.kind].name),
        own.label,
        _writer(note),
        _text(request, note) if may_read else None,
        note.corrects,
        later,
        with_query(correct, f"rattar={note.pk}") if correct else "",
    )


def _writer(note: Note) -> str:
    by = note.written_by
    return _("namnet visas inte") if by.is_protected else by.display_name


def _text(request: HttpRequest, note: Note) -> str | None:
    """The text while this session has it open, else None; a damaged one says so, and the rest of the page stands."""
    opening = opening_of(request, note.pk, FIELD)
    if opening is None:
        return None
    try:
        return unseal(note, "text", opening)
    except SealError:
        return _("Texten kan inte läsas.")


def _tabs(case: Case, about: Candidacy | None) -> list[Link]:
    """One for each finalist, where there are several and they are not so many that they stand in the grid."""
    if len(case.candidacies) < 2 or links.is_in_grid(case):
        return []
    every = Link(_("Alla"), _list_url(case), current=about is None)
    return [every, *(Link(own.label, _list_url(case, own), current=own is about) for own in case.candidacies)]


def _writes(case: Case, about: Candidacy | None) -> list[Link]:
    """Where a note is written, about each finalist that the page is about and that one may be written about."""
    whom = [about] if about is not None else case.candidacies[: links.MOST_TABS]
    words = _("Skriv anteckning om %(who)s")
    return [
        Link(words % {"who": own.label}, links.to("add_note", case, own))
        for own in whom
        if kinds_open(case, own)
    ]


def _here(request: HttpRequest, case: Case, query: str = "", name: str = "note_list") -> str:
    """The page `name` with what was chosen in the address: the finalist and the page of the list."""
    url = links.to(name, case)
    kept = [f"{key}={request.GET[key]}" for key in ("k", "sida") if request.GET.get(key, "").isalnum()]
    for part in [*kept, *([query] if query else [])]:
        url = with_query(url, part)
    return url


def _list_url(case: Case, about: Candidacy | None = None) -> str:
    url = links.to("note_list", case)
    return with_query(url, f"k={about.label}") if about is not None else url


def _lead(wrong: Note | None) -> str:
    if wrong is not None:
        return _(
            "Du rättar: %(what)s av %(who)s, %(when)s. Den står kvar, och den här läggs till som en rättelse."
        ) % {
            "what": _(KINDS[wrong.kind].name).lower(),
            "who": _writer(wrong),
            "when": date_format(timezone.localtime(wrong.written_at, STOCKHOLM), "j b Y H:i"),
        }
    return _(
        "Uppgifter som kan ha betydelse för beslutet och som kommer på annat sätt än i en handling ska antecknas, med "
        "vem och när (27 § förvaltningslagen). Texten förseglas och kan inte ändras sedan, bara rättas med en ny."
    )


def _to_correct(request: HttpRequest, own: Candidacy) -> Note | None:
    """The note of the address that is to be put right, None where it names none. Raises Http404."""
    named = request.GET.get("rattar", "")
    if not named:
        return None
    try:
        return Note.objects.select_related("written_by").get(
            pk=UUID(named), candidacy=own, text__isnull=False
        )
    except (ValueError, Note.DoesNotExist):
        raise Http404 from None


def _newest(wrong: Note | None) -> str:
    """The newest correction of the note, by which a form knows whether another has corrected it meanwhile; or ""."""
    found = corrected_by([wrong]) if wrong is not None else {}
    return str(found[wrong.pk].pk) if wrong is not None and found else ""


def _finalist(part: Part) -> Candidacy:
    if part.candidacy is None:
        raise Http404
    return part.candidacy
