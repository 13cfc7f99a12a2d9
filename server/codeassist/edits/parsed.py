"""Whether edited files parse as well as before: by tree-sitter, and by Python itself for Python."""

import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import Document
from codeassist.base.words import counted
from codeassist.edits.verdict import Verdict
from codeassist.index.view import View
from codeassist.languages.nodes import Node
from codeassist.languages.parse import parse

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class _Fault:
    """A place that a parser does not understand, as a byte range."""

    start: int
    end: int
    text: str
    missing: bool


def syntax_problems(view: View, after: View, edit: WorkspaceEdit) -> Verdict:
    """A problem for each file with more syntax errors than before, or new ones where it changes."""
    problems: list[str] = []
    parsed = compiled = 0
    for file in edit.files:
        language, new = after.language(file.path), after.document(file.path)
        if language is None or new is None:
            continue
        old = view.document(file.path) if file.before is not None else None
        parsed += 1
        problem = _parse_problem(language, file, old, new)
        if not problem and language == "python" and (old is None or _error(old) is None):
            error = _error(new)
            compiled += error is None
            problem = f"{file.path}: Python does not compile it: {error}" if error else ""
        if problem:
            problems.append(problem)
    proof = f"{counted(parsed, 'file')} parsed again: no new syntax errors" if parsed else ""
    if compiled:
        version = ".".join(map(str, sys.version_info[:2]))
        proof += f"; compiled by Python {version}"
    return Verdict.of(problems, proof)


def _parse_problem(language: str, file: FileEdit, old: Document | None, new: Document) -> str:
    now = _faults(language, new)
    if not now:
        return ""
    was = _faults(language, old) if old is not None else []
    more = [
        fault
        for old_range, new_range in changed_ranges(file)
        if len(_touching(now, new_range)) > len(_touching(was, old_range))
        for fault in _touching(now, new_range)
    ]
    if len(now) <= len(was) and not more:
        return ""
    known = {fault.text for fault in was}
    fresh = [fault for fault in more or now if fault.text not in known] or more or now
    first = fresh[0]
    line = new.lines.line_of(first.start) + 1
    what = f"`{first.text}` is missing" if first.missing else f"at `{first.text}`"
    return f"{file.path}: a new syntax error in line {line}: {what}"


def changed_ranges(file: FileEdit) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The byte ranges of an edit's replacements, before and after."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    moved = 0
    for each in file.edits:
        size = len(each.text.encode("utf-8"))
        start = each.start + moved
        found.append(((each.start, each.end), (start, start + size)))
        moved += size - (each.end - each.start)
    return found


def _touching(faults: Sequence[_Fault], place: tuple[int, int]) -> list[_Fault]:
    """The faults that a byte range touches."""
    start, end = place
    return [fault for fault in faults if fault.start <= end and start <= fault.end]


def _faults(language: str, document: Document) -> list[_Fault]:
    """The outermost error nodes and the missing tokens of a text, in source order."""
    root = parse(language, document.data).root_node
    if not root.has_error:
        return []
    found: list[_Fault] = []
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            text = document.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
            shown = node.type if node.is_missing else " ".join(text.split())[:SHOWN_CHARACTERS]
            found.append(_Fault(node.start_byte, node.end_byte, shown, node.is_missing))
        elif node.has_error:
            stack.extend(reversed(node.children))
    return found


def _error(document: Document) -> str | None:
    """Why this Python does not compile a text; None if it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes and comparisons, which are no errors
        try:
            compile(document.data.decode("utf-8"), document.path, "exec", dont_inherit=True)
        except SyntaxError as error:
            return f"{error.msg} (line {error.lineno})"
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            return str(error) or type(error).__name__
    return None
