"""Files as lines that can be shown, with the price of each in tokens.

Makes visible what a reader would not see: control characters, text that runs backwards, hidden
characters. Keeps what it worked out by content, for all requests of a process.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from codeassist.base.files import Document
from codeassist.context.pieces import Unit
from codeassist.context.tokens import Counter
from codeassist.index.view import View

SOURCES_KEPT = 4096  # about 60 MB for ordinary files
MAX_LINE = 2_000  # characters; a longer line is data, and is cut with a note of how much is left
# Controls but the tab, bidirectional overrides (CVE-2021-42574), separators that some readers take
# for line ends, invisible characters that hide text, lone surrogates. The joiners U+200C and U+200D
# stay: words and emoji are written with them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The lines of a unit that matter for showing it, whatever the request is.

    `header` is its signature, `doc` the first words of its documentation, both within `whole`;
    `around` are the headers of the definitions that it stands in. `digest` is equal for units of
    equal text, b"" for one that is too short to be called a copy.
    """

    whole: range
    header: tuple[int, ...] = ()
    doc: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    digest: bytes = b""


class Source:
    """A file's lines, numbered from 0, without their ends."""

    def __init__(self, document: Document, counter: Counter) -> None:
        self.index = document.lines
        # Not `splitlines`: only a line feed ends a line, as everywhere in the index.
        texts = document.data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        if not texts[-1]:
            texts.pop()
        self.lines = [visible(text) for text in texts]
        self.shapes: dict[Unit, Shape] = {}
        self.generated: dict[str, bool] = {}  # by path, since names tell too
        self._counter = counter

    def price(self, numbers: Sequence[int]) -> int:
        """The tokens of lines, each with its line feed.

        Lines that follow each other cost at most that much together: the encodings cut a text at
        line ends before anything else, but for runs of blank lines, which are cheaper.
        """
        sums = self._sums
        if isinstance(numbers, range):
            return sums[numbers.stop] - sums[numbers.start] if numbers else 0
        return sum([sums[number + 1] - sums[number] for number in numbers])

    @cached_property
    def _sums(self) -> list[int]:
        """The tokens of all lines before each. At once: a call costs as much as counting 12 kB."""
        prices = self._counter.count_many([line + "\n" for line in self.shown])
        return [0, *accumulate(prices)]

    @cached_property
    def shown(self) -> list[str]:
        """The lines as a pack has them: after a tab, before which there may be a number."""
        return ["\t" + line if line and not line.isspace() else "" for line in self.lines]

    def is_blank(self, number: int) -> bool:
        """Whether a line holds nothing but blanks."""
        return not self.shown[number]


class Sources:
    """The sources of one encoding, kept by content."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._kept: OrderedDict[str, Source] = OrderedDict()

    def get(self, view: View, path: str) -> Source | None:
        """A file of a view; None when it cannot be read."""
        key = view.key(path)
        if key is not None and key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        document = view.document(path)
        if document is None:
            return None
        source = Source(document, self._counter)
        if key is not None:
            self._kept[key] = source
            if len(self._kept) > SOURCES_KEPT:
                self._kept.popitem(last=False)
        return source


def visible(text: str) -> str:
    """One line with hidden characters as `<U+202E>`, cut if it is very long."""
    if len(text) > MAX_LINE:
        text = f"{text[:MAX_LINE]}… ({len(text) - MAX_LINE} more characters)"
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_named, text)


def visible_text(text: str) -> str:
    """Several lines, each made visible, but none cut."""
    return "\n".join(_HIDDEN.sub(_named, line) for line in text.replace("\r\n", "\n").split("\n"))


def _named(match: re.Match[str]) -> str:
    return f"<U+{ord(match.group()):04X}>"
