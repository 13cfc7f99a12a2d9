"""Contexts through the command line, on small real repositories of every shape.

The command line is run inside of this process, since a process each would cost a second. That the
command works as a process is tested with its output and exit codes.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import Done, Place, check_refused

from codeassist.cli.app import run as command_line
from codeassist.context.tokens import Counter

Run = Callable[..., Done]

SHOP = {
    "shop/__init__.py": "",
    "shop/cart.py": (
        "from shop.money import rounded\n\n\n"
        "class Cart:\n"
        '    """What is bought."""\n\n'
        "    def total(self):\n        return rounded(sum(self.items))\n\n"
        "    def add(self, item):\n        self.items.append(item)\n"
    ),
    "shop/money.py": "def rounded(amount):\n    return round(amount, 2)\n",
    "shop/order.py": (
        "from shop.cart import Cart\n\n\ndef check_out(cart: Cart):\n    return cart.total()\n"
    ),
    "shop/paint.py": "def paint(colour):\n    return colour.name\n",
    "shop/print.py": "def show(colour):\n    print(colour)\n",
    "other/print.py": "def show(price):\n    print(price)\n",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in a place, as `Place.run` does."""

    def run_in(place: Place, *arguments: str, stdin: str = "") -> Done:
        for name, value in place.environment.items():
            monkeypatch.setenv(name, value)
        # A folder that is no repository must stay one, whatever it is inside of.
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.root.parent))
        monkeypatch.chdir(place.root)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        capsysbinary.readouterr()
        code = command_line(list(arguments))
        out, err = capsysbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run_in


def check(done: Done, *shown: str, budget: int = 32_000) -> dict[str, Any]:
    """A pack as JSON: its count is right, not over the budget, and has these files in full."""
    assert done.code == 0, done.err
    data = done.json
    assert data["tokens"] == Counter().count(data["text"]) <= budget == data["budget"]
    full = {piece["path"] for piece in data["pieces"] if piece["detail"] == "full"}
    assert full >= set(shown), done.out
    return data


def reasons_of(data: dict[str, Any], path: str) -> list[str]:
    return [text for each in data["pieces"] if each["path"] == path for text in each["reasons"]]


def pack(run: Run, place: Place, *arguments: str, budget: int = 32_000) -> Done:
    return run(place, "pack", *arguments, "--format", "json", "--budget", str(budget))


def test_a_history_of_one_commit(tmp_path: Path, run: Run) -> None:
    place = Place(tmp_path).init().commit(SHOP)
    check(pack(run, place, "Cart.total"), "shop/cart.py", "shop/money.py", "shop/order.py")
    found = run(place, "locate", "the amount is rounded twice", "--json")
    assert found.json["files"][0]["path"] == "shop/money.py"


def test_files_that_changed_together_come_before_others(tmp_path: Path, run: Run) -> None:
    """Twelve files that are alike in all but their past."""
    files = {f"m{n}.py": f"def step_{n}(a):\n    return a + {n} * {n}\n" for n in range(12)}
    place = Place(tmp_path).init().commit(files)
    together = ("m3.py", "m7.py")
    for _ in range(2):
        place.commit({path: files[path] + "b = 1\n" for path in together})
        place.commit({path: files[path] for path in together})
    budget = 150  # for the focus and one or two of the eleven
    data = check(pack(run, place, "m3.py:1", budget=budget), "m7.py", budget=budget)
    assert "often changed together with the file in focus" in reasons_of(data, "m7.py")
    assert len(data["left_out"]) > 6


def test_a_folder_without_a_repository(tmp_path: Path, run: Run) -> None:
    place = Place(tmp_path).write(SHOP)
    check(pack(run, place, "shop/cart.py:8"), "shop/cart.py", "shop/money.py", "shop/order.py")
    found = run(place, "locate", "the amount is rounded twice", "--json")
    assert found.json["files"][0]["path"] == "shop/money.py"


def test_what_is_not_committed_yet_is_seen(tmp_path: Path, run: Run) -> None:
    place = Place(tmp_path).init().commit(SHOP)
    place.write(
        {"shop/new.py": "from shop.money import rounded\n\n\ndef tip(a):\n    rounded(a)\n"}
    )
    place.write({"shop/order.py": None})
    data = check(pack(run, place, "shop/money.py:1"), "shop/new.py")
    assert "shop/order.py" not in data["text"]


# One name in five languages: what is meant is what the language of the focus calls.

