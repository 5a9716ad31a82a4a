"""Bad input in the browser: a plain Swedish sentence, the form kept as typed, one effect, nothing lost."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.models import Entry
from tests.browser.person import Person
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.recruitment.actions.recruitment import join_recruitment
from vetting.recruitment.models import Candidacy, Check

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
NOTE = "Referenterna bekräftar erfarenheten av arbete med barn."


def begun(world: World, position: str = "assistant", answers: dict[str, bool] | None = None) -> Walk:
    """A recruitment with one finalist, declared by all."""
    walk = Walk(world, position).open(answers)
    walk.finalist()
    return walk


def check_of(walk: Walk, code: str) -> Check:
    """The finalist's check."""
    case = walk.case()
    found = case.check_named(code, case.candidacies[0])
    assert found is not None
    return found


def test_an_expired_sign_in_in_the_middle_of_a_form(live: Live) -> None:
    walk = begun(build_world())
    hr = Person(live, "hr")
    hr.go(f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1")
    references = hr.part("Referenser")
    hr.choose("Referenser tagna", of="Resultat", within=references)
    hr.type("Sammanfattning", NOTE, within=references)
    hr.page.context.clear_cookies(name="session")
    hr.press("Spara")
    assert "Du har blivit utloggad" in hr.text
    hr.give_password(user="hr")
    assert "Din text finns kvar" in hr.text
    hr.press("Öppna formuläret")
    assert check_of(walk, "references").state == "not_started", "nothing is stored meanwhile"
    box = hr.part("Referenser").get_by_label("Sammanfattning")
    assert box.input_value() == NOTE
    hr.press("Spara")
    assert check_of(walk, "references").state == "done"


def test_a_second_press_and_the_same_form_sent_again_have_one_effect(live: Live) -> None:
    walk = begun(build_world())
    hr = Person(live, "hr")
    hr.go(f"/rekryteringar/{walk.pk}/slutkandidat/ny/")
    hr.type("Namn", "Testa Testberg")
    hr.tick("Inget att anmäla")
    sent = {box: hr.page.locator(f"main [name={box}]").input_value() for box in ("once", "name")}
    sent["csrfmiddlewaretoken"] = hr.page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    hr.page.locator("main button[type=submit]").last.dblclick()
    hr.page.wait_for_url("**?k=K2")  # the second press cuts the first short, and one page comes
    again = hr.page.request.post(
        f"{live.url}/rekryteringar/{walk.pk}/slutkandidat/ny/",
        form=sent,
        headers={"Referer": live.url, "Origin": live.url},
    )
    assert again.ok
    assert again.url.endswith("?k=K2"), "the second press leads where the first did"
    assert Candidacy.objects.filter(recruitment=walk.pk).count() == 2
    hr.page.goto(f"/rekryteringar/{walk.pk}/?k=K2")
    assert "Slutkandidat K2" in hr.text


def test_two_people_editing_the_same_check(live: Live) -> None:
    world = build_world()
    walk = begun(world)
    world.hire("second_hr", "hr_officer", unit=world.units["school"], manager="head")
    join_recruitment(walk.case(), by=world.actor("second_hr"))
    walk.declare("second_hr")
    first, second = Person(live, "hr"), Person(live, "second_hr")
    address = f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1"
    for person, text in ((first, NOTE), (second, "Jag talade med en tredje referent.")):
        person.go(address)
        references = person.part("Referenser")
        person.choose("Referenser tagna", of="Resultat", within=references)
        person.type("Sammanfattning", text, within=references)
    first.press("Spara")
    second.press("Spara")
    assert "Sparat medan du skrev" in second.text
    assert "Hr" in second.part("Referenser").inner_text(), "who saved"
    box = second.part("Referenser").get_by_label("Sammanfattning")
    assert box.input_value() == "Jag talade med en tredje referent."
    assert Entry.objects.filter(subject=walk.pk, action="check.recorded").count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ord " * 25_600, "Den får vara högst"),
        ("Ring\x07 referenten", "tecken"),
        ("Bra \u202eatsre", "tecken"),
    ],
    ids=["100 kB", "control", "bidi"],
)
def test_a_note_that_cannot_be_kept(live: Live, text: str, sentence: str) -> None:
    walk = begun(build_world())
    hr = Person(live, "hr")
    hr.go(f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1")
    references = hr.part("Referenser")
    hr.choose("Referenser tagna", of="Resultat", within=references)
    hr.type("Sammanfattning", text, within=references)
    hr.choose("Giltig id-handling kontrollerad", of="Resultat", within=hr.part("Identitetskontroll"))
    hr.press("Spara")
    references = hr.part("Referenser")
    assert sentence in references.locator("[data-field=validation]").first.inner_text()
    assert references.get_by_label("Referenser tagna").is_checked()
    kept = references.get_by_label("Sammanfattning").input_value()
    assert kept.startswith(text[:4])
    assert len(kept) >= len(text.strip())
    assert hr.part("Identitetskontroll").get_by_label("Giltig id-handling kontrollerad").is_checked()
    assert check_of(walk, "references").state == "not_started"


def test_a_number_with_the_wrong_last_digit_and_a_day_that_has_not_come(live: Live) -> None:
    walk = begun(build_world(), "buyer", {"company_roles_decided": True})
    finalist = walk.case().candidacies[0]
    hr = Person(live, "hr")
    hr.go(f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/uppgifter/")
    hr.type("Personnummer eller samordningsnummer", "19811218-9877")
    hr.type("Telefon eller e-post", "070-111 11 11")
    hr.press("Spara")
    assert "Den sista siffran stämmer inte med de andra. Kontrollera numret." in hr.text
    assert hr.page.get_by_label("Personnummer eller samordningsnummer").input_value() == "19811218-9877"
    assert hr.page.get_by_label("Telefon eller e-post").input_value() == "070-111 11 11"

    hr.go(f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1")
    identity = hr.part("Identitetskontroll")
    hr.choose("Giltig id-handling kontrollerad", of="Resultat", within=identity)
    hr.choose("Pass", of="Slag av id-handling", within=identity)
    for day, sentence in (
        ("2099-01-01", "Datumet ligger i framtiden."),
        ("2026-02-30", "finns inte i kalendern"),
    ):
        hr.type("Kontrollerad den", day, within=hr.part("Identitetskontroll"))
        hr.press("Spara")
        assert sentence in hr.part("Identitetskontroll").inner_text()
        assert hr.part("Identitetskontroll").get_by_label("Kontrollerad den").input_value() == day
        assert hr.part("Identitetskontroll").get_by_label("Pass", exact=True).is_checked()
    assert check_of(walk, "id_check").state == "not_started"


def test_a_forced_step_is_refused_in_words_and_logged(live: Live) -> None:
    world = build_world()
    walk = begun(world)
    finalist = walk.case().candidacies[0]
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    one, other = Person(live, "hr"), Person(live, "hr")
    for tab in (one, other):
        tab.go(f"/rekryteringar/{walk.pk}/?k=K1")
    one.press("Gå vidare till slutkontroll med K1")
    other.press("Gå vidare till slutkontroll med K1")
    assert "Det här steget kan inte tas nu" in other.text
    assert Entry.objects.filter(subject=walk.pk, action="candidacy.proceeded").count() == 1
    assert Entry.objects.filter(subject=walk.pk, action="action.refused").count() == 1
    other.press("Visa läget nu")
    assert "Elevassistent" in other.text
    outside = Person(live, "other_hr")
    for address in (f"/rekryteringar/{walk.pk}/", f"/rekryteringar/{uuid4()}/"):
        assert outside.go(address) == 404
