"""Tests of the ranking's signals, each alone: what it prefers, and where it says nothing.

A file here has one unit, so that a unit's score is its mark's and nothing of its file's others.
"""

from collections.abc import Mapping

import pytest
from packing import view_of

from codeassist.base.cancellation import CancellationToken
from codeassist.context.pieces import Focus, History, Ranked
from codeassist.context.query import QUERY_TERMS, weighted
from codeassist.context.rank import rank
from codeassist.context.signals import SIGNALS
from codeassist.context.signals.graph import MOST_PLACES, MOST_USERS
from codeassist.context.weights import DEFAULT, Weight

CURSOR = "$0"  # in one of the files: the line in focus
OF_FILES = frozenset(name for name, weight in DEFAULT.items() if not weight.unit)
NONE = History()
# A word tells something only if it is in few files, so a repository has some that are of no matter.
OTHERS = {f"other/m{n}.py": f"class M{n}:\n    pass\n" for n in range(6)}
Files = Mapping[str, str]


def ranked(
    signal: str, files: Files, focus: Focus | None = None, history: History = NONE
) -> list[Ranked]:
    """The units by one signal alone, those in focus left out. Without `focus` it is the cursor."""
    texts = dict(files)
    if focus is None:
        (path,) = [path for path, text in files.items() if CURSOR in text]
        line = files[path][: files[path].index(CURSOR)].count("\n")
        texts[path] = files[path].replace(CURSOR, "")
        focus = Focus(path, line, line)
    weight = Weight(file=1.0) if signal in OF_FILES else Weight(unit=1.0)
    token = CancellationToken()
    units = rank(view_of(texts), focus, history, token, {signal: weight}).units
    return [each for each in units if [reason.signal for reason in each.reasons] != ["focus"]]


def tiers(units: list[Ranked]) -> list[list[str]]:
    """Paths, best first; those of one score together."""
    found: dict[float, list[str]] = {}
    for each in units:
        found.setdefault(round(each.score, 9), []).append(each.unit.path)
    return [sorted(found[score]) for score in sorted(found, reverse=True)]


def check(
    signal: str,
    files: Files,
    *expected: str,
    focus: Focus | None = None,
    history: History = NONE,
) -> None:
    """The best files by one signal, "a b" for two of one score; all others are alike and last."""
    units = ranked(signal, {**OTHERS, **files}, focus, history)
    found = tiers(units)
    assert found[:-1] == [each.split() for each in expected]
    best = {path for tier in found[:-1] for path in tier}
    for each in units:  # only what a signal speaks for has it as a reason
        if each.unit.path in best and signal != "size":
            assert [reason.signal for reason in each.reasons] == [signal]


def check_nothing(
    signal: str, files: Files, focus: Focus | None = None, history: History = NONE
) -> None:
    """A signal makes no difference between files, and is no reason for any."""
    units = ranked(signal, {**OTHERS, **files}, focus, history)
    assert len(tiers(units)) <= 1
    assert [list(each.reasons) for each in units] == [[] for _ in units]


def test_every_signal_has_a_weight_and_a_test_here() -> None:
    assert set(SIGNALS) == set(DEFAULT)
    tested = [name for name in globals() if name.startswith("test_")]
    assert [name for name in SIGNALS if f"test_{name}" not in tested] == []


# The words of the lines in focus.

LINES = (
    "def f(a):\n    first = 1\n    second = 2\n    third = 3\n    fourth = 4\n"
    "$0    apply_discount(voucher)\n"
)


def test_lines() -> None:
    files = {
        "a.py": LINES,
        "b.py": "def b():\n    apply_discount(voucher)\n",
        "c.py": "def c():\n    return voucher, 0\n",
    }
    check("lines", files, "b.py", "c.py")
    # What stands above the line is not in it.
    check_nothing("lines", {"a.py": LINES, "b.py": "class B:\n    first = second\n"})
    check_nothing("lines", {"a.py": LINES.replace(CURSOR, "")}, Focus(text="apply_discount"))


def test_lines_prefers_the_rarer_word() -> None:
    many = {f"m{n}.py": f"class K{n}:\n    x{n} = voucher\n" for n in range(3)}
    files = {"a.py": LINES, "b.py": "class B:\n    y = apply_discount\n", **many}
    assert tiers(ranked("lines", {**OTHERS, **files}))[0] == ["b.py"]


