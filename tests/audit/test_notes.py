"""Signed notes against the published examples of the format and of its reference implementation.

Sources: golang.org/x/mod/sumdb/note (documentation and note_test.go), c2sp.org/signed-note (its example), and a
checkpoint of a public Certificate Transparency log with the cosignature of a public witness.
"""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.notes import MOST_SIGNATURES, NoKnownSignature, WrongSignature, open_note, parse, signed
from audit.signatures import (
    COSIGNATURE,
    MalformedKey,
    MalformedNote,
    NoteError,
    Signature,
    Signer,
    Verifier,
    cosigned,
    is_name,
)

PETER_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH_PUBLIC = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
NOTE = f"{TEXT}\n{PETER}"
peter, enoch = Verifier.parse(PETER_PUBLIC), Verifier.parse(ENOCH_PUBLIC)

EXAMPLE_PUBLIC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# Signed in two ways by the log, and by four witnesses with cosignatures.
PUBLIC_LOG = (Path(__file__).parent / "interop" / "public_log.note").read_text(encoding="utf-8")
PUBLIC_LOG_KEY = (
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
)
WITNESSES = (
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
)


def test_the_reference_note_is_made_and_opened() -> None:
    signer = Signer.parse(PETER_PRIVATE)
    assert str(signer.verifier) == PETER_PUBLIC
    assert signer.written == PETER_PRIVATE
    assert PETER_PRIVATE.rpartition("+")[2] not in repr(signer)
    assert signed(TEXT, [signer.sign(TEXT)]) == NOTE
    opened = open_note(NOTE, [peter])
    assert (opened.text, opened.known, opened.unknown) == (TEXT, (Signature.parse(PETER[:-1]),), ())
    assert opened.known[0].line == PETER
    assert open_note(NOTE.encode(), [peter]) == opened


def test_the_specifications_example_opens() -> None:
    key = Verifier.parse(EXAMPLE_PUBLIC)
    assert (key.name, key.key_id.hex(), str(key)) == ("example.com/foo", "530d903a", EXAMPLE_PUBLIC)
    assert open_note(EXAMPLE, [key]).text == "This is an example message.\n"


def test_a_public_logs_checkpoint_and_its_witnesses() -> None:
    """The other signature of the same name is of a kind that is not known here, and counts for nothing."""
    opened = open_note(PUBLIC_LOG, [Verifier.parse(PUBLIC_LOG_KEY), *map(Verifier.parse, WITNESSES)])
    assert [signature.name for signature in opened.known] == [
        "arche2025h1.staging.ct.transparency.dev", "witness1.smartit.nu/witness1", "remora.n621.de",
    ]  # fmt: skip
    assert [signature.time for signature in opened.known] == [None, 1779573024, 1779573024]
    assert len(opened.unknown) == 3
    for key in (PUBLIC_LOG_KEY, *WITNESSES):
        with pytest.raises(WrongSignature):
            open_note(PUBLIC_LOG.replace("1432088532", "1432088533"), [Verifier.parse(key)])
    with pytest.raises(WrongSignature):  # the time is signed too
        open_note(PUBLIC_LOG.replace("2net5wAAAABqEiEg", "2net5wAAAABqEiEh"), [Verifier.parse(WITNESSES[0])])


def test_several_signatures_known_and_unknown() -> None:
    note = TEXT + "\n" + PETER + ENOCH
    one, both = open_note(note, [peter]), open_note(note, [peter, enoch])
    assert ([s.name for s in one.known], [s.name for s in one.unknown]) == (["PeterNeumann"], ["EnochRoot"])
    assert ([s.name for s in both.known], both.unknown) == (["PeterNeumann", "EnochRoot"], ())
    with pytest.raises(NoKnownSignature):
        open_note(note, [])
    with pytest.raises(NoKnownSignature):
        open_note(note, [Verifier("PeterNeumann", bytes(32))])  # the name alone does not make the key


def test_repeated_signatures_are_told_once() -> None:
    other = ENOCH[:60] + "ABCD" + ENOCH[60:]
    opened = open_note(TEXT + "\n" + PETER * 2 + ENOCH * 2 + other, [peter])
    assert (len(opened.known), len(opened.unknown)) == (1, 2)