MONOREPO = {
    "py/money.py": "def net_total(amount):\n    return amount\n",
    "py/caller.py": "from money import net_total\n\n\ndef by_python(a):\n    return net_total(a)\n",
    "web/money.ts": "export function net_total(amount: number) {\n  return amount;\n}\n",
    "web/caller.ts": (
        "import { net_total } from './money';\n\n"
        "export function by_typescript(a: number) {\n  return net_total(a);\n}\n"
    ),
    "go/money.go": "package shop\n\nfunc net_total(amount int) int {\n\treturn amount\n}\n",
    "go/caller.go": "package shop\n\nfunc by_go(a int) int {\n\treturn net_total(a)\n}\n",
    "java/Money.java": (
        "class Money {\n  static int net_total(int amount) {\n    return amount;\n  }\n}\n"
    ),
    "java/Caller.java": (
        "class Caller {\n  int by_java(int a) {\n    return Money.net_total(a);\n  }\n}\n"
    ),
    "rust/money.rs": "pub fn net_total(amount: u8) -> u8 {\n    amount\n}\n",
    "rust/caller.rs": (
        "use crate::money::net_total;\n\npub fn by_rust(a: u8) -> u8 {\n    net_total(a)\n}\n"
    ),
}


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("monorepo")).init().commit(MONOREPO)


@pytest.mark.parametrize(
    ("target", "caller", "text"),
    [
        ("py/money.py:1", "py/caller.py", "by_python"),
        ("web/money.ts:1", "web/caller.ts", "by_typescript"),
        ("go/money.go:3", "go/caller.go", "by_go"),
        ("java/Money.java:2", "java/Caller.java", "by_java"),
        ("rust/money.rs:1", "rust/caller.rs", "by_rust"),
    ],
)
def test_a_monorepo_finds_callers_in_the_language_of_the_focus(
    monorepo: Place, run: Run, target: str, caller: str, text: str
) -> None:
    budget = 190  # the frame, the focus and about two functions
    data = check(pack(run, monorepo, target, budget=budget), budget=budget)
    assert text in data["text"]
    assert caller in {piece["path"] for piece in data["pieces"]}
    assert data["left_out"]  # else it would be no choice


def test_identifiers_and_strings_of_any_script(tmp_path: Path, run: Run) -> None:
    files = {
        "商店/购物车.py": (
            "from 商店.金额 import 四舍五入\n\n\n"
            "class 购物车:\n    def 合计(self):\n"
            "        return 四舍五入(sum(self.价格)), '🎉👩‍💻'\n"
        ),
        "商店/金额.py": "def 四舍五入(数额):\n    return round(数额, 2)  # 🏳️‍🌈\n",
        "商店/别的.py": "颜色 = '🎨'\n",
        "店.py": "名称 = 'é'\n",
    }
    place = Place(tmp_path).init().commit(files)
    data = check(pack(run, place, "购物车.合计"), "商店/金额.py", "商店/购物车.py")
    assert "# Focus: 商店/购物车.py:5-6 购物车.合计\n" in data["text"]
    assert "'🎉👩‍💻'" in data["text"]
    found = run(place, "locate", "`四舍五入` 的结果不对", "--json")
    assert found.json["files"][0]["path"] == "商店/金额.py"
    assert found.json["symbols"][0]["name"] == "四舍五入"


# What a model asked to see too.


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("shop")).init().commit(SHOP)


@pytest.mark.parametrize("name", ["paint", "shop/paint.py", "shop/paint.py:2", "shop.paint.paint"])
def test_what_is_asked_for_by_name_is_shown(shop: Place, run: Run, name: str) -> None:
    budget = 150  # not enough for all that is ranked before it
    plain = check(pack(run, shop, "Cart.total", budget=budget), budget=budget)
    assert "shop/paint.py" not in {each["path"] for each in plain["pieces"]}
    done = pack(run, shop, "Cart.total", "--also", name, budget=budget)
    data = check(done, "shop/paint.py", budget=budget)
    assert done.err == ""
    assert reasons_of(data, "shop/paint.py") == ["is asked for by name"]
    assert "the focus" in reasons_of(data, "shop/cart.py")


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("nobody", "nothing is called nobody"),
        ("shop/nowhere.py", "there is no file shop/nowhere.py"),
        ("shop/paint.py:99", "shop/paint.py has no line 99"),
        ("show", "2 definitions are called show"),
    ],
)
def test_a_name_that_means_nothing_or_two_things_is_noted(
    shop: Place, run: Run, name: str, note: str
) -> None:
    done = pack(run, shop, "Cart.total", "--also", name, "--also", "paint")
    data = check(done, "shop/cart.py", "shop/paint.py")
    (line,) = done.err.splitlines()
    assert line.startswith(f"note: {note}")
    assert reasons_of(data, "shop/paint.py") == ["is asked for by name"]  # the other is not lost


