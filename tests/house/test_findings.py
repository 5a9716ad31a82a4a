"""A key that is gone or was exchanged is told, with the row that needs it."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.integrity import findings
from audit.sealer import seal_pending
from config.findings import keys
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.access.actor import load_actor
from vetting.accounts.models import Account
from vetting.crypto import keystore
from vetting.crypto.models import CaseKey
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy


@pytest.fixture
def finalists(db: None) -> list[Candidacy]:
    world: World = build_world()
    walk = Walk(world, "assistant", places=2).open()
    walk.finalist("Testa Ettan")
    walk.finalist("Testa Tvåan")
    keystore.forget_all()
    seal_pending()
    return list(Candidacy.objects.order_by("pk"))


def test_all_is_well(finalists: list[Candidacy]) -> None:
    assert list(map(str, findings())) == []


def test_a_key_that_is_gone(finalists: list[Candidacy]) -> None:
    gone = finalists[0]
    CaseKey.objects.using("keystore").filter(pk=gone.pk).delete()
    told = {(each.kind, each.label) for each in keys()}
    assert ("key-missing", "recruitment.candidacy") in told
    assert {each.row for each in keys() if each.label == "recruitment.candidacy"} == {gone.pk}
    assert "key-missing" in {each.kind for each in findings()}


@pytest.mark.parametrize("locked", [False, True])
def test_a_key_that_was_exchanged(finalists: list[Candidacy], settings, locked: bool) -> None:
    one, other = finalists
    rows = CaseKey.objects.using("keystore")
    rows.filter(pk=one.pk).update(wrapped=bytes(rows.get(pk=other.pk).wrapped))
    keystore.forget_all()
    if locked:
        settings.MASTER_KEYS = None
    told = [(each.kind, each.row) for each in keys() if each.label == "recruitment.candidacy"]
    assert told == ([] if locked else [("key-damaged", one.pk)])


def test_a_key_destroyed_for_a_protected_identity_is_no_finding(
    finalists: list[Candidacy], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    gone = finalists[0]
    before = bytes(CaseKey.objects.using("keystore").get(pk=gone.pk).wrapped)
    case = Case.load(gone.recruitment_id)
    actors = {row.name: row for row in map(load_actor, Account.objects.select_related("person"))}
    with django_capture_on_commit_callbacks(execute=True):
        mark_protected(
            case, by=actors["Hr"], candidacy=case.candidacy(gone.pk), alias="Kandidat Björk", kept_at="Kassaskåp 2",
            handlers=[actors["Hr"].person_id, actors["Manager"].person_id],
        )  # fmt: skip
    seal_pending()
    keystore.forget_all()
    assert bytes(CaseKey.objects.using("keystore").get(pk=gone.pk).wrapped) != before
    assert list(map(str, findings())) == []
