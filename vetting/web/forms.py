"""The form every page builds on: same markup, one effect per page, nothing lost, nothing overwritten unseen."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.web.text import has_hidden, mark_hidden

HIDDEN = ("once", "seen")
OLD_PAGE = gettext_lazy("Sidan var för gammal. Det du skrev står kvar; spara en gång till.")
REQUIRED = forms.Field.default_error_messages["required"]
CONFIRM = "read_warnings"


class Renderer(TemplatesSetting):
    """Renders forms with templates/_components; also the FORM_RENDERER of the settings, for forms of others."""

    form_template_name = "_components/form.html"
    field_template_name = "_components/field.html"


class Bound(BoundField):
    """A field of a page: knows its place in the error summary and what describes it."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        """Django's attributes, and the theme's class."""
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        return built | {"class": " ".join(dict.fromkeys(["ds-input", *own.split()]))}

    @property
    def aria_describedby(self) -> str:
        """Everything written about the field: help, error, what was saved meanwhile, who may read."""
        parts = [super().aria_describedby or ""]
        if self.saved_meanwhile is not None:
            parts.append(f"{self.auto_id}_meanwhile")
        if getattr(self.field, "readers", ""):
            parts.append(self.readers_id)
        return " ".join(part for part in parts if part)

    @property
    def readers_id(self) -> str:
        """The id of the line that says who may read."""
        return f"{self.auto_id}_readers"

    @property
    def target(self) -> str:
        """The id that a link in the error summary leads to: the first choice of a group."""
        return f"{self.auto_id}_0" if self.field.widget.use_fieldset else self.auto_id

    @property
    def is_single_tick(self) -> bool:
        """Whether this is one tick box, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def saved_meanwhile(self) -> str | None:
        """What somebody else saved in this field while it was being filled in."""
        return getattr(self.form, "meanwhile", {}).get(self.name)


# Every form's fields know their place in the error summary, those of other packages too.
Renderer.bound_field_class = Bound


