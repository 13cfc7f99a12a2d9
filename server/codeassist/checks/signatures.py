"""CA102: a changed signature whose callers do not fit it any more.

Speaks of calls that fitted the old parameters and cannot fit the new ones, and of calls whose
positional arguments now reach other parameters because the order was changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.changes import LineKind
from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import Parameter, Use
from codeassist.checks.callees import CONSTRUCTORS, Callee, callee
from codeassist.checks.check import MAX_PLACES, Check, Review, found, header, place
from codeassist.checks.fitting import misfit, rebound
from codeassist.checks.overloads import accepted_elsewhere
from codeassist.checks.surface import Changed, changed
from codeassist.checks.uses import Sought, places
from codeassist.index.found import Definition
from codeassist.languages import by_name


@dataclass(frozen=True, slots=True)
class _Problem:
    """A call that the change breaks, and in words how. `certain` is set when it cannot run."""

    use: Use
    text: str
    certain: bool


def run(review: Review) -> Iterator[Finding]:
    """A finding for each changed callable and file with calls that the change breaks."""
    by_definition = {Definition(each.path, each.symbol): each for each in changed(review)}
    names: dict[str, set[Sought]] = {}
    for each in by_definition.values():
        for name in _call_names(review, each):
            names.setdefault(name, set()).add(Sought(each.path))
    broken: dict[tuple[str, Changed], list[_Problem]] = {}
    for stale in places(review, names, _is_call):
        if stale.use is None:
            continue
        reached = callee(review.head_values, stale.path, stale.use)
        meant = by_definition.get(reached.definition) if reached else None
        if reached and meant:
            skipped = len(meant.after) - len(reached.parameters)
            before = meant.before[skipped:]
            problem = _judge(review, stale.path, stale.use, before, reached.parameters)
            if problem and not _is_accepted(review, reached, stale.use):
                broken.setdefault((stale.path, meant), []).append(problem)
    for (path, each), problems in broken.items():
        yield _report(review, path, each, problems)


def _call_names(review: Review, each: Changed) -> Iterator[str]:
    """The names by which calls reach a callable: its own, for a constructor its class's."""
    yield each.name
    if each.name in CONSTRUCTORS:
        yield each.qualified.rpartition(".")[0].rpartition(".")[2]
        yield from _subclass_names(review, each)


def _subclass_names(review: Review, each: Changed) -> Iterator[str]:
    """The classes that may inherit a constructor: those that name its class as a base."""
    owner = each.qualified.rpartition(".")[0].rpartition(".")[2]
    for path in review.head.with_word(owner):
        outline, detail = review.head.outline(path), review.head.detail(path)
        for index, bases in (detail.bases if detail else {}).items():
            if outline and any(base.rpartition(".")[2] == owner for base in bases):
                yield outline.symbols[index].name


def _is_accepted(review: Review, reached: Callee, use: Use) -> bool:
    """Whether a call fits an overload, or a variant for another platform."""
    return use.call is not None and accepted_elsewhere(review.head_values, reached, use.call)


def _is_call(use: Use) -> bool:
    return use.call is not None


def _judge(
    review: Review,
    path: str,
    use: Use,
    before: tuple[Parameter, ...],
    after: tuple[Parameter, ...],
) -> _Problem | None:
    """What is wrong with a call now that was not wrong before."""
    language = by_name(review.head.language(path) or "python")
    if use.call is None or misfit(before, use.call, language):
        return None  # it did not fit before either: not this change's doing
    change = _what_changed(before, after)
    problem = misfit(after, use.call, language)
    if problem:
        return _Problem(use, f"{change}; this call {problem}", True)
    swapped = rebound(before, after, use.call)
    if swapped and not _is_touched(review, path, use.start, use.call.end):
        text = (
            f"has its parameters in another order; this call passes by position what was "
            f"`{swapped[0]}` and is `{swapped[1]}` now"
        )
        return _Problem(use, text, False)
    return None


def _is_touched(review: Review, path: str, start: int, end: int) -> bool:
    """Whether the diff adds or removes a line between two byte offsets of a file."""
    change, document = review.changes.get(path), review.head.document(path)
    if change is None or document is None:
        return False
    first, last = document.lines.line_of(start) + 1, document.lines.line_of(end) + 1
    for hunk in change.hunks:
        at = hunk.new_start
        for line in hunk.lines:
            at = at if line.new is None else line.new
            inside = first <= at <= last if line.new is not None else first <= at < last
            if line.kind is not LineKind.CONTEXT and inside:
                return True
    return False


def _what_changed(before: tuple[Parameter, ...], after: tuple[Parameter, ...]) -> str:
    """The change of a signature in a few words."""
    old, new = {p.name: p for p in before}, {p.name: p for p in after}
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    if len(gone) == 1 and len(come) == 1 and len(before) == len(after):
        return f"renamed its parameter `{gone[0]}` to `{come[0]}`"
    if gone:
        return f"lost its {_listed(gone)}"
    required = [name for name in come if new[name].required]
    if required:
        return f"got the required {_listed(required)}"
    made = [name for name in new if name in old and new[name].required > old[name].required]
    if made:
        return f"now requires its {_listed(made)}"
    kinds = [name for name in new if name in old and new[name].kind != old[name].kind]
    if kinds:
        return f"now takes its {_listed(kinds)} as {new[kinds[0]].kind.value}"
    return "has other parameters now"


def _listed(names: list[str]) -> str:
    noun = "parameter" if len(names) == 1 else "parameters"
    return f"{noun} " + ", ".join(f"`{name}`" for name in names)


def _report(review: Review, path: str, each: Changed, problems: list[_Problem]) -> Finding:
    first, *rest = sorted(problems, key=lambda problem: not problem.certain)
    evidence = [
        Evidence("the signature now", header(review.head, each.path, each.symbol)),
        Evidence(
            "the signature before",
            header(review.base, each.old_path, each.old_symbol, old=True),
        ),
    ]
    evidence += [
        Evidence("this call too", place(review.head, path, *_range(problem.use)))
        for problem in rest[:MAX_PLACES]
    ]
    remedy = "pass the arguments in the new order, or by name"
    if first.certain:
        remedy = "pass what the new signature asks for, or keep the old one working"
    return found(
        CHECK,
        review,
        path,
        *_range(first.use),
        f"`{each.qualified}` {first.text}",
        subject=f"{each.path}:{each.qualified}",
        evidence=evidence,
        remedy=remedy,
        severity=Severity.ERROR if first.certain else Severity.WARNING,
    )


def _range(use: Use) -> tuple[int, int]:
    return use.start, use.call.end if use.call else use.end


CHECK = Check(
    code="CA102",
    name="signature-changed",
    title="A call does not fit the changed signature",
    severity=Severity.ERROR,
    run=run,
)
