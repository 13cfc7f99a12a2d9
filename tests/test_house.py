"""The house's rules: imports, style, types, and tables that agree with their folders."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeassist.checks import CHECKS, explanation, load
from codeassist.languages import LANGUAGES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "server" / "codeassist"
# Shared halves of query files that are no language of their own.
SHARED_QUERIES = {"ecmascript"}
TOP_LEVEL = {
    ".ci", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "Makefile", "README.md", "action.yml", "bench", "constraints.txt", "editors", "pipelines",
    "pyproject.toml", "server", "tests",
}  # fmt: skip


def run(*command: str) -> str:
    """Run one of the project's own tools in the root; its output where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def test_imports_point_down() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_lint() -> None:
    assert run("ruff", "check", ".") == ""


def test_format() -> None:
    assert run("ruff", "format", "--check", ".") == ""


def test_types() -> None:
    assert run("mypy") == ""


def test_the_top_level_is_fixed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.partition("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in modules() if not ast.get_docstring(tree)] == []


def test_only_the_command_line_prints() -> None:
    printing = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "print" and not name.startswith("cli/")
    ]
    assert printing == []


# Where a process that codeassist starts is given its environment, which begins as ours.
PASSES_ENVIRONMENT_ON = {"git/command.py", "engine/installation.py"}


def test_only_settings_read_the_environment() -> None:
    reading = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if isinstance(node.value, ast.Name) and node.value.id == "os"
    }
    assert reading - PASSES_ENVIRONMENT_ON <= {"settings/load.py"}


def test_no_room_is_called_utils() -> None:
    assert [name for name, _ in modules() if "util" in name or "helper" in name] == []


def test_the_table_of_checks_agrees_with_its_folder() -> None:
    with_check = {
        f"codeassist.checks.{name.removeprefix('checks/').removesuffix('.py')}"
        for name, tree in modules()
        if name.startswith("checks/")
        for node in tree.body
        if isinstance(node, ast.Assign)
        if any(isinstance(each, ast.Name) and each.id == "CHECK" for each in node.targets)
    }
    assert set(CHECKS.values()) == with_check
    pages = {path.stem for path in (PACKAGE / "checks" / "pages").glob("*.md")}
    assert set(CHECKS) == pages


@pytest.mark.parametrize("code", CHECKS)
def test_a_check_is_described(code: str) -> None:
    check = load(code)
    assert check.code == code
    page = explanation(code)
    assert page.startswith(f"# {code} {check.name}\n")
    assert f"codeassist: ignore[{code}]" in page or code == "CA501"


def test_the_table_of_languages_agrees_with_its_folder() -> None:
    queries = {path.stem for path in (PACKAGE / "languages" / "queries").glob("*.scm")}
    assert queries - SHARED_QUERIES == {row.name for row in LANGUAGES}


def test_no_extension_belongs_to_two_languages() -> None:
    extensions = [extension for row in LANGUAGES for extension in row.extensions]
    assert len(extensions) == len(set(extensions))
