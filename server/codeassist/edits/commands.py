"""The user's own commands around an edit: a formatter for what it changes, and a check after it.

They come from the user's configuration alone, never from a repository. Writes nothing itself.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import basename

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.files import Document, decode
from codeassist.edits.process import Ran, run

MAX_FORMATTED_BYTES = 8 << 20  # files of the index have 1 MiB at most; a formatter adds little
MAX_VERIFY_BYTES = 256 * 1024
COMPLAINT_LINES = 30
EXACT_LINES = 2_000  # in longer texts, common lines such as empty ones are no anchors: for speed
DEFAULT_SECONDS = 120
PATH = "{path}"
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


@dataclass(frozen=True, slots=True)
class CommandsConfig:
    """The commands, each as a list of arguments that no shell sees.

    `formatters` are pairs of a glob and a command that reads a file's text and writes it formatted;
    the first glob that fits counts: "*.py" by the base name, "src/**/*.ts" by the whole path. The
    argument "{path}" becomes the file's path. `verify` runs in the root after an edit is written,
    and fails by its exit code; () for none.
    """

    formatters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    verify: tuple[str, ...] = ()
    timeout_seconds: int = DEFAULT_SECONDS


def formatted(
    root: str | Path,
    edit: WorkspaceEdit,
    config: CommandsConfig,
    token: CancellationToken | None = None,
) -> WorkspaceEdit:
    """The edit with its files as the user's formatter writes them.

    A file that the formatter would change even without the edit is left as it is, and a proof says
    so: the edit must not touch other lines. A formatter that fails is a problem. To be verified
    afterwards, not before. Raises Cancelled.
    """
    token = token or CancellationToken()
    files: list[FileEdit] = []
    problems, proofs = list(edit.problems), list(edit.proofs)
    for file in edit.files:
        command = _formatter(config, file.path)
        if not command:
            files.append(file)
            continue
        one = _Formatter(os.path.realpath(root), file.path, command, config.timeout_seconds, token)
        made, problem, note = _format(file, one)
        files.append(made)
        problems += [problem] if problem else []
        proofs += [note] if note else []
    return replace(edit, files=tuple(files), problems=tuple(problems), proofs=tuple(proofs))


def run_verify(
    root: str | Path, config: CommandsConfig, token: CancellationToken | None = None
) -> str | None:
    """What the user's check says against the files as they are now; None if nothing, or no check.

    The last lines of what it printed are part of it. Raises Cancelled.
    """
    if not config.verify:
        return None
    ran = run(
        config.verify,
        os.path.realpath(root),
        config.timeout_seconds,
        MAX_VERIFY_BYTES,
        token or CancellationToken(),
    )
    if ran.code == 0:
        return None
    shown = " ".join(config.verify)
    head = ran.reason or f"`{shown}` failed with exit code {ran.code}"
    said = _last_lines(ran.output + b"\n" + ran.errors)
    return f"{head}:\n{said}" if said else head


@dataclass(frozen=True, slots=True)
class _Formatter:
    """A formatter that is set up for one file."""

    root: str
    path: str
    command: Sequence[str]
    seconds: float
    token: CancellationToken

    def __call__(self, raw: bytes) -> Ran:
        """Format a text, in the folder that the file is in or will be in."""
        full = os.path.join(self.root, *self.path.split("/"))
        folder = os.path.dirname(full)
        while not os.path.isdir(folder) and len(folder) > len(self.root):
            folder = os.path.dirname(folder)
        command = [part.replace(PATH, full) for part in self.command]
        return run(command, folder, self.seconds, MAX_FORMATTED_BYTES, self.token, raw)


def _formatter(config: CommandsConfig, path: str) -> tuple[str, ...]:
    for glob, command in config.formatters:
        subject = path if "/" in glob else basename(path)
        if any(fnmatchcase(subject, each) for each in (glob, glob.replace("**/", ""))):
            return command
    return ()


def _format(file: FileEdit, formatter: _Formatter) -> tuple[FileEdit, str, str]:
    """A formatted file, a problem, and a proof; "" for none."""
    name = formatter.command[0]
    if file.before is not None:
        ran = formatter(file.before)
        if ran.code == 0 and ran.output != file.before:
            return file, "", f"{file.path} is not formatted by {name}, so the edit is not either"
    ran = formatter(file.after)
    if ran.code != 0:
        reason = ran.reason or _last_lines(ran.errors) or f"exit code {ran.code}"
        return file, f"{file.path}: it cannot be formatted: {reason}", ""
    before = decode(file.path, file.before if file.before is not None else file.after)
    after = decode(file.path, ran.output)
    same_encoding = (before.encoding, before.bom) == (after.encoding, after.bom)
    if ran.is_cut or after.lossy or not same_encoding or (file.after and not ran.output):
        return file, f"{file.path}: what {name} writes is not the file's text", ""
    if file.before is None:
        edits: tuple[TextEdit, ...] = (TextEdit(0, 0, after.data.decode("utf-8")),)
    else:
        edits = tuple(_edits(before, after))
    return (
        FileEdit(file.path, file.before, ran.output, edits),
        "",
        f"{file.path}: as {name} formats it",
    )


def _edits(before: Document, after: Document) -> Iterator[TextEdit]:
    """The edits by whole lines that make one text of another."""
    old, new = (each.data.splitlines(keepends=True) for each in (before, after))
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > EXACT_LINES)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield TextEdit(starts[i1], starts[i2], b"".join(new[j1:j2]).decode("utf-8"))


def _last_lines(said: bytes) -> str:
    """The end of a command's output, without blank lines around it and without colours."""
    text = _ANSI.sub("", said.decode("utf-8", "replace")).replace("\r\n", "\n")
    return "\n".join(text.strip().split("\n")[-COMPLAINT_LINES:])
