"""The rules of a project for a review: from the base, never from what is reviewed.

Reads the files that teams and other assistants have for it, and the settings' own rules. What they
say is data for a prompt; see `tasks.review.guidelines`.
"""

from collections.abc import Iterator, Sequence
from posixpath import dirname

from codeassist.base.files import Tree
from codeassist.base.text import UTF8_BOM
from codeassist.settings.values import RULE_SEPARATOR
from codeassist.tasks.review.options import Guideline

AGENTS = "AGENTS.md"  # also in folders, for what is below them
# In the order of how much they are about code, and not about how to contribute it.
WHOLE = (AGENTS, ".github/copilot-instructions.md", "CONTRIBUTING.md", ".github/CONTRIBUTING.md")
MAX_BYTES = 64 << 10  # of a file; the prompt has room for less
MOST_FOLDERS = 300  # that are asked for rules of their own; a change of more is no one's work
SETTINGS = "the settings"


def guidelines(base: Tree, rules: Sequence[str], changed: Sequence[str]) -> tuple[Guideline, ...]:
    """The rules for some changed files, the most particular first."""
    made = list(map(_rule, rules))
    for path in (*_of_folders(changed), *WHOLE):
        text = _read(base, path)
        folder = dirname(path) if path.endswith(f"/{AGENTS}") else ""
        if text.strip():
            made.append(Guideline(path, text, (f"/{_escaped(folder)}/**",) if folder else ()))
    return tuple(made)


def _rule(text: str) -> Guideline:
    patterns, _, rule = text.partition(": ")
    listed = tuple(patterns.split(RULE_SEPARATOR))
    return Guideline(SETTINGS, rule, () if listed == ("*",) else listed)


def _of_folders(changed: Sequence[str]) -> Iterator[str]:
    """Where the folders of changed files may have rules of their own, the deepest first."""
    folders: set[str] = set()
    for path in changed:
        folder = dirname(path)
        while folder:
            folders.add(folder)
            folder = dirname(folder)
    deepest = sorted(folders, key=lambda folder: (-folder.count("/"), folder))
    return (f"{folder}/{AGENTS}" for folder in deepest[:MOST_FOLDERS])


def _read(base: Tree, path: str) -> str:
    try:
        raw = base.read(path)
    except OSError:
        return ""
    return raw[:MAX_BYTES].removeprefix(UTF8_BOM).decode("utf-8", "replace")


def _escaped(folder: str) -> str:
    """A folder's name as a gitignore pattern that means itself."""
    return "".join(f"\\{each}" if each in "\\*?[]!# " else each for each in folder)
