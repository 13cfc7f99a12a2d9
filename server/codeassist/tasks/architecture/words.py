"""What a repository says of itself: the first sentence of docstrings, file comments and READMEs.

Quotes, with the line on which each begins. Goes by lines of text; parses nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname, join

from codeassist.context.detail import doc_lines, doc_text
from codeassist.context.source import Source, Sources
from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.tasks.architecture.modules import Kind, Module

MAX_WORDS = 300  # characters of a quote; a longer sentence is cut
MAX_LINES = 8  # that a first sentence may take
HEAD_LINES = 60  # a file's own words stand at its top
# Files that speak for their folder, in the languages' own conventions.
SPEAKERS = (
    "__init__.py", "mod.rs", "lib.rs", "src/lib.rs", "doc.go", "package-info.java", "index.ts",
    "index.js", "src/index.ts", "src/index.js", "main.go",
)  # fmt: skip
READMES = ("README.md", "README.rst", "README.txt", "README", "readme.md", "Readme.md")
_SENTENCE = re.compile(r"[.!?。！？](?=\s|$)|[。！？]")
_QUOTES = re.compile(r"[rRuUbB]{0,2}(\"\"\"|'''|\"|')")
_COMMENT = ("//", "/*", "*")
# Languages with other signs: "#" begins a directive in C and an attribute in Rust.
_COMMENTS = {"ruby": ("#",), "bash": ("#",), "php": ("//", "/*", "*", "#"), "lua": ("--",)}
_LEGAL = re.compile(
    r"copyright|todo|fixme|licen[sc]e|spdx|all rights reserved|eslint|@flow|prettier|pylint"
    r"|noqa|mypy:|-\*-|coding[:=]|vim?:|go:build|\+build|<reference|ts-check|shellcheck|rubocop|frozen_string",
    re.IGNORECASE,
)
_TAG = re.compile(r"^[@\\:]\w|^\.\. |^-{3,}|^={3,}")  # "@param", ":param x:", a directive, a rule
# What is no prose in a README: headings, pictures, badges, HTML, quotations, lists, tables, rules.
_NO_PROSE = re.compile(r"^\s*(?:#|!\[|\[!\[|\[.*\]:|<|>|[-*+] |\d+\. |\||```|~~~|\.\. |:\w+:|@)")
_RULE = re.compile(r"^([=\-~^\"*#+])\1*\s*$")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](\w[^*_]*)[*_](?![\w*])")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\[([^\]]+)\]\[[^\]]*\]|`([^`<]+?)(?: *<[^>]*>)?`_+")


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands in a file from a line on (1-based), on one line."""

    text: str
    path: str
    line: int


def of_symbol(view: View, sources: Sources, path: str, symbol: int) -> Quote | None:
    """The first sentence of a definition's documentation."""
    outline, source = view.outline(path), sources.get(view, path)
    if outline is None or source is None:
        return None
    lines = doc_lines(outline, symbol, source)
    marks = () if by_name(outline.language).docs_inside else _marks(outline.language)
    return _quote(source, path, lines[-1], marks) if lines else None


def of_file(view: View, sources: Sources, path: str) -> Quote | None:
    """The first sentence of a file's own documentation: a docstring or a comment at its top."""
    source = sources.get(view, path)
    language = view.language(path)
    if source is None or language is None:
        return None
    row = by_name(language)
    marks = () if row.docs_inside else _marks(language)
    line = _docstring(source) if row.docs_inside else _top_comment(source, marks)
    return _quote(source, path, line, marks) if line is not None else None


def of_module(view: View, sources: Sources, module: Module) -> Quote | None:
    """What a module says of itself: in the file that speaks for its folder, else in its README."""
    if module.kind is Kind.REST:
        return None
    if module.kind is Kind.FILE or len(module.files) == 1:
        return of_file(view, sources, module.files[0])
    said = (join(module.place, name) for name in SPEAKERS)
    found = (of_file(view, sources, path) for path in said if path in module.files)
    quote = next(filter(None, found), None)
    if quote is not None or module.kind is Kind.OWN:
        return quote
    return readme(view, module.place) or _package_comment(view, sources, module)


def readme(view: View, folder: str) -> Quote | None:
    """The first paragraph of a folder's README, cut after a sentence."""
    here = view.file_set.folders.get(folder, ())
    path = next((join(folder, name) for name in READMES if join(folder, name) in here), None)
    document = view.document(path) if path else None
    if path is None or document is None:
        return None
    lines = document.data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    start, paragraph = _paragraph(lines)
    plain = _MARKUP.sub(lambda match: next(filter(None, match.groups()), ""), " ".join(paragraph))
    plain = _HTML.sub("", plain)
    text = _cut(_EMPHASIS.sub(r"\1", plain.replace("**", "").replace("``", "`")))
    return Quote(text, path, start + 1) if text else None


