"""A file's outline from one parse and one combined query.

This is the hot path of cold indexing: plain tuples, byte offsets, no parent walks, and the query
through `matches` because the lists of `captures` are unordered. Decoding into dataclasses happens
only for files that somebody asks about.
"""

import marshal
from collections.abc import Callable
from operator import itemgetter
from typing import Any

import tree_sitter

from codeassist.base.symbols import (
    CALLABLE_KINDS,
    CLASS_KINDS,
    TOP,
    Call,
    Import,
    Outline,
    Symbol,
)
from codeassist.languages import by_name
from codeassist.languages.parse import outline_query, parse

OWNER_KINDS = CLASS_KINDS | {"type"}  # Go declares methods on any named type
MAX_RECEIVER_BYTES = 80  # a longer receiver is an expression that no resolver follows
QUOTES = b"\"'<>`"
THIS_FILE = "."  # the module of a re-export that writes none
RUBY_SYMBOL = "simple_symbol"  # `attr_reader :name` defines `name`
MODULE_QUOTES = b"\"'`"  # `<stdio.h>` keeps its brackets: they say where to look

Raw = tuple[bool, list[Any], list[Any], list[Any]]

# Everything that is not part of an identifier, as a table for bytes.translate. Bytes of UTF-8
# sequences count as identifier characters.
_WORD_TABLE = bytes(
    code if chr(code).isalnum() or code in b"_$" or code >= 0x80 else 0x20 for code in range(256)
)


def extract_outline(language: str, data: bytes, expired: Callable[[], bool] | None = None) -> Raw:
    """The raw outline of a file: (has_errors, symbols, imports, calls), ready for marshal.

    Of several definitions of one name node the first pattern's wins, so that query files can put
    the special before the general.

    `expired` is asked now and then whether to give up with TimeoutError.
    """
    root = parse(language, data, expired).root_node
    definitions: dict[int, tuple[int, list[Any]]] = {}
    imports: list[Any] = []
    calls: dict[int, list[Any]] = {}
    bound: set[int] = set()  # where imports bind names, as in `const a = require("a")`
    row = by_name(language)
    separator = row.import_separator.encode()
    for pattern, captures in tree_sitter.QueryCursor(outline_query(language)).matches(root):
        if "call" in captures:
            call = _call(captures, data)
            if call[3] is not None or call[1] not in calls:  # who knows a receiver knows more
                calls[call[1]] = call
        elif "import" in captures or "reexport" in captures:
            imports.append(_import(captures, data, separator))
            for role in ("alias", "imported") if "import" in captures else ():
                bound.update(node.start_byte for node in captures.get(role, ()))
        else:
            definition = _definition(captures, data)
            name = definition[5]
            if name not in definitions or pattern < definitions[name][0]:
                definitions[name] = pattern, definition
            if "owner" in captures:
                definition[7] = _owner(captures["owner"], data, row.separators)
    symbols, scopes = _nest([row for name, (_, row) in definitions.items() if name not in bound])
    imports = _without_repeated(imports)
    _enclose(imports, 3, 5, scopes)
    called = list(calls.values())
    _enclose(called, 1, 2, scopes)
    return root.has_error, symbols, imports, called


def words(data: bytes) -> bytes:
    """The distinct identifier-like words of a text, each between two spaces."""
    return b" " + b" ".join(set(data.translate(_WORD_TABLE).split())) + b" "


def encode(raw: Raw) -> bytes:
    """A raw outline as bytes. Marshal is three times as fast as pickle, and cannot run code."""
    return marshal.dumps(raw)


def decode_outline(language: str, blob: bytes) -> Outline:
    """The outline in a blob that `encode` made. Raises ValueError or EOFError for a corrupt one."""
    has_errors, symbols, imports, calls = marshal.loads(blob)
    return Outline(
        language,
        tuple(map(Symbol._make, symbols)),
        tuple(map(Import._make, imports)),
        tuple(map(Call._make, calls)),
        has_errors,
    )


def text_of(node: tree_sitter.Node, data: bytes) -> str:
    """A node's source text."""
    return data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _definition(captures: dict[str, list[tree_sitter.Node]], data: bytes) -> list[Any]:
    kind, node = next((k, v[0]) for k, v in captures.items() if k.startswith("definition."))
    name = captures["name"][0]
    body = captures["body"][0].start_byte if "body" in captures else -1
    text = data[name.start_byte : name.end_byte].strip(QUOTES).decode("utf-8", "replace")
    if name.type == RUBY_SYMBOL:
        text = text[1:]
    return [kind[11:], text, TOP, node.start_byte, node.end_byte, name.start_byte, body, ""]


def _owner(nodes: list[tree_sitter.Node], data: bytes, separators: tuple[str, ...]) -> str:
    """The dotted name of the type that a member written outside of it belongs to."""
    text = ".".join(text_of(node, data) for node in nodes)
    for separator in separators:
        text = text.replace(separator, ".")
    return text


