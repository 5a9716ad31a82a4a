"""What no installation may hold: powers of Django's own or guardian's, which would go past the door.

A constraint refuses superusers and nothing here gives such powers; what is looked for was put in by hand.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from vetting.access.grants import generic_grants
from vetting.accounts.models import Account


def problems() -> list[str]:
    """One sentence for each kind that was found; none is as it should be. Says nothing of an empty database."""
    tables = set(connections[DEFAULT_DB_ALIAS].introspection.table_names())
    if Account._meta.db_table not in tables:
        return []
    found = []
    if Account.objects.filter(is_superuser=True).exists():
        found.append(
            "An account is a superuser: remove that; roles are proposed and confirmed by two persons."
        )
    if any(field.name == "is_staff" for field in Account._meta.get_fields()):
        found.append("Accounts can be staff: there is no Django administration here.")
    kept: tuple[tuple[type[Model], str], ...] = (
        (Account.user_permissions.through, "An account has a permission of Django's own: remove it."),
        (Account.groups.through, "An account is in a group of Django's own: remove it."),
        (Group.permissions.through, "A group of Django's own has a permission: remove it."),
        *((model, "A grant of guardian's own tables exists: remove it.") for model in generic_grants()),
    )
    for model, sentence in kept:
        if model._meta.db_table in tables and model._default_manager.exists():
            found.append(sentence)
    return sorted(set(found), key=found.index)
