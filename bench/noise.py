"""Which rows of the partial benchmark are no stale use at all, decided by rules and never by hand.

The rows were mined by names, so some lines only share a name with what was removed. Each rule is a
sufficient reason, by Python's own semantics, why the line still works in the incomplete change.
The rules use Python's `ast` and git, and nothing of codeassist: what the product cannot resolve
must not excuse its misses. A row counts as noise only if every one of its lines that uses the name
is explained. What cannot be parsed is not noise.
"""

import ast
import inspect
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from scratch import GitError, Scratch

LOCAL = "the name is a local variable or parameter of the same function"
FIXTURE = "a fixture of that name was never visible to this file"
FOREIGN = "the name is imported from outside of the repository"
UNRELATED = "the class of the use does not inherit from the class that lost the member"
INHERITED = "the class still has the member, inherited"
FITS = "every call on the lines still fits the new signature"

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Noise:
    """Answers for the rows of one repository."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._parsed = cache(self._parse)
        self._family = cache(self._ancestors)

    def reason(self, row: Mapping[str, Any]) -> str:
        """Why a row is noise, "" if it is a stale use."""
        tree = self._parsed(row["base"], row["drop_path"])
        if tree is None:
            return ""
        name = row["symbol"].rpartition(".")[2]
        uses = [node for node in _uses(tree, name) if _on_lines(node, row["stale_ref_lines"])]
        if not uses:
            return ""
        if not row["kind"].startswith("removed"):
            return self._signature(row, uses)
        reasons = {self._removal(row, tree, node, name) for node in uses}
        return "; ".join(sorted(reasons)) if "" not in reasons else ""

    def _removal(self, row: Mapping[str, Any], tree: ast.Module, node: ast.AST, name: str) -> str:
        owner = row["symbol"].rpartition(".")[0].rpartition(".")[2]
        if owner:
            return self._member(row, tree, node, owner, name)
        if isinstance(node, ast.ImportFrom):
            return FOREIGN if self._is_foreign(row["base"], node) else ""
        if isinstance(node, ast.Name | ast.arg):
            return self._bound(row, tree, node, name)
        return ""

    def _bound(self, row: Mapping[str, Any], tree: ast.Module, node: ast.AST, name: str) -> str:
        """Python looks a name up in the functions around it before the module."""
        function = next((f for f in _around(tree, node, _SCOPES) if name in _locals(f)), None)
        if function is None:
            imported = [i for i in _uses(tree, name) if isinstance(i, ast.ImportFrom)]
            foreign = imported and all(self._is_foreign(row["base"], each) for each in imported)
            return FOREIGN if foreign else ""
        if name not in _parameters(function):
            return LOCAL
        if not self._is_fixture(row):
            return LOCAL
        folder, _, file = row["defined_in"].rpartition("/")
        seen = file == "conftest.py" and f"{row['drop_path']}".startswith(folder)
        return "" if seen else FIXTURE

    def _is_fixture(self, row: Mapping[str, Any]) -> bool:
        tree = self._parsed(row["base"], row["defined_in"])
        found = _definition(tree, row["symbol"]) if tree else None
        decorators = found.decorator_list if found is not None else []
        return any("fixture" in ast.unparse(decorator) for decorator in decorators)

    def _member(
        self, row: Mapping[str, Any], tree: ast.Module, node: ast.AST, owner: str, name: str
    ) -> str:
        if isinstance(node, ast.Name | ast.arg):
            return LOCAL if any(name in _locals(f) for f in _around(tree, node, _SCOPES)) else ""
        if not isinstance(node, ast.Attribute):
            return ""
        if _definition_below(self, row["commit"], owner, name):
            return INHERITED
        if not isinstance(node.value, ast.Name | ast.Call):
            return ""
        if ast.unparse(node.value).partition("(")[0] not in ("self", "cls", "super"):
            return ""
        enclosing = next(iter(_around(tree, node, (ast.ClassDef,))), None)
        if not isinstance(enclosing, ast.ClassDef):
            return ""
        ours = self._family(row["base"], enclosing.name) | {enclosing.name}
        theirs = self._family(row["base"], owner) | {owner}
        # An object of a third class may inherit from both, so a mixin is related to everything.
        related = owner in ours or enclosing.name in theirs
        own = any(_name(each) == name for each in enclosing.body)
        return UNRELATED if own and not related else ""

    def _signature(self, row: Mapping[str, Any], uses: list[ast.AST]) -> str:
        """Python binds arguments to parameters; `inspect` does the same without a call."""
        tree = self._parsed(row["commit"], row["defined_in"])
        function = _definition(tree, row["symbol"]) if tree else None
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            return ""
        old = self._parsed(row["base"], row["drop_path"])
        assert old is not None
        calls = [
            call
            for call in ast.walk(old)
            if isinstance(call, ast.Call) and any(call.func is use for use in uses)
        ]
        if not calls:
            return ""
        return FITS if all(_fits(call, function, "." in row["symbol"]) for call in calls) else ""

    def _is_foreign(self, revision: str, node: ast.ImportFrom) -> bool:
        """Whether the repository has nothing with the first name of an absolute import."""
        if node.level or not node.module:
            return False
        first = node.module.partition(".")[0]
        pattern = [f":(glob)**/{first}.py", f":(glob)**/{first}/**"]
        return not self._scratch.git("ls-tree", "-r", "--name-only", revision, first).strip() and (
            not self._grep_paths(revision, pattern)
        )

    def _grep_paths(self, revision: str, patterns: list[str]) -> bool:
        try:
            return bool(self._scratch.git("grep", "-l", "-m1", "-e", "", revision, "--", *patterns))
        except GitError:
            return False

    def _ancestors(self, revision: str, name: str) -> frozenset[str]:
        """The names of all classes that classes of this name inherit from in the repository."""
        found: set[str] = set()
        for cls in self.classes(revision, name):
            for base in cls.bases:
                text = ast.unparse(base).rpartition(".")[2]
                if text not in found and text != name:
                    found |= {text} | self._family(revision, text)
        return frozenset(found)

    def classes(self, revision: str, name: str) -> list[ast.ClassDef]:
        """All classes of a name in the repository."""
        if not name.isidentifier():
            return []
        try:
            listed = self._scratch.git(
                "grep", "-l", "-w", "-e", f"class {name}", revision, "--", "*.py"
            )
        except GitError:
            return []
        trees = (self._parsed(revision, line.partition(":")[2]) for line in listed.splitlines())
        return [
            node
            for tree in trees
            if tree is not None
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name == name
        ]

    def family(self, revision: str, name: str) -> frozenset[str]:
        """The names of a class's ancestors."""
        return self._family(revision, name)

    def _parse(self, revision: str, path: str) -> ast.Module | None:
        text = self._scratch.read(revision, path)
        if text is None:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return ast.parse(text)
            except (SyntaxError, ValueError):
                return None


