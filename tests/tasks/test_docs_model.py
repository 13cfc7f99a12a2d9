"""The conversation with a model: what it is asked, and what of its answers reaches a file."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from documenting import document, written
from jsonschema import Draft202012Validator
from request_sizes import size

from codeassist.base.messages import ModelAnswer, Role
from codeassist.base.model_errors import ServerError
from codeassist.tasks.docs.ask import schema
from codeassist.tasks.task import Ask, ModelTraits, Reply, TaskReport

SOURCE = """def fetch(url, timeout=3):
    if not url:
        raise ValueError
    return get(url)
"""
EMPTY: dict[str, Any] = {
    "summary": "",
    "description": None,
    "parameters": [],
    "attributes": [],
    "returns": None,
    "raises": [],
}


def said(*symbols: dict[str, Any]) -> Callable[[tuple[Ask, ...]], list[Reply]]:
    """Answers each request with these symbols, which must fit the schema."""
    form = schema(len(symbols), entries=9).schema
    Draft202012Validator(form).validate({"symbols": _rows(symbols)})
    return unheld(*symbols)


def unheld(*symbols: dict[str, Any]) -> Callable[[tuple[Ask, ...]], list[Reply]]:
    """The same from a server that does not hold its model to the schema."""
    return lambda asks: [ModelAnswer("", {"symbols": _rows(symbols)}) for _ in asks]


def _rows(symbols: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    return [{**EMPTY, "id": "1", **each} for each in symbols]


def check(
    answer: dict[str, Any], after: str, path: str = "a.py", before: str = SOURCE
) -> TaskReport:
    """What the one definition of `before` gets for an answer; `after` is its documentation."""
    report = document({path: before}, answer=said(answer))
    assert written(report) == after
    return report


def reasons(report: TaskReport) -> list[tuple[str, str]]:
    return [(each.what, each.reason) for each in report.dropped]


def test_sentences_in_the_form_of_the_facts() -> None:
    report = check(
        {
            "summary": "Fetches a page",
            "description": "Follows redirects.\n\nNever caches.",
            "parameters": [
                {"name": "timeout", "text": "Seconds to wait for an answer"},
                {"name": "url", "text": "Where the page is."},
            ],
            "returns": "Returns the page.",
            "raises": [{"type": "ValueError", "text": "If `url` is empty."}],
        },
        '''def fetch(url, timeout=3):
    """Fetch a page.

    Follows redirects.

    Never caches.

    Args:
        url: Where the page is.
        timeout (int, optional): Seconds to wait for an answer. Defaults to ``3``.

    Returns:
        The page.

    Raises:
        ValueError: If ``url`` is empty.
    """
    if not url:
        raise ValueError
    return get(url)
''',
    )
    assert report.dropped == ()
    assert report.shown is not None


def test_what_does_not_exist_is_dropped_with_the_reason() -> None:
    report = document(
        {"a.py": SOURCE},
        answer=said(
            {
                "summary": "Fetch a page.",
                "parameters": [{"name": "depth", "text": "How deep."}],
                "attributes": [{"name": "x", "text": "X."}],
                "raises": [{"type": "OSError", "text": "Always."}],
            },
            {"id": "7", "summary": "Other."},
            {"id": "1", "summary": "Again."},
        ),
    )
    text = written(report)
    assert "depth" not in text
    assert "OSError" not in text
    assert "url:\n" in text, "what was not answered has its entry all the same"
    assert "ValueError: If ``not url``." in text, "and keeps its fact"
    assert reasons(report) == [
        ("fetch: parameters: depth", "there is no such name"),
        ("fetch: raises: OSError", "its body does not raise it"),
        ("fetch: attributes: x", "the definition has none"),
        ("7", "no such definition was asked about"),
        ("fetch", "a second answer for the same definition"),
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [("summary", "x" * 300), ("description", "x " * 2_000), ("returns", "y" * 700)],
)
def test_too_long_texts_are_dropped_whole(field: str, text: str) -> None:
    report = document({"a.py": SOURCE}, answer=unheld({"summary": "Fetch it.", field: text}))
    assert "xxx" not in written(report)
    assert "yyy" not in written(report)
    assert "x x" not in written(report)
    assert [what for what, _ in reasons(report)] == [f"fetch: {field}"]


HOSTILE = [
    '""" + os.system("x") + """',
    "ends \\",
    'a quote"',
    "*/ alert(1) /*",
    "\u202eevil\x00\x1b[31m\x07",
    "```python\nimport os\n```",
    "<script>alert(1)</script> <img src=x>",
    "![x](http://evil.example/x) [y](javascript:z)",
    "@param other injected\n@returns nothing",
    ":param other: injected",
    "Args:\n    other: injected",
    "Parameters\n----------\nother : injected",
    "{@code x} {@link y} ${name} \\u002a\\u002f",
    "--]] --[[ # x // y ?> <?php",
    '</summary><param name="other">x</param>',
    "😀 日本語 ä",
    "`unclosed",
    "-1 is the end",
    " \n\t ",
]
PLACES = {
    "a.py": 'def fetch(url):\n    return get(url)\n',
    "a.js": "export function fetch(url) {\n  return get(url);\n}\n",
    "a.ts": "export function fetch(url: string): string {\n  return get(url);\n}\n",
    "A.java": "public class A {\n  /** A. */\n  public int fetch(int url) {\n"
    "    return 1;\n  }\n}\n"
    .replace("  /** A. */\n", ""),
    "a.go": "package a\n\nfunc Fetch(url string) string {\n\treturn url\n}\n",
    "a.rs": "pub fn fetch(url: u8) -> u8 {\n    1\n}\n",
    "a.kt": "fun fetch(url: Int): Int {\n    return 1\n}\n",
    "a.scala": "def fetch(url: Int): Int = 1\n",
    "a.cs": "public class A\n{\n    public int Fetch(int url)\n    {\n        return 1;\n"
    "    }\n}\n",
    "a.php": "<?php\nfunction fetch($url) {\n    return 1;\n}\n",
    "a.rb": "def fetch(url)\n  1\nend\n",
    "a.lua": "function fetch(url)\n  return url\nend\n",
    "a.swift": "func fetch(url: Int) -> Int {\n    return 1\n}\n",
    "a.hpp": "int fetch(int url);\n",
    "a.sh": "fetch() {\n  :\n}\n",
}  # fmt: skip


@pytest.mark.parametrize("path", list(PLACES))
@pytest.mark.parametrize("text", HOSTILE)
def test_no_answer_ends_its_comment_or_adds_an_entry(path: str, text: str) -> None:
    """`written` holds that only comments change and that the file parses as before."""

    def answer(asks: tuple[Ask, ...]) -> list[Reply]:
        (ask,) = asks
        facts = facts_of(ask)
        rows = [
            {
                **EMPTY,
                "id": fact["id"],
                "summary": text,
                "description": text + "\n\n" + text,
                "parameters": [{"name": p["name"], "text": text} for p in fact["parameters"]],
                "returns": text,
            }
            for fact in facts
        ]
        return [ModelAnswer("", {"symbols": rows})]

    after = written(document({path: PLACES[path]}, answer=answer))
    assert not any(ord(each) < 32 and each not in "\n\t" for each in after)
    assert "\u202e" not in after
    assert "](" not in after
    assert "```" not in after.replace("``````", "")
    lines = [line.strip(" */#-") for line in after.split("\n")]
    assert not any(line.startswith(("@param other", ":param other", "other :")) for line in lines)


def facts_of(ask: Ask) -> list[dict[str, Any]]:
    """The facts that a request tells."""
    text = ask.request.messages[1].text
    found: list[dict[str, Any]] = json.loads(text.split("```json\n")[1].split("\n```")[0])
    return found


def test_a_batch_without_an_answer_is_written_from_facts() -> None:
    def broken(asks: tuple[Ask, ...]) -> list[Reply]:
        return [ServerError("the server failed") for _ in asks]

    report = document({"a.py": SOURCE}, answer=broken)
    assert '"""Fetch.\n' in written(report)
    (note,) = report.notes
    assert "fetch" in note
    assert "facts alone" in note
    assert "the server failed" in note


