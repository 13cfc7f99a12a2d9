"""Which callable a call reaches, and which of its parameters the caller has to fill."""

from dataclasses import dataclass

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Parameter, Use
from codeassist.index.found import MISSING, OPAQUE, ClassRef, Definition, Instance, Super
from codeassist.index.members import is_neutral
from codeassist.index.values import Values

CONSTRUCTORS = ("__init__", "constructor", "__construct", "initialize")
# Decorators that leave the parameters as they are written. Any other may change them.
TRANSPARENT = frozenset(
    {
        "staticmethod", "classmethod", "abstractmethod", "override", "final", "cache",
        "lru_cache", "wraps", "contextmanager", "asynccontextmanager", "deprecated",
        "no_type_check", "typechecked", "Override", "Deprecated", "SuppressWarnings",
        "Nullable", "NonNull", "VisibleForTesting", "SafeVarargs", "JvmStatic",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Callee:
    """A callable, and its parameters without the one that the receiver fills."""

    definition: Definition
    parameters: tuple[Parameter, ...]
    transparent: bool


def callee(values: Values, path: str, use: Use) -> Callee | None:
    """What a call reaches; None unless it is exactly one callable that the repository defines."""
    found = values.resolve(path, use)
    if not isinstance(found, Definition):
        return None
    outline = values.view.outline(found.path)
    if outline is None:
        return None
    symbol = outline.symbols[found.symbol]
    if symbol.kind in CLASS_KINDS:
        return _constructor(values, found)
    if symbol.kind not in CALLABLE_KINDS:
        return None
    skip = _receiver_fills_one(values, path, use, found)
    return None if skip is None else _made(values, found, skip)


def _constructor(values: Values, cls: Definition) -> Callee | None:
    outline, detail = values.view.outline(cls.path), values.view.detail(cls.path)
    if outline is None or detail is None or detail.decorators.get(cls.symbol):
        return None  # a decorator such as @dataclass writes the constructor
    if outline.language != "python":
        return None
    _, unknown = values.members.bases(cls)
    own = values.members.own(cls, "__init__")
    if own in (MISSING, OPAQUE) and not all(is_neutral(base) for base in unknown):
        return None
    if values.members.find(cls, "__new__") not in (MISSING, OPAQUE):
        return None
    found = values.members.find(cls, "__init__")
    return _made(values, found, 1) if isinstance(found, Definition) else None


def _receiver_fills_one(values: Values, path: str, use: Use, found: Definition) -> int | None:
    """How many leading parameters the receiver fills; None where that cannot be told."""
    outline, detail = values.view.outline(found.path), values.view.detail(found.path)
    if outline is None or detail is None:
        return None
    parent = outline.symbols[found.symbol].parent
    is_method = parent != TOP and outline.symbols[parent].kind in CLASS_KINDS
    if outline.language in ("go", "rust") and is_method and use.receiver is not None:
        if isinstance(values.evaluate(path, use.scope, use.receiver), ClassRef):
            return None  # `T.m(t, 1)` passes the object itself
        parameters = detail.parameters.get(found.symbol, ())
        return 1 if parameters and parameters[0].name == "self" else 0  # Rust writes it
    if outline.language != "python" or not is_method:
        return 0
    marks = detail.decorators.get(found.symbol, ())
    if "staticmethod" in marks:
        return 0
    if outline.symbols[found.symbol].name == "__new__":
        return 0  # it is static, and `super().__new__(cls)` passes the class itself
    if use.receiver is None:
        return 0  # only the class's own body can call it so, and it is a plain function there
    if "classmethod" in marks:
        return 1
    value = values.evaluate(path, use.scope, use.receiver)
    return 1 if isinstance(value, Instance | Super) else 0


def _made(values: Values, found: Definition, skip: int) -> Callee | None:
    detail, outline = values.view.detail(found.path), values.view.outline(found.path)
    if detail is None or outline is None:
        return None
    parameters = detail.parameters.get(found.symbol, ())
    if skip and not parameters:
        return None
    marks = detail.decorators.get(found.symbol, ())
    names = {mark.partition("(")[0].lstrip("@").rpartition(".")[2] for mark in marks}
    if "overload" in names or "property" in names:
        return None
    return Callee(found, parameters[skip:], names <= TRANSPARENT)
