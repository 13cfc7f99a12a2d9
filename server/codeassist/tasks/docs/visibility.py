"""Which definitions are public, by the rules of each language. In doubt a definition is public."""

import re

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS
from codeassist.tasks.docs.members import owner_chain
from codeassist.tasks.docs.syntax import Source

_PRIVATE = re.compile(r"^(?:[@\w]+(?:\([^)]*\))?\s+)*?(?:private|fileprivate)\b(?!\()")
_ALSO_HIDDEN: dict[str, re.Pattern[str]] = {
    "kotlin": re.compile(r"\b(?:private|internal|protected)\b"),
    "scala": re.compile(r"\b(?:private|protected)\b"),
    "php": re.compile(r"\bprivate\b"),
    "swift": re.compile(r"\b(?:private|fileprivate)\b(?!\(set\))"),
    "typescript": re.compile(r"^(?:@\S+\s+)*(?:private|#)"),
    "tsx": re.compile(r"^(?:@\S+\s+)*(?:private|#)"),
}
_SHOWN: dict[str, re.Pattern[str]] = {
    "java": re.compile(r"\b(?:public|protected)\b"),
    "csharp": re.compile(r"\b(?:public|protected)\b"),
    "rust": re.compile(r"^(?:#\[[^\]]*\]\s*)*pub\b(?!\()"),
}
_LISTING = frozenset({"python", "javascript", "typescript", "tsx"})
_TYPES = CLASS_KINDS | {"type"}
_RUBY_SECTION = re.compile(r"^\s*(private|protected|public)\s*$", re.MULTILINE)


def is_public(source: Source, index: int) -> bool:
    """Whether a definition and everything around it can be reached from elsewhere."""
    exports = source.detail.exports
    chain = [index, *owner_chain(source, index)]
    if any(source.symbol(outer).kind in CALLABLE_KINDS for outer in chain[1:]):
        return False  # inside of a function
    language = source.language.name
    top = source.symbol(chain[-1]).name
    listed = exports is not None and (
        top in exports or (language != "python" and "default" in exports)
    )
    if language in _LISTING and exports is not None and not listed:
        return False
    return all(_shown(source, each, number > 0) for number, each in enumerate(chain))


def _shown(source: Source, index: int, is_outer: bool) -> bool:
    """Whether one definition is public by itself."""
    symbol, language = source.symbol(index), source.language.name
    name, header = symbol.name, _modifiers(source, index)
    if language == "python":
        return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))
    if language == "go":
        owner = symbol.owner.rpartition(".")[2]
        return name[:1].isupper() and (not owner or owner[:1].isupper())
    if language in _SHOWN:
        outer = owner_chain(source, index)
        kinds = {source.symbol(each).kind for each in outer[:1]}
        if kinds & {"interface", "trait"} or (language == "rust" and symbol.kind == "impl"):
            return "private" not in header
        if language == "rust" and kinds == {"impl"} and _is_trait_impl(source, outer[0]):
            return True
        return bool(_SHOWN[language].search(header))
    if language in ("c", "cpp"):
        return not (re.search(r"\bstatic\b", header) and not symbol_in_class(source, index))
    if language == "ruby":
        return is_outer or not _below_private(source, index)
    if language == "lua":
        return not header.startswith("local ")
    hidden = _ALSO_HIDDEN.get(language)
    if hidden and hidden.search(header):
        return False
    return not name.startswith(("_", "#"))


def symbol_in_class(source: Source, index: int) -> bool:
    """Whether a definition is a member of a type of this file."""
    return any(source.symbol(each).kind in _TYPES for each in owner_chain(source, index))


def _is_trait_impl(source: Source, index: int) -> bool:
    return bool(re.search(r"\bfor\b", source.header(index).split("{", 1)[0]))


def _modifiers(source: Source, index: int) -> str:
    """What stands on a definition's line before its name."""
    symbol = source.symbol(index)
    start = source.document.lines.line_start(source.document.lines.line_of(symbol.start))
    return source.text(min(start, symbol.start), max(start, symbol.name_start)).strip()


def _below_private(source: Source, index: int) -> bool:
    """Whether a Ruby method stands below a line `private` of its class, or is named in one."""
    symbol = source.symbol(index)
    chain = owner_chain(source, index)
    if re.search(r"\bprivate\s+def\b", _modifiers(source, index) + " def"):
        return True
    start = source.symbol(chain[0]).body if chain else 0
    before = source.text(start, symbol.start)
    column = len(source.indent_at(symbol.start) or "")
    sections = [
        match[1]
        for match in _RUBY_SECTION.finditer(before)
        if len(match.group()) - len(match.group().lstrip(" \t\r\n")) >= 0
        and _column(match.group()) == column
    ]
    return bool(sections) and sections[-1] != "public"


def _column(line: str) -> int:
    text = line.lstrip("\r\n")
    return len(text) - len(text.lstrip(" \t"))
