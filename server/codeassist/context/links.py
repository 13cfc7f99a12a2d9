"""Which files import which in one view; re-exports are followed to where a name is defined."""

from posixpath import basename, dirname, splitext

from codeassist.index.found import Definition, Module
from codeassist.index.names import Names
from codeassist.index.view import View

MAX_IMPORTERS = 300  # files that are asked whether they import the focus


class Links:
    """Imports of one view; answers are remembered."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._names = Names(view)
        self._targets: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, last: "Links | None", view: View) -> "Links":
        """The links of a view; the last ones if they are of the same view."""
        return last if last is not None and last.view is view else cls(view)

    def imported(self, path: str) -> frozenset[str]:
        """The files that a file's imports lead to."""
        if path not in self._targets:
            self._targets[path] = self._imported(path)
        return self._targets[path]

    def importers(self, path: str) -> list[str]:
        """The files that import a file, sorted."""
        stem = splitext(basename(path))[0]
        words = {stem, basename(dirname(path)), basename(dirname(dirname(path)))} - {""}
        asked = sorted({other for word in words for other in self.view.with_word(word)})
        return [each for each in asked[:MAX_IMPORTERS] if path in self.imported(each)]

    def around(self, path: str) -> list[str]:
        """The files that a file imports, then those that import it."""
        return [*sorted(self.imported(path)), *self.importers(path)]

    def _imported(self, path: str) -> frozenset[str]:
        outline = self.view.outline(path)
        found: set[str] = set()
        for each in outline.imports if outline is not None else ():
            target = self._names.imported(path, each)
            if isinstance(target, Definition):
                found.add(target.path)
            elif isinstance(target, Module):
                found.update(target.target.files)
            else:
                found.update(self._names.rules(path).resolve(path, each).files)
        return frozenset(each for each in found if each != path and each in self.view)
