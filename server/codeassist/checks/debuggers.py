"""The debuggers of each language: which callee starts one, and what that does.

Data, and the one function that reads a node's callee. Sources: each debugger's own documentation.
"""

import re
from dataclasses import dataclass

from codeassist.base.findings import Severity
from codeassist.languages.nodes import Node, node_text

STOPS = "stops the program in a debugger"
PRINTS = "prints a value for debugging"


@dataclass(frozen=True, slots=True)
class Debugger:
    """A callee as written. `bare` names may be the program's own, so they are looked up.

    `modules` are those that a bare name must be imported from; empty for built-in names.
    """

    callee: str
    effect: str = STOPS
    severity: Severity = Severity.WARNING
    bare: bool = False
    modules: tuple[str, ...] = ()
    quiet_in_tests: bool = False


def _rows(*rows: Debugger) -> dict[str, Debugger]:
    return {row.callee: row for row in rows}


_SCRIPT = _rows(Debugger("debugger"))

DEBUGGERS: dict[str, dict[str, Debugger]] = {
    "python": _rows(
        Debugger("breakpoint", bare=True),
        Debugger("set_trace", bare=True, modules=("pdb", "ipdb", "pudb", "celery", "IPython")),
        Debugger("embed", bare=True, modules=("IPython",)),
        Debugger("pdb.set_trace"),
        Debugger("pdb.Pdb().set_trace"),
        Debugger("ipdb.set_trace"),
        Debugger("pudb.set_trace"),
        Debugger("rpdb.set_trace"),
        Debugger("wdb.set_trace"),
        Debugger("web_pdb.set_trace"),
        Debugger("IPython.embed"),
        Debugger("__import__('pdb').set_trace"),
        Debugger("__import__('ipdb').set_trace"),
        Debugger("debugpy.breakpoint"),
    ),
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "go": _rows(Debugger("runtime.Breakpoint")),
    "rust": _rows(Debugger("dbg!", PRINTS)),
    "csharp": _rows(Debugger("Debugger.Break"), Debugger("Debugger.Launch")),
    "ruby": _rows(
        Debugger("binding.pry"),
        Debugger("binding.irb"),
        Debugger("binding.remote_pry"),
        Debugger("binding.break"),
        Debugger("binding.b"),
        Debugger("Pry.start"),
        Debugger("byebug", bare=True),
        Debugger("debugger", bare=True),
    ),
    "php": _rows(
        Debugger("xdebug_break"),
        Debugger("dd", "prints a value and ends the request", bare=True),
        Debugger("var_dump", PRINTS, Severity.INFO, quiet_in_tests=True),
    ),
    "lua": _rows(Debugger("debug.debug")),
}

# A file without these words needs no parse.
TRIGGERS: dict[str, re.Pattern[bytes]] = {
    "python": re.compile(rb"\bset_trace\b|\bbreakpoint\b|\bembed\b"),
    "javascript": re.compile(rb"\bdebugger\b"),
    "typescript": re.compile(rb"\bdebugger\b"),
    "tsx": re.compile(rb"\bdebugger\b"),
    "go": re.compile(rb"\bruntime\.Breakpoint\b"),
    "rust": re.compile(rb"\bdbg!"),
    "csharp": re.compile(rb"\bDebugger\s*\."),
    "ruby": re.compile(rb"\bbinding\b|\bbyebug\b|\bdebugger\b|\bPry\b"),
    "php": re.compile(rb"\bxdebug_break\b|\bdd\b|\bvar_dump\b", re.IGNORECASE),
    "lua": re.compile(rb"\bdebug\s*\."),
}

_CALLS = {
    "python": ("call", "function"),
    "go": ("call_expression", "function"),
    "rust": ("macro_invocation", "macro"),
    "csharp": ("invocation_expression", "function"),
    "php": ("function_call_expression", "function"),
    "lua": ("function_call", "name"),
}
_RUBY_STATEMENTS = frozenset(
    {"program", "body_statement", "block_body", "then", "else", "do", "begin", "ensure"}
)
_SPACE = re.compile(r"\s+")


def callee_of(language: str, node: Node, data: bytes) -> str:
    """The callee of a call as `DEBUGGERS` writes it, "" for other nodes."""
    if node.type == "debugger_statement":
        return "debugger"
    if language == "ruby":
        return _ruby(node, data)
    kind, name = _CALLS.get(language, ("", ""))
    if node.type != kind or not kind:
        return ""
    text = _SPACE.sub("", node_text(node.child_by_field_name(name), data)).replace('"', "'")
    if language == "csharp":
        return ".".join(text.replace("::", ".").split(".")[-2:])
    if language == "rust":
        return text.rpartition("::")[2] + "!"
    return text.lstrip("\\").lower() if language == "php" else text


def _ruby(node: Node, data: bytes) -> str:
    """Ruby calls without arguments look like variables; only a whole statement counts."""
    if node.type == "call":
        receiver = node.child_by_field_name("receiver")
        method = node_text(node.child_by_field_name("method"), data)
        return f"{node_text(receiver, data)}.{method}" if receiver else ""
    parent = node.parent
    if node.type != "identifier" or parent is None:
        return ""
    if parent.type.endswith("_modifier"):
        body = parent.child_by_field_name("body")
        return node_text(node, data) if body is not None and body.id == node.id else ""
    return node_text(node, data) if parent.type in _RUBY_STATEMENTS else ""
