"""CA105: an overriding method that does not match the method that it overrides any more.

Speaks where a call that the base class's method accepts is one that the override refuses, and only
where the diff changed one of the two and the old pair agreed.
"""

import re
from collections.abc import Iterator

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Parameter, ParameterKind
from codeassist.checks.callees import CONSTRUCTORS
from codeassist.checks.check import Check, Review, found, header, header_range
from codeassist.checks.overloads import OVERLOADING
from codeassist.checks.surface import changed, public
from codeassist.index.found import Definition
from codeassist.index.values import Values
from codeassist.languages import Imports, Language, by_name

_MARK = re.compile(rb"\b[Oo]verride\b")
_BY_POSITION = (ParameterKind.POSITIONAL_ONLY, ParameterKind.NORMAL)

Pair = tuple[Definition, Definition]


def run(review: Review) -> Iterator[Finding]:
    """A finding for each override that a changed signature sets apart from its base."""
    seen: set[Pair] = set()
    for each in changed(review):
        if each.name in CONSTRUCTORS or each.name.startswith("__"):
            continue
        method = Definition(each.path, each.symbol)
        for pair in (*_below(review, method), *_above(review.head_values, method)):
            if pair not in seen:
                seen.add(pair)
                yield from _judge(review, *pair)


def _above(values: Values, method: Definition) -> Iterator[Pair]:
    """The methods that a method overrides, each as (base, override)."""
    outline = values.view.outline(method.path)
    parent = outline.symbols[method.symbol].parent if outline else TOP
    if outline is None or parent == TOP or outline.symbols[parent].kind not in CLASS_KINDS:
        return
    name = outline.symbols[method.symbol].name
    cls = Definition(method.path, parent)
    if not _overrides(values, outline.language, cls, method):
        return
    for ancestor in values.members.ancestors(cls):
        base = values.members.own(ancestor, name)
        if isinstance(base, Definition):
            yield base, method
            return


def _overrides(values: Values, language: str, cls: Definition, method: Definition) -> bool:
    """Whether a method that has the name of an inherited one must override it.

    Embedding in Go only hides. With overloads it must say so, and nothing else may be meant.
    """
    if language not in OVERLOADING:
        return language != "go"
    document = values.view.document(method.path)
    start, end = header_range(values.view, method.path, method.symbol)
    if document is None or not _MARK.search(document.data, start, end):
        return False
    above = list(values.members.ancestors(cls))
    if any(values.members.bases(each)[1] for each in (cls, *above)):
        return False
    return sum(_counts(values, each, method) for each in above) == 1


def _counts(values: Values, cls: Definition, method: Definition) -> int:
    """How many methods of a class have the name of a method."""
    outline, own = values.view.outline(cls.path), values.view.outline(method.path)
    name = own.symbols[method.symbol].name if own else ""
    every = outline.symbols if outline else ()
    return sum(each.parent == cls.symbol and each.name == name for each in every)


def _below(review: Review, method: Definition) -> Iterator[Pair]:
    """The methods that override a method directly, each as (base, override)."""
    values = review.head_values
    own = review.head.outline(method.path)
    name = own.symbols[method.symbol].name if own else ""
    for path in review.head.with_word(name):
        outline = review.head.outline(path)
        for index, symbol in enumerate(outline.symbols if outline else ()):
            if symbol.name == name and symbol.kind in CALLABLE_KINDS and symbol.parent != TOP:
                for base, override in _above(values, Definition(path, index)):
                    if base == method:
                        yield base, override


def _judge(review: Review, base: Definition, override: Definition) -> Iterator[Finding]:
    outline = review.head.outline(override.path)
    if outline is None:
        return
    language = by_name(outline.language)
    problem = _refuses(_of(review.head_values, base), _of(review.head_values, override), language)
    if not problem or not _agreed_before(review, base, override, language):
        return
    name = outline.qualified(override.symbol)
    theirs = review.head.outline(base.path)
    assert theirs is not None, "a base method comes from an outline"
    base_name = theirs.qualified(base.symbol)
    yield found(
        CHECK,
        review,
        override.path,
        *header_range(review.head, override.path, override.symbol),
        f"`{name}` does not match `{base_name}`, which it overrides: it {problem}",
        subject=f"{override.path}:{name}",
        evidence=(
            Evidence(f"`{base_name}` is defined here", header(review.head, base.path, base.symbol)),
        ),
        remedy="give both methods the same parameters",
    )


def _agreed_before(
    review: Review, base: Definition, override: Definition, language: Language
) -> bool:
    """Whether the two methods matched in the base; a pair that is new counts as agreeing."""
    old_base, old_override = _before(review, base), _before(review, override)
    if old_base is None or old_override is None:
        return old_base is not None or old_override is not None
    was = _of(review.base_values, old_base), _of(review.base_values, old_override)
    return not _refuses(*was, language)


def _before(review: Review, method: Definition) -> Definition | None:
    path = review.old_path.get(method.path, method.path)
    before, after = review.base.outline(path), review.head.outline(method.path)
    if before is None or after is None:
        return None
    index = public(before).get(after.qualified(method.symbol))
    return None if index is None else Definition(path, index)


def _of(values: Values, method: Definition) -> tuple[Parameter, ...]:
    detail, outline = values.view.detail(method.path), values.view.outline(method.path)
    if detail is None or outline is None:
        return ()
    parameters = detail.parameters.get(method.symbol, ())
    static = "staticmethod" in detail.decorators.get(method.symbol, ())
    return parameters[1:] if outline.language == "python" and not static else parameters


def _refuses(
    base: tuple[Parameter, ...], override: tuple[Parameter, ...], language: Language
) -> str:
    """What the override refuses that the base accepts, in words, "" if nothing."""
    if any(p.kind is ParameterKind.REST for p in override):
        return ""
    ours = [p for p in override if p.kind in _BY_POSITION]
    theirs = [p for p in base if p.kind in _BY_POSITION]
    open_keywords = any(p.kind is ParameterKind.KEYWORD_REST for p in override)
    names = {p.name for p in override}
    lost = [p.name for p in base if p.kind is ParameterKind.KEYWORD_ONLY and p.name not in names]
    if lost and not open_keywords:
        return f"does not take `{lost[0]}`"
    fewer = language.checked_arity and language.imports is not Imports.NODE
    if len(ours) < len(theirs) and fewer:
        return f"does not take `{theirs[len(ours)].name}`"
    known = {p.name for p in base}
    extra = [p.name for p in ours[len(theirs) :] if p.required and p.name not in known]
    if extra and not any(p.kind is ParameterKind.REST for p in base):
        return f"requires `{extra[0]}`"
    return ""


CHECK = Check(
    code="CA105",
    name="override-mismatch",
    title="An overriding method does not match its base",
    severity=Severity.WARNING,
    run=run,
)
