"""Markdown in which only what we write is markup: text, code, and links to files that exist.

What comes from a repository or a model is data: no markup, HTML, image, mention or address in it
acts. Knows nothing of what is said.
"""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

from codeassist.context.source import visible

_SPECIAL = re.compile(r"[\\`*_\[\]<>~|$&]")
# Sites make notifications, cross-references and links of these when they show Markdown.
_ACTIVE = re.compile(r"@(?=\w)|#(?=\d)|(?<=[Gg][Hh])-(?=\d)|:(?=//)|(?<=[Ww]{3})\.")
# These begin a heading, a list, a quotation or a rule, but only at the beginning of a line.
_OPENING = re.compile(r"^\s*(?:[#+=-]|\d+(?=[.)]))")
_BREAK = "&#8203;"  # a zero-width space: ends a mention or an address, and is not seen
_CODE = re.compile(r"`([^`]+)`")
_BACKTICKS = re.compile(r"`+")
_BLANKS = re.compile(r"\s+")


def text(plain: str) -> str:
    """Plain text as one line of Markdown in which nothing is markup, wherever it stands."""
    escaped = _SPECIAL.sub(r"\\\g<0>", visible(_BLANKS.sub(" ", plain).strip()))
    escaped = _ACTIVE.sub(lambda match: match.group() + _BREAK, escaped)
    return _OPENING.sub(_opened, escaped)


def code(plain: str) -> str:
    """Plain text as a code span, also inside of a link or a table."""
    shown = visible(plain)
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(shown)), default=0) + 1)
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    # Tables are split at a bar even inside of a code span, unless it has a backslash.
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def prose(written: str) -> str:
    """A sentence with names between backticks: those stay code, nothing else is markup."""
    parts: list[str] = []
    end = 0
    joined = _BLANKS.sub(" ", written).strip()
    for match in _CODE.finditer(joined):
        parts += [_between(joined[end : match.start()]), code(match.group(1))]
        end = match.end()
    return "".join([*parts, _between(joined[end:])])


def _between(plain: str) -> str:
    """Text that keeps the blanks at its ends, since code stands beside it."""
    if not plain.strip():
        return plain
    before = " " if plain[0] == " " else ""
    after = " " if plain[-1] == " " else ""
    return f"{before}{text(plain)}{after}"


def _opened(match: re.Match[str]) -> str:
    found = match.group()
    # A backslash does nothing before a digit, so the sign after the number is kept off instead.
    return found + _BREAK if found[-1].isdigit() else f"{found[:-1]}\\{found[-1]}"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes relative links from a document in `folder` ("" for the root of the repository)."""

    folder: str = ""

    def file(self, path: str, line: int = 0, shown: str = "") -> str:
        """A link to a file, or to one of its lines (1-based; 0 for the file)."""
        label = shown or (f"{path}:{line}" if line else path)
        return f"[{code(label)}]({self._address(path)}{f'#L{line}' if line else ''})"

    def at(self, path: str, line: int, shown: str) -> str:
        """A link to a line whose words are Markdown already."""
        return f"[{shown}]({self._address(path)}#L{line})"

    def directory(self, path: str) -> str:
        """A link to a folder; "" is the root of the repository."""
        return f"[{code(path + '/' if path else './')}]({self._address(path)}/)"

    def place(self, path: str, line: int = 0, shown: str = "") -> str:
        """A link to a file or one of its lines, or to a folder, whose path ends with a slash."""
        if path.endswith("/"):
            bare = path.rstrip("/.")
            return f"[{code(shown or path)}]({self._address(bare)}/)"
        return self.file(path, line, shown)

    def _address(self, path: str) -> str:
        relative = posixpath.relpath(path or ".", self.folder or ".")
        # Bytes of a name that are not UTF-8 come as surrogates and are written as they are on disk.
        return quote(relative.encode("utf-8", "surrogateescape"), safe="/~")
