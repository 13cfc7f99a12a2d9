"""Where is the bug that an issue tells of? Files and functions, ranked for real issues.

Each row of the data is an issue of SWE-bench Lite with the patch that closed it. The repository is
indexed as it was before the patch, and the text goes the product's way: stack traces, then words.
Beside it, plain BM25 of the same text over the same files. No weight is changed here: what the
weights were fitted on, and how, stands in README.md.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chunks import bm25, terms
from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.context.frames import symbol_at
from codeassist.engine.context import locate
from codeassist.engine.requests import Evidence, LocateRequest, silent
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.store import Store
from codeassist.index.view import View
from measure import data_options, table
from scratch import find_repository

SHOWN = 5
_HUNK = re.compile(r"@@ -(\d+)")


@dataclass(frozen=True)
class Case:
    """A row's outcome: 0-based ranks, None for what is not in the answer at all.

    `function` is of the best gold function; `has_function` is false where the patch edits none.
    """

    id: str
    repo: str
    file: int | None
    function: int | None
    has_function: bool
    plain: int | None
    seconds: float
    gold: tuple[str, ...]
    gold_functions: tuple[str, ...]
    top: tuple[str, ...]
    top_functions: tuple[str, ...]


@dataclass
class Result:
    """What the rows gave."""

    cases: list[Case] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


class Plain:
    """BM25 over whole files. The words of a content are counted once."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def ranked(self, view: View, text: str) -> list[str]:
        """The files that share a word with a text, best first."""
        counts = {path: self._counted(view, path) for path in view.paths}
        scores = bm25(counts, terms(text))
        return sorted(scores, key=lambda path: (-scores[path], path))

    def _counted(self, view: View, path: str) -> Counter[str]:
        key = view.key(path) or ""
        if key not in self._counts:
            document = view.document(path)
            data = document.data if document is not None else b""
            self._counts[key] = Counter(terms(data.decode("utf-8", "replace")))
        return self._counts[key]


