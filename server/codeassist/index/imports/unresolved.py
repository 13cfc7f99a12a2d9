"""The family of languages whose imports cannot be told from text: everything is elsewhere."""

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target


class NoImports:
    """Resolves nothing, so that every check that needs a resolved name stays silent."""

    opaque_words = frozenset[str]()

    def __init__(self, files: FileSet) -> None:
        self._files = files

    def resolve(self, importer: str, imported: Import) -> Target:
        """Always elsewhere."""
        return EXTERNAL

    def bound_name(self, imported: Import) -> str:
        """The text itself, which no use can equal when it has a separator in it."""
        return imported.module

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing."""
        return ()
