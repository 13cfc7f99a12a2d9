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

RUNS_AT_ONCE = 3  # an engine with its view of a large repository takes about 50 MB


@dataclass(eq=False)
class Folder:
    """A folder of the workspace. `root` is what paths are relative to: the repository's root.

    The folder of documents that are in none has the root "" and knows nothing of the disk.
    """

    path: str
    settings: Settings
    root: str
    problem: CodeassistError | None = None
    is_stale: bool = False  # the disk has changed since the lane `checks` looked at it
    checks: "Lane[Engine]" = field(init=False)
    runs: "list[Lane[Engine]]" = field(default_factory=list)
    indexed: asyncio.Event = field(default_factory=asyncio.Event)
    watcher: asyncio.Task[Any] | None = None

    def __post_init__(self) -> None:
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
        for candidate in (path, os.path.realpath(path)):
            try:
                found = os.path.relpath(candidate, self.root)
            except ValueError:  # another drive
                continue
            if found != os.curdir and not found.startswith(os.pardir):
                return found.replace(os.sep, "/")
        return None

    def uri_of(self, path: str) -> str:
        """The URI of a path from the root."""
        return from_path(os.path.join(self.root, *path.split("/")))

    def lanes(self) -> "Iterator[Lane[Engine]]":
        """All lanes there are."""
        yield self.checks
        yield from self.runs

    def close(self) -> None:
        """End all lanes, without waiting for them."""
        for lane in self.lanes():
            lane.close(lambda engine: engine.close())
        self.runs.clear()

    def _opened(self) -> "Engine":
        from codeassist.engine.engine import Engine

        if not self.root:
            return Engine.nowhere(self.settings)
        return Engine.open(self.path, self.settings)

    def _watched(self) -> "Engine":
        engine = self._opened()
        engine.watch()
        return engine


def is_file(uri: str) -> bool:
    """Whether a URI is a file's; all others are worked on as buffers alone."""
    return scheme(uri) == "file"


def folder_of(folders: Mapping[str, Folder], uri: str) -> Folder | None:
    """The folder that a document is in, by the longest path; None if it is in none."""
    path = to_path(uri)
    if path is None:
        return None
    inside = (
        (len(folder.path), folder)
        for folder in folders.values()
        if _is_below(path, folder.path) or _is_below(os.path.realpath(path), folder.path)
    )
    return max(inside, key=lambda pair: pair[0], default=(0, None))[1]


def _is_below(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))
