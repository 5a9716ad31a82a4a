"""Several clean opinions signed with one touch: each stands alone, none lends its signature to another."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from audit import clock
from audit.models import Entry
from tests.harness.soft_key import UP, SoftKey, unpadded
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.opinions import ask, page
from tests.recruitment.signing import HIDDEN, give_key, options_in
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.opinion import recall_opinion
from vetting.recruitment.models import VoteSignature

Asked = tuple[Walk, Any, UUID]
Fields = dict[str, str | list[str]]


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


@pytest.fixture
def one(world: World, key: SoftKey) -> Any:
    """An approver with a key of her own, who has shown nothing lately."""
    client = client_of(world, "security_one")
    assert give_key(client, key).status_code == 200
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    return client


@pytest.fixture
def three(world: World) -> list[Asked]:
    return [ask(world) for _each in range(3)]


def begin(client: Any, asked: list[Asked]) -> tuple[Any, Fields]:
    """Tick the rounds; the page that shows them, and the hidden fields of its first form."""
    shown = send(client, "support_many", {"once": str(uuid4()), "pick": [str(each[2]) for each in asked]})
    first = text_of(shown).partition("data-security-key")[2].partition("</form>")[0]
    found: Fields = {}
    for name, value in HIDDEN.findall(first):
        if name == "pick":
            found.setdefault("pick", []).append(value)
        else:
            found[name] = html.unescape(value)
    return shown, found


def sign(client: Any, asked: list[Asked], key: SoftKey) -> Any:
    shown, fields = begin(client, asked)
    return client.post(
        "/godkannanden/tillstyrk/", {**fields, "answer": key.get(options_in(shown))}, follow=True
    )


def states(asked: list[Asked]) -> list[str]:
    return [str(walk.case().opinion(opinion).state) for walk, _finalist, opinion in asked]


def test_one_touch_signs_three(one: Any, three: list[Asked], key: SoftKey, world: World) -> None:
    shown, _fields = begin(one, three)
    for walk, _finalist, _opinion in three:
        case = walk.case()
        for said in (case.recruitment.reference, case.position.title, case.unit.name, "Referenser"):
            assert said in text_of(shown)
    assert "Testa Persson" not in text_of(shown)
    assert not VoteSignature.objects.exists()
    assert "3 yttranden lämnade" in text_of(sign(one, three, key))
    assert states(three) == ["approved"] * 3
    rows = list(VoteSignature.objects.order_by("place"))
    assert [(row.how, row.place, row.count) for row in rows] == [("signed", n, 3) for n in (1, 2, 3)]
    assert len({(row.batch, bytes(row.signature or b"")) for row in rows}) == 1
    listed = rows[0].batch.splitlines()[1:]
    assert listed == [sha256(row.text.encode()).hexdigest() for row in rows]
    challenge = json.loads(bytes(rows[0].client_data or b""))["challenge"]
    assert unpadded(challenge) == sha256(rows[0].batch.encode()).digest()
    for row in rows:
        told = text_of(page(one, *next((w, o) for w, _f, o in three if o == row.opinion_id)))
        assert "med en beröring för 3 yttranden" in told
        others = [walk.case().recruitment.reference for walk, _f, o in three if o != row.opinion_id]
        assert not any(reference in row.text + row.batch for reference in others)
    entries = Entry.objects.filter(action="opinion.vote_recorded")
    assert [entry.facts["method"] for entry in entries] == ["signed"] * 3


def test_what_is_shown_is_read(one: Any, three: list[Asked]) -> None:
    begin(one, three)
    assert Entry.objects.filter(action="opinion.viewed").count() == 3


def test_the_page_asks_the_same_however_many(
    one: Any, three: list[Asked], django_assert_max_num_queries: Any, world: World
) -> None:
    for asked in three:  # assigned: nothing to record
        send(one, "take_opinion", pk=asked[0].pk, opinion=asked[2])
    begin(one, three)
    with django_assert_max_num_queries(45) as few:
        begin(one, three[:1])
    with django_assert_max_num_queries(len(few.captured_queries)):
        begin(one, three)


def _refused(client: Any, asked: list[Asked], fields: Fields) -> None:
    answer = client.post("/godkannanden/tillstyrk/", fields, follow=True)
    assert "yttranden lämnade" not in text_of(answer)
    assert "Tillstyrk" in text_of(answer)
    assert not any(walk.case().votes for walk, _finalist, _opinion in asked)


def test_an_answer_is_good_for_what_was_shown_and_once(
    one: Any, three: list[Asked], key: SoftKey, world: World
) -> None:
    shown, fields = begin(one, three)
    answer = key.get(options_in(shown))
    picks = list(fields["pick"])
    # Another order, one left out, one put in, another draft: none is what was signed.
    for changed in ([*reversed(picks)], picks[:2], [*picks[:2], str(uuid4())]):
        _refused(one, three, {**fields, "pick": changed, "answer": answer})
    shown, fields = begin(one, three)
    _other, others = begin(one, three)
    _refused(one, three, {**fields, "answer": answer})
    _refused(one, three, {**fields, "draft": others["draft"], "answer": key.get(options_in(shown))})
    shown, fields = begin(one, three)
    bad = str(fields["draft"])
    _refused(one, three, {**fields, "draft": bad[:-8] + "AAAAAAAA", "answer": key.get(options_in(shown))})


def test_another_key_and_one_without_pin_are_refused(one: Any, three: list[Asked], key: SoftKey) -> None:
    stranger = SoftKey(credential_id=key.credential_id)
    no_pin = SoftKey(private=key.private, credential_id=key.credential_id, flags=UP)
    for wrong in (stranger, no_pin):
        shown, fields = begin(one, three)
        _refused(one, three, {**fields, "answer": wrong.get(options_in(shown))})


def test_the_draft_of_one_page_is_nothing_on_another(one: Any, three: list[Asked], key: SoftKey) -> None:
    walk, _finalist, opinion = three[0]
    send(one, "take_opinion", pk=walk.pk, opinion=opinion)
    shown, fields = begin(one, three[:1])
    single = {"once": str(uuid4()), "outcome": "supported", "reasons": "", "draft": str(fields["draft"])}
    answer = send(
        one, "decide_opinion", {**single, "answer": key.get(options_in(shown))}, pk=walk.pk, opinion=opinion
    )
    assert "Signaturen godtogs inte" in text_of(answer)
    assert not walk.case().votes


def test_after_five_minutes_it_is_shown_anew(one: Any, three: list[Asked], key: SoftKey) -> None:
    shown, fields = begin(one, three)
    with clock.at(clock.now() + timedelta(minutes=5, seconds=2)):
        _refused(one, three, {**fields, "answer": key.get(options_in(shown))})


def test_one_that_falls_out_is_named_and_the_others_stand(
    one: Any, three: list[Asked], key: SoftKey, world: World
) -> None:
    shown, fields = begin(one, three)
    changed = three[1][0].case()
    check = next(each for each in changed.checks_of(changed.candidacies[0]) if each.recorded_on)
    check.changed_at = clock.now()
    put(check)  # saved again: another entry than the one that was shown
    sent = {**fields, "answer": key.get(options_in(shown))}
    for _click in range(2):
        told = text_of(one.post("/godkannanden/tillstyrk/", sent, follow=True))
        assert "2 yttranden lämnade" in told
        assert f"{changed.recruitment.reference} K1 lämnades inte" in told
    assert states(three) == ["approved", "requested", "approved"]
    # Two places of the list are in use; what stands at the third is a digest and no more.
    rows = VoteSignature.objects.all()
    assert {row.opinion_id for row in rows} == {three[0][2], three[2][2]}
    assert [row.count for row in rows] == [3, 3]


def test_recused_recalled_and_voted_meanwhile_fall_out(
    one: Any, three: list[Asked], key: SoftKey, world: World
) -> None:
    shown, fields = begin(one, three)
    first, second, _third = (walk.case() for walk, _finalist, _opinion in three)
    set_recusal(
        first,
        by=world.actor("security_head"),
        person_id=world.person_id("security_one"),
        reason="Jäv i ärendet.",
    )
    recall_opinion(second, by=world.actor("hr"), opinion=second.opinion(three[1][2]))
    three[2][0].vote(three[2][2], "security_two")
    sent = {**fields, "answer": key.get(options_in(shown))}
    told = text_of(one.post("/godkannanden/tillstyrk/", sent, follow=True))
    assert "lämnade." not in told
    assert states(three) == ["requested", "recalled", "approved"]
    assert not VoteSignature.objects.filter(person=world.person_id("security_one")).exists()


def test_only_clean_ones_that_one_opinion_settles_are_taken(
    one: Any, three: list[Asked], key: SoftKey, world: World
) -> None:
    two_needed = three[2][0].case().opinion(three[2][2])
    two_needed.approvers = 2
    put(two_needed)
    shown, fields = begin(one, three)
    assert len(fields["pick"]) == 2
    told = text_of(shown)
    assert "Två ska yttra sig, dolt för varandra" in told
    assert told.count("Inte med") == 1
    assert "2 yttranden lämnade" in text_of(sign(one, three, key))
    assert states(three) == ["approved", "approved", "requested"]


def test_without_a_key_the_record_says_so_and_what_was_shown_holds(three: list[Asked], world: World) -> None:
    client = client_of(world, "security_two")
    shown = send(client, "support_many", {"once": str(uuid4()), "pick": [str(each[2]) for each in three]})
    assert "antecknas som inte signerat" in text_of(shown)
    picks = [value for name, value in HIDDEN.findall(text_of(shown)) if name == "pick"]
    fields = dict(HIDDEN.findall(text_of(shown))) | {"pick": picks}
    # What was never shown is not confirmed.
    again = client.post("/godkannanden/tillstyrk/", {**fields, "draft": ""})
    assert "Sidan hade stått för länge" in text_of(again)
    assert not VoteSignature.objects.exists()
    assert "3 yttranden lämnade" in text_of(client.post("/godkannanden/tillstyrk/", fields, follow=True))
    assert {(row.how, row.batch, row.place) for row in VoteSignature.objects.all()} == {("password", "", 0)}
    told = text_of(page(client, three[0][0], three[0][2]))
    assert "bekräftat med lösenord, inte signerat" in told


def test_where_a_signature_is_required_a_batch_needs_it_too(
    one: Any, three: list[Asked], key: SoftKey, settings: Any, world: World
) -> None:
    settings.SIGNED_OPINIONS_REQUIRED = True
    shown, fields = begin(one, three)
    assert "Lämna utan signatur" not in text_of(shown)
    _refused(one, three, {**fields, "unsigned": "1"})
    two = client_of(world, "security_two")
    shown = send(two, "support_many", {"once": str(uuid4()), "pick": [str(each[2]) for each in three]})
    assert "ska yttranden signeras" in text_of(shown)
    assert "3 yttranden lämnade" in text_of(sign(one, three, key))


@pytest.fixture
def given(one: Any, three: list[Asked], key: SoftKey) -> VoteSignature:
    sign(one, three, key)
    return VoteSignature.objects.order_by("place")[0]


@pytest.mark.parametrize(("batch", "place"), [("", 1), ("x", 0), ("x", 21)])
def test_the_database_refuses_a_place_in_no_list(given: VoteSignature, batch: str, place: int) -> None:
    given.pk, given.batch, given.place = uuid4(), batch, place
    with pytest.raises(IntegrityError), transaction.atomic():
        given._state.adding = True
        put(given)


def test_twenty_weigh_no_more_than_any_page(one: Any, world: World) -> None:
    """What is sealed for the key stands there once, whichever button is pressed."""
    asked = [ask(world) for _each in range(20)]
    shown, fields = begin(one, asked)
    assert len(fields["pick"]) == len(asked)
    assert len(shown.content) <= 60_000
    page = text_of(shown)
    assert page.count('name="draft"') == 1
    assert re.search(r'<button[^>]* form="signera" name="unsigned" value="1"', page)
    assert '<form class="app-form" id="signera"' in page
