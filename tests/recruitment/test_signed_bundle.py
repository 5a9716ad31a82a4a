"""What was signed is verified on another machine: an untouched package holds, and each tampering is named."""

from __future__ import annotations

import hmac
import json
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from audit import verify_signatures
from audit.recorder import record
from tests.harness.replay import replayed
from tests.harness.soft_key import SoftKey, cose, sign
from tests.recruitment.clicks import client_of, send
from tests.recruitment.opinions import ask
from tests.recruitment.signing import begin, finish, give_key, give_signed, options_in
from tests.recruitment.world import SYSTEM, World, build_world
from vetting.accounts.genuine import renew
from vetting.accounts.signin_log import who
from vetting.recruitment import signature_findings
from vetting.recruitment.models import VoteSignature

SIGNATURE, VOTE = "recruitment.votesignature", "recruitment.vote"
Lines = list[list[Any]]


class Package:
    """A full package, with a way to change a row of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.columns = json.loads((folder / "manifest.json").read_text())["coverage"]

    def lines(self) -> Lines:
        return [json.loads(line) for line in (self.folder / "entries.jsonl").read_text().splitlines()]

    def write(self, lines: Lines) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        (self.folder / "entries.jsonl").write_text(text)

    def change(self, label: str, column: str, new: Callable[[Any], Any], nth: int = 0) -> None:
        """Change one column of the nth row of a kind, and its commitment with it: a forger who has it all."""
        lines, seen = self.lines(), 0
        for line in lines:
            leaf = json.loads(line[3])
            for at, commit in enumerate(leaf.get("rows", [])):
                if commit[0] != label:
                    continue
                if seen == nth:
                    blind, text = line[6][at]
                    row = json.loads(text)
                    place = 2 + self.columns[label][str(row[1])].index(column)
                    row[place] = new(row[place])
                    line[6][at][1] = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                    commit[3] = _committed(blind, line[6][at][1])
                    line[3] = json.dumps(leaf, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
                seen += 1
        self.write(lines)

    def verify(self, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, set[str]]:
        capsys.readouterr()
        code = verify_signatures.main([str(self.folder), *more])
        return code, {line.partition(":")[0] for line in capsys.readouterr().out.splitlines()}


def _committed(blind: str, text: str) -> str:

    return b64encode(hmac.digest(bytes.fromhex(blind), text.encode(), "sha256")).decode()


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


Signing = Callable[[World], None]


def packages(folder: Path, signing: Signing) -> Callable[[], Path]:
    """A municipality in which something is signed, and the package of it: made once, then put back with its rows."""

    @replayed
    def build() -> Path:
        signing(build_world())
        target = folder / uuid4().hex
        call_command("audit_export", out=target, verbosity=0)
        return target

    return build


def copied(made: Path, folder: Path) -> Package:
    """The package to tamper with."""
    return Package(Path(shutil.copytree(made, folder / "bundle")))


def two_signed_and_one_not(world: World) -> None:
    client, key = client_of(world, "security_one"), SoftKey()
    give_key(client, key)
    for _time in range(2):
        walk, _finalist, opinion = ask(world)
        send(client, "take_opinion", pk=walk.pk, opinion=opinion)
        assert give_signed(client, walk, opinion, key).status_code == 302
    walk, _finalist, opinion = ask(world)
    two = client_of(world, "security_two")
    send(two, "take_opinion", pk=walk.pk, opinion=opinion)
    send(two, "decide_opinion", {"outcome": "supported", "reasons": ""}, pk=walk.pk, opinion=opinion)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return packages(tmp_path_factory.mktemp("packages"), two_signed_and_one_not)


@pytest.fixture
def package(db: None, build: Callable[[], Path], tmp_path: Path) -> Package:
    """Two signed votes by one person, and one that is not signed."""
    return copied(build(), tmp_path)


def test_an_untouched_package_holds(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    assert package.verify(capsys, "--origin", "http://testserver") == (0, set())
    assert package.verify(capsys, "--require-signed") == (1, {"not-signed"})
    assert package.verify(capsys, "--origin", "https://another.example") == (1, {"origin-wrong"})
    assert (package.folder / "verify_signatures.py").read_text() == Path(
        verify_signatures.__file__
    ).read_text()
    assert list(signature_findings.findings()) == []


KEY_GONE, KEY_BACK, RESET = "key_removed", "key_added", "account.reset_confirmed"
CASES: tuple[tuple[tuple[str, ...], set[str]], ...] = (
    ((), set()),
    ((KEY_GONE,), {"key-unknown"}),
    ((KEY_GONE, KEY_BACK), set()),
    ((RESET,), {"key-unknown"}),
    ((RESET, KEY_BACK), set()),
    ((KEY_BACK, KEY_GONE), {"key-unknown"}),
)


@pytest.mark.parametrize(("before", "expected"), CASES, ids=lambda case: "+".join(sorted(case)) or "nothing")
def test_the_service_and_the_auditor_judge_alike(
    world: World,
    key: SoftKey,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    before: tuple[str, ...],
    expected: set[str],
) -> None:
    """What was signed with a key that had been taken away, or had gone with a reset, holds for neither."""
    client, account = client_of(world, "security_one"), world.accounts["security_one"]
    give_key(client, key)
    walk, _finalist, opinion = ask(world)
    send(client, "take_opinion", pk=walk.pk, opinion=opinion)
    page, fields = begin(client, walk, opinion)
    digest = sha256(cose(key.private)).hexdigest()
    for each in before:  # as a program would that lets the key be used all the same
        if each == RESET:
            record(
                RESET, SYSTEM, subject=account.pk, facts={"role": "security_head", "target_role": "employee"}
            )
        else:
            facts = {"role": "employee", "method": each, "digest": digest}
            record("account.sign_in_edited", who(account), subject=account.pk, facts=facts)
    renew(account.pk)
    assert finish(client, walk, opinion, {**fields, "answer": key.get(options_in(page))}).status_code == 302
    call_command("audit_export", out=tmp_path / "bundle", verbosity=0)
    own = {finding.kind for finding in signature_findings.findings()}
    _code, auditors = Package(tmp_path / "bundle").verify(capsys)
    assert own == auditors == expected


def test_a_package_without_rows_cannot_be_verified(
    package: Package, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("audit_export", out=tmp_path / "log", log_only=True, verbosity=0)
    assert verify_signatures.main([str(tmp_path / "log")]) == 2
    assert "holds no rows" in capsys.readouterr().err
    assert verify_signatures.main([str(tmp_path / "nothing")]) == 2


def test_another_text_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    package.change(SIGNATURE, "text", lambda text: text.replace("Omgång: 1", "Omgång: 2"))
    assert package.verify(capsys) == (1, {"text-differs Omgång", "challenge-wrong"})


def _flipped(sealed: bytes) -> bytes:
    """Another in its last bit, whatever that was."""
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


def test_another_vote_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    package.change(VOTE, "ballot", lambda sealed: b64encode(_flipped(b64decode(sealed))).decode())
    code, found = package.verify(capsys)
    assert code == 1
    assert "text-differs Förseglat yttrande" in found


def test_another_voter_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    package.change(VOTE, "person_id", lambda person: "00000000-0000-0000-0000-000000000001")
    named = {"text-differs Person", "vote-differs person_id", "vote-differs actor"}
    assert package.verify(capsys) == (1, named)


def test_a_key_that_was_exchanged_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything made right again with a key of the forger's own: the log knows of no such key."""
    forger = SoftKey()
    row = VoteSignature.objects.order_by("entry").first()
    assert row is not None
    public = cose(forger.private)
    data = bytes(row.authenticator_data) + sha256(bytes(row.client_data)).digest()
    package.change(SIGNATURE, "public_key", lambda old: b64encode(public).decode())
    package.change(SIGNATURE, "key_fingerprint", lambda old: sha256(public).hexdigest())
    package.change(SIGNATURE, "signature", lambda old: b64encode(sign(forger.private, data)).decode())
    assert package.verify(capsys) == (1, {"key-unknown"})


