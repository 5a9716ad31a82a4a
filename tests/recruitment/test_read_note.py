"""Reading a note: for a purpose that is recorded first, fifteen minutes, by those who have a part; and never else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.administration.delegations import stand_in
from tests.recruitment.candidates import COPY, code_for, come_in
from tests.recruitment.notes import CALL, REMINDER, write
from tests.recruitment.pages import post, signed_in, step_up, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.crypto.value import Sealed
from vetting.recruitment.models import Note, Recusal

PURPOSE = {"purpose": "prepare_decision"}


def noted(world: World) -> tuple[Walk, Any]:
    """A finalist with a note of the file, a comment, and a correction of the note."""
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist("Björk Kanarieberg")
    first = write(walk, finalist)
    write(walk, finalist, "comment", REMINDER, by="manager")
    write(walk, finalist, text="Det var på tisdagar.", corrects=first)
    return walk, finalist


def page_of(client: Client, walk: Walk, query: str = "") -> str:
    return client.get(url("note_list", walk) + query).content.decode()


def test_the_list_tells_kind_who_when_and_what_it_corrects_and_no_text(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    page = page_of(client, walk)
    for said in (
        "Tjänsteanteckning om K1",
        "Kommentar om K1",
        "Rättar anteckningen från",
        "Rättad av anteckningen",
    ):
        assert said in page
    assert "Hr, " in page
    assert "Manager, " in page
    assert CALL not in page
    assert REMINDER not in page
    assert not Entry.objects.filter(action="note.revealed").exists()


def test_one_is_opened_with_an_entry_that_says_why_and_closes_by_itself(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    note = Note.objects.get(kind="comment")
    answer = post(client, url("reveal_notes", walk), anteckning=str(note.pk), **PURPOSE)
    assert answer.status_code == 302
    entry = Entry.objects.get(action="note.revealed")
    assert (entry.purpose, entry.facts["note_kind"], entry.facts["candidacy"]) == (
        "prepare_decision",
        "comment",
        "K1",
    )
    page = client.get(answer["Location"]).content.decode()
    assert REMINDER in page
    assert CALL not in page
    # The next one is opened for the same purpose unless another is chosen.
    assert '<option value="prepare_decision" selected>' in page
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert REMINDER not in page_of(client, walk)


def test_all_of_the_page_at_once_with_an_entry_for_each_and_hidden_again(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "manager")
    post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    page = page_of(client, walk)
    assert CALL in page
    assert REMINDER in page
    assert Entry.objects.filter(action="note.revealed", actor_person=world.person_id("manager")).count() == 3
    post(client, url("hide_notes", walk))
    page = page_of(client, walk)
    assert CALL not in page
    assert REMINDER not in page


def test_without_a_purpose_nothing_is_opened(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    answer = post(client, url("reveal_notes", walk), anteckning="alla", purpose="")
    assert answer.status_code == 422
    assert "Välj ett ändamål." in answer.content.decode()
    assert CALL not in answer.content.decode()
    assert not Entry.objects.filter(action="note.revealed").exists()


def test_whoever_has_no_part_finds_no_page_and_nothing_opens(world: World) -> None:
    walk, finalist = noted(world)
    world.hire("colleague", "hr_officer", unit=world.units["procurement"])
    for name, status in (("hr", 200), ("colleague", 404), ("hr_head", 404), ("security_one", 404), ("auditor", 404),
                         ("administrator", 404), ("registrar", 404), ("employee", 404)):  # fmt: skip
        client = signed_in(world, name)
        assert client.get(url("note_list", walk)).status_code == status, name
        assert client.get(url("add_note", walk, candidacy=finalist.pk)).status_code == status, name
        answer = post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
        assert answer.status_code == (302 if status == 200 else 404), name
    people = set(Entry.objects.filter(action="note.revealed").values_list("actor_person", flat=True))
    assert people == {world.person_id("hr")}


def test_nor_whoever_stands_aside_and_her_open_texts_close(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    assert CALL in page_of(client, walk)
    own = Recusal.objects.get(recruitment=walk.pk, person=world.person("hr"))
    own.state, own.decided_by, own.decided_on = "excluded", world.person("hr_head"), walk.on
    put(own)
    assert client.get(url("note_list", walk)).status_code == 404


def test_the_substitute_writes_and_reads_in_the_place_of_the_absent(world: World) -> None:
    walk, _finalist = noted(world)
    world.hire("stranger", None)
    assert signed_in(world, "stranger").get(url("note_list", walk)).status_code == 404
    stand_in(world, "hr", "stranger")
    client = signed_in(world, "stranger")
    post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    assert CALL in page_of(client, walk)
    entry = Entry.objects.filter(action="note.revealed").order_by("id").last()
    assert entry is not None
    assert entry.on_behalf_of == world.person_id("hr")


def test_a_damaged_text_says_so_and_the_others_are_read(world: World) -> None:
    walk, _finalist = noted(world)
    note = Note.objects.get(kind="comment")
    note.text = Sealed(b"\x01" + b"\x00" * 80)
    put(note)
    client = signed_in(world, "hr")
    post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    page = page_of(client, walk)
    assert "Texten kan inte läsas." in page
    assert CALL in page


def test_the_timeline_tells_that_it_was_written_and_read_and_never_what_it_says(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    post(client, url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    written = client.get(url("recruitment_timeline", walk) + "?visa=anteckningar").content.decode()
    assert written.count("skrev en anteckning av slaget tjänsteanteckning") == 2
    assert "skrev en anteckning av slaget kommentar" in written
    read = client.get(url("recruitment_timeline", walk) + "?visa=lasningar").content.decode()
    assert "läste en anteckning" in read
    assert "bereda yttrande eller beslut" in read
    for page in (written, read):
        assert CALL not in page
        assert REMINDER not in page


def test_the_print_lists_the_notes_of_the_file_without_their_text(world: World) -> None:
    walk, _finalist = noted(world)
    client = signed_in(world, "hr")
    step_up(client, world, "hr")
    page = post(client, url("print_recruitment", walk)).content.decode()
    assert page.count("Tjänsteanteckning ") == 2
    assert CALL not in page
    assert "ommentar" not in page


def test_her_own_copy_has_the_notes_of_the_file_and_who_read_them(world: World) -> None:
    walk, finalist = noted(world)
    post(signed_in(world, "hr"), url("reveal_notes", walk), anteckning="alla", **PURPOSE)
    client = come_in(code_for(walk, finalist))
    assert (
        "Samtal som kan ha betydelse för beslutet antecknas"
        in client.get(reverse("candidate_page")).content.decode()
    )
    copy = str(client.post(COPY, {"how": "file"}).json())
    assert CALL in copy
    assert "Rättar en tidigare anteckning" in copy
    assert "läste en anteckning" in copy
    assert REMINDER not in copy
    assert "Hr" not in copy


@pytest.mark.parametrize("of", ["hr", "manager"])
def test_one_finalist_is_chosen_among_several(world: World, of: str) -> None:
    walk, _finalist = noted(world)
    other = walk.finalist("Annan Person")
    write(walk, other, text="Om den andra.")
    client = signed_in(world, of)
    page = page_of(client, walk, "?k=K2")
    assert "om K2" in page
    assert "Tjänsteanteckning om K1" not in page
    answer = post(client, url("reveal_notes", walk) + "?k=K2", anteckning="alla", **PURPOSE)
    assert "k=K2" in answer["Location"]
    assert Entry.objects.filter(action="note.revealed").count() == 1
    assert client.get(url("note_list", walk) + "?k=K9").status_code == 404
