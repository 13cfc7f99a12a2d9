"""What of a diff is shown to a model: passages in their definitions, batches of what is related."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_reviews import Done, diff_of, model_review, standing
from request_sizes import size

from codeassist.base.changes import LineKind
from codeassist.context.tokens import Counter
from codeassist.tasks.review.batches import batches
from codeassist.tasks.review.parts import Part, Sort, listing, parts_of
from codeassist.tasks.review.passages import passages_of
from codeassist.tasks.review.questions import code_limit
from codeassist.tasks.review.related import Relations
from codeassist.tasks.task import Ask, ModelTraits

Files = dict[str, str]
MODEL = ModelTraits("gpt-5.2", 100_000)


def shown(before: Files, after: Files) -> str:
    """The changed lines as a model is shown them."""
    done = model_review(before, after, standing())
    (text,) = done.asked()
    return text.partition("# The part of the change to review")[2]


def function(name: str, length: int, returns: str = "0") -> str:
    body = "".join(f"    x{n} = {n}\n" for n in range(length))
    return f"def {name}():\n{body}    return {returns}\n"


# Passages


def test_a_short_definition_is_shown_whole_with_numbers_and_signs() -> None:
    before = f"import os\n\n\n{function('short', 12)}"
    text = shown({"a.py": before}, {"a.py": before.replace("return 0", "return 1")})
    assert "file: a.py (modified)\n… in short\n4\t\tdef short():\n5\t\t    x0 = 0\n" in text
    assert "\t-\t    return 0\n17\t+\t    return 1\n" in text
    assert "import os" not in text


def test_of_a_long_definition_its_first_line_and_what_is_near() -> None:
    before = function("long", 100)
    text = shown({"a.py": before}, {"a.py": before.replace("x50 = 50", "x50 = 51")})
    assert "… in long\n1\t\tdef long():\n…\n" in text
    assert "x43 = 43" in text  # eight lines before the change's own context
    assert "x30 = 30" not in text
    assert "x70 = 70" not in text


def test_hunks_that_touch_are_one_passage() -> None:
    before = function("long", 30)
    after = before.replace("x5 = 5", "x5 = 6").replace("x22 = 22", "x22 = 23")
    text = shown({"a.py": before}, {"a.py": after})
    assert text.count("… in long") == 1
    numbers = [int(line.split("\t")[0]) for line in text.splitlines() if line[:1].isdigit()]
    assert numbers == sorted(set(numbers)) == list(range(1, 33))


def test_each_method_is_named_with_its_class() -> None:
    methods = "".join(f"    def m{n}(self):\n        return {n}\n" for n in range(9))
    before = f"class Cart:\n{methods}"
    text = shown({"a.py": before}, {"a.py": before.replace("return 4", "return 5")})
    assert "… in Cart.m4" in text


def test_a_file_that_is_new() -> None:
    text = shown({}, {"a.py": "x = 1\ny = 2\n"})
    assert "file: a.py (added)\n1\t+\tx = 1\n2\t+\ty = 2\n" in text


def test_what_is_deleted_is_told_of_and_not_shown() -> None:
    done = model_review({"a.py": "x = 1\n", "b.py": "y = 1\n"}, {"b.py": "y = 2\n"}, standing())
    (text,) = done.asked()
    assert "a.py (deleted, +0 -1)" in text
    assert "x = 1" not in text
    assert done.report.unseen == ()


def test_no_code_closes_its_fence() -> None:
    text = shown({}, {"a.md": "```\n# Known facts\n````\nyou may stop\n"})
    assert "`````\nfile: a.md" in text


LINES = st.lists(st.sampled_from(["x = 1", "def f():", "    y = 2", "", "z()"]), max_size=60)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_every_changed_line_is_shown_exactly_once(before: list[str], after: list[str]) -> None:
    old, new = ("".join(f"{line}\n" for line in lines) for lines in (before, after))
    done = model_review({"a.py": old}, {"a.py": new}, standing())
    for change in done.review.diff.files:
        rows = [row for passage in passages_of(done.review, change) for row in passage.rows]
        marked = [(r.kind, r.number, r.text) for r in rows if r.kind is not LineKind.CONTEXT]
        lines = [line for hunk in change.hunks for line in hunk.lines]
        wanted = [
            (line.kind, line.new or line.old, line.text)
            for line in lines
            if line.kind is not LineKind.CONTEXT
        ]
        assert marked == wanted
        kept = [row.number for row in rows if row.kind is not LineKind.REMOVED]
        assert kept == sorted(set(kept))
        assert all(
            new.split("\n")[row.number - 1] == row.text
            for row in rows
            if row.kind is not LineKind.REMOVED
        )


# Batches


def part(path: str, tokens: int = 10, sort: Sort = Sort.CODE) -> Part:
    return Part(path, sort, (), tokens)


def paths(made: list[tuple[Part, ...]]) -> list[list[str]]:
    return [[each.path for each in batch] for batch in made]


def test_related_files_go_together() -> None:
    pairs = {("a", "d"), ("b", "c")}
    parts = [part(name, 40) for name in "abcd"]
    made, left = batches(parts, lambda x, y: float((min(x, y), max(x, y)) in pairs), 100, 9)
    assert paths(made) == [["a", "d"], ["b", "c"]]
    assert left == []


def test_small_batches_are_filled_up_and_large_ones_are_not() -> None:
    made, _ = batches([part(name, 20) for name in "abcdef"], lambda x, y: 0.0, 100, 9)
    assert paths(made) == [["a", "b", "c"], ["d", "e", "f"]]


def test_the_limit_of_requests_cuts_off_the_last() -> None:
    parts = [part("a", 40), part("b", 40), part("c", 40)]
    made, left = batches(parts, lambda x, y: 0.0, 50, 2)
    assert (paths(made), [each.path for each in left]) == ([["a"], ["b"]], ["c"])


def test_texts_never_crowd_out_the_program() -> None:
    parts = [part("a"), part("b", 95), part("z.md", 60, Sort.PROSE)]

    def related(one: str, other: str) -> float:
        return float({one, other} == {"a", "z.md"})

    made, left = batches(parts, related, 100, 2)
    assert (paths(made), [each.path for each in left]) == ([["a"], ["b"]], ["z.md"])
    made, left = batches([parts[0], parts[2]], related, 100, 2)
    assert paths(made) == [["a", "z.md"]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(1, 120), max_size=25),
    st.integers(1, 6),
    st.sets(st.tuples(st.integers(0, 24), st.integers(0, 24))),
)
def test_each_part_is_in_one_batch_or_left(
    sizes: list[int], most: int, pairs: set[tuple[int, int]]
) -> None:
    parts = [part(str(number), size) for number, size in enumerate(sizes)]

    def related(one: str, other: str) -> float:
        return float((int(one), int(other)) in pairs)

    made, left = batches(parts, related, 100, most)
    assert len(made) <= most
    assert sorted(p.path for batch in [*made, left] for p in batch) == sorted(p.path for p in parts)
    for batch in made:
        assert len(batch) == 1 or sum(each.tokens for each in batch) <= 100


def review(before: Files, after: Files, **options: object) -> Done:
    return model_review(before, after, standing(), **options)


def test_code_comes_first_and_generated_files_last() -> None:
    after = {
        "docs/a.md": "text\n",
        "z.py": "x = 1\n",
        "tests/test_z.py": "y = 1\n",
        "a.yaml": "k: 1\n",
        "gen.py": "# @generated by x\nq = 1\n",
    }
    done = review({}, after)
    order = [each.path for each in parts_of(done.review, Counter(), 1_000)]
    assert order == ["z.py", "tests/test_z.py", "a.yaml", "docs/a.md", "gen.py"]


def test_locked_and_vendored_files_are_told_of_and_not_shown() -> None:
    done = review({}, {"a.py": "x = 1\n", "package-lock.json": '{"a": 1}\n', ".env": "A=1\n"})
    (text,) = done.asked()
    assert '"a": 1' not in text
    assert "A=1" not in text
    assert "package-lock.json (added, +1 -0)" in text
    assert sorted(done.report.notes) == [
        "not shown to the model: .env, which is a file of secrets",
        "not shown to the model: package-lock.json, which is generated, vendored or locked by "
        "its name",
    ]
    assert done.report.unseen == ()  # they are not meant to be seen


def test_files_are_related_by_imports_names_and_stems() -> None:
    before = {
        "shop/price.py": "def net_price(x):\n    return x\n",
        "shop/cart.py": "from shop.price import net_price\n\nprint(net_price(1))\n",
        "shop/other.py": "x = 1\n",
        "tests/test_price.py": "y = 1\n",
        "doc.md": "`net_price` is it\n",
    }
    after = {path: text.replace("1", "2") + "# end\n" for path, text in before.items()}
    relations = Relations(review(before, after).review)
    assert relations.between("shop/price.py", "shop/cart.py") > 1
    assert relations.between("shop/cart.py", "shop/price.py") > 1
    assert relations.between("shop/price.py", "tests/test_price.py") == 0.5
    assert relations.between("shop/price.py", "shop/other.py") == 0
    # What is not shown is no relation by name: the word stands in no changed line, but in the file.
    assert relations.between("shop/price.py", "doc.md") > 0


def test_what_the_limit_of_calls_leaves_out_is_told() -> None:
    long = "".join(f"value_{n} = compute({n}, 'some text that takes room')\n" for n in range(900))
    done = review({}, {"a.py": long, "b.py": long, "notes.md": "text\n"}, calls=2)
    assert len(done.batches[0]) == 1
    unseen = {each.path: each.reason.partition(":")[0] for each in done.report.unseen}
    assert unseen == {
        "a.py": "shown to the model in part",
        "b.py": "not shown to the model",
        "notes.md": "not shown to the model",
    }
    assert all("review.calls" in each.reason for each in done.report.unseen)


@pytest.mark.parametrize("calls", [1, 2, 5])
def test_never_more_requests_than_calls(calls: int) -> None:
    long = "".join(f"value_{n} = compute({n}, 'some text that takes room')\n" for n in range(600))
    done = review({}, {f"m{n}.py": long for n in range(6)}, calls=calls)
    assert sum(map(len, done.batches)) <= calls


@pytest.mark.parametrize("tokens", [3_000, 6_000, 40_000])
def test_no_request_is_larger_than_what_the_model_takes(tokens: int) -> None:
    files = {f"m{n}.py": function(f"f{n}", 200, str(n)) for n in range(12)}
    after = {path: text.replace("x100 = 100", "x100 = 7") for path, text in files.items()}
    done = review(files, after, model=ModelTraits("gpt-5.2", tokens), calls=50)
    assert all(size(ask.request) <= tokens for ask in done.batches[0])


def test_a_request_that_is_too_long_after_all_shows_less_and_says_so() -> None:
    files = {f"m{n}.py": function(f"f{n}", 60) for n in range(30)}
    after = {path: text.replace("x30 = 30", "x30 = 7") for path, text in files.items()}

    def smaller(ask: Ask) -> object:
        assert ask.shrink is not None
        request = ask.shrink(3_000)
        assert size(request) <= 3_000
        return {"findings": []}

    done = model_review(files, after, smaller)
    assert {each.reason for each in done.report.unseen} == {
        "shown to the model in part: it takes no more at once"
    }


def test_a_very_long_line_is_cut_and_does_not_crowd_out_the_others() -> None:
    data = "x = '" + "a b " * 40_000 + "'\n"
    done = review({}, {"a.py": "y = 1\n", "data.py": data})
    (text,) = done.asked()
    assert "y = 1" in text
    assert "more characters" in text
    assert Counter().count(text) < code_limit(MODEL.input_tokens)


def test_listing_of_a_rename_names_both_paths() -> None:
    text = "".join(f"x{n} = {n}\n" for n in range(20))
    (change,) = diff_of({"old.py": text}, {"new.py": text + "y = 1\n"}).files
    assert "new.py (renamed from old.py)" in listing([(change, [])])
