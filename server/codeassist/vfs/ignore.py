"""Ignore files in gitignore syntax, nested as git nests them, matched by pathspec.

Knows rules and paths; reads no disk. `walk` uses it for `.gitignore`, every tree for
`.codeassistignore`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from codeassist.base.files import Entry, Skipped, Tree

if TYPE_CHECKING:
    from pathspec import Pattern

IGNORE_FILE = ".codeassistignore"
_BELOW_FOLDER = "ps_d"  # pathspec's group for the slash after a folder that a pattern matched
_TRAILING_SPACES = re.compile(r"(?<!\\) +$")


class _Rule(NamedTuple):
    """One line of an ignore file. `pattern` is the line without the slash at its end."""

    pattern: "Pattern"
    ignores: bool
    folders_only: bool


class IgnoreRules:
    """The rules of ignore files in a tree of folders; the deepest file with an opinion decides.

    As git does, each folder on the way to a file is decided on its own, and the last line that
    matches the folder itself counts. (pathspec's own specs look at whole paths, and so take a line
    "!src/" for a verdict on all that is below "src".)
    """

    def __init__(self) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._folders: dict[str, bool] = {"": False}

    def add(self, folder: str, text: str) -> None:
        """Take an ignore file's text. `folder` is where it lies, "" for the root.

        Of two files in one folder the later one has the last word. Lines that mean nothing are
        passed over.
        """
        # Not `splitlines`: a pattern may hold any of the characters that it splits at but these.
        rules = [_rule(line) for line in text.replace("\r\n", "\n").split("\n")]
        self._rules.setdefault(folder, []).extend(rule for rule in rules if rule is not None)
        self._folders = {"": False}

    def ignores(self, path: str) -> bool:
        """Whether a file is ignored, by itself or with a folder around it."""
        if not self._rules:
            return False
        return self.ignores_folder(path.rpartition("/")[0]) or self._decide(path, False)

    def ignores_folder(self, folder: str) -> bool:
        """Whether a folder is ignored with all that is in it, which no rule can bring back."""
        known = self._folders.get(folder)
        if known is None:
            parent = folder.rpartition("/")[0]
            known = self.ignores_folder(parent) or self._decide(folder, True)
            self._folders[folder] = known
        return known

    def _decide(self, path: str, is_folder: bool) -> bool:
        for folder, start in _folders_above(path):
            inner = path[start:]
            for rule in reversed(self._rules.get(folder, ())):
                if (is_folder or not rule.folders_only) and _matches(rule.pattern, inner):
                    return rule.ignores
        return False


def _rule(line: str) -> _Rule | None:
    # Spaces at the end mean nothing unless the first is escaped.
    text = _TRAILING_SPACES.sub("", line)
    core = text.removesuffix("/")
    from pathspec import GitIgnoreSpec  # its import takes 0.1 s, and most trees need none

    try:
        (pattern,) = GitIgnoreSpec.from_lines([core]).patterns
    except (ValueError, re.error):
        return None
    if pattern.include is None:  # a comment or an empty line
        return None
    return _Rule(pattern, pattern.include, folders_only=core != text)


def _matches(pattern: "Pattern", path: str) -> bool:
    """Whether a pattern matches the path itself, and not only a folder around it."""
    result = pattern.match_file(path)
    return result is not None and result.match.groupdict().get(_BELOW_FOLDER) is None


def _folders_above(path: str) -> Iterator[tuple[str, int]]:
    """(folder, where the rest of the path begins), from the deepest folder to the root."""
    end = path.rstrip("/").rfind("/")
    while end != -1:
        yield path[:end], end + 1
        end = path.rfind("/", 0, end)
    yield "", 0


def load_rules(tree: Tree, paths: Iterable[str], name: str = IGNORE_FILE) -> IgnoreRules:
    """The rules of all files called `name` among a tree's paths; one that is gone has none."""
    rules = IgnoreRules()
    for path in sorted(path for path in paths if path == name or path.endswith("/" + name)):
        try:
            text = tree.read(path).decode("utf-8", "replace")
        except OSError:
            continue
        rules.add(path.rpartition("/")[0], text)
    return rules


class IgnoringTree:
    """A tree without the files that rules ignore. What is ignored on purpose is not "skipped"."""

    def __init__(self, base: Tree, rules: IgnoreRules, listed: Iterable[Entry]) -> None:
        """`listed` are the base's entries: listing a work tree asks git and every file."""
        self._base = base
        self._rules = rules
        self._listed = tuple(listed)

    @property
    def label(self) -> str:
        """What people call the tree."""
        return self._base.label

    def entries(self) -> Iterator[Entry]:
        """The tree's entries that no rule ignores."""
        ignores = self._rules.ignores
        return (entry for entry in self._listed if not ignores(entry.path))

    def read(self, path: str) -> bytes:
        """A file's raw bytes, whether it is ignored or not. Raises OSError."""
        return self._base.read(path)

    def skipped(self) -> tuple[Skipped, ...]:
        """What the tree passed over, without what is ignored anyway."""
        return tuple(item for item in self._base.skipped() if not self._rules.ignores(item.path))
