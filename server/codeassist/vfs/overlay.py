"""A tree with some files replaced, added or taken away: open buffers, or a patch."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from codeassist.base.files import Entry, Skipped, Tree, size_reason


class OverlayTree:
    """`base` with the content of `replaced` instead of its own; None takes a file away."""

    def __init__(self, base: Tree, label: str, replaced: Mapping[str, bytes | None]) -> None:
        self._base = base
        self._label = label
        self._replaced = dict(replaced)

    @property
    def label(self) -> str:
        """What people call this state."""
        return self._label

    def entries(self) -> Iterator[Entry]:
        """The base's entries in their order, then the added ones by path."""
        pending = dict(sorted(self._replaced.items()))
        for entry in self._base.entries():
            if entry.path not in self._replaced:
                yield entry
                continue
            # A path comes once, so that an unmerged or doubled one is not replaced twice.
            content = pending.pop(entry.path, None)
            if content is not None and size_reason(len(content)) is None:
                yield _entry(entry.path, content)
        for path, content in pending.items():
            if content is not None and size_reason(len(content)) is None:
                yield _entry(path, content)

    def read(self, path: str) -> bytes:
        """A file's raw bytes. Raises OSError when it was taken away, or as the base does."""
        if path not in self._replaced:
            return self._base.read(path)
        content = self._replaced[path]
        if content is None:
            raise FileNotFoundError(f"{path} is not in {self._label}")
        return content

    def skipped(self) -> tuple[Skipped, ...]:
        """What the base passed over and nothing replaced, and replacements that are too large."""
        kept = [item for item in self._base.skipped() if item.path not in self._replaced]
        for path, content in sorted(self._replaced.items()):
            reason = None if content is None else size_reason(len(content))
            if reason is not None:
                kept.append(Skipped(path, reason))
        return tuple(kept)


def _entry(path: str, content: bytes) -> Entry:
    """An entry without a key: the content is in no repository. The stamp is its hash."""
    return Entry(
        path, len(content), None, f"content-{blake2b(content, digest_size=16).hexdigest()}"
    )
