"""The repository itself: sizes, names, and what is written down."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from grimp import build_graph

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
LONGEST_FUNCTION = 40
PRODUCT = {"audit", "config", "vetting"}
SECRETS = (
    "SECRET_KEY", "LOG_KEY", "CHECKPOINT_KEY", "MASTER_KEYS", "INDEX_KEY", "DATABASE_URL", "KEYSTORE_URL", "EMAIL_URL",
    "RECEIPT_KEY",
)  # fmt: skip
# A path of a machine is not a path of the product. In pieces, so that this file does not name one either.
FOLDERS = "|".join(("wo" + "rk", "t" + "mp", "ho" + "me", "ro" + "ot"))
FOREIGN = re.compile(rf"(?<![\w.$}}/])/(?:{FOLDERS})/[\w.-]+")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|#\s*no" + "qa")


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project with one of the suffixes, as git knows them; others' code left out."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        },
    ).stdout
    for name in told.split("\0"):
        path = ROOT / name
        if name and "vendor/" not in name and path.suffix in suffixes and path.is_file():
            yield path


def test_no_module_is_longer_than_a_room() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files(".py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def bodies() -> Iterator[tuple[str, int]]:
    """Every function of the product and the lines of its body: without signature and docstring, with its comments."""
    for path in files(".py"):
        name = path.relative_to(ROOT)
        if name.parts[0] not in PRODUCT or "migrations" in name.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            first = node.body[ast.get_docstring(node) is not None :] or node.body
            assert node.end_lineno is not None
            yield f"{name}: {node.name}", node.end_lineno - first[0].lineno + 1


def test_no_function_is_longer_than_a_page() -> None:
    every = list(bodies())
    assert len(every) > 1000
    assert [(name, lines) for name, lines in every if lines > LONGEST_FUNCTION] == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Nor where the import waits inside a function: such a circle is only put off."""
    graph = build_graph(*sorted(PRODUCT), exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert "audit.clock" in imports["audit.recorder"]
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle
    with pytest.raises(CycleError):
        TopologicalSorter({**imports, "audit.clock": {"audit.recorder"}}).prepare()


def test_nothing_names_the_machine_it_was_written_on_or_is_left_unfinished() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files(".py", ".html", ".md", ".txt", ".toml", ".css", ".js", ".po", ".csv", "")
        if path.name != "LICENSE"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if FOREIGN.search(line) or UNFINISHED.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "settings.md").read_text()


def test_the_requirements_are_locked_with_hashes_and_name_no_registry() -> None:
    for name in ("runtime", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[^\]]*\])?==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "http" not in text
        assert "--index" not in text


def test_the_agreed_dependencies_stand_in_both_lists() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = [line for line in (ROOT / "requirements/runtime.in").read_text().splitlines() if line]
    dev = [
        line for line in (ROOT / "requirements/dev.in").read_text().splitlines() if line and line[0] != "-"
    ]
    assert sorted(project["project"]["dependencies"]) == sorted(runtime)
    assert sorted(project["dependency-groups"]["dev"]) == sorted(dev)


def hasty(tree: ast.AST) -> Iterator[int]:
    """The lines where a browser test presses a link or a button and does not wait for what comes of it."""
    waited = {
        id(inner)
        for block in ast.walk(tree)
        if isinstance(block, ast.With) and any("expect_" in ast.unparse(each) for each in block.items)
        for inner in ast.walk(block)
    }
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Attribute(attr="click", value=thing)) if id(call) not in waited:
                if re.search(r"get_by_role\('(button|link)'", ast.unparse(thing)):
                    yield call.lineno


def test_whoever_presses_what_leads_on_waits_for_the_page() -> None:
    # A click returns when the next page has begun to come: what is read then may be of a page without a heading yet.
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files(".py")
        if "tests" in path.parts
        for line in hasty(ast.parse(path.read_text()))
    ]
    assert found == [], "press it by tests.browser.person.follow"
    assert list(hasty(ast.parse("page.get_by_role('button').first.click()"))) == [1]
