"""Tests of what frames mean in a repository: containers, libraries, drift, code that moved."""

import pytest
from packing import Files, view_of

from codeassist.base.symbols import TOP
from codeassist.context.frames import Resolver
from codeassist.context.traces import parse

CART = (
    "class Cart:\n"
    "    def total(self):\n"
    "        return sum(self.items)\n"
    "\n\n"
    "class Order:\n"
    "    def total(self):\n"
    "        return self.cart.total()\n"
    "\n\n"
    "def check_out():\n"
    "    return Order().total()\n"
)
SHOP: Files = {
    "src/shop/cart.py": CART,
    "src/shop/api.py": "def handle():\n    check_out()\n",
    "src/other/cart.py": "def unrelated():\n    pass\n",
    "app.py": "import shop\n\nshop.run()\n",
    "cart/cart.go": (
        "package cart\n\ntype Cart struct{}\n\nfunc (c *Cart) Total() int {\n\treturn 1\n}\n"
    ),
    "web/src/cart.ts": "export class Cart {\n  total() {\n    return 1;\n  }\n}\n",
    "server/src/main/java/com/acme/cart/Cart.java": (
        "package com.acme.cart;\n\nclass Cart {\n  Cart() {\n    x();\n  }\n\n"
        "  int total() {\n    return 1;\n  }\n}\n"
    ),
    "core/src/cart.rs": "impl Cart {\n    fn total(&self) -> u8 {\n        1\n    }\n}\n",
    "Acme/Cart.cs": (
        "namespace Acme {\n  class Cart {\n    async Task<int> TotalAsync() {\n"
        "      return 1;\n    }\n    public int Sum { get; set; }\n  }\n}\n"
    ),
}


def python(*frames: str) -> str:
    return "Traceback (most recent call last):\n" + "".join(f"  {frame}\n" for frame in frames)


def check(text: str, *expected: str, files: Files = SHOP, root: str = "") -> list[str]:
    """Places as "path name", best first; the reasons of each are returned."""
    view = view_of(files)
    found = Resolver(view, root).resolve(parse(text))
    places = []
    for each in found:
        outline = view.outline(each.path)
        name = outline.qualified(each.symbol) if outline and each.symbol != TOP else ""
        places.append(f"{each.path} {name}".strip())
    assert places == list(expected)
    assert all(0 < each.score <= 1 for each in found)
    return [each.reason.text for each in found]


def test_the_innermost_own_frame_is_first_and_library_frames_are_none() -> None:
    check(
        python(
            'File "/app/src/shop/api.py", line 2, in handle',
            'File "/app/src/shop/cart.py", line 3, in total',
            'File "/usr/lib/python3.11/site-packages/requests/api.py", line 1, in total',
            'File "/usr/lib/python3.11/json/decoder.py", line 1, in decode',
            'File "<frozen importlib._bootstrap>", line 1, in _load',
        ),
        "src/shop/cart.py Cart.total",
        "src/shop/api.py handle",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/usr/src/app/src/shop/cart.py",  # another root, as in a container
        "C:\\builds\\7\\src\\shop\\cart.py",
        "shop/cart.py",
        "./src/shop/cart.py",
        "/venv/lib/python3.12/site-packages/shop/cart.py",  # the repository itself, installed
        "/here/src/shop/cart.py",
    ],
)
def test_a_path_is_matched_by_its_longest_end(path: str) -> None:
    text = python(f'File "{path}", line 12, in check_out')
    check(text, "src/shop/cart.py check_out", root="/here")


def test_a_library_of_the_same_file_name_is_not_ours() -> None:
    check(python('File "/x/site-packages/lib/app.py", line 1, in <module>'))
    check(python('File "/x/node_modules/lib/api.py", line 2, in handle'))


GO = "goroutine 1 [running]:\n{module}.(*Cart).Total(0xc000)\n\t{path}/cart.go:2 +0x1d\n"
GO_FILES: Files = {**SHOP, "go.mod": "module example.com/shop\n\ngo 1.22\n"}


