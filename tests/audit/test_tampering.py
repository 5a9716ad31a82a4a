"""Thirty classes of tampering, on the database by its owner and on bundles: every one found, its entry or row named.

Here each a few times; `make soak` (SOAK=tampering) makes it fifty times thirty per engine, and two hundred logs that
nobody touched. What an attempt did and what was found stands in the message of one that failed.
"""

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from audit import state
from audit.models import Tree
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.tampering.bundle_files import AS_IS
from tests.audit.tampering.classes import CLASSES, Tampering
from tests.audit.tampering.forger import Forger
from tests.audit.tampering.opened import Opened
from tests.audit.tampering.scene import Hands, Scene, Told, drop_triggers
from tests.audit.testapp.models import Note

SOAK = bool(os.environ.get("SOAK"))
ATTEMPTS = 50 if SOAK else 2
UNTOUCHED = 200 if SOAK else 4


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """One past for all classes, told in a transaction that is rolled back at the end."""
    from uuid import uuid4

    from django.test import override_settings

    folder = tmp_path_factory.mktemp("scene")
    changed = override_settings(
        LOG_STATE=folder / "log", AUDIT_EVENTS="tests.audit.testapp.events.EVENTS", AUDIT_ALSO=[]
    )
    with django_db_blocker.unblock(), changed, transaction.atomic():
        found = Scene(Who(uuid4(), uuid4(), "hr_officer"), folder)
        found.tell()
        drop_triggers()
        yield found
        transaction.set_rollback(True)


def missing(wanted: list[Told], lines: list[str]) -> list[Told]:
    """Which of the findings are not among the lines; one that names several ways is found by any."""

    def is_there(told: Told) -> bool:
        ways = (
            Told(kind, place, told.detail) for kind in told.kind.split("|") for place in told.place.split("|")
        )
        return any(way.is_in(lines) for way in ways)

    return [told for told in wanted if not is_there(told)]


@pytest.mark.parametrize("tampering", CLASSES, ids=[each.name for each in CLASSES])
def test_every_class_is_found(scene: Scene, tampering: Tampering) -> None:
    drawn = random.Random(tampering.name)
    for number in range(ATTEMPTS):
        by_sql = tampering.sql is not None and (tampering.bundle is None or number % 2 == 0)
        with scene.attempt():
            if by_sql:
                wanted = tampering.sql(Hands(scene, drawn))
                lines = scene.checked()
                assert missing(wanted, lines) == [], lines[:20]
                if not tampering.exported:
                    continue
                code, lines = scene.verified(scene.exported())
                wanted = [as_verifier_says(told) for told in wanted]
            else:
                wanted, (code, lines) = on_a_bundle(scene, tampering, drawn)
            assert code == 1
            assert missing(wanted, lines) == [], lines[:20]


def on_a_bundle(
    scene: Scene, tampering: Tampering, drawn: random.Random
) -> tuple[list[Told], tuple[int, list[str]]]:
    """Export, tamper with the bundle, verify."""
    assert tampering.bundle is not None
    current = state.current_key("main")
    assert current is not None
    signer = Ed25519PrivateKey.from_private_bytes(settings.CHECKPOINT_KEY)
    opened = Opened(scene.exported())
    wanted = tampering.bundle(opened, Forger(drawn, signer, current, scene.notes))
    if tampering.bundle not in AS_IS:
        opened.save()
    return wanted, scene.verified(opened.folder)


def as_verifier_says(told: Told) -> Told:
    """The check of the database names some places otherwise: what is in a bundle has files, and objects no history."""
    if told.kind == "live-forged":
        return Told("live-forged", re.sub(r"^entry \d+ ", "entry -1 ", told.place))
    if told.kind == "fork":
        return Told("fork", "", f"main-{int(told.detail.split()[0]):012d}-")
    if told.kind == "commitments-without-entry":
        return Told("row-forged", "")
    if told.kind == "blind-missing" and "entry 999999" in told.place:
        return Told("row-forged", told.place.removeprefix("entry 999999 "))
    if told.kind == "checkpoint-root":
        return Told("checkpoint-root", "", told.detail)
    return told


def test_there_are_thirty_classes() -> None:
    assert len(CLASSES) == 30
    assert len({each.name for each in CLASSES}) == 30
    assert all(each.sql or each.bundle for each in CLASSES)


def test_what_nobody_touched_is_found_to_be_so(scene: Scene) -> None:
    drawn = random.Random(69)
    for _ in range(UNTOUCHED):
        with scene.attempt():
            goes_on(scene, drawn)
            assert scene.checked() == []
            target = scene.exported()
            assert scene.verified(target) == (0, [])
            # An honest bundle, taken apart and put together again, is still one.
            opened = Opened(target)
            opened.save()
            assert scene.verified(target) == (0, [])
            assert json.loads((target / "manifest.json").read_text())["trees"] == opened.manifest["trees"]


def goes_on(scene: Scene, drawn: random.Random) -> None:
    """Some more acts, of every kind and in any order."""
    notes = list(Note.objects.order_by("pk"))
    for _ in range(drawn.randrange(1, 60)):
        kind = drawn.randrange(6)
        if kind == 0:
            record("report.read", scene.who)
        elif kind == 1:
            record("note.read", scene.who, seal=drawn.random() < 0.5)
        elif kind == 2 and len(notes) > 2:
            with act("note.written", scene.who) as a:
                a.delete(notes.pop(drawn.randrange(len(notes))))
        elif kind == 3:
            scene.sign()
        else:
            note = drawn.choice(notes) if drawn.random() < 0.7 else Note()
            note.text, note.extra = f"å{drawn.random()}", {"n": drawn.randrange(99)}
            with act("note.written", scene.who, seal=drawn.random() < 0.3) as a:
                a.save(note)
            notes = [*(n for n in notes if n.pk != note.pk), note]
    if drawn.random() < 0.5:
        seal_pending()
    for tree in Tree.objects.all():
        from audit.merkle import Frontier

        state.advance(tree.name, Frontier.from_bytes(tree.size, bytes(tree.frontier)))


def test_the_files_of_the_campaign_are_put_away(scene: Scene) -> None:
    """Each attempt had its own state outside the database: the one everybody starts from is as it was."""
    assert Path(settings.LOG_STATE).name == "log"
    assert scene.checked() == []
