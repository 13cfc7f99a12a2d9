"""Whether the arguments of a call fit parameters, and in words why not."""

from codeassist.base.symbols import CallShape, Parameter, ParameterKind
from codeassist.languages import Language

# Languages in which a named argument may stand in its own place among those by position.
MIXES_NAMES = frozenset({"kotlin", "scala", "csharp", "swift"})
_BY_KEYWORD = (ParameterKind.KEYWORD_ONLY, ParameterKind.KEYWORD_REST)
_BY_POSITION = (ParameterKind.POSITIONAL_ONLY, ParameterKind.NORMAL)


def misfit(parameters: tuple[Parameter, ...], call: CallShape, language: Language) -> str:
    """Why a call cannot be right, "" if it can. The receiver's own parameter must be left out.

    A spread argument may bring any number of arguments, so that only what is certain is said.
    """
    by_position = [p for p in parameters if p.kind in _BY_POSITION]
    named = any(p.kind in _BY_KEYWORD for p in parameters)
    if language.keyword_hash and call.keywords and not named:
        call = call._replace(positional=call.positional + 1, keywords=())
    rest = any(p.kind is ParameterKind.REST for p in parameters)
    too_many = _too_many(by_position, rest, call, language)
    if too_many:
        return too_many
    unknown = _unknown_keyword(parameters, call)
    if unknown:
        return unknown
    if language.name in MIXES_NAMES:
        by_position = [p for p in by_position if p.name not in call.keywords]
    taken = {p.name for p in by_position[: call.positional]}
    twice = [name for name in call.keywords if name in taken and _by_name(parameters, name)]
    if twice:
        return f"passes `{twice[0]}` twice, by position and by name"
    missing = [
        p.name
        for number, p in enumerate(_in_order(parameters, by_position))
        if p.required and not _given(p, number, call, by_position)
    ]
    return _missing(missing)


def rebound(
    before: tuple[Parameter, ...], after: tuple[Parameter, ...], call: CallShape
) -> tuple[str, str] | None:
    """The first positional argument that now reaches another parameter: (old name, new name).

    Only where the old parameter still exists, at another place: it was moved, or another one was
    put before it. A parameter in the same place with another name was renamed.
    """
    old, new = _reached(before, call.positional), _reached(after, call.positional)
    still = {p.name for p in after}
    moved = ((was, now) for was, now in zip(old, new, strict=False) if was != now)
    return next(((was, now) for was, now in moved if was and now and was in still), None)


def _reached(parameters: tuple[Parameter, ...], count: int) -> list[str]:
    """The names of the parameters that so many arguments by position reach, in order."""
    names = [p.name for p in parameters if p.kind in _BY_POSITION][:count]
    rest = next((p.name for p in parameters if p.kind is ParameterKind.REST), None)
    return names if rest is None else names + [rest] * (count - len(names))


def _too_many(by_position: list[Parameter], rest: bool, call: CallShape, language: Language) -> str:
    if rest or not language.checked_arity or call.positional <= len(by_position):
        return ""
    takes = _count(len(by_position), "argument")
    kind = " by position" if language.keyword_calls else ""
    return f"passes {call.positional}{kind}, but it takes {takes}{kind}"


def _unknown_keyword(parameters: tuple[Parameter, ...], call: CallShape) -> str:
    if any(p.kind is ParameterKind.KEYWORD_REST for p in parameters):
        return ""
    for name in call.keywords:
        if not _by_name(parameters, name):
            return f"passes `{name}`, which is no parameter of it"
    return ""


def _by_name(parameters: tuple[Parameter, ...], name: str) -> bool:
    kinds = (ParameterKind.NORMAL, ParameterKind.KEYWORD_ONLY)
    return any(p.name == name and p.kind in kinds for p in parameters)


def _in_order(parameters: tuple[Parameter, ...], by_position: list[Parameter]) -> list[Parameter]:
    """Those by position first, so that their number in the list is their position."""
    return by_position + [p for p in parameters if p not in by_position]


def _given(
    parameter: Parameter, number: int, call: CallShape, by_position: list[Parameter]
) -> bool:
    """Whether a call passes a parameter, or may."""
    if parameter.name in call.keywords:
        return True
    if number < len(by_position) and (number < call.positional or call.spread):
        return True
    return call.keyword_spread


def _missing(names: list[str]) -> str:
    if not names:
        return ""
    listed = ", ".join(f"`{name}`" for name in names)
    return f"does not pass {listed}"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s")
