"""CA101's imports that the import rules leave open: the removed definition was all that there was.

A rule says "perhaps elsewhere" of a class that a generator may write, or of a package of which no
file is left. Where the base had the very definition in this repository and the diff takes it away,
elsewhere is out of the question, unless the diff also changes what the build fetches.
"""

from dataclasses import replace
from posixpath import basename

from codeassist.base.symbols import Import
from codeassist.checks.check import Review
from codeassist.checks.uses import Stale
from codeassist.index.found import MISSING
from codeassist.index.imports import EXTERNAL
from codeassist.languages import Imports, by_name

# Files that say what a build on the JVM fetches: vendored classes may have become a dependency.
_FETCHES = (
    "pom.xml", "build.xml", "ivy.xml", "build.sbt", "build.sc", "WORKSPACE", "MODULE.bazel",
    "BUILD", "BUILD.bazel",
)  # fmt: skip
_FETCHES_SUFFIXES = (".gradle", ".gradle.kts", ".versions.toml", ".bzl", ".lockfile")


def is_vanished(review: Review, stale: Stale) -> bool:
    """Whether an import whose target the base had here finds nothing in the new state."""
    if stale.imported is None or stale.imported.name in (None, "*"):
        return False
    names = review.head_values.names
    target = names.rules(stale.path).resolve(stale.path, stale.imported)
    if target.open:
        closed = replace(target, open=False)
        return names.member(closed, stale.imported.name or "") is MISSING
    return target == EXTERNAL and _is_of_lost_package(review, stale.path, stale.imported)


def _is_of_lost_package(review: Review, path: str, imported: Import) -> bool:
    """Whether an import names a package of the JVM that only the base had."""
    language = by_name(review.head.language(path) or "python")
    return language.imports is Imports.JVM and not any(
        basename(changed).endswith(_FETCHES_SUFFIXES) or basename(changed) in _FETCHES
        for changed in (*review.changes, *review.old_path.values())
    )
