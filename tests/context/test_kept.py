"""Tests of what the context keeps in the store: it is what would be worked out again."""

from pathlib import Path

import pytest
from trees import DictTree

import codeassist.context.kept as kept_module
import codeassist.context.lexicon as lexicon_module
import codeassist.context.sheet as sheet_module
from codeassist.base.cancellation import CancellationToken
from codeassist.context.kept import kind, packed, unpacked
from codeassist.context.lexicon import Lexicon
from codeassist.context.postings import postings_of
from codeassist.context.sheet import Sheet, kept_sheet
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.store import Store
from codeassist.index.view import View

FILES = {
    "a.py": "class HTTPServer:\n    def total(self):\n        return total(total)\n",
    "b.php": "<?php $size = 1;\n",
    "empty.py": "",
    "latin.py": b"# caf\xe9\nprice = 1\n",
    "z/价格.py": "价格 = '🎉'\n",
}
TERMS = ("HTTPServer", "http", "server", "total", "size", "price", "价格", "self", "absent", "")


def view_in(store: Store, files: dict[str, str | bytes], place: str = "/place") -> View:
    """The view of some files at a place, indexed in a store."""
    tree = DictTree("test", files)
    return build(tree, store, place, IndexConfig(1), lambda *_: None, CancellationToken()).view


def facts(sheet: Sheet | None) -> object:
    assert sheet is not None
    terms = {term: tuple(sheet.terms[term]) for term in sheet.terms}
    return sheet.units, sheet.lengths, terms, dict(sheet.defines), sheet.names


def places(lexicon: Lexicon) -> dict[str, list[str]]:
    return {term: sorted(lexicon.paths[at] for at in lexicon.files(term)) for term in TERMS}


def following(view: View) -> Lexicon:
    lexicon = Lexicon()
    lexicon.follow(view)
    return lexicon


def never(*_: object) -> None:
    raise AssertionError("it is kept, so it need not be worked out again")


