"""Every way through the reporting pages by plain HTTP: what is sent is what is stored, once, for those shown."""

from __future__ import annotations

import re

import pytest

from tests.recruitment.walk import Walk
from tests.reports.public.visitor import Answer, Visitor
from tests.reports.recipients import Desk
from vetting.accounts.models import Person
from vetting.reports.actions.opening import read_messages
from vetting.reports.models import Alarm, Identity, Member, Report
from vetting.reports.returning import Returned, come_back

STORY = "Han sade att jag visste vad som händer om tillståndet inte ges."


def begin(way: str) -> tuple[Visitor, Answer]:
    visitor = Visitor()
    page = visitor.get(f"/anmal/{way}/")
    assert page.status == 200
    return visitor, page


def on(visitor: Visitor, page: Answer, to: str = "on", **told: str | list[str]) -> Answer:
    """Press a button of a step."""
    answer = visitor.post("/anmal/steg/", {"t": page.token, "to": to, **told})
    assert answer.status == 200
    return answer


def returned(page: Answer) -> Returned:
    back = come_back(page.code)
    assert back is not None
    return back


def ticks(page: Answer) -> dict[str, str]:
    """The recipients of a page: name → mark."""
    found = re.findall(r'name="readers" value="(\w+)".*?>([^<]+)</label>', page.text, re.S)
    return {label.rpartition(": ")[2]: mark for mark, label in found}


def test_a_number_alone_is_enough(desk: Desk) -> None:
    visitor, page = begin("ring")
    told = {"t": page.token, "number": "070-174 06 10", "readers": list(ticks(page).values())}
    receipt = visitor.post("/anmal/ring/", told)
    back = returned(receipt)
    assert (back.report.way, back.report.channel, back.report.mode) == ("call", "pressure", "anonymous")
    assert back.key.text(back.report, "contact") == "070-174 06 10"
    assert "contact" in back.consents
    assert not Alarm.objects.exists()


def test_a_minute_is_enough(desk: Desk) -> None:
    visitor, page = begin("kort")
    overview = on(visitor, page, story=STORY, when="today", kind=["threat", "at_home_is_no_kind"][:1])
    assert "Inget är skickat än" in overview.text
    assert not Report.objects.exists()
    back = returned(on(visitor, overview, "send"))
    assert back.texts[0].text == STORY
    assert back.key.json(back.report, "facts") == {"when": "today", "kind": ["threat"]}
    assert back.report.mode == "anonymous"
    assert Member.objects.filter(report=back.report).count() == 3


def test_the_full_way(desk: Desk) -> None:
    visitor, page = begin("fullt")
    page = on(visitor, page, story=STORY)
    page = on(visitor, page, when="ongoing", where=["phone", "at_home"], repeated="yes")
    page = on(visitor, page, readers=list(ticks(page).values()))
    page = on(visitor, page, name="Karin Lind", contact="070-174 06 11", consents=["contact", "manager"])
    assert "Karin Lind" in page.text
    back = returned(on(visitor, page, "send"))
    assert back.report.mode == "confidential"
    assert back.consents == {"contact", "manager"}
    assert back.key.json(back.report, "facts") == {
        "when": "ongoing",
        "where": ["phone", "at_home"],
        "repeated": "yes",
    }
    assert Identity.objects.filter(report=back.report).count() == 1


def test_two_screens_are_enough(desk: Desk) -> None:
    visitor, page = begin("fullt")
    overview = on(visitor, page, "skip", story=STORY)
    assert returned(on(visitor, overview, "send")).texts[0].text == STORY


def test_for_somebody_else(desk: Desk) -> None:
    visitor, page = begin("annan")
    overview = on(visitor, page, "skip", story=STORY, other_person="Nils Berg på miljö")
    back = returned(on(visitor, overview, "send"))
    assert back.key.text(back.report, "other_person") == "Nils Berg på miljö"
    assert not Identity.objects.exists()


def test_only_what_happened_is_required(desk: Desk) -> None:
    visitor, page = begin("kort")
    again = on(visitor, page, story="  ", when="today")
    assert "Skriv några ord om vad som har hänt." in again.text
    assert "checked" in again.text


