"""The languages: one table row and one query file each, the parser, and the query loader.

Knows grammars and captures. Does not know the store, the graph, or what a check does with a name.

The capture vocabulary of `queries/<language>.scm` is described in queries/README.md.
"""

from codeassist.languages.table import (
    LANGUAGES,
    Imports,
    Language,
    by_editor_id,
    by_name,
    for_path,
)

__all__ = ["LANGUAGES", "Imports", "Language", "by_editor_id", "by_name", "for_path"]
