"""Takes messages out of a stream of bytes, whatever else is in it.

Each message has a header that says how long its body is. A length that is wrong, or a line that is
no header, must not make the server deaf: what cannot be a header is passed over until one comes,
even in the middle of a line, which is where it is after a body that was longer than announced.
"""

import re
from collections.abc import Iterator

MAX_BODY = 256 * 1024 * 1024  # bytes; what claims to be more is no message of an editor
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,12})[ \t]*\r?\n\Z", re.IGNORECASE)
_MAX_LINE = 8_192  # of a header; also what is looked through again for a header's beginning
_LONGEST = 64  # bytes of a header with a length


def framed(body: bytes) -> bytes:
    """A message with its header."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Frames:
    """The bodies in what has come so far."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._length: int | None = None  # of the body whose header is being read, or was
        self._is_in_body = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bodies that are complete with some more bytes. (Take all of them.)"""
        self._rest += data
        while True:
            if not self._is_in_body and not self._has_header():
                return
            assert self._length is not None
            if len(self._rest) < self._length:
                return
            body = bytes(memoryview(self._rest)[: self._length])
            del self._rest[: self._length]
            self._length, self._is_in_body = None, False
            yield body

    def _has_header(self) -> bool:
        """Read lines up to the empty one after a length; whether it has come."""
        start = 0
        try:
            while (end := self._rest.find(b"\n", start) + 1) > 0:
                line = bytes(self._rest[max(start, end - _LONGEST) : end])
                start = end
                match = _LENGTH.search(line)
                if match is not None and int(match[1]) <= MAX_BODY:
                    self._length = int(match[1])
                elif line in (b"\n", b"\r\n") and self._length is not None:
                    self._is_in_body = True
                    return True
            if len(self._rest) - start > _MAX_LINE:
                start = len(self._rest) - _LONGEST
            return False
        finally:
            del self._rest[:start]
