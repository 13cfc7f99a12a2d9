"""What can be offered for a place in one text, without an index, a disk or a model."""

import os
from dataclasses import replace

import pytest

from codeassist.base.text import LineIndex, Span
from codeassist.engine.offers import STATES_KEPT, TEXTS_KEPT, OfferDesk, Offers, asks_model
from codeassist.engine.texts import language_of, private_reason
from codeassist.tasks.refactor import ACTIONS

MARK = b"$0"
SHOP = """\
class Shop:
    \"\"\"Sells.\"\"\"

    def total(self, items):
        rest = 1
        for item in items:  # 😀 日本
            rest += item.price * 2
        return rest

    def _secret(self):
        return None


def helper():
    return 1
"""


@pytest.fixture
def desk() -> OfferDesk:
    return OfferDesk()


def span_of(text: str) -> tuple[bytes, Span]:
    """A text without its marks, and what they select."""
    data = text.encode()
    start = data.index(MARK)
    data = data.replace(MARK, b"", 1)
    end = data.find(MARK)
    data, end = data.replace(MARK, b""), start if end == -1 else end
    return data, LineIndex(data).span(start, end)


def offers(desk: OfferDesk, text: str, path: str = "shop.py") -> Offers:
    return desk.offers(path, *span_of(text))


def applying(found: Offers) -> set[str]:
    return {each.name for each in found.refactorings if not each.reason}


# Refactorings


def test_a_selected_expression(desk: OfferDesk) -> None:
    found = offers(desk, SHOP.replace("item.price * 2", "$0item.price * 2$0"))
    assert {"extract-function", "extract-variable"} <= applying(found)
    assert {"inline", "flip-if"}.isdisjoint(applying(found))


def test_a_cursor_on_a_name(desk: OfferDesk) -> None:
    found = offers(desk, SHOP.replace("item.price", "it$0em.price"))
    assert "rename" in applying(found)
    assert "extract-function" not in applying(found)
    assert found.word == "item"


def test_all_are_listed_with_the_reason_why_not(desk: OfferDesk) -> None:
    found = offers(desk, SHOP.replace("Sells", "Se$0lls"))
    assert [each.name for each in found.refactorings] == list(ACTIONS)
    reasons = {each.name: each.reason for each in found.refactorings}
    assert reasons["extract-function"] == "nothing is selected"
    assert "`if`" in reasons["flip-if"]


def test_those_that_ask_a_model_are_listed_as_if_there_was_one(desk: OfferDesk) -> None:
    found = offers(desk, SHOP.replace("return rest", "ret$0urn rest"))
    asking = {each.name for each in found.refactorings if each.needs_model}
    assert asking == {"suggest", "instruct"} == {name for name in ACTIONS if asks_model(name)}
    assert asking <= applying(found)


def test_another_language(desk: OfferDesk) -> None:
    text = "function f(a: number) {\n\tconst total = $0a * 2$0;\n\treturn total;\n}\n"
    found = offers(desk, text, "web/app.ts")
    assert "extract-variable" in applying(found)
    assert found.definition is not None
    assert (found.definition.name, found.definition.kind) == ("f", "function")


@pytest.mark.parametrize("path", ["notes.txt", "data.json", "Makefile"])
def test_nothing_for_what_is_not_understood(desk: OfferDesk, path: str) -> None:
    assert offers(desk, "to$0tal = 1\n", path) == Offers()


@pytest.mark.parametrize("text", ["$0", "$0\x00\x01", "x = 1$0\n" + "# more\n" * 200_000])
def test_nothing_for_what_is_empty_binary_or_too_large(desk: OfferDesk, text: str) -> None:
    assert offers(desk, text) == Offers()


def test_broken_code_has_its_definitions_still(desk: OfferDesk) -> None:
    found = offers(desk, "def good():\n    return $01\n\n\ndef bad(:\n")
    assert "extract-variable" not in applying(found)
    assert found.definition is not None
    assert found.definition.name == "good"


