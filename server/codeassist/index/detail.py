"""A file's detail: parameters, uses with their receivers and call shapes, bindings.

Made only for files that a check asks about, from the detail half of the language's query. The
capture vocabulary is in languages/queries/README.md.
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import tree_sitter

from codeassist.base.symbols import (
    TOP,
    Binding,
    CallShape,
    Detail,
    Import,
    Outline,
    Parameter,
    ParameterKind,
    Rows,
    Use,
)
from codeassist.index.chain import chain
from codeassist.index.docs import doc_ranges
from codeassist.index.outline import text_of
from codeassist.languages import Language, by_name
from codeassist.languages.parse import detail_query, parse

Captures = dict[str, list[tree_sitter.Node]]

IDENTIFIER_SUFFIX = "identifier"
# Identifiers that a pattern names without binding them, and those with a name of their own kind.
NOT_BOUND = ("type_identifier", "field_identifier", "scoped_identifier", "property_identifier")
ALSO_BOUND = ("variable_name", "shorthand_property_identifier_pattern")
BLOCK_ARGUMENT = "block_argument"  # Ruby's `&block`, which stands outside of the list proper
_PARAMETER_KINDS = {
    "parameter": ParameterKind.NORMAL,
    "parameter.optional": ParameterKind.NORMAL,
    "parameter.positional": ParameterKind.NORMAL,
    "parameter.unnamed": ParameterKind.NORMAL,
    "parameter.rest": ParameterKind.REST,
    "parameter.unnamed_rest": ParameterKind.REST,
    "parameter.keyword_rest": ParameterKind.KEYWORD_REST,
    "parameter.keyword_only": ParameterKind.KEYWORD_ONLY,
    "parameter.block": ParameterKind.KEYWORD_ONLY,
    "parameter.forward": ParameterKind.REST,
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
        self._outer = self._enclosing()

    def _enclosing(self) -> list[int]:
        """The scope around each symbol; its `parent` may be a type that does not enclose it."""
        outer: list[int] = []
        stack: list[int] = []
        for index, symbol in enumerate(self._symbols):
            while stack and self._symbols[stack[-1]].end <= symbol.start:
                stack.pop()
            outer.append(stack[-1] if stack else TOP)
            if symbol.body < symbol.end:
                stack.append(index)
        return outer

    def around(self, offset: int) -> int:
        """The innermost scope (a symbol with a body) whose range holds the offset."""
        index = bisect_right(self._starts, offset) - 1
        while index != TOP:
            symbol = self._symbols[index]
            if symbol.body < symbol.end and symbol.start <= offset < symbol.end:
                return index
            index = self._outer[index] if offset >= symbol.end else index - 1
            if index != TOP and self._symbols[index].start > offset:
                return TOP
        return TOP

    def header(self, offset: int) -> int:
        """The innermost definition in whose header the offset stands, TOP if there is none.

        A name does not stand in its own header: a constructor's parameter may define a property.
        """
        index = bisect_right(self._starts, offset) - 1
        while index != TOP:
            symbol = self._symbols[index]
            if symbol.start <= offset < symbol.body and offset != symbol.name_start:
                return index
            if symbol.body <= offset < symbol.end:
                return TOP
            index = self._outer[index]
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
        self.results: dict[int, list[tuple[int, str]]] = {}
        self.closures: list[tuple[int, int]] = []
        self.uses: dict[int, tuple[int, str]] = {}
        self.receivers: dict[int, str] = {}
        self.shapes: dict[int, CallShape] = {}
        self.bindings: dict[int, Binding] = {}
        self.promoted: list[Binding] = []
        self.ignored: set[int] = {symbol.name_start for symbol in outline.symbols}
        self.named = {
            symbol.name_start: symbol
            for symbol in outline.symbols
            if symbol.kind in ("field", "property")
        }
        self.exports: list[str] | None = None

    def take(self, captures: Captures) -> None:
        """Sort one match into its role. The frequent roles are asked for first."""
        if "use" in captures:
            for node in captures["use"]:
                self.uses[node.start_byte] = (node.end_byte, text_of(node, self.data))
        elif "member" in captures:
            node = captures["member"][0]
            self.uses[node.start_byte] = (node.end_byte, text_of(node, self.data))
            receiver = self.receiver_of(captures["receiver"])
            self.take_receiver(node.start_byte, receiver)
        elif "callee" in captures:
            self.take_shape(captures)
        elif "ignore" in captures:
            for node in captures["ignore"]:
                self.ignored.update(_starts(node))
        elif not self.take_binding(captures) and not self.take_parameter(captures):
            self.take_header(captures)

    def take_shape(self, captures: Captures) -> None:
        """The shape of a call. A trailing lambda reaches the last parameter, whatever its label, so
        it counts as spread and not by position."""
        start = captures["callee"][0].start_byte
        found = self.shape(captures["arguments"][0]) if "arguments" in captures else None
        if "trailing" in captures:
            node = captures["trailing"][0]
            found = found or CallShape(0, (), True, False, node.start_byte, node.end_byte)
            found = found._replace(spread=True, keyword_spread=True, end=node.end_byte)
        old = self.shapes.get(start)
        if found and (old is None or old.end <= found.end):
            self.shapes[start] = found

    def take_receiver(self, start: int, receiver: str) -> None:
        """Of several receivers of one name an unknown one wins, else the longest."""
        old = self.receivers.get(start)
        if old is None or (old and (not receiver or len(receiver) > len(old))):
            self.receivers[start] = receiver

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
            if "receiver" in captures:
                receiver = self.chain_of(captures["receiver"][0])
                self.bind(node, text, kind, "assignment", receiver)
            else:
                self.promote(node, kind)
        elif "nonlocal" in captures:
            for node in captures["nonlocal"]:
                self.bind(node, None, None, "nonlocal")
        else:
            return False
        return True

    def promote(self, node: tree_sitter.Node, kind: str | None) -> None:
        """A constructor's parameter that is an attribute too: bound once more, as that."""
        start, own = node.start_byte, self.language.receivers[0]
        scope = self.scopes.around(start)
        name = text_of(node, self.data)
        self.promoted.append(Binding(name, scope, start, None, kind, "assignment", own))

    def bind(
        self,
        node: tree_sitter.Node,
        value: str | None,
        kind: str | None,
        how: str,
        receiver: str | None = None,
    ) -> None:
        """Record a binding; what several patterns say of one place is joined."""
        start = node.start_byte
        old = self.bindings.get(start)
        if old:
            value, kind = value or old.value, kind or old.type
            how = old.how if how == "assignment" else how
            receiver = old.receiver if receiver is None else receiver
        name = text_of(node, self.data)
        scope = self.scopes.around(start)
        symbol = self.named.get(start)
        if symbol is not None and how == "assignment" and receiver is None:
            scope = symbol.parent  # not the property's own accessors, nor the constructor
        self.bindings[start] = Binding(name, scope, start, value, kind, how, receiver)

    def take_parameter(self, captures: Captures) -> bool:
        """A parameter or a separator between parameters; in a lambda it only binds."""
        role = next((k for k in captures if k.startswith(("parameter", "separator"))), None)
        if role is None:
            return False
        node = captures[role][0]
        owner = self.owner_of(captures, node)
        kind = text_of(captures["type"][0], self.data) if "type" in captures else None
        unnamed = role.startswith("parameter.unnamed")
        if role.startswith("parameter") and not unnamed:
            owning = self.outline.symbols[owner] if owner != TOP else None
            seen = owning.body < owning.end if owning else "of" not in captures
            for leaf in _identifiers(node):
                if seen:
                    self.bind(leaf, None, kind if leaf.id == node.id else None, "parameter")
                else:  # A declaration without a body has no scope in which to bind it.
                    self.ignored.add(leaf.start_byte)
        if owner == TOP:
            return True
        default = text_of(captures["default"][0], self.data) if "default" in captures else None
        text = text_of(captures["label"][0] if "label" in captures else node, self.data)
        name, kind = ("", text) if unnamed else (text, kind)
        row = (node.start_byte, role, name, kind, default)
        self.parameters.setdefault(owner, []).append(row)
        return True

    def owner_of(self, captures: Captures, node: tree_sitter.Node) -> int:
        """The definition in whose header a node stands, if its body is the one in the match.

        Where the match says whose it is, that one, if it is a definition.
        """
        owner = self.scopes.header(node.start_byte)
        if "of" in captures and owner != TOP:
            named = self.outline.symbols[owner].name_start == captures["of"][0].start_byte
            owner = owner if named else TOP
        if owner == TOP or "body" not in captures:
            return owner
        body = self.outline.symbols[owner].body
        return owner if body == captures["body"][0].start_byte else TOP

    def take_header(self, captures: Captures) -> None:
        """Bases, return types, decorators, results and exports."""
        for role, nodes in captures.items():
            node = nodes[0]
            text = text_of(node, self.data)
            if role == "base":
                owner = self.scopes.header(node.start_byte)
                if owner == TOP or self.outline.symbols[owner].kind in ("field", "property"):
                    owner = self.scopes.around(node.start_byte)
                self.bases.setdefault(owner, []).append(text)
            elif role == "returns":
                owner = self.owner_of(captures, node)
                if owner != TOP:
                    self.returns[owner] = text
            elif role == "decorator":
                owner = self.scopes.header(node.start_byte)
                if owner == TOP:
                    owner = self.scopes.next_definition(node.start_byte)
                self.decorators.setdefault(owner, []).append(text)
            elif role == "result":
                scope = self.scopes.around(node.start_byte)
                self.results.setdefault(scope, []).append((node.start_byte, self.chain_of(node)))
            elif role == "closure":
                self.closures.append((node.start_byte, node.end_byte))
            elif role == "use.definition":
                self.ignored.discard(node.start_byte)
                self.uses[node.start_byte] = (node.end_byte, text)
            elif role == "export":
                names = [text_of(each, self.data).strip("\"'`") for each in nodes]
                self.exports = (self.exports or []) + names

    def chain_of(self, node: tree_sitter.Node) -> str:
        """The chain of an expression node, "" if it is none."""
        return chain(text_of(node, self.data), self.language.separators)

    def receiver_of(self, nodes: list[tree_sitter.Node]) -> str:
        """The chain of what stands from the first to the last of some nodes."""
        text = self.data[nodes[0].start_byte : nodes[-1].end_byte].decode("utf-8", "replace")
        return chain(text, self.language.separators)

    def shape(self, arguments: tree_sitter.Node) -> CallShape:
        """The shape of an argument list."""
        positional, keywords, spread, keyword_spread = 0, [], False, False
        comments, sole = self.language.comment_nodes, self.language.sole_spread
        for node in _listed(arguments):
            if node.type in comments or node.type == BLOCK_ARGUMENT:
                continue
            wraps = node.type.endswith("argument") and node.named_child_count
            inner = (node.named_child(0) if wraps else None) or node
            label = _label(node)
            if label is not None:
                keywords.append(text_of(label, self.data))
            elif node.type in self.language.spread or inner.type in self.language.spread:
                hashed = "dict" in node.type or "hash" in node.type
                keyword_spread, spread = keyword_spread or hashed, spread or not hashed
            elif node.type in self.language.keyword or inner.type in self.language.keyword:
                named = inner is not node and inner.type in self.language.keyword
                name = inner if named else node.named_child(0)
                # Ruby writes `k: 1` and `:k => 1`.
                keywords.append(text_of(name, self.data).strip(":") if name else "")
            else:
                positional += 1
                spread = spread or (node.type in sole and arguments.named_child_count == 1)
        start, end = arguments.start_byte, arguments.end_byte
        return CallShape(positional, tuple(keywords), spread, keyword_spread, start, end)

    def own_results(self) -> dict[int, tuple[str, ...]]:
        """What each definition returns, without what the closures in its body return."""
        found: dict[int, tuple[str, ...]] = {}
        for scope, rows in self.results.items():
            whole = self.outline.symbols[scope] if scope != TOP else None
            begin, body = (whole.start, whole.body) if whole else (-1, -1)
            inner = [row for row in self.closures if row[0] > begin and row[0] != body]
            texts = tuple(
                text
                for offset, text in rows
                if not any(start <= offset < end for start, end in inner)
            )
            if texts:
                found[scope] = texts
        return found

    def unbind(self, imported: Import) -> None:
        """Take out what looks like an assignment and is an import: `const a = require("a")`."""
        local = imported.alias or imported.name
        if local is None or imported.exported:
            return
        for start in range(imported.start, imported.end):
            found = self.bindings.get(start)
            if found and found.name == local:
                del self.bindings[start]
                self.ignored.add(start)

    def finish(self, root: tree_sitter.Node) -> Detail:
        """Everything in its final form."""
        for imported in self.outline.imports:
            self.unbind(imported)
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
            if name and start not in hidden  # no name: the parser put in what was missing
        )
        bindings = [*self.bindings.values(), *self.promoted]
        return Detail(
            {owner: _parameters(rows) for owner, rows in self.parameters.items()},
            {owner: tuple(texts) for owner, texts in self.bases.items()},
            self.returns,
            {owner: tuple(texts) for owner, texts in self.decorators.items()},
            self.own_results(),
            doc_ranges(self.language, self.outline, root),
            Rows(uses, Use._make),
            Rows(sorted(bindings, key=attrgetter("start")), Binding._make),
            None if self.exports is None else tuple(self.exports),
        )


