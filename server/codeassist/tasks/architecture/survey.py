"""What the files of a repository are: language, lines, test or program, written or generated.

Reads every file once. Knows nothing of what imports what.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codeassist.base.cancellation import CancellationToken
from codeassist.context.roles import is_test
from codeassist.index.view import View
from codeassist.vfs.generated import is_generated


@dataclass(frozen=True, slots=True)
class Survey:
    """The files of a subject that people wrote, sorted, each with its number of lines.

    `tests` are those that a name or a folder marks as tests, `generated` the files that nobody
    wrote by hand (they are in no other field), `unread` those that vanished or cannot be read.
    """

    lines: Mapping[str, int]
    tests: frozenset[str]
    generated: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What is written in one language. `language` is its name in the table of languages."""

    language: str
    files: int
    lines: int


def survey(view: View, paths: Iterable[str], token: CancellationToken) -> Survey:
    """Look at every indexed file among some paths."""
    lines: dict[str, int] = {}
    generated: list[str] = []
    unread: list[str] = []
    for path in sorted(paths):
        if path not in view:
            continue
        token.check()
        document = view.document(path)
        if document is None:
            unread.append(path)
        elif is_generated(path, document.data):
            generated.append(path)
        else:
            data = document.data
            lines[path] = data.count(b"\n") + (bool(data) and not data.endswith(b"\n"))
    tests = frozenset(path for path in lines if is_test(path))
    return Survey(lines, tests, tuple(generated), tuple(unread))


def shares(view: View, lines: Mapping[str, int], paths: Iterable[str]) -> list[Share]:
    """The languages of some files, the one with the most lines first."""
    files: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in paths:
        language = view.language(path) or ""
        files[language] += 1
        total[language] += lines[path]
    found = [Share(language, files[language], total[language]) for language in files]
    return sorted(found, key=lambda each: (-each.lines, -each.files, each.language))
