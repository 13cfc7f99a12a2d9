"""Tests of reading stack traces. Each text is laid out as its runtime prints it."""

import pytest

from codeassist.context.callee import names_of
from codeassist.context.traces import Frame, parse

PYTHON = """\
2025-03-01 12:00:01 ERROR worker Traceback (most recent call last):
  File "/app/shop/api.py", line 31, in handle
    return cart.total()
           ~~~~~~~~~~^^
  File "/app/shop/cart.py", line 13, in total
    raise KeyError(x)
KeyError: 'x'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/main.py", line 5, in <module>
    run()
  [Previous line repeated 2 more times]
  File "/app/shop/api.py", line 33, in handle
    raise ApiError from error
ApiError
"""
PYTEST = """\
tests/test_cart.py:8: in test_total
    cart.total()
shop/cart.py:13: in total
    raise KeyError
E   KeyError
"""
PYTEST_LONG = """\
    def test_total():
>       cart.total()

tests/test_cart.py:8:@
_ _ _ _ _ _ _ _ _ _

>       raise KeyError
E       KeyError

shop/cart.py:13: KeyError
""".replace("@", " ")
IPYTHON = """\
File ~/venv/lib/python3.11/site-packages/xarray/core/dataset.py:1234, in Dataset.update(self, other)
   1233 x
-> 1234 y
File core.py:5, in <module>
"""
NODE = """\
[12:00] app | TypeError: Cannot read properties of undefined (reading 'total')
[12:00] app |     at Cart.total (/srv/app/dist/cart.js:10:15)
[12:00] app |     at async handle [as run] (file:///srv/app/src/api.ts:31:7)
[12:00] app |     at new Shop (C:\\work\\app\\src\\shop.ts:3:1)
[12:00] app |     at Object.<anonymous> (/srv/app/src/main.ts:1:1)
[12:00] app |     at /srv/app/src/main.ts:9:3
[12:00] app |     at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
"""
GO = """\
panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
panic({0x45d7c0?, 0xc0000b4000?})
\t/usr/local/go/src/runtime/panic.go:884 +0x213
example.com/shop/cart.(*Cart).Total(0xc00009af70, {0x1, 0x2})
\t/build/cart/cart.go:25 +0x1d
main.main.func1()
\t/build/main.go:9
created by main.main in goroutine 1
\t/build/main.go:7 +0x2a
exit status 2
"""
JAVA = """\
Exception in thread "main" com.acme.ApiException: failed
\tat com.acme.api.Handler.handle(Handler.java:31)
\tat com.acme.Main.main(Main.java:5)
Caused by: java.lang.IllegalStateException: x
\tat com.acme.cart.Cart.lambda$total$0(Cart.java:13)
\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
\tat app//com.acme.cart.Cart$Item.price(Cart.java:40)
\tat com.acme.Native.call(Native Method)
\t... 3 more
"""
RUST = """\
thread 'main' panicked at src/main.rs:2:5:
index out of bounds
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90c541806f23a127002de5b4038be731ba1458ca/library/std/src/panicking.rs:578:5
   1: core::panicking::panic_fmt
   2: shop::cart::Cart::total
             at ./src/cart.rs:13:9
   3: shop::main::{{closure}}
             at ./src/main.rs:4:5
note: Some details are omitted
"""
CSHARP = """\
System.AggregateException: failed
 ---> System.InvalidOperationException: x
   at Acme.Cart.<TotalAsync>d__5.MoveNext() in C:\\src\\Acme\\Cart.cs:line 13
   --- End of inner exception stack trace ---
   at System.Threading.Tasks.Task.Wait()
   at Acme.Program.Main(String[] args, Dictionary`2 x) in /src/Acme/Program.cs:line 5
"""


def check(text: str, *expected: list[tuple[str, int, str]]) -> None:
    """The traces of a text as lists of (path, line, function), the innermost frame first."""
    found = [[(f.path, f.line, f.function) for f in trace.frames] for trace in parse(text)]
    assert found == list(expected)


def test_python_and_its_chains() -> None:
    check(
        PYTHON,
        [("/app/shop/cart.py", 13, "total"), ("/app/shop/api.py", 31, "handle")],
        [("/app/shop/api.py", 33, "handle"), ("/app/main.py", 5, "<module>")],
    )
    assert [trace.is_cause for trace in parse(PYTHON)] == [True, False]


def test_python_as_pytest_and_ipython_print_it() -> None:
    check(PYTEST, [("shop/cart.py", 13, "total"), ("tests/test_cart.py", 8, "test_total")])
    check(PYTEST_LONG, [("shop/cart.py", 13, ""), ("tests/test_cart.py", 8, "")])
    site = "~/venv/lib/python3.11/site-packages/xarray/core/dataset.py"
    check(IPYTHON, [("core.py", 5, "<module>"), (site, 1234, "Dataset.update")])


def test_node_with_the_prefixes_of_a_log() -> None:
    check(
        NODE,
        [
            ("/srv/app/dist/cart.js", 10, "Cart.total"),
            ("file:///srv/app/src/api.ts", 31, "handle"),
            ("C:\\work\\app\\src\\shop.ts", 3, "new Shop"),
            ("/srv/app/src/main.ts", 1, "Object.<anonymous>"),
            ("/srv/app/src/main.ts", 9, ""),
            ("node:internal/process/task_queues", 95, "process.processTicksAndRejections"),
        ],
    )


def test_browsers() -> None:
    check(
        "total@https://example.org/assets/src/cart.js:10:15\n@file:///srv/main.js:1:1\n",
        [("https://example.org/assets/src/cart.js", 10, "total"), ("file:///srv/main.js", 1, "")],
    )


