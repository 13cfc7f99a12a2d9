"""Do the refactorings keep a repository's own tests passing? Random selections of public code.

    python bench/refactor.py FOLDER … --each 8 --import-from src --pytest "-q -x"

Each folder is an unpacked repository with tests that pass here. It is copied; for each action
random places of its Python code outside of tests are tried until enough of them apply, and after
each edit the tests are run in a process of their own and the edit is taken back. Refused places are
counted with their reasons: a refusal is no failure, an edit after which a test fails is one. Edits
that count as unverified (a renaming that may have missed something) are listed apart.

The actions that need a model are measured by refactor_model.py.
"""

import argparse
import ast
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import CodeassistError
from codeassist.base.symbols import TOP
from codeassist.checks.paths import is_test
from codeassist.context.pieces import Focus, Pack
from codeassist.edits.write import write
from codeassist.engine.asking import converse
from codeassist.index.view import View
from codeassist.prompts.library import Prompts
from codeassist.tasks.refactor import RefactorOptions, run
from codeassist.tasks.task import (
    Ask,
    Reach,
    Reply,
    Scene,
    Subject,
)
from index_probes import opened
from measure import table

LOCAL = ("extract-function", "extract-variable", "inline", "rename")
TRIES = 40  # places for each one that is to apply; most names are set twice, and so on
SECONDS = 600.0  # for one run of the tests
NEW_NAME = "new_name_of_the_bench"


@dataclass
class Score:
    """What became of the places of one action."""

    applied: int = 0
    passed: int = 0
    unverified: int = 0
    unverified_passed: int = 0
    failed: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    options = _parser().parse_args()
    scores = {action: Score() for action in options.actions}
    for folder in options.folders:
        with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as name:
            root = Path(name).resolve() / "repository"
            shutil.copytree(folder, root, ignore=shutil.ignore_patterns(".git", "__pycache__"))
            subprocess.run(["git", "init", "--quiet", str(root)], check=True)
            measure(root, options, scores)
    print(
        table(
            ["action", "applied", "tests pass", "unverified", "pass", "refused", "ms"],
            _rows(scores),
        )
    )
    for action, score in scores.items():
        for line in score.failed:
            print(f"FAILED {action}: {line}")
    for action, score in scores.items():
        for reason, count in score.refused.most_common(5):
            print(f"{action}: refused {count} times: {reason}")


def measure(root: Path, options: argparse.Namespace, scores: dict[str, Score]) -> None:
    """Refactor one repository in many places, one at a time."""
    if not _tests_pass(root, options):
        sys.exit(f"{root}: the tests fail before anything is changed")
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as cache:
        view = opened(str(root), cache, 1)
        chance = random.Random(options.seed)
        for action in options.actions:
            places = list(_places(view, action))
            chance.shuffle(places)
            done = 0
            for subject in places[: TRIES * options.each]:
                done += _tried(root, view, action, subject, options, scores[action])
                if done == options.each:
                    break


def _tried(
    root: Path,
    view: View,
    action: str,
    subject: Subject,
    options: argparse.Namespace,
    score: Score,
) -> bool:
    """Refactor one place and run the tests; False where it is refused."""
    started = time.perf_counter()
    name = NEW_NAME if action in ("rename", "extract-function") else ""
    try:
        report = converse(run(scene(view), subject, RefactorOptions(action, name)), _nobody)
    except CodeassistError as refused:
        score.refused[re.sub(r"`[^`]*`", "`…`", refused.message)] += 1
        return False
    score.seconds.append(time.perf_counter() - started)
    (edit,) = report.edits
    undo = write(root, [edit])
    passes = _tests_pass(root, options)
    undo.undo()
    where = f"{subject.name}: {edit.title}"
    if edit.is_verified:
        score.applied += 1
        score.passed += passes
        score.failed += [] if passes else [where]
    else:
        score.unverified += 1
        score.unverified_passed += passes
    return True