def test_a_known_keys_wrong_signature_refuses_the_whole_note() -> None:
    for wrong in (PETER[:60] + "ABCD" + PETER[60:], PETER[:60] + "ABCD" + PETER[64:]):
        for block in (wrong + ENOCH, ENOCH + wrong):
            with pytest.raises(WrongSignature):
                open_note(TEXT + "\n" + block, [peter, enoch])


def test_two_keys_of_one_name_and_id_are_refused() -> None:
    class Other(Verifier):
        key_id = peter.key_id

    with pytest.raises(MalformedKey):
        open_note(NOTE, [peter, Other("PeterNeumann", bytes(32))])
    assert open_note(NOTE, [peter, peter]).text == TEXT


def test_there_is_a_limit_to_signatures() -> None:
    assert open_note(TEXT + "\n" + PETER * MOST_SIGNATURES, [peter]).text == TEXT
    for keys in ([peter], []):
        with pytest.raises(MalformedNote):
            open_note(TEXT + "\n" + PETER * (MOST_SIGNATURES + 1), keys)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        TEXT + "\n",
        TEXT + "\n\n",
        TEXT + PETER,
        TEXT + "\n" + PETER[:-1],
        TEXT + "\n" + PETER + "\n",
        TEXT + "\n" + PETER + "Unexpected line.\n",
        TEXT + "\nUnexpected line.\n" + PETER,
        "\x01" + TEXT + "\n" + PETER,
        "\t" + TEXT + "\n" + PETER,
        TEXT.replace("\n", "\r\n") + "\r\n" + PETER,
        TEXT + "\n" + PETER[:-1] + "\r\n",
        TEXT + "\n" + PETER.replace("—", "-"),
        TEXT + "\n" + PETER.replace("— ", "—"),
        TEXT + "\n" + PETER.replace("— ", "—  "),
        TEXT + "\n" + PETER.replace("PeterNeumann", "Bad Name"),
        TEXT + "\n" + PETER.replace("PeterNeumann", "Bad+Name"),
        TEXT + "\n" + PETER.replace("PeterNeumann", "Bad\u00a0Name"),
        TEXT + "\n" + PETER.replace("PeterNeumann ", ""),
        TEXT + "\n" + PETER.replace("=", ""),
        TEXT + "\n" + PETER.replace("=", "=="),
        TEXT + "\n" + PETER.replace("=\n", " =\n"),
        TEXT + "\n" + PETER.replace("nAM=", "nAN="),  # the same bytes in another writing
        TEXT + "\n" + PETER.replace("x08go", "x08g-"),
        TEXT + "\n— PeterNeumann\n",
        TEXT + "\n— PeterNeumann \n",
        TEXT + "\n— PeterNeumann x08gow==\n",  # an id and no signature
    ],
)
def test_what_the_format_forbids_is_refused(note: str) -> None:
    with pytest.raises(MalformedNote):
        open_note(note, [peter])
    with pytest.raises(MalformedNote):
        open_note(note.encode(), [peter])


def test_bytes_that_are_not_utf8_are_refused() -> None:
    for note in (b"\xff" + NOTE.encode(), NOTE.encode() + b"\xc3"):
        with pytest.raises(MalformedNote):
            open_note(note, [peter])
    with pytest.raises(MalformedNote):
        open_note("\udcff" + NOTE, [peter])


def test_a_text_may_hold_empty_lines_and_signature_lines() -> None:
    signer = Signer("here", bytes(range(32)))
    for text in ("\n", "one\n\n\ntwo\n", TEXT + "\n" + PETER, "Räksmörgås \u2028 …\n"):
        assert open_note(signed(text, [signer.sign(text)]), [signer.verifier]).text == text


def test_nothing_is_signed_that_could_not_be_opened() -> None:
    signer = Signer("here", bytes(32))
    for text in ("", "abc", "a\tb\n", "a\r\n", "\x00\n", "\udcff\n"):
        with pytest.raises(MalformedNote):
            signer.sign(text)
    with pytest.raises(MalformedNote):
        signed("abc", [signer.sign("abc\n")])
    with pytest.raises(MalformedNote):
        signed("abc\n", [])


