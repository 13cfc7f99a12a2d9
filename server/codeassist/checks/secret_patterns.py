"""Which lines hold a credential: the patterns of `base`, with filters against look-alikes.

Knows lines of text. A line has to look suspect first, since the patterns cost 0.3 s to load.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.secret_patterns import (
    BOUNDED,
    KEY_BODY,
    KEY_HEADER,
    MIN_DISTINCT_CHARACTERS,
    SUSPECT,
    secret_group,
    vendor_patterns,
)
from codeassist.checks.check import MAX_LINE_CHARACTERS
from codeassist.checks.paths import is_prose

_ALLOWED = re.compile(r"pragma: ?(?:allow|white)list[ -]secret")
ALLOWED_NEXT = re.compile(r"pragma: ?allowlist[ -]nextline[ -]secret")

_PLACEHOLDER = re.compile(
    r"example|sample|placeholder|dummy|fake|redact|changeme|your|test|x{4}|0{6}|\*{3}|\.{3}"
    r"|123456|abcdef|deadbeef",
    re.IGNORECASE,
)
_KEY_LINE = re.compile(r"^\W*n?[A-Za-z0-9+/]+={0,2}\W*n?\W*$")
_PEM_LINE = re.compile(r"^\W*[A-Za-z0-9+/]{64,76}(?:\\n)?\W*$")
_CUT_WORD = re.compile(r"[^\s\"']+$")  # where an excerpt's line was cut, perhaps in a secret
_HEX_LINE = re.compile(r"^\W*[0-9a-fA-F]+\W*$")
_URL = re.compile(r"://[^/\s:@{}$<>]+:(?P<password>[^/\s@{}$<>%*]{8,})@(?P<host>[\w.-]+)")
_LOCAL_HOST = re.compile(r"^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|[^.]*$)|example|\.test$")
_COMMON_PASSWORD = re.compile(r"pass|secret|admin|root|user|token|key|postgres|mysql|redis", re.I)


@dataclass(frozen=True, slots=True)
class Hit:
    """A secret in a line: what it is, its text, and where it stands in characters.

    `usual_in_tests` marks what tests need and make for themselves. `shown` is what may be printed.
    """

    title: str
    secret: str
    start: int
    end: int
    shown: str
    usual_in_tests: bool = False


def hits(path: str, text: str, following: str = "") -> Iterator[Hit]:
    """The secrets in a line. `following` are the next lines, where a private key's body stands."""
    if not SUSPECT.search(text) or _ALLOWED.search(text):
        return
    yield from _keys(text, following)
    if not is_prose(path):
        yield from _urls(text)
    for title, pattern in vendor_patterns():
        for match in pattern.finditer(text):
            group = secret_group(match)
            secret, (start, end) = match.group(group), match.span(group)
            if _is_plausible(title, text, secret, match):
                yield Hit(title, secret, start, end, secret[:4] + "…")


def masked_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines in which every secret is cut down to its beginning, allowed ones included."""
    out: list[str] = []
    in_key = False
    for line in lines:
        if len(line) >= MAX_LINE_CHARACTERS:
            line = _CUT_WORD.sub("…", line)
        is_pem = bool(_PEM_LINE.match(line)) and not _HEX_LINE.match(line)
        in_key = is_pem or (in_key and bool(_KEY_LINE.match(line)))
        out.append("…" if in_key else _masked(line))
        in_key = in_key or bool(KEY_HEADER.search(line))
    return tuple(out)


def _masked(line: str) -> str:
    if KEY_HEADER.search(line):
        return KEY_BODY.sub("…", line)
    # The pragma allows the secret to be in the repository, not to be printed.
    for hit in sorted(hits("", _ALLOWED.sub("", line)), key=lambda each: -len(each.secret)):
        line = line.replace(hit.secret, hit.shown)
    return line


def _keys(text: str, following: str) -> Iterator[Hit]:
    """A private key: its header, with something that can be its body after it."""
    for header in KEY_HEADER.finditer(text):
        body = KEY_BODY.search(text, header.end()) or KEY_BODY.search(following)
        if body and len(set(body.group())) >= MIN_DISTINCT_CHARACTERS:
            yield Hit("A private key", body.group(), *header.span(), header.group(), True)


def _urls(text: str) -> Iterator[Hit]:
    """A password in the address of a host that is not this machine or a placeholder."""
    for match in _URL.finditer(text):
        password, host = match["password"], match["host"]
        mixed = re.search(r"\d", password) and re.search(r"[A-Za-z]", password)
        if not mixed or _COMMON_PASSWORD.search(password) or _PLACEHOLDER.search(match.group()):
            continue
        if not _LOCAL_HOST.search(host):
            start, end = match.span("password")
            yield Hit("A password in an address", password, start, end, "…", True)


def _is_plausible(title: str, text: str, secret: str, match: re.Match[str]) -> bool:
    """Whether a match looks random, and is not a part of a longer word."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if before.isalnum() or (title in BOUNDED and after.isalnum()):
        return False
    if title == "A Telegram bot token" and ":AA" not in secret:
        return False
    return not _PLACEHOLDER.search(secret) and len(set(secret[4:])) >= MIN_DISTINCT_CHARACTERS
