"""Who may come to read what is written in a box, in words: the roles that the policy gives the reading to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES

OF_CASE = {"own", "assigned"}


def readers_of(permission: str) -> str:
    """The roles that may read by `permission` where they have a part in the recruitment, and by no other way."""
    scopes = PERMISSIONS[permission].scopes
    names = [_(ROLES[role].name) for role, scope in scopes.items() if scope in OF_CASE and role in ROLES]
    words = [name if name.startswith("HR") else name[:1].lower() + name[1:] for name in names]
    last = _("%(one)s eller %(other)s") % {"one": ", ".join(words[:-1]), "other": words[-1]}
    return _("den som har uppdrag i rekryteringen som %(roles)s. Varje läsning antecknas.") % {"roles": last}
