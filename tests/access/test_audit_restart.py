"""A broken log goes on when two persons who may say so: by a command, with the passwords of both."""

import io
import sys

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command

from audit import state
from audit.models import Entry
from audit.sealer import seal_pending
from tests.recruitment.world import World, build_world
from vetting.accounts.models import Account

PASSWORD = "hemligt-lösenord-7"


@pytest.fixture
def town(real_db) -> World:
    world = build_world()
    for name, role in (("revisor", "auditor"), ("forvaltare", "administrator")):
        world.hire(name, role, authority=world.authority)
    seal_pending()
    state.declare_broken("main", "mark-behind: 3 of 9 entries are missing")
    return world


def restart(monkeypatch: pytest.MonkeyPatch, by: str, other: str, *typed: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    call_command("audit_restart", "--reason", "restored", "--by", by, "--with", other, stdout=out)
    return out.getvalue()


def test_two_persons_let_it_go_on(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "goes on as main.2" in restart(monkeypatch, "revisor", "forvaltare", PASSWORD, PASSWORD)
    first = Entry.objects.get(tree="main.2")
    assert first.actor_person == town.person("revisor").pk
    assert first.facts["other"] == str(town.person("forvaltare").pk)
    assert (first.facts["result"], first.facts["reason_code"]) == ("mark-behind", "restored")


@pytest.mark.parametrize(
    ("by", "other", "typed", "why"),
    [
        ("revisor", "revisor", (PASSWORD, PASSWORD), "Two different persons"),
        ("revisor", "forvaltare", (PASSWORD, "fel lösenord"), "forvaltare: not an account"),
        ("revisor", "hr", (PASSWORD, PASSWORD), "hr: not an account"),
        ("nobody", "revisor", (PASSWORD, PASSWORD), "nobody: not an account"),
        ("revisor", "forvaltare", (PASSWORD,), "forvaltare: not an account"),
    ],
    ids=["one person", "wrong password", "another role", "unknown", "no second password"],
)
def test_nobody_else_does(
    town: World, monkeypatch: pytest.MonkeyPatch, by: str, other: str, typed: tuple[str, ...], why: str
) -> None:
    with pytest.raises(CommandError, match=why) as refused:
        restart(monkeypatch, by, other, *typed)
    assert refused.value.returncode == 2
    assert list(state.trees()) == ["main"]


def test_a_password_written_into_the_database_is_no_proof(
    town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = make_password("lösenord-från-annat-håll")
    Account.objects.filter(username__in=["revisor", "forvaltare"]).update(password=mine)
    with pytest.raises(CommandError, match="revisor: not an account"):
        restart(monkeypatch, "revisor", "forvaltare", *["lösenord-från-annat-håll"] * 2)
    assert list(state.trees()) == ["main"]
