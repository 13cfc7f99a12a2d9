"""A view with other contents for some files: as if they had been indexed, without doing so."""

from collections.abc import Mapping

import pytest
from packing import view_of

from codeassist.base.files import MAX_FILE_BYTES
from codeassist.index import overlaid
from codeassist.index.found import MISSING, Definition
from codeassist.index.names import Names

FILES = {
    "a.py": "def f(): ...\n",
    "b.py": "from a import f\n",
    "lib/c.ts": "export const x = 1;\n",
    "go.mod": "module example.com/a\n",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"a.py": b"def g(): ...\n"},
        {"b.py": b"import os\n", "new/d.py": b"from a import f\n"},
        {"a.py": None},
        {"lib/c.ts": b"\xef\xbb\xbfexport const y = 1;\r\n", "go.mod": b"module other\n"},
        {"a.py": b"\0binary"},
        {"readme.md": b"# x\n", "script": b"#!/usr/bin/env python3\nz = 1\n"},
        {},
    ],
)
def test_it_is_as_if_it_had_been_indexed(changes: Mapping[str, bytes | None]) -> None:
    overlaid = view_of(FILES).overlaid(changes)
    files: dict[str, str | bytes] = {**FILES}
    for path, raw in changes.items():
        if raw is None:
            del files[path]
        else:
            files[path] = raw
    indexed = view_of(files)
    assert dict(overlaid.paths) == dict(indexed.paths)
    assert overlaid.file_set.paths == indexed.file_set.paths
    for path in (*indexed.paths, "readme.md", "a.py"):
        assert overlaid.document(path) == indexed.document(path)
        assert overlaid.outline(path) == indexed.outline(path)
        one, other = overlaid.detail(path), indexed.detail(path)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert (one.docs, list(one.uses)) == (other.docs, list(other.uses))
        assert set(overlaid.words(path).split()) == set(indexed.words(path).split())
    for word in ("f", "g", "x", "y", "os"):
        assert overlaid.with_word(word) == indexed.with_word(word)


def test_names_are_resolved_in_the_new_state() -> None:
    view = view_of(FILES)
    now = Names(view.overlaid({"a.py": b"def g(): ...\n"}))
    assert now.lookup("b.py", "f") is MISSING
    assert Names(view).lookup("b.py", "f") == Definition("a.py", 0)


def test_a_module_that_comes_is_found_and_one_that_goes_is_not() -> None:
    view = view_of({"b.py": "from pkg.new import f\n", "pkg/__init__.py": "", "pkg/old.py": ""})
    assert Names(view).lookup("b.py", "f") is MISSING
    with_new = view.overlaid({"pkg/new.py": b"def f(): ...\n"})
    assert Names(with_new).lookup("b.py", "f") == Definition("pkg/new.py", 0)
    assert Names(with_new.overlaid({"pkg/new.py": None})).lookup("b.py", "f") is MISSING


def test_what_takes_the_parser_too_long_has_no_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaid, "SECONDS_A_FILE", 0.0)
    slow = b"x = 1\n" + b"# more\n" * 8_000  # larger than what is parsed in one go
    view = view_of(FILES).overlaid({"a.py": slow})
    assert "a.py" in view
    assert view.outline("a.py") is None
    assert view.detail("a.py") is None
    monkeypatch.setattr(overlaid, "extract_outline", None)
    assert view.outline("a.py") is None, "it is not tried again"


def test_what_is_too_large_on_disk_is_so_in_an_editor() -> None:
    view = view_of(FILES).overlaid({"a.py": b"x = 1\n" * (MAX_FILE_BYTES // 6 + 1)})
    assert "a.py" not in view
    assert view.document("a.py") is not None