def test_asking_for_the_focus_shows_nothing_else(shop: Place, run: Run) -> None:
    plain = check(pack(run, shop, "Cart.total", budget=200), budget=200)
    done = pack(run, shop, "Cart.total", "--also", "Cart.total", budget=200)
    assert check(done, budget=200)["text"] == plain["text"]


# The text and its size.


@pytest.mark.parametrize(
    "arguments", [("shop/cart.py:7",), ("Cart", "--task", "round up"), ("--task", "round up")]
)
def test_the_text_in_json_is_the_text_in_markdown(
    shop: Place, run: Run, arguments: tuple[str, ...]
) -> None:
    data = check(pack(run, shop, *arguments))
    printed = run(shop, "pack", *arguments)
    assert printed.out == data["text"]


LONG = "".join(
    f"def step_{n}(amount, colour):\n    value = compute_{n}(amount, '订单 {n}')\n"
    f"    if value > {n}:\n        return paint(colour)\n    return value\n\n\n"
    for n in range(60)
)
REFUSABLE = 100  # the headings and the legend alone have about sixty tokens
BUDGETS = (60, 77, 99, 120, 160, 250, 400, 777, 1_600, 3_000, 5_000)


@pytest.mark.parametrize("target", ["shop/cart.py:8", "long.py"])
def test_never_more_tokens_than_the_budget(tmp_path: Path, run: Run, target: str) -> None:
    place = Place(tmp_path).init().commit({**SHOP, "long.py": LONG})
    before = 0
    for budget in BUDGETS:
        done = pack(run, place, target, budget=budget)
        if not before and budget < REFUSABLE and done.code:
            check_refused(done, [f"a budget of {budget} tokens"], ["--budget"])
            continue
        data = check(done, budget=budget)
        assert data["text"].count(f"# Focus: {target.partition(':')[0]}:") == 1
        assert data["tokens"] >= 0.9 * before  # more room does not show less
        before = data["tokens"]


BODY = "".join(f"    value_{n} = compute_{n}(amount, 'words')\n" for n in range(80))
WIDE = f"def wide(amount):\n{BODY}    return amount\n"


@pytest.mark.parametrize("budget", [2_000, 6_000, 32_000])
def test_a_focus_in_a_long_function_is_widened_where_there_is_room(
    tmp_path: Path, run: Run, budget: int
) -> None:
    """The function has about 1,200 tokens: more than the focus may take before all others, at
    least of the smaller budgets. But there are no others that need the room.
    """
    place = Place(tmp_path).init().commit({"wide.py": WIDE, "b.py": "def b():\n    return 1\n"})
    done = pack(run, place, "wide.py:40", budget=budget)
    data = check(done, budget=budget)
    assert all(f"value_{n} = " in data["text"] for n in range(80))
    assert done.err == ""
    focus = data["pieces"][-1]
    assert (focus["path"], focus["start_line"], focus["end_line"]) == ("wide.py", 1, 82)
    assert focus["detail"] == "full"


def test_a_focus_leaves_room_for_what_matters_more_than_its_far_ends(
    tmp_path: Path, run: Run
) -> None:
    calls = "".join(f"def user_{n}():\n    return wide(value_39, {n})\n\n\n" for n in range(90))
    place = Place(tmp_path).init().commit({"wide.py": WIDE, "users.py": calls})
    budget = 2_000
    done = pack(run, place, "wide.py:41", budget=budget)
    data = check(done, budget=budget)
    # About 1,500 tokens of users want to be shown beside about 1,200 of the focus.
    assert data["text"].count("wide(value_39, ") > 60
    assert "note: the focus has 82 lines" in done.err
    assert "value_39 = " in data["text"]
    assert "value_0 = " not in data["text"]
    assert "def wide(amount):" in data["text"]
    assert budget - data["tokens"] < 30


GENERATED = {
    "vendor/lib/money.py": "def rounded_vendored(amount):\n    return rounded(amount)\n",
    "shop/money_pb2.py": "def rounded_message(amount):\n    return rounded(amount)\n",
    "shop/made.py": (
        "# Code generated by a tool. DO NOT EDIT.\ndef rounded_made(amount):\n"
        "    return rounded(amount)\n"
    ),
    "web/package-lock.json": '{\n  "name": "rounded",\n  "lockfileVersion": 3\n}\n',
}


