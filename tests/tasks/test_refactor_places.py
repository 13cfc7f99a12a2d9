"""What stands at a place, found by going down to it, is what a search of everything finds.

The references here look at the whole tree for each caret and each selection, as the specification
of a place says it: slow, and too simple to be wrong.
"""

import ast
from collections.abc import Iterable, Iterator

import pytest
from refactoring import scene_of

from codeassist.base.symbols import TOP
from codeassist.context.pieces import Focus
from codeassist.languages.nodes import node_text, walk
from codeassist.languages.parse import parse
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.inline import named_at
from codeassist.tasks.refactor.python.descent import on_line
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed, parsed
from codeassist.tasks.refactor.python.place import string_rows
from codeassist.tasks.refactor.python.region import expression, statements
from codeassist.tasks.refactor.syntactic.assigned import is_set_again
from codeassist.tasks.refactor.syntactic.code import Code, code_of
from codeassist.tasks.task import Reach, Subject

PYTHON = '''\
"""Doc."""
import os.path as p, sys
from a import (b as c,
    d)

x: int = 1
def outer(a, /, b=1, *c, d, **e):
    """Doc
    more."""
    global y
    y = (x := 3) + len(f"{a!r:>{b}} {(lambda q: q + a)(b)} {f'{d}'}" "abc"
        f"{e}")
    def inner():
        nonlocal b
        b = 2; return [i for i in range(a) if i and b]
    match a:
        case {"k": v, **rest} if v > 1:
            return rest
        case [1, *others] | others:
            z = others
        case Point(x=0) as pt:
            # before
            pt.x = 1
            # after
        case _:
            pass
    try:
        with open(a) as f, inner() as g:
            z = f.read(); w = z
    except* ValueError as err:
        print(err)
    else:
        # c
        print("else")  # tail
    finally:
        del w
    if a: b = 1
    elif b:
        b = 2
    else:
        b = 3
    text = """
  several
""" "one" \'\'\'
lines\'\'\'
    return text
@deco(
    1)
@other
class K(Base, metaclass=M):
    attr = 1
    @property
    async def d(self):
        async for i in aiter(self):
            await self._go(i, x=self.attr)
        return self.d
    def _go(self, i, x=None): return i + x[1:2, ::3]
async   def spaced(items): yield {**items, 'a': (1)}
é = 1
def ünï(é): return é + 1
val = ünï(é) if é else (ünï)(é)
ﬁx = 3; print(fix, f"""
{fix} {val:{fix}}
""")
a0 = 0; b1 = 1; c2 = 2; d3 = 3; e4 = 4; f5 = 5; g6 = 6; h7 = 7; i8 = 8; j9 = 9
'''

JAVASCRIPT = """\
(function () {
  let a = 1, b = [a, 2], c;
  const d = { a, b: a.b, 'a': "a" };
  a = b; [b, c] = [c, b]; d.a = 2; a++; --c; d.e += a;
  for (let i = 0; i < b.length; i++) { a += i; }
  function a2(i, $a) { /* a */ return `${i} a` + $a; }
  ({ c } = d);
  x => { x = a; };
})();
"""


@pytest.fixture(scope="module")
def source() -> Parsed:
    return parsed(scene_of({"m.py": PYTHON}), "m.py")


@pytest.fixture(scope="module")
def script() -> Code:
    scene = scene_of({"m.js": JAVASCRIPT})
    return code_of(scene, selection("m.js", 0, 0))


def selection(path: str, start: int, end: int) -> Subject:
    return Subject(path, Reach.PLACE, Focus(path, 0, 0, TOP), (path,), start, end)


def selections(source: Parsed) -> Iterator[tuple[int, int]]:
    """Each node, each pair of neighbouring lines, each caret, and some that fit nothing."""
    data, lines = source.document.data, source.document.lines
    size = len(data)
    for node in ast.walk(source.tree):
        if hasattr(node, "lineno"):
            yield source.start(node), source.end(node)
            yield source.whole_start(node), min(size, source.end(node) + 1)
    for line in range(lines.line_count):
        for count in (1, 2, 5):
            yield lines.line_start(line), lines.line_start(line + count)
    carets = [at for at in range(size) if data[at] & 0xC0 != 0x80]  # not within a character
    yield from zip(carets, carets[7:], strict=False)


def test_the_nodes_around_a_node(source: Parsed) -> None:
    every = {child: node for node in ast.walk(source.tree) for child in ast.iter_child_nodes(node)}
    shared = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
    fresh = Parsed(source.document, source.tree)
    for child, node in every.items():
        if not isinstance(child, shared):
            assert fresh.parents[child] is node
    assert fresh.parents.get(source.tree) is None


