"""A whole definition replaced: found by name, indented anew, and nothing before it is lost."""

import pytest
from packing import view_of
from samples import samples

from codeassist.base.errors import EditError
from codeassist.edits.answer import ReplaceSymbol, resolve
from codeassist.edits.definitions import definition

NAMES = {"python": "a.py", "typescript": "a.ts", "java": "A.java", "go": "a.go", "rust": "a.rs"}


def check(language: str, source: str, symbol: str, code: str, after: str) -> None:
    """Replace a definition. In `source`, what is to be replaced stands between two `$0`."""
    path = NAMES.get(language, language)
    plain = source.replace("$0", "")
    assert source.count("$0") == 2
    before, _, rest = source.partition("$0")
    edit = resolve(view_of({path: plain}), "T", [ReplaceSymbol(path, symbol, code)])
    result = edit.files[0].after.decode()
    assert result == before + after + rest.partition("$0")[2]


def refused(source: str, symbol: str, code: str = "x", path: str = "a.py") -> str:
    with pytest.raises(EditError) as raised:
        resolve(view_of({path: source}), "T", [ReplaceSymbol(path, symbol, code)])
    return raised.value.message


def test_a_method_is_moved_to_its_place() -> None:
    source = "class A:\n    x = 1\n\n    $0def f(self):\n        return 1$0\n\n    y = 2\n"
    expected = "def f(self):\n        if self:\n            return 2"
    for code in (
        "def f(self):\n    if self:\n        return 2\n",
        "    def f(self):\n        if self:\n            return 2\n",
        "def f(self):\n        if self:\n            return 2",  # the first line lost its own
        "```python\ndef f(self):\n    if self:\n        return 2\n```",
        "4| def f(self):\n5|     if self:\n6|         return 2",
        "\n\ndef f(self):\r\n    if self:\r\n        return 2\r\n\r\n",
    ):
        check("python", source, "A.f", code, expected)


def test_the_body_of_a_method_need_not_be_absolute() -> None:
    source = "class A:\n    $0def f(self):\n        return 1$0\n"
    check("python", source, "A.f", "def f(self):\n    return 2", "def f(self):\n        return 2")


def test_spaces_become_the_tabs_of_the_file() -> None:
    source = "class A:\n\t$0def f(self):\n\t\treturn 1$0\n"
    code = "def f(self):\n    if self:\n        return 2"
    check("python", source, "A.f", code, "def f(self):\n\t\tif self:\n\t\t\treturn 2")


def test_strings_over_several_lines_are_not_indented_but_docstrings_are() -> None:
    source = "class A:\n    $0def f(self):\n        return 1$0\n"
    code = 'def f(self):\n    """One.\n\n    Two.\n    """\n    return """a\nb\n  c"""'
    after = (
        'def f(self):\n        """One.\n\n        Two.\n        """\n        return """a\nb\n  c"""'
    )
    check("python", source, "A.f", code, after)


def test_decorators_stay_unless_the_code_has_some() -> None:
    source = "class A:\n    @old\n    $0def f(self):\n        return 1$0\n"
    check("python", source, "A.f", "def f(self):\n    pass", "def f(self):\n        pass")
    source = (
        "class A:\n    $0@old(\n        1,\n    )\n    @two\n    def f(self):\n        return 1$0\n"
    )
    check(
        "python",
        source,
        "A.f",
        "@new\ndef f(self):\n    pass",
        "@new\n    def f(self):\n        pass",
    )


def test_comments_above_stay_unless_the_code_has_some() -> None:
    source = "x = 1\n\n# Old.\n$0def f():\n    return 1$0\n"
    check("python", source, "f", "def f():\n    pass", "def f():\n    pass")
    source = "x = 1\n\n$0# Old.\ndef f():\n    return 1$0\n"
    check("python", source, "f", "# New.\ndef f():\n    pass", "# New.\ndef f():\n    pass")
    # A comment after an empty line is about something else.
    source = "# Section.\n\n$0def f():\n    return 1$0\n"
    check("python", source, "f", "# New.\ndef f():\n    pass", "# New.\ndef f():\n    pass")
    # So is one at the end of another statement.
    source = "x = 1  # one\n$0def f():\n    return 1$0\n"
    check("python", source, "f", "# New.\ndef f():\n    pass", "# New.\ndef f():\n    pass")


def test_new_comments_do_not_cost_the_decorators() -> None:
    source = "class A:\n    $0# Old.\n    @keep\n    def f(self):\n        return 1$0\n"
    check(
        "python", source, "A.f", "# New.\ndef f(self):\n    pass",
        "# New.\n    @keep\n    def f(self):\n        pass",
    )  # fmt: skip
    source = "class A {\n  $0/** Old. */\n  @Override\n  public int f() { return 1; }$0\n}\n"
    check(
        "java", source, "A.f", "/** New. */\npublic int f() { return 2; }",
        "/** New. */\n  @Override\n  public int f() { return 2; }",
    )  # fmt: skip


