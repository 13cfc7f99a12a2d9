"""Tests of `codeassist pack` and `codeassist locate` as commands: output, account, exit codes."""

import re
from pathlib import Path

import pytest
from command import Place, check_refused

from codeassist.context.tokens import Counter

FILES = {
    "shop/cart.py": (
        "from shop.money import rounded\n\n\n"
        "class Cart:\n    def total(self):\n        return rounded(sum(self.items))\n"
    ),
    "shop/money.py": "def rounded(amount):\n    return round(amount, 2)\n",
    "shop/logo.png": b"\x89PNG\0\0",
    "web/src/cart.ts": "export function show(cart: string) {\n  return `合计 🎉 ${cart}`;\n}\n",
    "cart.go": "package main\n\nfunc Total(x int) int {\n\treturn x\n}\n",
    "Cart.java": "class Cart {\n  int total() {\n    return 1;\n  }\n}\n",
    "cart.rs": "fn total(x: u8) -> u8 {\n    x\n}\n",
}
PIECE = {"path", "start_line", "end_line", "symbol", "detail", "tokens", "reasons"}
TRACE = (
    'Traceback (most recent call last):\n  File "/app/shop/cart.py", line 40, in total\nKeyError\n'
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository of one commit in five languages."""
    return Place(tmp_path_factory.mktemp("pack")).init().commit(FILES)


def test_what_is_printed_is_the_text_and_the_account_goes_elsewhere(place: Place) -> None:
    done = place.run("pack", "shop/cart.py:6", "--task", "round up", "--budget", "2000", "--why")
    assert done.code == 0, done.err
    assert "# Focus: shop/cart.py:6 Cart.total\n" in done.out
    assert "def rounded(amount):" in done.out
    assert done.out.endswith("# Task\nround up\n")
    total = re.search(r"^ *([\d,]+)  of 2,000 tokens \(o200k_base\)$", done.err, re.MULTILINE)
    assert total is not None, done.err
    assert int(total[1].replace(",", "")) == Counter().count(done.out)
    rows = re.findall(r"^ *([\d,]+)  \S.*$", done.err[: total.start()], re.MULTILINE)
    assert sum(int(row.replace(",", "")) for row in rows) == Counter().count(done.out)
    assert re.search(r"shop/cart\.py:5-6 Cart\.total +full +the focus", done.err)


def test_json_has_the_shape_that_programs_rely_on(place: Place) -> None:
    done = place.run("pack", "shop.cart.Cart.total", "--format", "json", "--budget", "3000")
    data = done.json
    assert list(data) == ["tokens", "budget", "encoding", "text", "pieces", "left_out"]
    assert (data["budget"], data["encoding"]) == (3000, "o200k_base")
    assert data["tokens"] == Counter().count(data["text"]) <= 3000
    assert all(set(piece) == PIECE for piece in data["pieces"])
    (focus,) = [each for each in data["pieces"] if each["reasons"] == ["the focus"]]
    assert (focus["path"], focus["start_line"], focus["end_line"]) == ("shop/cart.py", 5, 6)
    assert (focus["symbol"], focus["detail"]) == ("Cart.total", "full")
    assert {"shop/money.py"} <= {piece["path"] for piece in data["pieces"]}


def test_a_task_alone_is_packed_by_what_it_is_about(place: Place) -> None:
    done = place.run("pack", "--task", "`rounded` loses cents", "--format", "json")
    best = done.json["pieces"]
    (about,) = [each for each in best if each["symbol"] == "rounded"]
    assert about["detail"] == "full"
    assert "defines `rounded`, which the text names" in about["reasons"]


def test_what_is_asked_for_by_name_is_shown_before_others(place: Place) -> None:
    few = ("pack", "cart.go:4", "--budget", "150", "--format", "json")
    assert "show" not in {each["symbol"] for each in place.run(*few).json["pieces"]}
    done = place.run(*few, "--also", "show", "--also", "nowhere")
    (asked,) = [each for each in done.json["pieces"] if each["symbol"] == "show"]
    assert asked["reasons"] == ["is asked for by name"]
    assert "nothing is called nowhere" in done.err
    assert "so it is not shown" in done.err


@pytest.mark.parametrize(
    "target", ["shop/money.py:1", "web/src/cart.ts:2", "cart.go:4", "Cart.java:3", "cart.rs:2"]
)
def test_every_language_and_format(place: Place, target: str) -> None:
    for how in ("markdown", "xml"):
        done = place.run("pack", target, "--format", how, "--budget", "700")
        assert done.code == 0, done.err
        assert target in done.out
        assert 0 < Counter().count(done.out) <= 700


def test_a_model_names_the_encoding_and_an_unknown_one_is_noted(place: Place) -> None:
    old = place.run("pack", "cart.go", "--model", "gpt-4", "--format", "json")
    assert old.json["encoding"] == "cl100k_base"
    assert old.err == ""
    unknown = place.run("pack", "cart.go", "--model", "llama-9", "--format", "json")
    assert unknown.json["encoding"] == "o200k_base"
    assert unknown.err.startswith("note: the encoding of the model 'llama-9' is not known")


def test_a_budget_smaller_than_the_focus(place: Place) -> None:
    long = "def long(a):\n" + "".join(f"    value_{n} = compute({n})\n" for n in range(300))
    place.write({"long.py": long})
    done = place.run("pack", "long.py:150", "--budget", "300")
    assert done.code == 0
    assert "note: the focus has 301 lines, more than the budget of 300 tokens holds" in done.err
    assert "value_148 = " in done.out
    place.write({"long.py": None})
    check_refused(
        place.run("pack", "shop/money.py", "--budget", "5"), ["a budget of 5 tokens"], ["--budget"]
    )


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        ((), ["nothing to pack for"], ["a task"]),
        (("shop/logo.png",), ["shop/logo.png is binary"], ["text"]),
        (("shop/money.py:9",), ["no line 9: its last one is 2"], ["shop/money.py:2"]),
        (("nowhere.py",), ["no file nowhere.py"], ["name a file"]),
        (("rounde",), ["nothing is called rounde"], ["did you mean rounded"]),
        (("cart.go", "--budget", "0"), ["--budget"], ["--help"]),
        (("cart.go", "--format", "yaml"), ["--format"], ["--help"]),
    ],
)
def test_refusals(
    place: Place, arguments: tuple[str, ...], message: list[str], remedy: list[str]
) -> None:
    check_refused(place.run("pack", *arguments), message, remedy)


def test_files_are_relative_to_where_the_command_is_run(place: Place) -> None:
    done = place.run("pack", "money.py", cwd=place.root / "shop")
    assert "# Focus: shop/money.py:1-2" in done.out


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    alone = Place(tmp_path)
    alone.write({"a.py": "def f():\n    return g()\n", "b.py": "def g():\n    return 1\n"})
    done = alone.run("pack", "a.py:1")
    assert done.code == 0, done.err
    assert "def f():" in done.out


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    fresh = Place(tmp_path).init().write({"a.py": "def f():\n    return 1\n"})
    assert "def f():" in fresh.run("pack", "f").out


def test_locate_by_a_stack_trace(place: Place) -> None:
    done = place.run("locate", "--traceback", "-", "--json", stdin=TRACE.encode())
    assert done.code == 0, done.err
    assert list(done.json) == ["files", "symbols"]
    (file,), (symbol,) = done.json["files"], done.json["symbols"]
    assert set(file) == {"path", "score", "reasons"}
    assert file["path"] == "shop/cart.py"
    assert set(symbol) == {"path", "name", "start_line", "end_line", "score", "reasons"}
    assert (symbol["name"], symbol["start_line"], symbol["end_line"]) == ("Cart.total", 5, 6)
    assert "it is in lines 5 to 6 now" in symbol["reasons"][0]


def test_locate_by_words_and_by_an_issue(place: Place) -> None:
    done = place.run("locate", "the rounded amount is wrong", "--json")
    assert done.json["files"][0]["path"] == "shop/money.py"
    place.write({"issue.txt": "It breaks.\n\n" + TRACE})
    issue = place.run("locate", "--issue", "issue.txt", "--json")
    assert issue.json["files"][0]["path"] == "shop/cart.py"
    text = place.run("locate", "--issue", "issue.txt")
    assert text.out.startswith("files\n")
    assert "functions and types\n" in text.out
    place.write({"issue.txt": None})


def test_a_trace_without_own_frames_is_searched_by_its_words(place: Place) -> None:
    foreign = TRACE.replace("/app/shop/cart.py", "/x/site-packages/lib/rounded.py")
    done = place.run("locate", "--traceback", "-", stdin=foreign.encode())
    assert done.code == 0
    assert done.err.startswith("note: no frame is in this repository")


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        ((), ["there is no text"], ["--issue FILE"]),
        (("words", "--issue", "-"), ["TEXT and --issue exclude each other"], ["give"]),
        (("--issue", "nowhere.txt"), ["cannot read nowhere.txt"], ["text file"]),
        (("--traceback", "-"), ["there is no text"], ["stack trace"]),
    ],
)
def test_locate_refuses(
    place: Place, arguments: tuple[str, ...], message: list[str], remedy: list[str]
) -> None:
    check_refused(place.run("locate", *arguments), message, remedy)
