"""What the context keeps in the store, of a content or of a place: its kinds and its packing.

A kind carries a fingerprint of the code that works the data out, so that no version reads what
another one wrote. Knows no rows and no meaning of what is kept.
"""

import marshal
import sys
import zlib
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

# Raise when what is kept changes its meaning without a change to one of the hashed files.
FORMAT = 1
# Disk against time, on Django: level 1 makes sheets a third and takes 0.1 ms a file to unpack.
LEVEL = 1

_SHAPING = (
    ("codeassist.base", ("files.py", "symbols.py", "text.py")),
    (
        "codeassist.context",
        ("kept.py", "lexicon.py", "pieces.py", "postings.py", "sheet.py", "terms.py", "units.py"),
    ),
)


def kind(name: str) -> str:
    """The kind in the store of something that the context keeps, by its name here."""
    return f"{name}-{_fingerprint()}"


def packed(data: tuple[Any, ...]) -> bytes:
    """Plain data (what marshal takes) as bytes."""
    return zlib.compress(marshal.dumps(data), LEVEL)


def unpacked(blob: bytes | None) -> tuple[Any, ...] | None:
    """The data in a blob that `packed` made; None for a missing or a corrupt one."""
    if blob is None:
        return None
    try:
        row: tuple[Any, ...] = marshal.loads(zlib.decompress(blob))
    except (ValueError, EOFError, TypeError, zlib.error):
        return None
    return row


@cache
def _fingerprint() -> str:
    # What a letter is depends on the version of Unicode, which Python's version decides.
    digest = blake2b(f"{FORMAT} {sys.version_info[:2]}".encode(), digest_size=6)
    for package, names in _SHAPING:
        for name in names:
            digest.update(files(package).joinpath(name).read_bytes())
    return digest.hexdigest()
