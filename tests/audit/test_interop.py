"""golang.org/x/mod/sumdb, the reference implementation, reads our notes and proofs, and we read its notes."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.checkpoint import Head, time_line
from audit.clock import now
from audit.merkle import consistency_path, inclusion_path, leaf_hash, root
from audit.notes import open_note, signed
from audit.signatures import Signer, Verifier
from tests.audit.test_notes import PUBLIC_LOG, PUBLIC_LOG_KEY

SOURCE = Path(__file__).parent / "interop" / "notes.go"
LIBRARY = Path(os.environ.get("GO_LIBRARY", "/usr/share/gocode"))  # of golang-golang-x-mod-dev
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The reference implementation, compiled for this test: a request becomes an answer."""
    go = shutil.which("go")
    if go is None or not (LIBRARY / "src/golang.org/x/mod/sumdb/note").is_dir():
        pytest.skip("Go with golang.org/x/mod is not installed: golang-go, golang-golang-x-mod-dev.")
    room = tmp_path_factory.mktemp("go")
    # Neither modules nor the network: what the distribution has, and nothing kept.
    env = {
        "PATH": os.environ["PATH"], "HOME": str(room), "GOPATH": str(LIBRARY), "GOCACHE": str(room / "cache"),
        "GO111MODULE": "off", "GOFLAGS": "", "CGO_ENABLED": "0", "GOTOOLCHAIN": "local",
    }  # fmt: skip
    subprocess.run([go, "build", "-o", room / "notes", SOURCE], env=env, check=True, timeout=100)

    def ask(do: str, **request: Any) -> dict[str, Any]:
        line = json.dumps({"Do": do, **request})
        done = subprocess.run(
            [room / "notes"], input=line, capture_output=True, text=True, check=True, timeout=20
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return ask


SIGNER = Signer("kommun.se/logg/main", bytes(range(32)))
HASHES = [leaf_hash(bytes([n])) for n in range(21)]
TEXT = Head(SIGNER.name, 21, root(HASHES), (time_line(now(), day=False),)).text
NOTE = signed(TEXT, [SIGNER.sign(TEXT)])


def _b64(*hashes: bytes) -> list[str]:
    return [base64.b64encode(hashed).decode() for hashed in hashes]


@pytest.mark.deadline(120)
def test_a_checkpoint_of_ours_opens_there(reference: Ask) -> None:
    key = str(SIGNER.verifier)
    assert reference("open", Note=NOTE, Keys=[key]) == {"Text": TEXT, "Error": "", "Known": 1}
    changed = reference("open", Note=NOTE.replace("\n21\n", "\n22\n"), Keys=[key])
    assert changed["Error"].startswith("invalid signature for key kommun.se/logg/main")
    assert reference("open", Note=NOTE, Keys=[])["Error"] == "note has no verifiable signatures"
    assert reference("open", Note=NOTE[:-1], Keys=[key])["Error"] == "malformed note"


def test_a_note_made_there_opens_here_and_is_the_same(reference: Ask) -> None:
    made = reference("sign", Text=TEXT, Keys=[SIGNER.written])
    assert made == {"Text": NOTE, "Error": "", "Known": 0}
    other = Signer("någon.annan/ö", bytes(range(1, 33)))
    both = reference("sign", Text=TEXT, Keys=[SIGNER.written, other.written])["Text"]
    assert both == signed(TEXT, [SIGNER.sign(TEXT), other.sign(TEXT)])
    assert len(open_note(both, [SIGNER.verifier, other.verifier]).known) == 2


def test_both_read_a_public_logs_checkpoint_alike(reference: Ask) -> None:
    theirs = reference("open", Note=PUBLIC_LOG, Keys=[PUBLIC_LOG_KEY])
    ours = open_note(PUBLIC_LOG, [Verifier.parse(PUBLIC_LOG_KEY)])
    assert theirs == {"Text": ours.text, "Error": "", "Known": len(ours.known)}


def test_our_proofs_are_accepted_there_and_no_others(reference: Ask) -> None:
    for position in (0, 7, 16, 20):
        path = _b64(*inclusion_path(position, HASHES))
        proof = {"Size": 21, "Root": _b64(root(HASHES))[0], "Place": position, "Path": path}
        assert reference("included", **proof, Hash=_b64(HASHES[position])[0])["Error"] == ""
        assert reference("included", **proof, Hash=_b64(HASHES[position - 1])[0])["Error"] != ""
    for earlier in (1, 8, 13, 20):
        path = _b64(*consistency_path(earlier, HASHES))
        proof = {"Size": 21, "Root": _b64(root(HASHES))[0], "Place": earlier, "Path": path}
        assert reference("consistent", **proof, Hash=_b64(root(HASHES[:earlier]))[0])["Error"] == ""
        assert reference("consistent", **proof, Hash=_b64(HASHES[0], root(HASHES))[1])["Error"] != ""