def main() -> None:
    options = _options()
    rows = [
        json.loads(line)
        for path in sorted(Path(options.data, "issues").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    wanted = set(filter(None, options.only.split(",")))
    result = Result()
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-cache-") as temporary:
        for repo in sorted({row["repo"] for row in rows}):
            if not wanted or repo.rpartition("/")[2] in wanted:
                store = Store.open(str(Path(options.cache or temporary, repo.replace("/", "+"))))
                try:
                    _of_repository(
                        [row for row in rows if row["repo"] == repo],
                        find_repository(Path(options.repos), repo),
                        store,
                        result,
                    )
                finally:
                    store.close()
    if options.json:
        print(json.dumps(asdict(result), indent=1))
    else:
        _show(result, options.verbose)


def _of_repository(
    rows: Sequence[Mapping[str, Any]], clone: Path | None, store: Store, result: Result
) -> None:
    if clone is None:
        result.skipped.append(f"{rows[0]['repo']}: there is no clone, {len(rows)} rows")
        return
    repository = Repository.discover(str(clone))
    plain = Plain()
    for row in rows:
        try:
            revision = repository.resolve(row["base_commit"])
        except Exception as error:  # a clone may lack some of the commits: go on with the others
            result.skipped.append(f"{row['instance_id']}: {error}")
            continue
        tree = RevisionTree(repository, revision)
        try:
            token = CancellationToken()
            built = build(tree, store, str(clone), IndexConfig(workers=1), silent, token)
            result.cases.append(_case(row, built.view, str(clone), plain))
        finally:
            tree.close()


def _case(row: Mapping[str, Any], view: View, root: str, plain: Plain) -> Case:
    """A row's outcome. The second of two runs is timed: the first one reads the repository."""
    text: str = row["problem_statement"]
    request = LocateRequest(text, Evidence.ISSUE)
    locate(view, root, request)
    started = time.perf_counter()
    found = locate(view, root, request)
    seconds = time.perf_counter() - started
    files = [each.path for each in found.files]
    functions = [f"{each.path} {each.name}" for each in found.symbols]
    gold = tuple(row["gold_files"])
    gold_functions = tuple(dict.fromkeys(_edited(view, row["patch"])))
    return Case(
        row["instance_id"],
        row["repo"],
        _rank(files, gold),
        _rank(functions, gold_functions),
        bool(gold_functions),
        _rank(plain.ranked(view, text), gold),
        seconds,
        gold,
        gold_functions,
        tuple(files[:SHOWN]),
        tuple(functions[:SHOWN]),
    )


def _edited(view: View, patch: str) -> Iterator[str]:
    """ "path name" of each function of the base that a patch edits a line of, or adds one after."""
    for path, lines in _edited_lines(patch):
        outline, document = view.outline(path), view.document(path)
        if outline is None or document is None:
            continue
        for line in sorted(lines):
            start = document.lines.line_start(min(line, document.lines.line_count) - 1)
            at = symbol_at(outline, start, document.data)
            if at >= 0 and outline.symbols[at].kind in CALLABLE_KINDS:
                yield f"{path} {outline.qualified(at)}"


def _edited_lines(patch: str) -> Iterator[tuple[str, set[int]]]:
    """For each file of the base the 1-based lines that are removed, or that lines come after."""
    path, lines, number = "", set[int](), 0
    for text in patch.split("\n"):
        if text.startswith("--- "):
            if lines:
                yield path, lines
            path, lines = text.removeprefix("--- a/"), set()
        elif match := _HUNK.match(text):
            number = int(match[1])
        elif text.startswith("-"):
            lines.add(number)
            number += 1
        elif text.startswith("+") and not text.startswith("+++ "):
            lines.add(max(1, number - 1))
        elif text.startswith(" "):
            number += 1
    if lines:
        yield path, lines


def _rank(found: Sequence[str], gold: Sequence[str]) -> int | None:
    return next((rank for rank, each in enumerate(found) if each in gold), None)


def _show(result: Result, verbose: bool) -> None:
    repos = sorted({case.repo for case in result.cases})
    groups = [(repo, [case for case in result.cases if case.repo == repo]) for repo in repos]
    rows = [_row(name, cases) for name, cases in [*groups, ("all", result.cases)] if cases]
    head = ("repository", "issues", "first", "in five", "in ten", "function in ten")
    print(table((*head, "BM25 first", "in five", "in ten"), rows))
    seconds = sorted(case.seconds for case in result.cases)
    if seconds:
        mean = sum(seconds) / len(seconds)
        print(f"\nSeconds an issue, warm: mean {mean:.2f}, max {seconds[-1]:.2f}")
    for text in result.skipped:
        print(f"SKIPPED: {text}")
    if verbose:
        _show_misses(result.cases)


def _row(name: str, cases: Sequence[Case]) -> tuple[str, ...]:
    files = [case.file for case in cases]
    functions = [case.function for case in cases if case.has_function]
    plain = [case.plain for case in cases]
    return (
        name,
        str(len(cases)),
        *(_share(files, most) for most in (1, 5, 10)),
        _share(functions, 10),
        *(_share(plain, most) for most in (1, 5, 10)),
    )


def _share(ranks: Sequence[int | None], most: int) -> str:
    hits = sum(rank is not None and rank < most for rank in ranks)
    return f"{hits / len(ranks):.2f}" if ranks else "-"


def _show_misses(cases: Iterable[Case]) -> None:
    print("\nNot first, or the function not in ten:")
    for case in cases:
        missed = case.has_function and (case.function is None or case.function >= 10)
        if case.file != 0 or missed:
            print(f"- {case.id}: file {_place(case.file)}, function {_place(case.function)}")
            print(f"    gold: {', '.join(case.gold)}; {', '.join(case.gold_functions)}")
            print(f"    files: {', '.join(case.top)}")
            print(f"    functions: {', '.join(case.top_functions)}")


def _place(rank: int | None) -> str:
    return "not found" if rank is None else f"at {rank + 1}"


def _options() -> argparse.Namespace:
    parser = data_options(__doc__, "flask,requests")
    parser.add_argument("--json", action="store_true", help="all cases as JSON")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
