"""The documentation that a repository has already: a file's, its folder's, then some of the rest.

Reads; judges nothing. Bounded, since a repository may be large.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from posixpath import dirname

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, Parameter
from codeassist.context.roles import is_test
from codeassist.index.view import View
from codeassist.tasks.docs.existing import existing
from codeassist.tasks.docs.python_style import repository_style
from codeassist.tasks.docs.syntax import Source, source_of
from codeassist.vfs.generated import HEAD_BYTES, is_generated

ENOUGH = 12  # pieces of documentation, after which no wider circle is asked
FOLDER_FILES = 24
REPOSITORY_FILES = 48
_KINDS = CALLABLE_KINDS | CLASS_KINDS


@lru_cache(maxsize=1)
def samples_of(view: View) -> "Samples":
    """The samples of a view. Those of the last one are kept: a server asks for them again."""
    return Samples(view)


@dataclass(frozen=True, slots=True)
class Sample:
    """The documentation of one definition. `column` is its indentation in the source."""

    text: str
    kind: str
    name: str
    column: str
    parameters: tuple[Parameter, ...]
    has_result: bool


class Samples:
    """Reads samples of one view, each file once: a folder's files ask for the same ones."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._of: dict[str, list[Sample]] = {}
        self._alike: dict[str, dict[str, list[str]]] = {}

    @cached_property
    def usual_style(self) -> str:
        """Python's style that the repository uses most, "" for none."""
        return repository_style(self.view)

    def circles(self, path: str) -> Iterator[list[Sample]]:
        """The samples of a file, then those of its folder, then of files across the repository.

        Each circle is read only when it is asked for.
        """
        yield self._samples(path)
        folder = dirname(path)
        folders = self._folders(self.view.language(path) or "")
        near = [each for each in folders.get(folder, ()) if each != path]
        yield self._all(_spread(near, FOLDER_FILES))
        far = [p for name, paths in folders.items() if name != folder for p in paths]
        yield self._all(_spread([p for p in far if not is_test(p)], REPOSITORY_FILES))

    def _folders(self, language: str) -> Mapping[str, list[str]]:
        """The files of a language by folder, sorted."""
        if language not in self._alike:
            folders: dict[str, list[str]] = {}
            for path, (_, name) in sorted(self.view.paths.items()):
                if name == language:
                    folders.setdefault(dirname(path), []).append(path)
            self._alike[language] = folders
        return self._alike[language]

    def _samples(self, path: str) -> list[Sample]:
        if path not in self._of:
            self._of[path] = _read(self.view, path)
        return self._of[path]

    def _all(self, paths: list[str]) -> list[Sample]:
        return [sample for path in paths for sample in self._samples(path)]


def samples_in(source: Source) -> list[Sample]:
    """The samples of one file."""
    found: list[Sample] = []
    for index, symbol in enumerate(source.outline.symbols):
        if symbol.kind not in _KINDS:
            continue
        has = existing(source, index)
        if not has.is_doc:
            continue
        detail = source.detail
        found.append(
            Sample(
                has.text,
                symbol.kind,
                symbol.name,
                source.indent_at(has.start) or "",
                detail.parameters.get(index, ()),
                index in detail.returns or index in detail.results,
            )
        )
    return found


def _read(view: View, path: str) -> list[Sample]:
    document = view.document(path)
    if document is None or is_generated(path, document.data[:HEAD_BYTES]):
        return []
    source = source_of(view, path)
    return samples_in(source) if source else []


def _spread(paths: list[str], most: int) -> list[str]:
    """Evenly chosen paths, `most` of them at most."""
    return paths[:: max(1, -(-len(paths) // most))]
