"""Writes the comment that silences one finding: `codeassist: ignore[CODE]`.

At the end of the finding's line, else on a line of its own above. Whatever is written is read back:
it has to be a comment that covers the finding, and nothing but comments may have changed.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError, UsageError
from codeassist.base.files import Document
from codeassist.checks import CHECKS
from codeassist.checks.ignore_comments import Ignore, ignores_in
from codeassist.edits.make import workspace_edit
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.languages.nodes import Node, comment_types
from codeassist.languages.parse import parse
from codeassist.vfs.nothing import NoTree

LINE_MOST = 100  # characters; a comment that makes a line longer gets one of its own
# In the middle of JSX nothing else is a comment, and blanks before it on its line would be text.
_MARKUP = "{/*", "*/}"
# How a comment begins and ends in files of no language of the table, by the ends of their names.
_FORMS: Mapping[tuple[str, ...], tuple[str, str]] = MappingProxyType(
    {
        (".yml", ".yaml", ".toml", ".cfg", ".ini", ".conf", ".properties", ".tf", ".mk"): ("#", ""),
        ("Dockerfile", "Makefile", ".cmake", "CMakeLists.txt", ".env", ".txt"): ("#", ""),
        (".gitignore", ".gitattributes", ".dockerignore", ".editorconfig"): ("#", ""),
        (".pl", ".pm", ".r", ".ex", ".exs", ".jl", ".nix", ".graphql"): ("#", ""),
        (".jsonc", ".json5", ".proto", ".gradle", ".groovy", ".dart", ".zig"): ("//", ""),
        (".scss", ".less"): ("//", ""),
        (".sql", ".hs", ".elm"): ("--", ""),
        (".lisp", ".clj", ".cljs", ".el", ".scm", ".asm"): (";", ""),
        (".tex", ".erl"): ("%", ""),
        (".html", ".htm", ".xml", ".svg", ".md", ".vue", ".svelte"): ("<!--", "-->"),
        (".css",): ("/*", "*/"),
    }
)


def can_be_ignored(code: str) -> bool:
    """Whether a comment can silence what has this code: only what a check says comes again."""
    return code in CHECKS


def ignoring(path: str, data: bytes, line: int, code: str) -> WorkspaceEdit:
    """The edit that silences a check at a 0-based line of a file's text.

    Raises UsageError for a code that is no check's, EditError where no comment can say it.
    """
    if not can_be_ignored(code):
        raise UsageError(f"there is no check {code}", "only findings of checks can be ignored")
    store = Store.in_memory()
    try:
        view = View(NoTree(), store, {}, ()).overlaid({path: data})
        document = view.document(path)
        assert document is not None, "the view has the text"
        for edit, at in _edits(view, document, path, line, code):
            after = _applied(document.data, edit)
            if _is_right(view, path, after, at, code):
                title = f"Ignore {code} in line {line + 1}"
                return workspace_edit(view, title, {path: [edit]})
    finally:
        store.close()
    raise EditError(
        f"no comment can be written at line {line + 1}",
        f"put `codeassist: ignore-file[{code}]` into a comment at the beginning of the file",
    )


def _edits(
    view: View, document: Document, path: str, line: int, code: str
) -> Iterator[tuple[TextEdit, int]]:
    """What may be written, the best first, with the finding's line afterwards."""
    there = list(ignores_in(view, path))
    if any(each.covers(code, line) for each in there):
        raise EditError(f"{code} is ignored here already")
    for each in there:
        if line in (each.line, each.target) and not each.whole_file:
            yield _more(document, each, code), line
    lines, mark = document.lines, f"codeassist: ignore[{code}]"
    start, text = lines.line_start(line), lines.line(line)
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    for opening, closing in _forms(view, path):
        comment = f"{opening} {mark} {closing}".rstrip()
        end = start + len(text.rstrip().encode())
        behind = TextEdit(end, end, f"  {comment}"), line
        above = TextEdit(start, start, f"{indent}{comment}\n"), line + 1
        fits = len(text.rstrip()) + 2 + len(comment) <= LINE_MOST
        if (opening, closing) == _MARKUP:
            yield above
        else:
            yield from (behind, above) if fits else (above, behind)


def _more(document: Document, each: Ignore, code: str) -> TextEdit:
    """One more code in the brackets of a comment that is there."""
    end = document.data.rindex(b"]", each.start, each.end)
    return TextEdit(end, end, f", {code}")


def _forms(view: View, path: str) -> Iterator[tuple[str, str]]:
    """How comments may be written in a file."""
    language = view.language(path)
    if language is not None:
        yield by_name(language).line_comment, ""
        if language in ("javascript", "tsx"):
            yield _MARKUP
        return
    yield from (form for ends, form in _FORMS.items() if path.endswith(ends))


def _applied(data: bytes, edit: TextEdit) -> bytes:
    return data[: edit.start] + edit.text.encode() + data[edit.end :]


def _is_right(view: View, path: str, after: bytes, line: int, code: str) -> bool:
    """Whether a finding at a line is silenced then, and no code differs."""
    new = view.overlaid({path: after})
    if not any(each.covers(code, line) for each in ignores_in(new, path)):
        return False
    before, language = view.document(path), view.language(path)
    if before is None or language is None:
        return True
    return list(_leaves(language, before.data)) == list(_leaves(language, after))


def _leaves(language: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The kinds and texts of the smallest parts of a text, but for its comments."""
    comments = comment_types(language)
    stack = [parse(language, data).root_node]
    while stack:
        node = stack.pop()
        if node.type in comments or _is_markup_comment(node, comments):
            continue
        text = data[node.start_byte : node.end_byte].strip()
        if not node.child_count and text:
            yield node.type, text
        stack.extend(reversed(node.children))


def _is_markup_comment(node: Node, comments: frozenset[str]) -> bool:
    """Whether a node is braces in JSX with nothing but a comment in them."""
    inside = node.named_children if node.type == "jsx_expression" else []
    return bool(inside) and all(each.type in comments for each in inside)
