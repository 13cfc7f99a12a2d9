"""What a renaming has to look at besides the occurrences: names, clashes, exports, the result."""

import ast
import builtins
import re

from codeassist.base.edits import WorkspaceEdit
from codeassist.index.view import View
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.leftovers import MEMBERS
from codeassist.tasks.refactor.python.mentions import Where, mentions
from codeassist.tasks.refactor.python.names import used_names
from codeassist.tasks.refactor.python.occurrences import Occurrences
from codeassist.tasks.refactor.python.parsed import Parsed
from codeassist.tasks.refactor.python.proof import after_of
from codeassist.tasks.task import Subject

_IDENTIFIER = re.compile(r"\w+")


def name_at(parsed: Parsed, subject: Subject) -> tuple[str, int]:
    """The name at the cursor or in the selection, and where it begins. Raises Refused."""
    line_start = parsed.line_start(subject.start)
    line = parsed.text(line_start, parsed.line_end(subject.start))
    column = len(parsed.text(line_start, subject.start))
    for found in _IDENTIFIER.finditer(line):
        if found.start() <= column <= found.end():
            start = line_start + len(line[: found.start()].encode())
            _check_old(parsed, found.group(), start)
            return found.group(), start
    raise Refused("there is no name here")


def _check_old(parsed: Parsed, name: str, start: int) -> None:
    if name in vars(builtins) and not _is_bound(parsed, name):
        raise Refused(f"`{name}` is built in")
    if name.startswith("__") and name.endswith("__"):
        raise Refused(f"`{name}` belongs to the language")
    if name in ("self", "cls"):
        raise Refused(f"`{name}` is what everybody calls it")
    here = mentions(parsed, name, parsed.at(start, start + len(name.encode())))
    if not any(each.start == start and each.where is not Where.STRING for each in here):
        raise Refused("there is no name here")


def _is_bound(parsed: Parsed, name: str) -> bool:
    """Whether a file has a name as one of its own, and does not only read it."""
    return any(
        each.where is Where.NAME and not _is_load(each.node)
        for each in mentions(parsed, name, parsed.words.named(name))
    )


def _is_load(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def check_new(view: View, parsed: Parsed, new: str, found: Occurrences) -> None:
    """Raise Refused where the new name means something already in a file that is changed."""
    path = parsed.document.path
    if found.kind in MEMBERS:
        outline, detail = view.outline(path), view.detail(path)
        if outline is None or detail is None:
            return
        members = {each.name for each in outline.symbols if each.parent != -1}
        members |= {row.name for row in detail.bindings if row.receiver is not None}
        if new in members:
            raise Refused(f"`{new}` is already a member in {path}")
        return
    for used, line in used_names(parsed.tree):
        if used == new:
            raise Refused(f"`{new}` is already used in {path} (line {line})")


def exported(parsed: Parsed, old: str, places: set[int], found: Occurrences) -> set[int]:
    """Where `__all__` lists the name, in a file whose own top-level name is renamed."""
    if found.kind in (*MEMBERS, "parameter") or not places:
        return set()
    listed: set[int] = set()
    for node in parsed.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not any(isinstance(each, ast.Name) and each.id == "__all__" for each in targets):
            continue
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and each.value == old:
                text = parsed.source(each)
                if text[1:-1] == old:
                    listed.add(parsed.start(each) + 1)
    return listed


def check_renamed(before: Parsed, edit: WorkspaceEdit, path: str, old: str, new: str) -> None:
    """Raise Refused unless the new tree is the old one, but for the one name."""
    marks = re.compile(rf"(?<!\w)({re.escape(old)}|{re.escape(new)})(?!\w)")
    one, other = (marks.sub("*", ast.dump(tree)) for tree in (before.tree, after_of(edit, path)))
    if one != other:
        raise Refused(f"{path}: more than names would change")
