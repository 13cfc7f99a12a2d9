"""The bodies of one view's functions in a normal form: two that do the same are equal in it.

Two functions that differ in a literal are no duplicates: to call the one for the other needs a new
parameter. A name from outside is kept together with what it means in its file, so two files' own
`helper` differ. Does not know diffs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, TOP, Import, Outline
from codeassist.checks.shapes import Shape, ShapedFile
from codeassist.index.found import Definition, Local, Module
from codeassist.index.names import Names
from codeassist.index.recent import Recent
from codeassist.languages import by_name

Meaning = tuple[object, ...]
SHAPES_KEPT = 2_048  # by content, for the next look at the same repository; a few kB each


@dataclass(frozen=True)
class Body:
    """A function's normal form in its place. Two that do the same have equal shapes and meanings.

    What its names from outside stand for is worked out when first asked for, because that follows
    imports.
    """

    names: Names
    path: str
    index: int
    outline: Outline
    shape: Shape

    @property
    def owner(self) -> str:
        """The dotted name of the class around the function, "" where there is none."""
        symbol = self.outline.symbols[self.index]
        return self.outline.qualified(symbol.parent) if symbol.parent != TOP else symbol.owner

    def looks_like(self, other: "Body") -> bool:
        """Whether two functions are the same but for what their names mean."""
        mine, others = self.shape, other.shape
        return (mine.tokens, mine.signature) == (others.tokens, others.signature)

    @cached_property
    def meanings(self) -> frozenset[tuple[str, Meaning]]:
        """Each name from outside with what it stands for."""
        return frozenset((name, self._meaning(name)) for name in self.shape.free)

    def _meaning(self, name: str) -> Meaning:
        """What a name from outside stands for; equal only where it is surely the same thing."""
        found = self.names.in_scope(self.path, self.index, name)
        if isinstance(found, Definition):
            return ("definition", found.path, found.symbol)
        if isinstance(found, Module) and (found.target.files or found.target.folder):
            return ("module", found.target.files, found.target.folder)
        if isinstance(found, Local):
            return ("variable", self.path, name)
        for imported in self._imports_of(name):
            relative = imported.module.startswith(".")
            return ("import", imported.module, imported.name, self.path if relative else "")
        # A bare name may be an inherited member there; types and constants look different.
        if by_name(self.outline.language).class_scope and self.owner and not name[:1].isupper():
            return ("member", self.path, self.owner)
        return ("anywhere",)

    def _imports_of(self, name: str) -> Iterator[Import]:
        for row in self.outline.imports:
            local = row.alias or row.name or row.module.rpartition(".")[2].rpartition("/")[2]
            if local == name:
                yield row


class Bodies:
    """The normal forms of one view's functions. Answers are remembered."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._files: dict[str, ShapedFile | None] = {}
        self._asked: set[str] = set()
        self._made: dict[tuple[str, int], Body | None] = {}
        self._kept: Recent[Shape | None] = names.view.beside("shapes", lambda: Recent(SHAPES_KEPT))

    @property
    def files_asked(self) -> int:
        """In how many files functions were asked for; each is parsed, unless all is known of it."""
        return len(self._asked)

    def body(self, path: str, index: int) -> Body | None:
        """A function's normal form; None for what is no function with a body."""
        key = (path, index)
        if key not in self._made:
            self._made[key] = self._make(path, index)
        return self._made[key]

    def _make(self, path: str, index: int) -> Body | None:
        outline = self._names.view.outline(path)
        symbol = outline.symbols[index] if outline is not None else None
        if outline is None or symbol is None:
            return None
        if symbol.kind not in CALLABLE_KINDS or symbol.body >= symbol.end:
            return None
        self._asked.add(path)
        key = f"{self._names.view.key(path)} {outline.language}"
        shape = self._kept.get((key, str(index)), lambda: self._shape(path, index))
        return Body(self._names, path, index, outline, shape) if shape is not None else None

    def _shape(self, path: str, index: int) -> Shape | None:
        if path not in self._files:
            self._files[path] = self._file(path)
        file = self._files[path]
        return file.shape(index) if file is not None else None

    def _file(self, path: str) -> ShapedFile | None:
        view = self._names.view
        outline, detail, document = view.outline(path), view.detail(path), view.document(path)
        if outline is None or detail is None or document is None:
            return None
        return ShapedFile(outline, detail, document)
