"""The only caller of guardian: a grant is an account's permission to act in a role on one object.

Guardian can only grant; recusal and the other denials are judged in the door and always win. No model-level
permissions and no superusers exist, so guardian's shortcuts that widen through them are never used.
"""

from __future__ import annotations

from functools import cache

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from guardian.models import GroupObjectPermission, UserObjectPermission

PREFIX = "act_as_"


@cache
def _permissions(model: type[models.Model]) -> dict[str, Permission]:
    content_type = ContentType.objects.get_for_model(model)
    rows = Permission.objects.filter(content_type=content_type, codename__startswith=PREFIX)
    return {row.codename.removeprefix(PREFIX): row for row in rows}


def permission_for(model: type[models.Model], role: str) -> Permission:
    """The guardian permission that lets an account act as `role` on objects of `model`.

    Raises KeyError when the model offers no such assignment.
    """
    try:
        return _permissions(model)[role]
    except KeyError:
        _permissions.cache_clear()  # a test database may have been recreated since
        return _permissions(model)[role]


def role_of(permission: Permission) -> str:
    """The role that a guardian permission assigns."""
    return permission.codename.removeprefix(PREFIX)


def generic_grants() -> tuple[type[models.Model], ...]:
    """Guardian's own tables of grants to accounts and to groups. Ours stand beside them, and these stay empty."""
    return UserObjectPermission, GroupObjectPermission
