"""Where a program starts: declared commands, main functions, and files that tools start from."""

import re
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname

from codeassist.base.symbols import TOP
from codeassist.index.view import View
from codeassist.tasks.architecture.manifests import Entry, declared

# Files of the tools that build or start a program; only linked to.
TOOL_FILES = (
    "Makefile", "justfile", "Taskfile.yml", "Dockerfile", "Containerfile", "docker-compose.yml",
    "docker-compose.yaml", "compose.yaml", "compose.yml", "Procfile", "manage.py",
)  # fmt: skip
_PYTHON_MAIN = re.compile(rb"^if\s+\(?__name__\s*==\s*['\"]__main__['\"]", re.MULTILINE)
_GO_MAIN = re.compile(rb"^package\s+main\b", re.MULTILINE)
_STATIC_MAIN = re.compile(rb"\bstatic\b[^;{}()]*\Z")
_RUST_MAIN = re.compile(r"(?:^|/)src/(?:main\.rs|bin/[^/]+\.rs|bin/[^/]+/main\.rs)$")


def entries(view: View, paths: Iterable[str]) -> list[Entry]:
    """The ways into a program of some files; declared commands first."""
    own = {path: None for path in sorted(paths) if path in view}
    folders = {""}
    for path in own:
        folder = dirname(path)
        while folder not in folders:
            folders.add(folder)
            folder = dirname(folder)
    named = [each for each in declared(view) if dirname(each.declared[0]) in folders]
    named = [each for each in named if each.path in own]
    mains = (found for path in own for found in _mains(view, path))
    return [*sorted(set(named)), *sorted(mains, key=lambda each: (each.path, each.line))]


def tool_files(view: View, folder: str = "") -> list[str]:
    """The files of tools in a folder, and in the folders just below it."""
    depth = folder.count("/") + 1 if folder else 0
    found = (path for name in TOOL_FILES for path in view.file_set.named(name))
    prefix = f"{folder}/" if folder else ""
    return sorted(
        path for path in found if path.startswith(prefix) and path.count("/") <= depth + 1
    )


def _mains(view: View, path: str) -> Iterator[Entry]:
    """The main functions that a file has by the rules of its language."""
    language = view.language(path)
    if language == "python":
        if view.has_word(path, "__main__") or basename(path) == "__main__.py":
            yield from _python_main(view, path)
        return
    if not (view.has_word(path, "main") or view.has_word(path, "Main")):
        return
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return
    for symbol in outline.symbols:
        if symbol.name not in ("main", "Main"):
            continue
        at_top = symbol.parent == TOP and symbol.name == "main"
        head = document.data[symbol.start : symbol.name_start]
        if (
            (language == "go" and at_top and _GO_MAIN.search(document.data))
            or (language == "rust" and at_top and _RUST_MAIN.search(path))
            or (language in ("c", "cpp", "kotlin") and at_top and symbol.kind == "function")
            or (language == "java" and _STATIC_MAIN.search(head) and symbol.name == "main")
            or (language == "csharp" and _STATIC_MAIN.search(head) and symbol.name == "Main")
        ):
            line = document.lines.line_of(symbol.name_start) + 1
            yield Entry("main function", _main_name(path), path, line)
            return


def _python_main(view: View, path: str) -> Iterator[Entry]:
    document = view.document(path)
    if document is None:
        return
    match = _PYTHON_MAIN.search(document.data)
    if basename(path) == "__main__.py":
        folder = dirname(path)
        yield Entry("module", f"python -m {folder.rpartition('/')[2] or '.'}", path)
    elif match:
        line = document.lines.line_of(match.start()) + 1
        yield Entry("script", basename(path), path, line)


def _main_name(path: str) -> str:
    name = basename(path)
    return basename(dirname(path)) or name if name in ("main.go", "main.rs") else name