def test_everything_can_be_changed_before_it_is_sent(desk: Desk) -> None:
    visitor, page = begin("kort")
    overview = on(visitor, page, story=STORY, when="today")
    story = on(visitor, overview, "story")
    assert STORY in story.text
    overview = on(visitor, story, story="Något annat.", when="earlier")
    questions = on(visitor, overview, "questions")
    overview = on(visitor, questions, when="earlier", repeated="no")
    overview = on(visitor, on(visitor, overview, "self"), name="")
    back = returned(on(visitor, overview, "send"))
    assert back.texts[0].text == "Något annat."
    assert back.key.json(back.report, "facts") == {"when": "earlier", "repeated": "no"}


def test_back_loses_nothing(desk: Desk) -> None:
    visitor, page = begin("fullt")
    questions = on(visitor, page, story=STORY)
    story = on(visitor, questions, "back", repeated="yes")
    assert STORY in story.text
    questions = on(visitor, story, story=STORY)
    assert re.search(r'value="yes"[^>]*checked', questions.text)


def test_pressed_twice_it_is_one_report_with_one_code(desk: Desk) -> None:
    visitor, page = begin("kort")
    overview = on(visitor, page, story=STORY)
    first, second = on(visitor, overview, "send"), on(visitor, overview, "send")
    assert first.code == second.code
    assert Report.objects.count() == 1


def test_a_recipient_who_is_taken_out_has_no_place_in_it(desk: Desk) -> None:
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    marks = ticks(page)
    assert len(marks) == 3
    names = {each.person_id: name for name, each in desk.keys.items()}
    gone = next(label for label in marks if "ragnar" in label.lower())
    page = on(visitor, page, readers=[mark for label, mark in marks.items() if label != gone])
    overview = on(visitor, page)
    assert "borttagen, får inte läsa" in overview.text
    back = returned(on(visitor, overview, "send"))
    places = {names[place.person_id] for place in Member.objects.filter(report=back.report)}
    assert places == {"rita", "rosa"}


def test_whom_it_concerns_does_not_get_it(desk: Desk) -> None:
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    name = next(label for label in ticks(page) if "rosa" in label.lower())
    page = on(visitor, page, about=f"Det handlar om {name}.", readers=list(ticks(page).values()))
    overview = on(visitor, page)
    assert "får inte läsa, för det rör personen" in overview.text
    back = returned(on(visitor, overview, "send"))
    assert not Member.objects.filter(report=back.report, person_id=desk.person("rosa")).exists()
    assert f"Det rör: Det handlar om {name}." in back.texts[0].text


def test_whom_it_concerns_is_kept_out_of_every_circle_to_come(desk: Desk) -> None:
    """Named while the report goes to others: a second look or another channel does not let her in either."""
    name = Person.objects.get(pk=desk.person("alva")).display_name
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    page = on(visitor, page, about=f"Det handlar om {name}.", readers=list(ticks(page).values()))
    back = returned(on(visitor, on(visitor, page), "send"))
    said = back.key.json(back.report, "consents")
    assert str(desk.person("alva")) in said["excluded"]


def test_about_the_security_function_it_goes_to_the_other_group(desk: Desk) -> None:
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    page = on(visitor, page, concerns_security="on", readers=list(ticks(page).values()))
    overview = on(visitor, page)
    assert "Alternativa gruppen" in overview.text
    back = returned(on(visitor, overview, "send"))
    assert (back.report.directory, back.report.two_persons) == ("alternative", True)
    readers = set(Member.objects.filter(report=back.report).values_list("person_id", flat=True))
    assert readers == {desk.person(name) for name in ("alva", "axel", "agnes")}


def test_nobody_left_is_told_before_anything_is_lost(desk: Desk) -> None:
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    overview = on(visitor, on(visitor, page, readers=[]))
    again = on(visitor, overview, "send")
    assert "ingen kvar som kan ta emot" in again.text
    assert STORY in again.text
    assert not Report.objects.exists()


def test_the_duty_is_alarmed_by_choice_alone(desk: Desk) -> None:
    visitor, page = begin("kort")
    overview = on(visitor, page, story=STORY)
    returned(on(visitor, overview, "send", alarm="on"))
    assert Alarm.objects.count() == 1


def test_the_whistleblowing_channel_has_recipients_of_its_own(desk: Desk) -> None:
    visitor, page = begin("visselblasning/anmal")
    overview = on(visitor, page, "skip", story=STORY)
    back = returned(on(visitor, overview, "send"))
    assert back.report.channel == "whistleblowing"
    readers = set(Member.objects.filter(report=back.report).values_list("person_id", flat=True))
    assert readers == {desk.person("viola"), desk.person("vera")}