def test_generated_files_come_only_when_there_is_room_for_all_else(
    tmp_path: Path, run: Run
) -> None:
    place = Place(tmp_path).init().commit({**SHOP, **GENERATED})
    seen = []
    for budget in (150, 180, 210, 240, 280, 320, 400, 600, 2_000):
        data = check(pack(run, place, "shop/money.py:1", budget=budget), budget=budget)
        shown = {piece["path"] for piece in data["pieces"]} & set(GENERATED)
        left = {each["path"] for each in data["left_out"]} - set(GENERATED)
        assert not (shown and left), budget
        seen.append(bool(shown))
    assert seen[0] is False
    assert seen[-1] is True
    assert "rounded_vendored" in data["text"]


# Stack traces, with the lines of another time.

TRACED = {
    "py/cart.py": "class Cart:\n    def total(self):\n        return sum(self.items)\n",
    "web/src/order.js": (
        "class Order {\n  submit(cart) {\n    return cart.total();\n  }\n}\n\n"
        "module.exports = { Order };\n"
    ),
    "go/stock/stock.go": (
        "package stock\n\ntype Stock struct{}\n\nfunc (s *Stock) Reserve() int {\n\treturn 1\n}\n"
    ),
    "java/src/main/java/com/acme/Invoice.java": (
        "package com.acme;\n\nclass Invoice {\n  int sum() {\n    return 1;\n  }\n}\n"
    ),
    "rust/src/parcel.rs": (
        "impl Parcel {\n    fn weigh(&self) -> u8 {\n        self.weight.unwrap()\n    }\n}\n"
    ),
    "dotnet/Ledger.cs": (
        "namespace Acme {\n  class Ledger {\n    int Book() {\n      return 1;\n    }\n  }\n}\n"
    ),
}
TRACES = {
    "python": (
        'Traceback (most recent call last):\n  File "/srv/py/cart.py", line 71, in total\n'
        "    return sum(self.items)\nTypeError: unsupported operand\n",
        ("py/cart.py", "Cart.total"),
    ),
    "node": (
        "TypeError: cart.total is not a function\n"
        "    at Order.submit (/srv/web/src/order.js:88:17)\n"
        "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n",
        ("web/src/order.js", "Order.submit"),
    ),
    "go": (
        "panic: runtime error: index out of range [3] with length 3\n\n"
        "goroutine 1 [running]:\nexample.com/acme/stock.(*Stock).Reserve(0xc000012345)\n"
        "\t/build/go/stock/stock.go:61 +0x1d\nexit status 2\n",
        ("go/stock/stock.go", "Stock.Reserve"),
    ),
    "java": (
        'Exception in thread "main" java.lang.IllegalStateException: no lines\n'
        "\tat com.acme.Invoice.sum(Invoice.java:143)\n"
        "\tat java.base/java.lang.Thread.run(Thread.java:840)\n",
        ("java/src/main/java/com/acme/Invoice.java", "Invoice.sum"),
    ),
    "rust": (
        "thread 'main' panicked at rust/src/parcel.rs:77:21:\n"
        "called `Option::unwrap()` on a `None` value\nstack backtrace:\n"
        "   0: rust_begin_unwind\n"
        "             at /rustc/90b35a6239/library/std/src/panicking.rs:645:5\n"
        "   3: acme::parcel::Parcel::weigh\n             at ./rust/src/parcel.rs:77:21\n",
        ("rust/src/parcel.rs", "Parcel.weigh"),
    ),
    "csharp": (
        "Unhandled exception. System.InvalidOperationException: closed\n"
        "   at Acme.Ledger.Book() in /src/dotnet/Ledger.cs:line 90\n"
        "   at Acme.Program.Main(String[] args) in /src/dotnet/Program.cs:line 5\n",
        ("dotnet/Ledger.cs", "Ledger.Book"),
    ),
}


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("traced")).init().commit(TRACED)


@pytest.mark.parametrize("language", TRACES)
def test_a_stack_trace_of_another_version_is_resolved(
    traced: Place, run: Run, language: str
) -> None:
    text, place = TRACES[language]
    done = run(traced, "locate", "--traceback", "-", "--json", stdin=text)
    assert (done.code, done.err) == (0, "")
    symbols = [(each["path"], each["name"]) for each in done.json["symbols"]]
    assert symbols == [place]
    assert [each["path"] for each in done.json["files"]] == [place[0]]


def test_a_log_with_traces_of_several_programs(traced: Place, run: Run) -> None:
    log = "\n".join(f"2025-03-03 INFO started\n{text}" for text, _ in TRACES.values())
    done = run(traced, "locate", "--traceback", "-", "--json", stdin=log)
    assert {each["path"] for each in done.json["files"]} == set(TRACED)
