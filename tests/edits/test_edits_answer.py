"""From a model's answer to an edit: located in exactly one place, or refused with the reasons."""

import json

import jsonschema
import pytest
from packing import view_of

from codeassist.base.errors import EditError
from codeassist.edits.answer import (
    Create,
    Proposal,
    Replace,
    ReplaceSymbol,
    edits_schema,
    parse_edits,
    resolve,
)

SOURCE = """import os


def first(a):
    if a:
        return os.name
    return ""


def second(a):
    if a:
        return os.sep
    return ""
"""


def changed(source: str, *proposals: Proposal, path: str = "a.py") -> str:
    """The text of a file after some proposals, line feeds alone."""
    edit = resolve(view_of({path: source}), "Try it", proposals)
    (file,) = edit.files
    return file.after.decode()


def refused(source: str, *proposals: Proposal, path: str = "a.py") -> str:
    """Why proposals are refused."""
    with pytest.raises(EditError) as raised:
        changed(source, *proposals, path=path)
    return raised.value.message


def search(text: str, replacement: str = "x", path: str = "a.py") -> Replace:
    return Replace(path, text, replacement)


def test_an_exact_text_is_replaced() -> None:
    after = changed(SOURCE, search("        return os.sep\n", "        return os.path\n"))
    assert after == SOURCE.replace("os.sep", "os.path")


def test_an_exact_text_may_begin_and_end_in_a_line() -> None:
    assert changed("a = b + c\n", search("b +", "d *")) == "a = d * c\n"


def test_several_places_are_named() -> None:
    assert "3 times, at lines 1, 2, 3" in refused("x = 1\nx = 1\nx = 1\n", search("x = 1"))


def test_places_that_share_text_are_several() -> None:
    assert "2 times" in refused("aXaXa\n", search("aXa"))


def test_many_places_are_counted() -> None:
    assert "and 12 more" in refused("pass\n" * 20, search("pass"))


def test_a_text_that_is_not_there_is_answered_with_its_likes() -> None:
    message = refused(SOURCE, search("def second(a, b):\n    if a:"))
    assert "not in the file" in message
    assert "10 to 11, are:\ndef second(a):\n    if a:" in message
    assert refused("x = 1\n", search("nothing like it at all")).endswith("not in the file")


def test_an_empty_search_means_an_empty_file_alone() -> None:
    assert "search text is empty" in refused(SOURCE, search("  \n"))
    assert changed("", search("", "x = 1\n")) == "x = 1\n"


def test_a_part_of_a_word_is_no_place() -> None:
    assert "part of a word, at line 1" in refused("width = 3\n", search("id"))
    assert changed("a.id = 3\n", search("id", "no")) == "a.no = 3\n"


@pytest.mark.parametrize(
    ("source", "wanted", "replacement", "after"),
    [
        pytest.param(
            "def f():   \n    return 1\n",
            "def f():\n    return 1",
            "def f():\n    return 2",
            "def f():\n    return 2\n",
            id="blanks at the end",
        ),
        pytest.param(
            "class A:\n    def f(self):\n        return 1\n",
            "def f(self):\n    return 1\n",
            "def f(self):\n    if self:\n        return 2\n",
            "class A:\n    def f(self):\n        if self:\n            return 2\n",
            id="shifted",
        ),
        pytest.param(
            "class A:\n\tdef f(self):\n\t\treturn 1\n",
            "    def f(self):\n        return 1",
            "    def f(self):\n        if self:\n            return 2",
            "class A:\n\tdef f(self):\n\t\tif self:\n\t\t\treturn 2\n",
            id="spaces for tabs",
        ),
        pytest.param(
            "class A:\n    def f(self):\n        return 1\n",
            "\tdef f(self):\n\t\treturn 1",
            "\tdef f(self):\n\t\tif self:\n\t\t\treturn 2",
            "class A:\n    def f(self):\n        if self:\n            return 2\n",
            id="tabs for spaces",
        ),
        pytest.param(
            "class A:\n    def f(self):\n        return 1\n",
            "  def f(self):\n    return 1",
            "  def f(self):\n    if self:\n      return 2",
            "class A:\n    def f(self):\n        if self:\n            return 2\n",
            id="two spaces for four",
        ),
        pytest.param(
            "class A:\n  x = 1\n",
            "\n\nclass A:\n  x = 1 \n\n",
            "\n\nclass A:\n  x = 2\n\n",
            "class A:\n  x = 2\n",
            id="blank lines around",
        ),
        pytest.param(
            "def f():\n    return 1", "  return 1\n", "  return 2\n", "def f():\n    return 2",
            id="no final newline",
        ),
        pytest.param(
            "class A:\n        x = first\n",
            "    x  = first".replace("  =", " =") + " ",
            "    x = first\ny = 2",
            "class A:\n        x = first\n    y = 2\n",
            id="less indented than the search",
        ),
        pytest.param(
            "def f():\n    first_one()\n    second()\n",
            "first_one() ",
            "",
            "def f():\n    second()\n",
            id="lines taken away",
        ),
    ],
)  # fmt: skip
def test_blanks_are_forgiven_by_whole_lines(
    source: str, wanted: str, replacement: str, after: str
) -> None:
    assert wanted not in source, "it has to be a case for the second way"
    assert changed(source, search(wanted, replacement)) == after


