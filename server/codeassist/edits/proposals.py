"""What an answer proposes, as plain data, and the schema of it.

Knows the form only; whether a proposal fits any file is `answer`'s matter.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from codeassist.base.errors import EditError

REPLACE, SYMBOL, CREATE = "replace", "symbol", "create"
KINDS = (REPLACE, SYMBOL, CREATE)


@dataclass(frozen=True, slots=True)
class Replace:
    """The one place in a file that reads `search` becomes `replace`."""

    path: str
    search: str
    replace: str


@dataclass(frozen=True, slots=True)
class ReplaceSymbol:
    """A whole definition, by its qualified name in its file, becomes `code`."""

    path: str
    symbol: str
    code: str


@dataclass(frozen=True, slots=True)
class Create:
    """A new file."""

    path: str
    text: str


Proposal: TypeAlias = Replace | ReplaceSymbol | Create


def edits_schema() -> dict[str, Any]:
    """The JSON schema of a list of edits, in the strict subset of `AnswerSchema`.

    To be used as the schema of one property. Each item has all five properties: `kind`, `path`,
    `search` (null but for "replace"), `symbol` (null but for "symbol") and `text`.
    """
    properties = {
        "kind": {
            "type": "string",
            "enum": list(KINDS),
            "description": "replace: the text `search` becomes `text`. "
            "symbol: the whole definition `symbol` becomes `text`. create: a new file with `text`.",
        },
        "path": {"type": "string", "description": "The file, relative to the root."},
        "search": {
            "type": ["string", "null"],
            "description": "For replace: lines copied exactly from the file, enough of them "
            "to occur only once. Else null.",
        },
        "symbol": {
            "type": ["string", "null"],
            "description": "For symbol: the definition's qualified name, as in Class.method. "
            "Else null.",
        },
        "text": {
            "type": "string",
            "description": "The new text, without line numbers and code fences; "
            "empty to delete what was found.",
        },
    }
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "array", "items": item}


def parse_edits(data: object) -> tuple[Proposal, ...]:
    """The proposals in a parsed answer: a list in the form of `edits_schema`.

    Raises EditError with everything that is wrong. Servers that do not hold models to a schema are
    allowed for: null properties may be missing, and an object may have the list as "edits".
    """
    if isinstance(data, dict) and "edits" in data:
        data = data["edits"]
    if not isinstance(data, list):
        raise EditError("the edits are not a list")
    found: list[Proposal] = []
    complaints: list[str] = []
    for number, item in enumerate(data, 1):
        try:
            found.append(_proposal(item))
        except EditError as error:
            complaints.append(f"edit {number}: {error.message}")
    if complaints:
        raise EditError("\n".join(complaints))
    return tuple(found)


def _proposal(item: object) -> Proposal:
    if not isinstance(item, dict):
        raise EditError("it is not an object")
    kind, path = item.get("kind"), _text(item, "path")
    if kind == REPLACE:
        return Replace(path, _text(item, "search"), _text(item, "text"))
    if kind == SYMBOL:
        return ReplaceSymbol(path, _text(item, "symbol"), _text(item, "text"))
    if kind == CREATE:
        return Create(path, _text(item, "text"))
    raise EditError(f"its kind is not one of {', '.join(KINDS)}")


def _text(item: dict[str, object], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise EditError(f"`{name}` has to be a text")
    return value
