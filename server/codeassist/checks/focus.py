"""How each test framework focuses a test, as functions over syntax nodes.

Data and shapes only; which files are tests, and what a finding says, is the check's matter.
Sources: the documentation of Jest, Vitest, Mocha, Jasmine, Playwright, node:test, RSpec, Pest,
Ginkgo and Quick.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from codeassist.languages.nodes import Node, node_text

_SCRIPT_ROOTS = frozenset({"describe", "it", "test", "context", "suite", "specify", "bench"})
_SCRIPT_SHORT = frozenset({"fit", "fdescribe", "fcontext", "ftest"})
_RUBY_GROUPS = frozenset(
    {"describe", "context", "it", "specify", "example", "feature", "scenario", "example_group"}
)
_RUBY_SHORT = frozenset(
    {"fit", "fdescribe", "fcontext", "fspecify", "fexample", "ffeature", "fscenario"}
)
_GO_SHORT = frozenset(
    {"FIt", "FDescribe", "FContext", "FWhen", "FSpecify", "FEntry", "FDescribeTable"}
)
_SWIFT_SHORT = frozenset({"fit", "fdescribe", "fcontext"})
_STRINGS = ("string", "template_string", "line_string_literal", "interpreted_string_literal")
_SCRIPT_LIBRARY = re.compile(r"jest|vitest|mocha|jasmine|playwright|cypress|node:test|bun:test|ava")


@dataclass(frozen=True, slots=True)
class Focus:
    """How a language's tests are focused.

    `of` gives the node that focuses, None for all others. `needs` is a text that must be part of
    an imported module's name, "" for none. `is_library` tells whether a module is a test library.
    """

    of: Callable[[Node, bytes], Node | None]
    needs: str = ""
    is_library: Callable[[str], bool] = lambda module: True


def script(node: Node, data: bytes) -> Node | None:
    """`it.only(…)`, `it.only.each(…)`, `fit("…", f)`, `test("…", { only: true }, f)`."""
    if node.type != "call_expression":
        return None
    callee = node.child_by_field_name("function")
    if callee is None:
        return None
    if callee.type == "member_expression":
        return callee if _is_only_chain(callee, data) else None
    if callee.type != "identifier":
        return None
    arguments = _arguments(node)
    name = node_text(callee, data)
    titled = bool(arguments) and arguments[0].type in _STRINGS
    if name in _SCRIPT_SHORT and titled and len(arguments) > 1:
        return callee
    if name in _SCRIPT_ROOTS and titled:
        return _only_option(arguments, data)
    return None


def _is_only_chain(callee: Node, data: bytes) -> bool:
    parts = node_text(callee, data).replace("?.", ".").split(".")
    parts = [part.strip() for part in parts]
    return parts[0] in _SCRIPT_ROOTS and "only" in parts[1:]


def _only_option(arguments: list[Node], data: bytes) -> Node | None:
    for argument in arguments:
        pairs = argument.named_children if argument.type == "object" else []
        for pair in pairs:
            if node_text(pair, data).replace(" ", "") == "only:true":
                return pair
    return None


def ruby(node: Node, data: bytes) -> Node | None:
    """`fit "…" do`, `it "…", focus: true`, `describe "…", :focus`."""
    if node.type != "call":
        return None
    method = node.child_by_field_name("method")
    receiver = node_text(node.child_by_field_name("receiver"), data)
    name = node_text(method, data)
    has_block = node.child_by_field_name("block") is not None
    if receiver not in ("", "RSpec") or not has_block:
        return None
    if name in _RUBY_SHORT:
        return method
    if name not in _RUBY_GROUPS:
        return None
    for argument in _arguments(node):
        if re.sub(r"\s", "", node_text(argument, data)) in ("focus:true", ":focus=>true", ":focus"):
            return argument
    return None


def php(node: Node, data: bytes) -> Node | None:
    """Pest's `it("…", fn () => …)->only()`."""
    name = node.child_by_field_name("name")
    if node.type != "member_call_expression" or node_text(name, data) != "only":
        return None
    inner = node.child_by_field_name("object")
    while inner is not None and inner.type == "member_call_expression":
        inner = inner.child_by_field_name("object")
    if inner is None or inner.type != "function_call_expression":
        return None
    function = node_text(inner.child_by_field_name("function"), data)
    return name if function in ("it", "test", "describe", "todo") else None


def go(node: Node, data: bytes) -> Node | None:
    """Ginkgo's `FIt("…", func() { … })`, dot-imported or not."""
    if node.type != "call_expression":
        return None
    callee = node.child_by_field_name("function")
    return callee if node_text(callee, data).rpartition(".")[2] in _GO_SHORT else None


def swift(node: Node, data: bytes) -> Node | None:
    """Quick's `fit("…") { … }`."""
    callee = node.named_child(0) if node.type == "call_expression" else None
    return callee if callee is not None and node_text(callee, data) in _SWIFT_SHORT else None


def _arguments(node: Node) -> list[Node]:
    arguments = node.child_by_field_name("arguments")
    return list(arguments.named_children) if arguments else []


def _is_script_library(module: str) -> bool:
    return bool(_SCRIPT_LIBRARY.search(module))


_SCRIPT = Focus(script, is_library=_is_script_library)

FOCUS: dict[str, Focus] = {
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "ruby": Focus(ruby),
    "php": Focus(php),
    "go": Focus(go, needs="ginkgo"),
    "swift": Focus(swift, needs="Quick"),
}