def test_blanks_inside_of_a_line_are_not_forgiven() -> None:
    assert "not in the file" in refused("value = 1 +  2\n", search("value = 1 + 2"))


def test_lines_in_another_structure_are_not_the_same() -> None:
    # The second line is deeper in one, and not in the other.
    source = "    if ready:\n        go_there()\n"
    assert "not in the file" in refused(source, search("if ready:\ngo_there()"))


def test_two_places_but_for_blanks_are_none() -> None:
    source = "if a:\n    call_it(1)\nif b:\n        call_it(1)\n"
    assert "2 times, at lines 2, 4" in refused(source, search("      call_it(1)"))
    # With the indentation of one of them it is that one.
    after = changed(source, search("    call_it(1)", "    x"))
    assert after == "if a:\n    x\nif b:\n        call_it(1)\n"


def test_a_bracket_alone_means_nothing_without_its_blanks() -> None:
    assert "too short" in refused("int f() {\n  }\n", search("    }"))
    # Exactly as written, and once, it is a place.
    assert changed("int f() {\n  }\n", search("  }", "}")) == "int f() {\n}\n"


def test_a_new_text_that_does_not_fit_the_indentation_is_refused() -> None:
    source = "class A:\n    x = first\n"
    assert "cannot be moved" in refused(source, search("        x = first", "y = 1"))


def test_line_numbers_are_taken_off_where_nothing_else_can_be_meant() -> None:
    numbered = "11|     if a:\n12|         return os.sep"
    after = changed(SOURCE, search(numbered, "11|     if not a:\n12|         return os.sep"))
    assert after == SOURCE.replace(
        "if a:\n        return os.sep", "if not a:\n        return os.sep"
    )
    # The file has such a text: then it is meant.
    assert changed("1| x\n", search("1| x", "2| y")) == "2| y\n"
    # They do not count up: then they are something else.
    assert "not in the file" in refused("x\ny\n", search("1| x\n3| y"))


def test_fences_are_taken_off() -> None:
    assert changed("x = 1\n", search("```python\nx = 1\n```", "```python\ny = 1\n```")) == "y = 1\n"


def test_answers_with_carriage_returns_and_files_with_them_meet() -> None:
    view = view_of({"a.py": "a = 1\r\nb = 2\r\nc = 3\n"})
    edit = resolve(view, "T", [search("a = 1\nb = 2", "a = 2\nb = 3")])
    assert edit.files[0].after == b"a = 2\r\nb = 3\r\nc = 3\n"
    edit = resolve(view, "T", [search("b = 2\r\nc = 3\r\n", "b = 3\r\n")])
    assert edit.files[0].after == b"a = 1\r\nb = 3\r\n"


def test_wide_characters_before_the_place_do_not_move_it() -> None:
    assert (
        changed("s = '漢字 🎉'\r\nx = 1\n", search("x = 1", "x = 2")) == "s = '漢字 🎉'\r\nx = 2\n"
    )


