"""The shared helper of the language tests: a language's fixture, and what the index says of it.

Formats what it finds so that expectations can be written by hand. Asserts nothing itself.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from codeassist.base.symbols import TOP, Binding, Detail, Outline, Parameter, Use
from codeassist.index.detail import extract_detail
from codeassist.index.outline import decode_outline, encode, extract_outline

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Case:
    """A source text with its outline and its detail."""

    data: bytes
    outline: Outline
    detail: Detail

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every definition as "kind Parent.name", in source order."""
        return tuple(
            f"{symbol.kind} {self.outline.qualified(index)}"
            for index, symbol in enumerate(self.outline.symbols)
        )

    @property
    def imports(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """The imports that bind a local name, as (module, name, alias)."""
        found = self.outline.imports
        return tuple((row.module, row.name, row.alias) for row in found if not row.exported)

    @property
    def reexports(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """The re-exports that bind no local name, as (module, name, alias)."""
        found = self.outline.imports
        return tuple((row.module, row.name, row.alias) for row in found if row.exported)

    @property
    def calls(self) -> tuple[tuple[str | None, str, str], ...]:
        """The outline's calls as (receiver, name, qualified name of the enclosing scope or "")."""
        found = self.outline.calls
        return tuple((call.receiver, call.name, self.scope(call.scope)) for call in found)

    def scope(self, index: int) -> str:
        """The qualified name of a scope, "" for the file itself."""
        return self.outline.qualified(index) if index != TOP else ""

    def index(self, qualified: str) -> int:
        """The first symbol with a qualified name. Raises LookupError where there is none."""
        for index in range(len(self.outline.symbols)):
            if self.outline.qualified(index) == qualified:
                return index
        raise LookupError(qualified)

    def parameters(self, qualified: str) -> tuple[Parameter, ...]:
        """A definition's parameters, without their places so that they compare by content."""
        found = self.detail.parameters.get(self.index(qualified), ())
        return tuple(replace(parameter, start=-1) for parameter in found)

    def uses(self, name: str) -> tuple[Use, ...]:
        """The uses of a name in source order; `scope(use.scope)` names where each stands."""
        return tuple(use for use in self.detail.uses if use.name == name)

    def bindings(self, name: str) -> tuple[Binding, ...]:
        """The bindings of a name in source order."""
        return tuple(row for row in self.detail.bindings if row.name == name)

    def doc(self, qualified: str) -> str:
        """The text of a definition's documentation as written, "" where there is none."""
        start, end = self.detail.docs.get(self.index(qualified), (0, 0))
        return self.data[start:end].decode()


@cache
def load(language: str) -> Case:
    """The case of `fixtures/<language>/sample.*`, which must parse without errors."""
    (path,) = (FIXTURES / language).glob("sample.*")
    case = of_text(language, path.read_bytes())
    assert not case.outline.has_errors, path
    return case


def of_text(language: str, data: bytes | str) -> Case:
    """The case of a piece of source text."""
    data = data.encode() if isinstance(data, str) else data
    outline = decode_outline(language, encode(extract_outline(language, data)))
    return Case(data, outline, extract_detail(outline, data))
