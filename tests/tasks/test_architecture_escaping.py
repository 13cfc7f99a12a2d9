"""Tests of Markdown and Mermaid in which only our own signs are markup.

Markdown is judged by a parser of others. Mermaid's rules are written down from its documentation
("Special characters that break syntax", "Entity codes to escape characters", "Markdown formatting",
"Directives"); all labels here were also read by Mermaid 11's own parser, by hand.
"""

import re

import pytest
from markdown_it import MarkdownIt

from codeassist.tasks.architecture.markdown import Links, code, prose, text
from codeassist.tasks.architecture.mermaid import MAX_LABEL, Edge, flowchart, label

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](https://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "```\ncode\n```",
    "    indented",
    "~~~",
    "a | b",
    "***bold*** _it_ ~~gone~~",
    "&lt;b&gt; &#60;",
    "\\*",
    "---",
    "===",
    "https://evil.example",
    "<https://evil.example>",
    "@everyone and #12",
    "[ref]: https://evil.example",
    "|---|",
]


def shown(markdown: str) -> str:
    """What a reader sees of a paragraph of plain text and code; fails on any other markup."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    children = tokens[1].children or []
    assert {t.type for t in children} <= {"text", "code_inline", "text_special"}, markdown
    return "".join(t.content for t in children).replace("\u200b", "")


@pytest.mark.parametrize("plain", HOSTILE)
def test_text_is_what_it_was_and_no_markup(plain: str) -> None:
    assert shown(text(plain)) == re.sub(r"\s+", " ", plain).strip()


@pytest.mark.parametrize("plain", HOSTILE)
def test_prose_outside_of_code_is_no_markup(plain: str) -> None:
    assert shown(prose("Uses `run` and " + plain.replace("`", ""))).startswith("Uses run and ")


def test_addresses_mentions_and_references_are_broken() -> None:
    for plain in ("see https://x.example", "@ada", "fixes #12", "GH-12", "www.x.example"):
        assert "&#8203;" in text(plain)


def test_hidden_characters_are_named() -> None:
    assert text("a\u202eb\x1b[0m") == "a\\<U+202E\\>b\\<U+001B\\>\\[0m"


@pytest.mark.parametrize("plain", ["a`b", "``", "`", " a ", "a|b", "<b>"])
def test_code_holds_any_text(plain: str) -> None:
    children = MarkdownIt("commonmark").parse(code(plain))[1].children or []
    assert [(t.type, t.content.replace("\\|", "|")) for t in children] == [("code_inline", plain)]


@pytest.mark.parametrize(
    ("path", "folder", "address"),
    [
        ("a/b.py", "", "a/b.py"),
        ("a/b.py", "docs", "../a/b.py"),
        ("docs/b.py", "docs", "b.py"),
        ("a b(1).py", "", "a%20b%281%29.py"),
        ("javascript:alert(1).py", "", "javascript%3Aalert%281%29.py"),
        ("a#b?c.py", "", "a%23b%3Fc.py"),
        ("é/日.py", "", "%C3%A9/%E6%97%A5.py"),
        ("caf\udce9.py", "", "caf%E9.py"),
        ("a]b.py", "", "a%5Db.py"),
    ],
)
def test_a_link_leads_to_the_path(path: str, folder: str, address: str) -> None:
    children = MarkdownIt("commonmark").parse(Links(folder).file(path, 7))[1].children or []
    assert [t.type for t in children] == ["link_open", "code_inline", "link_close"]
    assert children[0].attrs["href"] == f"{address}#L7"


@pytest.mark.parametrize(
    ("folder", "place", "address"),
    [("", "a/", "a/"), ("", "./", "./"), ("docs/x", "./", "../../"), ("docs", "docs/", "./")],
)
def test_a_folder_has_a_slash(folder: str, place: str, address: str) -> None:
    assert Links(folder).place(place).endswith(f"({address})")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("server/base", "server/base"),
        ("my_module.py", "my_module.py"),
        ("日本語/é", "日本語/é"),
        ("end", "end"),  # a word of Mermaid's, harmless between quotes
        ('a"b', "a#34;b"),
        ("a[b]{c}|d", "a#91;b#93;#123;c#125;#124;d"),
        ("a;b#c", "a#59;b#35;c"),
        ("#quot;", "#35;quot#59;"),  # must not become a quote
        ("<b>&lt;", "#60;b#62;#38;lt#59;"),  # labels are HTML
        ("`**x**`", "#96;#42;#42;x#42;#42;#96;"),  # backticks make Markdown of a label
        ("__init__.py", "#95;#95;init#95;#95;.py"),
        ("1. x", "#49;. x"),  # a list of Markdown is not drawn
        ("- x", "#45; x"),
        ("%%{init: 1}%%", "#37;#37;#123;init#58; 1#125;#37;#37;"),  # a directive, anywhere
        ("a\\b", "a#92;b"),
        ("a\nb", "a#60;U+000A#62;b"),
        ("", "#32;"),  # an empty label is a syntax error
    ],
)
def test_a_label_has_no_sign_of_mermaid_s(name: str, written: str) -> None:
    assert label(name) == written


def test_a_long_label_loses_its_middle() -> None:
    shortened = label("a" * 100 + "/end.py")
    assert len(shortened) <= MAX_LABEL
    assert shortened.startswith("aaa")
    assert shortened.endswith("aaa/end.py")
    assert "…" in shortened
    assert label("b" * MAX_LABEL) == "b" * MAX_LABEL


def test_a_flowchart() -> None:
    assert flowchart(["a", "end"], [Edge(0, 1, 12), Edge(1, 0, 1, against=True)]) == (
        'flowchart LR\n    n0["a"]\n    n1["end"]\n    n0 -->|12| n1\n    n1 -.->|1| n0\n'
    )
