"""The jobs that belong to no room. Each may be run at any time, twice, or not at all, without harm."""

from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from audit.sound import may_destroy
from vetting.crypto import keystore
from vetting.crypto.sealed import SealedField

# A key is committed before its data; one without data after this long belongs to an act that never ended.
ORPHAN_AGE = timedelta(hours=24)


def clear_expired_sessions() -> None:
    """Delete the sessions that have run out. They no longer sign anyone in; their rows are only waste."""
    SessionStore.clear_expired()


def sweep_orphaned_keys() -> None:
    """Destroy the keys of acts that never ended. Raises TooManyOrphans where rather the data is missing.

    None where the tables are not as the log says: the data may have been there.
    """
    keystore.sweep_orphans(keys_in_use, ORPHAN_AGE, may=lambda found: may_destroy("have no data", found))


def keys_in_use(asked: list[UUID]) -> set[UUID]:
    """Those of the `asked` keys that any row holding sealed values names, earlier versions of rows included."""
    found: set[UUID] = set()
    for model, column in key_columns():
        found.update(model._base_manager.filter(**{f"{column}__in": asked}).values_list(column, flat=True))
    return found


def key_columns() -> set[tuple[type[models.Model], str]]:
    """Every model with sealed fields, and its column that names the key.

    Read from the models themselves: a list kept by hand would one day lack a table, and its keys be destroyed.
    Raises FieldDoesNotExist where a key is named by something that is not a column.
    """
    return {
        (model, _column(model, field.key_attr))
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    }


def _column(model: type[models.Model], name: str) -> str:
    columns = {field.attname for field in model._meta.concrete_fields}
    if name not in columns:
        raise FieldDoesNotExist(f"{model.__name__}.{name} names a key and is not a column.")
    return name