def _definition_below(noise: Noise, revision: str, owner: str, name: str) -> bool:
    """Whether a class or one of its ancestors has a member of its own in a revision."""
    for each in {owner, *noise.family(revision, owner)}:
        for cls in noise.classes(revision, each):
            if any(_name(member) == name for member in cls.body):
                return True
    return False


def _uses(tree: ast.Module, name: str) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        hit = (
            (isinstance(node, ast.Name) and node.id == name)
            or (isinstance(node, ast.Attribute) and node.attr == name)
            or (isinstance(node, ast.arg) and node.arg == name)
            or (isinstance(node, ast.ImportFrom) and any(a.name == name for a in node.names))
        )
        if hit:
            yield node


def _on_lines(node: Any, lines: list[int]) -> bool:
    last = node.end_lineno or node.lineno
    if isinstance(node, ast.ImportFrom):
        return any(node.lineno <= line <= last for line in lines)
    return (last if isinstance(node, ast.Attribute) else node.lineno) in lines


def _around(tree: ast.Module, node: Any, kinds: tuple[type, ...]) -> list[Any]:
    """The scopes around a node, the innermost first."""
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, kinds)
        and (each.lineno, each.col_offset) <= (node.lineno, node.col_offset)  # type: ignore[attr-defined]
        and (each.end_lineno, each.end_col_offset) >= (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        and each is not node
    ]
    return sorted(found, key=lambda each: (-each.lineno, -each.col_offset))


def _parameters(function: Any) -> set[str]:
    a = function.args
    every = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
    return {each.arg for each in every}


def _locals(function: Any) -> set[str]:
    """The names that a function binds itself; imports are not counted, they bind what is asked."""
    names = _parameters(function)
    given_away: set[str] = set()
    body = function.body if isinstance(function.body, list) else [function.body]
    queue = list(body)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            given_away.update(node.names)
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if not isinstance(node, ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))
    return names - given_away


def _definition(tree: ast.Module, dotted: str) -> Any:
    """The function or class of a dotted name."""
    nodes: list[ast.stmt] = tree.body
    found: Any = None
    for part in dotted.split("."):
        every = [n for each in nodes for n in (each, *_guarded(each))]
        kinds = (*_FUNCTIONS, ast.ClassDef)
        found = next((n for n in every if isinstance(n, kinds) and n.name == part), None)
        if found is None:
            return None
        nodes = found.body
    return found


def _guarded(node: ast.stmt) -> list[ast.stmt]:
    """The statements inside an `if` or a `try`, where definitions may stand too."""
    inner = [getattr(node, part, []) for part in ("body", "orelse", "finalbody")]
    return [n for part in inner for n in part] if isinstance(node, ast.If | ast.Try) else []


def _name(node: ast.stmt) -> str:
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return next((each.id for each in targets if isinstance(each, ast.Name)), "")


def _fits(call: ast.Call, function: Function, is_member: bool) -> bool:
    if any(isinstance(each, ast.Starred) for each in call.args):
        return False
    if any(keyword.arg is None for keyword in call.keywords):
        return False
    signature = _signature_of(function)
    count = len(call.args)
    static = any(ast.unparse(d).endswith("staticmethod") for d in function.decorator_list)
    if is_member and not static:
        count += 1  # the receiver
    try:
        signature.bind(*range(count), **{str(k.arg): None for k in call.keywords})
    except TypeError:
        return False
    return True


def _signature_of(function: Function) -> inspect.Signature:
    a, kind = function.args, inspect.Parameter
    positional = [*a.posonlyargs, *a.args]
    defaults = [kind.empty] * (len(positional) - len(a.defaults)) + [None] * len(a.defaults)
    found = [
        kind(each.arg, kind.POSITIONAL_OR_KEYWORD, default=default)
        for each, default in zip(positional, defaults, strict=True)
    ]
    if a.vararg:
        found.append(kind(a.vararg.arg, kind.VAR_POSITIONAL))
    for each, value in zip(a.kwonlyargs, a.kw_defaults, strict=True):
        default = kind.empty if value is None else None
        found.append(kind(each.arg, kind.KEYWORD_ONLY, default=default))
    if a.kwarg:
        found.append(kind(a.kwarg.arg, kind.VAR_KEYWORD))
    return inspect.Signature(found)