def test_the_signature_of_another_vote_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    other = VoteSignature.objects.order_by("entry")[1]
    for column in ("text", "client_data", "authenticator_data", "signature"):
        value = getattr(other, column)
        told = value if isinstance(value, str) else b64encode(bytes(value)).decode()
        package.change(SIGNATURE, column, lambda old, told=told: told)
    code, found = package.verify(capsys)
    assert code == 1
    assert {"text-differs Röst", "text-differs Yttrande", "text-differs Förseglat yttrande"} <= found
    assert "signature-wrong" not in found


@pytest.mark.parametrize(
    ("column", "new", "kind"),
    [
        ("signature", lambda old: b64encode(_flipped(b64decode(old))).decode(), "signature-wrong"),
        ("how", lambda old: "app", "signature-differs"),
        ("opinion_id", lambda old: "00000000-0000-0000-0000-000000000001", "vote-differs opinion_id"),
        (
            "authenticator_data",
            lambda old: b64encode(b64decode(old)[:32] + b"\1" + b64decode(old)[33:]).decode(),
            "not-verified",
        ),
        (
            "client_data",
            lambda old: b64encode(b64decode(old).replace(b"webauthn.get", b"webauthn.create")).decode(),
            "type-wrong",
        ),
        ("text", lambda old: "", "entry-malformed"),
    ],
)
def test_each_part_is_looked_at(
    package: Package, capsys: pytest.CaptureFixture[str], column: str, new: Any, kind: str
) -> None:
    package.change(SIGNATURE, column, new)
    code, found = package.verify(capsys)
    assert code == 1
    assert kind in found


def test_a_row_without_its_commitment_is_named(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    lines = package.lines()
    for line in lines:
        line[6] = [[blind, text and re.sub("Nyckelknippan", "Nyckelringen", text)] for blind, text in line[6]]
    package.write(lines)
    assert package.verify(capsys) == (1, {"row-edited"})


def test_a_vote_whose_signature_is_gone_is_named(
    package: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = package.lines()
    for line in lines:
        leaf = json.loads(line[3])
        kept = [at for at, commit in enumerate(leaf.get("rows", [])) if commit[0] != SIGNATURE]
        if len(kept) != len(leaf.get("rows", [])):
            leaf["rows"], line[6] = [leaf["rows"][at] for at in kept], [line[6][at] for at in kept]
            line[3] = json.dumps(leaf, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    package.write(lines)
    assert package.verify(capsys) == (1, {"signature-missing"})