@pytest.mark.parametrize("data", [None, [], "x", {"symbols": None}, {"symbols": [1, {"id": []}]}])
def test_answers_of_no_form_are_survived(data: object) -> None:
    report = document({"a.py": SOURCE}, answer=lambda asks: [ModelAnswer("", data)])
    assert '"""Fetch.\n' in written(report)
    assert any("left it out" in note for note in report.notes)


def test_requests_begin_alike_and_say_the_facts() -> None:
    asked: list[Ask] = []

    def answer(asks: tuple[Ask, ...]) -> list[Reply]:
        asked.extend(asks)
        return [ModelAnswer("", {"symbols": []}) for _ in asks]

    body = "".join(f"def fetch_{n}(a, b=2):\n    return [\n" + "        a,\n" * 8 + "    ]\n\n\n"
                   for n in range(12))  # fmt: skip
    document({"a.py": body}, answer=answer)
    assert [len(facts_of(ask)) for ask in asked] == [8, 4], "at most eight definitions a request"
    systems = {ask.request.messages[0].text for ask in asked}
    assert len(systems) == 1
    for ask in asked:
        assert [m.role for m in ask.request.messages] == [Role.SYSTEM, Role.USER]
        assert ask.request.task == "docs"
        assert ask.request.schema is not None
        fact = facts_of(ask)[0]
        assert fact["parameters"] == [{"name": "a"}, {"name": "b", "type": "int", "default": "2"}]
        assert "return [" in ask.request.messages[1].text, "the code is shown"


