"""CA302: calls into a debugger that the diff adds.

Goes by the syntax tree, so that strings, comments and other objects' methods of the same name do
not match. Logging and printing are no debuggers. A call that only runs when debugging was asked for
(`if args.pdb: …`, `if (Debugger.IsAttached) …`) is a feature, and is passed over.
"""

import re
from collections.abc import Iterator

from codeassist.base.findings import Finding, Severity
from codeassist.checks.check import Check, Review, found
from codeassist.checks.debuggers import DEBUGGERS, TRIGGERS, Debugger, callee_of
from codeassist.checks.paths import is_test
from codeassist.languages.nodes import Node, ancestors, node_text, on_rows
from codeassist.languages.parse import parse

_GUARD = re.compile(r"debug|pdb|attached|breakpoint|xdebug", re.IGNORECASE)
_BRANCHES = ("if", "elif", "unless", "when", "conditional", "ternary", "guard")


def run(review: Review) -> Iterator[Finding]:
    """One finding for each debugger call on an added line."""
    for path, lines in review.added.items():
        review.token.check()
        language = review.head.language(path) or ""
        trigger = TRIGGERS.get(language)
        document = review.head.document(path) if trigger and lines else None
        if not trigger or document is None or not trigger.search(document.data):
            continue
        for node in on_rows(parse(language, document.data).root_node, lines):
            known = DEBUGGERS[language].get(callee_of(language, node, document.data))
            if known is None or node.start_point[0] not in lines:
                continue
            if not _is_expected(review, path, node, known, document.data):
                yield _finding(review, path, node, known)


def _finding(review: Review, path: str, node: Node, known: Debugger) -> Finding:
    start, end = node.start_byte, node.end_byte
    message = f"`{known.callee}` {known.effect}"
    remedy = "delete it before this is merged"
    severity = known.severity
    return found(
        CHECK,
        review,
        path,
        start,
        end,
        message,
        subject=known.callee,
        remedy=remedy,
        severity=severity,
    )


def _is_expected(review: Review, path: str, node: Node, known: Debugger, data: bytes) -> bool:
    """Whether the call is no debugger, or is there on purpose."""
    if known.quiet_in_tests and is_test(path):
        return True
    if known.bare and not _is_debuggers_name(review, path, known):
        return True
    return _is_guarded(node, data)


def _is_debuggers_name(review: Review, path: str, known: Debugger) -> bool:
    """Whether a bare name can only be the debugger's, and not one of the program's own."""
    outline, detail = review.head.outline(path), review.head.detail(path)
    if outline is None or detail is None:
        return False
    name = known.callee
    sources = [row.module for row in outline.imports if name in (row.alias, row.name)]
    if known.modules:
        return any(source.split(".")[0] in known.modules for source in sources)
    if sources or any(detail.bindings.named((name,))):
        return False
    return not _is_defined(review, outline.language, name)


def _is_defined(review: Review, language: str, name: str) -> bool:
    """Whether the repository has a function of this name in this language."""
    for path in review.head.with_word(name):
        outline = review.head.outline(path) if review.head.language(path) == language else None
        if outline and any(symbol.name == name for symbol in outline.symbols):
            return True
    return False


def _is_guarded(node: Node, data: bytes) -> bool:
    """Whether a branch around the node asks for debugging in its condition."""
    for branch in ancestors(node):
        if not branch.type.startswith(_BRANCHES):
            continue
        condition = branch.child_by_field_name("condition")
        if condition is not None and _GUARD.search(node_text(condition, data)):
            return True
    return False


CHECK = Check(
    "CA302",
    "debugger-left",
    "Debugger calls that were left in",
    Severity.WARNING,
    run,
    languages=tuple(DEBUGGERS),
    whole=run,
)
