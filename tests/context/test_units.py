"""Tests of how a file is cut into units: whole lines, all code once, definitions in one piece."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeassist.base.symbols import TOP, Outline
from codeassist.base.text import LineIndex
from codeassist.context.pieces import Unit
from codeassist.context.units import BLANK_LINES, LONG_LINES, STRETCH_LINES, units_of
from codeassist.index.outline import decode_outline, encode, extract_outline

Cut = list[tuple[int, int, str]]  # for each unit its first and last line, 1-based, and its name

# Fragments of files; any row of them is a file, many of them with syntax errors.
COMMON = ("\n", "\n\n\n\n", "   \t\n", "x = 1\n", "}\n", "(\n", "价格 = '🎉'\n", "\x0c\n")
FRAGMENTS = {
    "python": (
        "def f(a):\n    return a\n", "@once\n@twice(1)\ndef g():\n\n    return 1\n",
        "class A:\n    x = 1\n\n    def m(self): return 1\n    def n(self):\n        pass\n",
        "# words\n", "class B: pass\n", "def h(): return 1\n", '"""Doc.\n\n"""\n', "@broken\n",
        "if f:\n    def inner():\n        pass\n", "x = [\n" + "    1,\n" * 7 + "]\n",
        "def long():\n" + "    x = 1\n\n" * LONG_LINES + "\n", "y = 2\n" * (STRETCH_LINES + 9),
    ),
    "go": (
        "package a\n", "// Words.\nfunc F(x int) int {\n\treturn x\n}\n",
        "type T struct {\n\ta int\n}\n",
        "func (t *T) M() { a() }\n", "func A() {}; func B() {}\n", "/* words\n\n*/\n",
        "const (\n" + "\ta = 1\n" * 8 + ")\n",
    ),
    "typescript": (
        "export class A {\n  @dec()\n  m(): void {}\n\n  n = () => {\n    x();\n  };\n}\n",
        "namespace N {\n  export function f() {\n    return 1;\n  }\n}\n", "// words\n",
        "const f = (a) => a; const g = function () { return 1 }\n", "interface I {\n  a: 1\n}\n",
        "function a() {} function b() {\n}\n", "/** Words. */\n", "if (x) {\n",
    ),
    "java": (
        "package a;\nimport b.C;\n",
        "/** Words. */\n@Deprecated\nclass A {\n  int x;\n\n  A() {}\n",
        "  @Override\n  // words\n  public int m() {\n    return 1;\n  }\n",
        "enum E { A, B; int m() { return 1; } }\n",
    ),
    "rust": (
        "#[derive(Debug)]\nstruct A { x: u8 }\n",
        "impl A {\n    /// Words.\n    fn m(&self) {}\n}\n",
        "mod m {\n    fn f() {}\n\n    mod n {\n        fn g() {}\n    }\n}\n",
        "macro_rules! m { () => {} }\n",
    ),
    "ruby": (
        "module M\n  class A\n    def m\n      1\n    end\n  end\nend\n",
        "# words\ndef f; end\n", "end\n",
    ),
    "csharp": (
        "namespace A {\n  [Serializable]\n  class B {\n"
        "    int P { get; set; }\n    void M() => x();\n  }\n}\n",
    ),
    "cpp": (
        "namespace a { namespace b {\nclass C {\n public:\n  int m() const { return 1; }\n};\n}}\n",
        "int a::C::n() {\n  return 1;\n}\n", "#define X \\\n  1\n",
        "template <class T>\nT f(T t) { return t; }\n",
    ),
}  # fmt: skip


@st.composite
def sources(draw: st.DrawFn) -> tuple[str, bytes]:
    """A language and a file in it, with either kind of line ends, with or without the last one."""
    language = draw(st.sampled_from(sorted(FRAGMENTS)))
    parts = draw(st.lists(st.sampled_from(FRAGMENTS[language] + COMMON), max_size=8))
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return language, text.encode()


def units_in(language: str, data: bytes) -> tuple[tuple[Unit, ...], Outline]:
    outline = decode_outline(language, encode(extract_outline(language, data)))
    return units_of("a/file", outline, LineIndex(data)), outline


def check(language: str, text: str, expected: Cut) -> None:
    """The units of a text as lines, without the blank lines that belong to them."""
    data = text.encode()
    units, outline = units_in(language, data)
    lines = LineIndex(data)
    found = []
    for unit in units:
        code = data[unit.start : unit.end].rstrip()
        first = lines.line_of(unit.start) + 1
        name = outline.qualified(unit.symbol) if unit.symbol != TOP else ""
        found.append((first, first + code.count(b"\n"), name))
    assert found == expected


def owners(units: tuple[Unit, ...], lines: LineIndex) -> list[list[int]]:
    """For each line the numbers of the units that it is in."""
    return [
        [
            number
            for number, unit in enumerate(units)
            if unit.start <= lines.line_start(line) < unit.end
        ]
        for line in range(lines.line_count)
    ]


@given(sources())
@settings(max_examples=60, deadline=None)
def test_units_are_whole_lines_that_hold_all_code_once(source: tuple[str, bytes]) -> None:
    language, data = source
    units, outline = units_in(language, data)
    lines = LineIndex(data)
    starts = {lines.line_start(line) for line in range(lines.line_count)} | {len(data)}
    at = 0
    for unit in units:
        assert at <= unit.start < unit.end  # in order, without overlap, none empty
        assert {unit.start, unit.end} <= starts
        assert unit.path == "a/file"
        assert -1 <= unit.symbol < len(outline.symbols)
        assert data[unit.start : unit.end].split(b"\n", 1)[0].strip()
        at = unit.end
    for line, having in enumerate(owners(units, lines)):
        code = lines.line(line).strip()
        assert len(having) == 1 if code else len(having) <= 1, line


@given(sources())
@settings(max_examples=60, deadline=None)
def test_the_first_blank_lines_below_belong_to_a_unit(source: tuple[str, bytes]) -> None:
    language, data = source
    units, _ = units_in(language, data)
    lines = LineIndex(data)
    blank = [not lines.line(line).strip() for line in range(lines.line_count)]
    having = owners(units, lines)
    for number, unit in enumerate(units):
        inside = [line for line, them in enumerate(having) if number in them]
        below = next(line for line in reversed(inside) if not blank[line]) + 1
        gap = 0
        while below + gap < len(blank) and blank[below + gap]:
            gap += 1
        assert inside[-1] == below - 1 + min(gap, BLANK_LINES), unit


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "  \n\t\n", "   "])
def test_a_file_without_code_has_no_units(text: str) -> None:
    check("python", text, [])


@pytest.mark.parametrize("text", ["x = 1", "x = 1\n", "\n\nx = 1", "x = 1\r\n\r\n\r\n\r\n"])
def test_a_file_of_one_line_is_one_unit(text: str) -> None:
    line = text[: text.index("x")].count("\n") + 1
    check("python", text, [(line, line, "")])


def test_a_function_has_the_decorators_and_comments_above_it() -> None:
    text = (
        "import a\n\n\n# Why.\n# More.\n@once\n@twice(\n    1\n)\ndef f():\n\n    return 1\n"
        "\n\ny = 1\n"
    )
    check("python", text, [(1, 1, ""), (4, 12, "f"), (15, 15, "")])


def test_a_comment_apart_or_behind_code_is_not_the_functions() -> None:
    check("python", "# Apart.\n\ndef f():\n    pass\n", [(1, 1, ""), (3, 4, "f")])
    check("python", "x = 1  # Behind.\ndef f():\n    pass\n", [(1, 1, ""), (2, 3, "f")])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("go", "// F does.\n// Much.\nfunc F() {\n}\n"),
        ("rust", "/// Does.\n#[inline]\nfn f() {\n}\n"),
        ("typescript", "/**\n * Does.\n */\nfunction f() {\n}\n"),
        ("cpp", "/* Does.\n * Much.\n */\nint f() {\n}\n"),
    ],
)
def test_what_stands_above_in_other_languages(language: str, text: str) -> None:
    name = "F" if language == "go" else "f"
    check(language, text, [(1, text.count("\n"), name)])


def test_a_class_is_cut_at_its_methods() -> None:
    text = (
        "class A:\n    x = 1\n\n    def m(self):\n        pass\n\n    y = 2\n\n"
        "    @property\n    def n(self):\n        pass\n"
    )
    check("python", text, [(1, 2, "A"), (4, 5, "A.m"), (7, 7, "A"), (9, 11, "A.n")])


def test_a_class_without_methods_is_one_unit() -> None:
    check("python", "class A:\n    x = 1\n    y = 2\n", [(1, 3, "A")])


def test_the_end_of_a_class_is_a_unit_of_the_class() -> None:
    text = "class A {\n  int m() {\n    return 1;\n  }\n}\n"
    check("java", text, [(1, 1, "A"), (2, 4, "A.m"), (5, 5, "A")])


def test_functions_in_a_function_stay_in_it() -> None:
    text = "def f():\n    def g():\n        pass\n    return g\n"
    check("python", text, [(1, 4, "f")])


def test_a_function_of_the_longest_length_is_whole_and_a_longer_one_is_cut() -> None:
    body = "    x = 1\n" * (LONG_LINES - 1)
    check("python", f"def f():\n{body}", [(1, LONG_LINES, "f")])
    # Nothing in it is a better place to cut than another, so the first stretch is full.
    longer = f"def f():\n{body}    y = 1\n"
    first = STRETCH_LINES
    check("python", longer, [(1, first, "f"), (first + 1, LONG_LINES + 1, "f")])


def test_a_long_function_is_cut_at_the_functions_in_it() -> None:
    body = "    x = 1\n" * 40
    text = f"def f():\n{body}\n    def g():\n        pass\n\n{body}"
    check("python", text, [(1, 41, "f"), (43, 44, "f.g"), (46, 85, "f")])


def test_code_between_definitions_is_cut_below_a_blank_line() -> None:
    block = "x = [\n    1,\n]\n"
    text = block * 14 + "\n" + block * 8  # 42 lines, a blank one, 24 lines
    check("python", text, [(1, 42, ""), (44, 67, "")])


def test_only_a_tall_constant_is_a_unit_of_its_own() -> None:
    tall = "TABLE = {\n" + "    1: 2,\n" * 4 + "}\n"
    check("python", f"a = 1\n{tall}b = 2\n", [(1, 1, ""), (2, 7, "TABLE"), (8, 8, "")])
    check("python", "a = 1\nTABLE = {\n    1: 2,\n}\nb = 2\n", [(1, 5, "")])


def test_two_functions_of_one_line_are_one_unit() -> None:
    check("typescript", "function a() {} function b() {}\n", [(1, 1, "a")])
