"""Which definitions are to be documented or repaired: the one that is meant, or those of files.

Of files and folders only what a reader of their interface sees, and nothing that has its
documentation elsewhere: overrides, setters, overloads, tests, generated files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS
from codeassist.context.roles import is_test
from codeassist.index.view import View
from codeassist.tasks.docs.existing import Existing, existing
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.members import is_setter, owner_chain
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.docs.syntax import Source
from codeassist.tasks.docs.visibility import is_public
from codeassist.tasks.task import Reach, Subject
from codeassist.vfs.generated import HEAD_BYTES, is_generated

KINDS = CALLABLE_KINDS | (CLASS_KINDS - {"impl", "object"}) | {"type", "property"}
_DUNDER = re.compile(r"^__\w+__$")
_OVERLOAD = re.compile(r"^(?:\w+\.)*overload$")
_OVERRIDE = re.compile(r"(?:^|[.@\s])[Oo]verride\b")
# Operators, destructors and the like need no words; macros of test libraries look like functions.
_NAME = re.compile(
    r"^#?(?!(?:TEST|TEST_F|TEST_P|BENCHMARK|deinit|operator|subscript)$)[^\W\d][\w$]*[?!]?$"
)
_NAMED = (Reach.SYMBOL, Reach.PLACE)


@dataclass(frozen=True)
class Target:
    """A definition to work on, and what documentation it has. `is_named` was asked for itself."""

    source: Source
    index: int
    has: Existing
    is_named: bool


def is_worth_looking(view: View, path: str, subject: Subject) -> bool:
    """Whether a file of a folder is looked into: no tests, nothing generated, no stubs."""
    if subject.reach in (*_NAMED, Reach.FILE):
        return True
    if is_test(path) or path.endswith((".pyi", ".d.ts")):
        return False
    document = view.document(path)
    return document is not None and not is_generated(path, document.data[:HEAD_BYTES])


def targets(
    source: Source, subject: Subject, options: DocsOptions, layout: Layout
) -> Iterator[Target]:
    """The definitions of a file that the subject means, in source order."""
    if subject.reach in _NAMED:
        chosen = _meant(source, subject)
        for index in chosen:
            yield Target(source, index, existing(source, index), is_named=True)
        return
    for index, symbol in enumerate(source.outline.symbols):
        if symbol.kind not in KINDS:
            continue
        has = existing(source, index)
        # What is wrong is to be repaired wherever it stands.
        if has.is_doc or _is_wanted(source, index, options, layout):
            yield Target(source, index, has, is_named=False)


def _is_wanted(source: Source, index: int, options: DocsOptions, layout: Layout) -> bool:
    """Whether a definition without documentation is to have some."""
    if _is_elsewhere(source, index, layout) or _is_inner(source, index):
        return False
    if not _NAME.match(source.symbol(index).name):
        return False
    return options.visibility == "all" or is_public(source, index)


def _is_inner(source: Source, index: int) -> bool:
    """Whether a definition is inside of a function, a test module, or on another's line."""
    chain = [source.symbol(outer) for outer in owner_chain(source, index)]
    if any(each.kind in CALLABLE_KINDS for each in chain):
        return True
    if source.language.name == "rust" and any(each.name in ("tests", "test") for each in chain):
        return True
    return source.language.name == "ruby" and source.header(index).startswith("alias")


def _meant(source: Source, subject: Subject) -> list[int]:
    """The definition that is named, those that a selection holds, or the one around it."""
    symbols = source.outline.symbols
    if subject.reach is Reach.SYMBOL:
        found = subject.focus.symbol
        if 0 <= found < len(symbols):
            return [found]
    start, end = subject.start, max(subject.start, subject.end)
    inside = [
        index
        for index, each in enumerate(symbols)
        if each.kind in KINDS and start <= each.name_start < end
    ]
    if inside:
        return inside
    around = [
        index
        for index, each in enumerate(symbols)
        if each.kind in KINDS and each.start <= start < max(each.end, each.start + 1)
    ]
    return around[-1:]


def _is_elsewhere(source: Source, index: int, layout: Layout) -> bool:
    """Whether a definition is documented by another one, or needs no words."""
    symbol, language = source.symbol(index), source.language.name
    marks = source.detail.decorators.get(index, ())
    if is_setter(source, index):
        return True
    if any(_OVERLOAD.match(m) or _OVERRIDE.search(m) for m in marks):
        return True
    if language == "python":
        if symbol.name == "__init__":
            return not layout.in_constructor
        return bool(_DUNDER.match(symbol.name))
    if symbol.kind in CALLABLE_KINDS and _says_override(source, index):
        return True
    if language in ("typescript", "tsx") and _is_implementation(source, index):
        return True
    if language == "rust" and symbol.kind in CALLABLE_KINDS:
        chain = owner_chain(source, index)
        trait = chain and re.search(r"\bfor\b", source.header(chain[0]).split("{", 1)[0])
        return bool(trait) and source.symbol(chain[0]).kind == "impl"
    return language in ("c", "cpp") and _is_forward(source, index)


def _says_override(source: Source, index: int) -> bool:
    if source.language.name not in ("kotlin", "scala", "swift", "csharp", "cpp", "typescript",
                                    "tsx"):  # fmt: skip
        return False
    symbol = source.symbol(index)
    end = symbol.name_start if source.language.name != "cpp" else symbol.body
    return bool(re.search(r"\boverride\b", source.text(symbol.start, end)))


def _is_implementation(source: Source, index: int) -> bool:
    """Whether overloads above a TypeScript function are its interface."""
    symbol = source.symbol(index)
    return symbol.body < symbol.end and any(
        other.name == symbol.name and other.parent == symbol.parent and other.body == other.end
        for other in source.outline.symbols[max(0, index - 8) : index]
    )


def _is_forward(source: Source, index: int) -> bool:
    """Whether a C definition is declared elsewhere in its own file, where readers look."""
    symbol = source.symbol(index)
    if symbol.kind not in CALLABLE_KINDS or symbol.body >= symbol.end:
        return False
    return any(
        other.name == symbol.name and other.owner == symbol.owner and other.body == other.end
        for other in source.outline.symbols[:index]
    )