def _tests_pass(root: Path, options: argparse.Namespace) -> bool:
    folder = root / options.import_from if (root / options.import_from).is_dir() else root
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import pytest;"
        " sys.exit(pytest.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-B", "-c", code, str(folder), *shlex.split(options.pytest)]
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=SECONDS, check=False)
    return done.returncode == 0


def _places(view: View, action: str) -> Iterator[Subject]:
    for path, (_, language) in view.paths.items():
        document = view.document(path)
        if language != "python" or document is None or is_test(path) or "docs/" in path:
            continue
        try:
            tree = ast.parse(document.data)
        except SyntaxError:
            continue
        for first, last in _ranges(tree, action):
            lines = document.lines
            start = lines.line_start(first[0] - 1) + first[1]
            end = lines.line_start(last[0] - 1) + last[1]
            focus = Focus(path, first[0] - 1, last[0] - 1, TOP)
            yield Subject(f"{path}:{first[0]}:{first[1]}", Reach.PLACE, focus, (path,), start, end)


Position = tuple[int, int]


def _ranges(tree: ast.Module, action: str) -> Iterator[tuple[Position, Position]]:
    """Selections for an action: (line, byte column) of both ends."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for function in functions:
        if action == "extract-function":
            yield from _runs(function)
        for node in ast.walk(function):
            position = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
            if action == "extract-variable" and isinstance(
                node, ast.Call | ast.BinOp | ast.Attribute | ast.Subscript
            ):
                yield position, (node.end_lineno or 0, node.end_col_offset or 0)
            stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
            if action == "inline" and stored:
                yield position, position
            if action == "inline" and called:
                assert isinstance(node, ast.Call)
                end = ((node.func.end_lineno or 0), (node.func.end_col_offset or 0))
                yield end, end
            if action == "rename" and (stored or isinstance(node, ast.arg)):
                yield position, position
    if action == "rename":
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                word = 4 if isinstance(node, ast.FunctionDef) else 6
                position = (node.lineno, node.col_offset + word)
                yield position, position


def _runs(function: ast.AST) -> Iterator[tuple[Position, Position]]:
    """Runs of two to six statements in the blocks of a function."""
    for node in ast.walk(function):
        body = getattr(node, "body", None)
        for first in range(len(body) if isinstance(body, list) else 0):
            for last in range(first + 1, min(first + 6, len(body))):
                start, end = body[first], body[last]
                if getattr(start, "decorator_list", ()):
                    continue
                yield (start.lineno, start.col_offset), (end.end_lineno, end.end_col_offset)


def scene(view: View) -> Scene:
    """A scene without a model; nothing is packed for one."""

    def pack(focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
        return Pack("", 0, budget, "", ())

    token = CancellationToken()
    return Scene(view, "", pack, Prompts(), None, token, lambda stage, done, total: None)


def _nobody(batch: tuple[Ask, ...]) -> tuple[Reply, ...]:
    raise AssertionError("a local refactoring asks no model")


def _rows(scores: dict[str, Score]) -> list[list[str]]:
    rows = []
    for action, score in scores.items():
        times = sorted(score.seconds)
        middle = f"{times[len(times) // 2] * 1000:.0f}" if times else "-"
        unverified, passed = str(score.unverified), str(score.unverified_passed)
        refused = str(sum(score.refused.values()))
        rows.append(
            [action, str(score.applied), str(score.passed), unverified, passed, refused, middle]
        )
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, help="unpacked repositories with tests")
    parser.add_argument("--each", type=int, default=8, help="edits an action and repository")
    parser.add_argument("--actions", nargs="+", choices=LOCAL, default=list(LOCAL))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--import-from", default="src", help="the folder that tests import from")
    parser.add_argument("--pytest", default="-q -x -p no:cacheprovider", help="pytest's arguments")
    return parser


if __name__ == "__main__":
    main()
