"""What the checks on whole files pass over, because code that has long worked is full of it.

Measured on flask, requests, httpx, seaborn, pytest, scrapy and Django: what is left are single
cases. Tests call and import wrongly on purpose, and would fail at once if it were not.
"""

from collections.abc import Iterator

from codeassist.base.findings import Finding
from codeassist.base.symbols import Import
from codeassist.checks.check import Review
from codeassist.checks.paths import is_test
from codeassist.index.found import Definition
from codeassist.languages import Imports, by_name
from codeassist.vfs.generated import HEAD_BYTES, is_generated

_SOURCE_FOLDERS = ("", "src", "lib", "python")
_STUB = b"NotImplemented"  # the error of that name too: what such a method takes, others decide


def is_own(review: Review, finding: Finding) -> bool:
    """Whether a finding is in code of the project's own that is no test."""
    path = finding.location.path
    document = review.head.document(path)
    if document is None or is_test(path):
        return False
    return not is_generated(path, document.data[:HEAD_BYTES])


def is_bound_to(review: Review, callee: Definition) -> bool:
    """Whether calls must fit a callable exactly: no stub, and arguments are counted at run time.

    Where they are not, code leaves arguments out without a mark that says so.
    """
    outline, document = review.head.outline(callee.path), review.head.document(callee.path)
    if outline is None or document is None or not by_name(outline.language).checked_arity:
        return False
    symbol = outline.symbols[callee.symbol]
    return _STUB not in document.data[symbol.body : symbol.end]


def is_reachable(review: Review, path: str, imported: Import) -> bool:
    """Whether an import surely means the module that the rules find for it.

    A Python package below some other folder ("tests/sphinx") may only be named like a library.
    """
    names = review.head_values.names
    outline = review.head.outline(path)
    if outline is None or by_name(outline.language).imports is not Imports.PYTHON:
        return True
    if imported.module.startswith("."):
        return True
    target = names.rules(path).resolve(path, imported)
    places = target.files or ((target.folder,) if target.folder else ())
    roots = {_root(place, imported.module) for place in places}
    if not places:  # the module is missing: its first part is what was found
        roots = set(_roots_of(review, imported.module.partition(".")[0]))
    return any(_is_searched(root, path) for root in roots)


def _root(place: str, module: str) -> str:
    """The folder below which a module has its name: "src" for `a.b` in src/a/b.py."""
    stem = place.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__")
    return stem.removesuffix(module.replace(".", "/")).rstrip("/")


def _roots_of(review: Review, package: str) -> Iterator[str]:
    """The folders that have a package of a name, or a module."""
    ends = (f"/{package}/__init__.py", f"/{package}.py")
    for path in review.head.paths:
        if f"/{path}".endswith(ends):
            yield _root(path, package)


def _is_searched(root: str, path: str) -> bool:
    """Whether Python may look for modules in a folder when it runs a file."""
    return root in _SOURCE_FOLDERS or path.startswith(f"{root}/")
