"""What a model is to answer, and what of its answer is kept: statements about what exists.

Knows the schemas and the index. Nothing that a model writes leaves here unverified, and all of it
is plain text: whoever prints it escapes it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import normpath
from typing import Any

from codeassist.base.messages import AnswerSchema
from codeassist.index.view import View
from codeassist.tasks.task import Dropped

MAX_STATEMENT = 600  # characters; a longer one is no sentence any more
MAX_POINTS = 6  # statements of one list
MAX_PLACES = 4  # of one statement
HINT_SENTENCE, HINT_PATH = 400, 200  # for models that do not find an end
_SUFFIX = re.compile(r"(?:#L?\d+(?:-L?\d+)?|:\d+(?:-\d+)?)\Z")
_CALL = re.compile(r"\(.*\)\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or two with the places that it is about: (path, 1-based line or 0), never none.

    The path of a folder ends with a slash; "./" is the root.
    """

    text: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ModuleWords:
    """What a model says of a module. `purpose` is about the module, whose link stands beside it."""

    purpose: str
    points: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeWords:
    """What a model says of the whole."""

    overview: tuple[Statement, ...] = ()
    how: tuple[Statement, ...] = ()
    start: tuple[Statement, ...] = ()


def module_schema() -> AnswerSchema:
    """The form of an answer about one module."""
    symbol = {"type": ["string", "null"], "maxLength": HINT_PATH}
    point = _object(text=_SENTENCE, path=_PATH, symbol=symbol)
    points = _list(point, MAX_POINTS)
    return AnswerSchema("module", _object(purpose=_SENTENCE, key_points=points))


def whole_schema() -> AnswerSchema:
    """The form of the answer about the whole."""
    statement = _object(text=_SENTENCE, paths=_list(_PATH, MAX_PLACES))
    listed = _list(statement, MAX_POINTS)
    lists = dict.fromkeys(("overview", "how_it_works", "start_here"), listed)
    return AnswerSchema("architecture", _object(**lists))


def read_module(view: View, data: object, dropped: list[Dropped]) -> ModuleWords:
    """What is kept of an answer about a module; `dropped` gets the rest."""
    answer = data if isinstance(data, dict) else {}
    points: list[Statement] = []
    for row in _rows(answer.get("key_points")):
        text = _text(row.get("text"))
        path = _path(view, row.get("path"))
        if not text:
            continue
        if path is None or not _is_file(view, path):
            dropped.append(Dropped(text, f"there is no file {row.get('path')!r}"))
            continue
        line = _line(view, path, row.get("symbol"))
        if line is None:
            dropped.append(Dropped(text, f"{path} defines no {row.get('symbol')!r}"))
            continue
        points.append(Statement(text, ((path, line),)))
    return ModuleWords(_text(answer.get("purpose")), _few(points))


def read_whole(view: View, data: object, dropped: list[Dropped]) -> WholeWords:
    """What is kept of the answer about the whole; `dropped` gets the rest."""
    answer = data if isinstance(data, dict) else {}
    keys = ("overview", "how_it_works", "start_here")
    return WholeWords(*(_few(_statements(view, answer.get(key), dropped)) for key in keys))


def _statements(view: View, rows: object, dropped: list[Dropped]) -> Iterable[Statement]:
    for row in _rows(rows):
        text = _text(row.get("text"))
        named = row.get("paths")
        paths = named if isinstance(named, list) else []
        found = [(each, _path(view, each)) for each in paths]
        missing = next((each for each, path in found if path is None), None)
        if not text:
            continue
        if missing is not None:
            dropped.append(Dropped(text, f"there is no file or folder {missing!r}"))
        elif not found:
            dropped.append(Dropped(text, "it names no file"))
        else:
            kept = dict.fromkeys(path for _, path in found if path is not None)
            yield Statement(text, tuple((path, 0) for path in kept))


def _few(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first statements, without those that say the same again."""
    by_text: dict[str, Statement] = {}
    for each in statements:
        by_text.setdefault(each.text, each)
    return tuple(by_text.values())[:MAX_POINTS]


def _path(view: View, named: object) -> str | None:
    """A file of the repository, or a folder of some with a slash; None where there is none.

    Forgives a line number at the end, and "./" before.
    """
    if not isinstance(named, str) or not named.strip() or "\0" in named:
        return None
    for text in (named.strip(), _SUFFIX.sub("", named.strip())):
        path = normpath(text)
        if _is_file(view, path):
            return path
        path = "" if path == "." else path
        if path in view.file_set.all_folders:
            return f"{path or '.'}/"
    return None


def _is_file(view: View, path: str) -> bool:
    return path in view or path in view.file_set


def _line(view: View, path: str, symbol: object) -> int | None:
    """The 1-based line of a symbol, by its name or dotted name; 0 for none, None if missing."""
    if not isinstance(symbol, str) or not symbol.strip():
        return 0
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return None
    wanted = _CALL.sub("", symbol.strip().strip("`")).replace("::", ".").replace("#", ".")
    for index, each in enumerate(outline.symbols):
        qualified = outline.qualified(index)
        if wanted == qualified or qualified.endswith("." + wanted):
            return document.lines.line_of(each.name_start) + 1
    return None


def _text(value: object) -> str:
    text = re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""
    return text if len(text) <= MAX_STATEMENT else text[:MAX_STATEMENT].rpartition(" ")[0] + " …"


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


_SENTENCE: Mapping[str, Any] = {"type": "string", "maxLength": HINT_SENTENCE}
_PATH: Mapping[str, Any] = {"type": "string", "maxLength": HINT_PATH}


def _list(items: Mapping[str, Any], most: int) -> Mapping[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}


def _object(**properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