def _import(
    captures: dict[str, list[tree_sitter.Node]], data: bytes, separator: bytes
) -> list[Any]:
    exported = "reexport" in captures
    node = captures["reexport" if exported else "import"][0]
    pieces = [data[part.start_byte : part.end_byte] for part in captures.get("module", ())]
    module = pieces[0] if len(pieces) == 1 else separator.join(pieces)
    if "module.last" in captures:
        last = captures["module.last"][0]
        module = data[captures["module"][0].start_byte : last.end_byte]
    name = "*" if "all" in captures else None
    if "imported.default" in captures:
        name = "default"
    if "imported" in captures:
        part, whole = captures["imported"][0], captures.get("module", [node])[-1]
        name = text_of(part, data).strip("\"'`")
        if pieces and whole.start_byte <= part.start_byte < whole.end_byte:
            module = data[whole.start_byte : part.start_byte].strip().removesuffix(separator)
    alias = text_of(captures["alias"][0], data).strip("\"'") if "alias" in captures else None
    if "alias.default" in captures:
        alias = "default"
    text = module.strip(MODULE_QUOTES).decode("utf-8", "replace")
    if exported:  # A written "." is a folder, so that it cannot be taken for this very file.
        text = "./" if text == "." else text or THIS_FILE
    return [text, name, alias, node.start_byte, node.end_byte, TOP, exported]


def _without_repeated(imports: list[Any]) -> list[Any]:
    """Leave out nameless imports inside a statement that binds names of the same module.

    A `require(…)` is an import wherever it stands, and with names where they are assigned.
    """
    named: dict[str, list[tuple[int, int]]] = {}
    for row in imports:
        if row[1] or row[2]:
            named.setdefault(row[0], []).append((row[3], row[4]))
    return [
        row
        for row in imports
        if row[1]
        or row[2]
        or not any(start < row[3] and row[4] <= end for start, end in named.get(row[0], ()))
    ]


def _call(captures: dict[str, list[tree_sitter.Node]], data: bytes) -> list[Any]:
    name = captures["call"][0]
    start = name.start_byte
    receiver = None
    if "receiver" in captures:
        nodes = captures["receiver"]
        begin, end = nodes[0].start_byte, nodes[-1].end_byte
        receiver = ""
        if end - begin <= MAX_RECEIVER_BYTES:
            receiver = data[begin:end].decode("utf-8", "replace")
    return [data[start : name.end_byte].decode("utf-8", "replace"), start, TOP, receiver]


def _nest(definitions: list[Any]) -> tuple[list[Any], list[tuple[int, int, int]]]:
    """Sort definitions and set parents; also the bodies as (start, end, index)."""
    definitions.sort(key=itemgetter(3))
    symbols: list[Any] = []
    scopes: list[tuple[int, int, int]] = []
    open_scopes: list[tuple[int, int, str]] = []
    for row in definitions:
        start = row[3]
        while open_scopes and open_scopes[-1][0] <= start:
            open_scopes.pop()
        if open_scopes:
            row[2] = _parent(row[0], open_scopes)
            if row[0] == "function" and open_scopes[-1][2] in CLASS_KINDS:
                row[0] = "method"
        index = len(symbols)
        if row[6] >= 0:
            open_scopes.append((row[4], index, row[0]))
            scopes.append((start, row[4], index))
        else:
            row[6] = row[4]
        symbols.append(row)
    _adopt(symbols)
    return [tuple(row) for row in symbols], scopes


def _parent(kind: str, scopes: list[tuple[int, int, str]]) -> int:
    """The innermost of the open scopes, but the class for a constructor's promoted parameter."""
    promoted = kind in ("field", "property") and scopes[-1][2] in CALLABLE_KINDS and len(scopes) > 1
    return scopes[-2 if promoted and scopes[-2][2] in CLASS_KINDS else -1][1]


def _adopt(symbols: list[Any]) -> None:
    """Give members that name their owner to it, where the same scope of this file defines it.

    Only symbols without an owner of their own adopt, so that no two can own each other.
    """
    owned = [row for row in symbols if row[7]]
    if not owned:
        return
    types: dict[tuple[int, str], int] = {}
    for index, row in enumerate(symbols):
        if not row[7] and row[0] not in CALLABLE_KINDS:
            types.setdefault((row[2], row[1]), index)
    for row in owned:
        at: int | None = row[2]
        for name in row[7].split("."):
            at = None if at is None else types.get((at, name))
        if row[0] == "function" and (at is None or symbols[at][0] in OWNER_KINDS):
            row[0] = "method"
        if at is not None:
            row[2], row[7] = at, ""


def _enclose(rows: list[Any], at: int, target: int, scopes: list[tuple[int, int, int]]) -> None:
    """Set the enclosing scope of rows by one sweep: offset in slot `at`, scope into `target`."""
    rows.sort(key=itemgetter(at))
    stack: list[tuple[int, int]] = []
    position = 0
    for number, row in enumerate(rows):
        offset = row[at]
        while position < len(scopes) and scopes[position][0] <= offset:
            start, end, index = scopes[position]
            while stack and stack[-1][0] <= start:
                stack.pop()
            stack.append((end, index))
            position += 1
        while stack and stack[-1][0] <= offset:
            stack.pop()
        if stack:
            row[target] = stack[-1][1]
        rows[number] = tuple(row)