@pytest.mark.parametrize("path", FILES)
def test_a_kept_sheet_is_the_same(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(str(tmp_path))
    made = kept_sheet(view_in(store, FILES), path)
    store.close()
    monkeypatch.setattr(sheet_module, "sheet_of", never)
    store = Store.open(str(tmp_path))
    assert facts(kept_sheet(view_in(store, FILES), path)) == facts(made)
    store.close()


def test_a_sheet_has_the_path_that_is_asked_for(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    view = view_in(store, {"one.py": "x = 1\n", "two.py": "x = 1\n"})
    kept_sheet(view, "one.py")
    found = kept_sheet(view, "two.py")
    assert found is not None
    assert [unit.path for unit in found.units] == ["two.py"]
    store.close()


def test_a_sheet_of_a_file_that_has_changed_is_not_kept(tmp_path: Path) -> None:
    """Its outline is of the content that was indexed, its text is newer."""
    store = Store.open(str(tmp_path))
    files: dict[str, str | bytes] = {"a.py": "def one():\n    pass\n"}
    view = view_in(store, files)
    view.tree = DictTree("test", {"a.py": "# more\n\n\n\n" + str(files["a.py"])})
    kept_sheet(view, "a.py")
    assert view.kept(kind("sheet"), "a.py") is None
    store.close()


def test_edited_files_are_not_kept(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    view = view_in(store, FILES)
    edited = view.overlaid({"a.py": b"def other():\n    pass\n"})
    first, second = kept_sheet(edited, "a.py"), kept_sheet(view, "a.py")
    assert first is not None
    assert second is not None
    assert (first.names, second.names) == (("other",), ("HTTPServer", "total"))
    assert edited.kept(kind("sheet"), "a.py") is None
    store.close()


def test_a_corrupt_row_is_as_good_as_none(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path))
    view = view_in(store, FILES)
    made = kept_sheet(view, "a.py")
    for bad in (b"", b"no zlib", packed(("too", "short"))[:-3]):
        view.keep(kind("sheet"), "a.py", bad)
        assert facts(kept_sheet(view, "a.py")) == facts(made)
    store.close()


@pytest.mark.parametrize("data", [(), ("a", 1, b"x", {"k": (1, 2)}), ("\ud800",)])
def test_plain_data_comes_back(data: tuple[object, ...]) -> None:
    assert unpacked(packed(data)) == data


def test_another_version_of_the_code_has_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kind("sheet")
    monkeypatch.setattr(kept_module, "FORMAT", kept_module.FORMAT + 1)
    kept_module._fingerprint.cache_clear()
    assert kind("sheet") != before
    monkeypatch.undo()
    kept_module._fingerprint.cache_clear()
    assert kind("sheet") == before
    assert kind("lexicon") != before


@pytest.mark.parametrize("most", [0, 65_535, 65_536, 1_048_576])
def test_postings_hold_numbers_of_any_size(most: int) -> None:
    postings = postings_of({"a": (0, most), "b": ()}.items(), most)
    assert dict(postings) == {"a": (0, most), "b": ()}
    assert (postings.get("a"), postings.get("c"), postings.get("c", ())) == ((0, most), None, ())
    assert ("a" in postings, "c" in postings, len(postings)) == (True, False, 2)
    assert postings.keys() & {"a", "c"} == {"a"}


def test_a_kept_lexicon_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "FEW", 0)
    store = Store.open(str(tmp_path))
    made = following(view_in(store, FILES))
    store.close()
    monkeypatch.setattr(lexicon_module, "_new_base", never)
    store = Store.open(str(tmp_path))
    again = following(view_in(store, FILES))
    assert places(again) == places(made)
    assert (again.paths, again.lengths) == (made.paths, made.lengths)
    assert places(made)["total"] == ["a.py"]
    store.close()


CHANGES: list[dict[str, str | bytes]] = [
    {**FILES, "a.py": "price = total\n"},  # changed
    {**FILES, "b.py": "size = total\n"},  # came
    {path: text for path, text in FILES.items() if path != "a.py"},  # went
    {},
    FILES,
]


def test_what_differs_from_the_kept_lexicon_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process after the other, and in one that sees all of the states."""
    store = Store.open(str(tmp_path))
    monkeypatch.setattr(lexicon_module, "FEW", 0)
    following(view_in(store, FILES))
    monkeypatch.setattr(lexicon_module, "FEW", 4)
    seeing = Lexicon()
    for files in (FILES, *CHANGES):
        # Nothing is kept of a place without a name, and so few files make no base.
        monkeypatch.setattr(lexicon_module, "FEW", 100)
        fresh = following(view_in(store, files, place=""))
        monkeypatch.setattr(lexicon_module, "FEW", 4)
        view = view_in(store, files)
        seeing.follow(view)
        for lexicon in (following(view), seeing):
            assert places(lexicon) == places(fresh)
            assert lexicon.count == fresh.count == len(files)
            assert {p: lexicon.lengths[lexicon.number(p) or 0] for p in files} == {
                p: fresh.lengths[fresh.number(p) or 0] for p in files
            }
    store.close()


def test_a_view_with_edits_does_not_replace_the_kept_lexicon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon_module, "FEW", 0)
    store = Store.open(str(tmp_path))
    view = view_in(store, FILES)
    following(view)
    before = view.kept_here(kind("lexicon"))
    edited = following(view.overlaid({"a.py": b"absent = 1\n"}))
    assert places(edited)["absent"] == ["a.py"]
    assert before is not None
    assert view.kept_here(kind("lexicon")) == before
    store.close()


def test_two_places_have_two_lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "FEW", 0)
    store = Store.open(str(tmp_path))
    one = view_in(store, {"a.py": "one = 1\n"}, "/one")
    other = view_in(store, {"a.py": "other = 1\n"}, "/\udcff")  # a path that is not UTF-8
    assert following(one).files("one") == (0,)
    assert following(other).files("one") == ()
    assert one.kept_here(kind("lexicon")) != other.kept_here(kind("lexicon"))
    store.close()
