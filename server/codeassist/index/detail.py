"""A file's detail: parameters, uses with their receivers and call shapes, bindings.

Made only for files that a check asks about, from the detail half of the language's query. The
capture vocabulary is in languages/queries/README.md.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import tree_sitter

from codeassist.base.symbols import (
    TOP,
    Binding,
    CallShape,
    Detail,
    Outline,
    Parameter,
    ParameterKind,
    Use,
)
from codeassist.index.chain import chain
from codeassist.index.docs import doc_ranges
from codeassist.index.outline import text_of
from codeassist.languages import Language, by_name
from codeassist.languages.parse import detail_query, parse

Captures = dict[str, list[tree_sitter.Node]]

IDENTIFIER_SUFFIX = "identifier"
_PARAMETER_KINDS = {
    "parameter": ParameterKind.NORMAL,
    "parameter.optional": ParameterKind.NORMAL,
    "parameter.rest": ParameterKind.REST,
    "parameter.keyword_rest": ParameterKind.KEYWORD_REST,
    "parameter.keyword_only": ParameterKind.KEYWORD_ONLY,
}


def extract_detail(outline: Outline, data: bytes) -> Detail:
    """The detail of a file whose outline was made from the same data."""
    tree = parse(outline.language, data)
    collector = _Collector(by_name(outline.language), outline, data)
    cursor = tree_sitter.QueryCursor(detail_query(outline.language))
    for _, captures in cursor.matches(tree.root_node):
        collector.take(captures)
    return collector.finish(tree.root_node)


class _Scopes:
    """Finds the innermost definition at an offset: by its whole range, or by its header."""

    def __init__(self, outline: Outline) -> None:
        self._symbols = outline.symbols
        self._starts = [symbol.start for symbol in outline.symbols]

    def around(self, offset: int) -> int:
        """The innermost scope (a symbol with a body) whose range holds the offset."""
        index = bisect_right(self._starts, offset) - 1
        while index != TOP:
            symbol = self._symbols[index]
            if symbol.body < symbol.end and symbol.start <= offset < symbol.end:
                return index
            index = symbol.parent if offset >= symbol.end else index - 1
            if index != TOP and self._symbols[index].start > offset:
                return TOP
        return TOP

    def header(self, offset: int) -> int:
        """The innermost definition in whose header the offset stands, TOP if there is none."""
        index = bisect_right(self._starts, offset) - 1
        while index != TOP:
            symbol = self._symbols[index]
            if symbol.start <= offset < symbol.body:
                return index
            if symbol.body <= offset < symbol.end:
                return TOP
            index = symbol.parent
        return TOP

    def next_definition(self, offset: int) -> int:
        """The first definition that begins at or after the offset (a decorator's)."""
        index = bisect_right(self._starts, offset)
        return index if index < len(self._starts) else TOP


class _Collector:
    """Takes matches in any order and sorts out at the end which roles win."""

    def __init__(self, language: Language, outline: Outline, data: bytes) -> None:
        self.language = language
        self.outline = outline
        self.data = data
        self.scopes = _Scopes(outline)
        self.parameters: dict[int, list[Any]] = {}
        self.bases: dict[int, list[str]] = {}
        self.returns: dict[int, str] = {}
        self.decorators: dict[int, list[str]] = {}
        self.results: dict[int, list[str]] = {}
        self.uses: dict[int, tuple[int, str]] = {}
        self.receivers: dict[int, str] = {}
        self.shapes: dict[int, CallShape] = {}
        self.bindings: dict[int, Binding] = {}
        self.ignored: set[int] = {symbol.name_start for symbol in outline.symbols}
        self.exports: list[str] | None = None

    def take(self, captures: Captures) -> None:
        """Sort one match into its role. The frequent roles are asked for first."""
        if "use" in captures:
            for node in captures["use"]:
                self.uses[node.start_byte] = (node.end_byte, text_of(node, self.data))
        elif "member" in captures:
            node = captures["member"][0]
            self.uses[node.start_byte] = (node.end_byte, text_of(node, self.data))
            self.receivers[node.start_byte] = self.chain_of(captures["receiver"][0])
        elif "callee" in captures:
            self.shapes[captures["callee"][0].start_byte] = self.shape(captures["arguments"][0])
        elif "ignore" in captures:
            self.ignored.update(node.start_byte for node in captures["ignore"])
        elif not self.take_binding(captures) and not self.take_parameter(captures):
            self.take_header(captures)

    def take_binding(self, captures: Captures) -> bool:
        """A name that is bound: assignments, patterns, attributes, nonlocal declarations."""
        value = captures.get("value") or captures.get("context") or captures.get("except")
        text = self.chain_of(value[0]) if value else None
        kind = text_of(captures["type"][0], self.data) if "type" in captures else None
        if "bind" in captures:
            how = "context" if "context" in captures else "assignment"
            how = "exception" if "except" in captures else how
            for node in captures["bind"]:
                self.bind(node, text, kind, how)
        elif "bind.pattern" in captures:
            for node in captures["bind.pattern"]:
                for leaf in _identifiers(node):
                    self.bind(leaf, None, None, "assignment")
        elif "bind.member" in captures:
            node = captures["bind.member"][0]
            receiver = self.chain_of(captures["receiver"][0])
            self.bind(node, text, kind, "assignment", receiver)
        elif "nonlocal" in captures:
            for node in captures["nonlocal"]:
                self.bind(node, None, None, "nonlocal")
        else:
            return False
        return True

    def bind(
        self,
        node: tree_sitter.Node,
        value: str | None,
        kind: str | None,
        how: str,
        receiver: str | None = None,
    ) -> None:
        """Record a binding; of two at one place the one that says more wins."""
        start = node.start_byte
        old = self.bindings.get(start)
        if old and (old.value or old.type) and not (value or kind):
            return
        name = text_of(node, self.data)
        scope = self.scopes.around(start)
        self.bindings[start] = Binding(name, scope, start, value, kind, how, receiver)

    def take_parameter(self, captures: Captures) -> bool:
        """A parameter or a separator between parameters; in a lambda it only binds."""
        role = next((k for k in captures if k.startswith(("parameter", "separator"))), None)
        if role is None:
            return False
        node = captures[role][0]
        owner = self.scopes.header(node.start_byte)
        kind = text_of(captures["type"][0], self.data) if "type" in captures else None
        if role.startswith("parameter"):
            for leaf in _identifiers(node):
                self.bind(leaf, None, kind if leaf.id == node.id else None, "parameter")
        if owner == TOP:
            return True
        default = text_of(captures["default"][0], self.data) if "default" in captures else None
        row = (node.start_byte, role, text_of(node, self.data), kind, default)
        self.parameters.setdefault(owner, []).append(row)
        return True

    def take_header(self, captures: Captures) -> None:
        """Bases, return types, decorators, results and exports."""
        for role, nodes in captures.items():
            node = nodes[0]
            text = text_of(node, self.data)
            if role == "base":
                self.bases.setdefault(self.scopes.header(node.start_byte), []).append(text)
            elif role == "returns":
                self.returns[self.scopes.header(node.start_byte)] = text
            elif role == "decorator":
                owner = self.scopes.header(node.start_byte)
                if owner == TOP:
                    owner = self.scopes.next_definition(node.start_byte)
                self.decorators.setdefault(owner, []).append(text)
            elif role == "result":
                scope = self.scopes.around(node.start_byte)
                self.results.setdefault(scope, []).append(self.chain_of(node))
            elif role == "export":
                names = [text_of(each, self.data).strip("\"'`") for each in nodes]
                self.exports = (self.exports or []) + names

    def chain_of(self, node: tree_sitter.Node) -> str:
        """The chain of an expression node, "" if it is none."""
        return chain(text_of(node, self.data), self.language.separators)

    def shape(self, arguments: tree_sitter.Node) -> CallShape:
        """The shape of an argument list."""
        positional, keywords, spread, keyword_spread = 0, [], False, False
        comments = self.language.comment_nodes
        # A sole generator expression or trailing block stands in place of the list.
        listed = "argument" in arguments.type or "list" in arguments.type
        for node in arguments.named_children if listed else [arguments]:
            if node.type in comments:
                continue
            inner = node.named_child(0) if node.type.endswith("argument") else node
            inner = inner or node
            if node.type in self.language.spread or inner.type in self.language.spread:
                hashed = "dict" in node.type or "hash" in node.type
                keyword_spread, spread = keyword_spread or hashed, spread or not hashed
            elif node.type in self.language.keyword:
                name = node.named_child(0)
                keywords.append(text_of(name, self.data) if name else "")
            else:
                positional += 1
        start, end = arguments.start_byte, arguments.end_byte
        return CallShape(positional, tuple(keywords), spread, keyword_spread, start, end)

    def finish(self, root: tree_sitter.Node) -> Detail:
        """Everything in its final form."""
        hidden = self.ignored | self.bindings.keys()
        uses = tuple(
            Use(
                name,
                start,
                end,
                self.scopes.around(start),
                self.receivers.get(start),
                self.shapes.get(start),
            )
            for start, (end, name) in sorted(self.uses.items())
            if start not in hidden
        )
        return Detail(
            {owner: _parameters(rows) for owner, rows in self.parameters.items()},
            {owner: tuple(texts) for owner, texts in self.bases.items()},
            self.returns,
            {owner: tuple(texts) for owner, texts in self.decorators.items()},
            {owner: tuple(texts) for owner, texts in self.results.items()},
            doc_ranges(self.language, self.outline, root),
            uses,
            tuple(binding for _, binding in sorted(self.bindings.items())),
            None if self.exports is None else tuple(self.exports),
        )


def _identifiers(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """The identifiers in a pattern, not those of attributes or indices that it assigns to."""
    if node.type.endswith(IDENTIFIER_SUFFIX) or node.type == "variable_name":
        yield node
        return
    if node.type in ("attribute", "subscript", "member_expression"):
        return
    for child in node.named_children:
        yield from _identifiers(child)


def _parameters(rows: list[Any]) -> tuple[Parameter, ...]:
    """Parameters in order, with the kinds that the separators between them give."""
    rows = sorted(set(rows))
    found: list[Parameter] = []
    keyword_only = False
    for start, role, name, kind, default in rows:
        if role == "separator.keyword":
            keyword_only = True
        elif role == "separator.positional":
            found = [
                Parameter(p.name, ParameterKind.POSITIONAL_ONLY, p.type, p.default, p.optional)
                for p in found
            ]
        else:
            how = _PARAMETER_KINDS[role]
            if keyword_only and how is ParameterKind.NORMAL:
                how = ParameterKind.KEYWORD_ONLY
            optional = role == "parameter.optional"
            found.append(Parameter(name, how, kind, default, optional, start))
            keyword_only = keyword_only or how is ParameterKind.REST
    return tuple(found)
