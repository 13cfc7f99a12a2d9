"""Checks one value against its option. Every error says where it stands and what was expected."""

import os
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from codeassist.base.errors import ConfigurationError
from codeassist.settings.option import Form, Kind, Option

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9._:-]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RULE_SEPARATOR = ", "  # between the patterns of a rule
_SHOWN_CHARACTERS = 60  # of a wrong value: enough to recognise it


def checked(option: Option, value: object, place: str) -> object:
    """A value as TOML or a flag gives it, as the schema's type. Raises ConfigurationError."""
    if option.kind is Kind.INTEGER:
        return _integer(option, value, place)
    if option.kind is Kind.BOOLEAN:
        if not isinstance(value, bool):
            raise _wrong(option, value, place)
        return value
    if option.kind is Kind.TEXT:
        return _text(option, value, place)
    if not isinstance(value, list | tuple):
        raise _wrong(option, value, place)
    if option.trait.form is Form.RULE:
        value = [_rule(option, item, place) for item in value]
    return tuple(_text(option, item, place) for item in value)


def from_text(option: Option, text: str, place: str) -> object:
    """An environment variable's text as a value: lists are separated by commas."""
    text = text.strip()
    if option.kind is Kind.INTEGER:
        return checked(option, int(text) if text.isdecimal() else text, place)
    if option.kind is Kind.BOOLEAN:
        return checked(option, _TRUTH.get(text.lower(), text), place)
    if option.trait.form is Form.FOLDER:
        text = os.path.abspath(os.path.expanduser(text))
    if option.kind is Kind.TEXT:
        return checked(option, text, place)
    return checked(option, [item.strip() for item in text.split(",") if item.strip()], place)


def expected(option: Option) -> str:
    """What a value of an option looks like, as a phrase."""
    if option.choices:
        return "one of " + ", ".join(f'"{choice}"' for choice in option.choices)
    if option.kind is Kind.BOOLEAN:
        return "true or false"
    if option.kind is Kind.INTEGER:
        return f"a whole number of at least {option.trait.minimum}"
    if option.kind is Kind.TEXTS:
        return f'a list of texts such as ["{_EXAMPLES[option.trait.form]}"]'
    return f'a text such as "{_EXAMPLES[option.trait.form]}"'


def _rule(option: Option, item: object, place: str) -> object:
    """A table of `paths` and `rule` as the text that means the same; anything else as it is."""
    if not isinstance(item, dict):
        return item
    paths = item.get("paths", ["*"])
    paths = [paths] if isinstance(paths, str) else paths
    is_whole = set(item) <= {"paths", "rule"} and isinstance(paths, list) and paths
    if not is_whole or not all(isinstance(text, str) for text in (*paths, item.get("rule"))):
        raise ConfigurationError(
            f"{place}: a rule has `paths`, a list of patterns, and `rule`, a text",
            'write paths = ["src/api/**"] and rule = "Handlers never raise."',
        )
    return f"{RULE_SEPARATOR.join(paths)}: {item['rule'].strip()}"


def _integer(option: Option, value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(option, value, place)
    if option.trait.minimum is not None and value < option.trait.minimum:
        raise _wrong(option, value, place)
    return value


def _text(option: Option, value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _wrong(option, value, place)
    if option.choices and value not in option.choices:
        raise _wrong(option, value, place)
    problem = _PROBLEMS.get(option.trait.form, _no_problem)(value)
    if problem:
        raise ConfigurationError(f"{place}: `{option.key}` {problem}", f"write {expected(option)}")
    return os.path.expanduser(value) if option.trait.form is Form.FOLDER else value


def _wrong(option: Option, value: object, place: str) -> ConfigurationError:
    shown = repr(value)
    if len(shown) > _SHOWN_CHARACTERS:
        shown = shown[:_SHOWN_CHARACTERS] + "…"
    if option.trait.form is Form.ADDRESS:
        shown = "this"  # an address may hold a password
    return ConfigurationError(
        f"{place}: `{option.key}` must be {expected(option)}, not {shown}",
        option.trait.description,
    )


def _no_problem(text: str) -> str:
    return ""


def _code_problem(text: str) -> str:
    return "" if _CODE.fullmatch(text) else f"has {text!r}, which is not a code"


def _revision_problem(text: str) -> str:
    # git would take it for an option.
    return "begins with a dash, which no revision does" if text.startswith("-") else ""


def _folder_problem(text: str) -> str:
    absolute = os.path.isabs(os.path.expanduser(text))
    return "" if absolute else "is not an absolute path"


def _address_problem(text: str) -> str:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  raises ValueError for a port that is none
    except ValueError:
        return "is not an address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is not an http or https address"
    if parts.username or parts.password:
        return "has a user name or password in it; keys come from the environment alone"
    return ""


def _glob_problem(text: str) -> str:
    import warnings

    from pathspec import GitIgnoreSpec  # slow to import, and needed only where a pattern is set

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of `re`, about "[[" in a pattern
            GitIgnoreSpec.from_lines([text])
    except (ValueError, re.error):
        return f"has {text!r}, which is not a gitignore pattern"
    return ""


def _variable_problem(text: str) -> str:
    return "" if _VARIABLE.fullmatch(text) else "is not the name of an environment variable"


def _command_problem(text: str) -> str:
    import shlex

    try:
        return "" if shlex.split(text) else "is empty"
    except ValueError as error:
        return f"cannot be split into words: {error}"


def _formatter_problem(text: str) -> str:
    pattern, colon, command = text.partition(": ")
    if not colon or not pattern.strip():
        return f"has {text!r}, which is not a pattern, a colon and a command"
    return _command_problem(command)


def _rule_problem(text: str) -> str:
    patterns, colon, rule = text.partition(": ")
    if not colon or not patterns.strip() or not rule.strip():
        return f"has {text!r}, which is not patterns, a colon and a rule"
    problems = (_glob_problem(pattern) for pattern in patterns.split(RULE_SEPARATOR))
    return next(filter(None, problems), "")


_TRUTH = MappingProxyType(
    {"1": True, "true": True, "yes": True, "on": True}
    | {"0": False, "false": False, "no": False, "off": False}
)
_PROBLEMS: Mapping[Form, Callable[[str], str]] = MappingProxyType(
    {
        Form.CODE: _code_problem,
        Form.REVISION: _revision_problem,
        Form.FOLDER: _folder_problem,
        Form.ADDRESS: _address_problem,
        Form.GLOB: _glob_problem,
        Form.VARIABLE: _variable_problem,
        Form.COMMAND: _command_problem,
        Form.FORMATTER: _formatter_problem,
        Form.RULE: _rule_problem,
    }
)
_EXAMPLES: Mapping[Form, str] = MappingProxyType(
    {
        Form.PLAIN: "gpt-5.2",
        Form.GLOB: "vendor/",
        Form.CODE: "CA101",
        Form.REVISION: "origin/main",
        Form.FOLDER: "~/cache",
        Form.ADDRESS: "http://localhost:8000/v1",
        Form.VARIABLE: "MY_API_KEY",
        Form.COMMAND: "make check",
        Form.FORMATTER: "*.py: ruff format --stdin-filename {path} -",
        Form.MODEL: "default",
        Form.RULE: "src/api/**: Handlers never raise.",
    }
)
