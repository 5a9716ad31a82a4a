"""What every page of the room does the same way: the role one acts under, and the entry that is written first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.policy.permissions import PERMISSIONS
from vetting.web.parts import Link


def acting_role(actor: Actor, permission: str) -> str:
    """The role that gives the permission. Raises Http404 where none does."""
    scopes = PERMISSIONS[permission].scopes
    role = next((held.role for held in actor.roles if scopes[held.role] != "no"), None)
    if role is None:
        raise Http404
    return role


def note_reading(
    actor: Actor, permission: str, event: str, *, subject: UUID | None = None, **facts: Any
) -> None:
    """Write the reading into the log, before anything is shown.

    Raises what the log raises when it cannot be written: the answer is then 503, and nothing has been read.
    """
    role = acting_role(actor, permission)
    record(event, actor.who(role), subject=subject, facts={"role": role, **facts})


def trail(actor: Actor, *here: Link) -> list[Link]:
    """The way here through the room, for whoever may be in it; for others the page stands by itself."""
    first = Link(_("Granskning"), reverse("oversight"))
    return [first, *here] if may_somewhere(actor, "log.view_state") else list(here)
