"""Tests of the choice of modules, and of the graph's circles and layers."""

import pytest

from codeassist.tasks.architecture.dependencies import Dependency
from codeassist.tasks.architecture.graph import Graph, graph
from codeassist.tasks.architecture.modules import MAX_MODULES, Kind, Module, modules


def names(*paths: str) -> list[str]:
    found = modules(paths)
    assert sorted(path for each in found for path in each.files) == sorted(paths)
    assert len(found) <= MAX_MODULES
    return [each.name for each in found]


def test_folders_are_modules_and_so_are_the_files_beside_them() -> None:
    paths = [f"{folder}/m{n}.py" for folder in "abcd" for n in range(3)]
    assert names(*paths, "main.py", "setup.py") == ["(own files)", "a", "b", "c", "d"]


def test_few_files_are_modules_themselves() -> None:
    assert names("a.py", "b.py") == ["a.py", "b.py"]
    assert names("lib/a.py", "lib/b.py") == ["lib/a.py", "lib/b.py"]


def test_one_file_is_one_module() -> None:
    assert names("src/main/run.py") == ["src/main/run.py"]
    assert names() == []


def test_a_chain_of_folders_is_one_module() -> None:
    deep = "src/main/java/com/acme"
    paths = [f"{deep}/{part}/C{n}.java" for part in ("api", "core", "db", "web") for n in range(9)]
    assert names(*paths) == [f"{deep}/{part}" for part in ("api", "core", "db", "web")]


def test_a_folder_with_most_files_is_looked_into() -> None:
    rooms = [f"server/r{n}/f{k}.py" for n in range(12) for k in range(5)]
    others = [f"d{n}/x{k}.py" for n in range(4) for k in range(2)]
    assert names(*rooms, *others) == [
        *(f"d{n}" for n in range(4)),
        *sorted(f"server/r{n}" for n in range(12)),
    ]


def test_what_is_small_is_left_together() -> None:
    big = [f"packages/big{n}/f{k}.ts" for n in range(3) for k in range(9)]
    small = [f"packages/tiny{n:02}/f.ts" for n in range(60)]
    found = modules([*big, *small])
    assert len(found) == MAX_MODULES
    assert [each.name for each in found if each.kind is Kind.REST] == ["packages/ (others)"]
    assert {"packages/big0", "packages/big1", "packages/big2"} <= {each.name for each in found}


def test_many_files_in_one_folder_stay_one_module() -> None:
    assert names(*(f"lib/f{n}.lua" for n in range(200))) == ["lib"]


def drawn(*edges: str) -> Graph:
    """The graph of edges like "a>b 3": modules of one file each, and so many imports."""
    pairs = [(edge[0], edge[2], int(edge[4:] or 1)) for edge in edges]
    letters = sorted({letter for a, b, _ in pairs for letter in (a, b)})
    made = [Module(letter, Kind.FILE, (letter,)) for letter in letters]
    imports = [Dependency(a, n, (b,)) for a, b, count in pairs for n in range(count)]
    found = graph(made, imports)
    assert {pair: len(each) for pair, each in found.edges.items()} == {
        (letters.index(a), letters.index(b)): count for a, b, count in pairs
    }
    check_layers(found)
    return found


def check_layers(found: Graph) -> None:
    """Every module is in one layer, and each edge but those against leads further down."""
    level = {node: n for n, layer in enumerate(found.layers) for node in layer}
    assert sorted(level) == list(range(len(found.modules)))
    assert sum(map(len, found.layers)) == len(level)
    for pair in found.edges.keys() - set(found.against):
        assert level[pair[0]] < level[pair[1]]


def test_layers_are_by_the_longest_path() -> None:
    found = drawn("a>b", "b>c", "a>c", "d>c")
    assert found.layers == ((0,), (1, 3), (2,))
    assert found.circles == ()
    assert found.against == ()


def test_the_edge_with_fewer_imports_closes_a_circle() -> None:
    found = drawn("a>b 9", "b>a 2", "c>a")
    assert found.circles == ((0, 1),)
    assert found.against == ((1, 0),)
    assert found.layers == ((2,), (0,), (1,))


def test_a_long_circle_is_cut_at_its_weakest_edge() -> None:
    found = drawn("a>b 5", "b>c 5", "c>d 5", "d>a 1")
    assert found.circles == ((0, 1, 2, 3),)
    assert found.against == ((3, 0),)


def test_two_circles_are_two() -> None:
    found = drawn("a>b 3", "b>a 1", "b>c", "c>d 3", "d>c 1")
    assert found.circles == ((0, 1), (2, 3))
    assert found.against == ((1, 0), (3, 2))


def test_imports_within_a_module_are_no_edge() -> None:
    made = [Module("a", Kind.FOLDER, ("a/x", "a/y")), Module("b", Kind.FILE, ("b",))]
    found = graph(made, [Dependency("a/x", 0, ("a/y",)), Dependency("elsewhere", 0, ("b",))])
    assert found.edges == {}
    assert found.layers == ((0, 1),)


def test_a_statement_counts_once_for_a_package_of_several_files() -> None:
    made = [Module("a", Kind.FILE, ("a",)), Module("p", Kind.FOLDER, ("p/x", "p/y"))]
    found = graph(made, [Dependency("a", 0, ("p/x", "p/y"))])
    assert {pair: len(each) for pair, each in found.edges.items()} == {(0, 1): 1}


@pytest.mark.parametrize("size", [1, 2, 7, 20])
def test_a_complete_graph_has_layers_too(size: int) -> None:
    letters = "abcdefghijklmnopqrst"[:size]
    edges = [f"{a}>{b} {1 + (ord(a) * ord(b)) % 5}" for a in letters for b in letters if a != b]
    if not edges:
        return check_layers(graph([Module("a", Kind.FILE, ("a",))], []))
    found = drawn(*edges)
    # Of each pair of edges at least one must go, and one is enough.
    assert len(found.against) == size * (size - 1) // 2
    return None
