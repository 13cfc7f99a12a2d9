"""CA304: credentials that the diff adds.

Looks at added lines only, and says nothing of a secret that some file of the diff already had: it
is out, and moving it is no news. A secret is never shown: messages and excerpts have its beginning
only, and subjects nothing of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from codeassist.base.files import Document
from codeassist.base.findings import Finding, Location, Severity
from codeassist.base.secret_patterns import SUSPECT
from codeassist.checks.check import Check, Review, found
from codeassist.checks.paths import is_test
from codeassist.checks.secret_patterns import ALLOWED_NEXT, Hit, hits, masked_lines
from codeassist.vfs.generated import HEAD_BYTES, is_generated

MAX_LINE_BYTES = 4000  # a longer line is data, which nobody wrote by hand
LINES_OF_A_KEYS_HEADER = 4  # "Proc-Type", "DEK-Info" and an empty line may precede the body
REMEDY = "revoke it, and read it from the environment or a secret store instead"


def run(review: Review) -> Iterator[Finding]:
    """One finding for each secret that no file of the diff had before."""
    reported: set[tuple[str, str]] = set()
    for path, lines in review.added.items():
        review.token.check()
        document = review.head.document(path) if lines else None
        if document is None or is_generated(path, document.data[:HEAD_BYTES]):
            continue
        for number in sorted(lines):
            for hit in _in_line(path, document, number):
                if (path, hit.secret) in reported or _is_old(review, hit.secret):
                    continue
                reported.add((path, hit.secret))
                yield _finding(review, document, number, hit)


def _in_line(path: str, document: Document, number: int) -> Iterator[Hit]:
    """The secrets in a line that its author did not allow."""
    lines = document.lines
    if lines.line_end(number) - lines.line_start(number) > MAX_LINE_BYTES:
        return
    text = lines.line(number)
    if not SUSPECT.search(text) or ALLOWED_NEXT.search(lines.line(number - 1)):
        return
    after = range(number + 1, number + 1 + LINES_OF_A_KEYS_HEADER)
    for hit in hits(path, text, "\n".join(lines.line(each) for each in after)):
        if not (hit.usual_in_tests and is_test(path)):
            yield hit


def _is_old(review: Review, secret: str) -> bool:
    """Whether a file of the diff had the secret in the base."""
    data = secret.encode()
    documents = (review.base.document(path) for path in review.old_path.values())
    if any(document is not None and data in document.data for document in documents):
        return True
    gone = (change.old_path for change in review.diff.files if change.new_path is None)
    documents = (review.base.document(path) for path in gone if path)
    return any(document is not None and data in document.data for document in documents)


def _finding(review: Review, document: Document, number: int, hit: Hit) -> Finding:
    text = document.lines.line(number)
    at = document.lines.line_start(number)
    start, end = (at + len(text[:column].encode()) for column in (hit.start, hit.end))
    message = f"{hit.title} is committed in plain text: `{hit.shown}`"
    finding = found(
        CHECK, review, document.path, start, end, message, subject=hit.title, remedy=REMEDY
    )
    return masked(finding)


def masked(finding: Finding) -> Finding:
    """A finding whose excerpts show no secret; for every check's findings, wherever they are."""
    evidence = tuple(
        replace(each, location=_masked_location(each.location)) for each in finding.evidence
    )
    return replace(finding, location=_masked_location(finding.location), evidence=evidence)


def _masked_location(location: Location) -> Location:
    if location.excerpt is None:
        return location
    lines = masked_lines(location.excerpt.lines)
    return replace(location, excerpt=replace(location.excerpt, lines=lines))


CHECK = Check(
    "CA304",
    "secret",
    "Credentials in plain text",
    Severity.ERROR,
    run,
    whole=run,
)
