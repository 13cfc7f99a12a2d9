"""What becomes of a model's changes: verified at once, after the one repair, or not at all?

Takes random functions of a repository and asks for suggestions, or for one of a few instructions
that fit most code. Nothing is applied; whether the suggestions are good is not judged.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from asked import add_model, asking, scene
from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import CodeassistError
from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.checks.paths import is_test
from codeassist.context.pieces import Focus
from codeassist.engine.asking import Asker, converse
from codeassist.index.view import View
from codeassist.tasks.refactor import RefactorOptions, run
from codeassist.tasks.task import Ask, Reach, Reply, Subject, TaskReport
from index_probes import opened

LINES = (8, 60)  # of a function: less has nothing to improve, more does not fit a small model
INSTRUCTIONS = (
    "Return early instead of nesting conditions.",
    "Give the local variables clearer names.",
    "Replace the loop by a comprehension where that is clearer.",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One function that was asked about, and what came of it. `repairs` are rounds of repair."""

    name: str
    action: str
    verified: int = 0
    unverified: int = 0
    dropped: int = 0
    repairs: int = 0
    failure: str = ""


def main() -> None:
    options = _options()
    cases: list[Case] = []
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as cache:
        view = opened(str(options.repository), cache, 1)
        subjects = _functions(view)
        random.Random(options.seed).shuffle(subjects)
        for number, subject in enumerate(subjects[: options.count]):
            instruction = INSTRUCTIONS[number // 2 % len(INSTRUCTIONS)] if number % 2 else ""
            action = "instruct" if instruction else "suggest"
            case = _asked(view, subject, RefactorOptions(action, "", instruction), options)
            print(json.dumps(asdict(case)), flush=True)
            cases.append(case)
    print(_summary(cases), file=sys.stderr)


def _asked(
    view: View, subject: Subject, refactor: RefactorOptions, options: argparse.Namespace
) -> Case:
    repairs = 0

    def do(asker: Asker) -> TaskReport:
        def answering(batch: tuple[Ask, ...]) -> tuple[Reply, ...]:
            nonlocal repairs
            repairs += sum("repair" in ask.request.cache_key for ask in batch)
            return asker(batch)

        return converse(run(scene(view, options), subject, refactor), answering)

    try:
        report = asking(options, do)
    except CodeassistError as error:
        return Case(subject.name, refactor.action, repairs=repairs, failure=error.message)
    edits: list[WorkspaceEdit] = [*report.edits, *(each.edit for each in report.suggestions)]
    good = sum(edit.is_verified for edit in edits)
    return Case(
        subject.name,
        refactor.action,
        good,
        len(edits) - good,
        len(report.dropped),
        repairs,
        "; ".join(report.notes)[:300],
    )


def _summary(cases: list[Case]) -> str:
    kinds: Counter[str] = Counter()
    for case in cases:
        if case.verified and not case.repairs:
            kinds["verified at once"] += 1
        elif case.verified:
            kinds["some verified, some repaired"] += 1
        else:
            kinds["nothing verified"] += 1
    return ", ".join(f"{kind}: {count} of {len(cases)}" for kind, count in kinds.most_common())


def _functions(view: View) -> list[Subject]:
    found = []
    for path in sorted(view.paths):
        outline, document = view.outline(path), view.document(path)
        if outline is None or document is None or is_test(path):
            continue
        for index, symbol in enumerate(outline.symbols):
            first, last = map(document.lines.line_of, (symbol.start, symbol.end - 1))
            if symbol.kind in CALLABLE_KINDS and LINES[0] <= last - first + 1 <= LINES[1]:
                focus = Focus(path, first, last, index)
                name = f"{path}:{first + 1} {outline.qualified(index)}"
                paths, start, end = (path,), symbol.start, symbol.end
                found.append(Subject(name, Reach.SYMBOL, focus, paths, start, end))
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path, help="a folder")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    add_model(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
