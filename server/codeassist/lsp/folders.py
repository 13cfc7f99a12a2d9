"""Workspace folders: for each the settings in force and the lanes that work on it.

`checks` keeps an engine whose view follows the open documents, for findings and hovers. `runs` are
for tasks that ask a model, several at once: each has an engine of its own, since a model's answer
takes minutes and nothing else may wait for it.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codeassist.base.errors import CodeassistError
from codeassist.lsp.lanes import Lane
from codeassist.lsp.uris import from_path, scheme, to_path
from codeassist.settings.schema import Settings

if TYPE_CHECKING:
    from codeassist.engine.engine import Engine

RUNS_AT_ONCE = 3
# An engine that has packed contexts of a large repository has up to 200 MB, and is ready again in a
# second. Nobody is to pay with that for a question of an hour ago.
RUNS_KEPT_SECONDS = 60.0


@dataclass(eq=False)
class Folder:
    """A folder of the workspace. `root` is what paths are relative to: the repository's root.

    `path` is as the editor writes it, which may go through symbolic links. The folder of documents
    that are in none has the root "" and knows nothing of the disk.
    """

    path: str
    settings: Settings
    root: str
    problem: CodeassistError | None = None
    is_stale: bool = False  # the disk has changed since the lane `checks` looked at it
    checks: "Lane[Engine]" = field(init=False)
    runs: "list[Lane[Engine]]" = field(default_factory=list)
    indexed: asyncio.Event = field(default_factory=asyncio.Event)
    indexer: asyncio.Task[Any] | None = None
    watcher: asyncio.Task[Any] | None = None
    real_path: str = ""
    _below: str = ""  # where the folder is in its root, with a slash at the end; "" is all of it

    def __post_init__(self) -> None:
        if self.root:
            self.real_path = os.path.realpath(self.path)
            inside = _relative(self.real_path, self.root)
            self._below = f"{inside}/" if inside else ""
        self.reopen()

    def reopen(self) -> None:
        """New lanes, after the settings have changed."""
        self.checks = Lane(f"checks of {self.path}", self._watched)

    def run_lane(self) -> "Lane[Engine]":
        """A lane for a task: an idle one, else a new one, else the first to be free."""
        idle = next((lane for lane in self.runs if lane.is_idle), None)
        if idle is not None:
            return idle
        if len(self.runs) < RUNS_AT_ONCE:
            self.runs.append(Lane(f"task {len(self.runs) + 1} of {self.path}", self._opened))
            return self.runs[-1]
        self.runs.append(self.runs.pop(0))  # each in turn
        return self.runs[-1]

    def catch_up(self, engine: "Engine") -> None:
        """Called in the lane `checks`: have its engine look at the disk again if that changed."""
        if self.is_stale:
            self.is_stale = False
            engine.files_changed()

    def relative(self, path: str) -> str | None:
        """A path from the root, with forward slashes; None if it is outside."""
        if not self.root:
            return None
        found = _relative(path, self.root)
        return _relative(os.path.realpath(path), self.root) if found is None else found

    def uri_of(self, path: str) -> str:
        """The URI of a path from the root, in the folder as the editor writes it."""
        if path.startswith(self._below):
            return from_path(os.path.join(self.path, *path[len(self._below) :].split("/")))
        return from_path(os.path.join(self.root, *path.split("/")))

    def lanes(self) -> "Iterator[Lane[Engine]]":
        """All lanes there are."""
        yield self.checks
        yield from self.runs

    def close(self) -> None:
        """End all lanes, without waiting for them."""
        for lane in self.lanes():
            lane.close(_end)
        self.runs.clear()

    def tidy(self, now: float) -> bool:
        """End the lanes for tasks that have had nothing to do for a while; whether there were any.

        `now` is the loop's time.
        """
        resting = [lane for lane in self.runs if lane.rests_since(now - RUNS_KEPT_SECONDS)]
        for lane in resting:
            self.runs.remove(lane)
            lane.close(_end)
        return bool(resting)

    def _opened(self) -> "Engine":
        from codeassist.engine.engine import Engine

        if not self.root:
            return Engine.nowhere(self.settings)
        return Engine.open(self.path, self.settings)

    def _watched(self) -> "Engine":
        engine = self._opened()
        engine.watch()
        return engine


def _end(engine: "Engine") -> None:
    engine.close()


def is_file(uri: str) -> bool:
    """Whether a URI is a file's; all others are worked on as buffers alone."""
    return scheme(uri) == "file"


def folder_of(folders: Mapping[str, Folder], uri: str) -> Folder | None:
    """The folder that a document is in, by the longest path; None if it is in none."""
    path = to_path(uri)
    if path is None:
        return None
    inside = [folder for folder in folders.values() if _is_below(path, folder.path)]
    if not inside and folders:  # asking the disk takes its time, and is hardly ever needed
        real = os.path.realpath(path)
        inside = [folder for folder in folders.values() if _is_below(real, folder.real_path)]
    return max(inside, key=lambda folder: len(folder.path), default=None)


def _relative(path: str, root: str) -> str | None:
    """A path below a root, with forward slashes; None if it is not below."""
    try:
        found = os.path.relpath(path, root)
    except ValueError:  # another drive
        return None
    first = found.partition(os.sep)[0]
    return None if first in (os.curdir, os.pardir) else found.replace(os.sep, "/")


def _is_below(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))
