"""Runs git through GitPython so that a repository's own configuration cannot run a command.

What could is switched off: the file-system monitor, hooks, external diffs, text conversion (the
last two by `DIFF_OPTIONS`), local filter drivers (see `differences`) and every network transport,
which a partial clone would otherwise start to fetch what it lacks. GitPython is imported on the
first use, since its import takes longer than most of the commands.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from codeassist.base.errors import BrokenRepositoryError, NoRepositoryError, RepositoryError

if TYPE_CHECKING:
    from git import Git

_SAFE_CONFIGURATION = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotepath=off",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "diff.autoRefreshIndex=false",  # it would write the index, and run a hook
)
_SAFE_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for versions of git that do not know the line above
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_DIFF_OPTS": "",  # it would override --unified
    "GIT_LITERAL_PATHSPECS": "1",
}
_OWNERSHIP = re.compile(r"dubious ownership in repository at '(.*)'")


class GitRunner:
    """Runs git commands in one folder. Safe to share between threads."""

    def __init__(self, folder: Path, configuration: Sequence[str] = ()) -> None:
        self.folder = folder
        settings = (*_SAFE_CONFIGURATION, *configuration)
        self._options = [part for setting in settings for part in ("-c", setting)]
        self._git: Git | None = None

    def with_configuration(self, configuration: Sequence[str]) -> "GitRunner":
        """The same runner with more `name=value` settings."""
        return GitRunner(self.folder, configuration)

    def run(self, *arguments: str) -> bytes:
        """A command's raw output. Raises RepositoryError if git fails."""
        status, output, message = self.attempt(*arguments)
        if status:
            raise failure(message, self.folder)
        return output

    def attempt(self, *arguments: str) -> tuple[int, bytes, str]:
        """(exit status, raw output, message) of a command that may fail."""
        result: Any = self._client().execute(
            self._command(arguments),
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
        )
        status, output, message = result
        return status, output, message

    def line(self, *arguments: str) -> str | None:
        """A command's output as one line of text; None if the command fails."""
        status, output, _ = self.attempt(*arguments)
        return None if status else output.decode("utf-8", "surrogateescape").rstrip("\n")

    def start(self, *arguments: str) -> "Git.AutoInterrupt":
        """A running command with pipes for its input and output, ended with the wrapper."""
        import subprocess

        pipe: Any = subprocess.PIPE
        process: Any = self._client().execute(
            self._command(arguments), istream=pipe, as_process=True
        )
        return cast("Git.AutoInterrupt", process)

    def _command(self, arguments: Sequence[str]) -> list[str]:
        # --no-pager and core.pager need a terminal, which the pipes are not.
        return [str(self._client().GIT_PYTHON_GIT_EXECUTABLE), *self._options, *arguments]

    def _client(self) -> "Git":
        if self._git is None:
            try:
                from git import Git
            except ImportError as error:  # GitPython looks for git when it is imported.
                raise RepositoryError(
                    "git was not found", "install git and see that it is on the PATH"
                ) from error
            client = Git(str(self.folder))
            client.update_environment(**_SAFE_ENVIRONMENT)
            self._git = client
        return self._git


def failure(message: str, folder: Path) -> RepositoryError:
    """The error for a git command that failed with `message` on its standard error."""
    owned = _OWNERSHIP.search(message)
    if owned is not None:
        return RepositoryError(
            f"git does not trust {owned.group(1)}: it belongs to another user",
            f"if you trust it: git config --global --add safe.directory '{owned.group(1)}'",
        )
    if "not a git repository" in message:
        return _no_repository(folder)
    if "promisor" in message or "lazy fetch" in message:
        return lacking("some files that are needed")
    lines = [line for line in message.strip().splitlines() if line]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    text = (fatal or lines or ["no message"])[0]
    return RepositoryError(f"git failed: {text}")


def _no_repository(folder: Path) -> NoRepositoryError:
    """The error for a folder around which git finds nothing, or nothing that it accepts."""
    around = (place / ".git" for place in (folder, *folder.parents))
    marker = next((place for place in around if place.exists()), None)
    if marker is None:
        return NoRepositoryError(
            f"{folder} is not in a git repository",
            "run it inside a repository, or make one with `git init`",
        )
    return BrokenRepositoryError(
        f"git does not accept {marker}: it is damaged, or leads to a repository that is not here",
        "see what `git status` says there; `git worktree repair` mends a worktree that was moved",
    )


def lacking(what: str) -> RepositoryError:
    """The error for content that a partial clone left out, or a damaged repository lost."""
    return RepositoryError(
        f"this partial clone, or damaged repository, lacks {what}",
        "fetch everything with `git fetch --refetch --no-filter`, or clone without --filter",
    )
