"""CA202: new functions that repeat the body of one that the repository already has.

Compares normal forms (`bodies`), within one language; `twins` finds the candidates.

Silent on tests, examples and generated files, constructors, overloads and small bodies; on methods
that use their own object where the other one has another class; and on what the diff only moves.
"""

from collections.abc import Iterator

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.checks.bodies import Bodies
from codeassist.checks.check import Check, Review, found, place
from codeassist.checks.twins import (
    MAX_FILES_ASKED,
    Function,
    Words,
    is_compared,
    is_worth,
    twins,
)

# Measured in tokens, punctuation included: five or six plain statements. Shorter bodies are idioms
# (a guard, a delegation, a loop that appends) and repeat without anybody copying.
MIN_TOKENS = 40
MIN_LINES = 4
ADDED_PART = 0.8  # of a body's lines, so that a renamed function is not taken for a new one
MAX_FINDINGS_A_FILE = 3  # a file that was copied whole is one remark, not twenty


def run(review: Review) -> Iterator[Finding]:
    """One finding for each new function that repeats another."""
    bodies, words = Bodies(review.head_values.names), Words(review.head)
    reported: dict[str, list[Function]] = {}
    for new in _new_functions(review, bodies):
        review.token.check()
        if bodies.files_asked > MAX_FILES_ASKED:
            return
        done = reported.setdefault(new.path, [])
        inside = any(d.symbol.start <= new.symbol.start < d.symbol.end for d in done)
        if inside or len(done) >= MAX_FINDINGS_A_FILE:
            continue
        old = next(twins(review, bodies, new, words.candidates(new)), None)
        if old is not None and not _is_moved(review, new):
            done.append(new)
            yield _finding(review, new, old)


def _finding(review: Review, new: Function, old: Function) -> Finding:
    start = new.symbol.name_start
    end = start + len(new.symbol.name.encode())
    other = old.outline.qualified(old.index)
    where = place(review.head, old.path, old.symbol.start, old.symbol.end)
    line = where.span.start_line + 1
    name = new.symbol.name
    return found(
        CHECK,
        review,
        new.path,
        start,
        end,
        f"`{name}` does exactly what `{other}` in {old.path}:{line} already does",
        subject=other,
        evidence=[Evidence(f"`{other}` has the same body", where)],
        remedy=f"call `{other}` instead, or move the code to a place that both can use",
    )


def _new_functions(review: Review, bodies: Bodies) -> Iterator[Function]:
    """The functions that the diff adds and that are worth comparing, in the order of the diff."""
    for path, lines in review.added.items():
        outline = review.head.outline(path) if lines else None
        if outline is None or not is_compared(review.head, path):
            continue
        document = review.head.document(path)
        old_path = review.old_path.get(path)
        before = review.base.outline(old_path) if old_path else None
        known = {before.qualified(i) for i in range(len(before.symbols))} if before else set()
        for index, symbol in enumerate(outline.symbols):
            if document is None or not is_worth(symbol) or outline.qualified(index) in known:
                continue
            first, last = (document.lines.line_of(at) for at in (symbol.body, symbol.end - 1))
            inside = sum(first <= line <= last for line in lines)
            span = last - first + 1
            if span < MIN_LINES or inside < ADDED_PART * span:
                continue
            body = bodies.body(path, index)
            if body is not None and len(body.shape.tokens) >= MIN_TOKENS:
                yield Function(path, index, symbol, outline, body)


def _is_moved(review: Review, new: Function) -> bool:
    """Whether the base had this body in a function that the diff takes away."""
    bodies = Bodies(review.base_values.names)
    for change in review.diff.files:
        outline = review.base.outline(change.old_path) if change.old_path else None
        if outline is None or change.old_path is None or outline.language != new.outline.language:
            continue
        now = review.head.outline(change.new_path) if change.new_path else None
        left = {now.qualified(i) for i in range(len(now.symbols))} if now else set()
        for index, symbol in enumerate(outline.symbols):
            if not is_worth(symbol) or outline.qualified(index) in left:
                continue
            body = bodies.body(change.old_path, index)
            if body is not None and body.shape.tokens == new.body.shape.tokens:
                return True
    return False


CHECK = Check(
    "CA202",
    "duplicate-function",
    "New functions that repeat an existing one",
    Severity.INFO,
    run,
    whole=run,
)
