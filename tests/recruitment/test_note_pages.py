"""Writing a note on its page: what is wrong is said, nothing typed is lost, and who may read stands beside the box."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.notes import CALL, REMINDER, write
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.test_write_note import protect
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.models import Note

TYPED = {"kind": "file_note", "text": CALL}


@pytest.fixture
def begun(world: World) -> tuple[Walk, Any]:
    walk = Walk(world, "assistant").open()
    return walk, walk.finalist()


def test_written_from_the_recruitments_page_it_stands_first_in_the_list(begun: tuple[Walk, Any]) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    address = url("add_note", walk, candidacy=finalist.pk)
    page = client.get(url("recruitment_view", walk)).content.decode()
    assert f'href="{address}"' in page
    assert f'href="{url("note_list", walk)}"' in page
    form = client.get(address).content.decode()
    assert "Blir normalt offentlig." in form
    assert "Arbetsanteckning, rensas vid beslut." in form
    assert "27 § förvaltningslagen" in form
    answer = post(client, address, **TYPED)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Anteckningen är sparad." in page
    assert "Tjänsteanteckning om K1" in page


def test_pressed_twice_it_is_written_once(begun: tuple[Walk, Any]) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    for _press in range(2):
        answer = post(client, url("add_note", walk, candidacy=finalist.pk), once="5b2b5e1c-5f0e-4a54-9d7e-0c1f8f4a7a11",
                      **TYPED)  # fmt: skip
        assert answer.status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Välj slag av anteckning."),
        ({"text": " "}, "Fältet är tomt."),
        ({"text": "a\u202eb"}, "[U+202E]"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stands(
    begun: tuple[Walk, Any], wrong: dict[str, str], sentence: str
) -> None:
    walk, finalist = begun
    answer = post(signed_in(walk.world, "hr"), url("add_note", walk, candidacy=finalist.pk), **TYPED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if "text" not in wrong:
        assert CALL in page
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hen är sjukskriven till maj.", "handla om hälsa"),
        ("Numret är 19811228-9874.", "personnummer"),
        ("Belastningsregistret var tomt.", "antecknas bara i beslutet"),
    ],
)
def test_what_the_law_keeps_out_is_asked_about_with_its_reason(
    begun: tuple[Walk, Any], text: str, sentence: str
) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    answer = post(client, url("add_note", walk, candidacy=finalist.pk), kind="comment", text=text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert text in page
    assert not Note.objects.exists()


def test_a_comment_that_the_decision_came_before_is_sent_back_with_its_text(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    client = signed_in(walk.world, "hr")
    address = url("add_note", walk, candidacy=finalist.pk)
    assert 'value="comment"' in client.get(address).content.decode()
    walk.sign(finalist)
    page = client.get(address).content.decode()
    assert 'value="comment"' not in page
    answer = post(client, address, kind="comment", text=REMINDER)
    assert answer.status_code == 422
    assert "Kommentarer rensas vid beslutet" in answer.content.decode()
    assert REMINDER in answer.content.decode()
    assert post(client, address, **TYPED).status_code == 302


def test_a_correction_names_what_it_corrects_and_sees_that_another_came_first(
    begun: tuple[Walk, Any],
) -> None:
    walk, finalist = begun
    first = write(walk, finalist)
    client = signed_in(walk.world, "hr")
    address = f"{url('add_note', walk, candidacy=finalist.pk)}?rattar={first}"
    page = client.get(address).content.decode()
    assert "Rätta anteckningen" in page
    note = Note.objects.get(pk=first)
    assert f"Du rättar: tjänsteanteckning av {note.written_by.display_name}, " in page
    assert 'name="kind"' not in page
    other = write(walk, finalist, text="Någon annan hann före.", by="manager", corrects=first)
    answer = post(client, address, text="Det var på tisdagar.", seen="")
    assert answer.status_code == 422
    assert "Någon annan har sparat här medan du skrev" in answer.content.decode()
    assert "Det var på tisdagar." in answer.content.decode()
    assert post(client, address, text="Det var på tisdagar.", seen=str(other)).status_code == 302
    assert Note.objects.filter(corrects=first).count() == 2
    wrong = url("add_note", walk, candidacy=finalist.pk)
    for named in ("inget", "00000000-0000-4000-8000-000000000000"):
        assert client.get(f"{wrong}?rattar={named}").status_code == 404


def test_what_was_typed_about_whoever_became_protected_can_be_copied_and_is_kept_nowhere(
    begun: tuple[Walk, Any],
) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    address = url("add_note", walk, candidacy=finalist.pk)
    assert client.get(address).status_code == 200
    protect(walk, finalist)
    assert client.get(address).status_code == 404
    assert f'href="{address}"' not in client.get(url("recruitment_view", walk)).content.decode()
    answer = post(client, address, **TYPED)
    assert answer.status_code == 409
    assert CALL in answer.content.decode()
    assert "inga anteckningar i tjänsten" in answer.content.decode()
    assert not Note.objects.exists()
    assert CALL not in str([entry.facts for entry in Entry.objects.filter(action="action.refused")])


def test_a_text_that_met_an_ended_sign_in_comes_back(begun: tuple[Walk, Any]) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    answer = client.post(url("add_note", walk, candidacy=finalist.pk), {**TYPED, "_resumed": "1"})
    assert answer.status_code == 200
    assert CALL in answer.content.decode()
    assert not Note.objects.exists()


def test_the_list_asks_as_many_questions_of_many_as_of_few(
    begun: tuple[Walk, Any], django_assert_max_num_queries: Any
) -> None:
    walk, finalist = begun
    client = signed_in(walk.world, "hr")
    write(walk, finalist)
    client.get(url("note_list", walk))
    with django_assert_max_num_queries(40) as few:
        client.get(url("note_list", walk))
    for number in range(30):
        write(walk, finalist, text=f"Samtal {number}.")
    with django_assert_max_num_queries(len(few)) as _many:
        page = client.get(url("note_list", walk)).content.decode()
    assert page.count("Tjänsteanteckning om K1") == 25
    assert "av 31" in page


def test_whoever_decides_is_told_of_the_files_notes(ready: tuple[Walk, Any]) -> None:
    """What may matter to the decision is noted for whoever makes it; a comment is no ground for one."""
    walk, finalist = ready
    client = signed_in(walk.world, "manager")
    address = url("sign_decision", walk, candidacy=finalist.pk)
    write(walk, finalist, kind="comment", text=REMINDER)
    assert "hör till akten" not in client.get(address).content.decode()
    write(walk, finalist)
    page = client.get(address).content.decode()
    assert "1 tjänsteanteckning om K1 hör till akten." in page
    assert f'href="{url("note_list", walk)}?k=K1"' in page
    assert CALL not in page
    walk.sign(finalist)
    assert "hör till akten" not in client.get(address).content.decode()
