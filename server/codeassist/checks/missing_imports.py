"""CA103: an added import of a name that its module does not define.

Imports that were fine before and are broken by a removal are CA101's matter.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import Import
from codeassist.checks.check import Check, Review, found, place
from codeassist.checks.paths import is_test_data
from codeassist.checks.standing import is_own, is_reachable
from codeassist.checks.uses import name_range
from codeassist.index.found import MISSING, OPAQUE
from codeassist.index.syntax import is_guarded


def run(review: Review) -> Iterator[Finding]:
    """A finding for each added import that finds nothing."""
    return (finding for _, finding in _missing(review))


def whole(review: Review) -> Iterator[Finding]:
    """The imports that find nothing in the project's own code, tests left out."""
    for imported, finding in _missing(review):
        path = finding.location.path
        if is_own(review, finding) and is_reachable(review, path, imported):
            yield finding


def _missing(review: Review) -> Iterator[tuple[Import, Finding]]:
    for path in review.added:
        outline, document = review.head.outline(path), review.head.document(path)
        if outline is None or document is None or outline.has_errors:
            continue
        if is_test_data(path):
            continue  # Code there is often wrong on purpose, or a part of something.
        for imported in outline.imports:
            start, end = name_range(review, path, imported, imported.name or "")
            if not review.is_added(path, start):
                continue
            if review.head_values.names.imported(path, imported) is not MISSING:
                continue
            old = review.old_path.get(path, path)
            if review.base_values.names.imported(old, imported) not in (MISSING, OPAQUE):
                continue  # The base had it: what takes it away is CA101's matter.
            if not is_guarded(outline.language, document, start):
                yield imported, _report(review, path, imported, start, end)


def _report(review: Review, path: str, imported: Import, start: int, end: int) -> Finding:
    names = review.head_values.names
    target = names.rules(path).resolve(path, imported)
    if target.missing or not target.files:
        message = f"there is no module `{imported.module}` in this repository"
        near: list[str] = []
        evidence: tuple[Evidence, ...] = ()
    else:
        module = target.files[0]
        message = f"`{module}` defines no `{imported.name}`"
        table = names.table(module)
        near = get_close_matches(imported.name or "", table.top if table else (), n=1)
        evidence = (
            Evidence("the module that it is imported from", place(review.head, module, 0, 0)),
        )
    remedy = f"did you mean `{near[0]}`?" if near else "define it there, or correct the import"
    return found(
        CHECK,
        review,
        path,
        start,
        end,
        message,
        subject=f"{imported.module}:{imported.name or ''}",
        evidence=evidence,
        remedy=remedy,
    )


CHECK = Check(
    code="CA103",
    name="missing-import",
    title="An import names something that its module does not define",
    severity=Severity.ERROR,
    run=run,
    whole=whole,
)
