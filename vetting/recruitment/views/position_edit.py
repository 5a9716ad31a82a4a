"""*Ändra befattning*."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.organisation.models import Position, Unit
from vetting.recruitment.actions.position_edit import Edited, edit_position
from vetting.recruitment.forms.positions import PositionForm
from vetting.recruitment.queries.positions import units_for
from vetting.recruitment.views.base import done, perform, show
from vetting.recruitment.views.positions import Post, load_position, locked_position


@page("position.edit", load=load_position, methods=("GET", "HEAD", "POST"))
def edit_position_page(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Change the post for the recruitments to come."""
    position = post.position
    form = PositionForm(
        request.POST or None,
        units=_units(actor, position),
        initial=_typed(position),
        seen=position.entry_id,
    )
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do(fresh: Position) -> None:
            typed = form.cleaned_data
            if form.unchanged(fresh.entry_id, {"title": fresh.title}):
                wanted = Edited(
                    form.units[typed["unit"]],
                    typed["title"],
                    tuple(typed["profiles"]),
                    form.answers,
                    typed["form"],
                )
                edit_position(fresh, wanted, by=actor, once=form.once_key)

        answer = perform(request, actor, pk, "position.edit", do, form=form, lock=locked_position)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Befattningen är ändrad. Det gäller rekryteringar som startas härefter."))
            return redirect("position_view", pk=pk)
    context = {"form": form, "position": position}
    return show(request, actor, "recruitment/position_edit.html", context)


def _units(actor: Actor, position: Position) -> list[Unit]:
    """Where the post can be: in its authority, where the person edits posts."""
    return [
        unit
        for unit in units_for(actor, "position.edit")
        if unit.authority_id == position.unit.authority_id
        and (unit.is_in_force(actor.on) or unit == position.unit)
    ]


def _typed(position: Position) -> dict[str, Any]:
    answers = {f"q_{code}": "ja" if value else "nej" for code, value in position.answers.items()}
    return {
        "title": position.title,
        "unit": str(position.unit_id),
        "profiles": position.profiles,
        "form": position.default_form,
        **answers,
    }