def test_annotations_inside_of_a_definition_stay_too() -> None:
    source = "class A {\n  @Override\n  $0public int f() { return 1; }$0\n}\n"
    check("java", source, "A.f", "public int f() { return 2; }", "public int f() { return 2; }")


def test_attributes_of_rust_stay_or_are_replaced() -> None:
    source = "/// Old.\n#[inline]\n$0pub fn f() -> u8 {\n    1\n}$0\n"
    code = "pub fn f() -> u8 {\n    2\n}"
    check("rust", source, "f", code, code)
    source = "$0/// Old.\n#[inline]\npub fn f() -> u8 {\n    1\n}$0\n"
    check("rust", source, "f", "/// New.\n#[cold]\n" + code, "/// New.\n#[cold]\n" + code)
    check("rust", source, "f", "/// New.\n" + code, "/// New.\n#[inline]\n" + code)


@pytest.mark.parametrize("code", ["function f() {}", "export default function f() {}"])
def test_export_is_neither_lost_nor_doubled(code: str) -> None:
    source = "/** One. */\n$0export default function f() { return 1; }$0\n"
    check("typescript", source, "f", code, "export default function f() {}")


def test_a_semicolon_is_not_doubled() -> None:
    source = "$0export const f = () => 1;$0\n"
    check("typescript", source, "f", "export const f = () => 2;", "export const f = () => 2;")
    source = "$0struct A {\n  int x;\n};$0\n"
    check("a.cpp", source, "A", "struct A {\n  int y;\n};", "struct A {\n  int y;\n};")


def test_a_template_keeps_its_head() -> None:
    source = "template <typename T>\n$0T f(T x) { return x; }$0\n"
    # The head is one of the words before a definition, and comes back with it.
    check("a.cpp", source, "f", "T f(T y) { return y; }", "T f(T y) { return y; }")
    source = "$0template <typename T>\nT f(T x) { return x; }$0\n"
    code = "template <class U>\nU f(U x) { return x; }"
    check("a.cpp", source, "f", code, code)


def test_a_type_of_go_is_whole() -> None:
    source = "package a\n\n// Old.\n$0type A struct {\n\tx int\n}$0\n"
    code = "type A struct {\n\ty int\n}"
    check("go", source, "A", code, code)


def test_a_file_with_carriage_returns_keeps_them() -> None:
    view = view_of({"a.py": "class A:\r\n    def f(self):\r\n        return 1\r\n"})
    edit = resolve(view, "T", [ReplaceSymbol("a.py", "A.f", "def f(self):\n    x()\n    y()")])
    assert edit.files[0].after == (
        b"class A:\r\n    def f(self):\r\n        x()\r\n        y()\r\n"
    )


@pytest.mark.parametrize("name", ["A.f", "f", "A::f", "A#f()", "`A.f`", "a.A.f".removeprefix("a.")])
def test_names_are_understood_as_models_write_them(name: str) -> None:
    source = "class A:\n    $0def f(self):\n        return 1$0\n"
    check("python", source, name, "def f(self):\n    return 2", "def f(self):\n        return 2")


def test_a_name_that_is_several_definitions_is_refused_with_their_places() -> None:
    source = "class A:\n    def f(self): ...\nclass B:\n    def f(self): ...\n"
    message = refused(source, "f")
    assert "A.f at line 2" in message
    assert "B.f at line 4" in message
    assert "line 1, function f at line 3" in refused("def f(): ...\n\ndef f(): ...\n", "f")


def test_a_name_that_is_none_is_refused_with_its_likes() -> None:
    assert "no definition `A.total`; there is A.totals" in refused(
        "class A:\n    def totals(self): ...\n", "A.total"
    )
    assert refused("x = 1\n", "zzz").endswith("no definition `zzz`")
    assert "no definition ``" in refused("x = 1\n", "")


def test_no_code_is_refused() -> None:
    assert "no code" in refused("def f(): ...\n", "f", "\n \n")


@pytest.mark.parametrize("name", samples())
def test_every_definition_may_be_replaced_by_itself(name: str) -> None:
    """With what is before it and without, at the margin and where it is: the file is the same."""
    source = samples()[name]
    view = view_of({name: source})
    outline, document = view.outline(name), view.document(name)
    assert outline is not None
    assert document is not None
    tried = 0
    for index, symbol in enumerate(outline.symbols):
        qualified = outline.qualified(index)
        if [outline.qualified(n) for n in range(len(outline.symbols))].count(qualified) > 1:
            continue
        found = definition(outline.language, document, outline, index)
        for start in {symbol.start, found.core, *(lead.start for lead in found.leads[:1])}:
            line = document.lines.line_start(document.lines.line_of(start))
            margin = document.data[line:start].decode()
            code = document.data[start : symbol.end].decode()
            if margin.strip():
                continue  # in the middle of a line, where nobody would replace it
            shifted = "\n".join(each.removeprefix(margin) for each in code.split("\n"))
            for text in (code, margin + code, shifted):
                with pytest.raises(EditError, match="changes nothing"):
                    resolve(view, "T", [ReplaceSymbol(name, qualified, text)])
                tried += 1
    assert tried > 5
