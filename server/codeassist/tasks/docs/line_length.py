"""How long a line of documentation may be: what the repository's own tools say, else what it does.

Reads a few well-known files as text, with no need of their libraries: a value that is written in an
unusual way is passed over.
"""

import re
from posixpath import dirname, join

from codeassist.index.view import View
from codeassist.tasks.docs.frames import TAB

SHORTEST = 60
LONGEST = 120
NARROW = 72  # where documentation is short, its lines were not broken at a limit
FEW_LINES = 20  # fewer say nothing of what is usual
_SHARE = 0.95
_PYTHON: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pyproject.toml", re.compile(r"^\s*line[-_]length\s*=\s*(\d+)", re.MULTILINE)),
    ("ruff.toml", re.compile(r"^\s*line-length\s*=\s*(\d+)", re.MULTILINE)),
    (".ruff.toml", re.compile(r"^\s*line-length\s*=\s*(\d+)", re.MULTILINE)),
    ("setup.cfg", re.compile(r"^\s*max[-_]line[-_]length\s*=\s*(\d+)", re.MULTILINE)),
    ("tox.ini", re.compile(r"^\s*max[-_]line[-_]length\s*=\s*(\d+)", re.MULTILINE)),
    (".flake8", re.compile(r"^\s*max[-_]line[-_]length\s*=\s*(\d+)", re.MULTILINE)),
)
_OTHERS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "rust": (
        ("rustfmt.toml", re.compile(r"^\s*max_width\s*=\s*(\d+)", re.MULTILINE)),
        (".rustfmt.toml", re.compile(r"^\s*max_width\s*=\s*(\d+)", re.MULTILINE)),
    ),
    "javascript": ((".prettierrc", re.compile(r"\"?printWidth\"?\s*:\s*(\d+)")),),
    "c": ((".clang-format", re.compile(r"^\s*ColumnLimit\s*:\s*(\d+)", re.MULTILINE)),),
    "scala": ((".scalafmt.conf", re.compile(r"^\s*maxColumn\s*=\s*(\d+)", re.MULTILINE)),),
}
_ALIKE = {"typescript": "javascript", "tsx": "javascript", "cpp": "c"}
_EDITORCONFIG = re.compile(r"^\s*max_line_length\s*=\s*(\d+)", re.MULTILINE)
_SECTION = re.compile(r"^\[(?P<name>[^\]]*)\]\s*$", re.MULTILINE)


def line_length(view: View, path: str, language: str) -> int | None:
    """The longest line that the repository's configuration allows, None where it says nothing."""
    files = _PYTHON if language == "python" else _OTHERS.get(_ALIKE.get(language, language), ())
    folder = dirname(path)
    while True:
        for name, pattern in files:
            found = _first(view, join(folder, name), pattern)
            if found:
                return found
        found = _editorconfig(view, join(folder, ".editorconfig"), path)
        if found:
            return found
        if not folder:
            return None
        folder = dirname(folder)


def observed_length(samples: list[tuple[str, str]], default: int) -> int:
    """What the longest usual lines reach; each sample is its indentation and its text."""
    lengths = sorted(
        len((line if number else column + line).expandtabs(TAB).rstrip())
        for column, text in samples
        for number, line in enumerate(text.split("\n"))
    )
    if len(lengths) < FEW_LINES:
        return default
    usual = lengths[min(len(lengths) - 1, int(len(lengths) * _SHARE))]
    return max(NARROW, min(usual, LONGEST))


def _first(view: View, path: str, pattern: re.Pattern[str]) -> int | None:
    if path not in view.file_set:
        return None
    document = view.document(path)
    match = pattern.search(document.data.decode("utf-8", "replace")) if document else None
    return _sane(int(match[1])) if match else None


def _editorconfig(view: View, config: str, path: str) -> int | None:
    """The limit of the last section whose pattern names the file's ending, or all files."""
    if config not in view.file_set:
        return None
    document = view.document(config)
    text = document.data.decode("utf-8", "replace") if document else ""
    ending = path.rpartition(".")[2]
    found: int | None = None
    heads = list(_SECTION.finditer(text))
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        match = _EDITORCONFIG.search(text, head.end(), end)
        names = re.findall(r"\w+", head["name"])
        if match and (head["name"].strip() == "*" or ending in names):
            found = _sane(int(match[1])) or found
    return found


def _sane(value: int) -> int | None:
    return min(value, LONGEST) if value >= SHORTEST else None