def test_lines_are_widened_where_a_line_tells_nothing() -> None:
    text = "def f(a):\n    if voucher:\n        apply()\n$0    else:\n        refuse(voucher)\n"
    check("lines", {"a.py": text, "b.py": "class B:\n    v = voucher\n"}, "b.py")


def test_nearby() -> None:
    files = {
        "a.py": LINES,
        "b.py": "class B:\n    x = first\n",  # four lines above the focus
        "c.py": "class C:\n    x = voucher\n",
    }
    check("nearby", files, "b.py c.py")
    far = LINES.replace("    first = 1\n", "    first = 1\n    fifth = 5\n")  # five lines above
    check_nothing("nearby", {"a.py": far, "b.py": "class B:\n    x = first\n"})
    check_nothing("nearby", {"b.py": LINES.replace(CURSOR, "")}, Focus(text="first"))


def test_the_most_telling_terms_are_kept() -> None:
    words = [f"w{n:03}" for n in range(QUERY_TERMS + 40)]
    kept = weighted(words, lambda term: float(term[1:]), 1)
    assert set(kept) == set(words[-QUERY_TERMS:])


def test_a_term_counts_by_its_rarity_and_its_bounded_number() -> None:
    kept = weighted(["a1"] * 9 + ["b1"] * 4 + ["c1"], lambda term: 2.0, 4)
    assert kept == {"a1": 4.0, "b1": 4.0, "c1": 2.0}  # 2 * min(times, 4) ** 0.5


# The names of the definition in focus.


def test_rare() -> None:
    files = {
        "a.py": "def f():\n$0    return voucher(stamp, stamps)\n",
        "b.py": "B = voucher\n",
        "c.py": "C = stamp\n",
        "d.py": "D = stamp\n",
    }
    check("rare", files, "b.py", "c.py d.py")


def test_rare_names_have_three_letters_and_are_the_same_word() -> None:
    files = {"a.py": "F = (ab,$0 stamps, Voucher)\n", "b.py": "B = ab\n", "c.py": "C = stamp\n"}
    check_nothing("rare", {**files, "d.py": "D = voucher\n"})


def test_rare_says_which_name() -> None:
    files = {
        "a.py": "F = (common,$0 rarest)\n",
        "b.py": "B = (common, rarest)\n",
        "c.py": "C = common\n",
    }
    reasons = {each.unit.path: [r.text for r in each.reasons] for each in ranked("rare", files)}
    assert reasons == {"b.py": ["shares the name rarest"], "c.py": ["shares the name common"]}


# The name of the focus's file.


@pytest.mark.parametrize("text", ["B = invoice_printer\n", "# Printer of an invoice.\nB = 1\n"])
def test_stem(text: str) -> None:
    check("stem", {"invoice_printer.py": "A = 1$0\n", "b.py": text}, "b.py")


def test_stem_is_nothing_without_a_file_or_with_other_words() -> None:
    check_nothing("stem", {"invoice.py": "A = 1$0\n", "b.py": "B = invoices\n"})
    check_nothing("stem", {"b.py": "B = text\n"}, Focus(text="text"))


# What uses what.

GRAPH = {
    "a.py": "def focus():\n$0    return callee()\n",
    "b.py": "def callee():\n    return deeper()\n",
    "c.py": "def deeper():\n    return 1\n",
    "d.py": "def caller():\n    return focus()\n",
}


def test_graph() -> None:
    # What is one step away has more of the walk than what is two; calls count in both directions.
    # Callee and caller get half of the focus's each, and the callee some again from c.py.
    check("graph", GRAPH, "b.py", "d.py", "c.py")
    check_nothing(
        "graph", {k: t.replace(CURSOR, "") for k, t in GRAPH.items()}, Focus(text="callee")
    )


def test_graph_goes_by_names_that_are_defined() -> None:
    files = {
        "a.py": "def focus():\n$0    return missing()\n",
        "b.py": "def b():\n    return missing()\n",
    }
    check_nothing("graph", files)


