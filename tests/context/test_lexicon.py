"""Tests of the index of terms: what it says of a view, and that following views adds up."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import Files, view_of

from codeassist.context.lexicon import Lexicon

WORDS = ("total", "Total", "roundedTotal", "rounded_total", "HTTPServer", "价格", "x", "$size")
PATHS = ("a.py", "b.py", "src/a.py", "src/c.py", "d.go")
TERMS = (*WORDS, "rounded", "http", "server", "size", "absent")
FILES: Files = {
    "a.py": "roundedTotal = 1\n",
    "b.py": "total = Total\n",
    "c.py": "class HTTPServer:\n    pass\n",
    "d.py": "价格 = '🎉'\n",
}
State = dict[str, str]


def paths_with(lexicon: Lexicon, term: str) -> set[str]:
    return {lexicon.paths[number] for number in lexicon.files(term)}


def check(term: str, *paths: str, files: Files = FILES) -> None:
    """A term stands in these files and in no others."""
    lexicon = Lexicon()
    lexicon.follow(view_of(files))
    assert paths_with(lexicon, term) == set(paths)
    assert lexicon.known([term]) == [term] * bool(paths)


@pytest.mark.parametrize(
    ("term", "paths"),
    [
        ("roundedTotal", ["a.py"]),  # as written
        ("rounded", ["a.py"]),  # and in parts
        ("total", ["a.py", "b.py"]),
        ("Total", ["b.py"]),  # a part is known in lower case only
        ("server", ["c.py"]),
        ("http", ["c.py"]),
        ("价格", ["d.py"]),
        ("serve", []),  # not by its beginning
        ("", []),
    ],
)
def test_a_term_is_a_word_or_a_part_of_one(term: str, paths: list[str]) -> None:
    check(term, *paths)


def test_rarity_is_the_inverse_document_frequency_of_bm25() -> None:
    lexicon = Lexicon()
    lexicon.follow(view_of(FILES))
    # ln(1 + (N - n + 0.5) / (n + 0.5)), as Robertson and Zaragoza write it with 1 added.
    assert lexicon.rarity("total") == pytest.approx(log(1 + 2.5 / 2.5))
    assert lexicon.rarity("server") == pytest.approx(log(1 + 3.5 / 1.5))
    assert lexicon.rarity("absent") > lexicon.rarity("server") > lexicon.rarity("total") > 0


def test_an_empty_repository_has_no_terms() -> None:
    lexicon = Lexicon()
    lexicon.follow(view_of({}))
    assert (lexicon.count, lexicon.files("total"), lexicon.known(["total"])) == (0, (), [])
    assert lexicon.rarity("total") >= 0


def test_an_answer_is_not_kept_over_a_change_of_the_view() -> None:
    lexicon = Lexicon()
    for files, expected in (
        (FILES, {"a.py", "b.py"}),
        ({**FILES, "a.py": "x = 1\n"}, {"b.py"}),
        ({"e.py": "total()\n"}, {"e.py"}),
        (FILES, {"a.py", "b.py"}),
    ):
        lexicon.follow(view_of(files))
        assert paths_with(lexicon, "total") == expected
        assert lexicon.count == len(files)
    assert lexicon.number("e.py") is None


def states() -> st.SearchStrategy[State]:
    """Small repositories over few paths and words, so that the next one shares some of both."""
    content = st.lists(st.sampled_from(WORDS), max_size=4).map(lambda words: "\n".join(words))
    return st.dictionaries(st.sampled_from(PATHS), content, max_size=len(PATHS))


@given(st.lists(states(), min_size=2, max_size=5))
@settings(max_examples=30, deadline=None)
def test_following_views_is_as_good_as_starting_anew(row: list[State]) -> None:
    followed = Lexicon()
    for state in row:
        view = view_of(state)
        followed.follow(view)
        fresh = Lexicon()
        fresh.follow(view)
        assert followed.count == fresh.count == len(state)
        assert followed.known(TERMS) == fresh.known(TERMS)
        for term in TERMS:
            assert paths_with(followed, term) == paths_with(fresh, term), term
            assert followed.rarity(term) == fresh.rarity(term)
            assert list(followed.files(term)) == sorted(set(followed.files(term)))
        for path in PATHS:
            numbers = followed.number(path), fresh.number(path)
            assert [number is None for number in numbers] == [path not in state] * 2
            if numbers[0] is not None and numbers[1] is not None:
                assert followed.paths[numbers[0]] == path
                assert followed.lengths[numbers[0]] == fresh.lengths[numbers[1]]
        assert sum(followed.lengths) == sum(fresh.lengths)  # of what is gone nothing counts


def test_a_lexicon_follows_one_changed_file() -> None:
    before, after = Lexicon(), Lexicon()
    changed = {**FILES, "b.py": "server = 1\n"}
    before.follow(view_of(FILES))
    before.follow(view_of(changed))
    after.follow(view_of(changed))
    for term in (*TERMS, "class", "pass"):
        assert paths_with(before, term) == paths_with(after, term)
