"""Reads a model's answer as JSON and holds it to the schema that was asked for.

Servers without strict schemas put answers into fences, or thoughts before them: those are taken
off. Nothing else is mended: JSON that was cut off is no JSON, and where the items of a list stand
each for itself, `beginning` reads those that are whole. Complaints are fit to be sent back.
"""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from codeassist.llm.lengths import without_lengths

if TYPE_CHECKING:
    from jsonschema import ValidationError

MAX_COMPLAINTS = 3
MAX_SHOWN = 60  # characters of a wrong value
MAX_CHOICES = 400  # characters of the values that are allowed

_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE_START = re.compile(r"\A\s*```[\w-]*[ \t]*\n")
_GAP = re.compile(r"[\s,]*")  # between the items of a list
_FENCE_END = re.compile(r"\n?[ \t]*```\s*\Z")


class Misfit(Exception):
    """The answer does not have the form. The text says what is wrong, in a line a complaint."""


def parsed(text: str, schema: Mapping[str, Any]) -> object:
    """The answer's data, which fits the schema. Raises Misfit."""
    data = _json(text)
    complaints = _complaints(data, without_lengths(schema))
    if complaints:
        raise Misfit("\n".join(complaints))
    return data


def beginning(text: str, name: str, schema: Mapping[str, Any]) -> object:
    """What can be used of an answer that was cut off: the whole items of the list it is about.

    `name` is the only property of the schema. Raises Misfit where not one item is whole, or one
    does not fit.
    """
    bare = _bare(text)
    opening = re.match(rf'\s*{{\s*"{re.escape(name)}"\s*:\s*\[', bare)
    items = _whole_items(bare, opening.end()) if opening else []
    if not items:
        raise Misfit("not one item of it is whole")
    return parsed(json.dumps({name: items}), schema)


def _whole_items(text: str, at: int) -> list[object]:
    """The objects of a list that begin at an offset, as far as they have an end."""
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    items: list[object] = []
    while True:
        gap = _GAP.match(text, at)
        assert gap is not None, "it matches nothing, too"
        try:
            item, at = decoder.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            return items
        if not isinstance(item, dict):  # nobody knows whether a number is whole
            return items
        items.append(item)


def _json(text: str) -> object:
    try:
        return _loaded(text)
    except Misfit:
        bare = _bare(text)
        if bare == text:
            raise
        return _loaded(bare)


def _bare(text: str) -> str:
    """A text without thoughts before it and a fence around it."""
    bare = _THOUGHTS.sub("", text)
    if _FENCE_START.match(bare):
        bare = _FENCE_END.sub("", _FENCE_START.sub("", bare))
    return bare


def _loaded(text: str) -> object:
    try:
        data = json.loads(text, parse_constant=_no_constant)
        # Half of a surrogate pair can be written in JSON, and in no file.
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Misfit(
            f"it is not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from None
    except UnicodeEncodeError:
        raise Misfit("it has half of a surrogate pair, which is no character") from None
    except RecursionError:
        raise Misfit("it is nested too deeply") from None
    except ValueError as error:
        raise Misfit(f"it is not JSON: {error}") from None
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _complaints(data: object, schema: Mapping[str, Any]) -> list[str]:
    from jsonschema import Draft202012Validator  # takes 0.1 s, and nobody needs it before

    found = sorted(
        Draft202012Validator(schema).iter_errors(data), key=lambda each: list(map(str, each.path))
    )
    shown = [f"{each.json_path}: {_complaint(each)}" for each in found[:MAX_COMPLAINTS]]
    if len(found) > MAX_COMPLAINTS:
        shown.append(f"and {len(found) - MAX_COMPLAINTS} more of the kind")
    return shown


def _complaint(error: "ValidationError") -> str:
    """What is wrong with one value, without the value where it is long."""
    wanted: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "required":
            missing = [name for name in wanted if name not in value]
            return f"has no {', '.join(map(repr, missing))}"
        case "additionalProperties":
            more = [name for name in value if name not in error.schema.get("properties", {})]
            return f"must not have {', '.join(repr(_short(name)) for name in more)}"
        case "type":
            kinds = wanted if isinstance(wanted, list) else [wanted]
            return f"must be {' or '.join(kinds)}, is {_shown(value)}"
        case "enum" | "const":
            return f"must be one of {json.dumps(wanted)[:MAX_CHOICES]}, is {_shown(value)}"
        case "minItems" | "maxItems":
            return f"has {len(value)} items, {error.validator} is {wanted}"
        case "minLength" | "maxLength":
            return f"has {len(value)} characters, {error.validator} is {wanted}"
        case "anyOf" | "oneOf":
            return f"fits none of the {len(wanted)} forms that are allowed, is {_shown(value)}"
        case _:
            return f"{error.validator} is {_short(json.dumps(wanted))}, the value {_shown(value)}"


def _shown(value: object) -> str:
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
