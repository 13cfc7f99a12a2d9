"""Parses unified diffs, git's and plain ones, into `base.changes` data.

A state machine keyed on hunk counts over bytes. It does not read files, run git or judge content.
Combined diffs of merges are refused, since they have no single old side.
"""

import re

from codeassist.base.changes import ChangeKind, Diff, FileChange
from codeassist.base.errors import DiffError
from codeassist.base.text import UTF8_BOM
from codeassist.git.draft import EXTENDED_HEADERS, Draft
from codeassist.git.hunks import Cursor, read_hunk
from codeassist.git.merging import UNMERGED_NOTE, merge_parts

_COMBINED = (b"diff --cc ", b"diff --combined ", b"@@@ ")
_BINARY = re.compile(rb"Binary files (.+) and (.+) differ\r?$")
_SUBMODULE_LOG = re.compile(rb"Submodule (.+) (?:[0-9a-f]{4,}\.{2,3}[0-9a-f]{4,}(?:.*:| \(.*\)))$")
_UNMERGED = b"* Unmerged path "
_PAIR_REMEDY = "compare two commits instead: `git diff <first parent> <merge>`"


def parse_diff(raw: bytes) -> Diff:
    """Parse a patch: `git diff`, `git format-patch`, `git show` or `diff -u`, in any mixture.

    Text around the changes (mail headers, commit messages, a signature) is passed over. Raises
    DiffError, with the 1-based line, for a combined diff, a hunk that is cut or does not agree
    with its counts, a path outside the repository, and text that holds no change at all.
    """
    parser = _Parser(Cursor(_as_utf8(raw)))
    files = merge_parts(parser.run())
    if not files and raw.strip():
        raise DiffError("there is no unified diff in the patch", _remedy_for(raw))
    return Diff(files)


def _as_utf8(raw: bytes) -> bytes:
    """Undo what shells do to redirected output: PowerShell 5 writes UTF-16."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode()
    return raw.removeprefix(UTF8_BOM)


def _remedy_for(raw: bytes) -> str:
    if b"\x1b[" in raw:
        return "it is coloured: make it with `git diff --no-color`"
    return "make it with `git diff` or `diff -u`"


class _Parser:
    """The state between lines: the file that is being read, and those that are done."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._draft: Draft | None = None
        self._done: list[FileChange] = []

    def run(self) -> list[FileChange]:
        """All changes in the order of the patch."""
        cursor = self._cursor
        while not cursor.ended:
            line = cursor.peek()
            if line.startswith(b"@@ -"):
                self._hunk()
                continue
            if line.startswith(_COMBINED):
                where = f"line {cursor.number} of the patch"
                raise DiffError(f"{where} begins a combined diff of a merge", _PAIR_REMEDY)
            if line.startswith(b"diff --git "):
                self._begin(Draft(cursor.number, line[len(b"diff --git ") :].rstrip(b"\r")))
            elif self._is_name_pair():
                self._names()
            else:
                self._other(line)
            cursor.index += 1
        self._finish()
        return self._done

    def _begin(self, draft: Draft) -> None:
        self._finish()
        self._draft = draft

    def _finish(self) -> None:
        if self._draft is not None:
            self._done.append(self._draft.change())
            self._draft = None

    def _hunk(self) -> None:
        draft = self._draft
        if draft is None or not draft.named:
            number = self._cursor.number
            raise DiffError(
                f"line {number} of the patch begins a hunk, but no file was named before it",
                "make the patch anew with `git diff` or `diff -u`",
            )
        draft.add(read_hunk(self._cursor))

    def _is_name_pair(self) -> bool:
        """Whether `---` and `+++` follow; outside a git header only with a hunk after them."""
        cursor = self._cursor
        if not (cursor.peek().startswith(b"--- ") and cursor.peek(1).startswith(b"+++ ")):
            return False
        return self._in_git_header() or cursor.peek(2).startswith(b"@@ -")

    def _in_git_header(self) -> bool:
        draft = self._draft
        return draft is not None and draft.git_names is not None and not draft.named

    def _names(self) -> None:
        cursor = self._cursor
        if not self._in_git_header():
            self._begin(Draft(cursor.number))
        assert self._draft is not None
        self._draft.name(cursor.peek()[4:].rstrip(b"\r"), cursor.peek(1)[4:].rstrip(b"\r"))
        cursor.index += 1

    def _other(self, line: bytes) -> None:
        draft = self._draft
        if draft is not None and self._in_git_header():
            for header in EXTENDED_HEADERS:
                if line.startswith(header + b" "):
                    draft.headers[header] = line[len(header) + 1 :].rstrip(b"\r")
                    return
            if line.startswith(b"GIT binary patch") or _BINARY.match(line):
                draft.binary = True
            return
        self._standalone(line)

    def _standalone(self, line: bytes) -> None:
        """Changes that take one line and have no header of their own."""
        number = self._cursor.number
        if match := _BINARY.match(line):
            self._begin(Draft(number, binary=True))
            assert self._draft is not None
            self._draft.name(match.group(1), match.group(2))
        elif match := _SUBMODULE_LOG.match(line):
            self._begin(Draft(number, match.group(1) + b" " + match.group(1), submodule=True))
            self._finish()
        elif line.startswith(_UNMERGED):
            self._finish()
            path = line[len(_UNMERGED) :].rstrip(b"\r").decode("utf-8", "surrogateescape")
            kind = ChangeKind.MODIFIED
            self._done.append(FileChange(kind, path, path, note=UNMERGED_NOTE))