def test_a_code_in_the_text_is_refused(desk: Desk) -> None:
    receipt = desk.send()
    visitor, page = begin("kort")
    again = on(visitor, page, story=f"Min kod är {'-'.join(receipt.code.groups)}.")
    assert "Här står en återkomstkod" in again.text


def test_the_code_is_checked_to_be_saved(desk: Desk) -> None:
    visitor, page = begin("kort")
    receipt = on(visitor, on(visitor, page, story=STORY), "send")
    numbers = [int(number) for number in re.findall(r">Grupp (\d)<", receipt.text)]
    groups = [receipt.code[4 * number - 4 : 4 * number].lower() for number in numbers]
    wrong = visitor.post(
        "/anmal/kvitto/", {"t": receipt.token, "to": "check", "one": "AAAA", "other": groups[1]}
    )
    assert "stämmer inte" in wrong.text
    told = {"t": receipt.token, "to": "check", "one": groups[0], "other": groups[1]}
    assert "Det stämmer. Du har koden." in visitor.post("/anmal/kvitto/", told).text


@pytest.mark.parametrize("dressed", ["{}", " {} ", "lower"])
def test_coming_back_and_writing(desk: Desk, dressed: str) -> None:
    receipt = desk.send(story=STORY)
    typed = "-".join(receipt.code.groups)
    typed = typed.lower().replace("0", "o").replace("-", " ") if dressed == "lower" else dressed.format(typed)
    visitor = Visitor()
    page = visitor.post("/anmal/inkorg/", {"code": typed})
    assert STORY in page.text
    done = visitor.post("/anmal/inkorg/", {"t": page.token, "to": "write", "text": "Han ringde igen."})
    assert "Det du skrev är sparat" in done.text
    # The same press once more is the same act.
    assert (
        "redan sparat"
        in visitor.post("/anmal/inkorg/", {"t": page.token, "to": "write", "text": "Han ringde igen."}).text
    )
    by = {"by": desk.actor("rita"), "vault": desk.vault("rita")}
    assert [text for _message, text in read_messages(desk.case(receipt), **by)] == [STORY, "Han ringde igen."]


def test_a_name_is_given_and_taken_back(desk: Desk) -> None:
    receipt = desk.send()
    visitor = Visitor()
    page = visitor.post("/anmal/inkorg/", {"code": "".join(receipt.code.groups)})
    page = visitor.post("/anmal/inkorg/", {"t": page.token, "to": "give_name", "name": "Karin Lind"})
    assert "Ditt namn är inlåst här" in page.text
    assert "Karin Lind" not in page.text
    page = visitor.post("/anmal/inkorg/", {"t": page.token, "to": "take_name"})
    assert "Ditt namn är borta" in page.text


def test_how_one_is_reached_is_taken_back(desk: Desk) -> None:
    receipt = desk.send(contact="070-174 06 12", consents=["contact"])
    visitor = Visitor()
    page = visitor.post("/anmal/inkorg/", {"code": "".join(receipt.code.groups)})
    assert "070-174 06 12" in page.text
    page = visitor.post("/anmal/inkorg/", {"t": page.token, "to": "consents", "forget_contact": "on"})
    assert "070-174 06 12" not in page.text
    back = come_back("".join(receipt.code.groups))
    assert back is not None
    assert back.consents == frozenset()


def test_those_who_handle_a_recruitment_that_is_named_do_not_get_it(desk: Desk) -> None:
    desk.world.hire("manager", "report_recipient", authority=desk.world.other_authority)
    desk.certify("manager", "report_recipient")
    case = Walk(desk.world, "buyer").case()
    visitor, page = begin("fullt")
    page = on(visitor, on(visitor, page, story=STORY))
    assert len(ticks(page)) == 4
    about = f"rekryteringen {case.recruitment.reference.lower()}"
    overview = on(visitor, on(visitor, page, about=about, readers=list(ticks(page).values())))
    assert "får inte läsa, för det rör personen" in overview.text
    back = returned(on(visitor, overview, "send"))
    readers = set(Member.objects.filter(report=back.report).values_list("person_id", flat=True))
    assert readers == {desk.person(name) for name in ("rita", "ragnar", "rosa")}
