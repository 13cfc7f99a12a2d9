"""A file's outline from one parse and one combined query.

This is the hot path of cold indexing: plain tuples, byte offsets, no parent walks, and the query
through `matches` because the lists of `captures` are unordered. Decoding into dataclasses happens
only for files that somebody asks about.
"""

import marshal
from operator import itemgetter
from typing import Any

import tree_sitter

from codeassist.base.symbols import CLASS_KINDS, TOP, Call, Import, Outline, Symbol
from codeassist.languages import by_name
from codeassist.languages.parse import outline_query, parse

MAX_RECEIVER_BYTES = 80  # a longer receiver is an expression that no resolver follows
QUOTES = b"\"'<>`"

Raw = tuple[bool, list[Any], list[Any], list[Any]]

# Everything that is not part of an identifier, as a table for bytes.translate. Bytes of UTF-8
# sequences count as identifier characters.
_WORD_TABLE = bytes(
    code if chr(code).isalnum() or code in b"_$" or code >= 0x80 else 0x20 for code in range(256)
)


def extract_outline(language: str, data: bytes) -> Raw:
    """The raw outline of a file: (has_errors, symbols, imports, calls), ready for marshal."""
    root = parse(language, data).root_node
    definitions: list[Any] = []
    imports: list[Any] = []
    calls: list[Any] = []
    separator = by_name(language).import_separator.encode()
    for _, captures in tree_sitter.QueryCursor(outline_query(language)).matches(root):
        if "call" in captures:
            calls.append(_call(captures, data))
        elif "import" in captures or "reexport" in captures:
            imports.append(_import(captures, data, separator))
        else:
            definitions.append(_definition(captures, data))
    symbols, scopes = _nest(definitions)
    _enclose(imports, 3, 5, scopes)
    _enclose(calls, 1, 2, scopes)
    return root.has_error, symbols, imports, calls


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
        tuple(Symbol(*row) for row in symbols),
        tuple(Import(*row) for row in imports),
        tuple(Call(*row) for row in calls),
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
    return [kind[11:], text, TOP, node.start_byte, node.end_byte, name.start_byte, body]


def _import(
    captures: dict[str, list[tree_sitter.Node]], data: bytes, separator: bytes
) -> list[Any]:
    exported = "reexport" in captures
    node = captures["reexport" if exported else "import"][0]
    pieces = [data[part.start_byte : part.end_byte] for part in captures["module"]]
    module = pieces[0] if len(pieces) == 1 else separator.join(pieces)
    name = "*" if "all" in captures else None
    if "imported" in captures:
        name = text_of(captures["imported"][0], data).strip("\"'`")
    alias = text_of(captures["alias"][0], data) if "alias" in captures else None
    text = module.strip(QUOTES).decode("utf-8", "replace")
    return [text, name, alias, node.start_byte, node.end_byte, TOP, exported]


def _call(captures: dict[str, list[tree_sitter.Node]], data: bytes) -> list[Any]:
    name = captures["call"][0]
    start = name.start_byte
    receiver = None
    if "receiver" in captures:
        node = captures["receiver"][0]
        begin, end = node.start_byte, node.end_byte
        receiver = ""
        if end - begin <= MAX_RECEIVER_BYTES:
            receiver = data[begin:end].decode("utf-8", "replace")
    return [data[start : name.end_byte].decode("utf-8", "replace"), start, TOP, receiver]


def _nest(definitions: list[Any]) -> tuple[list[Any], list[tuple[int, int, int]]]:
    """Sort definitions, drop repeated ones, set parents; also the bodies as (start, end, index).

    Of several definitions of one name node the first pattern's wins, so that query files can put
    the special before the general.
    """
    definitions.sort(key=itemgetter(3))
    symbols: list[Any] = []
    seen: set[int] = set()
    scopes: list[tuple[int, int, int]] = []
    open_scopes: list[tuple[int, int, str]] = []
    for row in definitions:
        if row[5] in seen:
            continue
        seen.add(row[5])
        start = row[3]
        while open_scopes and open_scopes[-1][0] <= start:
            open_scopes.pop()
        if open_scopes:
            row[2] = open_scopes[-1][1]
            if row[0] == "function" and open_scopes[-1][2] in CLASS_KINDS:
                row[0] = "method"
        index = len(symbols)
        if row[6] >= 0:
            open_scopes.append((row[4], index, row[0]))
            scopes.append((start, row[4], index))
        else:
            row[6] = row[4]
        symbols.append(tuple(row))
    return symbols, scopes


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
