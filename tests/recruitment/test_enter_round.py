"""*Lägg in flera*: a list is shown before anything is recorded; then each is a finalist of her own, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from audit.clock import at, now
from audit.models import Entry
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import confirmed, entered, hr_of, in_homes, listed, names, opened, sent
from tests.recruitment.world import World, put
from vetting.crypto.models import CaseKey
from vetting.recruitment.models import Candidacy, Round, RoundPerson


def made_of(walk: Any) -> int:
    return Candidacy.objects.filter(recruitment=walk.pk).count()


def test_500_rows_of_which_40_are_wrong(world: World) -> None:
    walk = opened(world, places=500)
    rows = listed(names(500)).split("\r\n")
    wrong = [
        "",
        "=HYPERLINK(1)",
        "12345",
        "Dold\u202eText",
        "19121212-1212 Testa",
        "X" * 121,
        rows[1].split(";")[0],
    ]
    for place in range(40):
        bad = wrong[place % len(wrong)]
        rows[2 + 12 * place] = f"{bad};070-1000000" if place % len(wrong) == 6 else f"{bad};070-77{place}"
    client = hr_of(world)
    page = sent(client, walk, "\r\n".join(rows))
    assert page.status_code == 200, page.context["form"].errors
    read = page.context["read"]
    text = page.content.decode()
    assert (len(read.people), read.faulty_rows) == (460, 40)
    assert "460 personer kan läggas in" in text
    assert "40 rader är inte med" in text
    assert [fault.row for fault in read.faults] == sorted(3 + 12 * place for place in range(40))
    assert {"Namnet saknas.", "Innehåller inga bokstäver."} <= {fault.why for fault in read.faults}
    assert "Samma person som på rad 2." in text
    assert made_of(walk) == 0, "nothing before the confirmation"
    assert not Entry.objects.filter(subject=walk.pk, action="candidacy.created").exists()
    keys = CaseKey.objects.using("keystore").count()

    fields = {"people": page.context["closed"], "once": str(page.context["confirm"].once_value)}
    for press in range(2):
        answer = client.post(url("enter_round", walk), fields)
        assert answer.status_code == 302, press
        assert made_of(walk) == 460
    assert Entry.objects.filter(subject=walk.pk, action="candidacy.created").count() == 460, "one for each"
    assert CaseKey.objects.using("keystore").count() == keys + 460, "a key of her own for each"
    said = [str(message) for message in client.get(url("enter_round", walk)).context["messages"]]
    assert said == ["460 personer är inlagda: K1–K460. Alla som deltar tar nu ställning till jäv."] * 2

    again = sent(client, walk, "\r\n".join(rows))
    assert "Samma lista lades in av" in again.content.decode()
    assert "finns som K1–K460" in again.content.decode()
    assert not again.context["read"].people
    # One more than before: the others are known again, and the new one alone is proposed.
    more = sent(client, walk, "\r\n".join([*rows[:-1], "Ny Person;070-5000000"]))
    assert [person.name for person in more.context["read"].people] == ["Ny Person"]
    assert "Finns redan här, som K1." in more.content.decode()


def test_how_to_reach_somebody_is_looked_at_row_by_row(world: World) -> None:
    walk = opened(world, places=9)
    rows = [
        "namn;telefon;e-post;kontakt",
        "Anna Ek;070-123 45 67;anna@example.se;",
        "Bo Al;+46 70 123 45 67 / 08-123456;;ring mamma 070-7654321",
        "Cia Ask;ring mig;;",
        "Dan Ek;070-12;;",
        "Eva Al;811228-9874;;",
        "Finn Ask;;finn.example.se;",
        "Gun Ek;;gun@example;",
        "Hans Al;;;på kvällen",
        "Ida Ask;;;",
    ]
    page = sent(hr_of(world), walk, "\r\n".join(rows))
    read = page.context["read"]
    assert [person.name for person in read.people] == ["Anna Ek", "Bo Al", "Ida Ask"]
    assert read.people[0].contact == "070-123 45 67, anna@example.se"
    assert [(fault.row, fault.field, fault.why) for fault in read.faults] == [
        (4, "phone", "Ser inte ut som ett telefonnummer."),
        (5, "phone", "Ser inte ut som ett telefonnummer."),
        (6, "phone", "Innehåller ett personnummer. Det hör inte hemma här."),
        (7, "email", "Ser inte ut som en e-postadress."),
        (8, "email", "Ser inte ut som en e-postadress."),
        (9, "contact", "Innehåller varken telefonnummer eller e-postadress."),
    ]
    shown = page.content.decode().split("Så lästes de första raderna")[1]
    assert "Anna Ek" in shown.split("</ul>")[0]
    assert "<details" not in shown.split("</ul>")[0], "open, not folded away"


def test_what_is_between_preview_and_confirmation_is_sealed_for_one_person_and_an_hour(world: World) -> None:
    walk, other = opened(world, places=9), opened(world, places=9)
    client = hr_of(world)
    page = sent(client, walk, "namn\nAnna Ek\nBo Al")
    assert "Anna" not in page.context["closed"]
    manager = signed_in(world, "manager")
    for who, where in ((manager, walk), (client, other)):
        assert confirmed(who, where, page).status_code == 302
        assert made_of(where) == 0
    assert confirmed(client, walk, page, people=page.context["closed"][:-8] + "AAAAAAAA").status_code == 302
    with at(now() + timedelta(minutes=61)):
        assert confirmed(client, walk, page).status_code == 302
    assert made_of(walk) == 0
    assert confirmed(client, walk, page).status_code == 302
    assert made_of(walk) == 2
    assert sorted(walk.case().candidacies, key=lambda c: c.rank)[1].label == "K2"


def test_who_became_a_finalist_meanwhile_is_not_entered_twice(world: World) -> None:
    walk = opened(world, places=9)
    first, second = hr_of(world), hr_of(world)
    one = sent(first, walk, "namn\nAnna Ek\nBo Al")
    two = sent(second, walk, "namn\nBo Al\nCia Dal")
    confirmed(first, walk, one)
    answer = confirmed(second, walk, two)
    assert made_of(walk) == 3
    said = [str(m) for m in second.get(answer["Location"]).context["messages"]]
    assert "1 fanns redan och lades inte in igen." in said


def test_the_database_refuses_the_same_list_and_a_round_that_is_too_large(world: World) -> None:
    walk = opened(world, places=9)
    made = entered(walk, 2)
    again = Round(
        recruitment_id=walk.pk, digest=made.digest, first=3, count=2, added_on=world.today,
        added_by=world.person("hr"),
    )  # fmt: skip
    for row in (again, Round(**values(made) | {"digest": "ab", "count": 501})):
        with pytest.raises(IntegrityError), transaction.atomic():
            put(row)


def values(made: Round) -> dict[str, Any]:
    names = ("recruitment_id", "digest", "first", "count", "added_on", "added_by_id")
    return {name: getattr(made, name) for name in names}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Klistra in raderna, eller välj en fil."),
        ("skola;telefon\nEk;070", "Den första raden ska vara rubriker"),
        ("namn\n", "Listan har inga rader under rubrikerna."),
        ("namn\n" + "\n".join(names(501)), "Listan har 501 personer. En omgång är högst 500"),
        ("namn\n" + "Ett Namn\n" * 2001, "Listan har fler än 2000 rader"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_in_a_sentence(world: World, text: str, sentence: str) -> None:
    walk = opened(world)
    page = sent(hr_of(world), walk, text)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_files_are_read_whatever_wrote_them(world: World) -> None:
    walk = opened(world, places=9)
    client = hr_of(world)
    text = "Förnamn;Efternamn;E-post;Skola\r\nÅsa;Öberg;asa@exempel.se;Norra\r\n"
    for content in (text.encode("utf-8-sig"), text.encode("cp1252"), text.encode("utf-16")):
        page = sent(client, walk, file=SimpleUploadedFile("lista.csv", content))
        (person,) = page.context["read"].people
        assert (person.row, person.name, person.contact) == (2, "Åsa Öberg", "asa@exempel.se")
        assert "Skola" in page.content.decode(), "what is not read is told"
    large = sent(client, walk, file=SimpleUploadedFile("stor.csv", b"namn\n" + b"x" * 10 * 1024 * 1024))
    assert large.status_code == 422
    assert "Filen är för stor." in large.content.decode()
    old = sent(client, walk, file=SimpleUploadedFile("gammal.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600))
    assert "äldre Excel-format" in old.content.decode()
    odd = sent(client, walk, file=SimpleUploadedFile("bild.csv", b"\x89PNG\0\0\0"))
    assert "varken en CSV-fil eller en XLSX-fil" in odd.content.decode()


def test_numbers_are_read_only_where_a_check_needs_them(world: World) -> None:
    text = "namn;personnummer\nAnna Ek;19121212-1212\nBo Al;191212121212\nCia Dal;19121212-1213"
    needless = opened(world, places=9)
    client = hr_of(world)
    page = sent(client, needless, text)
    assert len(page.context["read"].people) == 3
    assert "Kolumnen med personnummer läses inte" in page.content.decode()
    confirmed(client, needless, page)
    assert not Candidacy.objects.filter(recruitment=needless.pk, number__isnull=False).exists()

    walk = opened(world, in_homes(world), places=9)
    page = sent(client, walk, text)
    assert [person.name for person in page.context["read"].people] == ["Anna Ek"]
    said = {fault.row: (fault.label, fault.why) for fault in page.context["read"].faults}
    assert said[3] == ("Raden", "Samma person som på rad 2.")
    assert said[4][0] == "Personnummer"
    confirmed(client, walk, page)
    (anna,) = walk.case().candidacies
    assert anna.number is not None
    assert anna.number_kind == "personnummer"


def test_nothing_in_clear_is_stored(world: World) -> None:
    from django.db import connection

    walk = opened(world, places=9)
    client = hr_of(world)
    confirmed(client, walk, sent(client, walk, "namn;telefon\nKlartext Hemlig;070-998877"))
    assert RoundPerson.objects.count() == 1
    everything = "SELECT * FROM {}"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(everything.format(connection.ops.quote_name(table)))
            for row in cursor.fetchall():
                assert "Klartext" not in str(row), table
                assert "998877" not in str(row), table


def test_the_page_is_for_whoever_may_propose_finalists(world: World) -> None:
    walk = opened(world)
    assert signed_in(world, "manager").get(url("enter_round", walk)).status_code == 200
    for name in ("other_hr", "employee", "administrator", "security_one"):
        client = signed_in(world, name)
        assert client.get(url("enter_round", walk)).status_code == 404, name
        assert client.post(url("enter_round", walk), {"once": str(uuid4())}).status_code == 404, name
    assert "Lägg in flera" in hr_of(world).get(url("recruitment_view", walk)).content.decode()
