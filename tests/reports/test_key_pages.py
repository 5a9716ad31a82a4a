"""From nothing to a working circle on the pages: a key is made, certified by the root, taken in, ended, restored."""

from __future__ import annotations

import base64
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from audit.clock import at as at_moment
from audit.clock import now
from audit.models import Entry
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.world import build_world, put
from tests.reports.pages import recipient
from tests.reports.recipients import CANARY, ROOT, Desk
from vetting.access.models import RoleGrant
from vetting.crypto import slots
from vetting.reports import certificates
from vetting.reports.directory import recipients_of
from vetting.reports.models import KeyShare, RecipientKey

HOLDERS = ("hr", "registrar", "archivist", "chief", "security_head")


@pytest.fixture
def empty(db: None) -> Desk:
    """Two people named as recipients, and no key."""
    desk = Desk(build_world())
    for name in ("rita", "ragnar"):
        desk.world.hire(name, "report_recipient", authority=desk.world.other_authority)
    return desk


def fresh(desk: Desk, name: str) -> Client:
    return client_of(desk.world, name, fresh=True)


def create(client: Client) -> str:
    return text_of(send(client, "key_create", {"directory": "pressure"}))


def told(page: str) -> tuple[str, str, list[str]]:
    """Passphrase, recovery code and the five parts on the page that shows them."""
    codes = re.findall(r'<p class="app-code">(.*?)</p>', page, re.S)
    words = re.findall(r"<span>(.*?)</span>", codes[0])
    groups = re.findall(r"<span>(.*?)</span>", codes[1])
    return " ".join(words), "-".join(groups), codes[2:]


def certify(desk: Desk, key: RecipientKey, request: str, tmp_path: Path, **more: str) -> Any:
    """The ceremony's command on the request, and its certificate taken in by an administrator."""
    root, asked, out = (tmp_path / f"{key.pk}.{kind}" for kind in ("root", "txt", "cert"))
    root.write_text(base64.b64encode(ROOT).decode(), encoding="ascii")
    asked.write_text(request, encoding="utf-8")
    call_command("recipient_ceremony", root=root, request=asked, certificate=out, stdout=StringIO())
    written = out.read_text(encoding="utf-8")
    holders = {f"holder_{n}": desk.world.accounts[name].username for n, name in enumerate(HOLDERS, 1)}
    return send(fresh(desk, "administrator"), "key_import", {"certificate": written, **holders, **more})


def request_of(client: Client, key: RecipientKey) -> str:
    answer = client.get(reverse("key_request", kwargs={"key": key.pk}))
    assert answer["Content-Disposition"].startswith("attachment")
    return text_of(answer)


def made(desk: Desk, name: str, tmp_path: Path) -> tuple[RecipientKey, tuple[str, str, list[str]]]:
    client = fresh(desk, name)
    secrets = told(create(client))
    key = RecipientKey.objects.get(person_id=desk.person(name), state="pending")
    assert certify(desk, key, request_of(client, key), tmp_path).status_code == 302
    return RecipientKey.objects.get(pk=key.pk), secrets


def test_she_makes_it_herself_and_it_is_shown_this_once(empty: Desk) -> None:
    client, once = fresh(empty, "rita"), str(uuid4())
    answer = client.post(reverse("key_create"), {"once": once, "directory": "pressure"})
    phrase, code, parts = told(text_of(answer))
    assert (len(phrase.split()), len(code), len(parts)) == (6, 34, 5)
    assert answer["Cache-Control"].startswith("no-store")
    key = RecipientKey.objects.get()
    again = client.post(reverse("key_create"), {"once": once, "directory": "pressure"})
    assert again.status_code == 302
    page = text_of(client.get(reverse("key_list")))
    for secret in (*phrase.split(), *code.split("-"), *parts):
        assert secret not in page
    assert (RecipientKey.objects.count(), recipients_of("pressure")) == (1, [])
    assert "Väntar på intyg" in page
    asked = certificates.read(request_of(client, key))
    assert (asked.key, asked.person, asked.signature) == (key.pk, empty.person("rita"), b"")
    assert fresh(empty, "ragnar").get(reverse("key_request", kwargs={"key": key.pk})).status_code == 404


