"""The group forms: several checks with one button, blank rows untouched, nothing typed is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from audit.models import Entry
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy import create_candidacy
from vetting.recruitment.engine.progress import may_start

REFERENCES = {
    "references-outcome": "taken",
    "references-number": "two",
    "references-recent_manager": "yes",
    "references-summary": "Båda bekräftar erfarenheten.",
}


def shown(client: Any, address: str) -> dict[str, str]:
    """The form's fields as the browser would send them back untouched."""
    form = client.get(address).context["form"]
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value is not None:
            sent[name] = str(value)
    return sent | {"once": str(form.once_value)}


def test_the_advert_is_where_one_confirms_that_it_holds_the_text(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    page = client.get(url("record_group", walk, group="finalist") + "?k=K1").text
    assert "Texten till annonsen" in page
    assert "Bara av den som föreslås för platsen: Registerutdrag skola och förskola" in page


def test_what_stops_her_is_a_list(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    page = client.post(address, shown(client, address) | {"go_on": "1"}).text
    for what in ("Identitetskontroll", "Referenser"):
        assert f"<li>Saknas först: {what}</li>" in page


def test_several_checks_and_a_question_are_saved_with_one_button(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    fields = shown(client, address) | REFERENCES | {
        "notice-outcome": "given", "id_check-outcome": "confirmed", "id_check-id_type": "passport",
        "q-requires_work_permit": "no", "go_on": "1",
    }  # fmt: skip
    answer = client.post(address, fields)
    assert answer.status_code == 302
    assert "grupp/decision" in answer["Location"], "the decision's questions wait for the same person"
    case = walk.case()
    assert case.candidacy(finalist.pk).state == "checking"
    states = walk.states(finalist)
    assert (states["notice"], states["id_check"], states["references"]) == ("done", "done", "done")
    assert Entry.objects.filter(action="check.recorded", subject=walk.pk).count() == 3
    # A second press of the same button has no further effect.
    assert client.post(address, fields).status_code == 302
    assert Entry.objects.filter(action="check.recorded", subject=walk.pk).count() == 3


def test_what_is_filled_in_is_kept_while_somebody_elses_declaration_is_waited_for(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = create_candidacy(walk.case(), by=world.actor("hr"), name="Ny Testsson")
    walk.declare("hr")
    client, name = signed_in(world, "hr"), world.person("manager").display_name
    address = url("record_group", walk, group="finalist") + "?k=K1"
    assert f"Väntar på: {name}." in client.get(address).content.decode(), "told before anything is typed"
    fields = shown(client, address) | REFERENCES | {
        "notice-outcome": "given", "id_check-outcome": "confirmed", "id_check-id_type": "passport",
        "q-requires_work_permit": "no", "go_on": "1",
    }  # fmt: skip
    answer = client.post(address, fields, follow=True)
    page = answer.content.decode()
    assert "K1 kan gå vidare till slutkontroll när det här är på plats: " in page
    assert f"Jävsförklaring från alla som deltar ({name})." in page
    assert walk.case().candidacy(finalist.pk).state == "proposed"
    assert walk.states(finalist)["references"] == "done"
    listed = client.get(url("declaration_list", walk)).content.decode()
    assert f"{name}. Ingen slutkandidat kan gå vidare" in listed


def test_rows_left_at_not_now_are_untouched(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    client.post(address, shown(client, address) | {"notice-outcome": "given"})
    states = walk.states(finalist)
    assert (states["notice"], states["id_check"]) == ("done", "not_started")


def test_an_error_keeps_everything_that_was_typed(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    answer = client.post(
        address,
        shown(client, address)
        | REFERENCES
        | {"references-taken_on": "2099-01-01", "notice-outcome": "given"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Båda bekräftar erfarenheten." in page
    assert "2099-01-01" in page
    assert "Datumet ligger i framtiden" in page
    assert not Entry.objects.filter(action="check.recorded").exists()


def test_text_without_an_outcome_is_not_lost_in_silence(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    fields = shown(client, address) | {"references-summary": "Halvskriven text", "notice-outcome": "given"}
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "Halvskriven text" in answer.content.decode()


def test_a_personal_number_in_the_text_is_asked_about_once_more(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    fields = shown(client, address) | REFERENCES | {"references-summary": "Tolvan 19121212-1212 svarade."}
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "personnummer" in answer.content.decode()
    form = answer.context["form"]
    assert client.post(address, fields | {"read_warnings": form.warning_key}).status_code == 302


def test_what_a_colleague_recorded_meanwhile_is_shown_and_not_overwritten(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("record_group", walk, group="finalist") + "?k=K1"
    fields = shown(client, address) | REFERENCES
    walk.record(walk.case().check_named("references", finalist), by="manager")
    answer = client.post(address, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Båda bekräftar erfarenheten." in page
    assert "Sparat medan du skrev: Klar" in page
    assert ">Referenser: Resultat: Någon annan har antecknat" in page
    assert "Välj Inte nu för att låta det stå." in page
    assert "Manager" in page


def test_a_shown_only_extract_is_never_in_the_form(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    client = signed_in(world, "hr")
    answer = client.get(url("record_group", walk, group="decision") + "?k=K1")
    page = answer.content.decode()
    assert "Väntar på kandidaten" in page
    assert not [name for name in answer.context["form"].fields if name.startswith("crim_")]
    check = walk.case().check_named("crim_school", finalist)
    forced = post(client, url("record_check", walk, check=check.pk), outcome="shown")
    assert forced.status_code == 404


def test_forms_of_others_are_not_found(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    address = url("record_group", walk, group="finalist")
    for name in ("other_hr", "employee", "administrator"):
        client = signed_in(world, name)
        assert client.get(address).status_code == 404
        assert post(client, address, **{"notice-outcome": "given"}).status_code == 404
    assert signed_in(world, "hr").get(url("record_group", walk, group="nagot")).status_code == 404


def test_who_may_read_but_not_record_gets_no_form(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr_head")
    assert client.get(url("record_group", walk, group="finalist")).status_code == 302
    answer = post(client, url("record_group", walk, group="finalist"), **{"notice-outcome": "given"})
    assert answer.status_code == 422
    assert not Entry.objects.filter(action="check.recorded").exists()


def test_a_school_assistant_goes_from_need_to_start_in_few_pages(world: World) -> None:
    """Everything but the signature through the pages of the room; each value set by hand counts as a click."""
    clicks = 0
    walk = Walk(world, "assistant")
    hr, manager = signed_in(world, "hr"), signed_in(world, "manager")

    def send(client: Any, address: str, **chosen: str) -> Any:
        nonlocal clicks
        clicks += len(chosen) + 1
        answer = client.post(address, shown(client, address) | chosen)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer["Location"]

    send(
        hr, url("open_recruitment", walk), declares="on",
        **{"q-redeployment_case": "no", "q-priority_holder": "no"},
    )  # fmt: skip
    there = hr.post(
        url("create_candidacy", walk),
        {"once": str(uuid4()), "name": "Testa Persson", "contact": "0700-000000", "declares": "on"},
    )["Location"]
    clicks += 2
    post(manager, url("show_finalists", walk))
    declared = post(manager, url("give_declaration", walk), answer="nothing")
    assert declared.status_code == 302
    clicks += 2  # the names shown from the manager's own work, and one tap
    there = send(
        hr, there, **REFERENCES,
        **{"notice-outcome": "given", "id_check-outcome": "confirmed", "id_check-id_type": "passport",
           "q-requires_work_permit": "no", "go_on": "1"},
    )  # fmt: skip
    clicks -= 4  # two defaults of the references, its text is typed, and go_on is the button itself
    send(hr, there, **{"q-priority_holder_at_decision": "no", "q-secondary_job_reported": "no"})
    finalist = walk.case().candidacies[0]
    walk.sign(finalist)
    clicks += 2  # reached straight from the declaration: one question and the signature
    send(
        manager,
        url("record_group", walk, group="start") + "?k=K1",
        **{"secrecy_notice-outcome": "acknowledged"},
    )  # reached straight from the signature
    case = walk.case()
    assert may_start(case, case.candidacies[0])
    assert clicks <= 25 - 4, "four more for the page where it is created"
    assert "Får börja" in manager.get(url("recruitment_view", walk)).content.decode()
