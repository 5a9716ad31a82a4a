"""Models whose every change is an act in the log: saved only inside an act, with a history row the log commits to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models
from simple_history.manager import HistoricalQuerySet
from simple_history.models import HistoricalRecords

from audit.context import current_act
from audit.errors import AppendOnly, OutsideAct

if TYPE_CHECKING:
    pass


class _Refusing:
    """What a queryset must not do to rows that are covered or only ever added to."""

    _refusal: ClassVar[type[Exception]] = OutsideAct

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise self._refusal("This goes past the history; save or delete each row in an act.")

    update = delete = bulk_create = bulk_update = _raw_delete = _refuse


class CoveredQuerySet(_Refusing, models.QuerySet):
    """Reads as any queryset. Refuses update, delete and the bulk methods; `create` works inside an act."""


class AppendOnlyQuerySet(_Refusing, models.QuerySet):
    """Reads as any queryset; the rows are neither changed nor removed."""

    _refusal = AppendOnly


class HistoryQuerySet(_Refusing, HistoricalQuerySet):
    """simple-history's queryset, for reading only."""

    _refusal = AppendOnly


class AppendOnlyModel(models.Model):
    """A row that is written once, by the recorder. `given_later` are the columns that sealing gives their value."""

    given_later: ClassVar[tuple[str, ...]] = ()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly: only the recorder writes these rows."""
        raise AppendOnly(f"{self._meta.label} is written by the recorder alone.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises AppendOnly."""
        raise AppendOnly(f"{self._meta.label} is never deleted.")


class History(HistoricalRecords):
    """simple-history's models and queries, with the rows written by the recorder instead of by signals.

    So `skip_history_when_saving`, `_history_date` and SIMPLE_HISTORY_ENABLED change nothing. Who changed a row, and
    when and why, is in its entry; the history row has no user and no reason of its own.
    """

    # Looked up by row and in order of entries, never by date.
    _date_indexing = False

    def __init__(self) -> None:
        super().__init__(
            inherit=True,
            bases=(AppendOnlyModel,),
            history_id_field=models.UUIDField(default=uuid.uuid4),
            historical_queryset=HistoryQuerySet,
        )

    def add_extra_methods(self, cls: type[models.Model]) -> None:
        """None: the method simple-history adds is one that skips the history."""

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """The model's columns, indexed by the row's id alone: history is read per row."""
        fields: dict[str, Any] = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name == model._meta.pk.name
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, models.Field]) -> dict[str, Any]:
        """simple-history's columns, without user and reason."""
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        for name in ("history_user", "history_user_id", "history_change_reason", "get_default_history_user"):
            extra.pop(name, None)
        return extra

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """As simple-history's, and the app said outright."""
        return {**super().get_meta_options(model), "app_label": model._meta.app_label}

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        """Raises OutsideAct: only what found a way round `Covered.save`, such as loading a fixture, comes here."""
        raise OutsideAct(f"{instance._meta.label} is saved through an act.")

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        """Raises OutsideAct for a delete the recorder does not do, such as a cascade."""
        _require_deleting(instance)

    def pre_delete(self, instance: models.Model, **kwargs: Any) -> None:
        """Nothing: the recorder has read the row."""


def _require_deleting(instance: models.Model) -> None:
    act = current_act.get()
    if act is None or not act.is_deleting(instance):
        raise OutsideAct(f"{instance._meta.label} is deleted through an act.")


@dataclass(frozen=True, slots=True)
class Shut:
    """Rows whose `column` is one of `values` get no new `day` after `by_day` of a row of `by` with the same `key`.

    Except where the end of the path `unless` is one of `unless_in`. Values are codes: letters, digits, underscores.
    """

    column: str
    values: tuple[str, ...]
    day: str
    by: str
    key: str
    by_day: str
    unless: str
    unless_in: tuple[str, ...]


class Covered(models.Model):
    """Base of every covered model.

    A model that gets, loses or changes a column raises its COVERAGE_VERSION, so that what was committed before is
    still checked against the columns of its time (`manage.py audit_coverage`).
    """

    COVERAGE_VERSION: ClassVar[int] = 1
    FIXED: ClassVar[tuple[str, ...]] = ()
    """Columns that say what the row is about: the database refuses to change them."""
    STAY_TRUE: ClassVar[tuple[str, ...]] = ()
    """Columns that are never false again once they have been true: the database refuses it."""
    COPIES: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Foreign key → columns that copy those of the same name in the row it refers to, so that a CHECK can see them:
    the database refuses a copy that is not true. Copy only what is `FIXED` there."""

    ALIKE: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Foreign key to a row of the same model → paths (`recruitment__unit`) that end in the same for both rows: the
    database refuses a reference to a row that is unlike in any of them. Lead only over what is `FIXED`."""
    SHUT: ClassVar[tuple[Shut, ...]] = ()
    """What is not dated after something else has been decided: the database refuses it."""
    NEEDS: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}
    """Column → another column, and the codes in it with which a row is not written without the first, nor loses it.
    One that was written before the rule was made goes on without."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Checked at commit, as the entry is written last. SQLite then looks for the rows that waited for it: by its index.
    entry = models.ForeignKey("audit.Entry", on_delete=models.PROTECT, related_name="+", editable=False)

    objects = CoveredQuerySet.as_manager()
    history = History()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the whole row in the act in progress; `update_fields` is ignored, as history holds whole rows.

        Raises OutsideAct, RowTwice, StaleRow.
        """
        act = current_act.get()
        if act is None:
            raise OutsideAct(f"{self._meta.label} is saved in an act.")
        act.save(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row in the act in progress. Raises as `save`."""
        act = current_act.get()
        if act is None:
            raise OutsideAct(f"{self._meta.label} is deleted in an act.")
        if act.is_deleting(self):
            return super().delete(*args, **kwargs)
        act.delete(self)
        return 1, {self._meta.label: 1}

    def save_without_historical_record(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises OutsideAct: there is no such way."""
        raise OutsideAct("Every change of a covered row has its history.")
