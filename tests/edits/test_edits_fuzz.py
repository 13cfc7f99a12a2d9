"""Random edits of random files, in every language, encoding and line ending.

Held against an oracle that works on text alone: no byte outside of the edits is lost, sets of files
are written as a whole or not at all, and what is located is where the search text was.
"""

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packing import view_of
from samples import samples
from trees import DictTree, store

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.edits.answer import Replace, resolve
from codeassist.edits.make import workspace_edit
from codeassist.edits.verify import Intent, verify
from codeassist.edits.write import write
from codeassist.index.view import View
from codeassist.render.unified import unified

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

WAYS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16-le": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "latin-1": lambda text: ("# coding: latin-1" + text).encode("latin-1"),
    "koi8-r": lambda text: ("# coding: koi8-r" + text).encode("koi8-r"),
    "shift_jis": lambda text: ("# coding: shift_jis" + text).encode("shift_jis"),
}
LETTERS = {"latin-1": "aé ü", "koi8-r": "aж я", "shift_jis": "a漢 カ"}
PLAIN = "a漢é🎉 (x_"
ENDINGS = ("\n", "\r\n", "mixed")


def attempt(make: Callable[[], WorkspaceEdit]) -> tuple[WorkspaceEdit | None, str]:
    """What is made, or why it is refused."""
    try:
        return make(), ""
    except EditError as error:
        return None, error.message


def bare_view(files: Mapping[str, bytes]) -> View:
    """A view of files of which none is indexed."""
    return View(DictTree("test", files), store(), {}, ())


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A text that an encoding can hold, with its lines ended in some way, and the encoding."""
    way = draw(st.sampled_from(sorted(WAYS)))
    letters = st.sampled_from(LETTERS.get(way, PLAIN))
    lines = draw(st.lists(st.text(letters, max_size=6), max_size=8))
    ending = draw(st.sampled_from(ENDINGS))
    ends = [draw(st.sampled_from(["\n", "\r\n"])) if ending == "mixed" else ending for _ in lines]
    text = "".join(map("".join, zip(lines, ends, strict=True)))
    if way in LETTERS:
        text = "\n" + text  # after the line of the declaration
    return text + draw(st.text(letters, max_size=3)), way


@st.composite
def pieces(draw: st.DrawFn, text: str, way: str) -> list[tuple[int, int, str]]:
    """Some ranges of a text that do not overlap, and what comes there. No line end is divided."""
    places = sorted(
        at for at in range(len(text) + 1) if not (at and text[at - 1 : at + 1] == "\r\n")
    )
    if way in LETTERS:
        places = places[1:]  # the declaration stays
    chosen = sorted(draw(st.lists(st.sampled_from(places), min_size=2, max_size=6)))
    chosen = chosen[: len(chosen) // 2 * 2]
    letters = st.sampled_from(LETTERS.get(way, PLAIN) + "\n")
    pairs = zip(chosen[::2], chosen[1::2], strict=True)
    return [(start, end, draw(st.text(letters, max_size=5))) for start, end in pairs]


def ending_near(text: str, start: int) -> str:
    """The oracle for line ends: the line's, else that of the one before."""
    after = text[start:].partition("\n")
    if after[1]:
        return (
            "\r\n"
            if after[0].endswith("\r") or (text[:start].endswith("\r") and not after[0])
            else "\n"
        )
    before = text[:start].split("\n")
    if len(before) > 1:
        return "\r\n" if before[-2].endswith("\r") else "\n"
    return "\n"


@MANY
@given(st.data())
def test_bytes_outside_of_the_edits_stay(data: st.DataObject) -> None:
    text, way = data.draw(written())
    changes = data.draw(pieces(text, way))
    raw = WAYS[way](text)
    view = bare_view({"a.py": raw})
    document = view.document("a.py")
    assert document is not None
    skip = len(document.data) - len(text.encode())  # of the declaration
    expected, position = "", 0
    edits = []
    for start, end, new in changes:
        first = skip + len(text[:start].encode())
        edits.append(TextEdit(first, first + len(text[start:end].encode()), new))
        whole = document.data[:skip].decode() + text
        eol = ending_near(whole, len(whole) - len(text) + start)
        expected += text[position:start] + new.replace("\n", eol)
        position = end
    expected += text[position:]
    shuffled = data.draw(st.permutations(edits))
    edit, reason = attempt(lambda: workspace_edit(view, "T", {"a.py": shuffled}))
    if edit is None:
        # A text that happens to be valid in another encoding is refused.
        another = "another encoding" in reason or "not known" in reason
        assert another or ("changes nothing" in reason and expected == text)
        return
    # Insertions at one place change their order with the permutation.
    if len({each.start for each in edits}) == len(edits):
        assert edit.files[0].after == WAYS[way](expected)
    assert edit.files[0].before == raw


