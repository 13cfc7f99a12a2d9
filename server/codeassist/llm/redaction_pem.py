"""Finds the bodies of private keys in a text, whole ones and those of which a part is shown."""

import re
from collections.abc import Iterator

from codeassist.base.secret_patterns import KEY_HEADER

Span = tuple[int, int]

_END = re.compile(r"-----END (?:[A-Z]+ )*PRIVATE KEY")
# A run of the body. An escape before it is not a part of it: "\nMIIE" in a string.
_RUN = re.compile(r"\\[nrt]|(?P<s>[A-Za-z0-9+/]{4,}={0,2})")
# A line of the body, perhaps numbered, quoted, or in a comment.
_NUMBER = r"[^\w\n]{0,16}(?:\d{1,6}[^\w\n]{1,8})?"
_LINE = re.compile(rf"{_NUMBER}(?:[A-Za-z0-9+/]{{16,}}={{0,2}})?(?:\\[nr]|[^\w\n])*\Z")
_FIELD = re.compile(r"(?:Proc-Type|DEK-Info|Version|Comment): [^\n]*")
# Lines as RFC 7468 cuts them. Two in a row with no header are the middle of a key, or as good as.
_BARE_LINE = rf"{_NUMBER}[A-Za-z0-9+/]{{64}}(?:\\n)?[^\w\n]{{0,16}}\n"
_BARE_LINES = re.compile(rf"\n(?:{_BARE_LINE}){{2,}}")
_FIRST_LINES = re.compile(rf"(?:{_BARE_LINE}){{2,}}")
_MAX_CHARACTERS = 20_000  # a key of 16,384 bits has 12,500
_LEAST_KEY = 32  # characters of the longest run: without one there is code about keys, no key


def key_runs(text: str) -> Iterator[Span]:
    """Each unbroken run of a private key's body by itself, so that lines stay lines."""
    for header in KEY_HEADER.finditer(text):
        first = header.end()
        limit = min(len(text), first + _MAX_CHARACTERS)
        end = _END.search(text, first, limit)
        yield from _runs(text, first, end.start() if end else _cut_end(text, first, limit))
    start = _FIRST_LINES.match(text)
    for match in (start, *_BARE_LINES.finditer(text)):
        if match and _is_base64(match.group()):
            yield from _runs(text, *match.span())


def _cut_end(text: str, first: int, limit: int) -> int:
    """Where a key ends whose last line is not shown: before the first line that is no key's."""
    at = text.find("\n", first, limit)
    while 0 <= at < limit:
        end = text.find("\n", at + 1, limit)
        end = limit if end < 0 else end
        line = text[at + 1 : end]
        if not _LINE.match(line) and not _FIELD.search(line):
            return at
        at = end
    return limit


def _runs(text: str, start: int, end: int) -> Iterator[Span]:
    fields = [match.span() for match in _FIELD.finditer(text, start, end)]
    found = [match.span("s") for match in _RUN.finditer(text, start, end) if match["s"]]
    if any(last - first >= _LEAST_KEY for first, last in found):
        for first, last in found:
            if not any(field <= first < field_end for field, field_end in fields):
                yield first, last


def _is_base64(text: str) -> bool:
    """Whether long lines have what base64 has, and digests in hexadecimal have not."""
    kinds = (str.islower, str.isupper, str.isdigit)
    return all(any(map(kind, text)) for kind in kinds)
