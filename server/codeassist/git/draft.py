"""A file's change while its lines are still coming in, and what they add up to."""

import re
from dataclasses import dataclass, field

from codeassist.base.changes import ChangeKind, FileChange, Hunk
from codeassist.git.hunks import RawHunk
from codeassist.git.names import NULL_NAME, checked_path, git_path, header_name, plain_path, unquote

# A diff larger than the largest file that is indexed shows generated data, not code.
MAX_FILE_DIFF_BYTES = 1 << 20
EXTENDED_HEADERS = (
    b"old mode", b"new mode", b"deleted file mode", b"new file mode", b"copy from", b"copy to",
    b"rename from", b"rename to", b"similarity index", b"dissimilarity index", b"index",
)  # fmt: skip
SUBMODULE_MODE = "160000"
SYMLINK_MODE = "120000"
_INDEX_MODE = re.compile(rb" (\d{6})$")
_SUBPROJECT = re.compile(rb"[-+ ]Subproject commit ([0-9a-f]{7,64})(?:-dirty)?\r?$")


@dataclass
class Draft:
    """What is known of a file's change so far. `line` is where its header begins, 1-based."""

    line: int
    git_names: bytes | None = None
    binary: bool = False
    submodule: bool = False
    headers: dict[bytes, bytes] = field(default_factory=dict)
    hunks: list[Hunk] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    size: int = 0
    _old_name: bytes | None = None
    _new_name: bytes | None = None

    @property
    def named(self) -> bool:
        """Whether its `---` and `+++` lines were read."""
        return self._new_name is not None

    def name(self, old: bytes, new: bytes) -> None:
        """Take what follows `--- ` and `+++ `."""
        self._old_name, self._new_name = header_name(old), header_name(new)

    def add(self, hunk: RawHunk) -> None:
        """Take a hunk; past the size limit all hunks are dropped and only the size is kept."""
        self.size += hunk.size
        for line in hunk.lines:
            match = _SUBPROJECT.match(line)
            if match is None:
                break
            self.commits.append(match.group(1)[:10].decode())
        if self.size > MAX_FILE_DIFF_BYTES:
            self.hunks.clear()
        else:
            self.hunks.append(hunk.parsed())

    def change(self) -> FileChange:
        """The finished change. Raises DiffError for paths outside the repository."""
        old_mode, new_mode = self._modes()
        submodule = self._is_submodule(old_mode, new_mode)
        old, new = self._paths()
        return FileChange(
            kind=self._kind(old_mode, new_mode),
            old_path=old,
            new_path=new,
            hunks=() if submodule else tuple(self.hunks),
            binary=self.binary,
            submodule=submodule,
            old_mode=old_mode,
            new_mode=new_mode,
            note=self._note(submodule, old_mode, new_mode),
            too_large=self.size > MAX_FILE_DIFF_BYTES,
        )

    def _is_submodule(self, old_mode: str | None, new_mode: str | None) -> bool:
        if old_mode or new_mode or self.submodule:
            return self.submodule or SUBMODULE_MODE in (old_mode, new_mode)
        # A patch without modes shows a submodule by its content alone.
        lines = sum(len(hunk.lines) for hunk in self.hunks)
        return 0 < lines == len(self.commits)

    def _modes(self) -> tuple[str | None, str | None]:
        headers = self.headers
        match = _INDEX_MODE.search(headers.get(b"index", b""))
        both = match.group(1) if match else None
        old = headers.get(b"old mode") or headers.get(b"deleted file mode") or both
        new = headers.get(b"new mode") or headers.get(b"new file mode") or both
        return _text(old), _text(new)

    def _is_added(self) -> bool:
        return b"new file mode" in self.headers or self._old_name == NULL_NAME

    def _is_deleted(self) -> bool:
        return b"deleted file mode" in self.headers or self._new_name == NULL_NAME

    def _kind(self, old_mode: str | None, new_mode: str | None) -> ChangeKind:
        if self._is_added():
            return ChangeKind.ADDED
        if self._is_deleted():
            return ChangeKind.DELETED
        if b"rename to" in self.headers:
            return ChangeKind.RENAMED
        if b"copy to" in self.headers:
            return ChangeKind.COPIED
        if old_mode and new_mode and old_mode[:3] != new_mode[:3]:
            return ChangeKind.TYPE
        if old_mode != new_mode and not self.size and not self.binary:
            return ChangeKind.MODE
        return ChangeKind.MODIFIED

    def _paths(self) -> tuple[str | None, str | None]:
        for verb in (b"rename", b"copy"):
            old, new = self.headers.get(verb + b" from"), self.headers.get(verb + b" to")
            if old is not None and new is not None:
                return checked_path(unquote(old), self.line), checked_path(unquote(new), self.line)
        path = git_path(self.git_names) if self.git_names else None
        if path is None:
            path = plain_path(self._old_name or b"", self._new_name or b"")
        text = checked_path(path, self.line)
        return (None if self._is_added() else text), (None if self._is_deleted() else text)

    def _note(self, submodule: bool, old_mode: str | None, new_mode: str | None) -> str:
        """Why there are no hunks, or what kind of file they are not about."""
        if submodule:
            return " ".join(["submodule", " to ".join(self.commits)]).rstrip()
        if self.binary:
            return "binary file"
        if self.size > MAX_FILE_DIFF_BYTES:
            size, limit = self.size / (1 << 20), MAX_FILE_DIFF_BYTES >> 20
            return f"its diff of {size:.1f} MiB is larger than {limit} MiB and was left out"
        if SYMLINK_MODE in (old_mode, new_mode):
            return "symbolic link"
        if self.hunks:
            return ""
        if b"rename to" in self.headers:
            return "renamed without a change"
        if b"copy to" in self.headers:
            return "copied without a change"
        if self._is_added() or self._is_deleted():
            return "empty file"
        return f"mode changed from {old_mode} to {new_mode}" if old_mode != new_mode else ""


def _text(mode: bytes | None) -> str | None:
    return mode.decode("ascii", "replace") if mode else None