@pytest.mark.parametrize(("kind", "written"), [(Verifier, PETER_PUBLIC), (Signer, PETER_PRIVATE)])
def test_no_part_and_no_change_of_a_key_is_a_key(kind: type[Verifier] | type[Signer], written: str) -> None:
    size = len(written)
    parts = {written[i:j] for i in range(size) for j in range(i, size + 1)} - {written}
    changed = {written[:i] + chr(ord(written[i]) + 1) + written[i + 1 :] for i in range(size)}
    for wrong in (
        parts | changed | {written.replace("c74f20a3", "C74F20A3"), written + "\n", written + "AAAA"}
    ):
        with pytest.raises(MalformedKey):
            kind.parse(wrong)


def test_keys_of_another_length_or_kind_are_refused() -> None:
    for wrong in (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "rekor.sigstore.dev+12345678+AwEB",
        "bananas.sigstore.dev+12344556",
        "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
    ):
        with pytest.raises(MalformedKey):
            Verifier.parse(wrong)
    for name, seed in (("a b", bytes(32)), ("", bytes(32)), ("a+b", bytes(32)), ("a", bytes(31))):
        with pytest.raises(MalformedKey):
            Signer(name, seed)


def test_names() -> None:
    assert all(map(is_name, ("a", "example.com/log42", "Räksmörgås", "a=b:c")))
    assert not any(map(is_name, ("", " ", "a b", "a+b", "a\n", "a\u2003b", "a\u0085", "a\x1b")))


def test_a_cosignature_is_over_its_time_and_the_whole_text() -> None:
    witness = Signer("witness.example.com/w1", bytes(range(32)), COSIGNATURE)
    text = "example.com/log\n3\n" + "A" * 43 + "=\nmore\n"
    made = witness.sign(text, at=1679315147)
    assert made.time == 1679315147
    assert open_note(signed(text, [made]), [Verifier.parse(str(witness.verifier))]).known == (made,)
    assert Signer.parse(witness.written) == witness
    for wrong in (text.replace("more", "less"), text.replace("3", "4")):
        with pytest.raises(WrongSignature):
            open_note(signed(wrong, [made]), [witness.verifier])
    later = Signature(made.name, made.key_id, (1679315148).to_bytes(8) + made.made[8:])
    plain = Signature(made.name, made.key_id, made.made[8:])
    for wrong_line in (later, plain):
        with pytest.raises(WrongSignature):
            open_note(signed(text, [wrong_line]), [witness.verifier])
    for when in (None, -1, 1 << 63):
        with pytest.raises(MalformedNote):
            witness.sign(text, at=when)
    # Beyond what a time may be, even where the key has signed it.
    late = 1 << 63
    forged = Ed25519PrivateKey.from_private_bytes(witness.seed).sign(cosigned(text, late))
    with pytest.raises(WrongSignature):
        too_late = Signature(made.name, made.key_id, late.to_bytes(8) + forged)
        open_note(signed(text, [too_late]), [witness.verifier])
    # The same key for plain signatures is another key.
    assert Signer(witness.name, witness.seed).verifier.key_id != witness.verifier.key_id


@given(st.text(), st.binary(max_size=200))
def test_nothing_else_than_a_refusal_comes_of_any_input(text: str, raw: bytes) -> None:
    for note in (text, raw, TEXT + "\n" + text, NOTE.encode() + raw):
        try:
            parse(note)
        except MalformedNote:
            continue
    for key in (text, f"PeterNeumann+c74f20a3+{text}"):
        with pytest.raises(NoteError):
            Verifier.parse(key)


@given(st.binary(min_size=32, max_size=32), st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_is_signed_opens_and_nothing_near_it(seed: bytes, text: str) -> None:
    signer = Signer("here", seed)
    note = signed(text + "\n", [signer.sign(text + "\n")])
    assert open_note(note, [signer.verifier]).text == text + "\n"
    with pytest.raises(WrongSignature):
        open_note("x" + note, [signer.verifier])
