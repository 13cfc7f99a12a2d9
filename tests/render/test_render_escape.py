"""Escaping: hidden characters are shown, and nothing acts in Markdown, HTML, JSON or a CI log."""

import json

import pytest
from markdown_it import MarkdownIt

from codeassist.render.escape import (
    code_fence,
    dumps,
    html_text,
    log_safe,
    markdown,
    split_code,
    visible,
)

# A stand-in for what a hostile repository may call a file, a function or a parameter.
HOSTILE = (
    "\x1b[31mred",
    "\x9b31m",
    "a\nb",
    "a\r\nb",
    "```\n# heading",
    "`tick` and `tick",
    "| cell | cell |",
    "</details></summary>",
    "<img src=x onerror=alert(1)>",
    "<!-- codeassist:summary -->",
    "@everyone",
    "#1 and GH-2",
    "https://evil.example/x www.evil.example",
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example>",
    "::error file=x::gone",
    "##[error]gone",
    "##vso[task.complete]",
    "user\u202e\u2066nimda",
    "zero\u200bwidth\ufeff",
    "*a* _b_ ~~c~~ **d**",
    "&lt;b&gt; &copy;",
    "\\`\\[\\](x)",
    "not-utf8-\udcff",
    "tag\U000e0041",
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, Café, 東京, 👍", "plain text, Café, 東京, 👍"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb\u2060", "a\\u200bb\\u2060"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\xff"),  # the byte that surrogateescape stands for
        ("\u2028", "\\u2028"),
        ("##[error]", "#\\x23[error]"),
        ("## heading", "## heading"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("a ::error::x", "a ::error::x"),  # acts only at the beginning of a line
        ("a ##[error]x", "a #\\x23[error]x"),
    ],
)
def test_no_line_is_a_command_to_a_ci_runner(line: str, safe: str) -> None:
    assert log_safe(line) == safe


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_text_and_does_nothing_else(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"x {markdown(text)}")
    )
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {token.type for token in children} <= {"text", "text_special", "code_inline"}
    # A reader sees the text itself: the zero-width spaces that break mentions are not seen.
    shown = "".join(token.content for token in children).replace("\u200b", "")
    assert shown == "x " + "".join(visible(part) for part, _ in split_code(text))
    outside_code = "".join(token.content for token in children if token.type != "code_inline")
    for trigger in ("@everyone", "#1", "GH-2", "://", "www.evil", "\x1b", "\u202e"):
        assert trigger not in outside_code


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_in_a_table_stays_in_its_cell(text: str) -> None:
    table = f"| a | b |\n| - | - |\n| {markdown(text)} | {markdown(f'`{text}`')} |"
    tokens = MarkdownIt("commonmark").enable("table").parse(table)
    assert [token.type for token in tokens].count("td_open") == 2


def test_markdown_keeps_names_as_code() -> None:
    assert markdown("`charge()` lost `a|b` in x_y") == "`charge()` lost `a\\|b` in x\\_y"


def test_ordinary_sentences_are_not_changed() -> None:
    sentence = "The call (line 3) passes 2 arguments, but 1 is allowed: see the docs."
    assert markdown(sentence) == html_text(sentence) == visible(sentence) == sentence


@pytest.mark.parametrize("text", HOSTILE)
def test_html_has_no_element_of_its_own(text: str) -> None:
    shown = html_text(text).replace("<code>", "").replace("</code>", "")
    assert "<" not in shown
    assert ">" not in shown
    assert "@everyone" not in shown


def test_a_fence_cannot_be_closed_by_what_it_holds() -> None:
    tokens = MarkdownIt().parse("\n".join(code_fence(["````", "x", "```", "</details>"])))
    assert [token.type for token in tokens] == ["fence"]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_is_lossless_and_shows_hidden_characters(text: str) -> None:
    written = dumps({"text": text})
    assert json.loads(written) == {"text": text}
    assert visible(written.replace("\n", "")) == written.replace("\n", "")
    written.encode("utf-8")


def test_json_keeps_readable_text_readable() -> None:
    assert "東京 👍" in dumps(["東京 👍"])


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("`a` and b", [("a", True), (" and b", False)]),
        ("no code", [("no code", False)]),
        ("one ` only", [("one ` only", False)]),
        ("", []),
    ],
)
def test_a_message_is_split_at_pairs_of_backticks(
    message: str, parts: list[tuple[str, bool]]
) -> None:
    assert split_code(message) == parts
