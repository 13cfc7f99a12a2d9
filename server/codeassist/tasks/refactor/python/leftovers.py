"""What a renaming leaves with the old name, and whether it may mean the definition.

Rope has looked at all of it before. What it cannot tell the index may; what neither can is told.
"""

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, TOP, Use
from codeassist.index.found import OPAQUE, Definition
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View
from codeassist.languages import Imports
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
            return self._keyword(parsed, mention)
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

    def _keyword(self, parsed: Parsed, mention: Mention) -> str:
        """Whether an argument by name may be for what is renamed."""
        if self.found.kind == "attribute":
            return f"an argument `{self.name}` may be for the attribute"  # of a dataclass, for one
        if self.found.kind != "parameter":
            return ""
        call = parsed.parents[mention.node]
        called = getattr(call, "func", None)
        word = getattr(called, "attr", None) or getattr(called, "id", None)
        may = word in self.owners or self._may_call(parsed.document.path, called)
        return f"an argument `{self.name}` may be for this parameter" if may else ""

    def _may_call(self, path: str, called: ast.expr | None) -> bool:
        """Whether an expression that is called may be the function, under another name."""
        if isinstance(called, ast.Attribute) and "__init__" not in self.owners:
            return False  # an object's attribute may be a class, but hardly a function
        use = self._called_use(path, called)
        if use is None:
            return True
        meant = self.values.resolve(path, use)
        if isinstance(meant, Definition):
            outline = self.view.outline(meant.path)
            kind = outline.symbols[meant.symbol].kind if outline else ""
            # A class may have the constructor of another one; a variable may be anything.
            return kind not in CALLABLE_KINDS and "__init__" in self.owners
        return not self._is_from_outside(path, use)

    def _called_use(self, path: str, called: ast.expr | None) -> Use | None:
        parsed, detail = self.files[path], self.view.detail(path)
        if detail is None or not isinstance(called, ast.Name | ast.Attribute):
            return None
        name = called.id if isinstance(called, ast.Name) else called.attr
        start = parsed.end(called) - len(name.encode())
        return next((row for row in detail.uses.named((name,)) if row.start == start), None)

    def _is_from_outside(self, path: str, use: Use) -> bool:
        """Whether a use is of something built in, or imported from outside of the repository."""
        root = (use.receiver or use.name).partition(".")[0].partition("(")[0]
        outline = self.view.outline(path)
        rules = self.view.families.rules(Imports.PYTHON)
        rows = [
            row
            for row in (outline.imports if outline else ())
            if root == (row.alias or row.name or row.module.partition(".")[0])
        ]
        if not rows:
            return use.receiver is None and root in vars(builtins) and root != "dict"
        targets = [rules.resolve(path, row) for row in rows]
        return not any(each.files or each.folder or each.missing for each in targets)

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