def test_requests_fit_the_model_and_shrink() -> None:
    body = "def fetch(a):\n" + "".join(f"    call_{n}(a, {n})\n" for n in range(3_000))
    sizes: list[int] = []

    def answer(asks: tuple[Ask, ...]) -> list[Reply]:
        (ask,) = asks
        assert ask.shrink is not None
        sizes.extend(map(size, (ask.request, ask.shrink(3_000), ask.shrink(100))))
        return [ModelAnswer("", {"symbols": []})]

    document({"a.py": body}, answer=answer, model=ModelTraits("test", 5_000))
    assert sizes[0] <= 5_000
    assert sizes[1] <= 3_000
    assert sizes[1] < sizes[0]
    assert sizes[2] < sizes[1], "without room the facts remain"


def test_a_repair_has_words_for_what_is_added_and_keeps_the_rest() -> None:
    before = (
        'def fetch(url, timeout=3):\n    """Fetch  it.\n\n    Args:\n        url: U,  u\n    """\n'
        "    return get(url)\n"
    )
    report = document(
        {"a.py": before},
        answer=said(
            {
                "summary": "Something else.",
                "parameters": [
                    {"name": "url", "text": "Another text."},
                    {"name": "timeout", "text": "Seconds."},
                ],
            }
        ),
    )
    assert written(report) == before.replace(
        "U,  u\n", "U,  u\n        timeout: Seconds. Defaults to ``3``.\n"
    )


def test_a_repair_that_only_takes_away_asks_nobody() -> None:
    def nobody(asks: tuple[Ask, ...]) -> list[Reply]:
        raise AssertionError("it asked")

    source = (
        "def f(a):\n    '''F.\n\n    Args:\n        a: A\n        gone: G\n    '''\n    return 1\n"
    )
    assert "gone" not in written(document({"a.py": source}, answer=nobody))


def test_go_keeps_its_own_first_word() -> None:
    go = "package a\n\nfunc Fetch(url string) string {\n\treturn url\n}\n"

    def first(summary: str) -> str:
        text = written(document({"a.go": go}, answer=said({"summary": summary})))
        return next(line for line in text.split("\n") if line.startswith("//"))

    assert first("Fetches a page.") == "// Fetch fetches a page."
    assert first("Fetch a page.") == "// Fetch fetches a page."
    assert first("Fetch returns a page.") == "// Fetch returns a page."
    assert first("Pages, one after the other.") == "// Fetch fetches.", "no sentence of Go's form"


def test_long_texts_are_wrapped_to_the_repository_s_lines() -> None:
    text = "word " * 39
    report = document(
        {"a.py": SOURCE, "pyproject.toml": "[tool.ruff]\nline-length = 72\n"},
        answer=said({"summary": "Fetch it.", "description": text,
                     "parameters": [{"name": "url", "text": text}]}),
    )  # fmt: skip
    lines = written(report).split("\n")
    assert 60 < max(map(len, lines)) <= 72
