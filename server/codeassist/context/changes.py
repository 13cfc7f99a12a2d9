"""The history as an index: which files changed together with which, for one view.

A path of the past that is gone stands for the file that it probably became: the one whose path
ends alike. So history goes on through moves without asking git for renames.
"""

from collections.abc import Iterable
from math import exp, sqrt
from posixpath import basename

from codeassist.context.pieces import History
from codeassist.index.view import View

MEMORY = 800  # commits after which a change counts a third
HEAT_MEMORY = 300  # the same for how often a file changes at all
# Base names that every folder has: a gone one cannot be told from the path's last part alone.
ANONYMOUS = frozenset({"__init__.py", "index.ts", "index.tsx", "index.js", "mod.rs", "lib.rs"})


class Changes:
    """A history seen from one view."""

    def __init__(self, history: History, view: View) -> None:
        self.history, self.view = history, view
        self._named: dict[str, list[str]] = {}
        for path in view.paths:
            self._named.setdefault(basename(path), []).append(path)
        self._became: dict[str, str | None] = {}
        self._commits: list[tuple[str, ...]] = []
        self._touching: dict[str, list[int]] = {}
        self.heat: dict[str, float] = {}
        for age, commit in enumerate(history.commits):
            now = tuple(dict.fromkeys(p for p in map(self._now, commit) if p is not None))
            self._commits.append(now)
            warm = exp(-age / HEAT_MEMORY) / max(1, len(commit)) ** 0.5
            for path in now:
                self._touching.setdefault(path, []).append(age)
                self.heat[path] = self.heat.get(path, 0.0) + warm

    @classmethod
    def of(cls, last: "Changes | None", history: History, view: View) -> "Changes":
        """The changes of a history and a view; the last ones if they still hold."""
        if (
            last is not None
            and last.history is history
            and last.view.paths.keys() == (view.paths.keys())
        ):
            return last
        return cls(history, view)

    def together(self, path: str) -> dict[str, float]:
        """Files that changed with a file: more for recent and for small commits."""
        found: dict[str, float] = {}
        for age in self._touching.get(path, ()):
            size = len(self.history.commits[age])
            weight = exp(-age / MEMORY) / max(1, size - 1) ** 0.5
            for other in self._commits[age]:
                if other != path:
                    found[other] = found.get(other, 0.0) + weight
        return found

    def total(self, path: str) -> float:
        """How much a file changed, in the same measure as `together`."""
        ages = self._touching.get(path, ())
        sizes: Iterable[int] = (len(self.history.commits[age]) for age in ages)
        weights = (exp(-age / MEMORY) / sqrt(n) for age, n in zip(ages, sizes, strict=True))
        return sum(weights)

    def _now(self, path: str) -> str | None:
        if path in self.view:
            return path
        if path not in self._became:
            self._became[path] = self._heir(path)
        return self._became[path]

    def _heir(self, path: str) -> str | None:
        """The only file whose path ends like a gone one's, by at least two parts or a rare name."""
        name = basename(path)
        heirs = self._named.get(name, [])
        ends = sorted(((_common_end(path, other), other) for other in heirs), reverse=True)
        if not ends or (len(ends) > 1 and ends[0][0] == ends[1][0]):
            return None
        alone = len(ends) == 1 and name not in ANONYMOUS
        return ends[0][1] if ends[0][0] > 1 or alone else None


def _common_end(one: str, other: str) -> int:
    length = 0
    for a, b in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if a != b:
            break
        length += 1
    return length
