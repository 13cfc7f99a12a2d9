"""Do the facts, or a model with them, find real bugs? QuixBugs and functions of BugsInPy.

Each case is a function with a bug and the same function repaired. A case is *found* when a finding
or a hypothesis, or its evidence, is on a line that the repair changes or inserts next to. All else
that is said of the faulty side is *false*, and so is everything said of the repaired side, which is
the control. What the task drops on the way (quotes that do not exist, refuted hypotheses) is
counted too.

Only the side in question is in the folder that is looked at, so that no context has the answer.
"""

import argparse
import ast
import difflib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import CALLABLE_KINDS, TOP
from codeassist.context.frames import symbol_at
from codeassist.context.pieces import Focus, Pack
from codeassist.engine.requests import silent
from codeassist.engine.subjects import find_subject
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.prompts.library import Prompts
from codeassist.tasks.bugs import BugsOptions, run
from codeassist.tasks.task import Scene, TaskReport
from codeassist.vfs.disk import DiskTree
from codeassist.vfs.walk import walk
from measure import table
from scratch import find_repository

BUGSINPY_CASES = 40
_SIDES = ("buggy", "correct")
# Looks for bugs in one target of a folder.
Look = Callable[[Path, str], TaskReport]
Lines = frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """A bug: both sides' files by path, what is looked at on each side, and the faulty lines.

    Lines are 0-based; `faulty` of the correct side are those that the repair wrote.
    """

    name: str
    suite: str
    path: str
    files: tuple[Callable[[Path], None], Callable[[Path], None]]
    targets: tuple[str, str]
    faulty: tuple[Lines, Lines]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one side. `true` touch a faulty line, `first` if the first one does."""

    true: int
    false: int
    first: bool
    codes: tuple[str, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]


class Row(NamedTuple):
    """A case's name, and what was said of both of its sides."""

    suite: str
    name: str
    buggy: Said
    fixed: Said


def main() -> None:
    options = _options()
    rows = _read(options.report) if options.report else list(_looked_at(options))
    if options.json:
        return
    for suite in dict.fromkeys(row.suite for row in rows):
        _show([row for row in rows if row.suite == suite], suite, options.verbose)


def _looked_at(options: argparse.Namespace) -> Iterator[Row]:
    """The rows of the cases that were asked for, as they come."""
    cases: list[Case] = []
    if options.quixbugs:
        cases += quixbugs(Path(options.quixbugs))
    if options.bugsinpy:
        others = bugsinpy(Path(options.bugsinpy), Path(options.repos), BUGSINPY_CASES)
        # In turn, so that a run that is cut off has seen both.
        pairs = zip_longest(cases, others)
        cases = [case for pair in pairs for case in pair if case is not None]
    look = facts_alone if options.facts else _engine_run
    for number, case in enumerate(cases[: options.first or None], 1):
        if number <= options.after:
            continue
        print(f"{number}/{len(cases)} {case.suite} {case.name}", file=sys.stderr)
        sides = [_look_at(case, side, look) for side in range(2)]
        if options.json:  # as they come: a run with a model takes hours, and may be cut off
            print(json.dumps([case.suite, case.name, *map(asdict, sides)]), flush=True)
        yield Row(case.suite, case.name, *sides)


def _read(paths: Sequence[str]) -> list[Row]:
    """The rows of runs before; of a case that is in several, the last."""
    found: dict[tuple[str, str], Row] = {}
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            suite, name, *sides = json.loads(line)
            found[suite, name] = Row(suite, name, *(Said(**side) for side in sides))
    return list(found.values())


# The cases


