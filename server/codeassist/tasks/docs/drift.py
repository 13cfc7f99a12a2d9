"""How existing documentation differs from the code, as one state of a file shows it.

Uses the same reading as the check `docs-drift`; that one compares two states, so that it may say
more. Speaks only of what is certain: what may be meant is left alone.
"""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.checks.docstyles import STYLES_OF, documented
from codeassist.checks.docstyles.documented import Documented, Entry
from codeassist.checks.documented_functions import Function, bare
from codeassist.languages.nodes import Node
from codeassist.tasks.docs.choose import Target
from codeassist.tasks.docs.content import Item, Part
from codeassist.tasks.docs.facts import Facts
from codeassist.tasks.docs.layout import Layout, Types
from codeassist.tasks.docs.members import constructor_of, is_property
from codeassist.tasks.docs.python_style import style_of
from codeassist.tasks.docs.syntax import Source, body_of, own_nodes
from codeassist.tasks.docs.traits import TYPED

NEAR = 0.6  # difflib's own cut-off, as in the check
# Said of a function without parameters; and receivers, which some document.
_NO_NAMES = frozenset({"None", "none", "self", "cls", "this"})
# Results that are none, but of which something may be said all the same.
_NO_RESULTS = frozenset({"None", "void", "Void", "()", "Unit", "undefined"})
_RESULT_LANGUAGES = frozenset(
    {"python", "javascript", "typescript", "tsx", "java", "php", "csharp"}
)
_SAYS_RETURN = re.compile(r"^\W*(?:Return|Yield|Get)s?\b")


@dataclass(frozen=True)
class Drift:
    """What is to be changed in one documentation, whose layout is `layout`.

    `says` is what it says now; `renamed` are (entry, new name). `added` are entries that are
    missing, by part, and `returns_nothing` marks a documented result that there is not.
    """

    layout: Layout
    says: Documented
    order: tuple[str, ...]
    renamed: tuple[tuple[Entry, str], ...] = ()
    stale: tuple[Entry, ...] = ()
    added: tuple[tuple[Part, Item], ...] = ()
    returns_nothing: bool = False


def drift_of(target: Target, facts: Facts, layout: Layout) -> Drift | None:
    """The drift of one definition; None where nothing is certain to be wrong."""
    source, index = target.source, target.index
    symbol, language = source.symbol(index), source.language.name
    if language not in STYLES_OF:
        return None
    of_class = symbol.kind == "class" and language == "python"
    if not of_class and symbol.kind not in CALLABLE_KINDS:
        return None
    layout = _own_layout(target, layout)
    # Offsets are into the text with line feeds alone: see `written`.
    says = documented(language, target.has.text.replace("\r\n", "\n"), layout.style)
    constructor = constructor_of(source, index) if of_class else index
    if constructor is None or (of_class and facts.content.of("attributes")):
        return None
    doc = (target.has.start, target.has.end)
    function = Function(source.path, constructor, source.outline, source.detail, source.document,
                        doc, says, of_class)  # fmt: skip
    renamed, stale = _unknown(function)
    added = [*_missing(function, facts, target, renamed)]
    body = body_of(source, constructor)
    if not of_class:
        added += _other_parts(target, facts, says)
        stale += _never_raised(source, body, says)
    nothing = not of_class and _returns_nothing(source, index, body, facts, says)
    drift = Drift(layout, says, facts.names, tuple(renamed), tuple(stale), tuple(added), nothing)
    return drift if renamed or stale or added or nothing else None


def _own_layout(target: Target, layout: Layout) -> Layout:
    """The layout of this very documentation: its own style, with types where it has them."""
    text, language = target.has.text, target.source.language.name
    if language == "python":
        layout = replace(layout, style=style_of(text) or layout.style)
    typed = TYPED.get(layout.style)
    if typed and documented(language, text, layout.style).parameters:
        layout = replace(layout, types=Types.ALWAYS if typed.search(text) else Types.NEVER)
    return layout


def _unknown(function: Function) -> tuple[list[tuple[Entry, str]], list[Entry]]:
    """Documented names that are no parameters: those that were renamed, and those that are gone."""
    unknown = [] if function.is_open else function.unknown()
    meant = _NO_NAMES | _overloaded(function)
    entries = [entry for entry in unknown if entry.name not in meant]
    names, told = list(function.names), list(function.documented_names)
    free = [name for name in names if name not in told]
    renamed: list[tuple[Entry, str]] = []
    stale: list[Entry] = []
    for entry in entries:
        near = get_close_matches(entry.name, free, 1, NEAR)
        if not near and len(entries) == 1 and len(free) == 1:
            same_place = told.index(entry.name) == names.index(free[0])
            near = free if same_place and len(told) == len(names) else []
        if near:
            renamed.append((entry, near[0]))
            free = [name for name in free if name != near[0]]
        else:
            stale.append(entry)
    return renamed, stale


def _overloaded(function: Function) -> frozenset[str]:
    """The parameters of other functions of the name: one comment may be for all overloads."""
    outline, own = function.outline, function.symbol
    return frozenset(
        bare(parameter)
        for index, each in enumerate(outline.symbols)
        if each.name == own.name and each.parent == own.parent and index != function.index
        for parameter in function.detail.parameters.get(index, ())
    )