# The definition around the place


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("rest += item", "rest += $0item", "Shop.total"),
        ("        return rest", "    $0    return rest", "Shop.total"),
        ("    def total", "$0    def total", "Shop.total"),
        ("return rest\n", "return rest$0\n", "Shop.total"),
        ("Sells", "Sel$0ls", "Shop"),
        ("def helper", "def hel$0per", "helper"),
        ("        rest = 1\n", "$0        rest = 1\n$0", "Shop.total"),
        # What the cursor is between belongs to neither, or to what is around both.
        ("    def _secret", "$0\n    def _secret", "Shop"),
        ("\n\ndef helper", "\n$0\ndef helper", None),
    ],
)
def test_the_innermost_definition(desk: OfferDesk, old: str, new: str, name: str | None) -> None:
    assert SHOP.count(old) == 1
    found = offers(desk, SHOP.replace(old, new)).definition
    assert (found.name if found else None) == name


def test_where_it_stands(desk: OfferDesk) -> None:
    text = "x = '😀'\n\n\nclass A:\n\tdef 合計(self):\n\t\treturn $01\n"
    found = offers(desk, text).definition
    assert found is not None
    assert found.span == Span(4, 1, 5, 10)
    assert found.name_span == Span(4, 5, 4, 5 + len("合計".encode()))


@pytest.mark.parametrize(
    ("path", "text", "is_documented"),
    [
        ("a.py", 'def f():\n    """Do."""\n    return $01\n', True),
        ("a.py", "# Not that.\ndef f():\n    return $01\n", False),
        ("a.ts", "/** Do. */\nfunction f() { return $01 }\n", True),
        ("a.ts", "// Not that.\nfunction f() { return $01 }\n", False),
        ("a.go", "package a\n\n// F does.\nfunc F() int { return $01 }\n", True),
        ("a.go", "package a\n\nfunc F() int { return $01 }\n", False),
    ],
)
def test_whether_it_is_documented(
    desk: OfferDesk, path: str, text: str, is_documented: bool
) -> None:
    found = offers(desk, text, path).definition
    assert found is not None
    assert found.is_documented is is_documented


@pytest.mark.parametrize(
    ("path", "text", "is_public"),
    [
        ("a.py", SHOP.replace("return None", "return N$0one"), False),
        ("a.py", SHOP.replace("return rest", "return r$0est"), True),
        ("a.go", "package a\n\nfunc f() int { return $01 }\n", False),
        ("a.java", "class A {\n  private int f() { return $01; }\n}\n", False),
        ("a.java", "public class A {\n  public int f() { return $01; }\n}\n", True),
    ],
)
def test_whether_it_is_public(desk: OfferDesk, path: str, text: str, is_public: bool) -> None:
    found = offers(desk, text, path).definition
    assert found is not None
    assert found.is_public is is_public


def test_definitions_that_are_selected(desk: OfferDesk) -> None:
    found = offers(desk, "$0def a():\n    pass\n\n\ndef b():\n    pass\n$0\n\ndef c():\n    pass\n")
    assert found.selected == ("a", "b")
    assert offers(desk, SHOP.replace("return rest", "$0return rest$0")).selected == ()


