"""Which changed files belong together: that import each other, or share names that few others have.

Names count by how few changed files have them. What cannot be indexed (configuration, texts) is
related by the words of its changed lines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, splitext

from codeassist.base.changes import FileChange
from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS
from codeassist.checks.check import Review
from codeassist.context.links import Links

# Files that are compared with each other; more do not fit into the requests of one review.
MOST_FILES = 150
MOST_NAMES = 40  # definitions of a file, those of changed lines first
IMPORTS = 1.0  # the weight of an import, as much as a name that no other file has
SAME_STEM = 0.5  # a test and what it is named after
# Names of files that say nothing of what is in them.
_COMMON_STEMS = frozenset(
    {"__init__", "index", "main", "mod", "lib", "setup", "conftest", "readme"}
)
_WORD = re.compile(r"[A-Za-z_]\w{2,}")
_TEST_WORDS = re.compile(r"^(?:test_|tests_)|(?:[._-](?:tests?|spec)|Tests?|Spec)$")


@dataclass(frozen=True)
class Relations:
    """How much the changed files of a review have to do with each other."""

    review: Review

    def between(self, one: str, other: str) -> float:
        """How much two changed files are related: 0 for not at all, symmetric."""
        return self._weights.get((min(one, other), max(one, other)), 0.0)

    @cached_property
    def _weights(self) -> Mapping[tuple[str, str], float]:
        changes = [change for change in self.review.diff.files if change.new_path]
        changes = changes[:MOST_FILES]
        paths = {change.path for change in changes}
        links = Links(self.review.head)
        weights: dict[tuple[str, str], float] = {}

        def add(one: str, other: str, weight: float) -> None:
            key = (min(one, other), max(one, other))
            weights[key] = weights.get(key, 0.0) + weight

        users = self._users(changes)
        for change in changes:
            self.review.token.check()
            for target in links.imported(change.path) & paths:
                add(change.path, target, IMPORTS)
            for name in _defined(self.review, change):
                others = users.get(name, frozenset()) - {change.path}
                for other in others:
                    add(change.path, other, 1 / len(others))
        for one, other in _of_one_stem(sorted(paths)):
            add(one, other, SAME_STEM)
        return weights

    def _users(self, changes: Sequence[FileChange]) -> Mapping[str, frozenset[str]]:
        """The changed files in which a word stands."""
        found: dict[str, set[str]] = {}
        for change in changes:
            words = set(self.review.head.words(change.path).decode("utf-8", "replace").split())
            for hunk in change.hunks:
                words.update(word for line in hunk.lines for word in _WORD.findall(line.text))
            for word in words:
                found.setdefault(word, set()).add(change.path)
        return {word: frozenset(paths) for word, paths in found.items() if len(paths) > 1}


def _defined(review: Review, change: FileChange) -> list[str]:
    """Names of what a changed file defines, those on changed lines first."""
    outline, document = review.head.outline(change.path), review.head.document(change.path)
    if outline is None or document is None:
        return []
    added = review.added.get(change.path, frozenset())
    found: dict[str, bool] = {}
    for symbol in outline.symbols:
        if symbol.kind in CALLABLE_KINDS | CLASS_KINDS and len(symbol.name) > 2:
            is_near = document.lines.line_of(symbol.start) in added
            found[symbol.name] = found.get(symbol.name, False) or is_near
    return sorted(found, key=lambda name: not found[name])[:MOST_NAMES]


def _of_one_stem(paths: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of files that have one name but for a test's marks."""
    by_stem: dict[str, list[str]] = {}
    for path in paths:
        stem = _TEST_WORDS.sub("", splitext(basename(path))[0]).lower()
        if stem not in _COMMON_STEMS:
            by_stem.setdefault(stem, []).append(path)
    return [
        (group[at], other)
        for group in by_stem.values()
        for at in range(len(group))
        for other in group[at + 1 :]
    ]
