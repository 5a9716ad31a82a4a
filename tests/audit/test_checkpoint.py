"""The text of a checkpoint, against what the format and its reference implementations publish; and witnesses."""

from datetime import UTC, datetime

import pytest

from audit.checkpoint import Head, Inconsistent, is_origin, parse, time_line, witness
from audit.merkle import consistency_path, leaf_hash, root
from audit.notes import NoKnownSignature, open_note, signed
from audit.signatures import COSIGNATURE, MalformedNote, Signer

# golang.org/x/mod/sumdb/tlog, note_test.go; the root is the leaf hash of "hello world".
GOLDEN = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n"
# c2sp.org/tlog-checkpoint
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0="


def test_the_published_texts() -> None:
    head = Head("go.sum database tree", 123456789012, leaf_hash(b"hello world"))
    assert head.text == GOLDEN
    assert parse(GOLDEN) == head
    example = parse(EXAMPLE)
    assert (example.origin, example.size, example.text) == ("example.com/behind-the-sofa", 20852163, EXAMPLE)
    assert parse(GOLDEN + "one\ntwo\n").extra == ("one", "two")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Log\n9944\n",
        f"\n9944\n{ROOT}\n",
        f"Log\n123\n{ROOT}",
        f"Log\nbananas\n{ROOT}\n",
        f"Log\n-34\n{ROOT}\n",
        f"Log\n+34\n{ROOT}\n",
        f"Log\n034\n{ROOT}\n",
        f"Log\n0xabcdef\n{ROOT}\n",
        f"Log\n١٢\n{ROOT}\n",
        f"Log\n\n{ROOT}\n",
        f"Log\n3438945738945739845734895735\n{ROOT}\n",
        f"Log\n9999999999999999999\n{ROOT}\n",
        "Log\n123\nThisIsn'tBase64\n",
        "Log\n123\nYmFuYW5hcw==\n",  # not a hash
        f"Log\n123\n{ROOT[:-4]}wBTOOBIG=\n",
        f"Log\n123\n{ROOT[:-1]}\n",
        f"Log\n123\n{ROOT}\n\n",
        f"Log\n123\n{ROOT}\none\n\ntwo\n",
        f"Log\n123\n{ROOT}\nJOE",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        parse(text)


def test_nothing_is_written_that_could_not_be_read() -> None:
    for wrong in (
        Head("", 1, bytes(32)),
        Head("a", -1, bytes(32)),
        Head("a", 1, bytes(31)),
        Head("a", 1, bytes(32), ("",)),
        Head("a", 1, bytes(32), ("b\nc",)),
    ):
        with pytest.raises(MalformedNote):
            _ = wrong.text
    assert parse(Head("a", 0, bytes(32)).text).size == 0


def test_the_time_to_the_second_or_the_day_alone() -> None:
    moment = datetime(2026, 11, 28, 3, 50, 0, 999999, tzinfo=UTC)
    line, day = time_line(moment, day=False), time_line(moment, day=True)
    assert (line, day) == ("time 2026-11-28T03:50:00Z", "time 2026-11-28")
    assert Head("a", 1, bytes(32), (line,)).time == datetime(2026, 11, 28, 3, 50, tzinfo=UTC)
    assert Head("a", 1, bytes(32), ("other", day)).time == datetime(2026, 11, 28, tzinfo=UTC)
    for none in ((), ("other",), ("time 2026-13-45",), ("time 2026-11-28T03:50:00",)):
        assert Head("a", 1, bytes(32), none).time is None


def test_origins() -> None:
    assert all(map(is_origin, ("localhost/rekrytering", "logg.kommun.se", "a/b-c_d")))
    assert not any(map(is_origin, ("", "a b", "a+b", "https://kommun.se/logg", "/logg", "kommun.se/lögg")))


LOG = Signer("kommun.se/logg/main", bytes(range(32)))
WITNESS = Signer("revisor.se/w", bytes(range(1, 33)), COSIGNATURE)
HASHES = [leaf_hash(bytes([n])) for n in range(9)]


def _note(size: int, hashes: list[bytes] = HASHES, origin: str = LOG.name) -> str:
    text = Head(origin, size, root(hashes[:size]), ("time 2026-11-28T03:50:00Z",)).text
    return signed(text, [LOG.sign(text)])


def _seen(size: int) -> Head:
    return Head(LOG.name, size, root(HASHES[:size]))


@pytest.mark.parametrize("earlier", [None, *range(10)])
def test_a_witness_signs_what_continues_the_log_it_has_seen(earlier: int | None) -> None:
    seen = None if earlier is None else _seen(earlier)
    proof = consistency_path(earlier, HASHES) if earlier else []
    made = witness(_note(9), LOG.verifier, WITNESS, seen, proof, at=1764300000)
    note = _note(9) + made.line
    assert open_note(note, [WITNESS.verifier]).known == (made,)
    assert open_note(note, [LOG.verifier, WITNESS.verifier]).text == open_note(_note(9), [LOG.verifier]).text


def test_a_witness_refuses_a_fork_a_shrunken_log_and_others_notes() -> None:
    forked = [*HASHES[:4], leaf_hash(b"other"), *HASHES[5:]]
    fork = "do not continue the 6"
    for note, seen, proof, told in (
        (_note(9, forked), _seen(6), consistency_path(6, forked), fork),
        (_note(9, forked), _seen(6), consistency_path(6, HASHES), fork),
        (_note(6, forked), _seen(6), [], fork),
        (_note(9), _seen(6), [], fork),
        (_note(5), _seen(6), [], "shrunk from 6 to 5"),
        (_note(9, origin="kommun.se/logg/reports"), None, [], "is of the log kommun.se/logg/reports"),
        (_note(9), Head("other", 0, root([])), [], "seen before is of the log other"),
    ):
        with pytest.raises(Inconsistent, match=told):
            witness(note, LOG.verifier, WITNESS, seen, proof, at=1)
    with pytest.raises(NoKnownSignature):
        witness(_note(9), Signer(LOG.name, bytes(32)).verifier, WITNESS, None, [], at=1)