def test_go() -> None:
    check(
        GO,
        [
            ("/usr/local/go/src/runtime/panic.go", 884, "panic"),
            ("/build/cart/cart.go", 25, "example.com/shop/cart.(*Cart).Total"),
            ("/build/main.go", 9, "main.main.func1"),
            ("/build/main.go", 7, "main.main"),
        ],
    )
    assert len(parse(GO + "\n" + GO)) == 2


def test_java_and_its_causes() -> None:
    first, cause = parse(JAVA)
    assert first.frames[0] == Frame(
        "Handler.java", 31, "com.acme.api.Handler.handle", "com/acme/api"
    )
    assert [(f.path, f.line) for f in cause.frames] == [
        ("Cart.java", 13), ("ArrayList.java", 1511), ("Cart.java", 40)
    ]  # fmt: skip
    assert (first.is_cause, cause.is_cause) == (False, True)


def test_rust() -> None:
    library = "/rustc/90c541806f23a127002de5b4038be731ba1458ca/library/std/src/panicking.rs"
    check(
        RUST,
        [
            (library, 578, "rust_begin_unwind"),
            ("./src/cart.rs", 13, "shop::cart::Cart::total"),
            ("./src/main.rs", 4, "shop::main::{{closure}}"),
        ],
    )
    check("thread 'x' panicked at src/a.rs:7:5:\nboom\n", [("src/a.rs", 7, "")])
    check("thread 'x' panicked at 'boom, it: was', src/a.rs:7:5\n", [("src/a.rs", 7, "")])


def test_csharp_and_its_inner_exceptions() -> None:
    check(
        CSHARP,
        [("C:\\src\\Acme\\Cart.cs", 13, "Acme.Cart.<TotalAsync>d__5.MoveNext")],
        [("/src/Acme/Program.cs", 5, "Acme.Program.Main")],
    )
    assert [trace.is_cause for trace in parse(CSHARP)] == [True, False]


def test_ruby_and_php() -> None:
    check(
        "lib/cart.rb:13:in `total': x (KeyError)\n\tfrom bin/run.rb:5:in `block in <main>'\n",
        [("lib/cart.rb", 13, "total"), ("bin/run.rb", 5, "block in <main>")],
    )
    check(
        "#0 /srv/src/Cart.php(13): Acme\\Cart->total(1)\n#1 {main}\n",
        [("/srv/src/Cart.php", 13, "Acme\\Cart->total")],
    )


def test_several_traces_of_a_log_with_colours_and_crlf() -> None:
    log = (PYTHON + "unrelated line\n" + NODE).replace("\n", "\r\n")
    coloured = log.replace("File", "\x1b[35mFile").replace(" at ", " \x1b[0mat\x1b[1m ")
    assert [trace.language for trace in parse(coloured)] == ["python", "python", "javascript"]


def test_places_without_a_trace() -> None:
    check(
        "see src/cart.py:13, (lib/a.ts:5:2) and Foo.cs(12,3): error; not 12:30 or v1.2:3\n",
        [("src/cart.py", 13, ""), ("lib/a.ts", 5, ""), ("Foo.cs", 12, "")],
    )


@pytest.mark.parametrize(
    "text", ["", "no trace here\n", "at noon, in Rome: line 5\n", "\0\x1b[" * 50]
)
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize("text", ["a." * 100_000, "at " * 50_000, " in `" * 50_000, "((" * 50_000])
def test_hostile_lines_are_read_in_time(text: str) -> None:
    parse(text)  # a pattern that backtracks without bound would not end


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("total", ["total"]),
        ("<module>", []),
        ("<lambda>", []),
        ("Cart.total.<locals>.inner", ["Cart", "total", "inner"]),
        ("Object.<anonymous>", []),
        ("new Shop", ["Shop"]),
        ("async handle", ["handle"]),
        (
            "example.com/shop/cart.(*Cart).Total",
            ["example", "com", "shop", "cart", "Cart", "Total"],
        ),
        ("main.main.func1.2", ["main", "main"]),
        ("cart.Map[...].Get", ["cart", "Map", "Get"]),
        ("cart.(*Map[...]).Get", ["cart", "Map", "Get"]),
        ("cart.Cart.Total-fm", ["cart", "Cart", "Total"]),
        ("com.acme.Cart.lambda$total$0", ["com", "acme", "Cart", "total"]),
        ("com.acme.Cart.<init>", ["com", "acme", "Cart", "Cart"]),
        ("com.acme.Cart$Item.price", ["com", "acme", "Cart", "Item", "price"]),
        ("com.acme.Cart$1.run", ["com", "acme", "Cart", "run"]),
        ("com.acme.CartKt$total$1.invokeSuspend", ["com", "acme", "CartKt", "total"]),
        ("shop::cart::Cart::total", ["shop", "cart", "Cart", "total"]),
        ("shop::main::{{closure}}", ["shop", "main"]),
        ("shop::cart::total::h0123456789abcdef", ["shop", "cart", "total"]),
        ("<shop::cart::Cart as core::fmt::Display>::fmt", ["shop", "cart", "Cart", "fmt"]),
        ("shop::Cart<T>::total", ["shop", "Cart", "total"]),
        ("Acme.Cart.<TotalAsync>d__5.MoveNext", ["Acme", "Cart", "TotalAsync"]),
        ("Acme.Cart.<>c.<Total>b__0_0", ["Acme", "Cart", "Total"]),
        ("Acme.Cart..ctor", ["Acme", "Cart", "Cart"]),
        ("Acme.List`1.Add", ["Acme", "List", "Add"]),
        ("block in total", ["total"]),
        ("Cart#total", ["Cart", "total"]),
        ("Acme\\Cart->total", ["Acme", "Cart", "total"]),
        ("{closure}", []),
    ],
)
def test_names(written: str, names: list[str]) -> None:
    assert names_of(written) == names