@pytest.mark.parametrize(("places", "tied"), [(MOST_PLACES, True), (MOST_PLACES + 1, False)])
def test_graph_leaves_names_with_many_definitions_out(places: int, tied: bool) -> None:
    files = {f"m{n}.py": "def callee():\n    pass\n" for n in range(places)}
    files["a.py"] = GRAPH["a.py"]
    if not tied:
        check_nothing("graph", files)
        return
    # The walk ends after so many steps: of equals some may have got a little more.
    *best, _ = tiers(ranked("graph", {**OTHERS, **files}))
    assert sorted(path for tier in best for path in tier) == sorted(files.keys() - {"a.py"})


def test_graph_leaves_users_of_names_with_many_definitions_out() -> None:
    for places, tied in ((MOST_PLACES, True), (MOST_PLACES + 1, False)):
        files = {f"m{n}.py": f"def many(a{n}):\n    pass\n" for n in range(places - 1)}
        files |= {"a.py": "def many():\n$0    pass\n", "b.py": "B = many\n"}
        found = {each.unit.path: bool(list(each.reasons)) for each in ranked("graph", files)}
        assert found["b.py"] is tied


def test_graph_leaves_names_that_stand_everywhere_out() -> None:
    """A name's own definition is one of the units in which it stands."""
    for users, tied in ((MOST_USERS - 1, True), (MOST_USERS, False)):
        text = "".join(f"def u{n}():\n    return callee()\n\n\n" for n in range(users))
        files = {"a.py": "def callee():\n$0    return 1\n", "b.py": text}
        units = ranked("graph", files)
        assert {bool(list(each.reasons)) for each in units} == {tied}


# Imports.


def test_imports() -> None:
    files = {
        "app/a.py": "from app.b import f\nf()$0\n",
        "app/b.py": "def f():\n    pass\n",
        "app/c.py": "from app.a import x\n",  # the other way round
        "app/__init__.py": "",
    }
    check("imports", files, "app/b.py")


def test_imports_lead_through_re_exports_to_the_definition() -> None:
    files = {
        "a.ts": "import { f } from './lib';\nf();$0\n",
        "lib/index.ts": "export { f } from './inner';\n",
        "lib/inner.ts": "export function f() {}\n",
        "lib/beside.ts": "export function g() {}\n",
    }
    assert tiers(ranked("imports", files))[0] == ["lib/inner.ts"]


def test_imports_of_nothing_here() -> None:
    check_nothing("imports", {"a.py": "import os\nimport requests\nos$0\n", "b.py": "os = 1\n"})
    check_nothing("imports", {"a.py": "import b\n", "b.py": "x = 1\n"}, Focus(text="b"))


# The history.

FOUR = {"a.py": "A = 1$0\n", "b.py": "B = 1\n", "c.py": "C = 1\n", "d.py": "D = 1\n"}


def test_history() -> None:
    commits = (("c.py", "d.py"), ("a.py", "c.py"), ("a.py", "b.py"), ("a.py", "b.py"))
    check("history", FOUR, "b.py", "c.py", history=History(commits))


@pytest.mark.parametrize("signal", ["history", "history_share"])
def test_no_history_says_nothing(signal: str) -> None:
    check_nothing(signal, FOUR)
    check_nothing(signal, FOUR, history=History((("b.py", "c.py"), ("a.py",))))
    plain = {path: text.replace(CURSOR, "") for path, text in FOUR.items()}
    check_nothing(signal, plain, Focus(text="A"), History((("a.py", "b.py"),)))


def test_history_share() -> None:
    # b and c changed with a twice each, c even later, but c also changes without it.
    commits = (("a.py", "c.py"), ("a.py", "c.py"), ("a.py", "b.py"), ("a.py", "b.py"))
    alone = (("c.py",),) * 6
    check("history_share", FOUR, "b.py", "c.py", history=History((*commits, *alone)))


# Places.


def test_folder() -> None:
    files = {
        "x/y/a.py": "A = 1$0\n",
        "x/y/same.py": "B = 1\n",
        "x/up.py": "C = 1\n",
        "x/y/z/down.py": "D = 1\n",
        "x/w/beside.py": "E = 1\n",
        "x/yy/alike.py": "G = 1\n",  # not by letters
    }
    # other/ is three steps away: what is left of the repository.
    check("folder", files, "x/y/same.py", "x/up.py x/y/z/down.py", "x/w/beside.py x/yy/alike.py")


def test_folder_is_nothing_without_a_file() -> None:
    check_nothing("folder", {"x/a.py": "A = 1\n"}, Focus(text="A"))


