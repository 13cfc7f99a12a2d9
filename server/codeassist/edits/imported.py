"""Whether imports and uses still find what they name after an edit, in all files of a view.

Speaks only of what resolved before, or is new, and now is proved to be missing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.symbols import Import
from codeassist.base.words import counted
from codeassist.edits.lost import gone
from codeassist.edits.verdict import Verdict
from codeassist.index.found import MISSING, OPAQUE, Definition
from codeassist.index.names import Names
from codeassist.index.syntax import is_guarded
from codeassist.index.values import Values
from codeassist.index.view import View


def import_problems(view: View, after: View, edit: WorkspaceEdit) -> Verdict:
    """A problem for each import that finds nothing, and each use of a definition that is gone."""
    before, now = Values(Names(view)), Values(Names(after))
    problems: list[str] = []
    looked_at = 0
    edited = [file.path for file in edit.files]
    for path in edited:
        looked_at += after.outline(path) is not None
        problems += _own_imports(before.names, now.names, path)
    lost: dict[str, set[str]] = {}
    for path in edited:
        for name in gone(view, after, path):
            lost.setdefault(name.rpartition(".")[2], set()).add(path)
    for path in after.with_any_word(lost) if lost else ():
        looked_at += path not in edited
        if path not in edited:
            problems += _imports_elsewhere(before.names, now.names, path, lost)
        problems += _uses(before, now, path, lost, is_edited=path in edited)
    return Verdict.of(
        problems, f"imports still resolve in {counted(looked_at, 'file')}" if looked_at else ""
    )


def _own_imports(before: Names, now: Names, path: str) -> Iterator[str]:
    """The imports of an edited file that find nothing, unless they did not before either."""
    outline = now.view.outline(path)
    if outline is None:
        return
    old = before.view.outline(path)
    broken = {
        _form(each)
        for each in (old.imports if old else ())
        if before.imported(path, each) is MISSING
    }
    for imported in outline.imports:
        if now.imported(path, imported) is MISSING and _form(imported) not in broken:
            yield from _broken(now, path, imported)


def _imports_elsewhere(before: Names, now: Names, path: str, lost: Iterable[str]) -> Iterator[str]:
    """The imports of another file that the edit breaks."""
    outline = now.view.outline(path)
    names = set(lost)
    for imported in outline.imports if outline else ():
        if imported.name not in names:
            continue
        was, found = before.imported(path, imported), now.imported(path, imported)
        if was in (MISSING, OPAQUE):
            if not (was is OPAQUE and _is_closed_loss(before, now, path, imported)):
                continue
        elif found is not MISSING and not _is_closed_loss(before, now, path, imported):
            continue
        yield from _broken(now, path, imported)


def _is_closed_loss(before: Names, now: Names, path: str, imported: Import) -> bool:
    """Whether the rules say "perhaps elsewhere" of what this repository had and has no more."""
    name = imported.name or ""
    old = before.rules(path).resolve(path, imported)
    new = now.rules(path).resolve(path, imported)
    if not (old.open and new.open):
        return False
    had = before.member(replace(old, open=False), name)
    return isinstance(had, Definition) and now.member(replace(new, open=False), name) is MISSING


def _broken(names: Names, path: str, imported: Import) -> Iterator[str]:
    outline, document = names.view.outline(path), names.view.document(path)
    if outline is None or document is None:
        return
    if is_guarded(outline.language, document, imported.start):
        return
    line = document.lines.line_of(imported.start) + 1
    what = f"`{imported.name}` of `{imported.module}`" if imported.name else f"`{imported.module}`"
    yield f"{path}, line {line}: {what} is imported, but would not be there"


def _uses(
    before: Values, now: Values, path: str, lost: dict[str, set[str]], *, is_edited: bool
) -> Iterator[str]:
    """The uses of definitions that are gone."""
    detail, document = now.names.view.detail(path), now.names.view.document(path)
    if detail is None or document is None:
        return
    for use in detail.uses.named(lost):
        if now.resolve(path, use) is not MISSING:
            continue
        if is_edited:
            # Its place is another than before; what counts is that the file had such a name.
            known = path in lost[use.name] and use.receiver in (None, "self", "this", "cls")
        else:
            was = before.resolve(path, use)
            known = isinstance(was, Definition) and was.path in lost[use.name]
        if known:
            line = document.lines.line_of(use.start) + 1
            yield f"{path}, line {line}: `{use.name}` is used, but would not be there"


def _form(imported: Import) -> tuple[str, str | None]:
    return imported.module, imported.name