# Names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("to$0tal = 1\n", "total"),
        ("$0total = 1\n", "total"),
        ("total$0 = 1\n", "total"),
        ("$0total$0 = 1\n", "total"),
        ("合$0計 = 1\n", "合計"),
        ("x = '😀'; caf$0é = 2\n", "café"),
        ("$0tot$0al = 1\n", ""),
        ("total $0= 1\n", ""),
        ("total = 1$02\n", ""),
    ],
)
def test_the_word(desk: OfferDesk, text: str, word: str) -> None:
    assert offers(desk, text).word == word


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # PEP 8: functions in lower case with underscores, classes in CapWords.
        ("def get$0Total(): pass\n", "get_total"),
        ("def get$0HTTPResponse(): pass\n", "get_http_response"),
        ("def _get$0Total(): pass\n", "_get_total"),
        ("class A:\n    def get$0Total(self): pass\n", "get_total"),
        ("class shop$0_item: pass\n", "ShopItem"),
        ("class shop$0: pass\n", "Shop"),
        ("def get$0_total(): pass\n", ""),
        ("class Sh$0op: pass\n", ""),
        ("class HTTP$0Shop: pass\n", ""),
        ("def __get$0Total__(): pass\n", ""),
        # It may have to be called as in the base class.
        ("class A(TestCase):\n    def set$0Up(self): pass\n", ""),
        ("class A():\n    def set$0Up(self): pass\n", "set_up"),
        # Only where it is defined can one see what it is.
        ("get$0Total()\n", ""),
        ("total$0Sum = 1\n", ""),
    ],
)
def test_the_proper_name(desk: OfferDesk, text: str, name: str) -> None:
    assert offers(desk, text).proper_name == name


def test_other_languages_have_their_own_conventions(desk: OfferDesk) -> None:
    assert offers(desk, "function get$0Total() {}\n", "a.js").proper_name == ""


# What is kept


def test_another_state_of_a_text_is_another_text(desk: OfferDesk) -> None:
    assert offers(desk, "def a():\n    return $01\n").definition is not None
    found = offers(desk, "def b():\n    return $01\n").definition
    assert found is not None
    assert found.name == "b"
    assert offers(desk, "return $01\n").definition is None


def test_a_text_that_was_looked_at_is_not_read_again(
    desk: OfferDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, span = span_of(SHOP.replace("return rest", "return r$0est"))
    desk.warm("shop.py", data)

    def fail(*_: object) -> None:
        raise AssertionError("it is parsed again")

    monkeypatch.setattr("codeassist.index.overlaid.extract_outline", fail)
    monkeypatch.setattr("codeassist.tasks.refactor.python.parsed.tree_of", fail)
    monkeypatch.setattr("codeassist.tasks.docs.syntax.parse", fail)
    assert desk.offers("shop.py", data, span).definition is not None


def test_many_states_and_many_texts(desk: OfferDesk) -> None:
    for number in range(2 * STATES_KEPT + 1):
        found = offers(desk, f"def f{number}():\n    return $01\n", f"{number % 3}.py").definition
        assert found is not None
        assert found.name == f"f{number}"
    for number in range(2 * TEXTS_KEPT):
        desk.warm(f"other{number}.py", b"x = 1\n")
    assert len(desk._texts) == TEXTS_KEPT


def test_nothing_is_read_from_disk(desk: OfferDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SHOP.replace("return rest", "return r$0est")
    offers(desk, text)  # by now all that is needed is loaded
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr(os, "scandir", None)
    monkeypatch.setattr(os, "stat", None)
    assert offers(desk, text + "\n").definition is not None


def test_one_that_breaks_does_not_take_the_others_along(
    desk: OfferDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from codeassist.engine import offers as module

    def broken(name: str) -> object:
        found = load(name)
        if name != "inline":
            return found

        return replace(found, applies=lambda scene, subject: 1 / 0)

    load = module.load
    monkeypatch.setattr(module, "load", broken)
    found = offers(desk, SHOP.replace("return rest", "return r$0est"))
    assert [each.name for each in found.refactorings] == [n for n in ACTIONS if n != "inline"]


# Before a text is looked at


def test_the_language_of_a_text() -> None:
    assert language_of("src/app.py", b"") == "python"
    assert language_of("run", b"#!/bin/sh\n") == "bash"
    assert language_of("notes.txt", b"x") == ""


def test_a_file_of_secrets() -> None:
    assert private_reason("home/me/app/.env") == ".env is a file of secrets: no model is shown it"
    assert private_reason("src/app.py") == ""
