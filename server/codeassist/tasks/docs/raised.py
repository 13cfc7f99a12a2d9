"""What a body raises and does not catch itself, and under which condition where that is simple.

Speaks of the statements in the body alone: what a called function raises is not known here.
"""

import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.languages.nodes import Node, ancestors
from codeassist.tasks.docs.syntax import Source, own_nodes

RAISING = frozenset(
    {"raise_statement", "throw_statement", "throw_expression", "control_transfer_statement"}
)
MAX_CONDITION = 60  # characters; a longer one is no quick reading
_TRIES = frozenset({"try_statement", "try_with_resources_statement", "try_expression",
                    "do_statement", "begin", "body_statement"})  # fmt: skip
_HANDLERS = frozenset({"except_clause", "catch_clause", "catch_block", "rescue",
                       "except_group_clause"})  # fmt: skip
_IFS = frozenset({"if_statement", "if_expression", "elif_clause", "if", "if_modifier", "elsif",
                  "unless", "unless_modifier"})  # fmt: skip
_NEGATED = ("unless", "unless_modifier")
_BRANCHING = frozenset({"match_statement", "switch_statement", "switch_expression", "case_block",
                        "case_statement", "when_expression", "case", "match_expression",
                        "conditional_expression", "ternary_expression", "else_clause", "else",
                        "guard_statement"})  # fmt: skip
_RAISED = re.compile(
    r"^(?:raise|throw)\b\s*\(?\s*(?:new\s+)?(?P<name>\\?[A-Za-z_][\w.:\\]*)?", re.DOTALL
)
_CATCH_ALL = frozenset({"Exception", "BaseException", "Throwable", "StandardError"})


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception type with the conditions of all its raises, none where one is not simple."""

    type: str
    conditions: tuple[str, ...] = ()


def raised(source: Source, body: Node) -> tuple[Raised, ...]:
    """The exceptions that a body raises, each type once, in source order."""
    found: dict[str, list[str]] = {}
    for node in own_nodes(body):
        if not _is_raise(source, node):
            continue
        condition = _condition(source, node, body)
        for name in _types(source, node):
            if not _is_caught(source, node, body, name):
                found.setdefault(name, []).append(condition)
    return tuple(
        Raised(name, tuple(dict.fromkeys(texts)) if all(texts) else ())
        for name, texts in found.items()
    )


def said(conditions: tuple[str, ...]) -> str:
    """The conditions in words: "If `a`, or if `b`."; "" for none or for too many."""
    if not conditions or len(conditions) > 3:
        return ""
    text = ", or ".join(conditions)
    return text[:1].upper() + text[1:] + "."


def _is_raise(source: Source, node: Node) -> bool:
    if node.type in RAISING:
        return source.node_text(node).startswith(("raise", "throw"))
    if source.language.name != "ruby":
        return False
    if node.type == "call":
        return node.child_by_field_name("receiver") is None and source.node_text(
            node.child_by_field_name("method")
        ) in ("raise", "fail")
    return False


def _types(source: Source, node: Node) -> Iterator[str]:
    """The types that a statement raises; a bare `raise` raises what its handler caught."""
    text = source.node_text(node)
    language = source.language.name
    match = _RAISED.match(text.replace("fail", "raise", 1) if language == "ruby" else text)
    name = match["name"] if match else None
    if name is None or name in ("from", "if", "unless"):
        yield from _caught_here(source, node, "")
        return
    name = name.rstrip(".:\\")
    last = re.split(r"[.\\]|::", name)[-1]
    if last in ("new", "init") or not last[:1].isupper():
        name = re.sub(r"(?:\.|::)?[a-z_]\w*$", "", name) if last != name else name
        last = re.split(r"[.\\]|::", name)[-1] if name else ""
    if language == "cpp" and match and match["name"]:
        yield match["name"].rstrip(":")
    elif last[:1].isupper():
        yield re.sub(r"^(?:self|cls|this)\.", "", name)
    else:
        yield from _caught_here(source, node, name or last)


def _caught_here(source: Source, node: Node, variable: str) -> Iterator[str]:
    """The named types of the handler around a statement, if it caught into this variable."""
    for outer in ancestors(node):
        if outer.type not in _HANDLERS:
            continue
        header = _header(source, outer)
        bound = re.search(r"\bas\s+(\w+)|=>\s*(\w+)|[$]?(\w+)\s*\)?\s*$", header)
        if variable and (not bound or variable not in bound.groups()):
            return
        names = re.findall(r"[A-Za-z_\\][\w.\\]*", header)
        for name in names:
            last = re.split(r"[.\\]", name)[-1]
            if last[:1].isupper() and last not in _CATCH_ALL:
                yield name
        return


def _header(source: Source, handler: Node) -> str:
    """A handler's text before its body, without its keyword."""
    text = source.text(handler.start_byte, handler.end_byte)
    head = re.split(r"[:{\n]", text, maxsplit=1)[0] if "{" in text or ":" in text else text
    return re.sub(r"^(?:except\*?|catch|rescue)\b", "", head).strip()