def quixbugs(folder: Path) -> Iterator[Case]:
    """The Python programs of a clone of QuixBugs, bare or not; each by itself, with `node`."""
    programs, repaired = "python_programs/", "correct_python_programs/"
    texts = {
        path: _git(folder, "show", f"HEAD:{path}")
        for path in _git(folder, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
        if path.startswith((programs, repaired)) and path.endswith(".py")
    }
    for path in sorted(texts):
        name = path.removeprefix(programs)
        before, after = texts.get(programs + name), texts.get(repaired + name)
        if not path.startswith(programs) or before is None or after is None:
            continue
        if before == after or name.startswith("node") or name.endswith("_test.py"):
            continue
        node = texts.get(f"{programs}node.py", "")
        faulty = _changed(before, after)
        if faulty[0]:
            sides = tuple(_writer({name: text, "node.py": node}) for text in (before, after))
            yield Case(name, "QuixBugs", name, sides, (name, name), faulty)  # type: ignore[arg-type]


def bugsinpy(folder: Path, repos: Path, most: int) -> Iterator[Case]:
    """Bugs that one function of one file was changed for, in turn of the projects with a clone."""
    listed = _git(folder, "ls-tree", "-r", "--name-only", "HEAD", "projects/").splitlines()
    by_project: dict[str, list[str]] = {}
    for path in listed:
        if path.endswith("/bug.info"):
            by_project.setdefault(path.split("/")[1], []).append(path)
    streams = []
    for project, infos in sorted(by_project.items()):
        url = _value(_git(folder, "show", f"HEAD:projects/{project}/project.info"), "github_url")
        clone = find_repository(repos, "/".join(url.rstrip("/").split("/")[-2:]))
        if clone is None:
            print(f"BugsInPy {project}: there is no clone", file=sys.stderr)
            continue
        infos.sort(key=lambda path: int(path.split("/")[3]))
        streams.append(_bugs_of(folder, project, infos, clone))
    found = (case for row in zip_longest(*streams) for case in row if case is not None)
    for _, case in zip(range(most), found, strict=False):
        yield case


def _bugs_of(folder: Path, project: str, infos: Sequence[str], clone: Path) -> Iterator[Case]:
    for path in infos:
        info = _git(folder, "show", f"HEAD:{path}")
        commits = [_value(info, f"{side}_commit_id") for side in ("buggy", "fixed")]
        case = _bug(f"{project} {path.split('/')[3]}", clone, commits)
        if case is not None:
            yield case


def _bug(name: str, clone: Path, commits: Sequence[str]) -> Case | None:
    """A case, unless it is not about one function, or the clone lacks a commit."""
    try:
        paths = _git(clone, "diff", "--name-only", *commits).splitlines()
        sources = [p for p in paths if p.endswith(".py") and not _is_test(p)]
        if len(sources) != 1:
            return None
        (path,) = sources
        texts = [_git(clone, "show", f"{commit}:{path}") for commit in commits]
    except subprocess.CalledProcessError:
        return None
    faulty = _changed(*texts)
    targets = [_function(path, text, lines) for text, lines in zip(texts, faulty, strict=True)]
    if None in targets or not faulty[0]:
        return None
    sides = tuple(_exporter(clone, commit) for commit in commits)
    return Case(name, "BugsInPy", path, sides, tuple(targets), faulty)  # type: ignore[arg-type]


def _is_test(path: str) -> bool:
    return any(part.startswith("test") for part in path.split("/"))


def _changed(before: str, after: str) -> tuple[Lines, Lines]:
    """The lines of code that a repair changes, on both sides; beside an insertion, those around it.

    Blank lines, comments and the texts that QuixBugs has after its functions are no code.
    """
    old, new = _code(before), _code(after)
    sides: tuple[set[int], set[int]] = (set(), set())
    texts = ([text for _, text in old], [text for _, text in new])
    matcher = difflib.SequenceMatcher(None, *texts, autojunk=False)
    for tag, *ranges in matcher.get_opcodes():
        if tag == "equal":
            continue
        for side, lines, first, last in zip(
            sides, (old, new), ranges[::2], ranges[1::2], strict=True
        ):
            touched = lines[first:last] or lines[max(0, first - 1) : first + 1]
            side.update(number for number, _ in touched)
    return frozenset(sides[0]), frozenset(sides[1])


def _code(text: str) -> list[tuple[int, str]]:
    """The lines of code of a file with their numbers."""
    left_out: set[int] = set()
    try:
        body = ast.parse(text).body
    except SyntaxError:
        body = []
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.update(range(node.lineno - 1, node.end_lineno or node.lineno))
    return [
        (number, line.rstrip())
        for number, line in enumerate(text.splitlines())
        if number not in left_out and line.strip() and not line.lstrip().startswith("#")
    ]


def _function(path: str, text: str, lines: Lines) -> str | None:
    """The target of the one function that has all of some lines."""
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as name:
        Path(name, "a.py").write_text(text, "utf-8")
        with _Index(Path(name)) as view:
            outline, document = view.outline("a.py"), view.document("a.py")
            if outline is None or document is None or not lines:
                return None
            found = {
                symbol_at(outline, document.lines.line_start(line), document.data) for line in lines
            }
            if len(found) != 1 or TOP in found:
                return None
            symbol = outline.symbols[found.pop()]
            if symbol.kind not in CALLABLE_KINDS:
                return None
            first = document.lines.line_of(symbol.start) + 1
            return f"{path}:{first}-{document.lines.line_of(symbol.end - 1) + 1}"


# Looking


def _look_at(case: Case, side: int, look: Look) -> Said:
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as name:
        folder = Path(name).resolve()
        case.files[side](folder)
        report = look(folder, case.targets[side])
    findings = [*report.findings, *(each.finding for each in report.hypotheses)]
    touching = []
    for finding in findings:
        places = [finding.location, *(each.location for each in finding.evidence)]
        lines = {
            line
            for place in places
            if place.path == case.path
            for line in range(place.span.start_line, place.span.end_line + 1)
        }
        touching.append(bool(lines & case.faulty[side]))
    codes = tuple(each.subject if each.code == "CA401" else each.code for each in findings)
    dropped = tuple(f"{each.what}: {each.reason}" for each in report.dropped)
    true = sum(touching)
    return Said(true, len(touching) - true, touching[:1] == [True], codes, dropped, report.notes)


def facts_alone(folder: Path, target: str) -> TaskReport:
    """The report without a model."""

    def pack(focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
        raise AssertionError("facts need no context")

    with _Index(folder) as view:
        scene = Scene(view, str(folder), pack, Prompts(), None, CancellationToken(), silent)
        subject = find_subject(view, str(folder), "", target).subject
        try:
            next(run(scene, subject, BugsOptions()))
        except StopIteration as end:
            report: TaskReport = end.value
            return report
    raise AssertionError("facts alone ask nothing")


def _engine_run(folder: Path, target: str) -> TaskReport:
    """The report with the model that the user's own settings name, through the engine."""
    from codeassist.engine.engine import Engine
    from codeassist.engine.requests import TaskRequest, Use
    from codeassist.settings.load import load

    request = TaskRequest("bugs", BugsOptions(), target, use=Use.MODEL)
    with Engine.open(str(folder), load(str(folder))) as engine:
        return engine.run(request, silent, CancellationToken()).report


class _Index:
    """The view of a folder, in `with`; its index is kept nowhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = tempfile.TemporaryDirectory(prefix="codeassist-bench-cache-")

    def __enter__(self) -> View:
        self._store = Store.open(self._cache.name)
        root = str(self._folder)
        tree = DiskTree(root, lambda: walk(root))
        config = IndexConfig(workers=1)
        return build(tree, self._store, root, config, silent, CancellationToken()).view

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._cache.cleanup()


# The figures


def _show(rows: Sequence[Row], suite: str, verbose: bool) -> None:
    count = len(rows)
    buggy, fixed = [row.buggy for row in rows], [row.fixed for row in rows]
    print(f"\n## {suite}: {count} functions\n")
    figures = [
        (
            "found: something said touches a faulty line",
            _share(sum(s.true > 0 for s in buggy), count),
        ),
        ("found by what is said first", _share(sum(s.first for s in buggy), count)),
        ("said of the faulty side", f"{sum(s.true + s.false for s in buggy) / count:.2f} each"),
        ("of these false", f"{sum(s.false for s in buggy) / count:.2f} each"),
        (
            "said of the repaired side (control)",
            f"{sum(s.true + s.false for s in fixed) / count:.2f} each",
        ),
        ("repaired sides of which nothing is said", _share(sum(not s.codes for s in fixed), count)),
        (
            "dropped on the way",
            f"{sum(len(s.dropped) for s in buggy + fixed) / (2 * count):.2f} each",
        ),
    ]
    print(table(["figure", "value"], figures))
    codes = [Counter(code for said in side for code in said.codes) for side in (buggy, fixed)]
    for name, counted in zip(_SIDES, codes, strict=True):
        print(
            f"\n{name}: " + (", ".join(f"{c} {n}" for c, n in counted.most_common()) or "nothing")
        )
    for row in rows if verbose else ():
        print(f"\n{row.name}")
        for name, said in zip(_SIDES, (row.buggy, row.fixed), strict=True):
            print(f"  {name}: {said.true} true, {said.false} false {said.codes}")
            for text in (*said.dropped, *said.notes):
                print(f"    {text}")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


# Files and git


def _writer(texts: dict[str, str]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")

    return write


def _exporter(clone: Path, commit: str) -> Callable[[Path], None]:
    def export(folder: Path) -> None:
        archive = subprocess.run(
            ["git", "-C", str(clone), "archive", commit], capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)

    return export


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _value(info: str, key: str) -> str:
    for line in info.splitlines():
        if line.startswith(f"{key}="):
            return line.partition("=")[2].strip().strip('"')
    return ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quixbugs", default="", help="a clone of jkoppel/QuixBugs")
    parser.add_argument("--bugsinpy", default="", help="a clone of soarsmu/BugsInPy")
    parser.add_argument("--repos", default=".", help="folder with clones of BugsInPy's projects")
    parser.add_argument("--facts", action="store_true", help="without a model")
    parser.add_argument("--first", type=int, default=0, help="only so many cases")
    parser.add_argument("--after", type=int, default=0, help="not the first so many cases")
    parser.add_argument("--json", action="store_true", help="a line for each case, when it is done")
    parser.add_argument("--report", nargs="+", help="only show what --json wrote into these files")
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
