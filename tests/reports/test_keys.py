"""Recipients' keys: made and certified by others, opened by their owners, restored by three of five, revoked."""

from __future__ import annotations

from itertools import combinations

import pytest

from audit.models import Entry
from tests.recruitment.world import build_world
from tests.reports.recipients import CANARY, ROOT, Desk
from vetting.access.door import Denied
from vetting.crypto import hpke, paper, shamir
from vetting.crypto.errors import Locked
from vetting.crypto.slots import WrongSecret
from vetting.crypto.written import Code
from vetting.reports import certificates
from vetting.reports.actions import keys
from vetting.reports.actions.ending import revoke_key
from vetting.reports.actions.keys import Secrets
from vetting.reports.directory import public_of, recipients_of
from vetting.reports.errors import BadCertificate, BadInput, NotComplete, WrongState
from vetting.reports.models import KeyShare, Message, RecipientKey
from vetting.reports.vault import Vault, held, keep, keys_of, lock, unlock

HOLDERS = ("hr", "registrar", "archivist", "chief", "security_head")


@pytest.fixture
def world_desk(db: None) -> Desk:
    """Recipients without keys yet."""
    desk = Desk(build_world())
    for name in ("rita", "ragnar"):
        desk.world.hire(name, "report_recipient", authority=desk.world.other_authority)
    return desk


def made(desk: Desk, name: str = "rita") -> tuple[RecipientKey, Secrets]:
    key, secrets = keys.create_key(by=desk.actor(name), directory="pressure")
    written = certificates.sign(ROOT, keys.request_of(key)).written
    holders = [desk.person(holder) for holder in HOLDERS]
    return keys.import_certificate(written, by=desk.actor("administrator"), holders=holders), secrets


def test_a_key_receives_nothing_before_the_root_has_certified_it(world_desk: Desk) -> None:
    key, secrets = keys.create_key(by=world_desk.actor("rita"), directory="pressure")
    assert (key.state, recipients_of("pressure")) == ("pending", [])
    assert len(secrets.phrase.split()) == 6
    assert len(secrets.parts) == 5
    with pytest.raises(NotComplete):
        keys.create_key(by=world_desk.actor("rita"), directory="pressure")
    with pytest.raises(BadInput):
        keys.create_key(by=world_desk.actor("ragnar"), directory="whistleblowing")
    with pytest.raises(Denied):
        keys.create_key(by=world_desk.actor("hr"), directory="pressure")
    said = certificates.sign(ROOT, keys.request_of(key))
    for wrong, why in (
        (certificates.sign(b"x" * 32, keys.request_of(key)).written, "not_signed"),
        (said.written.replace("pressure", "alternative"), "other_key"),
        ("nonsense", "unreadable"),
        (said.written + "mer text\n", "unreadable"),
    ):
        with pytest.raises(BadCertificate, match=why):
            keys.import_certificate(wrong, by=world_desk.actor("administrator"))
    with pytest.raises(Denied):
        keys.import_certificate(said.written, by=world_desk.actor("rita"))
    keys.import_certificate(said.written.replace("\n", "\r\n"), by=world_desk.actor("administrator"))
    assert [each.name for each in recipients_of("pressure")] == ["Rita"]
    with pytest.raises(WrongState):
        keys.import_certificate(said.written, by=world_desk.actor("administrator"))


def test_the_owner_unlocks_with_her_passphrase_and_the_browser_keeps_half(world_desk: Desk) -> None:
    key, secrets = made(world_desk)
    receipt, rita = world_desk.send(), world_desk.actor("rita")
    assert keys_of(rita) == [key]
    with pytest.raises(WrongSecret):
        unlock(key, "fel fel fel", by=rita)
    with pytest.raises(Denied):
        unlock(key, secrets.phrase, by=world_desk.actor("ragnar"))
    vault = unlock(key, secrets.phrase, by=rita)
    session: dict[str, object] = {}
    cookie = keep(session, vault)
    again = held(session, cookie, by=rita)
    assert again is not None
    assert again.of(world_desk.case(receipt)).text(Message.objects.get(), "body") == CANARY
    assert cookie not in repr(session)
    assert held(session, "", by=rita) is held(session, "AAAA", by=rita) is held({}, cookie, by=rita) is None
    assert held(session, cookie, by=world_desk.actor("ragnar")) is None
    lock(session, by=rita)
    assert held(session, cookie, by=rita) is None
    assert repr(vault) == object.__repr__(vault)
    told = Entry.objects.filter(action__startswith="vault.").order_by("id").values_list("action", flat=True)
    assert list(told) == ["vault.unlocked", "vault.locked"]