@FEW
@given(st.data())
def test_what_is_made_and_written_is_what_is_read(data: st.DataObject) -> None:
    """Sets of files: all of them or, where one is stale, none. And the way back."""
    texts = data.draw(st.lists(written(), min_size=1, max_size=3))
    files = {f"{number}.py": WAYS[way](text) for number, (text, way) in enumerate(texts)}
    edits = {path: [TextEdit(0, 0, "x\n")] for path in files if not files[path].startswith(b"#")}
    created = {"new/file.py": data.draw(st.text(PLAIN + "\n", max_size=5))}
    try:
        edit = workspace_edit(bare_view(files), "T", edits, created)
    except EditError:
        return  # an encoding that cannot be told from another
    stale = data.draw(st.sampled_from([None, *edits]))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, raw in files.items():
            (root / path).write_bytes(raw + b"more" if path == stale else raw)
        before = everything(root)
        if stale is not None:
            try:
                write(root, [edit])
            except StaleError:
                assert everything(root) == before
                return
            raise AssertionError("it was written over another's change")
        undo = write(root, [edit])
        after = {file.path: file.after for file in edit.files}
        assert everything(root) == before | after
        undo.undo()
        assert everything(root) == before


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@st.composite
def sampled(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A file of a language with one kind of line end, and a range of whole lines of it."""
    name = draw(st.sampled_from(sorted(samples())))
    lines = samples()[name].split("\n")
    first = draw(st.integers(0, len(lines) - 1))
    last = draw(st.integers(first, min(first + 5, len(lines) - 1)))
    return name, draw(st.sampled_from(["\n", "\r\n"])), first, last


@MANY
@given(sampled(), st.integers(0, 6), st.booleans(), st.booleans())
def test_what_is_located_is_where_the_search_text_was(
    place: tuple[str, str, int, int], shift: int, strip_ends: bool, is_crlf: bool
) -> None:
    """Lines are searched as they are, shifted, and with blanks at their ends."""
    name, eol, first, last = place
    lines = samples()[name].split("\n")
    wanted = lines[first : last + 1]
    searched = [
        (" " * shift + line if line.strip() else line) + ("" if strip_ends else "  ")
        for line in wanted
    ]
    view = bare_view({name: eol.join(lines).encode()})
    search = ("\r\n" if is_crlf else "\n").join(searched)
    marked = max((at for at, line in enumerate(wanted) if line.strip()), default=0)
    renewed = [
        line.rstrip() + "REPLACED" if at == marked else line for at, line in enumerate(searched)
    ]
    replacement = Replace(name, search, "\n".join(renewed))
    edit, reason = attempt(lambda: resolve(view, "T", [replacement]))
    if edit is None:
        # Only for what is not one place: blank, there several times, or too short.
        stripped = [line.strip() for line in lines]
        core = [line.strip() for line in wanted]
        while core and not core[0]:
            core.pop(0)
        while core and not core[-1]:
            core.pop()
        count = sum(stripped[at : at + len(core)] == core for at in range(len(lines)))
        few = sum(map(str.isalnum, "".join(core))) < 6
        assert not core or count > 1 or few or "part of a word" in reason
        return
    (file,) = edit.files
    after = file.after.decode().split(eol)
    # What is outside of the lines that were searched is as it was.
    assert after[:first] == lines[:first]
    rest = lines[last + 1 :]
    assert not rest or after[-len(rest) :] == rest
    assert any("REPLACED" in line for line in after[first : len(after) - len(rest)])


@FEW
@given(sampled(), st.text("ab(){}\n\"' ", max_size=12))
def test_verifying_never_fails_and_knows_what_parsed(
    place: tuple[str, str, int, int], text: str
) -> None:
    name, eol, first, last = place
    lines = samples()[name].split("\n")
    view = view_of({name: eol.join(lines).encode()})
    document = view.document(name)
    assert document is not None
    index = document.lines
    change = TextEdit(index.line_start(first), index.line_end(last), text)
    try:
        edit = workspace_edit(view, "T", {name: [change]})
    except EditError:
        return
    for intent in (Intent(), Intent(comments_only=True)):
        verify(view, edit, intent)


@FEW
@given(st.data())
def test_git_applies_the_diff_and_gets_the_same(data: st.DataObject) -> None:
    files: list[FileEdit] = []
    for number in range(data.draw(st.integers(1, 3))):
        text, way = data.draw(written().filter(lambda pair: "16" not in pair[1]))
        raw = WAYS[way](text)
        try:
            edit = workspace_edit(
                bare_view({"a.py": raw}),
                "T",
                {
                    "a.py": [
                        TextEdit(*each) for each in _moved(raw, text, data.draw(pieces(text, way)))
                    ]
                },
            )
        except EditError:
            continue
        made = edit.files[0]
        files.append(FileEdit(f"{number} ä.py", made.before, made.after, made.edits))
    if not files:
        return
    with tempfile.TemporaryDirectory() as name:
        for file in files:
            (Path(name) / file.path).write_bytes(file.before or b"")
        subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"],
            input=unified(WorkspaceEdit("T", tuple(files))).encode("utf-8", "surrogateescape"),
            cwd=name,
            check=True,
        )
        for file in files:
            assert (Path(name) / file.path).read_bytes() == file.after


def _moved(
    raw: bytes, text: str, changes: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Ranges of characters as ranges of bytes of the document."""
    document = bare_view({"a.py": raw}).document("a.py")
    assert document is not None
    skip = len(document.data) - len(text.encode())
    return [
        (skip + len(text[:start].encode()), skip + len(text[:end].encode()), new)
        for start, end, new in changes
    ]
