"""Go's rule that a doc comment begins with the name of what it documents.

Only a rename is reported: the comment is the base's, and still begins with the name that the base
had there and that the file no longer defines.
"""

import re
from collections.abc import Iterator

from codeassist.base.symbols import Outline
from codeassist.checks.check import Review
from codeassist.checks.drift import Drift

_FIRST = re.compile(rb"^//[ \t]*(?:(?:A|An|The)[ \t]+)?(?P<name>\w+)\b")


def stale_names(review: Review, path: str) -> Iterator[Drift]:
    """The doc comments of a Go file that begin with the name before the rename."""
    old_path = review.old_path.get(path)
    outline, document = review.head.outline(path), review.head.document(path)
    if old_path is None or outline is None or document is None or outline.language != "go":
        return
    before = review.base.outline(old_path)
    if before is None or not any(not _defines(outline, s.name) for s in before.symbols):
        return  # nothing was renamed: not worth the details
    detail = review.head.detail(path)
    gone = _commented(review, old_path)
    for index, (start, end) in sorted(detail.docs.items()) if detail else ():
        symbol = outline.symbols[index]
        text = document.data[start:end]
        first = _FIRST.match(text)
        if first is None or symbol.name in gone:
            continue
        name = first["name"].decode("utf-8", "replace")
        if gone.get(name) != text or _defines(outline, name):
            continue
        at = start + first.start("name")
        message = f"the doc comment of `{symbol.name}` still begins with its old name, `{name}`"
        remedy = f"begin it with `{symbol.name}`"
        yield Drift(at, at + len(first["name"]), message, name, remedy)


def _commented(review: Review, path: str) -> dict[str, bytes]:
    """The doc comments of the base's file, by the name of what they document."""
    outline, document = review.base.outline(path), review.base.document(path)
    detail = review.base.detail(path)
    if outline is None or document is None or detail is None:
        return {}
    docs = detail.docs.items()
    return {outline.symbols[index].name: document.data[start:end] for index, (start, end) in docs}


def _defines(outline: Outline, name: str) -> bool:
    return any(symbol.name == name for symbol in outline.symbols)
