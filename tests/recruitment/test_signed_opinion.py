"""An approval signed with the approver's own security key: one touch, over the text that is stored; else it says so."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import DatabaseError, connection, transaction

from audit import clock
from audit.models import Entry
from tests.harness.soft_key import UP, SoftKey, unpadded
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.opinions import REASONS, SECRET, ask, page
from tests.recruitment.signing import begin, finish, give_key, give_signed, options_in
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.accounts.second_factor import keys
from vetting.recruitment.models import VoteSignature

Asked = tuple[Walk, Any, UUID]


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


@pytest.fixture
def one(asked: Asked, world: World, key: SoftKey) -> Any:
    """The first approver, who has taken the round and added her key, without a fresh step-up."""
    client = client_of(world, "security_one")
    assert give_key(client, key).status_code == 200
    send(client, "take_opinion", pk=asked[0].pk, opinion=asked[2])
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    return client


@pytest.mark.parametrize("kind", ["ES256", "EdDSA", "RS256"])
def test_one_touch_confirms_and_signs(asked: Asked, world: World, kind: str) -> None:
    walk, _finalist, opinion = asked
    client, key = client_of(world, "security_one"), SoftKey(kind)
    give_key(client, key)
    send(client, "take_opinion", pk=walk.pk, opinion=opinion)
    assert "signerar med din säkerhetsnyckel" in text_of(page(client, walk, opinion))
    assert give_signed(client, walk, opinion, key).status_code == 302
    row = VoteSignature.objects.get()
    vote = walk.case().votes[0]
    assert (row.how, row.vote_id, row.key_name) == ("signed", vote.pk, "Nyckelknippan")
    challenge = json.loads(bytes(row.client_data))["challenge"]
    assert unpadded(challenge) == sha256(row.text.encode()).digest()
    for said in (walk.case().recruitment.reference, str(opinion), str(vote.pk), str(vote.person_id)):
        assert said in row.text
    shown = text_of(page(client, walk, opinion))
    assert f"signerat med säkerhetsnyckeln Nyckelknippan, fingeravtryck {row.key_fingerprint[:4]}" in shown
    assert "Signerat med säkerhetsnyckel." in text_of(
        client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/")
    )


def test_the_touch_is_the_step_up_too(one: Any, asked: Asked, key: SoftKey) -> None:
    walk, _finalist, opinion = asked
    # Nothing is fresh: without signing she is asked to show who she is.
    _page, fields = begin(one, walk, opinion)
    unsigned = {name: value for name, value in fields.items() if name not in {"answer", "draft"}}
    assert finish(one, walk, opinion, {**unsigned, "unsigned": "1"}).status_code == 401
    assert not walk.case().votes
    assert give_signed(one, walk, opinion, key).status_code == 302
    assert walk.case().opinion(opinion).state == "approved"


def test_the_text_and_the_rows_tell_nothing_of_the_vote(
    one: Any, asked: Asked, world: World, key: SoftKey
) -> None:
    walk, _finalist, opinion = asked
    form = {"outcome": "advised_against", "reasons": f"{SECRET} och mera till."}
    asking, fields = begin(one, walk, opinion, **form)
    assert "Avstyrk" in text_of(asking)
    finish(one, walk, opinion, {**fields, "answer": key.get(options_in(asking))})
    row = VoteSignature.objects.get()
    for told in (row.text, bytes(row.client_data).decode(), str(one.session.items())):
        assert SECRET not in told
        assert "advised" not in told
        assert "Avstyrk" not in told


def _refused(one: Any, walk: Walk, opinion: UUID, fields: dict[str, str]) -> None:
    answer = finish(one, walk, opinion, fields)
    assert answer.status_code == 200
    assert "Signaturen godtogs inte" in text_of(answer)
    assert not walk.case().votes


def test_an_answer_is_good_once(one: Any, asked: Asked, key: SoftKey) -> None:
    walk, _finalist, opinion = asked
    asking, fields = begin(one, walk, opinion)
    spent = {**fields, "answer": key.get(options_in(asking))}
    begin(one, walk, opinion)  # a new challenge
    _refused(one, walk, opinion, spent)
    _refused(one, walk, opinion, spent)


def test_another_key_another_text_or_no_pin_is_refused(one: Any, asked: Asked, key: SoftKey) -> None:
    walk, _finalist, opinion = asked
    stranger = SoftKey(credential_id=key.credential_id)
    no_pin = SoftKey(private=key.private, credential_id=key.credential_id, flags=UP)
    elsewhere = SoftKey(private=key.private, credential_id=key.credential_id, origin="http://testserver:8000")
    for wrong in (stranger, no_pin, elsewhere):
        asking, fields = begin(one, walk, opinion)
        _refused(one, walk, opinion, {**fields, "answer": wrong.get(options_in(asking))})
    asking, fields = begin(one, walk, opinion)
    other = {"outcome": "returned", "reasons": REASONS}
    _refused(one, walk, opinion, {**fields, **other, "answer": key.get(options_in(asking))})
    asking, fields = begin(one, walk, opinion)
    answer = key.get(options_in(asking))
    key.counter -= 2
    _refused(one, walk, opinion, {**fields, "draft": fields["draft"][:-8] + "AAAAAAAA", "answer": answer})


def test_a_draft_of_another_round_or_of_another_person_is_refused(
    one: Any, asked: Asked, world: World, key: SoftKey
) -> None:
    walk, _finalist, opinion = asked
    other_walk, _other, other = ask(world)
    send(one, "take_opinion", pk=other_walk.pk, opinion=other)
    asking, fields = begin(one, walk, opinion)
    _refused(one, other_walk, other, {**fields, "answer": key.get(options_in(asking))})
    two, hers = client_of(world, "security_two"), SoftKey()
    give_key(two, hers)
    send(two, "take_opinion", pk=walk.pk, opinion=opinion)
    asking, fields = begin(one, walk, opinion)
    _refused(two, walk, opinion, {**fields, "answer": key.get(options_in(asking))})


def test_after_five_minutes_it_is_signed_anew(one: Any, asked: Asked, key: SoftKey) -> None:
    walk, _finalist, opinion = asked
    asking, fields = begin(one, walk, opinion)
    with clock.at(clock.now() + timedelta(minutes=5, seconds=2)):
        _refused(one, walk, opinion, {**fields, "answer": key.get(options_in(asking))})


def test_a_case_that_changed_meanwhile_is_read_again(
    one: Any, asked: Asked, key: SoftKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, _finalist, opinion = asked
    form = {"outcome": "returned", "reasons": REASONS}
    asking, fields = begin(one, walk, opinion, **form)
    monkeypatch.setattr("vetting.recruitment.approval.material", lambda case, candidacy: {"another": 1})
    answer = finish(one, walk, opinion, {**fields, "answer": key.get(options_in(asking))})
    assert answer.status_code == 409
    assert "Underlaget har ändrats" in text_of(answer)
    assert REASONS in text_of(answer)
    assert not walk.case().votes


def test_a_second_click_is_answered_as_the_first(one: Any, asked: Asked, key: SoftKey) -> None:
    walk, _finalist, opinion = asked
    asking, fields = begin(one, walk, opinion)
    sent = {**fields, "answer": key.get(options_in(asking))}
    assert finish(one, walk, opinion, sent).status_code == 302
    assert finish(one, walk, opinion, sent).status_code == 302
    assert VoteSignature.objects.count() == 1


def test_without_a_key_the_record_says_what_was_shown(asked: Asked, world: World) -> None:
    walk, _finalist, opinion = asked
    client = client_of(world, "security_one")
    send(client, "take_opinion", pk=walk.pk, opinion=opinion)
    assert "antecknas som inte signerat" in text_of(page(client, walk, opinion))
    send(client, "decide_opinion", {"outcome": "supported", "reasons": ""}, pk=walk.pk, opinion=opinion)
    row = VoteSignature.objects.get()
    assert (row.how, row.text, row.signature) == ("password", "", None)
    assert "bekräftat med lösenord, inte signerat" in text_of(page(client, walk, opinion))
    assert Entry.objects.get(action="opinion.vote_recorded").facts["method"] == "password"


def test_where_a_signature_is_required_nothing_else_will_do(
    one: Any, asked: Asked, world: World, key: SoftKey, settings: Any
) -> None:
    settings.SIGNED_OPINIONS_REQUIRED = True
    walk, _finalist, opinion = asked
    asking, fields = begin(one, walk, opinion)
    assert "Lämna utan signatur" not in text_of(asking)
    unsigned = {name: value for name, value in fields.items() if name not in {"answer", "draft"}}
    assert "Signera yttrandet" in text_of(finish(one, walk, opinion, {**unsigned, "unsigned": "1"}))
    two = client_of(world, "security_two")
    send(two, "take_opinion", pk=walk.pk, opinion=opinion)
    told = send(two, "decide_opinion", {"outcome": "supported", "reasons": ""}, pk=walk.pk, opinion=opinion)
    assert "ska yttranden signeras" in text_of(told)
    assert not walk.case().votes
    assert give_signed(one, walk, opinion, key).status_code == 302


def test_a_vote_that_is_taken_back_keeps_its_signature(world: World) -> None:
    walk, _finalist, opinion = ask(world, "buyer_lead")
    client, key = client_of(world, "security_one"), SoftKey()
    give_key(client, key)
    send(client, "take_opinion", pk=walk.pk, opinion=opinion)
    assert give_signed(client, walk, opinion, key).status_code == 302
    assert send(client, "withdraw_vote", pk=walk.pk, opinion=opinion).status_code == 302
    kept = VoteSignature.objects.get()
    assert kept.vote.state == "withdrawn"
    assert "signerat med" not in text_of(page(client, walk, opinion))
    own = kept.pk.hex if connection.vendor == "sqlite" else kept.pk
    change = "UPDATE recruitment_votesignature SET text = %s, entry_id = entry_id + 1 WHERE id = %s"
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, ["en annan text", own])


def test_the_log_names_the_key_that_came_and_went(one: Any, key: SoftKey) -> None:
    row = Authenticator.objects.get(type="webauthn")
    fingerprint = keys.fingerprint_of(keys.credential_of(row))
    added = Entry.objects.filter(action="account.sign_in_edited").order_by("id")
    assert [e.facts.get("digest") for e in added if e.facts["method"] == "key_added"] == [fingerprint]
    # Gone again: by her own hand, with what she has just shown.
    Authenticator.objects.get(type="webauthn")
    asking = one.get("/bekrafta/?next=/konto/inloggningssatt/")
    one.post("/bekrafta/", {"answer": key.get(options_in(asking)), "next": "/konto/inloggningssatt/"})
    assert one.post(f"/konto/inloggningssatt/{row.pk}/ta-bort/").status_code == 302
    assert [e.facts.get("digest") for e in added.all() if e.facts["method"] == "key_removed"] == [fingerprint]


def test_a_key_of_an_unknown_kind_is_refused_in_plain_words(world: World) -> None:
    client = client_of(world, "security_one")
    client.get("/konto/inloggningssatt/nyckel/")
    odd = SoftKey(private=ec.generate_private_key(ec.SECP384R1()))
    assert "av en sort som inte kan användas" in text_of(give_key(client, odd))
    assert not Authenticator.objects.exists()
