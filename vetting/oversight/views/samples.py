"""*Stickprov*: drawn, looked at, taken away to be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts, ask, may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.oversight.actions import samples as actions
from vetting.oversight.draw_packages import sample_package, second_package
from vetting.oversight.forms.samples import DrawForm
from vetting.oversight.models import Sample
from vetting.oversight.queries import protected, samples
from vetting.oversight.views.base import acting_role
from vetting.oversight.views.control import trail
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import DrawKey
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.base import done, show
from vetting.web.parts import Fact, Link

SIZE = 10
"""Recruitments in a sample where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sample that a page is about, for the door."""

    sample: Sample

    def facts_for(self, actor: Actor) -> Facts:
        """Of its authority, and of whoever was named to look through it."""
        return actions.facts_of(self.sample, actor)


def load_sample(sample: UUID, **kwargs: object) -> Drawn:
    """The sample of the address. Raises Http404."""
    found = (
        Sample.objects.filter(pk=sample)
        .select_related("authority", "draw_key", "drawn_by", "reviewer")
        .first()
    )
    if found is None:
        raise Http404
    return Drawn(found)


def room(actor: Actor, *here: Link) -> list[Link]:
    """The way here."""
    if not here:
        return trail(actor, Link(_("Stickprov")))
    return trail(actor, Link(_("Stickprov"), reverse("sample_list")), *here)


@page("sample.list")
def sample_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The samples, what reviews have found, and the draws of second approvers by quarter."""
    may_export = may_somewhere(actor, "sample.export")
    context = {
        "breadcrumbs": room(actor),
        "rows": [
            (
                each,
                "waiting" if each.state == Sample.State.DRAWN else "done",
                state_label("sample", each.state),
            )
            for each in samples.samples_visible_to(actor)
        ],
        "may_draw": may_somewhere(actor, "sample.draw"),
        "may_export": may_export,
        "quarters": [_quarter(actor, key, may_export) for key in samples.quarters()],
    }
    return show(request, actor, "oversight/samples.html", context)


@page("sample.draw", methods=("GET", "HEAD", "POST"))
def draw_sample(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is drawn among, and how many; confirmed with who one is."""
    quarter = protected.last_quarter(actor.on)
    first_of = {"first": quarter.first, "last": min(quarter.last, actor.on - timedelta(days=1)), "size": SIZE}
    form = DrawForm(
        request.POST or None,
        initial=first_of,
        authorities=samples.authorities_of(actor, "sample.draw"),
        officers=samples.officers(),
    )
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)
        typed = form.cleaned_data
        officer = form.officers.get(typed["reviewer"])
        wanted = actions.Wanted(
            form.authorities[typed["authority"]], typed["first"], typed["last"], typed["size"],
            officer.pk if officer is not None else None,
        )  # fmt: skip
        try:
            sample = actions.draw_sample(wanted, by=actor, once=form.once_key)
        except AlreadyDone:
            return redirect("sample_list")
        except Denied:
            raise Http404 from None
        except BadInput as error:
            for name, code in error.errors.items():
                form.add_error(name, str(INPUT_ERRORS[code]))
        else:
            done(
                request,
                _("Stickprovet är draget. Nyckeln står i loggen, så att vem som helst kan dra om det."),
            )
            return redirect("sample_view", sample=sample.pk)
    context = {"breadcrumbs": room(actor, Link(_("Dra stickprov"))), "form": form}
    return show(request, actor, "oversight/sample_draw.html", context, status=422 if form.errors else 200)


@page("sample.list", load=load_sample)
def sample_view(request: HttpRequest, actor: Actor, drawn: Drawn, sample: UUID) -> HttpResponse:
    """What was drawn and how, what has been found, and what is left."""
    own = drawn.sample
    about = ("recruitment__position", "recruitment__unit__authority", "recruitment__manager", "reviewed_by")
    rows = list(own.drawn.select_related("sample", *about).defer("note", "sample__population"))
    open_ = samples.open_to(actor, own, rows)
    context = {
        "breadcrumbs": room(actor, Link(own.number)),
        "sample": own,
        "state": state_label("sample", own.state),
        "facts": _facts(own),
        "proof": _proof(own),
        "rows": [
            (row, _(SAMPLE_REVIEWED[row.result]) if row.result else "", row.pk in open_) for row in rows
        ],
        "reviews": bool(open_),
        "may_export": ask(actor, "sample.export", actions.facts_of(own, actor)).allowed,
    }
    return show(request, actor, "oversight/sample.html", context)


@page("sample.export", load=load_sample, methods=("POST",))
def sample_export(request: HttpRequest, actor: Actor, drawn: Drawn, sample: UUID) -> HttpResponse:
    """The lists, the key and the program that draws again; recorded before the first byte leaves."""
    require_step_up(request)
    if is_resumed(request):
        messages.info(request, _("Nu kan du hämta stickprovet."))
        return redirect("sample_view", sample=sample)
    packed, digest = sample_package(drawn.sample)
    return _sent(actor, drawn.sample.number, packed, digest)


@page("sample.export", methods=("POST",))
def draws_export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A quarter's draws of second approvers with its key, when the quarter is over."""
    key = samples.disclosed(actor, request.POST.get("draw", ""))
    if key is None:
        messages.info(request, _("Kvartalet är inte slut, eller har ingen nyckel. Välj ett som är slut."))
        return redirect("sample_list")
    require_step_up(request)
    if is_resumed(request):
        messages.info(request, _("Nu kan du hämta dragningarna."))
        return redirect("sample_list")
    packed, digest = second_package(key, reach_of(actor, "sample.export").recruitments)
    return _sent(actor, key.draw, packed, digest)


def _sent(actor: Actor, number: str, packed: bytes, digest: str) -> HttpResponse:
    role = acting_role(actor, "sample.export")
    record("sample.exported", actor.who(role), facts={"role": role, "sample": number, "digest": digest})
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{number}.zip"'
    return answer


def _quarter(actor: Actor, key: DrawKey, may_export: bool) -> dict[str, object]:
    found: dict[str, object] = {"key": key, "quarter": key.draw.removeprefix("second-")}
    if key.seed and may_export:
        number, drawn, wrong = samples.kept(actor, key)
        found |= {"number": number, "drawn": drawn, "wrong": wrong, "known": True}
    return found


def _facts(sample: Sample) -> list[Fact]:
    by = sample.drawn_by
    return [
        Fact(_("Nämnd eller bolag"), sample.authority.name),
        Fact(_("Beslutade"), f"{sample.first.isoformat()} – {sample.last.isoformat()}"),
        Fact(
            _("I urvalet"),
            _("%(n)s av %(all)s") % {"n": sample.size, "all": len(sample.population.splitlines())},
        ),
        Fact(_("Draget av"), _("namnet visas inte") if by.is_protected else by.display_name),
        Fact(_("Draget"), sample.drawn_on),
    ]


def _proof(sample: Sample) -> list[tuple[str, str]]:
    return [
        (_("Nyckelns kontrollsumma, antecknad före dragningen"), sample.draw_key.digest),
        (_("Nyckeln"), sample.seed),
        (_("Listans kontrollsumma"), sample.population_digest),
    ]
