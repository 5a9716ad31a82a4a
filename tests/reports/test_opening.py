"""Who reads a report: the circle, keys unlocked, after it is recorded; nobody with all the keys of the service."""

from __future__ import annotations

import os

import pytest
from django.conf import settings

from audit.models import Entry
from tests.recruitment.world import put
from tests.reports.recipients import CANARY, ROOT, Desk
from vetting.access.door import Denied
from vetting.crypto import hpke, keyring, keystore
from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.reports import certificates, sealing
from vetting.reports.actions.handling import send_message
from vetting.reports.actions.keys import request_of
from vetting.reports.actions.opening import cards, lend_part, open_report, read_messages, view_history
from vetting.reports.case import Case
from vetting.reports.days import today
from vetting.reports.directory import recipients_of
from vetting.reports.errors import NeedsAnother, NotYours
from vetting.reports.models import Message, RecipientKey, Report
from vetting.reports.queries import reports_visible_to
from vetting.reports.returning import come_back

REPORTS = 1_000 if os.environ.get("SOAK") else 8


def test_each_of_the_circle_reads_and_it_is_recorded_first(desk: Desk) -> None:
    receipt = desk.send()
    for name in ("rita", "ragnar", "rosa"):
        texts = read_messages(desk.case(receipt), by=desk.actor(name), vault=desk.vault(name))
        assert [text for _, text in texts] == [CANARY]
    readings = Entry.objects.filter(action="message.read")
    assert [entry.actor_person for entry in readings.order_by("id")] == [
        desk.person(name) for name in ("rita", "ragnar", "rosa")
    ]
    assert desk.report(receipt).state == "received"


def test_where_the_log_cannot_be_written_nothing_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = desk.send()
    case = desk.case(receipt)

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Case, "act", fail)
    with pytest.raises(OSError, match="disk full"):
        open_report(case, by=desk.actor("rita"), vault=desk.vault("rita"))


def test_others_see_no_trace(desk: Desk) -> None:
    receipt = desk.send(excluded=frozenset({desk.person("rita")}))
    case = desk.case(receipt)
    for name in ("rita", "viola", "alva", "security_head", "administrator", "auditor"):
        assert not reports_visible_to(desk.actor(name)).exists(), name
        with pytest.raises(Denied):
            open_report(case, by=desk.actor(name), vault=desk.vault("ragnar"))
    assert list(reports_visible_to(desk.actor("ragnar"))) == [case.report]
    with pytest.raises(NotYours):
        desk.vault("rita").of(case)
    # Her own key with somebody else's place in the circle opens nothing either.
    with pytest.raises((NotYours, SealError)):
        sealing.whole(case.pk, desk.keys["ragnar"].pk, desk.seeds["rita"])


def test_the_inbox_is_told_codes_and_never_what_somebody_wrote(desk: Desk) -> None:
    first = desk.send(facts={"kind": ["threat"], "when": "today"})
    desk.send(concerns_security=True, facts={"kind": ["offer"]})
    rows = list(reports_visible_to(desk.actor("rita")))
    assert cards(rows, vault=desk.vault("rita")) == {
        desk.report(first).pk: {"kind": ["threat"], "when": "today"}
    }
    assert cards(reports_visible_to(desk.actor("alva")), vault=desk.vault("alva")) == {}
    assert not Entry.objects.filter(action="report.opened").exists()


def test_recipient_and_reporter_write_to_each_other(desk: Desk) -> None:
    receipt = desk.send()
    with Case.locked(desk.report(receipt).pk) as case:
        send_message(case, "Vi har läst det.", by=desk.actor("rita"), vault=desk.vault("rita"))
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    assert [(text.is_mine, text.text) for text in back.texts] == [(True, CANARY), (False, "Vi har läst det.")]
    assert Message.objects.get(number=2).author_id == desk.person("rita")
    with Case.locked(desk.report(receipt).pk) as case, pytest.raises(Denied):
        send_message(case, "Hej", by=desk.actor("viola"), vault=desk.vault("viola"))


