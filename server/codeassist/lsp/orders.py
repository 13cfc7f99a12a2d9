"""What a client asks to be done, read from JSON: a task with its options, for a place.

Code actions carry an order in `data`, commands and our own requests have it as parameters. What
means nothing is refused with a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lsprotocol import types

from codeassist.engine.options import (
    ArchitectureOptions,
    BugsOptions,
    DocsOptions,
    RefactorOptions,
)
from codeassist.lsp.converter import MAX_NUMBER
from codeassist.lsp.failures import invalid
from codeassist.lsp.tokens import token_of as token_of


@dataclass(frozen=True, slots=True)
class Order:
    """A task for a document. `range` is None for the whole of it.

    `version` and `digest` are those of the document that an action was listed for, where it was.
    """

    task: str
    options: object
    uri: str
    range: types.Range | None = None
    title: str = ""
    version: int | None = None
    digest: str = ""


def order_of(params: object) -> Order:
    """The order of some JSON. Raises RequestError for what is none."""
    if not isinstance(params, Mapping):
        raise invalid("an object with `task` and `uri` is expected")
    task = params.get("task")
    if not isinstance(task, str) or task not in _OPTIONS:
        raise invalid(f"`task` is one of {', '.join(_OPTIONS)}")
    options = params.get("options") or {}
    if not isinstance(options, Mapping):
        raise invalid("`options` is an object")
    version, digest = params.get("version"), params.get("digest")
    return Order(
        task=task,
        options=_OPTIONS[task](options),
        uri=text_of(params, "uri"),
        range=range_of(params.get("range")) if options.get("scope") != "file" else None,
        title=str(params.get("title") or _TITLES[task]),
        version=version if isinstance(version, int) else None,
        digest=digest if isinstance(digest, str) else "",
    )


def range_of(value: object) -> types.Range | None:
    """A range of JSON, None for none. Raises RequestError for anything else."""
    if value is None or isinstance(value, types.Range):
        return value
    try:
        start, end = value["start"], value["end"]  # type: ignore[index]
        return types.Range(_position(start), _position(end))
    except (KeyError, TypeError) as error:
        raise invalid("`range` has `start` and `end`, each with `line` and `character`") from error


def text_of(params: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text of some JSON. Raises RequestError where it is missing, or is something else."""
    value = params.get(name, default)
    if not isinstance(value, str):
        raise invalid(f"`{name}` is a text")
    return value


def _position(value: Mapping[str, Any]) -> types.Position:
    line, character = value["line"], value["character"]
    if not isinstance(line, int) or not isinstance(character, int) or min(line, character) < 0:
        raise TypeError
    return types.Position(min(line, MAX_NUMBER), min(character, MAX_NUMBER))


def _docs(options: Mapping[str, Any]) -> DocsOptions:
    return DocsOptions()


def _bugs(options: Mapping[str, Any]) -> BugsOptions:
    return BugsOptions(text_of(options, "issue", ""), text_of(options, "traceback", ""))


def _refactor(options: Mapping[str, Any]) -> RefactorOptions:
    return RefactorOptions(
        text_of(options, "action"),
        text_of(options, "name", ""),
        text_of(options, "instruction", ""),
    )


def _architecture(options: Mapping[str, Any]) -> ArchitectureOptions:
    return ArchitectureOptions()


_OPTIONS: Mapping[str, Callable[[Mapping[str, Any]], object]] = MappingProxyType(
    {"docs": _docs, "bugs": _bugs, "refactor": _refactor, "architecture": _architecture}
)
_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "docs": "writing documentation",
        "bugs": "looking for bugs",
        "refactor": "refactoring",
        "architecture": "describing the architecture",
    }
)
