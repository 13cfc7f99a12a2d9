"""Paths that an answer may name: normalised, and refused where they lead anywhere unsafe.

Knows texts and the view's list of paths; what is really on the disk is looked at by `write`.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from codeassist.base.errors import EditError

if TYPE_CHECKING:
    from codeassist.index.view import View  # writing needs no index, and starts without it

NEAR_PATHS = 3
# Names of devices, which Windows opens in every folder and with any extension.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN_ON_WINDOWS = frozenset('<>:"|?*\\')


def checked_path(path: str) -> str:
    """A path if it is relative, normal and inside of the root. Raises EditError otherwise."""
    reason = _unsafe(path)
    if reason:
        raise EditError(f"{path or '(no path)'}: {reason}")
    return path


def normal_path(view: "View", path: str) -> str:
    """A path as a model writes it, as the view has it: "./a.py" and "a\\b.py" are understood."""
    path = path.strip()
    if path in view.paths:
        return path
    slashed = path.replace("\\", "/") if "/" not in path else path
    while slashed.startswith("./"):
        slashed = slashed[2:]
    return checked_path(re.sub(r"/(?:\./)*/*", "/", slashed) if slashed[:1] != "/" else slashed)


def check_new(view: "View", path: str) -> None:
    """Raise EditError unless a file may be created at a path."""
    checked_path(path)
    for part in path.split("/"):
        reason = _unportable(part)
        if reason:
            raise EditError(f"{path}: {reason}")
    if path in view.paths or view.document(path) is not None:
        raise EditError(f"{path}: there is such a file already")
    _check_neighbours(view, path)


def unknown_path(view: "View", path: str) -> EditError:
    """The error for a path that is not there, with names that are near."""
    near = near_paths(path, view.paths)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return EditError(f"{path}: there is no such file{hint}")


def near_paths(path: str, paths: Iterable[str]) -> list[str]:
    """A few paths that are like another one: of the same base name, else written alike."""
    every = list(paths)
    name = basename(path)
    same = [each for each in every if basename(each) == name]
    return get_close_matches(path, same or every, n=NEAR_PATHS, cutoff=0.1 if same else 0.6)


def _unsafe(path: str) -> str:
    if not path or path.endswith("/"):
        return "it does not name a file"
    if path.startswith(("/", "\\", "~")) or _DRIVE.match(path):
        return "it is not relative to the root of the repository"
    parts = path.split("/")
    if ".." in parts or ".." in path.split("\\"):
        return "it leads out of its folder"
    if "" in parts or "." in parts:
        return "it is not written in its normal form"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in path):
        return "it has characters that cannot be seen"
    # File systems that fold case, or drop dots and spaces at the end, open .git by these as well.
    if any(part.casefold().rstrip(". ") in (".git", "git~1") for part in parts):
        return "it is inside of .git"
    return ""


def _unportable(part: str) -> str:
    if _DEVICE.match(part):
        return f"{part} is a reserved name on Windows"
    if not _FORBIDDEN_ON_WINDOWS.isdisjoint(part) or part.endswith((" ", ".")):
        return f"{part} cannot be the name of a file on Windows"
    return ""


def _check_neighbours(view: "View", path: str) -> None:
    """Refuse a path that is in a file's place, below a link, or differs in case alone."""
    folded = {each.casefold(): each for each in view.file_set.paths}
    if path.casefold() in folded:
        raise EditError(f"{path}: it differs from {folded[path.casefold()]} in upper case only")
    closed = view.file_set.paths | {skipped.path for skipped in view.tree.skipped()}
    if path in closed:
        raise EditError(f"{path}: there is something already")
    folder = dirname(path)
    while folder:
        if folder in closed:
            raise EditError(f"{path}: {folder} is a file, a link or another repository")
        folder = dirname(folder)
