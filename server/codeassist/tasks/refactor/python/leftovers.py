"""What a renaming leaves with the old name, and whether it may mean the definition.

Rope has looked at all of it before. What it cannot tell the index may; what neither can is told.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import TOP, Use
from codeassist.index.found import OPAQUE, Definition
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View
from codeassist.tasks.refactor.python.keywords import is_misread, keyword_reason
from codeassist.tasks.refactor.python.mentions import Mention, Where, mentions
from codeassist.tasks.refactor.python.occurrences import Occurrences
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed
from codeassist.tasks.refactor.python.relatives import decorators, outside_bases, same_methods

MEMBERS = ("method", "attribute")


@dataclass(frozen=True)
class Leftovers:
    """The mentions of a name in files of which some places are renamed."""

    view: View
    files: Mapping[str, Parsed]
    name: str
    places: Mapping[str, set[int]]
    found: Occurrences

    @cached_property
    def values(self) -> Values:
        """What expressions mean in the view."""
        return Values(Names(self.view))

    def resolved(self) -> dict[str, set[int]]:
        """By path what rope cannot tell and the index can: members of `super()`, for one."""
        return {
            path: {
                each.start
                for each in mentions(parsed, self.name)
                if each.start in self.found.unsure.get(path, ()) and self._is_meant(path, each)
            }
            for path, parsed in self.files.items()
        }

    def misread(self) -> dict[str, set[int]]:
        """By path the arguments by name that rope takes for a variable of the same name."""
        return {
            path: {
                each.start
                for each in mentions(parsed, self.name)
                if each.start in self.places[path] and is_misread(self, path, parsed, each)
            }
            for path, parsed in self.files.items()
        }

    def told(self) -> Iterator[str]:
        """What keeps the old name and may mean the definition, in words."""
        yield from decorators(self)
        if self.found.kind in MEMBERS:
            yield from outside_bases(self)
        elif self.found.kind == "parameter":
            yield from same_methods(self)
        for path, parsed in self.files.items():
            for mention in mentions(parsed, self.name):
                if mention.start in self.places[path]:
                    continue
                reason = self._reason(path, parsed, mention)
                if reason:
                    line = parsed.document.lines.line_of(mention.start) + 1
                    yield f"{path}:{line}: {reason}"

    def _reason(self, path: str, parsed: Parsed, mention: Mention) -> str:
        """Why a mention may mean the definition; "" if it does not."""
        if mention.where is Where.KEYWORD:
            return keyword_reason(self, path, parsed, mention)
        is_key = isinstance(parsed.parents[mention.node], ast.Dict)
        if self.found.kind == "parameter" and mention.where is Where.STRING and is_key:
            return f"a key `{self.name}` may become an argument"
        if self._is_local:
            return ""
        if mention.where is Where.STRING:
            listed = mention.start + 1 in self.places[path]
            return "" if listed else f"a string names `{self.name}`"
        if self._is_meant(path, mention):
            return f"`{self.name}` seems to be meant"
        use = self._use(path, mention)
        unsure = mention.start in self.found.unsure.get(path, ())
        if use is None or not (use.receiver is None or unsure):
            return ""
        if self.values.resolve(path, use) is not OPAQUE:
            return ""
        return f"`{ast.unparse(mention.node)}` may be meant"

    @cached_property
    def _is_local(self) -> bool:
        """Whether the definition is a function's own variable or parameter."""
        if self.found.kind == "parameter":
            return True
        document, detail = self.view.document(self.found.home), self.view.detail(self.found.home)
        if self.found.kind != "variable" or document is None or detail is None:
            return False
        here = [
            row
            for row in detail.bindings.named((self.name,))
            if document.lines.line_of(row.start) == self.found.home_line
        ]
        return bool(here) and all(row.scope != TOP for row in here)

    def _is_meant(self, path: str, mention: Mention) -> bool:
        """Whether the index says that a mention means something that is renamed."""
        use = self._use(path, mention)
        meant = self.values.resolve(path, use) if use is not None else None
        if not isinstance(meant, Definition):
            return False
        outline = self.view.outline(meant.path)
        start = outline.symbols[meant.symbol].name_start if outline else -1
        return start in self.places.get(meant.path, ())

    def _use(self, path: str, mention: Mention) -> Use | None:
        detail = self.view.detail(path)
        rows = detail.uses.named((self.name,)) if detail else ()
        return next((row for row in rows if row.start == mention.start), None)

    @cached_property
    def owners(self) -> frozenset[str]:
        """By what names the function of the parameter may be called: its own, its class's."""
        names: set[str] = set()
        home = self.files[self.found.home]
        for node in ast.walk(home.tree):
            if (
                not isinstance(node, ast.arg)
                or home.start(node) not in self.places[self.found.home]
            ):
                continue
            for outer in home.around(node):
                if isinstance(outer, (*FUNCTIONS, ast.ClassDef)):
                    names.add(outer.name)
        return frozenset(names)
