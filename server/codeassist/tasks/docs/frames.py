"""Puts the marks of a comment or of a docstring around lines of documentation.

What would end the comment or the string is broken up here, whatever the style let through.
"""

import re

from codeassist.tasks.docs.layout import Frame, Layout

TAB = 4  # columns that a tab counts for the length of a line
_PREFIX = {Frame.SLASHES: "///", Frame.GO: "//", Frame.HASHES: "#", Frame.LUALS: "---"}
_NESTING = re.compile(r"\*/|/\*")


def columns(indent: str) -> int:
    """The width of an indentation."""
    return len(indent.expandtabs(TAB))


def inner_width(layout: Layout, indent: str) -> int:
    """How many characters of a line are left for its text."""
    mark = {Frame.DOCSTRING: 0, Frame.BLOCK: 3, Frame.BANG: 3, Frame.DASHES: 4}
    taken = mark.get(layout.frame, len(_PREFIX.get(layout.frame, "")) + 1)
    return max(layout.width - columns(indent) - taken, 30)


def framed(lines: list[str], layout: Layout, indent: str) -> str:
    """Lines with their marks, each after `indent`, without a final line feed."""
    if layout.frame is Frame.DOCSTRING:
        made = _docstring(lines, layout, indent)
    elif layout.frame in (Frame.BLOCK, Frame.BANG):
        made = _block(lines, layout, indent)
    else:
        made = [_marked(layout, number, line) for number, line in enumerate(lines)]
    return "\n".join((indent + line).rstrip() for line in made)


def decoration(layout: Layout) -> str:
    """What stands before the text of every line but the first."""
    if layout.frame is Frame.DOCSTRING:
        return ""
    if layout.frame in (Frame.BLOCK, Frame.BANG):
        return " " * layout.gutter + "* "
    if layout.frame is Frame.LUALS:
        return _mark(layout, 1)  # as it stands before tags
    return f"{_mark(layout, 1)} "


def guarded(line: str, layout: Layout) -> str:
    """A line that cannot end what it is put into."""
    if layout.frame is Frame.DOCSTRING:
        other = '"""' if layout.quote == "'''" else "'''"
        return line.replace(layout.quote, other)
    if layout.frame in (Frame.BLOCK, Frame.BANG):
        return _NESTING.sub(lambda match: " ".join(match.group()), line)
    return line


def _marked(layout: Layout, number: int, line: str) -> str:
    """A line behind its mark; the Lua language server's tags stand right behind theirs."""
    space = "" if layout.frame is Frame.LUALS and line.startswith("@") else " "
    return f"{_mark(layout, number)}{space}{line}"


def _mark(layout: Layout, number: int) -> str:
    if layout.frame is Frame.DASHES:
        return "--" if number else "---"
    return _PREFIX[layout.frame]


def _docstring(lines: list[str], layout: Layout, indent: str) -> list[str]:
    lines = [guarded(line, layout) for line in lines]
    quote = layout.quote
    prefix = "r" if any("\\" in line for line in lines) else ""
    # A quote at the end, or an odd backslash, would become part of the closing mark.
    open_end = lines[-1].endswith((quote[0], "\\"))
    if len(lines) == 1 and layout.one_line and not open_end:
        whole = f"{prefix}{quote}{lines[0]}{quote}"
        if columns(indent) + len(whole) <= layout.width or not layout.second_line:
            return [whole]
    first = ["", lines[0]] if layout.second_line or lines[0].startswith(quote[0]) else [lines[0]]
    return [f"{prefix}{quote}{first[0]}", *first[1:], *lines[1:], quote]


def _block(lines: list[str], layout: Layout, indent: str) -> list[str]:
    lines = [guarded(line, layout) for line in lines]
    opening = "/*!" if layout.frame is Frame.BANG else "/**"
    if len(lines) == 1 and layout.one_line:
        whole = f"{opening} {lines[0]} */"
        if columns(indent) + len(whole) <= layout.width:
            return [whole]
    gutter = " " * layout.gutter
    return [opening, *(f"{gutter}* {line}" for line in lines), f"{gutter}*/"]
