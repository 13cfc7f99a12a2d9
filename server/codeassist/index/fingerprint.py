"""The fingerprint of everything that shapes what is stored: format, grammars, queries, extractors.

It is part of the store's file name, so that a new version never reads an old version's rows.
"""

from functools import cache
from hashlib import blake2b
from importlib.resources import files

from codeassist.languages import LANGUAGES

# Raise when the rows of the store change their meaning without a change to a hashed file.
FORMAT = 1

_SHAPING = ("outline.py", "detail.py", "chain.py", "docs.py", "codec.py")


@cache
def format_fingerprint() -> str:
    """A short stable text, different whenever outlines or details may differ."""
    from importlib.metadata import version  # 20 ms that a worker process need not spend

    digest = blake2b(f"{FORMAT} {version('tree-sitter')}".encode(), digest_size=6)
    queries = files("codeassist.languages").joinpath("queries")
    for row in LANGUAGES:
        digest.update(f"{row.name} {version(row.grammar.replace('_', '-'))}".encode())
        digest.update(queries.joinpath(f"{row.name}.scm").read_bytes())
    for name in _SHAPING:
        digest.update(files("codeassist.index").joinpath(name).read_bytes())
    return f"v{FORMAT}-{digest.hexdigest()}"