class BaseForm(forms.Form):
    """A form with an idempotency key (`once`) and, given `seen`, a lock against overwriting what one has not seen.

    Call `unchanged(now, saved)` in the action's view; on False show the form again, where each field says what the
    other one saved. Override `warn` for remarks that must be read before saving: the page asks once more.
    """

    default_renderer = Renderer
    rows_are_optional = False
    """True where each part of the page is filled in or left: no field then says of itself that it is optional."""

    once = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": OLD_PAGE})
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, seen: object = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: Mapping[str, str] = {}
        self.warnings: list[tuple[str, str]] = []
        self.once_value = self._posted_once() or uuid4()
        self.seen_value = str(seen) if seen is not None else ""
        if self.is_bound and not has_hidden(posted := str(self.data.get(self.add_prefix("seen"), ""))):
            self.seen_value = posted[:64]

    def full_clean(self) -> None:
        """Validate; what is missing is said in the page's own words, by fields that a form adds afterwards too."""
        for field in self.fields.values():
            field.error_messages["required"] = _required(field)
        super().full_clean()

    @property
    def once_key(self) -> UUID:
        """The key of this very page: the same however many times its button is pressed."""
        key: UUID = self.cleaned_data["once"]
        return key

    def kept_back(self) -> frozenset[str]:
        """Fields whose content never stands on a page that only tells that the step is gone."""
        return frozenset()

    def label_of(self, name: str) -> str:
        """What a field is called where it stands alone, away from its page."""
        return str(self.fields[name].label)

    def shown_fields(self) -> list[BoundField]:
        """The fields to show, in order."""
        return [self[name] for name in self.fields if name not in HIDDEN and not self[name].is_hidden]

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Remarks as (field, sentence) that do not forbid saving but must have been read."""
        return ()

    def clean(self) -> dict[str, Any]:
        """Asks again where there are remarks that have not been read; override `warn`, not this, for those."""
        cleaned = super().clean() or self.cleaned_data
        self.warnings = list(self.warn(cleaned))
        if self.warnings and self.data.get(self.add_prefix(CONFIRM)) != self.warning_key:
            self.add_error(
                None, _("Läs det som står i den gula rutan. Ändra, eller kryssa i att du har läst.")
            )
        return cleaned

    @property
    def warning_key(self) -> str:
        """Stands for these very remarks: new ones have to be read anew."""
        return hashlib.sha256(repr(self.warnings).encode()).hexdigest()[:16]

    @property
    def warnings_read(self) -> bool:
        """Whether the box beside these remarks was ticked."""
        return self.data.get(self.add_prefix(CONFIRM)) == self.warning_key

    def unchanged(self, now: object, saved: Mapping[str, object] | None = None) -> bool:
        """Whether nobody saved since this page was shown: the posted `seen` equals `now`.

        If not, the form gets an error, `saved` (field → its text now) is shown beside what was typed, and the next
        press of the button, made in sight of it, counts as a choice.
        """
        if self.seen_value == str(now):
            return True
        self.seen_value = str(now)
        self.meanwhile = {name: mark_hidden(str(text)) for name, text in (saved or {}).items()}
        self.add_error(
            None,
            _(
                "Någon annan har sparat här medan du skrev. Det du skrev står kvar, och bredvid ser du vad som har "
                "sparats. Ändra om det behövs och spara igen."
            ),
        )
        # The first press had no effect, but its key may have been used up by the other one's act.
        self.once_value = uuid4()
        return False

    def _posted_once(self) -> UUID | None:
        try:
            return UUID(str(self.data.get(self.add_prefix("once"), ""))) if self.is_bound else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing that was typed: under which label, and as it is to be shown for copying."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines it takes in a box; one stands in a single line."""
        return min(12, self.text.count("\n") + 1 + len(self.text) // 90)


def typed_in(form: BaseForm | None) -> list[Typed]:
    """What was typed or chosen in this very request, for a page whose step is gone.

    Left out: what the page itself had filled in, hidden fields, passwords and files, and what the form keeps to itself.
    """
    if form is None or not form.is_bound:
        return []
    kept_back, found = form.kept_back(), []
    for name in form.changed_data:
        widget = form.fields[name].widget
        if name in kept_back or widget.is_hidden or isinstance(widget, forms.PasswordInput | forms.FileInput):
            continue
        text = _as_text(form.fields[name], form[name].data)
        if text.strip():
            found.append(Typed(form.label_of(name), text))
    return found


def _as_text(field: forms.Field, data: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Ja") if data else ""
    values = [str(each) for each in (data if isinstance(data, list) else [data]) if each not in (None, "")]
    if isinstance(field, forms.ChoiceField):
        words: dict[str, str] = {}
        for code, label in cast(Iterable[tuple[Any, Any]], field.choices):
            group = label if isinstance(label, list | tuple) else [(code, label)]
            words |= {str(one): str(said) for one, said in group}
        values = [words.get(value, value) for value in values]
    return mark_hidden(", ".join(values))


def summary(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """Every error as (id of its field or "", its label or "", sentence), in the order of the page."""
    found = [("", "", str(message)) for message in form.non_field_errors()]
    label_of = form.label_of if isinstance(form, BaseForm) else lambda name: str(form[name].label)
    for name, messages in form.errors.items():
        if name in form.fields:
            field = form[name]
            place = "" if field.is_hidden else str(getattr(field, "target", field.auto_id))
            found += [(place, label_of(name), str(message)) for message in messages]
    return found


def _required(field: forms.Field) -> str:
    """The field's own words where it has them; else plain ones for its kind."""
    if field.error_messages["required"] != REQUIRED:
        return str(field.error_messages["required"])
    if isinstance(field, forms.UUIDField) and isinstance(field.widget, forms.HiddenInput):
        return str(OLD_PAGE)
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Kryssa i rutan för att gå vidare.")
    if isinstance(field.widget, forms.Select | forms.RadioSelect):
        return _("Välj ett alternativ.")
    return _("Fältet är tomt. Fyll i det.")