def test_an_administrator_takes_in_what_the_root_signed_and_certifies_nothing(
    empty: Desk, tmp_path: Path
) -> None:
    rita = fresh(empty, "rita")
    create(rita)
    key = RecipientKey.objects.get()
    asked = request_of(rita, key)
    own = certificates.sign(b"a root of their own, thirty-two b"[:32], certificates.read(asked))
    holders = {f"holder_{n}": empty.world.accounts[name].username for n, name in enumerate(HOLDERS, 1)}
    admin = fresh(empty, "administrator")
    for wrong in (own.written, asked, "hej"):
        answer = send(admin, "key_import", {"certificate": wrong, **holders})
        assert answer.status_code == 422
    assert "inte undertecknat med rotnyckeln" in text_of(
        send(admin, "key_import", {"certificate": own.written, **holders})
    )
    for holder in ("rita", "hr", "ragnar"):  # the owner, twice the same, another recipient
        username = empty.world.accounts[holder].username
        (tmp_path / holder).mkdir()
        assert certify(empty, key, asked, tmp_path / holder, holder_5=username).status_code == 422
    assert recipients_of("pressure") == []
    assert certify(empty, key, asked, tmp_path).status_code == 302
    assert [each.name for each in recipients_of("pressure")] == ["Rita"]
    assert KeyShare.objects.filter(key=key).count() == 5
    for name in ("rita", "hr", "security_head"):
        assert fresh(empty, name).get(reverse("key_import")).status_code == 404


def test_a_key_is_replaced_without_a_day_in_which_nobody_reads(empty: Desk, tmp_path: Path) -> None:
    old, (phrase, _code, _parts) = made(empty, "rita", tmp_path)
    receipt = empty.send()
    new, (other, _code, _parts) = made(empty, "rita", tmp_path)
    assert [each.key.pk for each in recipients_of("pressure")] == [new.pk]
    rita = fresh(empty, "rita")
    assert send(rita, "key_revoke", {"reason": "replaced"}, key=old.pk).status_code == 302
    later = empty.send(story="Efter bytet")
    for words in (phrase, other):
        assert rita.post(reverse("vault_unlock"), {"once": str(uuid4()), "phrase": words}).status_code == 302
    for each, text in ((receipt, CANARY), (later, "Efter bytet")):
        assert text in text_of(rita.get(reverse("report_view", kwargs={"report": empty.report(each).pk})))


def test_a_lost_or_exposed_key_ends_at_once_but_no_report_becomes_unreadable(
    empty: Desk, tmp_path: Path
) -> None:
    hers, (phrase, _code, _parts) = made(empty, "rita", tmp_path)
    empty.send()
    lonely = fresh(empty, "ragnar")
    assert send(lonely, "key_revoke", {"reason": "exposed"}, key=hers.pk).status_code == 302
    assert recipients_of("pressure") == []
    assert slots.unlock(hers.pk, phrase), "she is the only one who can read a report: the key stays for that"
    made(empty, "ragnar", tmp_path)
    second, (words, _code, _parts) = made(empty, "rita", tmp_path)
    empty.send()
    head = fresh(empty, "security_head")
    assert send(head, "key_revoke", {"reason": "left"}, key=second.pk).status_code in (302, 404)
    assert send(fresh(empty, "ragnar"), "key_revoke", {"reason": "left"}, key=second.pk).status_code in (
        302,
        409,
    )
    with pytest.raises(slots.WrongSecret):
        slots.unlock(second.pk, words)
    page = text_of(fresh(empty, "rita").get(reverse("key_list")))
    assert "Det som öppnade nyckeln är förstört." in page
    assert Entry.objects.filter(action="recipient_key.revoked").count() == 2


def test_the_code_on_paper_gives_a_new_passphrase(empty: Desk, tmp_path: Path) -> None:
    key, (phrase, code, _parts) = made(empty, "rita", tmp_path)
    rita = fresh(empty, "rita")
    assert send(rita, "key_code", {"code": code[:-1]}, key=key.pk).status_code == 422
    assert send(fresh(empty, "ragnar"), "key_code", {"code": code}, key=key.pk).status_code == 404
    new, other, parts = told(text_of(send(rita, "key_code", {"code": code.lower()}, key=key.pk)))
    assert parts == []
    assert slots.unlock(key.pk, new)
    with pytest.raises(slots.WrongSecret):
        slots.unlock(key.pk, phrase)
    assert send(rita, "key_code", {"code": code}, key=key.pk).status_code == 422
    assert other != code


