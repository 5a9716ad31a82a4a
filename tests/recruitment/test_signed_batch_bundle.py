"""Several opinions signed at once, on another machine: each holds alone, and no signature is moved to another."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit.verify_signatures import MOST, SEVERAL, is_listed
from tests.harness.soft_key import SoftKey
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.opinions import ask
from tests.recruitment.signing import give_key, give_signed
from tests.recruitment.test_signed_batch import sign
from tests.recruitment.test_signed_bundle import SIGNATURE, Package, copied, packages
from tests.recruitment.world import World
from vetting.recruitment import signature_findings
from vetting.recruitment.models import VoteSignature

TEXTS = ["en text", "en annan", "en tredje"]


def listed(texts: list[str]) -> str:
    return "".join(f"{each}\n" for each in [SEVERAL, *(sha256(text.encode()).hexdigest() for text in texts)])


def test_a_text_stands_at_its_place_and_nowhere_else() -> None:
    batch = listed(TEXTS)
    assert [is_listed(batch, n, TEXTS[n - 1]) for n in (1, 2, 3)] == [True] * 3
    assert not any(is_listed(batch, n, TEXTS[0]) for n in (-3, -2, -1, 0, 2, 3, 4))
    assert not is_listed(batch, 1, "en fjärde")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda batch: batch.removesuffix("\n"),
        lambda batch: batch + "något mer\n",
        lambda batch: batch.replace(SEVERAL, "Säkerhetsyttrande, underskrift 1"),
        lambda batch: batch + batch.splitlines()[1] + "\n",  # the same twice
        lambda batch: listed([str(n) for n in range(MOST)] + TEXTS[:1]),
        lambda batch: "",
    ],
)
def test_what_is_no_such_list_holds_nothing(spoil: Callable[[str], str]) -> None:
    assert not is_listed(spoil(listed(TEXTS)), 1, TEXTS[0])


def three_together_and_one_alone(world: World) -> None:
    client, key = client_of(world, "security_one"), SoftKey()
    give_key(client, key)
    asked = [ask(world) for _each in range(4)]
    assert "3 yttranden lämnade" in text_of(sign(client, asked[:3], key))
    send(client, "take_opinion", pk=asked[3][0].pk, opinion=asked[3][2])
    assert give_signed(client, asked[3][0], asked[3][2], key).status_code == 302


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return packages(tmp_path_factory.mktemp("packages"), three_together_and_one_alone)


@pytest.fixture
def package(db: None, build: Callable[[], Path], tmp_path: Path) -> Package:
    """Three opinions with one touch, and a fourth that is signed alone."""
    return copied(build(), tmp_path)


def test_an_untouched_package_holds(package: Package, capsys: pytest.CaptureFixture[str]) -> None:
    origin = ("--origin", "http://testserver", "--require-signed")
    assert package.verify(capsys, *origin) == (0, set())
    assert list(signature_findings.findings()) == []
    # Each by itself: with the rows of the others damaged, nothing is said of this one.
    package.change(SIGNATURE, "signature", lambda old: "AAAA", nth=1)
    package.change(SIGNATURE, "signature", lambda old: "AAAA", nth=2)
    assert package.verify(capsys, *origin) == (1, {"signature-wrong"})


def _row(n: int) -> VoteSignature:
    return VoteSignature.objects.order_by("entry")[n]


def _to(row: VoteSignature, column: str) -> Callable[[Any], Any]:
    """A change to what stands in the same column of another row."""
    value = getattr(row, column)
    told = value if isinstance(value, str | int) else b64encode(bytes(value)).decode()
    return lambda old: told


def test_the_signature_of_a_list_is_not_moved_to_another(
    package: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    """A forger who has everything but the key gives the vote that was signed alone the signature of the three."""
    for column in ("batch", "place", "client_data", "authenticator_data", "signature"):
        package.change(SIGNATURE, column, _to(_row(0), column), nth=3)
    assert package.verify(capsys) == (1, {"batch-wrong"})


def test_a_list_made_to_fit_is_not_what_was_signed(
    package: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    """One digest is replaced, so that another vote stands in the list."""
    first, alone = _row(0), _row(3)
    own = [sha256(row.text.encode()).hexdigest() for row in (first, alone)]
    for column in ("client_data", "authenticator_data", "signature", "place"):
        package.change(SIGNATURE, column, _to(first, column), nth=3)
    package.change(SIGNATURE, "batch", lambda old: first.batch.replace(*own), nth=3)
    assert package.verify(capsys) == (1, {"challenge-wrong"})


@pytest.mark.parametrize(
    ("column", "new", "kinds"),
    [
        ("place", lambda old: old % 3 + 1, {"batch-wrong"}),
        ("place", lambda old: 0, {"batch-wrong"}),
        ("place", lambda old: old - 4, {"batch-wrong"}),
        ("batch", lambda old: "", {"batch-wrong", "challenge-wrong"}),
        (
            "batch",
            lambda old: "\n".join([SEVERAL, *reversed(old.splitlines()[1:]), ""]),
            {"batch-wrong", "challenge-wrong"},
        ),
        (
            "text",
            lambda old: old.replace("Omgång: 1", "Omgång: 2"),
            {"batch-wrong", "text-differs Omgång"},
        ),
    ],
)
def test_each_part_is_looked_at(
    package: Package,
    capsys: pytest.CaptureFixture[str],
    column: str,
    new: Callable[[Any], Any],
    kinds: set[str],
) -> None:
    nth = next(n for n in range(3) if _row(n).place == 1)
    package.change(SIGNATURE, column, new, nth=nth)
    assert package.verify(capsys) == (1, kinds)


def test_the_text_of_another_in_the_list_is_named(
    package: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two of the same list change texts and places: each is still the other's."""
    for to, of in ((0, 1), (1, 0)):
        for column in ("text", "place"):
            package.change(SIGNATURE, column, _to(_row(of), column), nth=to)
    code, found = package.verify(capsys)
    assert code == 1
    assert {"text-differs Röst", "text-differs Yttrande", "text-differs Förseglat yttrande"} <= found
    assert not found & {"challenge-wrong", "signature-wrong", "batch-wrong"}
