"""Form fields that answer in plain Swedish, keep what was typed, and know who may come to read it."""

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.web.text import LIMIT, UnsafeText, clean, mark_hidden

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ISO = re.compile(r"(\d{4})-?(\d{1,2})-?(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.]\s?(\d{1,2})[-/. ]\s?(\d{4})")
_WORDED = re.compile(r"(\d{1,2}) ([a-zåäö]{3,9})\.? (\d{4})")


def today() -> date:
    """The legal day in Stockholm."""
    return timezone.localdate(timezone=STOCKHOLM)


class LineField(forms.CharField):
    """One line of text: a name, a heading, a reference. Hidden characters are refused."""

    lines = False

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        self.limit = max_length
        self.readers: str = kwargs.pop("readers", "")
        self.law: str = kwargs.pop("law", "")
        self.who: str = kwargs.pop("who", "")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text; ValidationError in plain Swedish for what may not be kept."""
        try:
            return clean(str(value or ""), limit=self.limit, lines=self.lines)
        except UnsafeText as error:
            raise forms.ValidationError(str(error), code="unsafe") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, with hidden characters written out so that they can be found."""
        return mark_hidden(data) if isinstance(data, str) else data


class TextField(LineField):
    """A note. `readers` is "public", "secrecy" (with its section in `law`), "working", or "by_kind" where both are
    chosen among, and is told beside the box.

    `who`: the roles that may come to read it, in words.
    """

    lines = True
    widget = forms.Textarea

    def __init__(self, *, max_length: int = LIMIT, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        # Without a number of columns the theme gives the box the whole width.
        self.widget.attrs = {"rows": rows}


class MailField(forms.EmailField):
    """A mail address. Django's own pattern lets a domain hold signs that turn the direction of writing."""

    def to_python(self, value: Any) -> str:
        """The address; ValidationError for a sign that is not seen."""
        try:
            return clean(str(value or ""), limit=254, lines=False)
        except UnsafeText as error:
            raise forms.ValidationError(str(error), code="unsafe") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, with hidden characters written out."""
        return mark_hidden(data) if isinstance(data, str) else data


class DayField(forms.CharField):
    """A day, typed as 2026-11-24, 20261124, 24/11 2026 or 24 nov 2026.

    `not_future` and `not_past` hold it to today in Stockholm. Cleans to a date, or None where it is not required.
    """

    default_error_messages = {
        "form": gettext_lazy("Skriv datumet som år, månad och dag, till exempel 2026-11-24."),
        "future": gettext_lazy("Datumet ligger i framtiden. Skriv det datum då det hände."),
        "past": gettext_lazy("Datumet har redan passerat. Skriv dagens datum eller ett senare."),
        "range": gettext_lazy("Kontrollera årtalet."),
    }

    def __init__(self, *, not_future: bool = False, not_past: bool = False, **kwargs: Any) -> None:
        self.not_future, self.not_past = not_future, not_past
        kwargs.setdefault("help_text", gettext_lazy("År, månad och dag, till exempel 2026-11-24"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"size": 14, "autocomplete": "off", "data-day": ""})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The date typed; ValidationError says what is wrong with it."""
        if isinstance(value, date):
            return value
        typed = " ".join(str(value or "").lower().split())
        if not typed:
            return None
        year, month, day = self._parts(typed)
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                _("%(day)s finns inte i kalendern.") % {"day": mark_hidden(str(value).strip())},
                code="impossible",
            ) from error
        self._check(found)
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, with hidden characters written out."""
        return mark_hidden(data) if isinstance(data, str) else data

    def _parts(self, typed: str) -> tuple[int, int, int]:
        if match := _ISO.fullmatch(typed):
            return int(match[1]), int(match[2]), int(match[3])
        if match := _SLASHED.fullmatch(typed):
            return int(match[3]), int(match[2]), int(match[1])
        if (match := _WORDED.fullmatch(typed)) and match[2][:3] in MONTHS:
            return int(match[3]), MONTHS.index(match[2][:3]) + 1, int(match[1])
        raise forms.ValidationError(self.error_messages["form"], code="form")

    def _check(self, found: date) -> None:
        if not 1900 <= found.year <= 2100:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        if self.not_future and found > today():
            raise forms.ValidationError(self.error_messages["future"], code="future")
        if self.not_past and found < today():
            raise forms.ValidationError(self.error_messages["past"], code="past")


class PickField(forms.ChoiceField):
    """One choice among a few, as radio buttons; `inline` puts short ones on one row."""

    widget = forms.RadioSelect

    def __init__(self, *, inline: bool = False, **kwargs: Any) -> None:
        self.inline = inline
        super().__init__(**kwargs)


class TickField(forms.MultipleChoiceField):
    """Any number of choices, as tick boxes."""

    widget = forms.CheckboxSelectMultiple
    inline = False
