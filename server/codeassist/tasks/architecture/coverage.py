"""Where the tests of a repository are, and which modules they import.

Goes by names and imports: whether a test tests anything is not known.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname

from codeassist.context.roles import is_test
from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.tasks.architecture.dependencies import Dependency
from codeassist.tasks.architecture.graph import Graph


@dataclass(frozen=True, slots=True)
class TestFolder:
    """Tests in a folder: how many files, and how many of them see which module, most first."""

    folder: str
    files: tuple[str, ...]
    covers: tuple[tuple[int, int], ...]


def coverage(
    view: View, tests: Iterable[str], drawn: Graph, inside: Iterable[Dependency]
) -> tuple[tuple[TestFolder, ...], tuple[int, ...]]:
    """The folders of some tests with what they see, and the modules that none sees.

    A test sees what it imports, and its package where the language needs no import for that.
    """
    number_of = {path: n for n, each in enumerate(drawn.modules) for path in each.files}
    covered = {
        path: {number_of[other] for other in _seen(view, path) if other in number_of}
        for path in sorted(tests)
    }
    for each in inside:
        if each.importer in covered:
            covered[each.importer].update(number_of[p] for p in each.targets if p in number_of)
    folders: dict[str, list[str]] = {}
    for path in covered:
        folders.setdefault(_test_folder(path), []).append(path)
    rows = []
    for folder, files in folders.items():
        tally = Counter(module for path in files for module in covered[path])
        covers = sorted(tally.items(), key=lambda row: (-row[1], row[0]))
        rows.append(TestFolder(folder, tuple(files), tuple(covers)))
    reached = set().union(*covered.values())
    left = tuple(n for n in range(len(drawn.modules)) if n not in reached) if covered else ()
    rows.sort(key=lambda row: (-len(row.files), row.folder))
    return tuple(rows), left


def _test_folder(path: str) -> str:
    """The uppermost folder of a test that is one of tests; its own where its name alone tells."""
    parts = dirname(path).split("/") if dirname(path) else []
    for length in range(1, len(parts) + 1):
        folder = "/".join(parts[:length])
        if is_test(f"{folder}/x"):
            return folder
    return dirname(path)


def _seen(view: View, path: str) -> tuple[str, ...]:
    """The files that a file sees without an import."""
    language = view.language(path)
    return view.families.rules(by_name(language).imports).visible(path) if language else ()
