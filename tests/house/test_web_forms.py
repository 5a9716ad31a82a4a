"""Forms: kept as typed, errors by the field and on top, one effect per page, nobody overwritten unseen."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from vetting.web.fields import DayField, LineField, PickField, TextField, TickField, today
from vetting.web.forms import BaseForm, summary


class Note(BaseForm):
    """A form with one of each."""

    name = LineField(label="Befattning", help_text="Som i annonsen.", max_length=40)
    shown_on = DayField(label="Visades den", not_future=True)
    kind = PickField(label="Är det relevant?", choices=[("y", "Ja"), ("n", "Nej")], inline=True)
    seen_what = TickField(label="Vad visades?", choices=[("a", "Pass"), ("b", "Körkort")], required=False)
    unit = forms.ChoiceField(label="Enhet", choices=[("", "Välj"), ("1", "Skola")])
    note = TextField(label="Bedömning", readers="secrecy", law="39 kap. 2 § OSL")
    told = forms.BooleanField(label="Kandidaten är informerad")

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Remarks on numbers."""
        if "19121212" in cleaned.get("note", ""):
            yield "note", "Det ser ut att stå ett personnummer."


def good(**other: str) -> dict[str, str]:
    values = {
        "name": "Lärare",
        "shown_on": "2026-01-07",
        "kind": "y",
        "unit": "1",
        "note": "Bra.",
        "told": "on",
    }
    return values | {"once": str(uuid4())} | other


def page(form: forms.BaseForm, source: str = '{% post_form form submit="Spara" %}{% endpost_form %}') -> str:
    template = Template("{% load ui ui_forms %}" + source)
    return template.render(Context({"form": form, "request": RequestFactory().get("/")}))


def test_a_good_form() -> None:
    form = Note(good())
    assert form.is_valid(), form.errors
    assert isinstance(form.once_key, UUID)
    assert form.cleaned_data["shown_on"] == date(2026, 1, 7)


def test_fields_are_labelled_described_and_tell_who_reads() -> None:
    html = page(Note())
    assert '<label class="ds-label" data-weight="medium" for="id_name">Befattning' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'aria-describedby="id_note_readers"' in html
    assert "Kan omfattas av sekretess (39 kap. 2 § OSL)." in html
    assert html.count("<fieldset") == 2
    assert html.count('class="ds-input"') == html.count("ds-input")
    assert 'name="once"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "error" not in html


def test_errors_stand_on_top_and_by_the_field_and_nothing_typed_is_lost() -> None:
    form = Note(good(name="Chef\u202e", shown_on="31 februari 2026", kind="", told=""))
    assert not form.is_valid()
    html = page(form)
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert 'href="#id_told"' in html
    assert "Är det relevant? Välj ett alternativ." in html
    assert "31 februari 2026 finns inte i kalendern." in html
    assert 'value="31 februari 2026"' in html
    assert 'value="Chef[U+202E]"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Bra.</textarea>" in html
    assert [target for target, _, _ in summary(form)] == ["id_name", "id_shown_on", "id_kind_0", "id_told"]


def test_a_note_of_100_kb_is_answered_by_its_field_and_kept() -> None:
    form = Note(good(note="å" * 100_000))
    assert not form.is_valid()
    assert "100\u00a0000 tecken" in form.errors["note"][0]
    assert "å" * 100_000 in page(form)


@pytest.mark.parametrize(
    "typed", ["2026-01-07", "20260107", "7/1 2026", "7.1.2026", "7 jan 2026", " 7  Januari 2026 "]
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-02-30", "finns inte i kalendern"),
        ("2026-13-01", "finns inte i kalendern"),
        ("i morgon", "till exempel 2026-11-24"),
        ("7 zzz 2026", "till exempel 2026-11-24"),
        ("0007-01-01", "årtalet"),
        ("٢٠٢٦-٠١-٠٧x", "till exempel"),
    ],
)
def test_impossible_days_are_answered_in_plain_words(typed: str, words: str) -> None:
    with pytest.raises(forms.ValidationError, match=words):
        DayField().clean(typed)


def test_days_are_held_to_today_in_stockholm() -> None:
    tomorrow, yesterday = today() + timedelta(days=1), today() - timedelta(days=1)
    with pytest.raises(forms.ValidationError, match="framtiden"):
        DayField(not_future=True).clean(tomorrow.isoformat())
    with pytest.raises(forms.ValidationError, match="passerat"):
        DayField(not_past=True).clean(yesterday.isoformat())
    assert DayField(not_future=True, not_past=True).clean(today().isoformat()) == today()
    assert DayField(required=False).clean("") is None


def test_a_second_press_carries_the_same_key_and_a_lost_key_is_replaced() -> None:
    form = Note(good(name=""))
    assert str(form.once_value) in page(form)
    assert form.once_value == UUID(form.data["once"])
    broken = Note(good(once="x"))
    assert not broken.is_valid()
    assert "Sidan var för gammal" in page(broken)
    assert isinstance(broken.once_value, UUID)


def test_two_people_editing_both_see_both() -> None:
    form = Note(good(seen="3"), seen=4)
    assert form.is_valid()
    before = form.once_value
    assert not form.unchanged(4, {"note": "Annas text."})
    html = page(form)
    assert "Någon annan har sparat här medan du skrev" in html
    assert "Annas text." in html
    assert "Bra.</textarea>" in html
    assert 'name="seen" value="4"' in html
    assert form.once_value != before
    again = Note(good(seen="4"))
    assert again.is_valid()
    assert again.unchanged(4)


def test_remarks_are_read_before_saving_and_new_ones_anew() -> None:
    form = Note(good(note="Nr 191212121212."))
    assert not form.is_valid()
    html = page(form)
    assert "Det ser ut att stå ett personnummer." in html
    assert "Jag har läst och vill spara som det står" in html
    assert Note(good(note="Nr 191212121212.", read_warnings=form.warning_key)).is_valid()
    assert not Note(good(note="Nr 191212121212.", read_warnings="annat")).is_valid()


def test_what_is_typed_is_never_markup() -> None:
    html = page(Note(good(name="<b>x</b>" + "y" * 90, note="<script>1</script>", unit="<i>")))
    assert "<b>x" not in html
    assert "<script>" not in html
    assert "<i>" not in html


def test_a_group_and_a_lone_button() -> None:
    html = page(
        Note(),
        '{% field_group "Start" form.name form.nothing %}{% act "Tillstyrk" "/x/" name="vote" value="yes" %}',
    )
    assert "<legend>Start</legend>" in html
    assert "Befattning" in html
    assert 'name="vote" value="yes"' in html
    assert 'name="once"' in html
