"""Hostile pull requests: nothing that one says changes the review, or acts where it is shown.

Each injection stands in code, a string, a document, a file's name, what the author says, rules of
the new state, and in everything that the model answers: a model that obeys is the worst case.
"""

import json
import re
from dataclasses import fields
from typing import Any

import pytest
from injections import INJECTIONS, MARK
from markdown_it import MarkdownIt
from model_reviews import Done, cited, claim, model_review, verdict

from codeassist.base.findings import Coverage, Report
from codeassist.checks import rule
from codeassist.engine.coverage import commentable
from codeassist.engine.requests import Outcome
from codeassist.engine.reviewing import _joined
from codeassist.render import FORMATS, Colour, RenderOptions, render
from codeassist.tasks.task import Ask

BEFORE = {
    "lib.py": "def kept():\n    return 1\n\n\ndef gone():\n    return 2\n",
    "app.py": "from lib import gone, kept\n\nprint(gone(), kept())\n",
}
FACT = ("app.py", 0, "CA101")
# What a reader must never be sent: controls but the line feed, and what is invisible or turns text.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufe00-\ufe0e\U000e0000-\U000e0fff\ud800-\udfff]"
)
MENTION = re.compile(r"@(?:everyone|octocat)\b")
OUR_ELEMENTS = {"<details", "</details", "<summary", "</summary", "<sub", "</sub"}
OUR_TAGS = re.compile(r"</?(?:details|summary|sub|code|br)>|<!-- codeassist:[^<>]*-->|\n")


# Injections with characters that are not shown as they are.
UNSUGGESTED = {
    "ansi", "osc-title", "osc-link", "csi-c1", "carriage-return", "backspace", "azure-command",
    "teamcity", "bidi", "isolate", "zero-width", "tags", "selectors", "separator", "surrogate",
    "controls",
}  # fmt: skip


def after(payload: str, path: str) -> dict[str, str | bytes]:
    """The new state: `gone` is removed while app.py asks for it, and the payload is everywhere."""
    comment = payload.replace("\n", "\n# ")
    raw = f"# {comment}\ndef kept():\n    return 1\n\n\ndef other():\n    return {payload!r}\n"
    return {
        "lib.py": raw.encode("utf-8", "surrogateescape"),
        "app.py": BEFORE["app.py"],
        "docs/guide.md": f"{payload}\n".encode("utf-8", "surrogateescape"),
        "AGENTS.md": f"{payload}\n".encode("utf-8", "surrogateescape"),
        path: "x = 1\n",
    }


def obedient(payload: str, path: str) -> Any:
    """A model that says the payload wherever it can say anything."""

    def answer(ask: Ask) -> object:
        if ask.request.task != "review":
            count = ask.request.messages[-1].text.count("# Finding ")
            return {"verdicts": [verdict(n, why=payload) for n in range(1, count + 1)]}
        words = dict.fromkeys(("title", "what_breaks", "who"), payload)
        evidence = [cited("app.py", "print(gone(), kept())", says=payload)]
        text = "return 1  # " + payload.replace("\n", "\n    # ")
        fix = [{"kind": "replace", "path": "lib.py", "search": "return 1", "symbol": None,
                "text": text}]  # fmt: skip
        return {
            "findings": [
                claim("lib.py", "    return 1", evidence=evidence, fix=fix, **words),
                claim(path, "x = 1", evidence=evidence, **words, category="data"),
                claim(payload, payload, **words),
                claim("docs/guide.md", "no such line", **words),
            ]
        }

    return answer


def review(payload: str) -> tuple[Done, Report]:
    """The review of a change with a payload, and the whole report that formats get."""
    # A path has no slash of its own here, and is short enough for a file system.
    path = f"src/{payload[:80].replace('/', '_')}.py"
    done = model_review(BEFORE, after(payload, path), obedient(payload, path), told=payload)
    report = Report(
        base="main",
        head="feature",
        root="/repo",
        findings=done.facts,
        coverage=Coverage(reviewed=tuple(change.path for change in done.review.diff.files)),
        rules=(rule("CA101"), rule("CA601")),
        commentable={"lib.py": frozenset(range(1, 9)), path: frozenset({1})},
    )
    return done, _joined(report, Outcome(done.report, "/repo", notes=done.report.notes))


@pytest.fixture(scope="module")
def harmless() -> Done:
    """The same review with a payload that is none."""
    return review("nothing special")[0]


def test_the_corpus_is_large_enough() -> None:
    assert len(INJECTIONS) >= 40
    assert all(MARK in text for text in INJECTIONS.values())


@pytest.mark.parametrize("name", INJECTIONS)
def test_no_fact_is_silenced(name: str) -> None:
    done, report = review(INJECTIONS[name])
    for findings in (done.facts, report.findings):
        places = [(f.location.path, f.location.span.start_line, f.code) for f in findings]
        assert FACT in places
    assert {change.path for change in done.review.diff.files} <= set(report.coverage.reviewed)


