"""Whether an edit changes nothing but comments and docstrings, proved by comparing syntax trees.

Comments that tell a tool or a compiler what to do are code here, and so is everything else.
"""

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterator

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import Document
from codeassist.edits.verdict import Verdict
from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.languages.nodes import Node, comment_types
from codeassist.languages.parse import parse

# Comments that are instructions: to an interpreter, a compiler, a linter, a type checker, ….
_DIRECTIVE = re.compile(
    r"#!|#.*?coding[:=]|//go:|//\s*\+build\b|///\s*<reference|"
    r"#\s*type:|(?:#|//|/\*|--)\s*"
    r"(?:noqa\b|nosec\b|pragma\b|pylint:|mypy:|pyright:|ruff:|flake8[:-]|isort:|fmt:|yapf:|"
    r"frozen_string_literal:|rubocop:|shellcheck\s|@ts-|@jsx|@flow\b|eslint\b|eslint-|tslint:|"
    r"prettier-ignore|biome-ignore|istanbul\s|c8\s|v8\s|webpack[A-Z]|@vite-ignore|[#@]__PURE__|"
    r"NOLINT|nolint\b|clang-format|swiftlint:|swift-tools-version|ktlint|luacheck:|selene:|"
    r"phpcs:|@phpstan-ignore|@psalm-suppress|codeassist:)",
    re.IGNORECASE,
)
_DOC_OWNERS = ("function_definition", "class_definition")
Token = tuple[str, bytes]


def comment_problems(view: View, after: View, edit: WorkspaceEdit) -> Verdict:
    """A problem for each file of which more than comments changes, or nobody can tell."""
    problems: list[str] = []
    for file in edit.files:
        old, new = view.document(file.path), after.document(file.path)
        language = after.language(file.path)
        if file.before is None or old is None or new is None:
            problems.append(f"{file.path}: only comments may change, but it is a new file")
        elif language is None:
            problems.append(f"{file.path}: only comments may change, but its syntax is not known")
        else:
            problems += _problems(language, old, new)
    return Verdict.of(
        problems, "only comments change: the syntax trees without comments and docstrings are equal"
    )


def _problems(language: str, old: Document, new: Document) -> Iterator[str]:
    first, second = _Tokens(language, old.data), _Tokens(language, new.data)
    for at, (one, other) in enumerate(zip(first.tokens, second.tokens, strict=False)):
        if one != other:
            yield _different(new, second, at)
            return
    if len(first.tokens) != len(second.tokens):
        yield _different(new, second, min(len(first.tokens), len(second.tokens)))
        return
    if first.directives != second.directives:
        changed = (first.directives - second.directives) + (second.directives - first.directives)
        shown = next(iter(changed)).decode("utf-8", "replace")
        yield f"{new.path}: a comment that is an instruction changes: `{shown}`"
        return
    if language == "python" and not _is_same_in_python(old, new):
        yield f"{new.path}: more than docstrings and comments changes for Python"


def _different(document: Document, found: "_Tokens", at: int) -> str:
    """What to say of the first token that is not the same."""
    place = found.places[at] if at < len(found.places) else len(document.data)
    line = document.lines.line_of(place)
    shown = document.lines.line(line).strip()
    if not shown:
        return f"{document.path}: code changes, and not comments alone: before line {line + 1}"
    return f"{document.path}: code changes, and not comments alone: line {line + 1}, `{shown}`"


class _Tokens:
    """A text's syntax tree as a list, without comments and docstrings.

    `places` are the byte offsets of the tokens, `directives` the comments that are instructions.
    """

    def __init__(self, language: str, data: bytes) -> None:
        self.tokens: list[Token] = []
        self.places: list[int] = []
        self.directives: Counter[bytes] = Counter()
        self._data = data
        self._comments = comment_types(language)
        self._docs_inside = by_name(language).docs_inside
        self._read(parse(language, data).root_node)

    def _read(self, root: Node) -> None:
        """Every node from top to bottom; what is between the children of a node is a token too."""
        stack: list[Node | tuple[str, bytes, int]] = [root]
        while stack:
            item = stack.pop()
            if isinstance(item, tuple):
                self._add(*item)
                continue
            if item.type in self._comments:
                self._note(item)
            elif item.child_count == 0:
                text = self._data[item.start_byte : item.end_byte]
                self._add(item.type, text, item.start_byte)
            elif not (self._docs_inside and _is_docstring(item)):
                self._add(f"({item.type}", b"", item.start_byte)
                stack.append((")", b"", item.end_byte))
                stack.extend(reversed(list(self._inner(item))))

    def _inner(self, node: Node) -> Iterator["Node | tuple[str, bytes, int]"]:
        """A node's children, and the text between them where the grammar has no node for it."""
        position = node.start_byte
        keeps_blanks = "string" in node.type or "heredoc" in node.type or "text" in node.type
        for child in node.children:
            gap = self._data[position : child.start_byte]
            if gap and (gap.strip() or keeps_blanks):
                yield "gap", gap if keeps_blanks else gap.strip(), position
            yield child
            position = child.end_byte
        gap = self._data[position : node.end_byte]
        if gap and (gap.strip() or keeps_blanks):
            yield "gap", gap if keeps_blanks else gap.strip(), position

    def _add(self, kind: str, text: bytes, place: int) -> None:
        self.tokens.append((kind, text))
        self.places.append(place)

    def _note(self, comment: Node) -> None:
        text = self._data[comment.start_byte : comment.end_byte].strip()
        if _DIRECTIVE.match(text.decode("utf-8", "replace")):
            self.directives[text] += 1


def _is_docstring(node: Node) -> bool:
    """Whether a statement is the docstring of a module, a class or a function in Python."""
    if node.type != "expression_statement" or node.named_child_count != 1:
        return False
    body = node.parent
    if body is None or (body.type == "block") != (
        body.parent is not None and body.parent.type in _DOC_OWNERS
    ):
        return False
    if body.type not in ("block", "module"):
        return False
    first = next((each for each in body.named_children if each.type != "comment"), None)
    value = node.named_children[0]
    return first == node and _is_plain_string(value)


def _is_plain_string(node: Node) -> bool:
    """Whether a string is neither formatted nor bytes, which Python takes for no docstring."""
    if node.type == "concatenated_string":
        return all(_is_plain_string(each) for each in node.named_children if each.type == "string")
    if node.type != "string" or not node.children:
        return False
    opening = node.children[0].text or b""
    return not set(opening.lower()) & set(b"bft")


def _is_same_in_python(old: Document, new: Document) -> bool:
    """Whether Python's own trees are equal but for docstrings; true if it cannot read the old."""
    first = _python_tree(old)
    return first is None or first == _python_tree(new)


def _python_tree(document: Document) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(document.data.decode("utf-8"))
            for node in ast.walk(tree):
                _drop_docstring(node)
            return ast.dump(tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _drop_docstring(node: ast.AST) -> None:
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if node.body and isinstance(node.body[0], ast.Expr):
        value = node.body[0].value
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            del node.body[0]
