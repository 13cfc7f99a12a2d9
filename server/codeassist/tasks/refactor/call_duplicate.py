"""The action "call-duplicate": a function whose body repeats another one's calls that instead.

The check CA202 compares bodies in the same way: equal but for local names, with the same meaning of
all names from outside. Here the parameters must map exactly, too.
"""

import ast
from collections.abc import Iterator
from posixpath import splitext

from codeassist.base.edits import TextEdit
from codeassist.base.symbols import TOP, Import, Symbol
from codeassist.checks.bodies import Bodies
from codeassist.checks.paths import is_test
from codeassist.checks.twins import MAX_FILES_ASKED, SIZE_FACTOR, Function, Words, is_worth
from codeassist.index.found import Definition
from codeassist.index.names import Names
from codeassist.languages import Imports
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.facts import Local, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.descent import on_line
from codeassist.tasks.refactor.python.events import own_nodes
from codeassist.tasks.refactor.python.names import used_names
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed, parsed
from codeassist.tasks.refactor.python.parsed import Function as Tree
from codeassist.tasks.task import Scene, Subject


def applies(scene: Scene, subject: Subject) -> str | None:
    """None on a function that is large enough; what it repeats is looked for when it is run."""
    return reason(lambda: _function(parsed(scene, path_of(subject)), subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Replace the body by a call. Raises Refused where no function does the same."""
    yield from ()
    path = path_of(subject)
    source = parsed(scene, path)
    function = _function(source, subject)
    names = Names(scene.view)
    other = _twin(scene, names, path, _index(scene, source, function))
    if other is None:
        raise Refused("no other function of the repository does exactly the same")
    edits = [_body(source, function, _call(scene, source, function, other))]
    edits += _import(scene, names, source, function, other)
    qualified = other.outline.qualified(other.index)
    edit = made(scene, f"Call `{qualified}` instead of repeating it", {path: edits})
    return reported(edit, f"the bodies are equal but for local names: {other.path}, `{qualified}`")


def _function(source: Parsed, subject: Subject) -> Tree:
    """The function that is selected or around the cursor. Raises Refused for what cannot call."""
    best: Tree | None = None
    for node in on_line(source.tree, source.place(subject.start)[0]):
        if not isinstance(node, FUNCTIONS) or source.whole_start(node) > subject.start:
            continue
        if subject.end <= source.line_end(source.end(node)):
            best = node
    if best is None:
        raise Refused("there is no function here")
    if any(isinstance(each, ast.Yield | ast.YieldFrom) for each in own_nodes(best.body)):
        raise Refused("a generator would be run in another way")
    if not is_worth(_symbol(source, best)):
        raise Refused("the function is too small to be worth it")
    return best


def _symbol(source: Parsed, function: Tree) -> Symbol:
    """The function as an outline has it, but with the comments after it as part of its body."""
    start, body, end = (
        source.start(function), source.whole_start(function.body[0]), source.end(function)
    )  # fmt: skip
    lines = source.document.lines
    line = lines.line_of(end) + 1
    while lines.line(line).lstrip().startswith("#"):
        end, line = lines.line_end(line), line + 1
    return Symbol("function", function.name, TOP, start, end, start, body)


def _index(scene: Scene, source: Parsed, function: Tree) -> int:
    outline = scene.view.outline(source.document.path)
    for index, symbol in enumerate(outline.symbols if outline else ()):
        is_same = source.start(function) <= symbol.name_start < source.end(function)
        if is_same and symbol.name == function.name and is_worth(symbol):
            return index
    raise Refused("the function is too small to be worth it")


def _twin(scene: Scene, names: Names, path: str, index: int) -> Function | None:
    """A function with the same normal form that can be called from here."""
    bodies = Bodies(names)
    outline, body = scene.view.outline(path), bodies.body(path, index)
    if outline is None or body is None:
        return None
    mine = Function(path, index, outline.symbols[index], outline, body)
    for other in _candidates(scene, bodies, mine):
        is_same = other.body.looks_like(body) and other.body.meanings == body.meanings
        if is_same and _is_callable(mine, other):
            return other
    return None


def _candidates(scene: Scene, bodies: Bodies, mine: Function) -> Iterator[Function]:
    size = mine.symbol.end - mine.symbol.body
    for path in Words(scene.view).candidates(mine):
        scene.token.check()
        outline = scene.view.outline(path)
        if outline is None or bodies.files_asked > MAX_FILES_ASKED:
            continue
        for index, symbol in enumerate(outline.symbols):
            other = symbol.end - symbol.body
            if not is_worth(symbol) or max(size, other) > SIZE_FACTOR * min(size, other):
                continue
            body = bodies.body(path, index) if (path, index) != (mine.path, mine.index) else None
            if body is not None:
                yield Function(path, index, symbol, outline, body)


def _is_callable(mine: Function, other: Function) -> bool:
    """Whether one can be called in the other's place: no private, nested or foreign method."""
    if is_test(other.path) and not is_test(mine.path):
        return False
    if other.symbol.parent == TOP:
        private = other.symbol.name.startswith("_") and other.path != mine.path
        return not private and not mine.body.shape.uses_self
    same_class = other.path == mine.path and other.symbol.parent == mine.symbol.parent
    return same_class and mine.symbol.parent != TOP


def _call(scene: Scene, source: Parsed, function: Tree, other: Function) -> str:
    """The call of the other function with this one's parameters."""
    theirs = parsed(scene, other.path)
    target = next(
        node
        for node in ast.walk(theirs.tree)
        if isinstance(node, FUNCTIONS)
        and theirs.start(node) <= other.symbol.name_start < theirs.end(node)
        and node.name == other.symbol.name
    )
    marks = [ast.unparse(each) for each in target.decorator_list]
    if marks:
        raise Refused(f"`{target.name}` has the decorator `{marks[0]}`, which changes what it does")
    if isinstance(target, ast.AsyncFunctionDef) != isinstance(function, ast.AsyncFunctionDef):
        raise Refused(f"only one of the function and `{target.name}` is async")
    receiver = ""
    skip = 0
    if other.symbol.parent != TOP:
        if function.decorator_list:
            raise Refused("the method has a decorator")
        receiver, skip = f"{function.args.args[0].arg}.", 1
    given = _arguments(function.args, target.args, skip)
    wait = "await " if isinstance(function, ast.AsyncFunctionDef) else ""
    return f"{wait}{receiver}{target.name}({', '.join(given)})"


def _arguments(mine: ast.arguments, theirs: ast.arguments, skip: int) -> Iterator[str]:
    places = [*mine.posonlyargs, *mine.args][skip:]
    if len(places) != len([*theirs.posonlyargs, *theirs.args]) - skip:
        raise Refused("the parameters do not map exactly")
    yield from (each.arg for each in places)
    if mine.vararg:
        yield f"*{mine.vararg.arg}"
    for own, other in zip(mine.kwonlyargs, theirs.kwonlyargs, strict=True):
        yield f"{other.arg}={own.arg}"
    if mine.kwarg:
        yield f"**{mine.kwarg.arg}"


def _body(source: Parsed, function: Tree, call: str) -> TextEdit:
    has_doc = ast.get_docstring(function, clean=False) is not None
    body = function.body[1:] if has_doc else function.body
    start = source.whole_start(body[0])
    if source.text(source.line_start(start), start).strip():
        raise Refused("the function is written on one line")
    returns = any(
        isinstance(each, ast.Return) and each.value is not None for each in own_nodes(body)
    )
    return TextEdit(start, source.end(body[-1]), f"return {call}" if returns else call)


def _import(
    scene: Scene, names: Names, source: Parsed, function: Tree, other: Function
) -> list[TextEdit]:
    """The edit that imports the other function where it is needed."""
    path, name = source.document.path, other.symbol.name
    if other.symbol.parent != TOP or other.path == path:
        return []
    if names.lookup(path, name) == Definition(other.path, other.index):
        return []
    if any(used == name for used, _ in used_names(source.tree)):
        raise Refused(f"`{name}` means something else in this file")
    module = _module(scene, path, other.path)
    _check_no_circle(scene, path, other.path)
    imports = [each for each in source.tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    if not imports:
        raise Refused(f"the file has no imports to which that of `{name}` could be added")
    end = source.line_end(source.end(imports[-1]))
    return [TextEdit(end, end, f"\nfrom {module} import {name}")]


def _module(scene: Scene, path: str, other: str) -> str:
    """The dotted name by which one file can import another."""
    rules = scene.view.families.rules(Imports.PYTHON)
    parts = splitext(other)[0].removesuffix("/__init__").split("/")
    for first in range(len(parts)):
        dotted = ".".join(parts[first:])
        if rules.resolve(path, Import(dotted, "x", None, 0, 0)).files == (other,):
            return dotted
    raise Refused(f"{other} cannot be imported from here")


def _check_no_circle(scene: Scene, path: str, other: str) -> None:
    """Raise Refused where the other file imports this one, by itself or through others."""
    rules = scene.view.families.rules(Imports.PYTHON)
    seen: set[str] = set()
    waiting = [other]
    while waiting:
        at = waiting.pop()
        if at == path:
            raise Refused(f"{other} imports this file, so that this one cannot import it")
        if at in seen:
            continue
        seen.add(at)
        outline = scene.view.outline(at)
        for row in outline.imports if outline else ():
            waiting += rules.resolve(at, row).files


ACTION = Action(
    "call-duplicate",
    "Call the function that it repeats",
    "refactor.rewrite.codeassist.duplicate",
    applies,
    run,
)
