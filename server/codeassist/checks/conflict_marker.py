"""CA301: merge-conflict markers that the diff adds.

Goes by complete marker lines (`<<<<<<< label`, `>>>>>>> label`), because `=======` alone underlines
a Markdown or reStructuredText heading. A marker inside of a string of a file that parses is data
(the test of a merge tool); one in a docstring or a comment is a conflict.
"""

import re
from collections.abc import Iterator

from codeassist.base.files import Document
from codeassist.base.findings import Finding, Severity
from codeassist.checks.check import Check, Review, found
from codeassist.checks.paths import is_prose, is_test_data
from codeassist.languages import for_path
from codeassist.languages.nodes import Node, ancestors
from codeassist.languages.parse import parse

OPENING = b"<<<<<<< "
CLOSING = b">>>>>>> "
_MARKER = re.compile(rb"^(?:<{7}|>{7}|\|{7}) \S[^\r\n]*", re.MULTILINE)
_SEPARATOR = re.compile(rb"^={7}\r?$", re.MULTILINE)
_FENCE = re.compile(rb"^[ \t]*(?:```|~~~)", re.MULTILINE)
_STRINGS = ("string", "heredoc", "nowdoc")


def run(review: Review) -> Iterator[Finding]:
    """One finding for each conflict, at its first marker on an added line."""
    for path, lines in review.added.items():
        review.token.check()
        document = review.head.document(path) if lines and not is_test_data(path) else None
        if document is None or not _MARKER.search(document.data):
            continue
        if _is_quoted(review, path, document):
            continue
        for start, end in _conflicts(document, lines):
            label = document.data[start:end].decode("utf-8", "replace")
            message = f"a merge-conflict marker was left in: `{label[:60]}`"
            remedy = "resolve the conflict and delete its marker lines"
            yield found(CHECK, review, path, start, end, message, subject=label, remedy=remedy)


def _conflicts(document: Document, lines: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The markers on added lines, of a whole conflict only the opening one."""
    root = _clean_root(document)
    is_open = False
    for match in _MARKER.finditer(document.data):
        start, end = match.span()
        if document.lines.line_of(start) not in lines or (root and _in_string(root, start, end)):
            continue
        if not is_open:
            yield start, end
        if match.group().startswith(OPENING):
            is_open = True
        elif match.group().startswith(CLOSING):
            is_open = False


def _is_quoted(review: Review, path: str, document: Document) -> bool:
    """Whether the text only shows what a conflict looks like.

    In prose a single marker may be a quoted mail, and a whole conflict in a fenced block an
    example.
    """
    if review.head.language(path) is not None or not is_prose(path):
        return False
    data = document.data
    first = _MARKER.search(data)
    whole = b"\n" + OPENING in b"\n" + data and b"\n" + CLOSING in b"\n" + data
    if first is None or not whole or not _SEPARATOR.search(data):
        return True
    return len(_FENCE.findall(data[: first.start()])) % 2 == 1


def _clean_root(document: Document) -> Node | None:
    """The tree of a file that parses. A conflict in code is no syntax, so there is none then."""
    row = for_path(document.path, document.data)
    root = parse(row.name, document.data).root_node if row else None
    return None if root is None or root.has_error else root


def _in_string(root: Node, start: int, end: int) -> bool:
    """Whether a range stands in a string that is not a docstring."""
    node = root.descendant_for_byte_range(start, end)
    around = [node, *ancestors(node)] if node else []
    inside = [any(word in each.type for word in _STRINGS) for each in around]
    if True not in inside:
        return False
    outermost = len(inside) - 1 - inside[::-1].index(True)
    return outermost + 1 >= len(around) or around[outermost + 1].type != "expression_statement"


CHECK = Check(
    "CA301",
    "conflict-marker",
    "Merge-conflict markers that were left in",
    Severity.ERROR,
    run,
    whole=run,
)
