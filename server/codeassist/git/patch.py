"""Applies one file's change to its content, forwards or backwards.

Exact: every context and removed line must be there. A hunk may have moved, as with `git apply`,
but only to the one place where its old lines stand. Reads and writes no file.
"""

from dataclasses import dataclass

from codeassist.base.changes import DiffLine, FileChange, Hunk, LineKind
from codeassist.base.errors import DiffError

_REMEDY = "the file is not in the state that the patch was made from: check the revision"
_SHOWN_BYTES = 80  # of a line in an error message


@dataclass(frozen=True, slots=True)
class _Block:
    """A hunk in one direction: the lines to find, at a 0-based line, and those to put there."""

    index: int
    at: int
    find: list[bytes]
    put: list[bytes]


def apply(old: bytes, change: FileChange) -> bytes:
    """The new content of a file, from its old one (b"" for an added file).

    Raises DiffError, naming the file, the hunk and the first line that differs, if the change does
    not fit, and for binary files and changes that were too large to keep.
    """
    blocks = [
        _block(index, hunk.old_start, hunk.old_count, hunk, LineKind.REMOVED, LineKind.ADDED)
        for index, hunk in enumerate(change.hunks)
    ]
    return _rewrite(old, change, blocks)


def unapply(new: bytes, change: FileChange) -> bytes:
    """The old content of a file, from its new one (b"" for a deleted file). See `apply`."""
    blocks = [
        _block(index, hunk.new_start, hunk.new_count, hunk, LineKind.ADDED, LineKind.REMOVED)
        for index, hunk in enumerate(change.hunks)
    ]
    return _rewrite(new, change, blocks)


def _block(
    index: int, start: int, count: int, hunk: Hunk, consumed: LineKind, produced: LineKind
) -> _Block:
    # A hunk without lines on one side names the line after which it stands there.
    at = start - 1 if count else start
    find = [_bytes(line) for line in hunk.lines if line.kind is not produced]
    put = [_bytes(line) for line in hunk.lines if line.kind is not consumed]
    return _Block(index, at, find, put)


def _bytes(line: DiffLine) -> bytes:
    return line.text.encode("utf-8", "surrogateescape") + (b"" if line.no_newline else b"\n")


def _rewrite(content: bytes, change: FileChange, blocks: list[_Block]) -> bytes:
    if change.too_large or change.binary or change.submodule:
        raise DiffError(f"{change.path}: {change.note}, so the patch cannot be applied to it")
    lines = content.split(b"\n")
    last = lines.pop()
    lines = [line + b"\n" for line in lines] + ([last] if last else [])
    result: list[bytes] = []
    done = 0
    for block in blocks:
        at = _place(lines, done, block, change)
        result += lines[done:at]
        result += block.put
        done = at + len(block.find)
    result += lines[done:]
    return b"".join(result)


def _place(lines: list[bytes], done: int, block: _Block, change: FileChange) -> int:
    """The 0-based line where the block's lines stand: as its header says, or the only other."""
    if block.at >= done and lines[block.at : block.at + len(block.find)] == block.find:
        if block.at > len(lines):
            raise _failure(lines, block, change)
        return block.at
    if not block.find:
        raise _failure(lines, block, change)
    first, last = block.find[0], len(lines) - len(block.find)
    places = [
        at
        for at in range(done, last + 1)
        if lines[at] == first and lines[at : at + len(block.find)] == block.find
    ]
    if len(places) != 1:
        raise _failure(lines, block, change)
    return places[0]


def _failure(lines: list[bytes], block: _Block, change: FileChange) -> DiffError:
    where = f"{change.path}: hunk {block.index + 1} does not apply"
    for offset, wanted in enumerate(block.find):
        at = block.at + offset
        found = lines[at] if 0 <= at < len(lines) else None
        if found != wanted:
            shown = "the end of the file" if found is None else _shown(found)
            return DiffError(f"{where}: line {at + 1} is {shown}, not {_shown(wanted)}", _REMEDY)
    return DiffError(f"{where}: it overlaps another hunk or lies past the file's end", _REMEDY)


def _shown(line: bytes) -> str:
    text = line.removesuffix(b"\n")[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")
    ending = "" if line.endswith(b"\n") else " without a line feed"
    return f"{text!r}{ending}"
