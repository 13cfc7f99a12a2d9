"""What is not worth parsing: files that are too large, binary, minified, or only a pointer.

Decides from sizes and bytes alone; names are the matter of `generated`.
"""

import re

from codeassist.base.files import Entry, is_binary, size_reason

# A line of code seldom passes 120 bytes; bundlers write files of a few lines. Small files cost
# nothing to parse, so they are never called minified.
MINIFIED_MIN_BYTES = 5_000
MINIFIED_AVERAGE_BYTES = 300
# One line alone as long as this is machine-made, in a file whose other lines may be a licence.
MINIFIED_LINE_BYTES = 20_000
_LFS_HEADER = b"version https://git-lfs.github.com/spec/"
_LFS_MAX_BYTES = 1024  # by the specification of pointer files
# A string literal without its end on the line runs to the end of the line, so the match is linear.
_STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?')


def skip_reason(entry: Entry) -> str | None:
    """Why a file is not even read, None if it is."""
    return size_reason(entry.size)


def content_reason(raw: bytes) -> str | None:
    """Why a file's content is not parsed, None if it is."""
    if raw.startswith(_LFS_HEADER) and len(raw) <= _LFS_MAX_BYTES:
        return "Git LFS pointer: the content is not on this machine"
    if is_binary(raw):
        return "binary"
    if _has_long_lines(raw) and _has_long_lines(_STRING.sub(b'""', raw)):
        # A long string literal is data in a file that people wrote, and one token to a parser:
        # the lines have to be long without it too.
        return "minified or generated: its lines are too long"
    return None


def _has_long_lines(raw: bytes) -> bool:
    if len(raw) < MINIFIED_MIN_BYTES:
        return False
    if len(raw) > MINIFIED_AVERAGE_BYTES * (raw.count(b"\n") + 1):
        return True
    return _longest_line(raw) > MINIFIED_LINE_BYTES


def _longest_line(raw: bytes) -> int:
    if len(raw) <= MINIFIED_LINE_BYTES:
        return len(raw)
    return max(map(len, raw.split(b"\n")))
