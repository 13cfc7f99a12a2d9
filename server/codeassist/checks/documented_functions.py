"""A file's functions together with what their documentation says: what docs-drift compares.

A Python class whose docstring documents parameters counts too, with the parameters of its own
`__init__`; without one (a dataclass, an inherited constructor) there is nothing to compare with.
Knows one view. Does not know diffs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.files import Document
from codeassist.base.symbols import (
    CALLABLE_KINDS,
    Detail,
    Outline,
    Parameter,
    ParameterKind,
    Symbol,
)
from codeassist.checks.docstyles import documented
from codeassist.checks.docstyles.documented import Documented, Entry
from codeassist.index.view import View
from codeassist.languages import by_name

_REST = (ParameterKind.REST, ParameterKind.KEYWORD_REST)
_IDENTIFIER = re.compile(r"^[^\W\d][\w]*$")
_SIGILS = "$&*.@?"  # PHP's, Ruby's and JavaScript's marks around a parameter's name


@dataclass(frozen=True)
class Function:
    """A documented function. `index` is its symbol, `doc` the bytes of its documentation.

    `of_class` is set when the documentation is that of its class.
    """

    path: str
    index: int
    outline: Outline
    detail: Detail
    document: Document
    doc: tuple[int, int]
    says: Documented
    of_class: bool

    @property
    def symbol(self) -> Symbol:
        """The function's symbol."""
        return self.outline.symbols[self.index]

    @cached_property
    def name(self) -> str:
        """The function's dotted name."""
        return self.outline.qualified(self.index)

    @property
    def key(self) -> tuple[str, bool]:
        """What the same function has in another state of the file."""
        return self.name, self.of_class

    @property
    def doc_text(self) -> str:
        """The documentation as it stands in the source."""
        return self.text(*self.doc)

    @property
    def header(self) -> str:
        """The signature as it stands in the source."""
        return self.text(self.symbol.start, self.symbol.body)

    @property
    def body(self) -> str:
        """The body without a docstring, "" for one that has none."""
        first, last = self.symbol.body, self.symbol.end
        if first <= self.doc[0] and self.doc[1] <= last:
            return self.text(first, self.doc[0]) + self.text(self.doc[1], last)
        return self.text(first, last)

    def text(self, start: int, end: int) -> str:
        """The source text of a byte range."""
        return self.document.data[start:end].decode("utf-8", "replace")

    def place(self, start: int, length: int) -> tuple[int, int]:
        """The byte range of characters of the documentation."""
        text = self.doc_text
        first = self.doc[0] + len(text[:start].encode())
        return first, first + len(text[start : start + length].encode())

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters without the receiver."""
        declared = self.detail.parameters.get(self.index, ())
        receivers = by_name(self.outline.language).receivers
        if declared and declared[0].name in receivers:
            return declared[1:]
        return declared

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parameters' names without sigils, in order."""
        return tuple(bare(each) for each in self.parameters)

    @property
    def is_open(self) -> bool:
        """Whether a call may pass more than the named parameters."""
        if any(each.kind in _REST for each in self.parameters):
            return True
        return "arguments" in self.body and self.outline.language in ("javascript", "typescript")

    @property
    def is_legible(self) -> bool:
        """Whether every parameter has a name of its own, and all of them were read."""
        if not self.parameters:
            inside = re.search(r"\(([^()]*)\)", self.header[self.header.find(self.symbol.name) :])
            inner = inside.group(1).strip() if inside else ""
            return inner in ("", "void", *by_name(self.outline.language).receivers)
        return all(_IDENTIFIER.match(name) for name in self.names)

    @cached_property
    def documented_names(self) -> tuple[str, ...]:
        """The documented parameters' names, in order."""
        return tuple(entry.name for entry in self.says.parameters)

    def documentable(self) -> Iterator[Parameter]:
        """The parameters that documentation is expected to name."""
        for parameter in self.parameters:
            if parameter.kind not in _REST and not parameter.name.startswith("_"):
                yield parameter

    def unknown(self) -> list[Entry]:
        """The documented parameters that surely do not exist, as far as one state can tell."""
        if not self.is_legible:
            return []
        marks = " ".join(self.detail.decorators.get(self.index, ()))
        return [
            entry
            for entry in self.says.parameters
            if entry.name not in self.names
            and not entry.is_retired
            and not re.search(rf"(?<![\w]){re.escape(entry.name)}(?![\w])", self.header + marks)
        ]


def bare(parameter: Parameter) -> str:
    """A parameter's name without sigils, as documentation writes it."""
    return parameter.name.strip(_SIGILS)


def functions(view: View, path: str, style: str) -> list[Function]:
    """The documented functions of a file, in source order."""
    outline, detail, document = view.outline(path), view.detail(path), view.document(path)
    if outline is None or detail is None or document is None:
        return []
    found: list[Function] = []
    for index, symbol in enumerate(outline.symbols):
        of_class = symbol.kind == "class" and outline.language == "python"
        target = _constructor(outline, index) if of_class else index
        if index not in detail.docs or target is None:
            continue
        if not of_class and symbol.kind not in CALLABLE_KINDS:
            continue
        doc = detail.docs[index]
        text = document.data[doc[0] : doc[1]].decode("utf-8", "replace")
        says = documented(outline.language, text, style)
        found.append(Function(path, target, outline, detail, document, doc, says, of_class))
    return found


def _constructor(outline: Outline, cls: int) -> int | None:
    for index, symbol in enumerate(outline.symbols):
        if symbol.parent == cls and symbol.name == "__init__":
            return index
    return None
