"""A rope project in a temporary folder, with copies of the files that a name's meaning needs.

Rope reads files from disk. It gets them as the view has them (open buffers included), in a folder
of their own, without a configuration, its own folder, or this program's packages:
it looks at nothing else, runs nothing and writes nothing. Which file an import means it asks the
index: by itself it knows no `src` beside tests that are a package.
"""

import posixpath
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from codeassist.base.symbols import Import
from codeassist.index.view import View
from codeassist.languages import Imports
from codeassist.languages.scratch import folder as temporary_folder
from codeassist.tasks.refactor.action import Refused

MAX_FILES = 3_000  # of copies; what a name in a larger closure means takes rope minutes


@contextmanager
def scratch(view: View, paths: Collection[str]) -> Iterator[Any]:
    """A rope project with these files and all that they import. Raises Refused for too many."""
    needed = _closure(view, paths)
    with temporary_folder() as root:
        for path in needed:
            document = view.document(path)
            if document is not None and not document.lossy:
                file = root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(document.data.replace(b"\r\n", b"\n"))
        project = _project(view, str(root))
        try:
            yield project
        finally:
            project.close()


def _closure(view: View, paths: Collection[str]) -> set[str]:
    """The files, what they import, and so on, and the packages that they are in."""
    rules = view.families.rules(Imports.PYTHON)
    found: set[str] = set()
    waiting = [path for path in paths if view.language(path) == "python"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if len(found) > MAX_FILES:
            raise Refused(f"more than {MAX_FILES} files would have to be looked at")
        outline = view.outline(path)
        for row in outline.imports if outline else ():
            target = rules.resolve(path, row)
            waiting += [each for each in target.files if view.language(each) == "python"]
            inner = f"{target.folder}/{row.name}.py" if target.folder and row.name else ""
            waiting += [inner] if inner in view else []
        folder = path.rpartition("/")[0]
        while folder:
            package = f"{folder}/__init__.py"
            waiting += [package] if package in view and package not in found else []
            folder = folder.rpartition("/")[0]
    return found


def _module(view: View, folder: str, name: str) -> str | None:
    """The path of the module or package that an absolute import in a folder means."""
    row = Import(name, None, None, 0, 0)
    target = view.families.rules(Imports.PYTHON).resolve(posixpath.join(folder, "_.py"), row)
    if target.folder is not None:
        return target.folder
    return target.files[0] if target.files else None


def _project(view: View, root: str) -> Any:  # noqa: ANN401 (rope has no types)
    from rope.base.exceptions import ResourceNotFoundError  # type: ignore[import-untyped]
    from rope.base.fscommands import FileSystemCommands  # type: ignore[import-untyped]
    from rope.base.prefs import Prefs  # type: ignore[import-untyped]
    from rope.base.project import Project  # type: ignore[import-untyped]

    class _Closed(Project):  # type: ignore[misc]
        """A project that reads no configuration, and looks for modules nowhere else."""

        def _init_prefs(self, _: object) -> None:
            self.prefs = Prefs()
            self.prefs.set("automatic_soa", False)
            self.prefs.set("perform_doa", False)
            self.prefs.set("import_dynload_stdmods", False)
            self.prefs.set("ignore_syntax_errors", True)
            self.ignored.set_patterns([])
            self._init_other_parts()

        def _init_source_folders(self) -> None:
            """None are set; rope's own method warns of itself."""

        def find_module(self, modname: str, folder: Any = None) -> Any:  # noqa: ANN401
            """The file or the folder of a module of the view; None for others and for stubs."""
            path = _module(view, folder.path if folder is not None else "", modname)
            if path is None or path.endswith(".pyi"):
                return None
            try:
                return self.get_resource(path)
            except ResourceNotFoundError:
                return None

    return _Closed(root, fscommands=FileSystemCommands(), ropefolder=None)
