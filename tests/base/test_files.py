"""Decoding: byte order marks, declared encodings, guesses; nothing ever raises."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeassist.base.files import decode, is_binary


def test_plain_utf8() -> None:
    document = decode("a.py", "h\u00e9".encode())
    assert (document.data, document.encoding, document.bom, document.lossy) == (
        "h\u00e9".encode(),
        "utf-8",
        False,
        False,
    )


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    document = decode("a.py", codecs.BOM_UTF8 + b"x = 1\n")
    assert document.data == b"x = 1\n"
    assert document.bom


def test_utf16_with_its_mark() -> None:
    raw = codecs.BOM_UTF16_LE + "h\u00e9".encode("utf-16-le")
    assert decode("a.cs", raw).data == "h\u00e9".encode()
    assert not is_binary(raw)


def test_a_declared_encoding() -> None:
    raw = b"# -*- coding: latin-1 -*-\nname = '\xe9'\n"
    document = decode("a.py", raw)
    assert "\u00e9".encode() in document.data
    assert not document.lossy


def test_a_guess_is_marked() -> None:
    document = decode("a.c", b"// caf\xe9\n")
    assert document.data == "// caf\u00e9\n".encode()
    assert document.lossy


@pytest.mark.parametrize(
    ("raw", "eol"), [(b"a\r\nb\n", "\r\n"), (b"a\nb\r\n", "\n"), (b"a", "\n"), (b"\n", "\n")]
)
def test_the_line_ending_is_the_first_line_s(raw: bytes, eol: str) -> None:
    assert decode("a", raw).eol == eol


def test_a_nul_makes_a_file_binary() -> None:
    assert is_binary(b"ab\0c")
    assert not is_binary(b"abc")


@given(st.binary(max_size=200))
def test_nothing_raises_and_the_text_is_utf8(raw: bytes) -> None:
    decode("a.py", raw).data.decode("utf-8")