def _package_comment(view: View, sources: Sources, module: Module) -> Quote | None:
    """Go's "Package x …", which may stand in any file of the package."""
    for path in module.files:
        if view.language(path) == "go" and dirname(path) == module.place:
            quote = of_file(view, sources, path)
            if quote is not None and quote.text.startswith("Package "):
                return quote
    return None


def _docstring(source: Source) -> int | None:
    """The line on which the words of a docstring at the top begin."""
    for number, line in enumerate(source.lines[:HEAD_LINES]):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        match = _QUOTES.match(bare)
        if match is None:
            return None
        alone = bare == match.group() and len(match.group(1)) == 3
        return number + 1 if alone and number + 1 < len(source.lines) else number
    return None


def _top_comment(source: Source, marks: tuple[str, ...]) -> int | None:
    """The first line with words of a comment at the top that speaks for the file.

    A comment just above a definition speaks for that, one about rights or tools for nothing.
    """
    for block in _comments(source.lines[:HEAD_LINES], marks):
        after = source.lines[block.stop].strip() if block.stop < len(source.lines) else ""
        if after and not after.startswith(("package ", "import ", "#include", "#ifndef", '"use')):
            inner = any(source.lines[line].strip().startswith("//!") for line in block)
            if not inner:
                continue
        words = [line for line in block if doc_text(source.lines[line])]
        legal = any(_LEGAL.search(source.lines[line]) for line in block)
        if words and not legal and not source.lines[words[0]].startswith("#!"):
            return words[0]
    return None


def _comments(lines: Sequence[str], marks: tuple[str, ...]) -> Iterable[range]:
    """The runs of comment lines before the first line of code."""
    start: int | None = None
    is_open = False  # within a block comment, whose lines need no star
    for number, line in enumerate(lines):
        bare = line.strip()
        if is_open or bare.startswith(marks):
            start = number if start is None else start
            is_open = (is_open or bare.startswith("/*")) and "*/" not in bare
            continue
        if start is not None:
            yield range(start, number)
            start = None
        if bare and not bare.startswith(("package ", "<?php", '"use strict', "'use strict")):
            return
    if start is not None:
        yield range(start, len(lines))


def _marks(language: str) -> tuple[str, ...]:
    """What comments of a language begin with."""
    return _COMMENTS.get(language, _COMMENT)


def _quote(source: Source, path: str, line: int, marks: tuple[str, ...]) -> Quote | None:
    """The sentence that begins on a line of documentation.

    Without `marks` that is a string, which ends with its quotes, else comments with one of them.
    """
    said: list[str] = []
    first = source.lines[line].strip()
    if first.startswith(("#", "--")) and not first.startswith(marks):
        return None
    mark = next((each for each in marks if each[-1] != "*" and first.startswith(each)), "")
    for number in range(line, min(line + MAX_LINES, len(source.lines))):
        written = source.lines[number]
        if not written.strip().startswith(mark):
            break
        text = re.sub(r"</?[a-z]+>", "", doc_text(written)).strip()
        if not text or _TAG.match(text):
            break
        said.append(text)
        ended = _SENTENCE.search(text) or written.rstrip().endswith(('"""', "'''", "*/"))
        if ended:
            break
        if number == line and _QUOTES.match(first) and first[-1:] in "\"'":
            break
    text = _sentence(" ".join(said))
    return Quote(text, path, line + 1) if any(map(str.isalpha, text)) else None


def _sentence(text: str) -> str:
    match = _SENTENCE.search(text)
    return _cut(text[: match.end()] if match else text)


def _cut(text: str) -> str:
    """A text of at most MAX_WORDS characters: whole sentences if there are any, else words."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= MAX_WORDS:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, MAX_WORDS)]
    return text[: ends[-1]] if ends else text[:MAX_WORDS].rpartition(" ")[0] + " …"


def _paragraph(lines: Sequence[str]) -> tuple[int, list[str]]:
    """The first paragraph of prose, and the number of its first line."""
    found: list[str] = []
    start = 0
    is_code = False
    for number, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        below = lines[number + 1] if number + 1 < len(lines) else ""
        title = _RULE.match(line) or _RULE.match(below)  # with its underline, however short
        if is_code or not line.strip() or title or _NO_PROSE.match(line):
            if any(char.isalpha() for char in _MARKUP.sub("", " ".join(found))):
                break
            found = []  # nothing yet, or only links: a list of translations, of badges
            continue
        start = start if found else number
        found.append(line.strip())
    return start, found if any(map(str.isalpha, _MARKUP.sub("", " ".join(found)))) else []


def speaks_for(path: str) -> bool:
    """Whether a file speaks for its folder by its name."""
    return basename(path) in {basename(name) for name in SPEAKERS}