@pytest.mark.parametrize("name", INJECTIONS)
def test_the_task_of_the_model_stays_the_same(name: str, harmless: Done) -> None:
    done, _ = review(INJECTIONS[name])
    ask, other = done.batches[0][0], harmless.batches[0][0]
    assert ask.request.messages[0] == other.request.messages[0]
    assert ask.request.schema == other.request.schema
    assert ask.request.max_output_tokens == other.request.max_output_tokens
    for batch in done.batches:
        for each in batch:
            text = each.request.messages[-1].text
            assert HIDDEN.search(text.replace("\t", "")) is None
            assert MARK in text
            assert MARK not in outside_of_fences(text)


def outside_of_fences(text: str) -> str:
    """What a reader of Markdown takes for the prompt's own words."""
    tokens = MarkdownIt("commonmark").parse(text)
    return "\n".join(token.content for token in tokens if token.type != "fence")


@pytest.mark.parametrize("name", INJECTIONS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_acts_where_it_is_shown(name: str, format_name: str) -> None:
    _, report = review(INJECTIONS[name])
    text = render(format_name, report, RenderOptions(colour=Colour.NEVER))
    assert HIDDEN.search(text.replace("\t", "")) is None
    for line in text.splitlines():
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##(?:\[|vso\[|teamcity\[)", line)
    for markdown in markdown_of(format_name, text):
        check_markdown(markdown)


@pytest.mark.parametrize("name", INJECTIONS)
def test_a_suggestion_is_what_is_read_or_there_is_none(name: str) -> None:
    """What is applied with a click must be seen before, and must not end its own block."""
    done, report = review(INJECTIONS[name])
    inside = RenderOptions(commentable=commentable(done.review.diff))
    bodies = [each["body"] for each in json.loads(render("github", report, inside))["comments"]]
    blocks = [
        token.content
        for body in bodies
        for token in MarkdownIt("commonmark").parse(body)
        if token.type == "fence" and token.info == "suggestion"
    ]
    diagnostics = json.loads(render("rdjson", report, inside))["diagnostics"]
    suggested = [s["text"] for each in diagnostics for s in each.get("suggestions", ())]
    if name in UNSUGGESTED:
        assert (blocks, suggested) == ([], [])
        return
    text = "return 1  # " + INJECTIONS[name].replace("\n", "\n    # ")
    assert blocks == [f"    {text}\n"]
    assert suggested == [f"    {text}"]


def test_what_is_not_suggested_is_what_cannot_be_seen() -> None:
    hiding = {n for n, text in INJECTIONS.items() if HIDDEN.search(text.replace("\n", ""))}
    commands = {"azure-command", "teamcity"}  # which are shown broken
    assert hiding | commands == UNSUGGESTED


def markdown_of(format_name: str, text: str) -> list[str]:
    """The parts of an output that a site shows as Markdown."""
    if format_name == "markdown":
        return [text]
    if format_name == "github":
        data = json.loads(text)
        return [data["body"], *(each["body"] for each in data["comments"])]
    if format_name == "rdjson":
        diagnostics = json.loads(text)["diagnostics"]
        related = [r for d in diagnostics for r in d.get("related_locations", [])]
        return [each["message"] for each in (*diagnostics, *related)]
    return []


def check_markdown(text: str) -> None:
    """No image, no mention, no numbered list; no link, no HTML and no heading but ours."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "html_block":
            assert OUR_TAGS.sub("", re.sub(r"<summary>.*</summary>", "", token.content)) == ""
            outside = re.sub(r"<code>.*?</code>", "", token.content)
            assert not MENTION.search(outside)  # in code it is none
            assert set(re.findall(r"</?\w+", outside)) <= OUR_ELEMENTS
        if token.type == "heading_open":
            assert (token.tag, token.map) == ("h2", [0, 1])
        assert token.type != "ordered_list_open"
        for child in token.children or ():
            assert child.type != "image"
            if child.type == "link_open":
                assert str(child.attrGet("href")).startswith("https://docs.astral.sh/ruff/")
            if child.type == "html_inline":
                assert OUR_TAGS.fullmatch(child.content), child.content
            if child.type == "text":
                assert not MENTION.search(child.content)


@pytest.mark.parametrize("name", INJECTIONS)
def test_what_is_hidden_in_the_change_is_a_finding(name: str) -> None:
    done, _ = review(INJECTIONS[name])
    hides = HIDDEN.search(INJECTIONS[name].replace("\n", ""))
    found = [fact for fact in done.facts if fact.code == "CA601"]
    # Separators of lines and bytes that are no text hide nothing: they are shown as escapes.
    assert bool(found) is (bool(hides) and name not in ("separator", "surrogate"))


def test_the_report_has_all_fields_of_a_plain_one() -> None:
    _, report = review("nothing special")
    assert {each.name for each in fields(Report)} <= {each.name for each in fields(report)}