def test_paths_are_understood_as_models_write_them() -> None:
    view = view_of({"pkg/a.py": "x = 1\n"})
    for path in ("./pkg/a.py", "pkg\\a.py", " pkg/a.py", "pkg//a.py"):
        assert resolve(view, "T", [search("x = 1", "y", path)]).files[0].path == "pkg/a.py"
    for path in ("/pkg/a.py", "../pkg/a.py", "pkg/../pkg/a.py"):
        with pytest.raises(EditError, match=r"not relative|out of its folder"):
            resolve(view, "T", [search("x = 1", "y", path)])


def test_all_that_is_wrong_is_said_at_once_by_number() -> None:
    message = refused(SOURCE, search("nope"), search("import os", "import re"), search("if a:"))
    assert [line.partition(" (")[0] for line in message.split("\n")] == ["edit 1", "edit 3"]


def test_edits_of_one_answer_are_against_the_same_text() -> None:
    # The second is found although the first takes its text away elsewhere.
    after = changed("a = 1\nb = 2\n", search("a = 1", "b = 2"), search("b = 2", "c = 3"))
    assert after == "b = 2\nc = 3\n"


def test_edits_that_overlap_are_named() -> None:
    message = refused("a\nbcd\ne\n", search("a\nbcd", "x"), search("bcd\ne", "y"))
    assert "edits 1 and 2 (a.py): they overlap at line 2" in message


def test_idle_and_repeated_edits_do_no_harm() -> None:
    same = search("a = 1", "a = 2")
    assert changed("a = 1\n", search("nowhere", "nowhere"), same, same) == "a = 2\n"
    assert "changes nothing" in refused("a = 1\n", search("a = 1", "a = 1"))
    assert "changes nothing" in refused("a = 1\n")


def test_new_files_come_without_what_models_put_around_code() -> None:
    view = view_of({"a.py": "\n"})
    edit = resolve(
        view, "T", [Create("./b.py", "```python\nx = 1\n```"), Create("c.md", "```\n```")]
    )
    assert [(file.path, file.after) for file in edit.files] == [
        ("b.py", b"x = 1\n"),
        ("c.md", b"```\n```\n"),
    ]


def test_a_new_file_is_never_an_old_one() -> None:
    assert "such a file already" in refused("x\n", Create("a.py", "y"))
    assert "created twice" in refused("x\n", Create("b.py", "y"), Create("b.py", "z"))


def test_a_file_that_is_not_indexed_has_no_definitions() -> None:
    view = view_of({"a.md": "# x\n"})
    with pytest.raises(EditError, match="definitions are not known"):
        resolve(view, "T", [ReplaceSymbol("a.md", "x", "y")])
    assert resolve(view, "T", [search("# x", "# y", "a.md")]).files[0].after == b"# y\n"


def test_the_schema_is_strict_and_takes_what_it_says() -> None:
    schema = edits_schema()
    item = schema["items"]
    assert item["additionalProperties"] is False
    assert set(item["required"]) == set(item["properties"])
    answer = [
        {"kind": "replace", "path": "a", "search": "x", "symbol": None, "text": "y"},
        {"kind": "symbol", "path": "a", "search": None, "symbol": "A.b", "text": "y"},
        {"kind": "create", "path": "a", "search": None, "symbol": None, "text": "y"},
    ]
    jsonschema.validate(answer, schema)
    expected = (Replace("a", "x", "y"), ReplaceSymbol("a", "A.b", "y"), Create("a", "y"))
    assert parse_edits(json.loads(json.dumps(answer))) == expected
    bare = [{k: v for k, v in each.items() if v is not None} for each in answer]
    assert parse_edits({"edits": bare}) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "not a list"),
        ("x", "not a list"),
        ([1], "edit 1: it is not an object"),
        ([{"kind": "rename", "path": "a"}], "edit 1: its kind"),
        ([{"kind": "replace", "path": "a", "text": "y"}], "edit 1: `search`"),
        ([{"kind": "create", "path": None, "text": "y"}], "edit 1: `path`"),
    ],
)
def test_answers_in_another_form_are_refused(data: object, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        parse_edits(data)
