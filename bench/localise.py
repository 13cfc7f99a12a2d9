"""Which code does a change need? Packs for real commits, against aider's map and BM25 chunks.

A row of the data is a commit: one edited place is the focus, the other edited files are gold. Each
row's base is checked out in a scratch clone, indexed, and packed as `codeassist pack` does it. For
each budget: the share of gold files that are shown, of gold functions whose name is shown under
their file (*mention*) and of which an edited line is shown (*body*), and of edited lines shown.
"""

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from chunks import chunks_of, packed, ranked
from codeassist.base.cancellation import CancellationToken
from codeassist.context.tokens import Counter
from codeassist.context.weights import DEFAULT, Weights
from codeassist.engine.context import ContextDesk
from codeassist.engine.requests import PackRequest
from codeassist.git.repository import Repository
from codeassist.index.view import View
from index_probes import opened
from measure import data_options, table
from peer_aider import AiderMissingError, Maps
from peer_aider import python as aider_python
from scratch import find_repository

MODEL = "gpt-5.2"
MEASURES = ("files", "functions", "bodies", "lines")
_WORD = re.compile(r"[\w$]+")


@dataclass
class Shown:
    """What a context shows: line numbers (1-based) and words, by path."""

    lines: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


Scores = dict[tuple[str, int], list[dict[str, float]]]  # by way and budget, a row each


class Bench:
    """One run over the rows of one file of data."""

    def __init__(
        self, source: Path, cache: str, weights: Weights, aider: Maps | None, peers: bool
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="codeassist-bench-")
        self.root = Path(self._folder.name).resolve() / "clone"
        _git("clone", "--quiet", "--shared", "--no-checkout", str(source.resolve()), str(self.root))
        self._cache, self._weights, self._aider, self._with_peers = cache, weights, aider, peers
        self._counter = Counter("o200k_base")
        self.seconds: list[float] = []

    def close(self) -> None:
        """Remove the clone."""
        self._folder.cleanup()

    def row(self, row: Mapping[str, Any], budgets: Sequence[int], scores: Scores) -> None:
        """Measure one commit."""
        _git("-C", str(self.root), "checkout", "--quiet", "--force", "--detach", row["base"])
        view = opened(str(self.root), self._cache, 1)
        desk = ContextDesk(str(self.root), Repository.discover(str(self.root)), self._weights)
        first, last = row["focus_range"]
        target = f"{row['focus']}:{first}-{last}"
        for budget in budgets:
            request = PackRequest(target=target, budget=budget, model=MODEL)
            started = time.perf_counter()
            pack = desk.pack(view, request, MODEL, CancellationToken())
            self.seconds.append(time.perf_counter() - started)
            assert pack.tokens <= budget, f"{row['id']}: {pack.tokens} of {budget} tokens"
            pieces = ((piece.path, piece.start_line, piece.end_line) for piece in pack.pieces)
            scores["codeassist", budget].append(_measure(row, _by_lines(view, pieces)))
        if self._with_peers:
            self._peers(row, view, budgets, scores)

    def _peers(
        self, row: Mapping[str, Any], view: View, budgets: Sequence[int], scores: Scores
    ) -> None:
        if self._aider is not None:
            maps = self._aider.texts(self.root, row["focus"], view.paths, budgets)
            for budget, text in zip(budgets, maps, strict=True):
                scores["aider", budget].append(_measure(row, _of_map(text, view)))
        texts = {path: _text(view, path) for path in view.paths}
        query = self._query(row, view, texts)
        order = ranked(chunks_of(texts), query)
        for budget in budgets:
            taken = packed(order, query, budget, self._counter.count)
            pieces = ((chunk.path, chunk.first, chunk.last) for chunk in taken)
            scores["BM25", budget].append(_measure(row, _by_lines(view, pieces)))

    def _query(self, row: Mapping[str, Any], view: View, texts: Mapping[str, str]) -> str:
        """The text of the innermost definition around the focus, else 50 lines around it."""
        lines = texts[row["focus"]].split("\n")
        first, last = row["focus_range"]
        document, outline = view.document(row["focus"]), view.outline(row["focus"])
        if document is not None and outline is not None:
            at = document.lines.line_start(first - 1)
            around = [s for s in outline.symbols if s.start <= at < s.end and s.body < s.end]
            if around:
                best = min(around, key=lambda symbol: symbol.end - symbol.start)
                return document.data[best.start : best.end].decode("utf-8", "replace")
        return "\n".join(lines[max(0, first - 25) : last + 25])


def _measure(row: Mapping[str, Any], shown: Shown) -> dict[str, float]:
    gold = row["gold"]
    functions = [(each, name) for each in gold for name in each["functions"]]
    edited = [(g["path"], line) for g in gold for a, b in g["hunks"] for line in range(a, b + 1)]
    result = {
        "files": mean(bool(shown.words.get(each["path"])) for each in gold),
        "lines": mean(line in shown.lines.get(path, ()) for path, line in edited),
    }
    if functions:
        result["functions"] = mean(
            _last(name) in shown.words.get(each["path"], ()) for each, name in functions
        )
        result["bodies"] = mean(
            any(
                line in shown.lines.get(each["path"], ())
                for first, last in each["hunks"]
                for line in range(first, last + 1)
            )
            for each, _ in functions
        )
    return result


