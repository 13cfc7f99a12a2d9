"""How long does a pack take on a large repository, and how much do two packs share?

One view of the repository, brought up to date once as a server keeps it, and one desk. Focuses are
functions spread over the files; each is packed at each budget, first with nothing kept (cold, the
first one alone), then warm. The shared beginnings are shares of the text that a provider's prompt
cache would not bill again in full: with the pack of another focus, and with the one of the same
focus with another task.
"""

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise

from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.engine.context import ContextDesk
from codeassist.engine.requests import PackRequest
from codeassist.git.repository import Repository
from codeassist.index.view import View
from codeassist.main import COLLECTED_AT
from index_probes import opened
from measure import table

MODEL = "gpt-5.2"
LEAST_LINES = 8
TASK = "write the documentation of this function"


def main() -> None:
    """Print a table of times and shares."""
    options = _options()
    gc.set_threshold(*COLLECTED_AT)  # as the command does
    root = os.path.realpath(options.repo)
    budgets = [int(each) for each in options.budgets.split(",")]
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as temporary:
        view = opened(root, options.cache or temporary, 2)
        desk = ContextDesk(root, Repository.discover(root))
        targets = list(_targets(view, options.focuses))
        started = time.perf_counter()
        _pack(desk, view, targets[0], budgets[0])
        print(
            f"{len(view.paths)} files; the first pack, cold: {time.perf_counter() - started:.2f} s"
        )
        rows = [_row(desk, view, targets, budget) for budget in budgets]
    print(table(("tokens", "median ms", "worst ms", "shared: focus", "shared: task"), rows))


def _row(desk: ContextDesk, view: View, targets: list[str], budget: int) -> tuple[str, ...]:
    for target in targets:
        _pack(desk, view, target, budget)
    spent, texts = [], []
    for target in targets:
        started = time.perf_counter()
        texts.append(_pack(desk, view, target, budget))
        spent.append(1000 * (time.perf_counter() - started))
    tasks = [_pack(desk, view, target, budget, TASK) for target in targets]
    shares = [_shared(one, other) for one, other in pairwise(texts)]
    same = [_shared(one, other) for one, other in zip(texts, tasks, strict=True)]
    return (
        f"{budget:,}",
        f"{statistics.median(spent):.0f}",
        f"{max(spent):.0f}",
        f"{statistics.mean(shares):.0%}",
        f"{statistics.mean(same):.0%}",
    )


def _pack(desk: ContextDesk, view: View, target: str, budget: int, task: str = "") -> str:
    request = PackRequest(target=target, budget=budget, model=MODEL, task=task)
    return desk.pack(view, request, MODEL, CancellationToken()).text


def _shared(one: str, other: str) -> float:
    """The share of a text that is the beginning of another."""
    both = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(both) if a != b), len(one)) / len(one)


def _targets(view: View, count: int) -> Iterator[str]:
    """The first long enough function of files that are spread evenly over the sorted paths."""
    paths = sorted(view.paths)
    step = max(1, len(paths) // (4 * count))
    found = 0
    for path in paths[::step]:
        outline, document = view.outline(path), view.document(path)
        if outline is None or document is None or found == count:
            continue
        for symbol in outline.symbols:
            first = document.lines.line_of(symbol.start) + 1
            last = document.lines.line_of(symbol.end - 1) + 1
            if symbol.kind in CALLABLE_KINDS and last - first >= LEAST_LINES:
                yield f"{path}:{first + 1}"
                found += 1
                break


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repo")
    parser.add_argument("--budgets", default="8000,32000,272000", help="tokens")
    parser.add_argument("--focuses", type=int, default=12)
    parser.add_argument("--cache", default="", help="index cache to keep; a temporary one if not")
    return parser.parse_args()


if __name__ == "__main__":
    main()