def test_three_holders_give_it_back_on_their_own_pages_and_two_do_not(empty: Desk, tmp_path: Path) -> None:
    key, (_phrase, _code, parts) = made(empty, "rita", tmp_path)
    receipt, rita = empty.send(), fresh(empty, "rita")
    share = reverse("key_share", kwargs={"key": key.pk})
    assert "Ingen har bett om delen" in text_of(fresh(empty, "hr").get(share))
    assert fresh(empty, "ragnar").get(share).status_code == 404
    asked = send(rita, "key_ask", key=key.pk)
    page = text_of(asked)
    shown = re.findall(r'<p class="app-code">(.*?)</p>', page, re.S)
    code, mark = "-".join(re.findall(r"<span>(.*?)</span>", shown[0])), shown[1]
    assert share in page
    assert (
        send(fresh(empty, "hr"), "key_share", {"part": parts[1], "told": mark}, key=key.pk).status_code == 422
    )
    for number, name in enumerate(HOLDERS[:2]):
        assert (
            send(
                fresh(empty, name), "key_share", {"part": parts[number], "told": mark}, key=key.pk
            ).status_code
            == 302
        )
    assert "Din del är lämnad" in text_of(fresh(empty, "hr").get(share))
    two = send(rita, "key_recover", {"code": code}, key=key.pk)
    assert (two.status_code, "2 delar är lämnade av 3" in text_of(two)) == (422, True)
    assert (
        send(fresh(empty, HOLDERS[4]), "key_share", {"part": parts[4], "told": mark}, key=key.pk).status_code
        == 302
    )
    assert "3 delar är lämnade av 3" in text_of(rita.get(reverse("key_recover", kwargs={"key": key.pk})))
    assert send(rita, "key_recover", {"code": "T9V8"}, key=key.pk).status_code == 422
    new, _other, _none = told(text_of(send(rita, "key_recover", {"code": code}, key=key.pk)))
    assert rita.post(reverse("vault_unlock"), {"once": str(uuid4()), "phrase": new}).status_code == 302
    assert CANARY in text_of(rita.get(reverse("report_view", kwargs={"report": empty.report(receipt).pk})))
    assert Entry.objects.filter(action="recipient_key.recovered").count() == 1


def test_each_page_asks_who_one_is_before_anything_secret_is_typed(empty: Desk, tmp_path: Path) -> None:
    key, _secrets = made(empty, "rita", tmp_path)
    stale = client_of(empty.world, "rita", fresh=False)
    for name in ("key_code", "key_recover"):
        assert 'name="code"' not in text_of(stale.get(reverse(name, kwargs={"key": key.pk}))), name
    send(stale, "key_create", {"directory": "pressure"})
    send(stale, "key_revoke", {"reason": "lost"}, key=key.pk)
    assert RecipientKey.objects.get().state == "certified"


def test_a_key_about_to_run_out_says_so_and_an_old_one_receives_nothing(empty: Desk, tmp_path: Path) -> None:
    made(empty, "rita", tmp_path)
    rita = fresh(empty, "rita")
    assert "går snart ut" not in text_of(rita.get(reverse("key_list")))
    with at_moment(now() + timedelta(days=700)):
        assert "går snart ut" in text_of(fresh(empty, "rita").get(reverse("key_list")))
    with at_moment(now() + timedelta(days=760)):
        assert recipients_of("pressure") == []


def test_in_both_channels_only_by_decisions_that_the_reporter_is_shown(desk: Desk) -> None:
    rita = desk.person("rita")
    desk.world.hire("rita", "whistleblowing_recipient", authority=desk.world.other_authority)
    assert rita not in {each.person_id for each in recipients_of("pressure")}
    for grant in RoleGrant.objects.filter(person=rita):
        grant.reference, grant.decided_on = "KS 2026/14 § 3", date(2026, 3, 12)
        put(grant, "role.confirmed")
    found = {each.person_id: each for each in recipients_of("pressure")}
    assert found[rita].in_both
    page = text_of(Client().get("/anmal/ring/", secure=True))
    assert "utsedd 12 mars 2026 genom beslut KS 2026/14 § 3" in page


def test_the_list_is_for_recipients_administrators_and_auditors(desk: Desk) -> None:
    for name in ("rita", "viola", "administrator", "auditor"):
        page = text_of(client_of(desk.world, name).get(reverse("key_list")))
        assert "Rita" in page
        assert "Färre än två" not in page
    for name in ("hr", "manager", "security_one"):
        assert client_of(desk.world, name).get(reverse("key_list")).status_code == 404
    assert recipient(desk, "rita").get(reverse("key_revocable")).status_code == 200