def test_open_documents() -> None:
    plain = {path: text.replace(CURSOR, "") for path, text in FOUR.items()}
    opened = ("b.py", "gone.py", "d.py")
    check("open_documents", plain, "b.py d.py", focus=Focus("a.py", open_paths=opened))
    check("open_documents", plain, "b.py d.py", focus=Focus(text="A", open_paths=opened))
    check_nothing("open_documents", FOUR)


def test_own_file() -> None:
    files = {"a.py": "def f():\n    pass$0\n\n\ndef g():\n    pass\n", "b.py": "B = 1\n"}
    check("own_file", files, "a.py")
    check_nothing("own_file", FOUR)  # all of a.py is in focus
    plain = {path: text.replace(CURSOR, "") for path, text in FOUR.items()}
    check_nothing("own_file", plain, Focus(text="A"))


TESTS = (
    "tests/test_a.py", "pkg/a_test.go", "src/test/java/A.java", "src/a.spec.ts", "a_spec.rb",
    "src/__tests__/a.js", "pkg/conftest.py", "AddTests.cs", "lib/tests/helper.py",
    "src/testing/a.py",
)  # fmt: skip
CODE = ("src/testing_tools_x.py", "src/attest.py", "src/latest.ts", "src/Contest.java", "spec.py")


@pytest.mark.parametrize("path", TESTS)
def test_tests(path: str) -> None:
    check("tests", {"a.py": "A = 1$0\n", path: "x\n"}, path)
    # A test in focus needs the program first too.
    plain = {"tests/test_b.py": "B = 1\n", path: "x\n"}
    check("tests", plain, path, focus=Focus("tests/test_b.py"))


@pytest.mark.parametrize("path", CODE)
def test_what_only_sounds_like_a_test(path: str) -> None:
    check_nothing("tests", {"a.py": "A = 1$0\n", path: "x\n"})


@pytest.mark.parametrize(
    "path", ["docs/conf.py", "examples/a/b.ts", "scripts/build.py", "x/benchmarks/c.go"]
)
def test_aside(path: str) -> None:
    check("aside", {"a.py": "A = 1$0\n", path: "x\n"}, path)
    check("aside", {"a.py": "A = 1\n", path: "x\n"}, path, focus=Focus(text="A"))
    check_nothing("aside", {"docs/a.py": "A = 1$0\n", path: "x\n"})


def test_aside_is_by_folders() -> None:
    check_nothing("aside", {"a.py": "A = 1$0\n", "src/docs.py": "x\n", "src/mydocs/a.py": "x\n"})


# The request's words.


def test_text() -> None:
    files = {"b.py": "B = retry_after\n", "c.py": "C = retry\n", "d.py": "D = after_all\n"}
    focus = Focus(text="Wait for retry_after, please")
    assert tiers(ranked("text", {**OTHERS, **files}, focus))[0] == ["b.py"]
    # By parts, whatever their case; the same word in a shorter unit is more of it.
    check("text", files, "c.py", "b.py", focus=Focus(text="RETRY_nothing"))
    check_nothing("text", files, Focus(text="unheard words"))
    check_nothing("text", {**files, "a.py": "A = retry$0\n"})  # no request


def test_text_counts_beside_a_file_in_focus() -> None:
    files = {"a.py": "A = 1\n", "b.py": "B = retry\n"}
    check("text", files, "b.py", focus=Focus("a.py", text="retry"))


# Sizes.


def test_size() -> None:
    body = "    value = compute(value)\n"
    files = {"a.py": "A = 1$0\n", "b.py": f"class B:\n{body * 9}", "c.py": f"class C:\n{body * 3}"}
    check("size", files, "b.py", "c.py")


def test_size_is_no_reason_and_has_an_end() -> None:
    wide = f"x = '{'w' * 4000}'\n"
    files = {"a.py": "A = 1$0\n", "b.py": wide, "c.py": wide * 2}
    units = ranked("size", files)
    assert tiers(units) == [["b.py", "c.py"]]
    assert [list(each.reasons) for each in units] == [[], []]


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_alone_in_an_empty_repository(signal: str) -> None:
    assert ranked(signal, {}, Focus(text="words")) == []
    assert ranked(signal, {"a.py": ""}, Focus("a.py")) == []
