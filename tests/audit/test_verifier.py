"""The stand-alone verifier on bundles that nobody of ours made: what passes, what it cannot check, how it ends."""

import json
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from audit import verifier
from tests.audit.tampering.asked import verified
from tests.audit.tampering.opened import Opened, note
from tests.audit.tampering.synthetic import Builder, Made, made, write_manifest

SOURCE = Path(verifier.__file__)
MUCH = "401 entries and %d notes: 0 findings"
"""What is told of the whole bundle: 400 entries and the restart's."""


@pytest.fixture
def bundle(tmp_path: Path) -> Made:
    return made(tmp_path / "bundle", 400, restart=True)


def test_it_runs_alone_on_another_machine(bundle: Made, tmp_path: Path) -> None:
    """A copy in an empty folder, Python without its search path and without what is installed."""
    away = tmp_path / "away"
    away.mkdir()
    shutil.copy(SOURCE, away)
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "verifier.py", "verify", str(bundle.folder), *bundle.arguments()],
        cwd=away, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.splitlines() == [MUCH % 10]
    assert [path.name for path in away.iterdir()] == ["verifier.py"]


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    text = SOURCE.read_text()
    assert len(text.splitlines()) <= 300
    imported = {
        line.split()[1].partition(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names
    # What a Python of 2020 has: its grammar, and none of the newer parts of the library that are near at hand.
    compile(text, "verifier.py", "exec", dont_inherit=True, _feature_version=9)
    newer = "bit_count strict= file_digest batched pairwise datetime.UTC StrEnum"
    for each in (*newer.split(), "match "):
        assert each not in text


def test_everything_matches(bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(capsys, "verify", bundle.folder, *bundle.arguments()) == (0, [], [MUCH % 10])
    for path in bundle.notes:
        notes = ("--note", path)
        assert verified(capsys, "verify", bundle.folder, *bundle.arguments(), *notes) == (0, [], [MUCH % 11])


@pytest.mark.parametrize("size", [1, 2, 3, 127, 128, 129, 257])
def test_trees_of_every_shape(size: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = made(tmp_path / "bundle", size, every=1)
    assert verified(capsys, "verify", bundle.folder, *bundle.arguments())[:2] == (0, [])


def test_first_keys_come_as_files_too(
    bundle: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = []
    for tree, key in bundle.first_keys.items():
        path = tmp_path / f"{tree}.first"
        path.write_text(f"{key}\n")
        arguments += ["--first-key", str(path)]
    code, findings, unchecked = verified(capsys, "verify", bundle.folder, *arguments)
    assert (code, findings) == (0, [])
    assert unchecked == ["not checked: who signed the notes (no --vkey)", MUCH % 10]


def test_another_first_key_is_noticed(bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = b64encode(bytes(32)).decode()
    code, findings, _ = verified(capsys, "verify", bundle.folder, "--first-key", f"reports={wrong}")
    assert code == 1
    assert {line.split(":")[0] for line in findings} == {"seal-wrong"}
    assert len(findings) == 40


def test_another_signing_key_is_noticed(
    bundle: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Builder(tmp_path / "other", seed=2)
    code, findings, _ = verified(capsys, "verify", bundle.folder, "--vkey", other.vkey("main"))
    assert code == 1
    assert findings == [f"checkpoint-signature: {path.name}" for path in bundle.notes]


def test_notes_of_a_witness_and_of_an_earlier_key_do_no_harm(
    bundle: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Signatures of others are passed over; with several keys given, one of them is enough."""
    other = Builder(tmp_path / "other", seed=2)
    opened = Opened(bundle.folder)
    path = opened.notes()[-1]
    name, size, root = path.read_text().split("\n")[:3]
    head = opened.manifest["trees"]["main"]
    again = note(other.signer, name, int(size), bytes.fromhex(head["root"]))
    path.write_text(path.read_text() + again.splitlines()[-1].replace(name, "witness.example/one") + "\n")
    opened.digest()
    assert verified(capsys, "verify", bundle.folder, *bundle.arguments()) == (0, [], [MUCH % 10])
    path.write_text(again)
    opened.digest()
    code, findings, _ = verified(capsys, "verify", bundle.folder, *bundle.arguments())
    assert (code, findings) == (1, [f"checkpoint-signature: {path.name}"])
    both = [*bundle.arguments(), "--vkey", other.vkey("main")]
    assert verified(capsys, "verify", bundle.folder, *both) == (0, [], [MUCH % 10])
    assert root


def test_one_byte_changed_anywhere_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = made(tmp_path / "bundle", 90, every=60)
    for path in sorted(path for path in bundle.folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        for place in range(0, len(raw), max(1, len(raw) // 7)):
            path.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
            code, findings, _ = verified(capsys, "verify", bundle.folder, *bundle.arguments())
            assert code == 1, (path.name, place)
            assert findings, (path.name, place)
        path.write_bytes(raw)
    assert verified(capsys, "verify", bundle.folder, *bundle.arguments())[0] == 0


def test_a_bit_of_an_old_leaf_is_named_and_the_new_tree_still_goes_on_from_the_old(
    bundle: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log that was ended stays as it was found: one finding, and none about what came after."""
    opened = Opened(bundle.folder)
    line = opened.placed("main")[17]
    line[3] = line[3].replace('"role":"hr_officer"', '"role":"hr_officeR"')
    opened.save()
    code, findings, _ = verified(capsys, "verify", bundle.folder, *bundle.arguments())
    assert (code, findings) == (1, [f"leaf-changed: entry {line[0]}"])


class TestProofs:
    @pytest.mark.parametrize("position", [0, 1, 63, 127, 200, 239])
    def test_inclusion(self, bundle: Made, position: int, capsys: pytest.CaptureFixture[str]) -> None:
        from audit.merkle import is_included

        code, printed, _ = verified(capsys, "inclusion", bundle.folder, "main", position)
        opened = Opened(bundle.folder)
        root, *path = map(b64decoded, printed)
        leaf = bytes.fromhex(opened.placed("main")[position][5])
        assert code == 0
        assert root.hex() == opened.manifest["trees"]["main"]["root"]
        assert is_included(leaf, position, opened.manifest["trees"]["main"]["size"], path, root)

    @pytest.mark.parametrize("sizes", [(1, 1), (1, 240), (64, 128), (127, 239), (240, 240), (3, 7)])
    def test_consistency(
        self, bundle: Made, sizes: tuple[int, int], capsys: pytest.CaptureFixture[str]
    ) -> None:
        from audit.merkle import is_consistent
        from audit.merkle import root as root_of

        code, printed, _ = verified(capsys, "consistency", bundle.folder, "main", *sizes)
        hashes = [bytes.fromhex(line[5]) for line in Opened(bundle.folder).placed("main")]
        root, *path = map(b64decoded, printed)
        assert code == 0
        assert root == root_of(hashes[: sizes[1]])
        assert is_consistent(*sizes, path, root_of(hashes[: sizes[0]]), root)

    @pytest.mark.parametrize(
        "what",
        [
            ("inclusion", "main", 999),
            ("inclusion", "none", 1),
            ("inclusion", "main", -1),
            ("consistency", "main", 5, 999),
            ("consistency", "main", 9, 3),
            ("consistency", "main", 0, 3),
        ],
    )
    def test_of_what_is_not_there(
        self, bundle: Made, what: tuple[object, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        size = len(Opened(bundle.folder).placed("main")) if what[1] == "main" else 0
        code, _, told = verified(capsys, what[0], bundle.folder, "--", *what[1:])
        assert code == 2
        assert told == [f"could not verify: {what[1]} has {size} entries; places are counted from 0"]
        assert verified(capsys, "inclusion", bundle.folder, "main", "x")[0] == 2


def b64decoded(text: str) -> bytes:
    from base64 import b64decode

    return b64decode(text)


def test_acts_of_a_kind_are_listed(bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, action in (
        ("delegations", "delegation.created"), ("break-glass", "break_glass.opened"), ("disposals", "report.disposed")
    ):  # fmt: skip
        code, listed, _ = verified(capsys, "list", bundle.folder, kind)
        there = [line[3] for line in Opened(bundle.folder).entries if json.loads(line[3])["action"] == action]
        assert (code, listed) == (0, there)
        assert there


class TestWhatCannotBeRead:
    """One line, never a traceback."""

    def test_a_file_that_is_missing(self, bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
        for name in ("entries.jsonl", "live.jsonl", "manifest.sha256", "manifest.json"):
            (bundle.folder / name).rename(bundle.folder.parent / name)
            code, findings, told = verified(capsys, "verify", bundle.folder)
            assert (code, findings, len(told)) == (2, [], 1)
            assert name in told[0]
            (bundle.folder.parent / name).rename(bundle.folder / name)
        code, findings, told = verified(capsys, "verify", bundle.folder / "nowhere")
        assert (code, findings, len(told)) == (2, [], 1)

    def test_a_key_or_note_that_is_none(self, bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
        for wrong in (
            ("--vkey", "x"),
            ("--first-key", "none.first"),
            ("--first-key", "main=å"),
        ):
            code, _, told = verified(capsys, "verify", bundle.folder, *wrong)
            assert code == 2
            assert told[0].startswith("could not verify: ")
        code, findings, _ = verified(
            capsys, "verify", bundle.folder, "--note", bundle.folder / "manifest.json"
        )
        assert (code, findings) == (1, ["checkpoint-signature: manifest.json"])
        assert verified(capsys, "verify", bundle.folder, "--note", "nowhere.note")[0] == 2

    def test_another_format(self, bundle: Made, capsys: pytest.CaptureFixture[str]) -> None:
        opened = Opened(bundle.folder)
        write_manifest(bundle.folder, {**opened.manifest, "format": "log-bundle/2 full"})
        code, findings, told = verified(capsys, "verify", bundle.folder)
        assert (code, findings) == (2, [])
        assert "log-bundle/2" in told[0]

    @pytest.mark.parametrize("name", ["entries.jsonl", "live.jsonl", "forged.jsonl", "manifest.json"])
    @pytest.mark.parametrize(
        "content", [b"", b"\n", b"{}\n", b"[]\n", b"7\n", b"[" * 100_000 + b"\n", b"\xff\xfe\n", b'"abcdefg"\n',
                    b"[1,2,3,4,5,6,7]\n", b'[1,[],null,"{}",null,"",null]\n', b'[1,"t",9e99,"{}",null,"",null]\n',
                    b'[1e999,"t",1,"{}",null,"",[]]\n', b'[1,"t",0,"{\\"time\\":7}",5,"",[[]]]\n']
    )  # fmt: skip
    def test_anything_else_in_its_place(
        self, bundle: Made, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (bundle.folder / name).write_bytes(content or b"\0")
        code, findings, told = verified(capsys, "verify", bundle.folder, *bundle.arguments())
        assert code in (1, 2)
        assert findings or told[0].startswith("could not verify")

    def test_wrong_words_on_the_command_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            verifier.main(["nothing"])
        assert ended.value.code == 2
        with pytest.raises(SystemExit) as ended:
            verifier.main(["--help"])
        assert ended.value.code == 0
        assert "Example: python3 verifier.py verify" in capsys.readouterr().out
