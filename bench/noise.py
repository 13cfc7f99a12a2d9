"""Which rows of the partial benchmark are no stale use at all, decided by rules and never by hand.

The rows were mined by names, so some lines only share a name with what was removed. Each rule is a
sufficient reason, by Python's own semantics, why the line still works in the incomplete change.
The rules use Python's `ast` and git, and nothing of codeassist: what the product cannot resolve
must not excuse its misses. A row is noise only if each use of the name on its lines is explained;
what cannot be parsed is not noise. Classes are told apart by their names alone.
"""

import ast
from collections.abc import Mapping
from functools import cache
from typing import Any

from scratch import GitError, Scratch
from syntax import (
    Function,
    Mention,
    classes_around,
    definition,
    functions_around,
    member_names,
    names_bound_at_top,
    names_bound_in,
    on_lines,
    parameters,
    parsed,
    still_fits,
    uses_of,
)

OWN_FILE = "the file itself defines the name, and imports no other"
LOCAL = "the name is a variable or parameter of the function itself"
FIXTURE = "no fixture of that name was ever visible in this file"
FOREIGN = "the name is imported from outside of the repository"
OWN = "the class of the use has the member itself, or inherits it, in the incomplete change"
UNRELATED = "`super()` of a class that never inherited from the class that lost the member"
FITS = "every call on the lines still binds its arguments to the same parameters"

Row = Mapping[str, Any]


class Noise:
    """Answers for the rows of one repository."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._tree = cache(self._parse)
        self._ancestors = cache(self._inherited)
        self._listed = cache(self._top_names)

    def reason(self, row: Row, head: str) -> str:
        """Why a row is noise in the incomplete change `head`, "" if it is a stale use."""
        tree = self._tree(row["base"], row["drop_path"])
        name = row["symbol"].rpartition(".")[2]
        every = uses_of(tree, name) if tree else []
        uses = [node for node in every if on_lines(node, row["stale_ref_lines"])]
        if tree is None or not uses:
            return ""
        if not row["kind"].startswith("removed"):
            return self._signature(row, tree, uses)
        one = self._member if "." in row["symbol"] else self._top_level
        reasons = {one(row, head, tree, node) for node in uses}
        return "" if "" in reasons else "; ".join(sorted(reasons))

    def _top_level(self, row: Row, _: str, tree: ast.Module, node: Mention) -> str:
        """Python looks a name up in the functions around it, then in the file."""
        name = row["symbol"]
        if isinstance(node, ast.ImportFrom):
            return FOREIGN if self._is_foreign(row["base"], node) else ""
        if not isinstance(node, ast.Name | ast.arg):
            return ""
        for function in functions_around(tree, node):
            if name in parameters(function):
                return self._parameter(row)
            if name in names_bound_in(function):
                return LOCAL
        imports = [each for each in uses_of(tree, name) if isinstance(each, ast.ImportFrom)]
        if not imports:
            return OWN_FILE if name in names_bound_at_top(tree) else ""
        return FOREIGN if all(self._is_foreign(row["base"], each) for each in imports) else ""

    def _parameter(self, row: Row) -> str:
        """A test's parameter asks for a fixture, which pytest finds in the folders above it."""
        tree = self._tree(row["base"], row["defined_in"])
        found = definition(tree, row["symbol"]) if tree else None
        decorators = found.decorator_list if found is not None else []
        if not any("fixture" in ast.unparse(decorator) for decorator in decorators):
            return LOCAL
        folder, _, file = row["defined_in"].rpartition("/")
        is_above = file == "conftest.py" and row["drop_path"].startswith(folder)
        return "" if is_above else FIXTURE

    def _member(self, row: Row, head: str, tree: ast.Module, node: Mention) -> str:
        """What an object's own class has is found first; of other objects the class is unknown."""
        owner, _, name = row["symbol"].rpartition(".")
        owner = owner.rpartition(".")[2]
        if isinstance(node, ast.Name | ast.arg):
            functions = functions_around(tree, node)
            return LOCAL if any(name in names_bound_in(each) for each in functions) else ""
        if not isinstance(node, ast.Attribute):
            return ""
        receiver = ast.unparse(node.value).partition("(")[0]
        classes = classes_around(tree, node)
        if receiver not in ("self", "cls", "super") or not classes:
            # The object is of the owner's class at best, if it has to do with the row at all.
            return OWN if self._has_member(head, owner, name, at_least_inherited=True) else ""
        inner = classes[0].name
        if receiver == "super" and owner not in self._ancestors(row["base"], inner):
            return UNRELATED
        found = self._has_member(head, inner, name, at_least_inherited=receiver == "super")
        return OWN if found else ""

    def _has_member(self, head: str, owner: str, name: str, at_least_inherited: bool) -> bool:
        every = set(self._ancestors(head, owner)) - {owner}
        if not at_least_inherited:
            every.add(owner)
        return any(name in member_names(cls) for each in every for cls in self._classes(head, each))

    def _signature(self, row: Row, old: ast.Module, uses: list[Mention]) -> str:
        before = self._function(row["base"], row)
        after = self._function(row["commit"], row)
        if before is None or after is None:
            return ""
        calls = [node for node in ast.walk(old) if isinstance(node, ast.Call)]
        calls = [call for call in calls if any(call.func is use for use in uses)]
        is_member = "." in row["symbol"]
        fit = all(still_fits(call, before, after, is_member) for call in calls)
        return FITS if calls and fit else ""

    def _function(self, revision: str, row: Row) -> Function | None:
        tree = self._tree(revision, row["defined_in"])
        found = definition(tree, row["symbol"]) if tree else None
        return None if isinstance(found, ast.ClassDef) else found

    def _is_foreign(self, revision: str, node: ast.ImportFrom) -> bool:
        """Whether no file and no folder of the repository has an import's first name."""
        if node.level or not node.module:
            return False
        return node.module.partition(".")[0] not in self._listed(revision)

    def _top_names(self, revision: str) -> frozenset[str]:
        paths = self._scratch.git("ls-tree", "-r", "--name-only", revision).splitlines()
        return frozenset(part.removesuffix(".py") for path in paths for part in path.split("/"))

    def _inherited(self, revision: str, name: str) -> frozenset[str]:
        """The names of the classes that classes of this name inherit from, near and far."""
        found: set[str] = set()
        queue = [name]
        while queue:
            for cls in self._classes(revision, queue.pop()):
                bases = {ast.unparse(base).rpartition(".")[2] for base in cls.bases}
                queue.extend(bases - found)
                found |= bases
        return frozenset(found)

    def _classes(self, revision: str, name: str) -> list[ast.ClassDef]:
        """All classes of a name in a revision."""
        if not name.isidentifier():
            return []
        try:
            text = self._scratch.git("grep", "-lw", "-e", f"class {name}", revision, "--", "*.py")
        except GitError:  # git's exit status when nothing is found
            return []
        trees = (self._tree(revision, line.partition(":")[2]) for line in text.splitlines())
        nodes = (node for tree in trees if tree is not None for node in ast.walk(tree))
        return [node for node in nodes if isinstance(node, ast.ClassDef) and node.name == name]

    def _parse(self, revision: str, path: str) -> ast.Module | None:
        text = self._scratch.read(revision, path)
        return None if text is None else parsed(text)
