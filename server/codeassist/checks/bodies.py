"""Function bodies in a normal form: two that do the same under other names are equal in it.

Local names are replaced by the order in which they appear, because they are the author's choice.
Everything else is kept: member names, called names, operators and literals. Two functions that
differ in a literal are no duplicates: to call the one for the other needs a new parameter. A name
from outside is kept together with what it means in its file, so two files' own `helper` differ.
Knows one view. Does not know diffs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, TOP, Detail, Import, Outline
from codeassist.index.found import Definition, Local, Module
from codeassist.index.names import Names
from codeassist.languages import by_name
from codeassist.languages.nodes import Node, comment_types, node_text
from codeassist.languages.parse import parse

Meaning = tuple[object, ...]


@dataclass(frozen=True)
class Body:
    """A function's normal form. Two do the same when `tokens`, `signature`, `meanings` are equal.

    `words` are identifiers that a duplicate must contain too. `uses_self` tells whether a method's
    own object matters. `meanings` says what the names from outside stand for; it is worked out when
    first asked for, because it follows imports.
    """

    tokens: tuple[object, ...]
    signature: Meaning
    words: frozenset[str]
    uses_self: bool
    maker: "_Maker"

    @property
    def owner(self) -> str:
        """The dotted name of the class around the function."""
        return self.maker.owner

    @cached_property
    def meanings(self) -> frozenset[tuple[str, Meaning]]:
        """Each name from outside with what it stands for."""
        return frozenset((name, self.maker.meaning(name)) for name in self.maker.free)


class Bodies:
    """The normal forms of one view's functions. Answers are remembered."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._roots: dict[str, Node | None] = {}
        self._made: dict[tuple[str, int], Body | None] = {}

    @property
    def parsed_files(self) -> int:
        """How many files had to be parsed so far."""
        return len(self._roots)

    def body(self, path: str, index: int) -> Body | None:
        """A function's normal form; None for what is no function with a body."""
        key = (path, index)
        if key not in self._made:
            self._made[key] = self._make(path, index)
        return self._made[key]

    def _make(self, path: str, index: int) -> Body | None:
        view = self._names.view
        outline, detail, document = view.outline(path), view.detail(path), view.document(path)
        if outline is None or detail is None or document is None:
            return None
        symbol = outline.symbols[index]
        if symbol.kind not in CALLABLE_KINDS or symbol.body >= symbol.end:
            return None
        if path not in self._roots:
            self._roots[path] = parse(outline.language, document.data).root_node
        root = self._roots[path]
        return _Maker(self._names, path, index, outline, detail, document.data, root).make()


@dataclass(frozen=True)
class _Maker:
    """Makes one function's normal form."""

    names: Names
    path: str
    index: int
    outline: Outline
    detail: Detail
    data: bytes
    root: Node | None

    def make(self) -> Body | None:
        symbol = self.outline.symbols[self.index]
        if self.root is None:
            return None
        receivers = by_name(self.outline.language).receivers
        order: dict[str, int] = {}
        tokens: list[object] = []
        words: set[str] = set()
        uses_self = False
        for leaf in self._leaves(self.root, symbol.body, symbol.end):
            text = node_text(leaf, self.data)
            uses_self = uses_self or text in receivers
            if leaf.start_byte in self._local_places:
                tokens.append(order.setdefault(text, len(order)))
                continue
            tokens.append(text)
            if text.isidentifier() and leaf.is_named:
                words.add(text)
        return Body(tuple(tokens), self._signature(), frozenset(words), uses_self, self)

    @property
    def owner(self) -> str:
        """The dotted name of the class around the function, "" where there is none."""
        symbol = self.outline.symbols[self.index]
        return self.outline.qualified(symbol.parent) if symbol.parent != TOP else symbol.owner

    def _leaves(self, root: Node, start: int, end: int) -> Iterator[Node]:
        """The tokens of a range without comments and documentation; strings are one token."""
        comments = comment_types(self.outline.language)
        doc = self.detail.docs.get(self.index, (-1, -1))
        stack = [root]
        while stack:
            node = stack.pop()
            if node.end_byte <= start or node.start_byte >= end or node.type in comments:
                continue
            if doc[0] <= node.start_byte and node.end_byte <= doc[1]:
                continue
            inside = start <= node.start_byte and node.end_byte <= end
            if inside and (not node.child_count or "string" in node.type):
                if node.end_byte > node.start_byte:
                    yield node
                continue
            stack.extend(reversed(node.children))

    @cached_property
    def _locals(self) -> frozenset[str]:
        """The names that the function binds: parameters, variables, functions inside of it."""
        symbol = self.outline.symbols[self.index]
        bound = {
            row.name
            for row in self.detail.bindings
            if symbol.start <= row.start < symbol.end
            and row.receiver is None
            and row.how != "nonlocal"
        }
        inner = (s for s in self.outline.symbols if symbol.body <= s.start < symbol.end)
        outer = {
            row.name
            for row in self.detail.bindings
            if symbol.start <= row.start < symbol.end and row.how == "nonlocal"
        }
        return frozenset((bound | {each.name for each in inner} | {symbol.name}) - outer)

    @cached_property
    def _local_places(self) -> frozenset[int]:
        """Where the function's local names stand; members and argument names are none."""
        symbol = self.outline.symbols[self.index]
        places = {
            u.start for u in self.detail.uses if u.receiver is None and u.name in self._locals
        }
        places |= {row.start for row in self.detail.bindings if row.receiver is None}
        places |= {each.name_start for each in self.outline.symbols}
        return frozenset(place for place in places if symbol.start <= place < symbol.end)

    @cached_property
    def free(self) -> frozenset[str]:
        """The names from outside that the body uses."""
        symbol = self.outline.symbols[self.index]
        inside = (u for u in self.detail.uses if symbol.body <= u.start < symbol.end)
        return frozenset(u.name for u in inside if u.receiver is None) - self._locals

    def meaning(self, name: str) -> Meaning:
        """What a name from outside stands for; equal only where it is surely the same thing."""
        found = self.names.in_scope(self.path, self.index, name)
        if isinstance(found, Definition):
            return ("definition", found.path, found.symbol)
        if isinstance(found, Module) and (found.target.files or found.target.folder):
            return ("module", found.target.files, found.target.folder)
        if isinstance(found, Local):
            return ("variable", self.path, name)
        imported = self._import_of(name)
        if imported is not None:
            relative = imported.module.startswith(".")
            return ("import", imported.module, imported.name, self.path if relative else "")
        # A bare name may be an inherited member there; types and constants look different.
        if by_name(self.outline.language).class_scope and self.owner and not name[:1].isupper():
            return ("member", self.path, self.owner)
        return ("anywhere",)

    def _import_of(self, name: str) -> Import | None:
        for row in self.outline.imports:
            local = row.alias or row.name or row.module.rpartition(".")[2].rpartition("/")[2]
            if local == name:
                return row
        return None

    def _signature(self) -> Meaning:
        """Parameters by kind and type, and the result's type: what a caller has to fit."""
        parameters = self.detail.parameters.get(self.index, ())
        shape = tuple((each.kind, each.type) for each in parameters)
        return shape, self.detail.returns.get(self.index)
