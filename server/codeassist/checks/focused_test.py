"""CA303: a test that the diff focuses, so that all the others no longer run.

Knows Jest, Vitest, Mocha, Jasmine, Playwright, Cypress and node:test, RSpec, Pest, Ginkgo and
Quick. Looks at test files only, and goes by the syntax tree: a commented-out `it.only` is nothing.
"""

import re
from collections.abc import Iterator
from posixpath import basename

from codeassist.base.findings import Finding, Severity
from codeassist.checks.check import Check, Review, found
from codeassist.checks.focus import FOCUS, Focus
from codeassist.checks.paths import is_test
from codeassist.languages.nodes import node_text, on_rows
from codeassist.languages.parse import parse

_TRIGGER = re.compile(
    rb"only\b|\bf(?:it|describe|context|specify|example|test)\b|\bfocus\b|\bF[A-Z]"
)
_NAMED_LIKE_TESTS = re.compile(r"(?:_spec|_test|_suite_test|Spec|Specs|Tests?)\.\w+$")


def run(review: Review) -> Iterator[Finding]:
    """One finding for each focused test or group on an added line."""
    for path, lines in review.added.items():
        review.token.check()
        language = review.head.language(path) or ""
        focus = FOCUS.get(language)
        if focus is None or not lines or not _is_tests(path):
            continue
        document, outline = review.head.document(path), review.head.outline(path)
        if document is None or outline is None or not _TRIGGER.search(document.data):
            continue
        own = {symbol.name for symbol in outline.symbols}
        own |= _imported_elsewhere(focus, [(i.module, i.alias or i.name) for i in outline.imports])
        if focus.needs and not any(focus.needs in row.module for row in outline.imports):
            continue
        for node in on_rows(parse(language, document.data).root_node, lines):
            place = focus.of(node, document.data)
            if place is None or place.start_point[0] not in lines:
                continue
            text = node_text(place, document.data)
            if text in own:
                continue
            start, end = place.start_byte, place.end_byte
            message = f"`{text}` keeps every other test from running"
            yield found(CHECK, review, path, start, end, message, subject=text, remedy=REMEDY)


def _is_tests(path: str) -> bool:
    return is_test(path) or bool(_NAMED_LIKE_TESTS.search(basename(path)))


def _imported_elsewhere(focus: Focus, imports: list[tuple[str, str | None]]) -> set[str]:
    """Names that look like a focused test, but are imported from something else."""
    return {name for module, name in imports if name and not focus.is_library(module)}


REMEDY = "take the focus away before this is merged"

CHECK = Check(
    "CA303",
    "focused-test",
    "Focused tests that keep the others from running",
    Severity.ERROR,
    run,
    languages=tuple(FOCUS),
    whole=run,
)
