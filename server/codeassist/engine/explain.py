"""The checks as people ask for them: by code, by the beginning of a code, or all."""

from difflib import get_close_matches

from codeassist.base.errors import UsageError
from codeassist.base.findings import Rule
from codeassist.checks import CHECKS, rule


def rules() -> tuple[Rule, ...]:
    """All checks, in the order of the table."""
    return tuple(rule(code) for code in CHECKS)


def explain(code: str) -> Rule:
    """A check by its code or its name. Raises UsageError that suggests near ones."""
    wanted = code.strip()
    if wanted.upper() in CHECKS:
        return rule(wanted.upper())
    for each in rules():
        if wanted.lower() == each.name:
            return each
    raise _unknown(wanted)


def chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[str, ...]:
    """The codes to run: those that begin with a selected text, without those ignored.

    Raises UsageError for a text that no code begins with.
    """
    for text in (*select, *ignore):
        if not any(code.startswith(text.upper()) for code in CHECKS):
            raise _unknown(text)
    return tuple(
        code
        for code in CHECKS
        if (not select or _begins(code, select)) and not _begins(code, ignore)
    )


def _begins(code: str, beginnings: tuple[str, ...]) -> bool:
    return any(code.startswith(text.upper()) for text in beginnings)


def _unknown(code: str) -> UsageError:
    names = [*CHECKS, *(each.name for each in rules())]
    near = get_close_matches(code.upper(), names, n=2) or get_close_matches(
        code.lower(), names, n=2
    )
    hint = f"did you mean {' or '.join(near)}?" if near else "`codeassist explain` lists all checks"
    return UsageError(f"there is no check {code}", hint)
