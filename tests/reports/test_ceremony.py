"""The key ceremony, as the command on the offline machine does it, and the demonstration that the seed does."""

from __future__ import annotations

import base64
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.recruitment.world import build_world
from tests.reports.recipients import PEOPLE, ROOT, Desk
from vetting.crypto import statements
from vetting.reports import certificates
from vetting.reports.actions.keys import create_key, import_certificate, request_of
from vetting.reports.days import today
from vetting.reports.demo import fill, passphrase_of, vault_passphrase
from vetting.reports.directory import DIRECTORY_OF, recipients_of
from vetting.reports.errors import BadCertificate
from vetting.reports.models import Report
from vetting.reports.queries import reports_visible_to
from vetting.reports.vault import keys_of, unlock


def ceremony(**options: Any) -> str:
    out = StringIO()
    call_command("recipient_ceremony", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def desk_without_keys(db: None) -> Desk:
    desk = Desk(build_world())
    for role, names in PEOPLE.items():
        for name in names:
            desk.world.hire(name, role, authority=desk.world.other_authority)
    return desk


def test_root_request_certificate_and_protocol(
    desk_without_keys: Desk, tmp_path: Path, settings: Any
) -> None:
    root, request, certificate = (tmp_path / name for name in ("root.key", "rita.txt", "rita.cert"))
    told = ceremony(new_root=root)
    assert root.stat().st_mode & 0o777 == 0o600
    public = told.split("RECIPIENT_ROOT: ")[1].split("\n")[0]
    settings.RECIPIENT_ROOT = base64.b64decode(public)
    key, _secrets = create_key(by=desk_without_keys.actor("rita"), directory="pressure")
    request.write_text(request_of(key).written, encoding="utf-8")
    told = ceremony(root=root, request=request, certificate=certificate)
    assert certificates.read(request.read_text()).fingerprint in told
    assert told.count("Närvarande") == 3
    written = certificate.read_text(encoding="utf-8")
    import_certificate(written, by=desk_without_keys.actor("administrator"))
    assert [each.name for each in recipients_of("pressure")] == ["Rita"]
    with pytest.raises(CommandError):
        ceremony(new_root=root)
    with pytest.raises(CommandError):
        ceremony(root=root, request=request, certificate=certificate)
    with pytest.raises(CommandError):
        ceremony(root=request, request=request, certificate=tmp_path / "x")
    with pytest.raises(CommandError):
        ceremony(root=root)
    settings.RECIPIENT_ROOT = statements.public_of(ROOT)
    with pytest.raises(BadCertificate):
        certificates.require(certificates.read(written), on=today())


@pytest.mark.deadline(120)
def test_the_seed_makes_recipients_and_reports(
    desk_without_keys: Desk, tmp_path: Path, settings: Any
) -> None:
    fill(3)
    assert not Report.objects.exists()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "recipient_root_private").write_text(base64.b64encode(ROOT).decode() + "\n")
    settings.DATA_DIR = tmp_path
    fill(9, "nordvik")
    for role, names in PEOPLE.items():
        assert len(recipients_of(DIRECTORY_OF[role])) == len(names)
    assert Report.objects.count() == 9
    assert len({report.state for report in Report.objects.all()}) > 2
    rita = desk_without_keys.world.accounts["rita"]
    phrase = vault_passphrase(rita)
    assert phrase == passphrase_of("rita")
    assert vault_passphrase(desk_without_keys.world.accounts["hr"]) is None
    actor = desk_without_keys.actor("rita")
    vault = unlock(keys_of(actor)[0], str(phrase), by=actor)
    assert vault.seeds.keys() == {keys_of(actor)[0].pk}
    assert reports_visible_to(actor).exists()
