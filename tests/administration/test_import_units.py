"""A list of units is read, shown as it will become, and laid up all at once or not at all."""

from __future__ import annotations

from typing import Any

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.organisation.models import Unit

PAGE = "/behorigheter/enheter/las-in/"
HEAD = "Myndighet;Enhet;Under;Profiler\n"
LIST = (
    HEAD + "Utbildningsnämnden;Grundskola;;\n"
    "Utbildningsnämnden;Tallskolan;Grundskola;Skola och förskola\n"
    "Kommunstyrelsen;Arkivet;Kommunledningskontoret;\n"
)


def send(world: World, text: str, **more: Any) -> Any:
    return client_of(world, "administrator", fresh=True).post(PAGE, filled(text=text, **more))


def test_the_list_is_shown_first_and_nothing_is_recorded(world: World) -> None:
    before = Unit.objects.count()
    answer = send(world, LIST)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "3 enheter läggs upp" in page
    assert "Tallskolan" in page
    assert Unit.objects.count() == before
    assert not Entry.objects.filter(action="unit.created").exists()


def test_when_it_has_been_read_every_unit_is_laid_up_with_an_entry_of_its_own(world: World) -> None:
    key = send(world, LIST).context["form"].warning_key
    assert send(world, LIST, read_warnings=key).status_code == 302
    school = Unit.objects.get(name="Tallskolan")
    assert (school.parent.name, school.profiles) == ("Grundskola", ["school"])
    assert Unit.objects.get(name="Arkivet").parent == world.units["executive"]
    assert Entry.objects.filter(action="unit.created").count() == 3


def test_rows_from_a_spreadsheet_have_tabs(world: World) -> None:
    assert "3 enheter läggs upp" in send(world, LIST.replace(";", "\t")).content.decode()


def test_each_faulty_row_is_told_by_its_number_and_none_is_laid_up(world: World) -> None:
    wrong = (
        HEAD + "Finns inte;A;;\n"
        "Utbildningsnämnden;Björkskolan;;\n"
        "Utbildningsnämnden;B;Ingenstans;\n"
        "Utbildningsnämnden;C;;Påhittad\n"
        "Utbildningsnämnden;D\n"
        "Utbildningsnämnden;;;\n"
        "Utbildningsnämnden;E;;\n"
        "Utbildningsnämnden;e;;\n"
    )
    before = Unit.objects.count()
    answer = send(world, wrong, read_warnings="anything")
    page = answer.content.decode()
    assert answer.status_code == 422
    for number in (2, 3, 4, 5, 6, 7, 9):
        assert f"Rad {number}:" in page, number
    assert "Rad 8:" not in page
    assert Unit.objects.count() == before


def test_a_list_without_its_first_row_or_without_rows_is_refused(world: World) -> None:
    for text in ("", "Björken;Eken", HEAD, "\x00"):
        assert send(world, text).status_code == 422


def test_three_hundred_units_in_one_list(world: World) -> None:
    text = HEAD + "".join(f"Utbildningsnämnden;Enhet {n};Björkskolan;\n" for n in range(300))
    key = send(world, text).context["form"].warning_key
    assert send(world, text, read_warnings=key).status_code == 302
    paths = Unit.objects.filter(name__startswith="Enhet ").values_list("path", flat=True)
    assert len(set(paths)) == 300
    assert max(paths) == "0001.0001.0300."


def test_a_name_that_two_units_have_puts_nothing_under_either(world: World) -> None:
    """Under the wrong namesake the people of another school would reach what is begun there."""
    for key in ("school", "school_two"):
        above = world.units[key]
        put(
            Unit(
                authority=world.authority,
                parent=above,
                name="Expeditionen",
                path=f"{above.path}0001.",
                valid_from=above.valid_from,
            ),
            "unit.created",
        )
    answer = send(world, HEAD + "Utbildningsnämnden;Postrummet;Expeditionen;\n")
    assert answer.status_code == 422
    assert "Rad 2: flera enheter heter så. Skriv hela vägen" in answer.content.decode()
    for way in ("Ekskolan/Expeditionen", "/Utbildningsförvaltningen/Ekskolan/expeditionen"):
        shown = send(world, HEAD + f"Utbildningsnämnden;Postrummet;{way};\n")
        (row,) = shown.context["form"].rows
        assert row.under.path.startswith(world.units["school_two"].path), way
    assert "finns inte där" in send(world, HEAD + "Utbildningsnämnden;P;/Expeditionen;\n").content.decode()
