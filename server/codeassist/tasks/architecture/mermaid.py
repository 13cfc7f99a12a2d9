"""A graph of modules as the text of a Mermaid flowchart.

Ids are numbers of ours; labels are quoted, and every sign in them that Mermaid, or the HTML and the
Markdown that it makes of labels, could take for its own is written as a number. Decides nothing
about what is drawn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.context.source import visible

MAX_LABEL = 48  # characters; a longer one makes a box that is wider than a page
# ASCII that is neither a letter, a digit nor one of a few harmless signs. An underscore between
# letters is harmless too; around a word it would be emphasis.
_SIGN = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[\x00-\x7f](?<![A-Za-z0-9_/.+() -])")
_LIST = re.compile(r"\A[0-9+ -]")


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes, by their numbers, with how many imports it stands for.

    `against` marks one that closes a cycle.
    """

    source: int
    target: int
    imports: int
    against: bool = False


def flowchart(labels: Sequence[str], edges: Sequence[Edge]) -> str:
    """The text of a flowchart, without the fence around it. Ends with a line feed."""
    lines = ["flowchart LR"]
    lines += [f'    n{number}["{label(name)}"]' for number, name in enumerate(labels)]
    for edge in edges:
        arrow = "-.->" if edge.against else "-->"
        lines.append(f"    n{edge.source} {arrow}|{edge.imports}| n{edge.target}")
    return "\n".join(lines) + "\n"


def label(name: str) -> str:
    """A name as the text of a quoted label; one that is too long loses its middle."""
    shown = visible(name)
    if len(shown) > MAX_LABEL:
        half = MAX_LABEL // 2
        shown = f"{shown[: half - 1]}…{shown[-half:]}"
    # "1. a" and "- a" would be lists of Markdown, which Mermaid does not draw.
    return _LIST.sub(_as_number, _SIGN.sub(_as_number, shown)) or "#32;"


def _as_number(match: re.Match[str]) -> str:
    return f"#{ord(match.group())};"
