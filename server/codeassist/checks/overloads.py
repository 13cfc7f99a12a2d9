"""Other callables of a name that may be meant by a call: overloads, and variants for platforms.

A class inherits overloads, an extension is written beside it, and files for different systems
define one function each. Languages in which the last definition of a name wins have none of these.
"""

from collections.abc import Iterator

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, CallShape
from codeassist.checks.callees import Callee
from codeassist.checks.fitting import misfit
from codeassist.index.found import Definition
from codeassist.index.predeclared import predeclared
from codeassist.index.values import Values
from codeassist.languages import by_name

OVERLOADING = frozenset({"java", "kotlin", "scala", "csharp", "cpp", "swift"})
BY_PLATFORM = frozenset({"go", "c", "rust"})


def accepted_elsewhere(values: Values, reached: Callee, call: CallShape) -> bool:
    """Whether a call fits another callable that it may reach, so that it says nothing wrong."""
    outline = values.view.outline(reached.definition.path)
    if outline is None or outline.language not in OVERLOADING | BY_PLATFORM:
        return False
    name = outline.symbols[reached.definition.symbol].name
    if outline.language in OVERLOADING and name in predeclared(outline.language):
        return True  # Kotlin's own `arrayOf` is tried after a method of that name
    language = by_name(outline.language)
    for other in _namesakes(values, reached.definition):
        detail = values.view.detail(other.path)
        if detail and not misfit(detail.parameters.get(other.symbol, ()), call, language):
            return True
    return False


def inherits_unknown(values: Values, reached: Callee) -> bool:
    """Whether a method's class may have overloads of it from a base that is not here."""
    cls = _class_of(values, reached.definition)
    outline = values.view.outline(reached.definition.path)
    if cls is None or outline is None or outline.language not in OVERLOADING:
        return False
    every = (cls, *values.members.ancestors(cls))
    return any(values.members.bases(each)[1] or _is_extension(values, each) for each in every)


def _is_extension(values: Values, cls: Definition) -> bool:
    """Whether what defines a class only extends it, as Swift can do with a class from elsewhere."""
    document, outline = values.view.document(cls.path), values.view.outline(cls.path)
    if document is None or outline is None or outline.language != "swift":
        return False
    symbol = outline.symbols[cls.symbol]
    return b"extension" in document.data[symbol.start : symbol.name_start].split()


def _namesakes(values: Values, definition: Definition) -> Iterator[Definition]:
    """The other callables of a name: free ones, and those of its class and above.

    Classes go by their names, since some languages write one in several places.
    """
    own = values.view.outline(definition.path)
    name = own.symbols[definition.symbol].name if own else ""
    cls = _class_of(values, definition)
    every = (cls, *values.members.ancestors(cls)) if cls else ()
    above = {"", *(_name(values, each) for each in every)}
    for path in values.view.with_word(name):
        outline = values.view.outline(path)
        for index, symbol in enumerate(outline.symbols if outline else ()):
            each = Definition(path, index)
            if symbol.name != name or symbol.kind not in CALLABLE_KINDS or each == definition:
                continue
            theirs = _class_of(values, each)
            if (_name(values, theirs) if theirs else symbol.owner) in above:
                yield each


def _name(values: Values, cls: Definition) -> str:
    outline = values.view.outline(cls.path)
    return outline.symbols[cls.symbol].name if outline else ""


def _class_of(values: Values, definition: Definition) -> Definition | None:
    outline = values.view.outline(definition.path)
    parent = outline.symbols[definition.symbol].parent if outline else TOP
    if outline is None or parent == TOP or outline.symbols[parent].kind not in CLASS_KINDS:
        return None
    return Definition(definition.path, parent)
