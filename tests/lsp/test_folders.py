"""Workspace folders of all kinds, and files in none; who sees what on disk, and when."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, Place
from editor import Editor
from findings_editor import FindingsEditor
from lsprotocol import types

from codeassist.lsp.folders import Folder, folder_of
from codeassist.lsp.uris import same
from codeassist.lsp.watching import matters
from codeassist.settings.schema import Settings

USER = "from lib import of_{name}\n\n\ndef user():\n    return of_{name}(1)\n"
LIB = "def of_{name}(x):\n    return x  # {name}'s\n"


def project(name: str, folder: str = "") -> dict[str, str]:
    """Two files, of which one uses the other."""
    files = {"app.py": USER, "lib.py": LIB}
    return {os.path.join(folder, path): text.format(name=name) for path, text in files.items()}


async def packed(editor: Editor, path: Path | str) -> dict[str, Any]:
    """The pack of a document, opened for it."""
    uri = path if isinstance(path, str) else path.as_uri()
    text = None if isinstance(path, str) else path.read_text("utf-8")
    editor.open(uri, text or "from lib import of_a\n\nin_buffer = of_a(1)\n", "python")
    pack: dict[str, Any] = await editor.request("codeassist/pack", uri=uri)
    editor.close(uri)
    return pack


async def check_sees(editor: Editor, path: Path, *names: str) -> dict[str, Any]:
    """A project's app.py is shown with the lib.py of these names, and of no others."""
    pack = await packed(editor, path / "app.py")
    assert "def user()" in pack["text"]
    seen = {name for name in "abcdef" if f"# {name}'s" in pack["text"]}
    assert seen == set(names), pack["text"]
    return pack


def change(editor: Editor, added: Iterable[Path] = (), removed: Iterable[Path] = ()) -> None:
    """Tell the server of folders that come and go."""

    def listed(paths: Iterable[Path]) -> list[types.WorkspaceFolder]:
        return [types.WorkspaceFolder(path.as_uri(), path.name) for path in paths]

    event = types.WorkspaceFoldersChangeEvent(listed(added), listed(removed))
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(event)
    )


async def test_folders_of_all_kinds(tmp_path: Path, client: str) -> None:
    """A repository, a folder of a larger one, a plain folder, and what is added later."""
    place = Place(tmp_path).init().commit(project("a"))
    larger = Place(tmp_path / "larger").init().commit(project("b", "inner") | project("c", "other"))
    plain, later = tmp_path / "plain", tmp_path / "later"
    for path, name in ((plain, "d"), (later, "e")):
        for file, text in project(name).items():
            path.mkdir(exist_ok=True)
            (path / file).write_text(text, "utf-8")
    missing = tmp_path / "missing"
    folders = [place.root, larger.root / "inner", plain, missing]
    async with Editor(place, client, folders=folders) as editor:
        await editor.ready()
        await check_sees(editor, place.root, "a")
        await check_sees(editor, larger.root / "inner", "b", "c")  # the whole repository is known
        await check_sees(editor, plain, "d")
        await check_sees(editor, later)
        await check_sees(editor, larger.root / "other")

        change(editor, added=[later, larger.root / "other"], removed=[place.root, missing])
        for path, names in ((later, "e"), (larger.root / "other", "bc")):
            await until_seen(editor, path, *names)
        await check_sees(editor, place.root)
        await check_sees(editor, plain, "d")

        change(editor, added=[place.root])
        change(editor, removed=[place.root])  # before it was opened
        change(editor, added=[place.root], removed=[later])
        await until_seen(editor, place.root, "a")
        await check_sees(editor, later)


async def until_seen(editor: Editor, path: Path, *names: str) -> None:
    """A folder that was added is opened in its own time."""
    async with asyncio.timeout(60):
        while True:
            pack = await packed(editor, path / "app.py")
            if all(f"# {name}'s" in pack["text"] for name in names):
                return
            await asyncio.sleep(0.1)


async def test_repositories_of_all_kinds(tmp_path: Path) -> None:
    """An empty one, a work tree, one within another, and one through a symbolic link."""
    empty = Place(tmp_path / "empty").init()
    empty.write(project("a"))
    place = Place(tmp_path).init().commit(project("b"))
    tree = tmp_path / "tree"
    place.git("worktree", "add", "-q", str(tree), "-b", "other")
    (tree / "lib.py").write_text(LIB.format(name="b").replace("b's", "c's"), "utf-8")
    outer = Place(tmp_path / "outer").init().commit(project("d"))
    inner = Place(outer.root).init().commit(project("e"))
    link = tmp_path / "link"
    link.symlink_to(outer.root)
    folders = [empty.root, tree, link, inner.root]
    async with Editor(place, folders=folders) as editor:
        await editor.ready()
        await check_sees(editor, empty.root, "a")
        await check_sees(editor, tree, "c")
        await check_sees(editor, inner.root, "e")
        pack = await check_sees(editor, link, "d")
        uris = {piece["uri"] for piece in pack["pieces"]}
        assert uris == {(link / name).as_uri() for name in ("app.py", "lib.py")}, (
            "files are where the editor has them"
        )
        pack = await check_sees(editor, outer.root, "d")  # the same without the link
        assert (outer.root / "app.py").as_uri() in {piece["uri"] for piece in pack["pieces"]}