def _is_caught(source: Source, node: Node, body: Node, name: str) -> bool:
    """Whether a handler within the body catches what is raised at a node."""
    inner = node
    for outer in ancestors(node):
        if outer.type in _TRIES and inner.type not in (*_HANDLERS, "else_clause",
                                                       "finally_clause", "ensure"):  # fmt: skip
            handlers = [child for child in outer.children if child.type in _HANDLERS]
            if any(_catches(source, each, name) for each in handlers):
                return True
        if outer.id == body.id:
            return False
        inner = outer
    return False


def _catches(source: Source, handler: Node, name: str) -> bool:
    header = _header(source, handler)
    words = set(re.findall(r"\w+", header))
    if source.language.name in ("javascript", "typescript", "tsx", "swift", "scala"):
        return True  # these handlers take everything, or sort it out by patterns
    if not words or header.startswith("=>") or not _CATCH_ALL.isdisjoint(words):
        return True
    last = re.split(r"[.\\]|::", name)[-1]
    return last in words or (source.language.name == "python" and _is_builtin_below(last, words))


def _is_builtin_below(name: str, handlers: set[str]) -> bool:
    """Whether a built-in exception is a subclass of one that is handled."""
    cls = getattr(builtins, name, None)
    if not isinstance(cls, type):
        return False
    return any(base.__name__ in handlers for base in cls.__mro__)


def _condition(source: Source, node: Node, body: Node) -> str:
    """ "if `x`" where a statement stands in simple `if`s only, else ""."""
    conditions: list[str] = []
    inner = node
    for outer in ancestors(node):
        if outer.id == body.id or inner.id == body.id:
            break
        if outer.type in _HANDLERS:
            names = list(_caught_here(source, node, ""))
            again = set(names) & set(_types(source, node))
            return f"on `{', '.join(names)}`" if names and not conditions and not again else ""
        if outer.type in _BRANCHING:
            return ""
        if outer.type in _IFS:
            text = _simple_test(source, outer, inner)
            if not text or outer.type == "elif_clause" or len(conditions) == 1:
                return ""
            conditions.append(text)
        inner = outer
    return conditions[0] if conditions else ""


def _simple_test(source: Source, branch: Node, inner: Node) -> str:
    """The condition of an `if` whose consequence a node is, "" where it is not that simple."""
    test = branch.child_by_field_name("condition")
    if test is None:
        test = next((c for c in branch.named_children if c.id != inner.id), None)
    if test is None or test.id == inner.id:
        return ""
    after = branch.child_by_field_name("alternative")
    if after is not None and after.id == inner.id:
        return ""
    if any(c.type == "else" and c.end_byte <= inner.start_byte for c in branch.children):
        return ""
    text = source.node_text(test).strip()
    while text.startswith("(") and text.endswith(")") and _is_one_group(text):
        text = text[1:-1].strip()
    if not text or "\n" in text or "`" in text or len(text) > MAX_CONDITION:
        return ""
    return f"{'unless' if branch.type in _NEGATED else 'if'} `{text}`"


def _is_one_group(text: str) -> bool:
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(text) - 1
    return False
