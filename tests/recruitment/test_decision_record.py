"""*Beslutshandling*: a tagged PDF/A that says what the decision rests on, and nothing that law forbids."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.urls import reverse

from audit import anchors
from audit.models import Checkpoint, Entry
from tests.recruitment.opinions import REASONS, ballot
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.web import pdf


def fetched(world: World, walk: Walk, finalist: Any, name: str = "registrar") -> Any:
    address = reverse("decision_record", kwargs={"pk": walk.pk, "candidacy": finalist.pk})
    return client_of(world, name, fresh=True).post(address)


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


@pytest.mark.skipif(find_library("pangoft2-1.0") is None, reason="pango is not on this machine")
@pytest.mark.deadline(150)
def test_it_is_a_tagged_document_for_the_archive_and_its_digest_is_in_the_log(
    ready: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = ready
    walk.sign(finalist)
    answer = fetched(world, walk, finalist)
    assert answer["Content-Type"] == "application/pdf"
    reference = walk.case().recruitment.reference
    assert answer["Content-Disposition"] == f'attachment; filename="beslutshandling-{reference}-K1.pdf"'
    entry = Entry.objects.filter(action="recruitment.printed").get()
    assert entry.facts["digest"] == hashlib.sha256(answer.content).hexdigest()
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang) == "sv"
        with paper.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
            assert told["dc:title"] == f"Anställningsbeslut {reference} K1"
        kinds = [
            str(part.S) for part in paper.objects if isinstance(part, pikepdf.Dictionary) and "/S" in part
        ]
        assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(kinds)
        fonts = [
            part for part in paper.objects if isinstance(part, pikepdf.Dictionary) and "/FontFile2" in part
        ]
        assert fonts or any(
            "/FontFile3" in part for part in paper.objects if isinstance(part, pikepdf.Dictionary)
        )
        assert "/JavaScript" not in str(paper.Root.keys())
    again = fetched(world, walk, finalist)
    assert again.content == answer.content, "the same record is the same file"


def test_it_says_what_was_done_on_which_ground_and_nothing_that_law_forbids(
    ready: tuple[Walk, Any], world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    walk, finalist = ready
    walk.sign(finalist)
    # A machine whose typesetter does not work: the page itself, and a sentence that says what to do.
    monkeypatch.setattr(pdf.pdf_worker, "__file__", __file__)
    answer = fetched(world, walk, finalist)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert len(caplog.records) == 1
    assert "pango" in caplog.text
    page = words(answer.content)
    assert "Tjänsten kan inte göra en PDF just nu. Skriv ut den här sidan i stället" in page
    for said in (
        "Anställningsbeslut",
        "Skollagen",
        "Identitetskontroll",
        "HR-handläggare",
        "Klar",
        "Arkivlagen",
    ):
        assert said in page, said
    case = walk.case()
    shown = case.check_named("crim_school", case.candidacy(finalist.pk))
    assert shown is not None
    assert "visats upp, aldrig vad som stod i det" in page
    assert "style=" not in answer.content.decode()
    for never in ("Testa Persson", "id-handling", "pass "):
        assert never not in page, never
    entry = Entry.objects.get(action="decision.signed")
    assert bytes(entry.leaf_hash).hex() in page
    assert f"main {entry.pk}" in page


def test_the_opinion_stands_there_with_its_conditions_and_without_its_reasons(
    asked: tuple[Walk, Any, Any], world: World, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    # What is signed here is rolled back, and stays in no other test's folder.
    settings.LOG_STATE = shutil.copytree(settings.LOG_STATE, tmp_path / "log")
    walk, finalist, opinion = asked
    for name in ("security_one", "security_two"):
        walk.vote(opinion, name, ballot("supported_conditions", "two_persons"))
    walk.sign(finalist)
    anchors.checkpoint()
    monkeypatch.setattr(pdf.pdf_worker, "__file__", __file__)
    page = words(fetched(world, walk, finalist).content)
    assert "Beslut tillsammans med annan" in page
    assert "bekräftat med" in page
    assert REASONS not in page
    note = Checkpoint.objects.filter(tree="main").order_by("id").first()
    assert note is not None
    assert note.note.split()[2] in page, "the root, to be compared with what the verifier counts"


def test_only_whoever_may_print_the_case_fetches_it_and_only_after_a_decision(
    ready: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = ready
    address = reverse("decision_record", kwargs={"pk": walk.pk, "candidacy": finalist.pk})
    assert client_of(world, "registrar").get(address).status_code == 404
    walk.sign(finalist)
    assert "Hämta beslutshandlingen" in client_of(world, "registrar").get(address).content.decode()
    for name in ("manager", "security_one", "security_head", "auditor", "employee"):
        assert client_of(world, name, fresh=True).post(address).status_code == 404, name
    stale = client_of(world, "registrar").post(address)
    assert stale.status_code == 401, "the password is asked for first"
    assert not Entry.objects.filter(action="recruitment.printed").exists()
