"""Whether an edit takes away definitions that other code can use, without being meant to."""

import re
from collections import Counter

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline, Symbol
from codeassist.edits.verdict import Verdict
from codeassist.index.found import MISSING, OPAQUE
from codeassist.index.names import Names
from codeassist.index.view import View

# Languages in which several functions may share a name, so that one of them can be lost.
OVERLOADED = frozenset({"java", "kotlin", "scala", "csharp", "cpp", "swift"})
MEMBER_KINDS = CALLABLE_KINDS | CLASS_KINDS | {"property", "type", "constant"}
_PRIVATE = re.compile(rb"\b(?:private|fileprivate)\b")
_DUNDER = re.compile(r"__\w+__\Z")


def lost_problems(view: View, after: View, edit: WorkspaceEdit, removes: frozenset[str]) -> Verdict:
    """A problem for each public definition that is gone, unless `removes` names it or its owner."""
    problems: list[str] = []
    looked_at = False
    names = Names(after)
    for file in edit.files:
        old, new = view.outline(file.path), after.outline(file.path)
        if file.before is None or old is None or new is None:
            continue
        looked_at = True
        now, kept = _public(after, file.path, new), reachable(new)
        for name, number in _public(view, file.path, old).items():
            if _is_meant(name, removes) or number <= kept.get(name, 0):
                continue
            fewer = old.language in OVERLOADED and 0 < now.get(name, 0) < number
            if not fewer and (name in kept or _is_imported(names, file.path, name)):
                continue
            owner = name.rpartition(".")[0]
            if not fewer and owner and owner not in kept and owner in reachable(old):
                continue  # it went with its class, which is reported
            what = "an overload of it" if fewer else "it"
            problems.append(f"{file.path}: `{name}` is public, and {what} would be lost")
    return Verdict.of(problems, "no public definition is lost" if looked_at else "")


def reachable(outline: Outline) -> Counter[str]:
    """How often each qualified name is defined outside of functions."""
    found: Counter[str] = Counter()
    for index, symbol in enumerate(outline.symbols):
        if symbol.kind not in ("impl", "namespace", "module") and _is_outside(outline, index):
            found[outline.qualified(index)] += 1
    return found


def gone(view: View, after: View, path: str) -> frozenset[str]:
    """The qualified names that a file no longer defines, public or not."""
    old, new = view.outline(path), after.outline(path)
    if old is None or new is None:
        return frozenset()
    return frozenset(reachable(old).keys() - reachable(new).keys())


def _public(view: View, path: str, outline: Outline) -> Counter[str]:
    document = view.document(path)
    found: Counter[str] = Counter()
    if document is None:
        return found
    for index, symbol in enumerate(outline.symbols):
        if symbol.kind in ("impl", "namespace", "module") or not _is_outside(outline, index):
            continue
        if _is_in_class(outline, index) and symbol.kind not in MEMBER_KINDS:
            continue
        if not _is_private(outline, document.data, index):
            found[outline.qualified(index)] += 1
    return found


def _is_outside(outline: Outline, index: int) -> bool:
    """Whether a symbol is not inside of a function."""
    parent = outline.symbols[index].parent
    while parent != TOP:
        if outline.symbols[parent].kind in CALLABLE_KINDS:
            return False
        parent = outline.symbols[parent].parent
    return True


def _is_in_class(outline: Outline, index: int) -> bool:
    parent = outline.symbols[index].parent
    return parent != TOP and outline.symbols[parent].kind in CLASS_KINDS


def _is_private(outline: Outline, data: bytes, index: int) -> bool:
    """Whether a symbol, or what it is in, is for its own file alone as far as its text says."""
    while index != TOP:
        symbol = outline.symbols[index]
        words = data[symbol.start : symbol.name_start]
        if symbol.name.startswith(("_", "#")) and not _DUNDER.match(symbol.name):
            return True
        if _PRIVATE.search(words):
            return True
        if outline.language == "go" and not symbol.name[:1].isupper():
            return True
        if outline.language == "rust" and _is_private_in_rust(symbol, words):
            return True
        index = symbol.parent
    return False


def _is_private_in_rust(symbol: Symbol, words: bytes) -> bool:
    """Whether an item at the top is not `pub`. Members may be a trait's, which have no `pub`."""
    is_item = symbol.parent == TOP and symbol.kind not in ("impl", "macro")
    return is_item and not words.lstrip().startswith(b"pub")


def _is_meant(name: str, removes: frozenset[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in removes)


def _is_imported(names: Names, path: str, name: str) -> bool:
    """Whether a file still offers a name that it no longer defines."""
    return "." not in name and names.lookup(path, name) not in (MISSING, OPAQUE)
