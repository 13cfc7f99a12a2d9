"""Which of Python's styles a repository's docstrings are in.

The nearest clear answer counts: the file's, the folder's, the repository's. One docstring in a
folder is no custom, so that a folder needs two.
"""

import re
from collections import Counter
from collections.abc import Iterable

from codeassist.checks.docstyles import PYTHON_STYLES, documented
from codeassist.index.view import View

FOLDER_VOTES = 2
REPOSITORY_FILES = 400  # of those with one of the words; reading more would take a second
_WORDS = ("Args", "Arguments", "Parameters", "param", "rtype")
_SIGNS = {
    "google": re.compile(rb"^[ \t]*(?:Args|Arguments):[ \t]*\r?$", re.MULTILINE),
    "numpy": re.compile(rb"^[ \t]*Parameters[ \t]*\r?\n[ \t]*-{3,}", re.MULTILINE),
    "sphinx": re.compile(rb"^[ \t]*(?:r?\"{3})?:(?:param\b[^:\n]*|rtype):", re.MULTILINE),
}


def votes_of(texts: Iterable[str]) -> Counter[str]:
    """How many docstrings are clearly in each style."""
    votes: Counter[str] = Counter()
    for text in texts:
        found = style_of(text)
        if found:
            votes[found] += 1
    return votes


def style_of(text: str) -> str:
    """The style of one docstring, "" where it is in none or in two alike."""
    counts = {name: documented("python", text, name).count for name in PYTHON_STYLES}
    best = max(counts.values())
    winners = [name for name, count in counts.items() if count == best]
    return winners[0] if best and len(winners) == 1 else ""


def winner(votes: Counter[str], least: int = 1) -> str:
    """The style with most votes, "" where two have as many or none has `least`."""
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < least:
        return ""
    return "" if len(ranked) == 2 and ranked[0][1] == ranked[1][1] else ranked[0][0]


def repository_style(view: View) -> str:
    """The style that a repository uses most, by the signs of each in its files' texts."""
    files = [p for p in view.with_any_word(_WORDS) if view.language(p) == "python"]
    votes: Counter[str] = Counter()
    for path in files[:: max(1, -(-len(files) // REPOSITORY_FILES))]:
        document = view.document(path)
        for name, sign in _SIGNS.items() if document else ():
            votes[name] += len(sign.findall(document.data)) if document else 0
    return winner(+votes)
