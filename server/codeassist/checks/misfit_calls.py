"""CA104: an added call whose arguments cannot fit the one definition that it reaches.

Calls that were fine before and are broken by a changed signature are CA102's matter.
"""

from collections.abc import Iterator

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import Use
from codeassist.checks.callees import Callee, callee
from codeassist.checks.check import Check, Review, found, header
from codeassist.checks.fitting import misfit
from codeassist.checks.overloads import accepted_elsewhere, inherits_unknown
from codeassist.checks.paths import is_test_data
from codeassist.checks.standing import is_bound_to, is_own
from codeassist.checks.surface import is_overloaded, qualified
from codeassist.index.found import Definition
from codeassist.languages import by_name


def run(review: Review) -> Iterator[Finding]:
    """A finding for each added call that cannot work."""
    return (finding for _, finding in _misfits(review))


def whole(review: Review, called: str = "") -> Iterator[Finding]:
    """The calls that cannot work in the project's own code, tests left out.

    Calls of anything else than `called`, under that name or another that it was imported as, are
    passed over where one is given.
    """
    for definition, finding in _misfits(review, called):
        if is_own(review, finding) and is_bound_to(review, definition):
            yield finding


def _misfits(review: Review, called: str = "") -> Iterator[tuple[Definition, Finding]]:
    for path in review.added:
        outline, detail = review.head.outline(path), review.head.detail(path)
        if outline is None or detail is None or outline.has_errors:
            continue
        if is_test_data(path):
            continue  # Code there is often wrong on purpose, or a part of something.
        language = by_name(outline.language)
        names = {called} | {each.alias or "" for each in outline.imports if each.name == called}
        for use in detail.uses.named(names) if called else detail.uses:
            review.token.check()
            if use.call is None or not review.is_added(path, use.start):
                continue
            reached = callee(review.head_values, path, use)
            if reached is None or not _is_certain(review, reached):
                continue
            problem = misfit(reached.parameters, use.call, language)
            if problem and not accepted_elsewhere(review.head_values, reached, use.call):
                yield reached.definition, _report(review, path, use, reached, problem)


def _is_certain(review: Review, reached: Callee) -> bool:
    """Whether the parameters are what a call must fit: no overloads, no unknown decorators."""
    outline = review.head.outline(reached.definition.path)
    if outline is None or outline.has_errors or not reached.transparent:
        return False
    if is_overloaded(outline, reached.definition.symbol):
        return False
    return not inherits_unknown(review.head_values, reached)


def _report(review: Review, path: str, use: Use, reached: Callee, problem: str) -> Finding:
    where = reached.definition
    outline = review.head.outline(where.path)
    assert outline is not None, "a callee comes from an outline"
    name = qualified(outline, where.symbol)
    return found(
        CHECK,
        review,
        path,
        use.start,
        use.call.end if use.call else use.end,
        f"this call of `{name}` {problem}",
        subject=f"{where.path}:{name}",
        evidence=(
            Evidence(f"`{name}` is defined here", header(review.head, where.path, where.symbol)),
        ),
        remedy="pass what its signature asks for",
    )


CHECK = Check(
    code="CA104",
    name="call-misfit",
    title="A call cannot fit the definition that it reaches",
    severity=Severity.ERROR,
    run=run,
    whole=whole,
)
