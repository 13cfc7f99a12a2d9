"""CA401: what ruff proves about the Python files of the diff, on added lines only.

The one check that runs another program: the installed ruff, once for all files, on copies in a
temporary folder. Only rules that are almost always bugs are used. On 301 real bugs (BugsInPy) core
lint rules spoke as often about the fixed side as about the buggy one, so style, complexity and
"might be" rules would only be noise. The repository's own ruff configuration is followed where it
says what not to report; it cannot make ruff run, fix or write anything.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from codeassist.base.files import Document
from codeassist.base.findings import Finding, Severity
from codeassist.base.text import ColumnUnit
from codeassist.checks.check import Check, Review, found
from codeassist.checks.paths import is_test
from codeassist.checks.ruff_config import Configuration, configuration
from codeassist.checks.ruff_run import (
    BASE,
    NOT_WHOLE,
    RULES,
    SYNTAX,
    WHOLE_RULES,
    BrokenConfigurationError,
    Violation,
    violations,
)
from codeassist.vfs.generated import HEAD_BYTES, is_generated

_ERRORS = ("F821", "F823", "F7", "E9", "PLE", SYNTAX)
_QUIET_IN_TESTS = frozenset({"B015"})  # a lone comparison in a `raises` block provokes an error
# Tests make such code on purpose, to see what happens.
_DELIBERATE_IN_TESTS = _QUIET_IN_TESTS | {
    *("PLW0133", "PLE0101", "PLE0307", "RUF040", "F811", "PLW0245", "RUF006", "SIM220", "SIM221"),
    *("SIM222", "SIM223", "PLR0124", "PLR0133"),
}
_SELF_COMPARISON, _NAN_TEST = "PLR0124", " != "  # `x != x` asks for NaN
_TEMPLATE_MARKS = (b"{{", b"{%")  # a template of Python is no Python


def run(review: Review) -> Iterator[Finding]:
    """The violations on added lines whose like the file did not have in the base."""
    return _judge(review, RULES, frozenset(), _QUIET_IN_TESTS)


def whole(review: Review) -> Iterator[Finding]:
    """The violations in files as they are, without what is there on purpose in code that works."""
    return _judge(review, WHOLE_RULES, NOT_WHOLE, _DELIBERATE_IN_TESTS)


def _judge(
    review: Review, rules: Sequence[str], left_out: Set[str], quiet_in_tests: Set[str]
) -> Iterator[Finding]:
    files = _files(review)
    settings = configuration(review.head, files) if files else Configuration()
    if not files or settings.broken:
        review.lost.extend(settings.broken)
        return
    texts = {path: document.data for path, document in files.items()}
    try:
        said = violations(texts, _before(review, files), settings.files, rules)
    except BrokenConfigurationError as error:
        review.lost.append(error.skipped)
        return
    seen = {each.what for each in said if each.side == BASE}
    for each in said:
        if each.side == BASE or each.what in seen or each.code.startswith(tuple(settings.ignored)):
            continue
        if each.code in left_out or (is_test(each.path) and each.code in quiet_in_tests):
            continue
        if each.code == _SELF_COMPARISON and _NAN_TEST in each.message:
            continue
        finding = _finding(review, files[each.path], each)
        if finding is not None:
            seen |= {each.what} if each.code == SYNTAX else set()
            yield finding


def _files(review: Review) -> dict[str, Document]:
    """The Python files of the diff that people write, in the new state."""
    files: dict[str, Document] = {}
    for path, lines in review.added.items():
        if not lines or review.head.language(path) != "python":
            continue
        document = review.head.document(path)
        if document and not is_generated(path, document.data[:HEAD_BYTES]):
            files[path] = document
    return files


def _before(review: Review, files: Mapping[str, Document]) -> dict[str, bytes]:
    """The base's text of these files, by their new paths, of which the settings speak."""
    found_before: dict[str, bytes] = {}
    for path in files:
        old = review.old_path.get(path)
        document = review.base.document(old) if old else None
        if document is not None:
            found_before[path] = document.data
    return found_before


def _finding(review: Review, document: Document, each: Violation) -> Finding | None:
    """A violation as a finding; None where it stands on an old line or is in a template."""
    start, end = _offset(document, each.start), _offset(document, each.end)
    if not review.is_added(each.path, start):
        return None
    if each.code == SYNTAX:
        if any(mark in document.data for mark in _TEMPLATE_MARKS):
            return None
        message = f"syntax error: {each.message}"
    else:
        message = f"{each.code} {each.message.rstrip('.')}"
    severity = Severity.ERROR if each.code.startswith(_ERRORS) else Severity.WARNING
    finding = found(
        CHECK,
        review,
        each.path,
        start,
        max(start, end),
        message,
        subject=each.code,
        severity=severity,
    )
    return replace(finding, url=each.url)


def _offset(document: Document, position: tuple[int, int]) -> int:
    """The byte offset of a 1-based line and a 1-based column in characters."""
    line, column = position[0] - 1, position[1] - 1
    utf8 = document.lines.utf8_column(line, column, ColumnUnit.CODE_POINT)
    return document.lines.offset(line, utf8)


CHECK = Check(
    "CA401",
    "ruff",
    "Bugs that ruff proves in Python",
    Severity.WARNING,
    run,
    languages=("python",),
    whole=whole,
)