def _missing(
    function: Function, facts: Facts, target: Target, renamed: list[tuple[Entry, str]]
) -> list[tuple[Part, Item]]:
    """Parameters without an entry, where the others have theirs or all are asked for."""
    if not function.is_legible:
        return []
    told = {*function.documented_names, *(new for _, new in renamed), *_grouped(function.doc_text)}
    wanted = {each.name.strip("$&*.@?") for each in function.documentable()}
    items = [i for i in facts.content.of("parameters") if i.name in wanted and i.name not in told]
    if not target.is_named and not _is_drift(facts.names, wanted & told, {i.name for i in items}):
        return []
    return [("parameters", item) for item in items]


def _is_drift(names: tuple[str, ...], known: set[str], missing: set[str]) -> bool:
    """Whether parameters were forgotten, and are not left out on purpose.

    Most have an entry, or as many as have none, and those without come last: they were added.
    """
    if len(known) > len(missing):
        return True
    order = [name in known for name in names if name in known or name in missing]
    return bool(known) and len(known) == len(missing) and order == sorted(order, reverse=True)


def _grouped(text: str) -> set[str]:
    """The names that "{x, y}_vars" stands for."""
    found: set[str] = set()
    for before, inside, after in re.findall(r"(\w*)\{([\w\s,]+)\}(\w*)", text):
        found |= {f"{before}{name.strip()}{after}" for name in inside.split(",")}
    return found


def _other_parts(target: Target, facts: Facts, says: Documented) -> list[tuple[Part, Item]]:
    """Exceptions without an entry beside others that have one, and what is asked for by name."""
    found: list[tuple[Part, Item]] = []
    source, index, text = target.source, target.index, target.has.text
    if is_property(source, index) or facts.is_abstract:
        return []
    for part in ("returns", "yields"):
        told = says.returns is not None or _SAYS_RETURN.match(text.lstrip("rR\"'/*!#- \n"))
        wanted = target.is_named and not told and not _speaks_of_result(text)
        found += [(part, item) for item in facts.content.of(part) if wanted]
    names = {_last(entry.name) for entry in says.raises}
    # Documentation that names base classes, or what is raised elsewhere, lists something else.
    own = {_last(item.name) for item in facts.content.of("raises")}
    if target.is_named or (names and names <= own):
        real = {row.alias: row.name for row in source.outline.imports if row.alias}
        found += [
            ("raises", item)
            for item in facts.content.of("raises")
            if not names & {_last(item.name), real.get(item.name)}
            and item.name not in text
            and (target.is_named or item.name != "AssertionError")
        ]
    return found


def _speaks_of_result(text: str) -> bool:
    """Whether a section about results exists, though it says that there is none."""
    return bool(re.search(r"(?mi)^\W*(?:returns?|yields?)\b", text))


def _never_raised(source: Source, body: Node | None, says: Documented) -> list[Entry]:
    """Documented exceptions that nothing in a body can raise: it calls nothing, raises others."""
    if body is None or source.language.name != "python":
        return []
    types = {node.type for node in own_nodes(body)}
    if types & {"call", "await", "with_statement", "for_statement", "yield", "import_statement",
                "import_from_statement", "assert_statement"}:  # fmt: skip
        return []
    text = source.node_text(body)
    return [
        entry
        for entry in says.raises
        if _last(entry.name) not in _BUILTINS and not re.search(
            rf"\b{re.escape(_last(entry.name))}\b", _without_doc(text))
        and "NotImplemented" not in text and not re.search(r"\braise\s+[a-z]", text)
    ]  # fmt: skip


def _returns_nothing(
    source: Source, index: int, body: Node | None, facts: Facts, says: Documented
) -> bool:
    """Whether a result is documented and the body surely gives none."""
    if says.returns is None or body is None or source.language.name not in _RESULT_LANGUAGES:
        return False
    declared = source.detail.returns.get(index)
    if declared is not None and declared.strip() not in _NO_RESULTS:
        return False
    if facts.is_abstract or facts.content.of("returns") or facts.content.of("yields"):
        return False
    if is_property(source, index) or source.detail.results.get(index):
        return False
    text = _without_doc(source.node_text(body))
    if re.fullmatch(r"[\s{};]*(?:pass|\.\.\.)?[\s{};]*", text) or "NotImplemented" in text:
        return False
    if source.language.name != "python" and not text.lstrip().startswith("{"):
        return False
    return not re.search(r"\b(?:throw|raise)\b|\bresolve\(|unreachable", text)


def _without_doc(text: str) -> str:
    return re.sub(r"^\s*[rRbBuU]{0,2}(\"\"\"|''').*?\1", "", text, count=1, flags=re.DOTALL)


def _last(name: str) -> str:
    return re.split(r"[.\\:]", name)[-1]


_BUILTINS = frozenset({"KeyError", "IndexError", "AttributeError", "TypeError", "ValueError",
                       "ZeroDivisionError", "OverflowError", "NameError", "LookupError",
                       "ArithmeticError", "Exception", "RuntimeError", "RecursionError",
                       "UnboundLocalError", "MemoryError"})  # fmt: skip
