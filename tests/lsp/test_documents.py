"""The text of open documents against a second implementation of the protocol's incremental sync.

The reference below walks over characters and counts units, as the specification words it, and
shares nothing with `lsp/documents.py`.
"""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol import types

from codeassist.base.text import ColumnUnit
from codeassist.lsp.documents import MAX_BYTES, Document, Documents, to_bytes

Change = tuple[tuple[int, int], tuple[int, int], str]
URI = "file:///a.py"
UNITS = list(ColumnUnit)
# Of these only the line feed ends a line, with or without a carriage return before it.
PIECES = (
    "a", "=", "\t", " ", "é", "漢", "😀", "👩\u200d💻", "e\u0301", "\ufeff", "\n", "\r\n", "\r",
    "\f", "\v", "\x85", "\u2028", "\u2029", "\x00",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def units(character: str, unit: ColumnUnit) -> int:
    """How much a character counts."""
    if unit is ColumnUnit.CODE_POINT:
        return 1
    if unit is ColumnUnit.UTF8:
        return len(character.encode("utf-8"))
    return 2 if ord(character) > 0xFFFF else 1


def reference_offset(text: str, line: int, column: int, unit: ColumnUnit) -> int:
    """Where a position is in a text: past the line's end is the line's end, in a pair before it."""
    lines = text.split("\n")
    if line >= len(lines):
        return len(text)
    content = lines[line]
    if line + 1 < len(lines):
        content = content.removesuffix("\r")
    offset = sum(len(each) + 1 for each in lines[:line])
    for character in content:
        column -= units(character, unit)
        if column < 0:
            break
        offset += 1
    return offset


def reference_edge(text: str, line: int, column: int, unit: ColumnUnit) -> int:
    """The same for a change, where the place between CR and LF exists: Neovim means it."""
    offset = reference_offset(text, line, column, unit)
    length = sum(units(each, unit) for each in text[text.rfind("\n", 0, offset) + 1 : offset])
    return offset + (text[offset : offset + 2] == "\r\n" and column == length + 1)


def reference_changed(text: str, changes: Sequence[Change | str], unit: ColumnUnit) -> str:
    """A text after changes, each for the text that the one before made; a string is the whole."""
    for change in changes:
        if isinstance(change, str):
            text = change
            continue
        start, end, new = change
        first = reference_edge(text, *start, unit)
        text = text[:first] + new + text[max(first, reference_edge(text, *end, unit)) :]
    return text


def events(changes: Sequence[Change | str]) -> list[types.TextDocumentContentChangeEvent]:
    """Changes as a client sends them."""
    return [
        types.TextDocumentContentChangeWholeDocument(change)
        if isinstance(change, str)
        else types.TextDocumentContentChangePartial(
            types.Range(types.Position(*change[0]), types.Position(*change[1])), change[2]
        )
        for change in changes
    ]


def check(before: str, changes: Sequence[Change | str], unit: ColumnUnit) -> str:
    """Both implementations come to the same text."""
    document = Document(URI, "python", 1, to_bytes(before))
    after = document.changed(events(changes), 2, unit)
    assert after.data.decode("utf-8") == reference_changed(before, changes, unit)
    assert (after.version, document.data.decode()) == (2, before)
    return after.data.decode()


positions = st.tuples(st.integers(0, 6), st.one_of(st.integers(0, 9), st.just(2**31 - 1)))
changes = st.one_of(
    st.tuples(positions, positions, texts), st.tuples(positions, st.just((0, 0)), texts), texts
)


@given(texts, st.lists(changes, max_size=6), st.sampled_from(UNITS))
def test_any_changes(before: str, made: list[Change | str], unit: ColumnUnit) -> None:
    check(before, made, unit)


@given(texts, st.lists(st.tuples(positions, positions), max_size=8), st.data())
def test_changes_from_the_bottom_up(
    before: str, places: list[tuple[tuple[int, int], tuple[int, int]]], data: st.DataObject
) -> None:
    """As editors send those of several cursors: places in falling order, most of them apart."""
    made = [
        (min(pair), max(pair), data.draw(texts)) for pair in sorted(places, key=max, reverse=True)
    ]
    check(before, made, data.draw(st.sampled_from(UNITS)))


@given(texts, positions, st.sampled_from(UNITS))
@example("x\r\n", (0, 2), ColumnUnit.UTF16)
@example("漢", (0, 1), ColumnUnit.UTF8)
def test_positions_of_requests(text: str, position: tuple[int, int], unit: ColumnUnit) -> None:
    offset = Document(URI, "python", 1, to_bytes(text)).offset(types.Position(*position), unit)
    assert offset == len(text[: reference_offset(text, *position, unit)].encode())


@pytest.mark.parametrize("unit", UNITS)
def test_typing_behind_all_kinds_of_characters(unit: ColumnUnit) -> None:
    text = "# 😀漢é\te\u0301\f\u2028\r😀"
    end = sum(units(each, unit) for each in text)
    assert check(f"{text}\r\nb", [((0, end), (0, end), "x")], unit) == f"{text}x\r\nb"


@pytest.mark.parametrize("separator", ["\f", "\v", "\x85", "\u2028", "\u2029", "\r"])
def test_what_is_no_end_of_a_line(separator: str) -> None:
    assert check(f"a{separator}b\nc", [((1, 0), (1, 1), "x")], ColumnUnit.UTF16).endswith("\nx")
    assert (
        check(f"a{separator}b\nc", [((0, 2), (0, 3), "")], ColumnUnit.UTF16) == f"a{separator}\nc"
    )


def test_a_carriage_return_is_taken_out_of_a_mixed_file() -> None:
    """What Neovim 0.11 sends for `:%s/\\r$//` there, by trial."""
    before = "abc\r\ndef\nghi\r\n"
    assert check(before, [((0, 3), (2, 4), "\ndef\nghi")], ColumnUnit.UTF8) == "abc\ndef\nghi\n"


@pytest.mark.parametrize(("column", "expected"), [(1, "x😀b"), (2, "x😀b"), (3, "😀xb")])
def test_the_middle_of_a_pair_is_before_it(column: int, expected: str) -> None:
    at = (0, column - 1)
    assert check("😀b", [(at, at, "x")], ColumnUnit.UTF16) == expected


def test_half_a_pair_counts_as_one_unit() -> None:
    """JSON can escape one; the text keeps its length in UTF-16, so that positions stay right."""
    document = Document(URI, "python", 1, to_bytes("a\ud83db\ude00\ud83d"))
    assert document.data.decode() == "a\ufffdb\ufffd\ufffd"
    after = document.changed(events([((0, 2), (0, 3), "\ud83d\ude00")]), 2, ColumnUnit.UTF16)
    assert after.data.decode() == "a\ufffd😀\ufffd\ufffd"


@given(st.lists(st.sampled_from(["a", "😀", "\ud83d", "\ude00"]), max_size=12).map("".join))
def test_lone_surrogates_keep_all_lengths(text: str) -> None:
    plain = to_bytes(text).decode()
    # (Two lone halves that meet are a pair.)
    assert len(plain.encode("utf-16-le")) == len(text.encode("utf-16-le", "surrogatepass"))


def test_a_reversed_range_only_inserts() -> None:
    assert check("abcd", [((0, 3), (0, 1), "x")], ColumnUnit.UTF16) == "abcxd"


def test_thousands_of_changes_in_one_message() -> None:
    """ "Replace all", as VS Code sends it; the time-out of a hang is the only clock here."""
    before = "value = value + 1\n" * 5_000
    made = [
        ((line, column), (line, column + 5), "😀")
        for line in reversed(range(5_000))
        for column in (8, 0)
    ]
    document = Document(URI, "python", 1, to_bytes(before))
    after = document.changed(events(made), 2, ColumnUnit.UTF16)
    assert after.data.decode() == "😀 = 😀 + 1\n" * 5_000


def change(documents: Documents, made: Sequence[Change | str], uri: str = URI) -> Document | None:
    identifier = types.VersionedTextDocumentIdentifier(7, uri)
    return documents.change(identifier, events(made), ColumnUnit.UTF16)


def test_who_holds_the_documents_sees_one_state() -> None:
    documents = Documents()
    documents.open(Document(URI, "python", 1, b"a"))
    before = documents.current
    change(documents, [((0, 1), (0, 1), "b")])
    documents.close("file:///%61.py")  # another spelling of the same
    assert [each.data for each in before.values()] == [b"a"]
    assert documents.current == {}


def test_documents_that_are_not_open_are_none() -> None:
    documents = Documents()
    assert change(documents, ["x"]) is None
    assert documents.get(URI) is None
    documents.close(URI)


def test_opened_twice_the_last_counts() -> None:
    documents = Documents()
    documents.open(Document(URI, "python", 3, b"old"))
    documents.open(Document(URI, "go", 1, b"new"))
    assert documents.get(URI) == Document(URI, "go", 1, b"new")


def test_a_document_that_grows_too_large_is_given_up_until_it_comes_whole() -> None:
    documents = Documents()
    documents.open(Document(URI, "python", 1, b"a" * MAX_BYTES))
    grown = change(documents, [((0, 0), (0, 0), "b")])
    assert grown is not None
    assert (grown.is_too_large, grown.data) == (True, b"")
    shrunk = change(documents, [((0, 0), (0, 9), "")])
    assert shrunk is not None
    assert (shrunk.is_too_large, shrunk.version) == (True, 7)
    again = change(documents, ["whole", ((0, 0), (0, 1), "W")])
    assert again is not None
    assert (again.is_too_large, again.data) == (False, b"Whole")
