"""pytest's fixtures: parameters that are injected by name.

Source: pytest's documentation, "Fixture availability": a test sees the fixtures of its class, its
module, the conftest.py of its folder and of the folders above, and those of plugins.
"""

from collections.abc import Iterator
from posixpath import basename, dirname, join

from codeassist.base.symbols import TOP
from codeassist.index.found import Definition, Local
from codeassist.index.names import Names

# The fixtures that pytest itself brings (`pytest --fixtures`).
BUILT_IN = frozenset(
    {
        "cache", "capfd", "capfdbinary", "caplog", "capsys", "capsysbinary", "capteesys",
        "doctest_namespace", "monkeypatch", "pytestconfig", "pytester", "record_property",
        "record_testsuite_property", "record_xml_attribute", "recwarn", "request", "subtests",
        "testdir", "tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory",
    }
)  # fmt: skip


def is_fixture(names: Names, function: Definition) -> bool:
    """Whether a function is decorated as a pytest fixture."""
    detail = names.view.detail(function.path)
    marks = detail.decorators.get(function.symbol, ()) if detail else ()
    return any(_is_fixture_mark(mark) for mark in marks)


def takes_fixtures(names: Names, path: str, scope: int) -> bool:
    """Whether pytest injects the parameters of the function at `scope`."""
    outline = names.view.outline(path)
    if outline is None or scope == TOP or outline.language != "python":
        return False
    is_test_file = basename(path).startswith(("test_", "conftest")) or path.endswith("_test.py")
    is_test = is_test_file and outline.symbols[scope].name.startswith("test")
    return is_test or is_fixture(names, Definition(path, scope))


def is_parametrized(names: Names, path: str, scope: int, name: str) -> bool:
    """Whether a decorator of the test, or of its class, gives a parameter by name."""
    outline, detail = names.view.outline(path), names.view.detail(path)
    while outline and detail and scope != TOP:
        marks = detail.decorators.get(scope, ())
        if any("parametrize" in mark and f"{name}" in mark for mark in marks):
            return True
        scope = outline.symbols[scope].parent
    return names.view.has_word(path, "pytestmark") or name in BUILT_IN


def fixture_of(names: Names, path: str, scope: int, name: str) -> Definition | None:
    """The fixture that pytest injects into a parameter, if this repository defines it."""
    if not takes_fixtures(names, path, scope):
        return None
    for place in fixture_places(path):
        for found in _named(names, place, path, scope, name):
            if found.symbol != scope or found.path != path:
                return found
    return None


def fixture_places(path: str) -> Iterator[str]:
    """The files whose fixtures the tests of a file see, nearest first."""
    yield path
    folder = dirname(path)
    while True:
        yield join(folder, "conftest.py")
        if not folder:
            return
        folder = dirname(folder)


def _named(names: Names, place: str, path: str, scope: int, name: str) -> Iterator[Definition]:
    outline = names.view.outline(place)
    if outline is None:
        return
    for index, symbol in enumerate(outline.symbols):
        own_class = place == path and symbol.parent == outline.symbols[scope].parent
        if symbol.name == name and (symbol.parent == TOP or own_class):
            found = Definition(place, index)
            if is_fixture(names, found):
                yield found
    imported = names.lookup(place, name)
    if isinstance(imported, Definition) and imported.path != place:
        if is_fixture(names, imported):
            yield imported
    elif isinstance(imported, Local):
        return


def _is_fixture_mark(mark: str) -> bool:
    return mark.partition("(")[0].rpartition(".")[2] in ("fixture", "yield_fixture")
