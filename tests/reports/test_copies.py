"""The masked copy, every part tried; the whole of it for the circle; both with their digest in the log."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from audit.models import Entry
from tests.reports import made_files
from tests.reports.recipients import CANARY, Desk
from tests.reports.test_handling import Work
from vetting.access.door import Denied
from vetting.reports.actions import closing, exporting, handling
from vetting.reports.actions.exporting import GIVE, Tried
from vetting.reports.actions.files import add_file
from vetting.reports.errors import BadInput, WrongState
from vetting.reports.pieces import pieces
from vetting.reports.returning import come_back

NAME = "Eva Kanariedotter"


def written(desk: Desk) -> Work:
    work = Work(
        desk, mode="named", name=NAME, contact="070-1234567", facts={"kind": ["threat"]}, other_person="Ove"
    )
    work.do("rita", handling.write_note, "Bara för kretsen", sealed=True)
    return work


def tried_as(work: Work, how: str, **other: Tried) -> dict[str, Tried]:
    opened = pieces(work.desk.case(work.receipt), work.desk.vault("rita").of(work.desk.case(work.receipt)))
    return {piece.code: Tried(how, piece.text) for piece in opened} | other


def test_each_part_is_masked_with_its_provision_and_the_refusal_can_be_appealed(desk: Desk) -> None:
    work = written(desk)
    tried = tried_as(work, "32:3b")
    tried["message:1"] = Tried("17:3b", CANARY.replace("vid grinden", "[[vid grinden]]"))
    tried["facts"] = Tried(GIVE, tried["facts"].text)
    made = work.do("rita", exporting.masked_copy, tried, sealed=True)
    assert "KANARIEFÅGELN sjunger [maskat: 17 kap. 3 b § OSL]" in made
    assert "Hot" in made
    for hidden in ("grinden", "070-1234567", "Ove", "Bara för kretsen", NAME):
        assert hidden not in made
    assert "32 kap. 3 b § OSL: den som har anmält (3)" in made
    for appeal in ("6 kap. 3 § OSL", "kammarrätten", "tre veckor"):
        assert appeal in made
    facts = Entry.objects.get(action="report.masked_exported").content["facts"]
    assert facts["digest"] == sha256(made.encode()).hexdigest()
    assert facts["section"] == "17:3b, 32:3b"


def test_files_are_named_in_the_copy_and_tried_like_every_part(desk: Desk) -> None:
    work = Work(desk)
    back = come_back("".join(work.receipt.code.groups))
    assert back is not None
    for data in (made_files.photo(), b"Han skrev igen."):
        add_file(back, data)
    tried = tried_as(work, GIVE)
    assert {"file:1", "file:2"} <= tried.keys()
    with pytest.raises(BadInput) as untried:
        work.do(
            "rita",
            exporting.masked_copy,
            {code: each for code, each in tried.items() if code != "file:2"},
            sealed=True,
        )
    assert untried.value.errors == {"file:2": "untried"}
    tried["file:2"] = Tried("32:3b", tried["file:2"].text)
    made = work.do("rita", exporting.masked_copy, tried, sealed=True)
    first, second = made.index("Fil 1, "), made.index("Fil 2, ")
    assert "Bild (JPEG). Den rensade kopian lämnas för sig." in made[first:second]
    assert "[maskat: 32 kap. 3 b § OSL]" in made[second:]
    assert "Text. Den rensade" not in made
    whole = work.do("rita", exporting.whole_export, sealed=True)
    with ZipFile(BytesIO(whole)) as archive:
        assert "Fil 2, " in archive.read("anmalan.txt").decode()


def test_nothing_is_refused_where_nothing_is_masked(desk: Desk) -> None:
    work = Work(desk)
    made = work.do("rita", exporting.masked_copy, tried_as(work, GIVE), sealed=True)
    assert CANARY in made
    assert "Beslut" not in made


@pytest.mark.parametrize(
    ("tried", "fault"),
    [
        (None, "untried"),
        (Tried("", CANARY), "untried"),
        (Tried("99:9", CANARY), "choice"),
        (Tried("32:3b", "KANARIEFÅGELN sjunger"), "altered"),
        (Tried(GIVE, f"[[{CANARY}]]"), "section"),
    ],
)
def test_a_part_that_is_not_tried_stops_the_copy(desk: Desk, tried: Tried | None, fault: str) -> None:
    work = Work(desk)
    said = {} if tried is None else {"message:1": tried}
    with pytest.raises(BadInput) as error:
        work.do("rita", exporting.masked_copy, said, sealed=True)
    assert error.value.errors == {"message:1": fault}
    assert not Entry.objects.filter(action="report.masked_exported").exists()


@pytest.mark.deadline(60)
def test_a_text_of_nothing_but_marks_is_tried_in_a_time_that_follows_its_length(desk: Desk) -> None:
    """Whoever reports decides what a text says: with its square this would keep a recipient waiting for an hour."""
    said = {"message:1": Tried(GIVE, "[[" * 200_000)}
    with pytest.raises(BadInput, match="altered"):
        Work(desk).do("rita", exporting.masked_copy, said, sealed=True)


def test_the_whole_is_for_the_circle_and_never_holds_the_name(desk: Desk) -> None:
    work = written(desk)
    packed = work.do("rita", exporting.whole_export, sealed=True)
    with ZipFile(BytesIO(packed)) as archive:
        text, said = archive.read("anmalan.txt").decode(), json.loads(archive.read("anmalan.json"))
    for each in (CANARY, "070-1234567", "Ove", "Bara för kretsen"):
        assert each in text
        assert any(each in part["text"] for part in said["parts"])
    assert NAME not in text + json.dumps(said, ensure_ascii=False)
    told = Entry.objects.get(action="report.exported").content["facts"]
    assert told["digest"] == sha256(packed).hexdigest()
    with pytest.raises(Denied):
        work.do("viola", exporting.whole_export, sealed=True)
    work.do("rita", closing.quarantine)
    with pytest.raises(WrongState):
        work.do("rita", exporting.whole_export, sealed=True)