@pytest.mark.parametrize("folders", [[], ["repo"], ["missing"]])
async def test_documents_in_no_folder(tmp_path: Path, client: str, folders: list[str]) -> None:
    place = Place(tmp_path).init().commit(project("a"))
    outside = tmp_path / "outside.py"
    outside.write_text("from lib import of_a\n\nin_buffer = 3\n", "utf-8")
    async with Editor(place, client, folders=[tmp_path / name for name in folders]) as editor:
        await editor.ready()
        for document in (
            outside,
            "untitled:Untitled-1",
            "vscode-vfs://github/owner/name/lib.py",
            "git:/repo/app.py?%7B%22ref%22%3A%22~%22%7D",
            "output:extension-output-1",
            "file://server/share/app.py",
        ):
            pack = await packed(editor, document)
            assert "in_buffer" in pack["text"]
            assert "# a's" not in pack["text"]
            uri = document if isinstance(document, str) else document.as_uri()
            assert [piece["uri"] for piece in pack["pieces"]] == [uri]


async def test_a_workspace_that_is_on_no_disk(tmp_path: Path) -> None:
    place = Place(tmp_path).init()
    root = "vscode-vfs://github/owner/name"
    async with Editor(place, folders=[]) as editor:
        change_uris = types.WorkspaceFoldersChangeEvent([types.WorkspaceFolder(root, "name")], [])
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(change_uris)
        )
        await editor.ready()
        assert "in_buffer" in (await packed(editor, f"{root}/app.py"))["text"]


# Which folder


def folders(*paths: str) -> dict[str, Folder]:
    """Folders that are their own roots."""
    return {
        same(Path(path).as_uri()): Folder(path, Settings(), path)
        for path in map(os.path.abspath, paths)
    }


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("file:///w/a/x.py", "/w/a"),
        ("file:///w/a/b/x.py", "/w/a/b"),
        ("file:///w/a/b", "/w/a"),
        ("file:///w/ab/x.py", None),
        ("file:///w/x.py", None),
        ("file:///w/a/%62/x.py", "/w/a/b"),
        ("file:///w/a/../x.py", None),
        ("untitled:/w/a/x.py", None),
        ("", None),
    ],
)
def test_the_longest_path_wins(uri: str, expected: str | None) -> None:
    found = folder_of(folders("/w/a", "/w/a/b", "/w/c"), uri)
    assert (found.path if found else None) == expected


def test_names_with_dots_at_the_beginning_are_inside() -> None:
    folder = Folder("/w/a", Settings(), "/w/a")
    assert folder.relative("/w/a/..x/y.py") == "..x/y.py"
    assert folder.relative("/w/a") is None
    assert folder.relative("/w/x.py") is None
    assert folder.uri_of("..x/y z.py") == "file:///w/a/..x/y%20z.py"


async def test_lanes_for_tasks_are_given_up_when_they_rest(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path), Settings(), str(tmp_path))
    now = asyncio.get_running_loop().time()
    release = threading.Event()
    busy = folder.run_lane()
    task = asyncio.ensure_future(busy.run(lambda engine, token: release.wait(60)))
    await asyncio.sleep(0)
    other = folder.run_lane()
    assert other is not busy
    await other.run(lambda engine, token: None)
    folder.tidy(now)
    assert folder.runs == [busy, other]
    folder.tidy(now + 1_000)
    assert folder.runs == [busy]
    release.set()
    await task
    folder.close()


# What other programs change


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/app.py", True), ("README", True), (".github/x.yml", True), (".gitignore", True),
        (".git/HEAD", True), (".git/index", True), (".git/index.lock", False),
        (".git/objects/ab/cd", False), (".git/logs/HEAD", False), ("web/node_modules/x.js", False),
        ("src/__pycache__/app.pyc", False), (".venv/lib/x.py", False),
    ],
)  # fmt: skip
def test_what_can_change_an_answer(path: str, expected: bool) -> None:
    assert matters(path) == expected


async def test_a_client_that_watches_is_asked_to(tmp_path: Path, client: str) -> None:
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY})
    async with Editor(place, client) as editor:
        await editor.ready()
        await editor.request("codeassist/status")
        methods = [each.method for each in editor.registered]
        assert (
            methods.count("workspace/didChangeWatchedFiles") == {"vscode": 1, "neovim": 0}[client]
        )
        for each in editor.registered:
            if each.method == "workspace/didChangeWatchedFiles":
                assert each.register_options == {"watchers": [{"globPattern": "**/*"}]}


async def test_what_another_program_writes_is_seen_without_the_client(tmp_path: Path) -> None:
    """Neovim does not watch on Linux: the server does."""
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    place.git("switch", "-q", "-c", "work")
    place.commit({"lib.py": LIBRARY_WITHOUT})
    place.git("switch", "-q", "main")
    async with FindingsEditor(place, "neovim") as editor:
        await editor.ready()
        editor.open("app.py")
        await editor.codes("app.py")
        async with written(place.root / "lib.py", LIBRARY_WITHOUT):
            await editor.codes("app.py", "CA103")
        place.git("checkout", "-q", "lib.py")
        await editor.codes("app.py")

        added = tmp_path / "added"
        added.mkdir()
        for file, text in project("a").items():
            (added / file).write_text(text, "utf-8")
        change(editor, added=[added])
        await until_seen(editor, added, "a")
        async with written(added / "lib.py", LIB.format(name="a").replace("a's", "b's")):
            await until_seen(editor, added, "b")


@asynccontextmanager
async def written(path: Path, text: str) -> AsyncIterator[None]:
    """A file that another program writes again and again: watching begins in its own time."""

    async def write() -> None:
        while True:
            path.write_text(text, "utf-8")
            await asyncio.sleep(0.5)

    writing = asyncio.create_task(write())
    yield
    writing.cancel()
