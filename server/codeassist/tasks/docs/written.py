"""Existing documentation as lines with their marks, so that entries can be found and moved.

Every offset is in characters of the documentation's text; a place in it becomes bytes at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeassist.tasks.docs.content import Part

_PREFIX = re.compile(r"[ \t]*(?:/\*[*!]+|\*(?!/)|//[/!]?|#+(?!#)|--+)?[ \t]?")
_CLOSING = re.compile(r"[ \t]*(?:\*/|\"\"\"|''')$|[ \t]*[\"']$")
_TAG = re.compile(r"^\s*[@\\](?P<tag>\w+)")
_FIELD = re.compile(
    r"^\s*:(?P<tag>param|parameter|arg|argument|key|keyword|type|raises?|except|exception|returns?"
    r"|rtype|yields?|ytype|var|ivar|cvar|vartype|meta)\b[^:\n]*:"
)
_HEADING = re.compile(r"^\s*(?P<title>[A-Z][a-z]+(?: [A-Z]?[a-z]+)?)\s*:\s*$")
_RULE = re.compile(r"^\s*-{3,}\s*$")
_ELEMENT = re.compile(r"^\s*<(?P<tag>param|returns|exception|typeparam|summary|remarks|value)\b")
_PARTS: dict[str, Part] = {
    "param": "parameters", "parameter": "parameters", "arg": "parameters", "args": "parameters",
    "arguments": "parameters", "parameters": "parameters", "key": "parameters",
    "keyword": "parameters", "type": "parameters", "argument": "parameters",
    "typeparam": "attributes", "template": "attributes", "attributes": "attributes",
    "return": "returns", "returns": "returns", "rtype": "returns",
    "yield": "yields", "yields": "yields",
    "throws": "raises", "throw": "raises", "raise": "raises", "raises": "raises",
    "except": "raises", "exception": "raises", "exceptions": "raises",
}  # fmt: skip
_INDENTED = ("google", "numpy")


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement in the documentation, in characters. `rank` orders insertions at one place."""

    start: int
    end: int
    text: str
    rank: int = 0


@dataclass(frozen=True)
class Written:
    """The text of a documentation in a style."""

    text: str
    style: str

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def closing(self) -> int:
        """Where the closing mark begins, the blanks before it on its line included."""
        if not self.text.startswith(("/*", '"', "'", "r", "R", "u", "b")):
            return len(self.text)
        match = _CLOSING.search(self.text)
        return match.start() if match else len(self.text)

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self.starts)

    def line(self, number: int) -> str:
        """A line with its marks, without its line ending and without the closing mark."""
        start = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < self.count else len(self.text)
        return self.text[start : max(start, min(end, self.closing))].rstrip("\r")

    def prefix(self, number: int) -> str:
        """The marks and blanks before a line's text."""
        line = self.line(number)
        if self.style in (*_INDENTED, "sphinx"):
            return line[: len(line) - len(line.lstrip())]
        match = _PREFIX.match(line)
        return match.group() if match else ""

    def content(self, number: int) -> str:
        """A line's text, without marks; in docstrings with its indentation."""
        line = self.line(number)
        if self.style in (*_INDENTED, "sphinx"):
            return re.sub(r"^\s*[a-zA-Z]{0,2}(?:\"\"\"|''')", "", line) if number == 0 else line
        return line[len(self.prefix(number)) :]

    def end(self, number: int) -> int:
        """Where a line's own text ends: before its line ending and before the closing mark."""
        return self.starts[number] + len(self.line(number))

    def line_of(self, offset: int) -> int:
        """The line that holds a character."""
        return next(n for n in reversed(range(self.count)) if self.starts[n] <= offset)

    def part_at(self, number: int) -> Part | None:
        """The part that a line begins: by its tag, field, element or heading."""
        content = self.content(number)
        if self.style == "google":
            match = _HEADING.match(content)
            return _PARTS.get(match["title"].split()[-1].lower()) if match else None
        if self.style == "numpy":
            under = self.content(number + 1) if number + 1 < self.count else ""
            title = content.strip().lower().split() if _RULE.match(under) else []
            return _PARTS.get(title[-1]) if title else None
        pattern = {"sphinx": _FIELD, "xmldoc": _ELEMENT}.get(self.style, _TAG)
        found = pattern.match(content)
        return _PARTS.get(found["tag"]) if found else None

    def is_head(self, number: int) -> bool:
        """Whether a line begins an entry or a section of any kind."""
        content = self.content(number)
        if self.style == "google":
            return bool(_HEADING.match(content))
        if self.style == "numpy":
            below = self.content(number + 1) if number + 1 < self.count else ""
            return bool(content.strip()) and bool(_RULE.match(below))
        if self.style == "rustdoc":
            return content.lstrip().startswith(("#", "* ", "- "))
        pattern = {"sphinx": _FIELD, "xmldoc": _ELEMENT}.get(self.style, _TAG)
        return bool(pattern.match(content))

    def heads(self) -> Iterator[tuple[int, Part]]:
        """Each line that begins an entry or a section of a known part."""
        for number in range(self.count):
            part = self.part_at(number)
            if part is not None:
                yield number, part

    def block(self, first: int) -> int:
        """The last line of the entry that begins on a line."""
        last, apart = first, False
        indent = indent_of(self.content(first))
        for number in range(first + 1, self.count):
            content = self.content(number)
            if not content.strip():
                apart = True
                continue
            if self.is_head(number) and not self._is_within(first, number):
                break
            deeper = indent_of(content) > indent
            # A field's text may go on without being set in, up to a blank line.
            goes_on = deeper or (self.style == "sphinx" and not apart)
            if self.style in (*_INDENTED, "sphinx", "rustdoc") and not goes_on:
                break
            last = number
        return last

    def _is_within(self, first: int, number: int) -> bool:
        """Whether an entry tells of a member of another one (`options.depth`)."""
        if self.style not in ("jsdoc", "tsdoc"):
            return False
        name = re.search(r"@param\s+(?:\{.*?\}\s+)?\[?([\w$]+)", self.content(first))
        if name is None:
            return False
        return bool(re.search(rf"@param\b.*?\s\[?{re.escape(name[1])}[.\[]", self.content(number)))


def indent_of(text: str) -> int:
    """The width of the blanks that a text begins with, a tab counting as eight."""
    expanded = text.expandtabs()
    return len(expanded) - len(expanded.lstrip())
