"""What is skipped for its size or its content, and what just looks like it."""

import pytest

from codeassist.base.files import MAX_FILE_BYTES, Entry
from codeassist.vfs.limits import content_reason, skip_reason

CODE = b"def name(argument):\n    return argument\n" * 200
MINIFIED = b"!function(e,t){return e(t)}(a,b);" * 400
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"


def test_size() -> None:
    assert skip_reason(Entry("x", MAX_FILE_BYTES)) is None
    assert skip_reason(Entry("x", MAX_FILE_BYTES + 1)) == "larger than 1 MiB"


def check_reason(raw: bytes, word: str) -> None:
    reason = content_reason(raw)
    assert reason is not None
    assert word in reason


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        CODE,
        b"x" * 4_999,  # small files cost nothing
        CODE + b'DATA = "' + b"A" * 100_000 + b'"\n',  # a literal is one token
        b"DATA = '" + b"it\\'s " * 5_000 + b"'\n",
        CODE.decode().encode("utf-16"),
        POINTER * 20,  # a text that quotes pointers
        "x = 'é'\n".encode() * 1_000,
    ],
)
def test_code(raw: bytes) -> None:
    assert content_reason(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        MINIFIED,
        b"/*\n" + b" * licence\n" * 20 + b" */\n" + MINIFIED,
        CODE * 10 + MINIFIED * 3,  # the average hides it, the one line does not
    ],
)
def test_minified(raw: bytes) -> None:
    check_reason(raw, "minified")


def test_binary() -> None:
    check_reason(b"\x7fELF\0\0", "binary")


def test_lfs_pointer() -> None:
    check_reason(POINTER, "LFS")


@pytest.mark.parametrize("unit", [b'"', b"\\\"'", b"'\"", b'a"b\\', b"\\"])
def test_quotes_without_an_end_come_to_an_end(unit: bytes) -> None:
    # In quadratic time this would take hours, and the run would be stopped.
    raw = (unit * MAX_FILE_BYTES)[:MAX_FILE_BYTES]
    assert content_reason(raw) in (None, "minified or generated: its lines are too long")