def test_two_read_together_and_one_alone_does_not(desk: Desk) -> None:
    receipt = desk.send(concerns_security=True)
    case = desk.case(receipt)
    for name in ("alva", "axel", "agnes"):
        with pytest.raises(NeedsAnother):
            open_report(case, by=desk.actor(name), vault=desk.vault(name))
    alva = case.member_of(desk.person("alva"))
    assert alva is not None
    with pytest.raises(NotYours):
        lend_part(case, by=desk.actor("alva"), vault=desk.vault("alva"), to=alva)
    lend_part(case, by=desk.actor("axel"), vault=desk.vault("axel"), to=alva)
    key = open_report(case, by=desk.actor("alva"), vault=desk.vault("alva"))
    assert key.text(Message.objects.get(report=case.report), "body") == CANARY
    for name in ("axel", "agnes"):
        with pytest.raises(NeedsAnother):
            desk.vault(name).of(case)
    assert Entry.objects.filter(action="report.part_lent").count() == 1


def test_events_are_told_by_day(desk: Desk) -> None:
    receipt = desk.send()
    told = view_history(desk.case(receipt), by=desk.actor("rita"))
    assert told == [("report.submitted", today())]


def test_all_the_services_keys_together_open_nothing(desk: Desk) -> None:
    """Database, key store, and every key the server has: tried on every sealed value in every way there is."""
    for place in range(REPORTS):
        desk.send(story=f"{CANARY} {place}", name="Eva", mode="named", concerns_security=place % 2 == 0)
    secrets = [
        settings.LOG_KEY, settings.INDEX_KEY, settings.CHECKPOINT_KEY, settings.RECEIPT_KEY,
        settings.RECIPIENT_ROOT, settings.SECRET_KEY.encode()[:32], *keyring.ring().keys.values(),
    ]  # fmt: skip
    keystore.create(desk.report(desk.send()).pk)
    opened = 0
    for secret in secrets:
        for row in Envelope.objects.using("keystore").all():
            for purpose in ("report", "part", "identity", "lent"):
                try:
                    hpke.open_with(
                        secret, bytes(row.blob), sealing.bound(purpose, row.owner, row.holder or row.owner)
                    )
                    opened += 1
                except SealError:
                    continue
        for message in Message.objects.all():
            try:
                ContentKey(message.report_id, secret).text(message, "body")
                opened += 1
            except SealError:
                continue
    assert opened == 0


def test_a_swapped_key_is_never_sealed_to_and_is_told_of(desk: Desk) -> None:
    """Whoever owns the database puts in a public key of her own, with the certificate of the true one."""
    thief = hpke.new_seed()
    honest = desk.keys["rita"]
    forged = RecipientKey(
        person_id=desk.person("viola"),
        directory="pressure",
        public=hpke.public_of(thief),
        state="certified",
        created_on=today(),
        certificate=honest.certificate,
        signature=honest.signature,
        valid_from=honest.valid_from,
        valid_to=honest.valid_to,
        certified_by_id=desk.world.person_id("administrator"),
        certified_on=today(),
    )
    put(forged, "recipient_key.certified")
    desk.world.hire("viola", "report_recipient", authority=desk.world.other_authority)
    own = certificates.sign(os.urandom(32), request_of(forged))
    names = {each.name for each in recipients_of("pressure")}
    assert names == {"Rita", "Ragnar", "Rosa"}
    desk.send()
    assert not Envelope.objects.using("keystore").filter(holder=forged.pk).exists()
    assert Entry.objects.filter(action="recipient_key.refused", subject=forged.pk).count() == 1
    with pytest.raises(Exception, match="not_signed"):
        certificates.require(own, on=today())
    certificates.require(certificates.sign(ROOT, request_of(honest)), on=today())


def test_a_key_that_ran_out_or_lost_its_role_receives_nothing(desk: Desk, settings: object) -> None:
    settings.RECIPIENT_ROOT = None
    assert recipients_of("pressure") == []
    assert not Report.objects.exists()