def test_the_name_at_each_caret(source: Parsed) -> None:
    places: list[tuple[int, int, ast.AST]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name):
            places.append((source.start(node), source.end(node), node))
        elif isinstance(node, ast.Attribute):
            size = len(node.attr.encode())
            places.append((source.end(node) - size, source.end(node), node))
        elif isinstance(node, FUNCTIONS):
            head = source.text(source.start(node), source.start(node.body[0]))
            before = head[: head.index("(")][: -len(node.name)]
            start = source.start(node) + len(before.encode())
            places.append((start, start + len(node.name.encode()), node))
    for at in range(len(source.document.data) + 1):
        expected = [node for start, end, node in places if start <= at <= end]
        try:
            found = [named_at(source, selection("m.py", at, at))]
        except Refused:
            found = []
        assert found == expected[:1], PYTHON.encode()[at - 20 : at].decode("utf-8", "replace")


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def is_comments(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def fitting(source: Parsed, start: int, end: int) -> list[ast.stmt] | None:
    """The statements of a block that are all of a selection but for comments."""
    for block in blocks(source.tree):
        inside = [e for e in block if source.whole_start(e) >= start and source.end(e) <= end]
        if not inside or source.document.data.startswith(b"elif", source.start(inside[0])):
            continue
        before = source.text(start, source.whole_start(inside[0]))
        if is_comments(before) and is_comments(source.text(source.end(inside[-1]), end)):
            return inside
    return None


def test_the_statements_of_each_selection(source: Parsed) -> None:
    seen = 0
    for start, end in selections(source):
        if source.document.data[start:end].strip():
            found = statements(source, selection("m.py", start, end))
            raw = source.document.data[start:end]
            first = start + len(raw) - len(raw.lstrip())
            expected = fitting(source, first, end - len(raw) + len(raw.rstrip()))
            assert (found.body if found else None) == expected, (start, end)
            seen += found is not None
    assert seen > 50


def test_the_expression_of_each_selection(source: Parsed) -> None:
    spans: dict[tuple[int, int], ast.expr] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.expr) and not isinstance(node, ast.Slice | ast.Starred):
            spans.setdefault((source.start(node), source.end(node)), node)
    seen = 0
    for start, end in spans:
        node = spans[start, end]
        try:
            found = expression(source, selection("m.py", start, end))
        except Refused:
            continue  # what is refused then is another test's matter
        assert found is not None
        assert found.node is node
        seen += 1
    assert seen > 50
    for start, end in set(selections(source)) - set(spans):
        raw = source.document.data[start:end]
        if raw.strip() and raw.strip() == raw and not raw.startswith(b"("):
            assert expression(source, selection("m.py", start, end)) is None


def test_the_statements_on_each_line(source: Parsed) -> None:
    for line in range(1, source.document.lines.line_count + 1):
        expected = [
            node
            for node in ast.walk(source.tree)
            if isinstance(node, ast.stmt)
            and source.document.lines.line_of(source.whole_start(node)) < line
            and line <= (node.end_lineno or 0)
        ]
        found = list(on_line(source.tree, line))
        assert [each for each in found if each in expected] == expected
        # A decorator's sign may be on a line before it, so that a line too many is found.
        assert all(getattr(e, "decorator_list", ()) for e in found if e not in expected)


def test_the_nodes_of_each_name(source: Parsed) -> None:
    names = {n.id for n in ast.walk(source.tree) if isinstance(n, ast.Name)}
    names |= {"other", "attr", "rest", "others", "pt", "err", "_go", "K", "inner", "abc", "a", "z"}
    for name in names:
        expected = {
            node
            for node in ast.walk(source.tree)
            for field in ("id", "attr", "arg", "name", "asname", "rest")
            if getattr(node, field, None) == name
        }
        found = source.words.named(name)
        assert len(set(found)) == len(found)
        assert expected <= set(found), name
        defined = {e for e in expected if isinstance(e, (*FUNCTIONS, ast.ClassDef))}
        assert set(source.words.definitions(name)) == defined


def test_names_that_are_written_with_other_characters(source: Parsed) -> None:
    # Python compares names after NFKC, in which the ligature is two letters.
    stored = [n for n in source.words.named("fix") if isinstance(getattr(n, "ctx", 0), ast.Store)]
    assert [source.source(each) for each in stored] == ["ﬁx"]


def test_names_that_are_declared(source: Parsed) -> None:
    assert source.words.declared == {"y", "b"}


def test_the_lines_that_begin_in_a_string(source: Parsed) -> None:
    expected: set[int] = set()
    for node in walk(parse("python", source.document.data).root_node):
        if node.type == "string":
            expected |= set(range(node.start_point[0] + 1, node.end_point[0] + 1))
    assert string_rows(source, source.tree.body) == expected
    assert len(expected) == 6


def test_the_leaves_of_each_name(script: Code) -> None:
    leaves = list(script.leaves(script.root))
    for name in {script.text(each) for each in leaves if script.text(each).isidentifier()}:
        expected = [each for each in leaves if script.text(each) == name]
        assert list(script.leaves_of(script.root, name)) == expected


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("a", True),  # `a = b`
        ("b", True),  # `[b, c] = …`, followed by a comma
        ("c", True),  # `--c`
        ("i", True),  # `i++`
        ("x", True),  # a parameter that is set
        ("d", False),  # only its members are set
        ("a2", False),
        ("$a", False),
        ("e", False),  # a member
    ],
)
def test_names_that_are_set_again(script: Code, name: str, again: bool) -> None:
    assert is_set_again(script, name) is again
    assert (name in assigned(script)) >= again


def assigned(code: Code) -> Iterable[str]:
    """All names that something sets in a script."""
    for node in walk(code.root):
        if "assignment" in node.type or "update" in node.type:
            for field in ("left", "argument"):
                target = node.child_by_field_name(field)
                for each in (target, *target.named_children) if target is not None else ():
                    yield node_text(each, code.document.data)
