"""A document's text back to the bytes that it has on disk, exactly.

Knows byte order marks and encodings. Refuses what cannot be written so that it is read back alike.
"""

import codecs

from codeassist.base.errors import EditError
from codeassist.base.files import Document, declared_encoding, decode, is_binary
from codeassist.base.text import UTF8_BOM

_UTF16_BIG = b"\xfe\xff"
_UTF16_LITTLE = b"\xff\xfe"


def restored(document: Document, raw: bytes, data: bytes) -> bytes:
    """New text `data` of a document as bytes for the disk; `raw` is what is there now.

    Raises EditError where the encoding of the file cannot hold the text.
    """
    if is_binary(raw):
        raise EditError(f"{document.path}: it is a binary file")
    if document.lossy or _encoded(document, raw, document.data) != raw:
        raise EditError(
            f"{document.path}: its encoding is not known, so it cannot be written back as it was",
            "save it as UTF-8, or declare its encoding",
        )
    after = _encoded(document, raw, data)
    read_back = decode(document.path, after)
    if read_back.data != data or read_back.lossy or is_binary(after):
        raise EditError(f"{document.path}: the changed text would be read in another encoding")
    return after


def _encoded(document: Document, raw: bytes, data: bytes) -> bytes:
    if document.encoding == "utf-16":
        order, name = (
            (_UTF16_BIG, "utf-16-be")
            if raw.removeprefix(UTF8_BOM).startswith(_UTF16_BIG)
            else (_UTF16_LITTLE, "utf-16-le")
        )
        mark = UTF8_BOM if raw.startswith(UTF8_BOM) else b""
        return mark + order + _recoded(document.path, data, name)
    if document.encoding != "utf-8":
        return _recoded(document.path, data, document.encoding)
    if document.bom:
        return UTF8_BOM + data
    # A cookie binds what reads the file even as long as all of its characters are ASCII.
    declared = declared_encoding(raw) if raw.isascii() else ""
    return _recoded(document.path, data, declared) if _is_known(declared) else data


def _recoded(path: str, data: bytes, encoding: str) -> bytes:
    text = data.decode("utf-8")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        wrong = error.object[error.start : error.end][:10]
        raise EditError(f"{path}: its encoding, {encoding}, cannot hold {wrong!r}") from error
    except LookupError as error:
        raise EditError(f"{path}: the encoding {encoding} is not known here") from error


def _is_known(encoding: str) -> bool:
    """Whether this Python can write a declared encoding, and ASCII is the same in it."""
    try:
        return bool(encoding) and codecs.encode("a#\n", encoding) == b"a#\n"
    except (LookupError, TypeError, ValueError):
        return False
