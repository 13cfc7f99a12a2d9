"""Python names that an edit leaves undefined or defines twice, by ruff's word, before and after.

Ruff gets copies in a temporary folder, no configuration and no environment. Where it cannot be run,
nothing is said.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import IncompleteError
from codeassist.edits.verdict import Verdict
from codeassist.index.view import View
from codeassist.languages.ruff import check, copies

RULES = "F811,F821,F822,F823"  # redefined, undefined, undefined in __all__, used before its value
BEFORE, AFTER = "before", "after"
_SYNTAX = "invalid-syntax"


def undefined_problems(view: View, after: View, edit: WorkspaceEdit) -> Verdict:
    """A problem for each undefined or doubly defined name of Python that is new."""
    sides: dict[str, dict[str, bytes]] = {BEFORE: {}, AFTER: {}}
    for number, file in enumerate(edit.files):
        if after.language(file.path) != "python":
            continue
        # Names of folders say nothing to these rules; that of the file does (`__init__.py`, .pyi).
        name = f"{number}/{Path(file.path).name}"
        for side, state in ((BEFORE, view), (AFTER, after)):
            document = state.document(file.path)
            if document is not None and (side == AFTER or file.before is not None):
                sides[side][name] = document.data
    if not sides[AFTER]:
        return Verdict()
    rows = _run(sides)
    if rows is None:
        return Verdict()
    known = Counter(_what(row) for row in rows if row["side"] == BEFORE)
    problems: list[str] = []
    for row in rows:
        if row["side"] != AFTER:
            continue
        known[_what(row)] -= 1
        if known[_what(row)] < 0:
            path = edit.files[int(row["name"].partition("/")[0])].path
            problems.append(f"{path}, line {row['location']['row']}: {row['message']}")
    return Verdict.of(problems, "no undefined name is new in Python")


def _what(row: dict[str, Any]) -> tuple[object, ...]:
    message = str(row["message"])
    # The line of the first definition is in the message, and moves.
    return row["name"], row["code"], message.partition(" from line")[0]


def _run(sides: dict[str, dict[str, bytes]]) -> list[dict[str, Any]] | None:
    """Ruff's findings, each with its side and the name of its file; None if it cannot be run."""
    files = {f"{side}/{path}": data for side, of in sides.items() for path, data in of.items()}
    with copies(files) as folder:
        try:
            done = check(folder, ["."], "--isolated", "--select", RULES)
            rows = json.loads(done.stdout) if done.returncode == 0 else None
        except (IncompleteError, ValueError):
            return None
        if rows is None:
            return None
        return [_placed(folder, row) for row in rows if (row["code"] or _SYNTAX) != _SYNTAX]


def _placed(folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    place = Path(str(row["filename"])).relative_to(folder).as_posix()
    side, _, name = place.partition("/")
    return row | {"side": side, "name": name}