def test_a_new_passphrase_ends_the_old(world_desk: Desk) -> None:
    key, old = made(world_desk)
    rita = world_desk.actor("rita")
    new = keys.change_passphrase(key, by=rita, vault=unlock(key, old.phrase, by=rita))
    with pytest.raises(WrongSecret):
        unlock(key, old.phrase, by=rita)
    unlock(key, new.phrase, by=rita)
    third = keys.recover_with_code(RecipientKey.objects.get(pk=key.pk), new.code, by=rita)
    unlock(key, third.phrase, by=rita)
    with pytest.raises(WrongSecret):
        keys.recover_with_code(RecipientKey.objects.get(pk=key.pk), old.code, by=rita)


def test_three_of_five_restore_it_and_two_do_not(world_desk: Desk, settings: object) -> None:
    key, lost = made(world_desk)
    receipt, rita = world_desk.send(), world_desk.actor("rita")
    with pytest.raises(NotComplete):
        keys.contribute_share(key, lost.parts[1], "", by=world_desk.actor("hr"))
    code = keys.begin_recovery(key, by=rita)
    told = keys.mark_of(code)
    key = RecipientKey.objects.get(pk=key.pk)
    with pytest.raises(Denied):
        keys.contribute_share(key, lost.parts[1], told, by=world_desk.actor("ragnar"))
    with pytest.raises(BadInput, match="other_number"):
        keys.contribute_share(key, lost.parts[2], told, by=world_desk.actor("hr"))
    with pytest.raises(BadInput, match="unreadable"):
        keys.contribute_share(key, lost.parts[1][:-1], told, by=world_desk.actor("hr"))
    assert keys.contribute_share(key, lost.parts[1].lower(), told, by=world_desk.actor("hr")) == 1
    assert keys.contribute_share(key, lost.parts[1], told, by=world_desk.actor("hr")) == 1
    assert keys.contribute_share(key, lost.parts[3], told, by=world_desk.actor("archivist")) == 2
    with pytest.raises(NotComplete, match="parts"):
        keys.finish_recovery(key, code, by=rita)
    assert keys.contribute_share(key, lost.parts[5], told, by=world_desk.actor("security_head")) == 3
    with pytest.raises(BadInput, match="code"):
        keys.finish_recovery(key, Code.new(), by=rita)
    with pytest.raises(Denied):
        keys.finish_recovery(key, code, by=world_desk.actor("ragnar"))
    new = keys.finish_recovery(key, code, by=rita)
    vault = unlock(key, new.phrase, by=rita)
    assert vault.of(world_desk.case(receipt)).text(Message.objects.get(), "body") == CANARY
    with pytest.raises(NotComplete, match="parts"):
        keys.finish_recovery(RecipientKey.objects.get(pk=key.pk), code, by=rita)
    assert KeyShare.objects.filter(given_on__isnull=False).count() == 3


def test_every_three_parts_do(world_desk: Desk) -> None:
    key, lost = made(world_desk)
    for numbers in combinations(lost.parts, 3):
        read = dict(paper.read(lost.parts[number]) for number in numbers)
        assert hpke.public_of(shamir.join(read)) == bytes(key.public)
    for numbers in combinations(lost.parts, 2):
        read = dict(paper.read(lost.parts[number]) for number in numbers)
        assert hpke.public_of(shamir.join(read)) != bytes(key.public)


def test_without_the_master_key_the_vault_waits_and_reports_come_in(
    world_desk: Desk, settings: object
) -> None:
    key, secrets = made(world_desk)
    settings.MASTER_KEYS = None
    with pytest.raises(Locked):
        unlock(key, secrets.phrase, by=world_desk.actor("rita"))
    assert world_desk.send().reference


def test_a_revoked_key_receives_nothing_new(world_desk: Desk) -> None:
    key, secrets = made(world_desk)
    made(world_desk, "ragnar")
    receipt, rita = world_desk.send(), world_desk.actor("rita")
    vault = unlock(key, secrets.phrase, by=rita)
    with pytest.raises(Denied):
        revoke_key(key, by=world_desk.actor("hr"), reason="left")
    with pytest.raises(BadInput):
        revoke_key(RecipientKey.objects.get(pk=key.pk), by=rita, reason="mood")
    revoke_key(RecipientKey.objects.get(pk=key.pk), by=world_desk.actor("ragnar"), reason="exposed")
    assert [each.name for each in recipients_of("pressure")] == ["Ragnar"]
    assert isinstance(vault, Vault)
    assert vault.of(world_desk.case(receipt)).text(Message.objects.get(), "body") == CANARY


def test_a_key_is_judged_anew_before_anything_is_sealed_to_it(desk: Desk) -> None:
    key, person = RecipientKey.objects.get(pk=desk.keys["rita"].pk), desk.person("rita")
    assert public_of(key, person) == bytes(key.public)
    with pytest.raises(NotComplete, match="certificate"):
        public_of(key, desk.person("ragnar"))
    key.public = bytes(desk.keys["ragnar"].public)
    with pytest.raises(NotComplete, match="certificate"):
        public_of(key, person)
