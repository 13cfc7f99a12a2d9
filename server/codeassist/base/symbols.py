"""What the index knows of a file, as plain data.

All offsets are bytes into the document's UTF-8 data. A symbol is named by its position in its
file's tuple of symbols; `TOP` (-1) stands for the file itself.

What comes by the hundred thousand (symbols, uses, …) is named tuples: they are made five times as
fast as frozen dataclasses, which the other rooms' data are.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

TOP = -1

CLASS_KINDS = frozenset(
    {"class", "interface", "struct", "trait", "enum", "union", "impl", "object"}
)
CALLABLE_KINDS = frozenset({"function", "method", "constructor", "macro"})


class Symbol(NamedTuple):
    """A definition. `start`..`body` is its header (signature), `start`..`end` the whole.

    `kind` is one of: module, namespace, class, interface, struct, union, enum, trait, impl,
    object, type, function, method, constructor, macro, property, field, variable, constant.
    A symbol without a body has `body == end`.

    `parent` is the definition that it is written in, or, for a member that is written outside of
    its type (a Go method, a C++ `Foo::bar`), that type where the same scope of this file defines
    it: it need not enclose the member, nor come before it. `owner` is the dotted name of the type
    where this file does not define it, "" otherwise.
    """

    kind: str
    name: str
    parent: int
    start: int
    end: int
    name_start: int
    body: int
    owner: str = ""


class Import(NamedTuple):
    """One imported name.

    `module` is the text that names the module ("..pkg.mod", "./util", "fmt", "java.util").
    `name` is the imported member, None where the module itself is bound, "*" for all of it.
    `alias` is the local name where one is written. `exported` marks a re-export that binds no
    local name (`export … from`, `pub use`).
    """

    module: str
    name: str | None
    alias: str | None
    start: int
    end: int
    scope: int = TOP
    exported: bool = False


class Call(NamedTuple):
    """A call in the outline: the callee's last name, and the text before it as written."""

    name: str
    start: int
    scope: int
    receiver: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A file's outline: cheap enough to be made for every file of a repository."""

    language: str
    symbols: tuple[Symbol, ...] = ()
    imports: tuple[Import, ...] = ()
    calls: tuple[Call, ...] = ()
    has_errors: bool = False

    def qualified(self, index: int) -> str:
        """A symbol's dotted name within its file, its parents' names first."""
        parts: list[str] = []
        while index != TOP:
            symbol = self.symbols[index]
            parts.append(symbol.name)
            if symbol.owner:
                parts.append(symbol.owner)
            index = symbol.parent
        return ".".join(reversed(parts))


class ParameterKind(Enum):
    """How an argument reaches a parameter."""

    POSITIONAL_ONLY = "positional-only"
    NORMAL = "normal"
    REST = "rest"
    KEYWORD_ONLY = "keyword-only"
    KEYWORD_REST = "keyword-rest"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as declared. `type` and `default` are source text."""

    name: str
    kind: ParameterKind = ParameterKind.NORMAL
    type: str | None = None
    default: str | None = None
    optional: bool = False
    start: int = -1

    @property
    def required(self) -> bool:
        """Whether every call must pass it."""
        rest = (ParameterKind.REST, ParameterKind.KEYWORD_REST)
        return self.default is None and not self.optional and self.kind not in rest


class CallShape(NamedTuple):
    """The arguments of a call: how many by position, which by name, and whether any are spread."""

    positional: int
    keywords: tuple[str, ...]
    spread: bool
    keyword_spread: bool
    start: int
    end: int


class Use(NamedTuple):
    """A name in use (not its definition, not a local binding).

    `receiver` is what stands before the name: None where nothing does, a chain such as
    "self.client" or "Factory().make()" with all arguments taken out and every separator written
    as a dot, or "" where it is something else. `call` is set when the name is called.
    """

    name: str
    start: int
    end: int
    scope: int
    receiver: str | None = None
    call: CallShape | None = None


class Binding(NamedTuple):
    """A name bound in a scope other than by a definition or an import.

    `value` is the bound expression as a chain (see `Use.receiver`) where it is one; `type` the
    annotation's text. `how` says what binds it. `receiver` is the chain before an attribute that
    is bound ("self" for `self.x = …`).
    """

    name: str
    scope: int
    start: int
    value: str | None = None
    type: str | None = None
    how: str = "assignment"  # or: parameter, context, exception, nonlocal
    receiver: str | None = None


Row = TypeVar("Row", Use, Binding)


class Rows(Generic[Row]):
    """Uses or bindings in the order of the file, each made only when it is asked for.

    A file has thousands, and most checks want those of a few names. `raw` are plain tuples with
    the fields in order, which `make` turns into rows.
    """

    __slots__ = ("_make", "raw")

    def __init__(
        self, raw: Sequence[tuple[Any, ...]], make: Callable[[tuple[Any, ...]], Row]
    ) -> None:
        self.raw = raw
        self._make: Callable[[tuple[Any, ...]], Row] = make

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def named(self, names: Collection[str]) -> Iterator[Row]:
        """The rows with one of some names."""
        make = self._make
        return (make(row) for row in self.raw if row[0] in names)

    def made(self, raw: Sequence[tuple[Any, ...]]) -> tuple[Row, ...]:
        """Rows of some of the plain tuples."""
        return tuple(map(self._make, raw))


NO_USES: Rows[Use] = Rows((), Use._make)
NO_BINDINGS: Rows[Binding] = Rows((), Binding._make)


@dataclass(frozen=True, slots=True)
class Detail:
    """What is worked out for a file only when a check asks for it.

    The mappings go by symbol index into the outline made from the same data; `results` are the
    chains that a function returns or yields ("" where one is no chain), `docs` the byte ranges of
    docstrings and doc comments. `exports` is None where the file does not list its exports.
    """

    parameters: dict[int, tuple[Parameter, ...]] = field(default_factory=dict)
    bases: dict[int, tuple[str, ...]] = field(default_factory=dict)
    returns: dict[int, str] = field(default_factory=dict)
    decorators: dict[int, tuple[str, ...]] = field(default_factory=dict)
    results: dict[int, tuple[str, ...]] = field(default_factory=dict)
    docs: dict[int, tuple[int, int]] = field(default_factory=dict)
    uses: Rows[Use] = NO_USES
    bindings: Rows[Binding] = NO_BINDINGS
    exports: tuple[str, ...] | None = None
