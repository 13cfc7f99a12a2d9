"""What is known of a selection and is told to a model: its code, its uses, its tests, remarks.

Plain texts in fences that they cannot close. Nothing here is an instruction.
"""

from collections.abc import Iterator

from codeassist.base.errors import CodeassistError
from codeassist.base.files import Document
from codeassist.base.symbols import TOP
from codeassist.checks.paths import is_test
from codeassist.context.source import visible
from codeassist.index.view import View
from codeassist.prompts.library import fenced
from codeassist.tasks.refactor.ruff_fixes import remarks
from codeassist.tasks.task import Reach, Scene, Subject

USES_SHOWN = 12
TESTS_SHOWN = 6
REMARKS_SHOWN = 12
LINE_SHOWN = 160  # characters of one use


def symbol_of(view: View, subject: Subject) -> int:
    """The innermost definition around a subject; TOP for none."""
    if len(subject.paths) != 1 or subject.reach is Reach.FILE:
        return TOP
    if subject.focus.symbol != TOP:
        return subject.focus.symbol
    outline = view.outline(subject.paths[0])
    best = TOP
    for index, symbol in enumerate(outline.symbols if outline else ()):
        if symbol.start <= subject.start and subject.end <= symbol.end:
            best = index
    return best


def place(view: View, subject: Subject) -> str:
    """The subject in words: file, lines, definition."""
    if len(subject.paths) != 1:
        return visible(subject.name)
    path, document = subject.paths[0], view.document(subject.paths[0])
    if subject.reach is Reach.FILE or document is None:
        return f"the file {visible(path)}"
    first, last = lines_of(document, subject)
    found, outline = symbol_of(view, subject), view.outline(path)
    name = f", in `{visible(outline.qualified(found))}`" if outline and found != TOP else ""
    return f"{visible(path)}, lines {first + 1} to {last + 1}{name}"


def lines_of(document: Document, subject: Subject) -> tuple[int, int]:
    """The 0-based lines of a subject, inclusive."""
    first = document.lines.line_of(subject.start)
    return first, max(first, document.lines.line_of(max(subject.start, subject.end - 1)))


def code(view: View, subject: Subject) -> str:
    """The selected lines, exactly, with "\\n" for line ends; "" for more than one file."""
    document = view.document(subject.paths[0]) if len(subject.paths) == 1 else None
    if document is None:
        return ""
    first, last = 0, max(0, document.lines.line_count - 1)
    if subject.reach is not Reach.FILE:
        first, last = lines_of(document, subject)
    start, end = document.lines.line_start(first), document.lines.line_start(last + 1)
    return document.data[start:end].decode("utf-8", "replace").replace("\r\n", "\n")


def language(view: View, subject: Subject) -> str:
    """The name of the code's language, as fences have it."""
    return (view.language(subject.paths[0]) or "") if len(subject.paths) == 1 else ""


def facts(scene: Scene, subject: Subject) -> str:
    """What the index and ruff say, as Markdown lists; "" for nothing."""
    parts: list[str] = []
    found = list(_remarks(scene, subject))[:REMARKS_SHOWN]
    if found:
        parts.append("Remarks of the linter:\n" + "\n".join(found))
    uses, tests = _uses(scene.view, subject)
    if uses:
        parts.append("Where it is used:\n" + fenced("\n".join(uses[:USES_SHOWN]), "text"))
    if tests:
        parts.append("Tests that mention it:\n" + fenced("\n".join(tests[:TESTS_SHOWN]), "text"))
    elif uses:
        parts.append("No test mentions it by name.")
    return "\n\n".join(parts)


def _remarks(scene: Scene, subject: Subject) -> Iterator[str]:
    if len(subject.paths) != 1 or scene.view.language(subject.paths[0]) != "python":
        return
    document = scene.view.document(subject.paths[0])
    if document is None or document.lossy:
        return
    first, last = lines_of(document, subject)
    whole = subject.reach is Reach.FILE
    try:
        said = remarks(scene.view, subject.paths[0], document.data)
    except CodeassistError:
        return  # remarks are a help, and no reason to fail
    for each in said:
        line = document.lines.line_of(each.start)
        if whole or first <= line <= last:
            yield f"- line {line + 1}: {each.code} {visible(each.message)}"


def _uses(view: View, subject: Subject) -> tuple[list[str], list[str]]:
    """The lines that mention the definition's name in code, and those of them in tests."""
    index = symbol_of(view, subject)
    outline = view.outline(subject.paths[0]) if subject.paths else None
    if outline is None or index == TOP:
        return [], []
    name = outline.symbols[index].name
    uses: list[str] = []
    tests: list[str] = []
    for path in view.with_word(name):
        document, detail = view.document(path), view.detail(path)
        if document is None or detail is None:
            continue
        group = tests if is_test(path) else uses
        for row in detail.uses.named((name,)):
            line = document.lines.line_of(row.start)
            text = visible(document.lines.line(line).strip())[:LINE_SHOWN]
            group.append(f"{visible(path)}:{line + 1}: {text}")
        if len(uses) >= USES_SHOWN and len(tests) >= TESTS_SHOWN:
            break
    return uses, tests
