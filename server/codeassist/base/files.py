"""Files as plain data: a tree of entries, and a decoded document.

A `Tree` is one immutable state of a repository (the disk, a revision, the staging area, a patch on
top of one of them). Paths are relative to its root, with forward slashes, on every system.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from codeassist.base.text import UTF8_BOM, LineIndex

BINARY_PROBE_BYTES = 8192  # git looks for NUL in the first 8,000 bytes
MAX_FILE_BYTES = 1 << 20  # larger files are generated or data, and would hold up the index
_CODING_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)  # PEP 263


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a tree.

    `key` identifies the content (git's blob id) where it is known without reading. Otherwise
    `stamp` changes whenever the content may have changed (size, mtime, inode), and a reader may
    remember the key under (path, stamp).
    """

    path: str
    size: int
    key: str | None = None
    stamp: str | None = None


class Tree(Protocol):
    """One immutable state of a repository's files."""

    @property
    def label(self) -> str:
        """What people call this state: a revision, "working tree", "staged", …."""
        ...

    def entries(self) -> Iterator[Entry]:
        """All regular files that belong to the project, ignored ones left out."""
        ...

    def read(self, path: str) -> bytes:
        """A file's raw bytes. Raises OSError when it is gone or cannot be read."""
        ...

    def skipped(self) -> tuple["Skipped", ...]:
        """What `entries` passed over, each with the reason. Filled once `entries` is consumed."""
        ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not looked at, and why, in words that a reader understands."""

    path: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A file's text as UTF-8 bytes, and what is needed to write it back as it was.

    `data` has no byte order mark and keeps its line endings. `encoding` is what the bytes on disk
    were decoded with. `lossy` is set when a guess was needed, so nothing may be written back.
    """

    path: str
    data: bytes
    encoding: str = "utf-8"
    bom: bool = False
    lossy: bool = False
    _cache: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def lines(self) -> LineIndex:
        """The document's line index."""
        return LineIndex(self.data)

    @property
    def eol(self) -> str:
        """The line ending of the first line, a line feed if there is none."""
        first = self.data.find(b"\n")
        return "\r\n" if first > 0 and self.data[first - 1] == 0x0D else "\n"


def size_reason(size: int) -> str | None:
    """Why a file of `size` bytes is not looked at, None if it is. The same for every tree."""
    return "larger than 1 MiB" if size > MAX_FILE_BYTES else None


def is_binary(raw: bytes) -> bool:
    """Whether git would call this content binary: a NUL near its beginning.

    UTF-16 text with its byte order mark counts as text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in raw[:BINARY_PROBE_BYTES]


def declared_encoding(raw: bytes) -> str:
    """The encoding that a coding cookie in the first two lines names; "" without one."""
    cookie = _CODING_COOKIE.search(b"\n".join(raw.split(b"\n", 2)[:2]))
    return cookie.group(1).decode("ascii") if cookie else ""


def decode(path: str, raw: bytes) -> Document:
    """Decode a file: byte order mark, UTF-8, declared coding cookie, then Windows-1252.

    Never raises: the last guess maps every byte, and marks the document as lossy.
    """
    if raw.startswith(UTF8_BOM):
        raw, bom = raw[len(UTF8_BOM) :], True
    else:
        bom = False
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
        return Document(path, text.encode(), "utf-16", bom=True)
    try:
        raw.decode("utf-8")
        return Document(path, raw, "utf-8", bom)
    except UnicodeDecodeError:
        pass
    name = declared_encoding(raw)
    if name:
        try:
            return Document(path, raw.decode(name).encode(), name)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return Document(path, raw.decode("cp1252").encode(), "cp1252", lossy=True)
    except UnicodeDecodeError:
        return Document(path, raw.decode("latin-1").encode(), "latin-1", lossy=True)
