"""Unified diffs for terminals: what is hidden made visible, added and removed lines in colour.

For eyes alone: what a patch program is to read is `unified`'s text as it stands.
"""

from rich.color import ColorSystem
from rich.style import Style

from codeassist.render.escape import visible

# The sixteen colours that every terminal theme defines.
_STYLES = (
    (("+++", "---", "diff ", "new file", "index "), "bold"),
    (("@@",), "cyan"),
    (("+",), "green"),
    (("-",), "red"),
)


def painted(text: str) -> str:
    """A unified diff with colours, line by line."""
    return "".join(f"{_line(line)}\n" for line in text.split("\n")[:-1])


def _line(line: str) -> str:
    shown = visible(line.removesuffix("\r"))
    for beginnings, style in _STYLES:
        if line.startswith(beginnings):
            return Style.parse(style).render(shown, color_system=ColorSystem.STANDARD)
    return shown
