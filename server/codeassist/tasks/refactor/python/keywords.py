"""Arguments by name when a parameter or an attribute is renamed: for it, or for another's.

Rope takes the name of an argument whose function it does not know for the variable of that name.
"""

import ast
import builtins
from typing import TYPE_CHECKING

from codeassist.base.symbols import CALLABLE_KINDS, Use
from codeassist.index.found import Definition
from codeassist.languages import Imports
from codeassist.tasks.refactor.python.mentions import Mention, Where
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed

if TYPE_CHECKING:
    from codeassist.tasks.refactor.python.leftovers import Leftovers


def is_misread(left: "Leftovers", path: str, parsed: Parsed, mention: Mention) -> bool:
    """Whether an argument by name is not for what is renamed, although rope says so."""
    if mention.where is not Where.KEYWORD:
        return False
    if left.found.kind != "parameter":
        return True
    own = any(
        isinstance(node, ast.arg) and parsed.start(node) in left.places[path]
        for outer in parsed.around(mention.node)
        if isinstance(outer, FUNCTIONS)
        for node in ast.walk(outer.args)
    )
    # Only in the parameter's own function is there a variable that it could be taken for.
    return own and not _is_owner(left, path, getattr(parsed.parents[mention.node], "func", None))


def _is_owner(left: "Leftovers", path: str, called: ast.expr | None) -> bool:
    """Whether the index says that a call is of the parameter's function or class."""
    use = _called_use(left, path, called)
    meant = left.values.resolve(path, use) if use is not None else None
    if not isinstance(meant, Definition) or meant.path != left.found.home:
        return False
    outline = left.view.outline(meant.path)
    return outline is not None and outline.symbols[meant.symbol].name in left.owners


def keyword_reason(left: "Leftovers", path: str, parsed: Parsed, mention: Mention) -> str:
    """Whether an argument by name may be for what is renamed."""
    if left.found.kind == "attribute":
        return f"an argument `{left.name}` may be for the attribute"  # of a dataclass, for one
    if left.found.kind != "parameter":
        return ""
    call = parsed.parents[mention.node]
    called = getattr(call, "func", None)
    word = getattr(called, "attr", None) or getattr(called, "id", None)
    may = word in left.owners or _may_call(left, path, called)
    return f"an argument `{left.name}` may be for this parameter" if may else ""


def _may_call(left: "Leftovers", path: str, called: ast.expr | None) -> bool:
    """Whether an expression that is called may be the function, under another name."""
    if isinstance(called, ast.Attribute) and "__init__" not in left.owners:
        return False  # an object's attribute may be a class, but hardly a function
    use = _called_use(left, path, called)
    if use is None:
        return True
    meant = left.values.resolve(path, use)
    if isinstance(meant, Definition):
        outline = left.view.outline(meant.path)
        kind = outline.symbols[meant.symbol].kind if outline else ""
        # A class may have the constructor of another one; a variable may be anything.
        return kind not in CALLABLE_KINDS and "__init__" in left.owners
    return not _is_from_outside(left, path, use)


def _called_use(left: "Leftovers", path: str, called: ast.expr | None) -> Use | None:
    parsed, detail = left.files[path], left.view.detail(path)
    if detail is None or not isinstance(called, ast.Name | ast.Attribute):
        return None
    name = called.id if isinstance(called, ast.Name) else called.attr
    start = parsed.end(called) - len(name.encode())
    return next((row for row in detail.uses.named((name,)) if row.start == start), None)


def _is_from_outside(left: "Leftovers", path: str, use: Use) -> bool:
    """Whether a use is of something built in, or imported from outside of the repository."""
    root = (use.receiver or use.name).partition(".")[0].partition("(")[0]
    outline = left.view.outline(path)
    rules = left.view.families.rules(Imports.PYTHON)
    rows = [
        row
        for row in (outline.imports if outline else ())
        if root == (row.alias or row.name or row.module.partition(".")[0])
    ]
    if not rows:
        return use.receiver is None and root in vars(builtins) and root != "dict"
    targets = [rules.resolve(path, row) for row in rows]
    return not any(each.files or each.folder or each.missing for each in targets)
