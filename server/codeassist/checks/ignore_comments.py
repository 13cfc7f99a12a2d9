"""Finds the `codeassist: ignore` comments of a file.

Knows comments, lines and the marker's grammar. Which codes exist, and what was silenced, is the
matter of `ignores`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.files import Document
from codeassist.index.view import View
from codeassist.languages.nodes import comment_types, walk
from codeassist.languages.parse import parse

WORD = b"codeassist:"
MIN_CODE = 3  # "CA" would mean every check, which needs no brackets
FILE_LINES = 20  # a comment for the whole file stands where a reader of the file sees it
_MARK = re.compile(
    rb"codeassist:[ \t]*ignore(?P<file>-file)?(?![\w-])(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\])?"
)
# In files of no known language: from a comment's usual beginning to the marker.
_COMMENT_BEFORE = re.compile(rb"(?:^|\s)(?:#|//|--|;|<!--|/\*|%)[^\r\n]*$")
_COMMENT_OPENING = re.compile(rb"^[\s{]*(?:#|//|--|;|<!--|/\*|%|\*)?[\s!/*#-]*$")
_COMMENT_CLOSING = re.compile(rb"(?:\*/|-->|\]\])[ \t]*\}?[ \t]*(?P<code>[^\r\n]*)$")


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore comment: its marker's byte range and line, its codes, and the line it is about.

    `codes` is empty for all checks. Lines are 0-based.
    """

    start: int
    end: int
    line: int
    target: int
    codes: tuple[str, ...]
    whole_file: bool

    def covers(self, code: str, line: int) -> bool:
        """Whether the comment silences a finding of this code on this line."""
        if not self.whole_file and line not in (self.line, self.target):
            return False
        return not self.codes or any(
            len(each) >= MIN_CODE and code.startswith(each) for each in self.codes
        )


def ignores_in(view: View, path: str) -> Iterator[Ignore]:
    """The ignore comments of a file, in source order."""
    document = view.document(path)
    if document is None or WORD not in document.data:
        return
    places = _places(view.language(path), document)
    alone = {line for _, line, is_alone in places if is_alone}
    for match, line, is_alone in places:
        whole_file = match["file"] is not None
        if whole_file and line >= FILE_LINES:
            continue
        target = line
        while is_alone and target in alone:
            target += 1
        listed = (match["codes"] or b"").decode("utf-8", "replace").split(",")
        codes = tuple(code.strip() for code in listed if code.strip())
        yield Ignore(match.start(), match.end(), line, target, codes, whole_file)


def _places(language: str | None, document: Document) -> list[tuple[re.Match[bytes], int, bool]]:
    """Each marker in a comment, with its line, and whether no code stands on that line."""
    comments = _comments(language, document.data) if language else None
    places: list[tuple[re.Match[bytes], int, bool]] = []
    for match in _MARK.finditer(document.data):
        line = document.lines.line_of(match.start())
        first, last = document.lines.line_start(line), document.lines.line_end(line)
        before, after = document.data[first : match.start()], document.data[match.end() : last]
        if comments is None:
            inside = bool(_COMMENT_BEFORE.search(before))
            opening = before
        else:
            around = next(((s, e) for s, e in comments if s <= match.start() < e), None)
            inside = around is not None
            opening = document.data[first : max(first, around[0])] if around else before
        if inside:
            closing = _COMMENT_CLOSING.search(after)
            is_alone = bool(_COMMENT_OPENING.match(opening)) and not (closing and closing["code"])
            places.append((match, line, is_alone))
    return places


def _comments(language: str, data: bytes) -> list[tuple[int, int]]:
    types = comment_types(language)
    root = parse(language, data).root_node
    return [(node.start_byte, node.end_byte) for node in walk(root) if node.type in types]
