"""Trees of files inside git: a commit's, and the staging area's."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

from codeassist.base.files import Entry, Skipped, size_reason
from codeassist.git.command import lacking
from codeassist.git.objects import ObjectReader, object_sizes
from codeassist.git.repository import Repository

_LEFT_OUT = {"160000": "submodule", "120000": "symbolic link"}
_UNKNOWN_SIZE = -1  # of an object that git does not have


class _Row(NamedTuple):
    """An entry as git lists it. `reason` is why it is skipped whatever it is, "" if it is not."""

    path: str
    mode: str
    key: str
    size: int
    reason: str = ""


class _GitTree(ABC):
    """What both trees share: entries with blob ids as keys, read through one process."""

    def __init__(self, repository: Repository, label: str) -> None:
        self._repository = repository
        self._label = label
        self._reader = ObjectReader(repository.git)
        self._listing: tuple[tuple[Entry, ...], tuple[Skipped, ...]] | None = None
        self._keys: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def label(self) -> str:
        """What people call this state."""
        return self._label

    def entries(self) -> Iterator[Entry]:
        """All regular files that are small enough. Raises RepositoryError if git fails."""
        return iter(self._listed()[0])

    def read(self, path: str) -> bytes:
        """A file's raw bytes, also of one that was skipped for its size.

        Raises OSError if there is no such file, or the repository lacks its content.
        """
        self._listed()
        key = self._keys.get(path)
        if key is None:
            raise FileNotFoundError(f"{path} is not in {self._label}")
        return self._reader.read(key)

    def skipped(self) -> tuple[Skipped, ...]:
        """What `entries` passes over, each with the reason."""
        return self._listed()[1]

    def close(self) -> None:
        """End the process that reads; the tree cannot be read any more."""
        self._reader.close()

    @abstractmethod
    def _rows(self) -> Iterable[_Row]:
        """What git lists."""

    def _listed(self) -> tuple[tuple[Entry, ...], tuple[Skipped, ...]]:
        # Two threads may both list; they come to the same result.
        if self._listing is None:
            self._listing = self._sorted_out()
        return self._listing

    def _sorted_out(self) -> tuple[tuple[Entry, ...], tuple[Skipped, ...]]:
        entries: list[Entry] = []
        skipped: list[Skipped] = []
        for path, mode, key, size, fixed_reason in self._rows():
            reason = fixed_reason or _LEFT_OUT.get(mode)
            if reason is None and size == _UNKNOWN_SIZE:
                raise lacking(f"the content of {path}")
            if reason is None:
                self._keys[path] = key
                reason = size_reason(size)
            if reason is None:
                entries.append(Entry(path, size, key))
            else:
                skipped.append(Skipped(path, reason))
        return tuple(entries), tuple(skipped)


class RevisionTree(_GitTree):
    """A commit's files. `sha` is a full id. Close it, or use it in `with`."""

    def __init__(self, repository: Repository, sha: str, label: str | None = None) -> None:
        super().__init__(repository, label or sha[:10])
        self._sha = sha

    def _rows(self) -> Iterator[_Row]:
        listed = self._repository.git.run("ls-tree", "-r", "-z", "-l", "--full-tree", self._sha)
        for record in _records(listed):
            about, path = record.split("\t", 1)
            mode, _, key, size = about.split()
            yield _Row(path, mode, key, int(size) if size.isdigit() else _UNKNOWN_SIZE)


class StagedTree(_GitTree):
    """The staging area's files. Close it, or use it in `with`."""

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository, "staged")

    def _rows(self) -> Iterator[_Row]:
        listed = self._repository.git.run("ls-files", "--stage", "-z")
        found: dict[str, tuple[str, str, str]] = {}
        for record in _records(listed):
            about, path = record.split("\t", 1)
            mode, key, stage = about.split()
            found[path] = mode, key, stage
        keys = [key for mode, key, _ in found.values() if mode not in _LEFT_OUT]
        sizes = object_sizes(self._repository.git, keys)
        for path, (mode, key, stage) in found.items():
            reason = "" if stage == "0" else "unresolved merge conflict"
            yield _Row(path, mode, key, sizes.get(key, _UNKNOWN_SIZE), reason)


def _records(output: bytes) -> list[str]:
    return [record for record in output.decode("utf-8", "surrogateescape").split("\0") if record]