def _label(argument: tree_sitter.Node) -> tree_sitter.Node | None:
    """The name that an argument is passed by, in grammars that use one node for all arguments."""
    if argument.type == "argument":
        return argument.child_by_field_name("name")
    if argument.type == "value_argument" and argument.child_count > 1:
        return argument.named_child(0) if argument.child(1).type == "=" else None
    return None


def _listed(arguments: tree_sitter.Node) -> list[tree_sitter.Node]:
    """The arguments in a list, or in a shell command."""
    if arguments.type == "command":
        return arguments.children_by_field_name("argument")
    # A sole generator expression or trailing block stands in place of the list.
    listed = "argument" in arguments.type or "list" in arguments.type
    return arguments.named_children if listed else [arguments]


def _starts(node: tree_sitter.Node) -> Iterator[int]:
    """Where a node and everything in it that has a name begin."""
    yield node.start_byte
    for child in node.named_children:
        yield from _starts(child)


def _identifiers(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """The identifiers in a pattern, not those of attributes or indices that it assigns to."""
    if node.type in NOT_BOUND:
        return
    if node.type.endswith(IDENTIFIER_SUFFIX) or node.type in ALSO_BOUND:
        yield node
        return
    if node.type in ("attribute", "subscript", "member_expression"):
        return
    defaulted = node.child_by_field_name("left")  # `a = 1` in a pattern
    for child in node.named_children if defaulted is None else [defaulted]:
        yield from _identifiers(child)


def _speciality(row: tuple[str, str]) -> tuple[bool, int]:
    """How much a parameter's role says: that it takes the rest, then any other variant."""
    role, _ = row
    return "rest" in role, len(role)


def _parameters(rows: list[Any]) -> tuple[Parameter, ...]:
    """Parameters in order, with the kinds that the separators between them give.

    What several patterns say of one parameter is joined.
    """
    joined: dict[int, Any] = {}
    for start, role, name, kind, default in rows:
        old = joined.get(start, (start, role, name, None, None))
        role, name = max(old[1:3], (role, name), key=_speciality)
        joined[start] = (start, role, name, kind or old[3], default or old[4])
    rows = [row for _, row in sorted(joined.items())]
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
            if role == "parameter.forward":  # Ruby's `(...)` takes everything
                found.append(Parameter(name, ParameterKind.REST, start=start))
                how = ParameterKind.KEYWORD_REST
            if keyword_only and role != "parameter.positional" and how is ParameterKind.NORMAL:
                how = ParameterKind.KEYWORD_ONLY
            optional = role in ("parameter.optional", "parameter.block")
            found.append(Parameter(name, how, kind, default, optional, start))
            keyword_only = keyword_only or how is ParameterKind.REST
    return tuple(found)
