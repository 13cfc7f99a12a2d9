"""What go.mod and go.work say, as plain data: module paths, requirements, local replacements.

Source: the Go modules reference. Reads text; knows nothing of packages or imports.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath

_COMMENT = re.compile(r"//[^\n]*")
_BLOCK = re.compile(r"^(\w+)\s*\(([^)]*)\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Module:
    """A go.mod: its folder, its module path, what it requires, its replacements by folder."""

    folder: str
    path: str
    requires: frozenset[str]
    replaces: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A go.work: the folders of the modules that it uses, and what it replaces."""

    used: frozenset[str]
    replaces: Mapping[str, str]


def read_module(folder: str, text: str) -> Module | None:
    """The module of a go.mod's text; None where it names none."""
    lines = _directives(text)
    name = next((words[0] for key, words in lines if key == "module" and words), None)
    if name is None:
        return None
    requires = frozenset(words[0] for key, words in lines if key == "require" and words)
    return Module(folder, name.strip('"'), requires, _replacements(lines, folder))


def read_workspace(folder: str, text: str) -> Workspace:
    """The workspace of a go.work's text."""
    lines = _directives(text)
    used = (words[0] for key, words in lines if key == "use" and words)
    folders = frozenset(_below(folder, each) for each in used)
    return Workspace(folders, _replacements(lines, folder))


def _directives(text: str) -> list[tuple[str, list[str]]]:
    """The lines of a go.mod or go.work as (keyword, words), blocks unfolded."""
    text = _COMMENT.sub("", text)
    lines = [
        (block.group(1), line.split())
        for block in _BLOCK.finditer(text)
        for line in block.group(2).splitlines()
        if line.strip()
    ]
    single = [line.split() for line in _BLOCK.sub("", text).splitlines() if line.strip()]
    return lines + [(words[0], words[1:]) for words in single]


def _replacements(lines: list[tuple[str, list[str]]], folder: str) -> dict[str, str]:
    """Replaced module paths with the local folders that replace them."""
    found: dict[str, str] = {}
    for key, words in lines:
        if key == "replace" and "=>" in words and words[-1].startswith("."):
            found[words[0]] = _below(folder, words[-1])
    return found


def _below(folder: str, path: str) -> str:
    """A path that a file in `folder` writes, from the repository's root, the root being ""."""
    found = normpath(join(folder, path.strip('"')))
    return "" if found == "." else found
