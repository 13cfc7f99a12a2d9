"""The entries about what goes wrong: exceptions declared and raised, Rust's errors and panics."""

import re
from collections.abc import Iterator

from codeassist.languages.nodes import Node
from codeassist.tasks.docs.content import Item
from codeassist.tasks.docs.raised import raised, said
from codeassist.tasks.docs.syntax import Source, own_nodes

_PANICS = frozenset({"panic", "assert", "assert_eq", "assert_ne", "unreachable", "todo",
                     "unimplemented"})  # fmt: skip


def raises(source: Source, index: int, body: Node | None) -> Iterator[Item]:
    """What is declared to be thrown, and what the body throws besides."""
    if source.language.name == "rust":
        yield from _failures(source, index, body)
        return
    seen: set[str] = set()
    found = {each.type: said(each.conditions) for each in raised(source, body)} if body else {}
    for name in [*_declared(source, index), *found]:
        if name not in seen:
            seen.add(name)
            yield Item(name, found.get(name, ""))


def _declared(source: Source, index: int) -> list[str]:
    """The exceptions of a `throws` clause (Java's; Swift's names no type)."""
    if source.language.name != "java":
        return []
    clause = re.search(r"\)[^{;]*\bthrows\s+([\w.,\s]+)", source.header(index))
    return [each.strip() for each in clause[1].split(",")] if clause else []


def _failures(source: Source, index: int, body: Node | None) -> Iterator[Item]:
    """Rust's sections: what a `Result` says, and macros that end the program."""
    declared = source.detail.returns.get(index, "")
    if re.match(r"^(?:[\w:]+::)?Result\b", declared):
        error = re.search(r"<.*,\s*(?P<error>[^,]+)>$", declared, re.DOTALL)
        yield Item("Errors", f"Returns `{error['error']}` on failure." if error else
                   "Returns an error on failure.")  # fmt: skip
    for node in own_nodes(body) if body is not None else ():
        if node.type != "macro_invocation":
            continue
        name = source.node_text(node).split("!", 1)[0].rpartition("::")[2]
        if name in _PANICS:
            yield Item("Panics", f"Panics where `{name}!` does.")
            return
