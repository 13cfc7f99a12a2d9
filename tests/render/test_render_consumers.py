"""What the formats' readers take and nothing else: schemas written down from their specifications.

rdjson after reviewdog.proto, GitLab after its documented subset of Code Climate's format, GitHub
after the REST description of "Create a review for a pull request". Each is closed: a field that its
reader does not know is a fault. SARIF has the OASIS schema in `test_render_sarif`.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.findings import Evidence, Finding, Location, Report, Severity, whole_file
from codeassist.base.text import Span
from codeassist.render import RenderOptions, render

Make = Callable[..., Any]  # the factories of conftest.py
Schema = dict[str, Any]

HOSTILE = "\x1b[2J\u202e\udcff\n::error::`|</details>@everyone \u200b"
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 1}


def closed(required: str, **properties: Schema) -> Schema:
    """An object with these properties alone; `required` are the names of some of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def each(schema: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": schema, **more}


def one_of(*values: str) -> Schema:
    return {"enum": list(values)}


POSITION = closed("line", line=NUMBER, column=NUMBER)
RANGE = closed("start", start=POSITION, end=POSITION)
LOCATION = closed("path", path=TEXT, range=RANGE)
LEVEL = one_of("ERROR", "WARNING", "INFO")
RDJSON = closed(
    "diagnostics",
    source=closed("name", name=TEXT, url=TEXT),
    severity=LEVEL,
    diagnostics=each(
        closed(
            "message location",
            message=TEXT,
            location=LOCATION,
            severity=LEVEL,
            code=closed("value", value=TEXT, url=TEXT),
            suggestions=each(closed("range text", range=RANGE, text=TEXT)),
            related_locations=each(closed("location", message=TEXT, location=LOCATION)),
        )
    ),
)
GITLAB = each(
    closed(
        "description check_name fingerprint severity location",
        description=TEXT,
        check_name=TEXT,
        fingerprint=TEXT,
        severity=one_of("info", "minor", "major", "critical", "blocker"),
        location=closed(
            "path lines",
            path={"type": "string", "pattern": r"^(?!\./)"},
            lines=closed("begin", begin=NUMBER),
        ),
    )
)
SIDE = one_of("LEFT", "RIGHT")
GITHUB = closed(
    "event body comments",
    event=one_of("COMMENT"),  # of APPROVE, REQUEST_CHANGES and COMMENT: it decides nothing
    commit_id=TEXT,
    body={"type": "string", "minLength": 1, "maxLength": 65_535},
    comments=each(
        # `subject_type` belongs to single comments, which are another endpoint.
        closed(
            "path body line",
            path=TEXT,
            body={"type": "string", "maxLength": 65_535},
            line=NUMBER,
            side=SIDE,
            start_line=NUMBER,
            start_side=SIDE,
        )
    ),
)
SCHEMAS = {"rdjson": RDJSON, "gitlab": GITLAB, "github": GITHUB}


def reports(realistic: Report, report: Make, locate: Make) -> dict[str, Report]:
    """Reports of all kinds that there are."""
    before = b"x = 1\ny = 2\n"
    edit = FileEdit("a.py", before, b"x = 3\ny = 2\n", (TextEdit(4, 5, "3"),))
    fixed = Finding(
        "CH201", "data", Severity.WARNING, "m", Location("a.py", Span(0, 0, 0, 5)),
        fix=WorkspaceEdit("Fix: it", (edit,)), confidence=70,
    )  # fmt: skip
    whole = replace(fixed, location=whole_file("a.py"))
    words = dict.fromkeys(
        ("code", "name", "message", "remedy", "symbol", "subject", "url"), HOSTILE
    )
    where = locate("x", (f"x {HOSTILE}",), path=HOSTILE)
    hostile = replace(
        fixed, **words, location=where, evidence=(Evidence(HOSTILE, where),), fix=None
    )
    old = replace(fixed, location=replace(where, old=True))
    return {
        "realistic": realistic,
        "none": report(),
        "fixed": report(fixed),
        "whole file": report(whole, replace(fixed, evidence=(Evidence("e", whole_file("b.py")),))),
        "hostile": report(hostile),
        "of the base": report(old),
        "all": report(fixed, whole, hostile, old, *realistic.findings),
    }


KINDS = ("realistic", "none", "fixed", "whole file", "hostile", "of the base", "all")
INSIDE = {path: frozenset({1, 2, 88}) for path in ("a.py", "billing/invoice.py", HOSTILE)}


def errors(name: str, text: str) -> list[str]:
    return [
        error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(json.loads(text))
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SCHEMAS)
def test_readers_know_all_that_is_written(
    name: str, kind: str, realistic: Report, report: Make, locate: Make
) -> None:
    shown = reports(realistic, report, locate)[kind]
    text = render(name, shown, RenderOptions(commentable=INSIDE))
    assert errors(name, text) == []


def test_the_kinds_are_all_there(realistic: Report, report: Make, locate: Make) -> None:
    assert tuple(reports(realistic, report, locate)) == KINDS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rdjson", '{"diagnostics": [{"message": "m", "location": {"path": "a", "line": 1}}]}'),
        ("rdjson", '{"diagnostics": [{"message": "m", "location": {"path": "a"}, "x": 1}]}'),
        ("rdjson", '{"diagnostics": [{"location": {"path": "a"}}]}'),
        ("gitlab", '[{"description": "d"}]'),
        ("github", '{"event": "APPROVE", "body": "b", "comments": []}'),
        (
            "github",
            '{"event": "COMMENT", "body": "b", '
            '"comments": [{"path": "a", "body": "b", "subject_type": "file"}]}',
        ),
    ],
)
def test_the_schemas_would_notice(name: str, text: str) -> None:
    assert errors(name, text)


@pytest.mark.parametrize("kind", KINDS)
def test_github_never_has_a_start_that_is_the_line_or_after_it(
    kind: str, realistic: Report, report: Make, locate: Make
) -> None:
    shown = reports(realistic, report, locate)[kind]
    review = json.loads(render("github", shown, RenderOptions(commentable=INSIDE)))
    for comment in review["comments"]:
        assert ("start_line" in comment) == ("start_side" in comment)
        assert comment.get("start_line", 0) < comment["line"]
        inside = INSIDE[comment["path"]]
        assert set(range(comment.get("start_line", comment["line"]), comment["line"] + 1)) <= inside
