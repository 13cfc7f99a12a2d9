"""Notebooks: cells as one module, magics as comments, and a session with one."""

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command import Place
from editor import Editor
from lsprotocol import types

from codeassist.lsp.documents import Document
from codeassist.lsp.notebooks import Module, joined, spliced


def module(*texts: str, language: str = "python") -> Module:
    """The module of cells that are called 0, 1, …."""
    return joined(
        Document(str(number), language, 1, text.encode()) for number, text in enumerate(texts)
    )


def python_of(cell: str) -> str:
    """What a cell is in the module, without the line feed that may have been added."""
    text = module(cell).data.decode()
    assert len(text.encode()) == len(cell.encode()) + (not cell.endswith("\n"))
    return text if cell.endswith("\n") else text[:-1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\nx = 1", "#matplotlib inline\nx = 1"),
        ("  !pip install é\n", "  #pip install é\n"),
        ("?print\nprint?\nnp.mean??  \r\n", "#print\n#rint?\n#p.mean??  \r\n"),
        ("files = !ls -l\nt = %timeit f()", "files = _#s -l\nt = _#imeit f()"),
        ("%%bash\nls -l\n\necho é", "#%bash\n#s -l\n\n#cho é"),
        ("%%html\né <b>\r\n漢", "#%html\n#  <b>\r\n#  "),
        ("\n%%time\ndef f(): pass\n", "\n#%time\ndef f(): pass\n"),
        ("%%timeit -n 3\n%cd x\nf()", "#%timeit -n 3\n#cd x\nf()"),
    ],
)
def test_what_only_ipython_understands_is_a_comment(cell: str, expected: str) -> None:
    assert python_of(cell) == expected
    ast.parse(expected)


@pytest.mark.parametrize(
    "cell",
    [
        "x = (\n    'a %s'\n    % name\n)",  # as black writes it
        "assert (\n    a\n    != b\n)",
        "x = a % b",
        "y = 'files = !ls'",
        "print('is it?')\nz = 1  # what?",
        "",
        "é = 1\n",
    ],
)
def test_python_stays_as_it_is(cell: str) -> None:
    assert python_of(cell) == cell


def test_lines_of_cells() -> None:
    made = module("a = 1\nb = 2", "", "c = 3\n", "d\r\n\r\n")
    assert made.data == b"a = 1\nb = 2\n\nc = 3\nd\r\n\r\n"
    assert [made.line_in_module(str(number)) for number in range(5)] == [0, 2, 3, 4, None]
    owners = [cell.uri if (cell := made.cell_at(line)) else None for line in range(-1, 7)]
    assert owners == [None, "0", "0", "1", "2", "3", "3", None]


def test_cells_of_other_languages_are_no_part_of_it() -> None:
    assert module("# Title", language="markdown") == Module(b"", ())


@pytest.mark.parametrize(
    ("start", "removed", "added", "expected"),
    [(1, 1, [], "ac"), (0, 0, ["x"], "xabc"), (3, 0, ["x"], "abcx"), (0, 3, ["x"], "x"),
     (1, 1, ["x", "y"], "axyc"), (9, 9, ["x"], "abcx")],
)  # fmt: skip
def test_structure(start: int, removed: int, added: list[str], expected: str) -> None:
    assert "".join(spliced("abc", start, removed, added)) == expected


class Notebook:
    """A notebook in an editor, whose cells are documents with a scheme of their own."""

    def __init__(self, editor: Editor, name: str) -> None:
        self.editor = editor
        self.uri = editor.uri(name)
        self.version = 0

    def cell(self, name: str) -> str:
        return f"vscode-notebook-cell:{self.uri.removeprefix('file://')}#{name}"

    def open(self, **cells: str) -> None:
        document = types.NotebookDocument(
            self.uri, "jupyter-notebook", 0, [self._cell(name) for name in cells]
        )
        texts = [self._item(name, text) for name, text in cells.items()]
        self.editor.client.notebook_document_did_open(
            types.DidOpenNotebookDocumentParams(document, texts)
        )

    def change(self, start: int, removed: Sequence[str], **added: str) -> None:
        """Replace some cells by others."""
        self._send(
            structure=types.NotebookDocumentCellChangeStructure(
                types.NotebookCellArrayChange(start, len(removed), list(map(self._cell, added))),
                [self._item(name, text) for name, text in added.items()],
                [types.TextDocumentIdentifier(self.cell(name)) for name in removed],
            )
        )

    def write(self, name: str, text: str) -> None:
        """Replace a cell's text."""
        identifier = types.VersionedTextDocumentIdentifier(self.version + 2, self.cell(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        content = types.NotebookDocumentCellContentChanges(identifier, [change])
        self._send(text_content=[content])

    def _send(self, **cells: Any) -> None:
        self.version += 1
        self.editor.client.notebook_document_did_change(
            types.DidChangeNotebookDocumentParams(
                types.VersionedNotebookDocumentIdentifier(self.version, self.uri),
                types.NotebookDocumentChangeEvent(cells=types.NotebookDocumentCellChanges(**cells)),
            )
        )

    def _cell(self, name: str) -> types.NotebookCell:
        return types.NotebookCell(types.NotebookCellKind.Code, self.cell(name))

    def _item(self, name: str, text: str) -> types.TextDocumentItem:
        return types.TextDocumentItem(self.cell(name), "python", 1, text)


async def test_a_cell_is_packed_with_the_others(tmp_path: Path) -> None:
    place = Place(tmp_path).init().commit({"lib.py": "def kept(x):\n    return x\n"})
    async with Editor(place) as editor:
        await editor.ready()
        notebook = Notebook(editor, "work.ipynb")
        notebook.open(
            A="from lib import kept\n%time kept(1)", B="def second():\n    return kept(2)"
        )

        async def packed(name: str) -> dict[str, Any]:
            pack: dict[str, Any] = await editor.request("codeassist/pack", uri=notebook.cell(name))
            return pack

        pack = await packed("B")
        assert "return kept(2)" in pack["text"]
        assert "def kept(x)" in pack["text"], "the notebook is in the folder, with its imports"
        cells = {notebook.cell("A"), notebook.cell("B")}
        assert cells & {piece["uri"] for piece in pack["pieces"]}

        notebook.change(0, ["A"], C="def added():\n    return 3\n", D="from lib import kept\n")
        notebook.write("B", "def again(y):\n    return added() + y")
        pack = await packed("B")
        assert "def again(y)" in pack["text"]
        assert "def added()" in pack["text"]
        assert "second" not in pack["text"]