def test_the_module_cache_holds_this_repository_too() -> None:
    path = "/home/me/go/pkg/mod/example.com/shop@v1.7.0/cart"
    trace = GO.format(module="example.com/shop/cart", path=path)
    check(trace, "cart/cart.go Cart.Total", files=GO_FILES)


def test_the_module_cache_of_another_module_does_not() -> None:
    path = "/home/me/go/pkg/mod/example.com/other@v1.7.0/cart"
    check(GO.format(module="example.com/other/cart", path=path), files=GO_FILES)


@pytest.mark.parametrize("line", [1, 8, 400])
def test_a_line_that_drifted_is_found_by_name(line: int) -> None:
    reasons = check(
        python(f'File "src/shop/cart.py", line {line}, in check_out'), "src/shop/cart.py check_out"
    )
    assert reasons == [f"frame check_out at src/shop/cart.py:{line}; it is in lines 11 to 12 now"]


@pytest.mark.parametrize(
    ("line", "name"), [(3, "Cart.total"), (8, "Order.total"), (9, "Order.total")]
)
def test_of_two_of_a_name_the_nearer_one(line: int, name: str) -> None:
    check(python(f'File "src/shop/cart.py", line {line}, in total'), f"src/shop/cart.py {name}")


def test_a_function_that_moved_is_found_where_it_is_now() -> None:
    text = python('File "/app/src/shop/old.py", line 3, in check_out')
    (reason,) = check(text, "src/shop/cart.py check_out")
    assert reason.endswith("it is here now")
    # But not one whose name is anybody's, or is there twice.
    check(python('File "/app/lib/run.py", line 3, in total'))
    check(
        python('File "/app/lib/run.py", line 3, in run'), files={"a.py": "def run():\n    pass\n"}
    )


def test_a_function_that_is_gone_leaves_its_place() -> None:
    check(
        python('File "/app/src/shop/cart.py", line 3, in was_here'), "src/shop/cart.py Cart.total"
    )


def test_code_at_the_top_of_a_file_is_the_file() -> None:
    check(python('File "/app/app.py", line 3, in <module>'), "app.py")


def test_a_cause_comes_before_what_it_led_to() -> None:
    cause = python('File "src/shop/cart.py", line 12, in check_out')
    chain = "\nThe above exception was the direct cause of the following exception:\n\n"
    wrapper = python('File "src/shop/api.py", line 2, in handle')
    check(cause + chain + wrapper, "src/shop/cart.py check_out", "src/shop/api.py handle")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "goroutine 1 [running]:\nexample.com/shop/cart.(*Cart).Total(0x1)\n"
            "\t/build/cart/cart.go:90 +0x1d\n",
            "cart/cart.go Cart.Total",
        ),
        ("    at Cart.total (webpack:///./src/cart.ts?af31:3:12)\n", "web/src/cart.ts Cart.total"),
        (
            "\tat com.acme.cart.Cart.<init>(Cart.java:5)\n",
            "server/src/main/java/com/acme/cart/Cart.java Cart.Cart",
        ),
        (
            "\tat com.acme.cart.Cart.lambda$total$0(Cart.java:99)\n",
            "server/src/main/java/com/acme/cart/Cart.java Cart.total",
        ),
        (
            "   1: shop::cart::Cart::total\n             at ./core/src/cart.rs:3:9\n",
            "core/src/cart.rs Cart.total",
        ),
        (
            "   at Acme.Cart.<TotalAsync>d__5.MoveNext() in C:\\src\\Acme\\Cart.cs:line 4\n",
            "Acme/Cart.cs Cart.TotalAsync",
        ),
        (
            "   at Acme.Cart.get_Sum() in /src/Acme/Cart.cs:line 6\n",
            "Acme/Cart.cs Cart.Sum",
        ),
    ],
)
def test_other_languages(text: str, expected: str) -> None:
    check(text, expected)


def test_a_java_class_of_another_package_is_not_ours() -> None:
    check("\tat org.other.Cart.total(Cart.java:5)\n")


def test_places_in_prose_are_alike() -> None:
    reasons = check(
        "look at shop/cart.py:3 and shop/api.py:2",
        "src/shop/cart.py Cart.total",
        "src/shop/api.py handle",
    )
    assert reasons[0] == "named: shop/cart.py:3"