def _last(name: str) -> str:
    """The last word of a qualified name, without what TypeScript may write around it."""
    words: list[str] = _WORD.findall(name)
    return words[-1] if words else name


def _by_lines(view: View, pieces: Iterable[tuple[str, int, int]]) -> Shown:
    shown = Shown()
    for path, first, last in pieces:
        document = view.document(path)
        if document is None:
            continue
        shown.lines[path].update(range(first, last + 1))
        for number in range(first - 1, min(last, document.lines.line_count)):
            shown.words[path].update(_WORD.findall(document.lines.line(number)))
    return shown


def _of_map(text: str, view: View) -> Shown:
    """Aider's map: a path with a colon, then lines of code."""
    shown = Shown()
    path = ""
    for line in text.split("\n"):
        name = line.removesuffix(":")
        if name in view:
            path = name
            shown.words[path].add("")
        elif path:
            shown.words[path].update(_WORD.findall(line))
    return shown


def _text(view: View, path: str) -> str:
    document = view.document(path)
    return document.data.decode("utf-8", "replace") if document is not None else ""


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def main() -> None:
    """Print tables: each file of data, then the means over them."""
    options = _options()
    names = [name for name in options.only.split(",") if name]
    files = sorted(Path(options.data, "localise").glob("*.jsonl"))
    budgets = [int(budget) for budget in options.budgets.split(",")]
    ways: dict[str, Weights] = {"": DEFAULT}
    if options.ablate:
        ways |= {f"without {name}": _without(name) for name in DEFAULT}
    with ExitStack() as stack:
        cache = options.cache or stack.enter_context(tempfile.TemporaryDirectory())
        aider = None if options.no_peers or options.ablate else _aider(stack)
        for label, weights in ways.items():
            every: dict[str, Scores] = {}
            for file in (each for each in files if not names or each.stem in names):
                every[file.stem] = _of_file(file, options, budgets, cache, weights, aider)
            if label or options.ablate:
                _show_means(label or "all signals", every, budgets)
            else:
                _show(every, budgets)


def _of_file(
    file: Path,
    options: argparse.Namespace,
    budgets: Sequence[int],
    cache: str,
    weights: Weights,
    aider: Maps | None,
) -> Scores:
    scores: Scores = defaultdict(list)
    rows = [json.loads(line) for line in file.read_text().splitlines()][: options.rows]
    source = find_repository(Path(options.repos), rows[0]["repo"])
    if source is None:
        print(f"{file.stem}: no clone of {rows[0]['repo']} in {options.repos}: skipped")
        return scores
    peers = not (options.no_peers or options.ablate)
    bench = Bench(source, cache, weights, aider, peers)
    try:
        for row in rows:
            bench.row(row, budgets, scores)
    finally:
        bench.close()
    if not options.ablate:
        print(f"{file.stem}: {len(rows)} commits, {mean(bench.seconds):.2f} s a pack, cold")
    return scores


def _without(name: str) -> Weights:
    return {each: weight for each, weight in DEFAULT.items() if each != name}


def _aider(stack: ExitStack) -> Maps | None:
    try:
        return stack.enter_context(Maps(aider_python()))
    except AiderMissingError as error:
        print(f"aider is left out: {error}")
        return None


def _means(scores: list[dict[str, float]]) -> list[float]:
    return [mean(row[each] for row in scores if each in row) for each in MEASURES]


def _show(every: Mapping[str, Scores], budgets: Sequence[int]) -> None:
    head = ("", "tokens", *(f"{name}" for name in every), "mean")
    print("\nfiles / functions mentioned / functions' edited bodies / edited lines\n")
    print(table(head, _rows(every, budgets)))


def _rows(every: Mapping[str, Scores], budgets: Sequence[int]) -> Iterator[Sequence[str]]:
    for way in ("codeassist", "aider", "BM25"):
        for budget in budgets:
            found = [
                _means(scores[way, budget]) for scores in every.values() if scores[way, budget]
            ]
            if found:
                overall = [mean(column) for column in zip(*found, strict=True)]
                yield (way, str(budget), *map(_cell, found), _cell(overall))


def _show_means(label: str, every: Mapping[str, Scores], budgets: Sequence[int]) -> None:
    cells = []
    for budget in budgets:
        found = [_means(s["codeassist", budget]) for s in every.values() if s["codeassist", budget]]
        cells.append(_cell([mean(column) for column in zip(*found, strict=True)]))
    print(f"| {label} | {' | '.join(cells)} |", flush=True)


def _cell(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.3f}" for value in values)


def _options() -> argparse.Namespace:
    parser = data_options(__doc__, "flask,trpc")
    parser.add_argument("--rows", type=int, default=None, help="the first so many of each")
    parser.add_argument("--budgets", default="8000,32000,128000", help="tokens")
    parser.add_argument("--no-peers", action="store_true", help="leave aider and BM25 out")
    parser.add_argument("--ablate", action="store_true", help="each signal off in turn")
    return parser.parse_args()


if __name__ == "__main__":
    main()
