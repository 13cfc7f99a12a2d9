"""Waits for changes of the files below a folder, by a library that the system tells of them.

Knows no review. What git and other tools write for themselves is passed over, so that looking at
the files is no reason to look again.
"""

import os
import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue

import watchfiles

from codeassist.base.errors import UsageError
from codeassist.engine.watched import GIT_FOLDER, is_telling

# Many tools write many files in one go: a batch ends after so long without a change, and at last
# after so long in all.
CALM_MILLISECONDS = 150
GATHER_MILLISECONDS = 1_500
# How often the watcher says that nothing has changed, of which only the first time matters.
ROUND_MILLISECONDS = 1_000
# Waiting for a lock without an end cannot be interrupted on every system.
WAIT_SECONDS = 0.5
_IGNORED = (*watchfiles.DefaultFilter.ignore_dirs, ".ruff_cache")

Batch = frozenset[str]


class Relevant:
    """Whether a changed file matters. `outside` is a folder of our own, `git` is git's."""

    def __init__(self, root: str, outside: str, git: str = "") -> None:
        self._root = root
        self._git = git or os.path.join(root, GIT_FOLDER)
        self._outside = os.path.realpath(outside)
        self._filter = watchfiles.DefaultFilter(ignore_dirs=_IGNORED)

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        """See `watchfiles.BaseFilter`; `path` is absolute."""
        if path == self._outside or path.startswith(self._outside + os.sep):
            return False
        if path.startswith(self._git + os.sep):
            return is_telling([GIT_FOLDER, *os.path.relpath(path, self._git).split(os.sep)])
        # The folders above the root may have any name.
        return self._filter(change, os.path.relpath(path, self._root))


class Watcher:
    """Gathers changes in a thread of its own from when it is made until it is closed.

    `outside` is a folder that does not count, `git` the one with git's own files if it may be
    outside of the root.
    """

    def __init__(self, root: str, outside: str, git: str = "") -> None:
        self._root, self._relevant = root, Relevant(root, outside, git)
        is_elsewhere = git and not git.startswith(root + os.sep)
        self._watched = (root, git) if is_elsewhere else (root,)
        self._batches: SimpleQueue[Batch | Exception] = SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._gather, name="watching", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def batches(self) -> Iterator[Batch]:
        """The changed paths since the last time, from the root, without an end.

        The first batch may be empty: it comes when watching has begun, and whoever looked at the
        files before that looks again. Raises UsageError where the system cannot watch them.
        """
        while True:
            try:
                found = self._batches.get(timeout=WAIT_SECONDS)
            except Empty:
                continue
            changed: set[str] = set(self._checked(found))
            while not self._batches.empty():  # what came while the last batch was worked on
                changed |= self._checked(self._batches.get())
            yield frozenset(changed)

    def _checked(self, found: Batch | Exception) -> Batch:
        if isinstance(found, Exception):
            raise UsageError(
                f"the files in {self._root} cannot be watched: {found}",
                "run codeassist review --worktree after each change",
            ) from found
        return found

    def _gather(self) -> None:
        try:
            first = True
            for changes in watchfiles.watch(
                *self._watched,
                watch_filter=self._relevant,
                debounce=GATHER_MILLISECONDS,
                step=CALM_MILLISECONDS,
                stop_event=self._stop,
                rust_timeout=ROUND_MILLISECONDS,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                if changes or first:
                    paths = (os.path.relpath(path, self._root) for _, path in changes)
                    self._batches.put(frozenset(path.replace(os.sep, "/") for path in paths))
                first = False
        except Exception as error:  # some systems watch a few thousand folders and no more
            self._batches.put(error)
