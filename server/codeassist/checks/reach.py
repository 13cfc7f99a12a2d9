"""Which files a file can reach through imports, its own and those of what it imports.

Says nothing of what a file does with the reached ones.
"""

from collections.abc import Collection

from codeassist.index.names import Names

MAX_FILES = 2000  # further files are taken to be reached: a bound on time, not an answer


class Reach:
    """Answers for one state of a repository; remembers each file's own imports."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._next: dict[str, frozenset[str]] = {}

    def touches(self, path: str, wanted: Collection[str]) -> bool:
        """Whether a file is one of some files, or a chain of imports leads from it to one."""
        seen, queue = {path}, [path]
        while queue:
            each = queue.pop()
            if each in wanted or len(seen) > MAX_FILES:
                return True
            fresh = self._imported(each) - seen
            seen |= fresh
            queue += fresh
        return False

    def _imported(self, path: str) -> frozenset[str]:
        if path not in self._next:
            rules, outline = self._names.rules(path), self._names.view.outline(path)
            found = set(rules.visible(path))
            for imported in outline.imports if outline else ():
                found.update(rules.resolve(path, imported).files)
            self._next[path] = frozenset(found)
        return self._next[path]
