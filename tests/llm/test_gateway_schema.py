"""Answers held to a schema: what is taken, and complaints that a model can act upon."""

import json
from typing import Any

import pytest

from codeassist.llm.schema_check import MAX_COMPLAINTS, Misfit, beginning, parsed

ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "kind": {"enum": ["bug", "style"]},
        "fix": {"anyOf": [{"type": "string", "pattern": "^[a-z]"}, {"type": "null"}]},
    },
    "required": ["line", "kind", "fix"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/item"}, "minItems": 1}},
    "required": ["items"],
    "additionalProperties": False,
    "$defs": {"item": ITEM},
}
GOOD = {"items": [{"line": 3, "kind": "bug", "fix": None}]}
GOOD_TEXT = '{"items": [{"line": 3, "kind": "bug", "fix": null}]}'


def check(text: str) -> str:
    """The complaints about an answer; "" if it fits."""
    try:
        parsed(text, SCHEMA)
    except Misfit as misfit:
        return str(misfit)
    return ""


@pytest.mark.parametrize(
    "text",
    [
        GOOD_TEXT,
        f"  \n{GOOD_TEXT}\n",
        f"```json\n{GOOD_TEXT}\n```",
        f"```json\n{GOOD_TEXT}",  # the fence is not closed, the JSON is whole
        f"<think>It is {{}} or not.</think>\n```\n{GOOD_TEXT}\n```\n",
    ],
)
def test_taken(text: str) -> None:
    assert parsed(text, SCHEMA) == GOOD


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "$: has no 'items'"),
        ('{"items": 1}', "$.items: must be array, is 1"),
        (GOOD_TEXT[:-1] + ', "x": 1}', "$: must not have 'x'"),
        ('{"items": []}', "$.items: has 0 items, minItems is 1"),
        (GOOD_TEXT.replace("3", "0"), "$.items[0].line: minimum is 1, the value 0"),
        (GOOD_TEXT.replace("3", "3.5"), "$.items[0].line: must be integer, is 3.5"),
        (GOOD_TEXT.replace("3", "true"), "$.items[0].line: must be integer, is true"),
        (
            GOOD_TEXT.replace("bug", "gub"),
            '$.items[0].kind: must be one of ["bug", "style"], is "gub"',
        ),
        (
            GOOD_TEXT.replace("null", '"X"'),
            '$.items[0].fix: fits none of the 2 forms that are allowed, is "X"',
        ),
    ],
)
def test_complaints(text: str, complaint: str) -> None:
    assert complaint in check(text).split("\n")


@pytest.mark.parametrize("length", range(1, len(GOOD_TEXT)))
def test_no_cut_answer_is_taken(length: int) -> None:
    assert check(GOOD_TEXT[:length]).startswith("it is not JSON")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "Here you are: " + GOOD_TEXT,
        GOOD_TEXT + GOOD_TEXT,
        GOOD_TEXT.replace("3", "NaN"),
        GOOD_TEXT.replace("null", '"a\\ud800"'),
        "[" * 100_000,
        "```json\n```",
    ],
)
def test_not_taken(text: str) -> None:
    assert check(text)


def test_complaints_are_short() -> None:
    many = json.dumps({"items": [{str(number): "x" * 500} for number in range(50)]})
    lines = check(many).split("\n")
    assert len(lines) == MAX_COMPLAINTS + 1
    assert all(len(line) < 200 for line in lines)


# What was cut off

ONE = '{"line": 1, "kind": "bug", "fix": null}'
TWO = '{"line": 2, "kind": "style", "fix": "a, ]}\\""}'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f'{{"items": [{ONE}, {TWO}, {{"line": 3, "ki', [1, 2]),
        (f'{{"items": [{ONE}, {TWO}, ', [1, 2]),
        (f'{{"items": [{ONE}, {TWO[:-1]}', [1]),
        (f'{{\n  "items": [\n{ONE}\n', [1]),
        (f'<think>[{{}}]</think>\n```json\n{{"items":[{ONE}', [1]),
        (f'{{"items": [{ONE}]', [1]),
        (f'{{"items": [{ONE}, 12', [1]),  # of 123, perhaps
    ],
)
def test_whole_items_of_what_was_cut_off(text: str, lines: list[int]) -> None:
    data: Any = beginning(text, "items", SCHEMA)
    assert [each["line"] for each in data["items"]] == lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"items": [',
        f'{{"items": [{ONE[:-1]}',
        f"[{ONE}, ",
        f'{{"other": [{ONE}, ',
        f'{{"other": 1, "items": [{ONE}, ',
        '{"items": [{"line": 0, "kind": "bug", "fix": null}, {',  # whole, and against the schema
        f"<think>It could be {{'items': [{ONE}",
        '{"items": ' + "[" * 100_000,
    ],
)
def test_nothing_can_be_used(text: str) -> None:
    with pytest.raises(Misfit):
        beginning(text, "items", SCHEMA)


@pytest.mark.parametrize("end", range(len(f'{{"items": [{ONE}, {TWO}]}}')))
def test_wherever_it_is_cut_off_only_whole_items_are_used(end: int) -> None:
    text = f'{{"items": [{ONE}, {TWO}]}}'
    first, second = text.index(ONE) + len(ONE), text.index(TWO) + len(TWO)
    try:
        data: Any = beginning(text[:end], "items", SCHEMA)
    except Misfit:
        data = {"items": []}
    assert len(data["items"]) == (end >= first) + (end >= second)
