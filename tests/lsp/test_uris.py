"""URIs of all kinds of documents: one spelling for each, paths there and back."""

import os
from pathlib import Path

import pytest
from command import Place
from editor import Editor
from hypothesis import given
from hypothesis import strategies as st

from codeassist.lsp import uris
from codeassist.lsp.uris import from_path, name_of, same, scheme, to_path


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of that system; nothing here looks at a disk."""
    monkeypatch.setattr(uris, "_WINDOWS", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///c%3A/x", "file:///C:/x"),
        ("file:///c:/x", "file:///C%3a/x"),
        ("file:///a%20b/c.py", "file:///a b/c.py"),
        ("file:///%E6%BC%A2.py", "file:///漢.py"),
        ("FILE:///a", "file:///a"),
        ("file://localhost/a", "file:///a"),
        ("file:/a", "file:///a"),
        ("file://SERVER/share/x", "file://server/share/x"),
        ("file:///a%2Bb%28c%29", "file:///a+b(c)"),
        ("file:///a%23b", "file:///a#b"),
    ],
)
def test_two_spellings_of_one_document(one: str, other: str) -> None:
    assert same(one) == same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("file:///a/B", "file:///a/b"),  # case counts below the drive
        ("file:///a", "file://host/a"),
        ("file:///%FF", "file:///%FE"),  # names that are no UTF-8
        ("file:///a%2520b", "file:///a%20b"),
        ("untitled:A", "untitled:a"),
        ("untitled:a", "file:///a"),
        ("vscode-notebook-cell:/n.ipynb#X", "vscode-notebook-cell:/n.ipynb#Y"),
    ],
)
def test_two_documents(one: str, other: str) -> None:
    assert same(one) != same(other)


@pytest.mark.parametrize(
    "uri", ["", ":", "file", "%", "file:%", "untitled:", "http://[x", "no scheme", "\x00"]
)
def test_what_is_hardly_a_uri_is_only_itself(uri: str) -> None:
    assert same(uri) == same(same(uri))
    assert to_path(uri) is None
    assert isinstance(name_of(uri), str)


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a%20b.py", "/home/a b.py"),
        ("file:///a;b?c#d.py", "/a;b?c#d.py"),
        ("file:///%FFa", "/\udcffa"),
        ("file:///a/b/../c", "/a/c"),
        ("file:///../../c", "/c"),
        ("file:////a//b/", "/a/b"),
        ("file:///C:/x", "/C:/x"),  # a strange name here, and never a relative path
        ("file:///c%3A/x", "/c:/x"),
        ("file://server/share/x", None),
        ("file:///a%00b", None),
        ("file:a.py", None),
        ("untitled:Untitled-1", None),
        ("vscode-notebook-cell:/a.ipynb#W0", None),
        ("vscode-remote://wsl/a.py", None),
        ("git:/a.py?x", None),
    ],
)
def test_paths_on_unix(uri: str, path: str | None) -> None:
    assert to_path(uri) == path


@pytest.mark.parametrize(
    ("uri", "path", "answer"),
    [
        ("file:///C:/a%20b/x.py", r"c:\a b\x.py", "file:///c:/a%20b/x.py"),
        ("file:///c%3A/x", r"c:\x", "file:///c:/x"),
        ("file://server/share/x", r"\\server\share\x", "file://server/share/x"),
        ("file:///z%3a", "z:", "file:///z:"),
    ],
)
@pytest.mark.usefixtures("windows")
def test_paths_on_windows(uri: str, path: str, answer: str) -> None:
    assert to_path(uri) == path
    assert from_path(path) == answer
    assert same(answer) == same(uri)


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
def test_any_name_comes_back(raw: bytes) -> None:
    path = os.fsdecode(b"/" + raw)
    uri = from_path(path)
    assert uri.isascii()
    assert to_path(uri) == os.path.normpath(f"/{path.lstrip('/')}")
    assert same(uri) == same(uri.replace("%20", " "))


def test_schemes_and_names() -> None:
    assert [scheme(uri) for uri in ("File:///a", "untitled:b", "c")] == ["file", "untitled", ""]
    assert name_of("file:///a/b%20c.py") == "b c.py"
    assert name_of("untitled:Untitled-1") == "Untitled-1"
    assert name_of("x://") == "x://"


async def test_files_with_all_kinds_of_names(tmp_path: Path, client: str) -> None:
    """The buffer is found by the name on disk, and answered with the editor's own URI."""
    names = ["a b.py", "漢 ü.py", "a;b#c%d?.py", "+&=@'().py", "dir, x/c%3A.py"]
    place = Place(tmp_path).init()
    place.commit(dict.fromkeys(names, "def on_disk():\n    pass\n"))
    async with Editor(place, client) as editor:
        await editor.ready()
        for name in names:
            editor.open(name, "def in_editor(x):\n    return x\n")
            pack = await editor.request("codeassist/pack", uri=editor.uri(name))
            assert "in_editor" in pack["text"]
            assert editor.uri(name) in {piece["uri"] for piece in pack["pieces"]}
            editor.close(name)
