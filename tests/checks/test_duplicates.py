"""CA202: which new functions repeat an old one, and which only look alike."""

from collections.abc import Mapping

import pytest
from checking import review_of

from codeassist.checks import duplicates, shapes

OLD = {
    "python": (
        "text.py",
        """
import re


def slug(title, limit=40):
    '''Make a slug.'''
    words = re.findall(r"[a-z0-9]+", title.lower())
    joined = "-".join(word for word in words if word)
    if len(joined) > limit:
        joined = joined[:limit].rstrip("-")
    return joined or "untitled"
""",
        """
import re


def make_handle(name, size=40):
    # shorten a name
    parts = re.findall(r"[a-z0-9]+", name.lower())
    text = "-".join(part for part in parts if part)
    if len(text) > size:
        text = text[:size].rstrip("-")
    return text or "untitled"
""",
    ),
    "javascript": (
        "text.js",
        """
export function slug(title, limit) {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) || [];
  let joined = words.filter((word) => word.length > 0).join('-');
  if (joined.length > limit) {
    joined = joined.slice(0, limit).trim();
  }
  return joined || 'untitled';
}
""",
        """
export function handle(name, size) {
  // shorten a name
  const parts = name.toLowerCase().match(/[a-z0-9]+/g) || [];
  let text = parts.filter((part) => part.length > 0).join('-');
  if (text.length > size) {
    text = text.slice(0, size).trim();
  }
  return text || 'untitled';
}
""",
    ),
    "go": (
        "text/slug.go",
        """package text

import "strings"

func Slug(title string, limit int) string {
	words := strings.Fields(strings.ToLower(title))
	joined := strings.Join(words, "-")
	if len(joined) > limit {
		joined = strings.TrimRight(joined[:limit], "-")
	}
	if joined == "" {
		return "untitled"
	}
	return joined
}
""",
        """package names

import "strings"

func Handle(name string, size int) string {
	parts := strings.Fields(strings.ToLower(name))
	text := strings.Join(parts, "-")
	if len(text) > size {
		text = strings.TrimRight(text[:size], "-")
	}
	if text == "" {
		return "untitled"
	}
	return text
}
""",
    ),
    "java": (
        "src/Text.java",
        """package a;

class Text {
    static String slug(String title, int limit) {
        String joined = String.join("-", title.toLowerCase().split(" "));
        if (joined.length() > limit) {
            joined = joined.substring(0, limit).trim();
        }
        if (joined.isEmpty()) {
            return "untitled";
        }
        return joined;
    }
}
""",
        """package b;

class Names {
    static String handle(String name, int size) {
        String text = String.join("-", name.toLowerCase().split(" "));
        if (text.length() > size) {
            text = text.substring(0, size).trim();
        }
        if (text.isEmpty()) {
            return "untitled";
        }
        return text;
    }
}
""",
    ),
}
PATH, PYTHON, COPY = OLD["python"]


def check(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    """(path, name of the function that is repeated) of each finding."""
    found = duplicates.run(review_of(before, {**before, **after}))
    return [(finding.location.path, finding.subject) for finding in found]


@pytest.mark.parametrize("language", OLD)
def test_a_copy_under_other_names(language: str) -> None:
    path, old, new = OLD[language]
    copy = f"other/{path}"
    (finding,) = check({path: old}, {copy: new})
    assert finding[0] == copy
    assert finding[1].rpartition(".")[2].lower() == "slug"


def test_a_copy_in_the_same_file() -> None:
    after = PYTHON + COPY.replace("import re\n", "")
    assert check({PATH: PYTHON}, {PATH: after}) == [(PATH, "slug")]


def test_two_new_functions_are_one_finding() -> None:
    assert check({}, {"a.py": PYTHON, "b.py": COPY}) == [("b.py", "slug")]


def test_the_finding_shows_the_other_function() -> None:
    (finding,) = duplicates.run(review_of({PATH: PYTHON}, {PATH: PYTHON, "b.py": COPY}))
    assert finding.message == "`make_handle` does exactly what `slug` in text.py:5 already does"
    assert finding.evidence[0].location.path == PATH
    assert "`slug`" in finding.remedy


@pytest.mark.parametrize(
    "change",
    [
        ("untitled", "unnamed"),  # a literal
        ("40", "40, *, strict=False"),  # a signature
        ("rstrip", "lstrip"),  # a member
        (">", ">="),  # an operator
        ("text[:size]", "name[:size]"),  # which local
    ],
)
def test_a_function_that_differs(change: tuple[str, str]) -> None:
    assert change[0] in COPY
    assert check({PATH: PYTHON}, {"b.py": COPY.replace(*change)}) == []


def test_the_same_name_that_means_something_else() -> None:
    own = "def clean(x):\n    return x\n\n\n"
    old = own + PYTHON.replace("title.lower()", "clean(title.lower())")
    new = own + COPY.replace("name.lower()", "clean(name.lower())")
    assert check({PATH: old}, {"b.py": new}) == []
    shared = {"shared.py": own}
    old, new = (f"from shared import clean\n{each.replace(own, '')}" for each in (old, new))
    assert check({PATH: old, **shared}, {"b.py": new}) == [("b.py", "slug")]


@pytest.mark.parametrize(
    "path", ["tests/b.py", "test_b.py", "examples/b.py", "b_pb2.py", "vendor/b.py"]
)
def test_files_that_repeat_by_nature(path: str) -> None:
    assert check({PATH: PYTHON}, {path: COPY}) == []
    assert check({path: PYTHON}, {"b.py": COPY}) == []


def test_small_functions() -> None:
    old = "def a(x):\n    if x is None:\n        return 0\n    y = x + 1\n    return y\n"
    assert check({"a.py": old}, {"b.py": old.replace("def a", "def b")}) == []


def test_a_moved_function() -> None:
    before = {PATH: PYTHON + "\n\ndef rest():\n    return 1\n", "c.py": COPY}
    after = {PATH: "def rest():\n    return 1\n", "b.py": PYTHON}
    assert check(before, after) == []


def test_a_renamed_function() -> None:
    assert (
        check({PATH: PYTHON, "c.py": COPY}, {PATH: PYTHON.replace("def slug", "def slugs")}) == []
    )


def method(cls: str, name: str) -> str:
    return f"""
class {cls}:
    def {name}(self, rows):
        total = 0
        for row in rows:
            if row.price > self.limit:
                total += row.price * row.count
            else:
                total -= self.rebate(row.price, row.count)
        return total
"""


def test_methods_of_different_classes_that_use_their_object() -> None:
    assert check({"a.py": method("A", "add")}, {"b.py": method("B", "sum")}) == []


def test_methods_of_one_class() -> None:
    after = method("A", "add") + method("A", "sum").replace("\nclass A:", "")
    assert check({"a.py": method("A", "add")}, {"a.py": after}) == [("a.py", "A.add")]


def test_constructors() -> None:
    assert check({"a.py": method("A", "__init__")}, {"a.py": method("A", "__init__") * 2}) == []


def test_overloads_under_one_name() -> None:
    both = f"if x:\n    {PYTHON.replace(chr(10), chr(10) + '    ')}\nelse:\n"
    both += "    " + PYTHON.replace("\n", "\n    ")
    assert check({}, {"a.py": both}) == []


def test_go_files_for_different_platforms() -> None:
    _, old, _ = OLD["go"]
    assert check({"text/slug_linux.go": old}, {"text/slug_darwin.go": old}) == []


def test_a_copied_file_is_not_twenty_findings() -> None:
    many = "import re\n" + "".join(
        PYTHON.replace("import re\n", "").replace("slug", f"slug{n}").replace("40", str(n))
        for n in range(40, 50)
    )
    assert len(check({"a.py": many}, {"b.py": many})) == duplicates.MAX_FINDINGS_A_FILE


def test_only_files_that_can_match_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps it fast in a large repository: one parse a changed file, one a candidate."""
    parsed: list[bytes] = []

    def parse(language: str, data: bytes) -> object:
        parsed.append(data)
        return original(language, data)

    original = shapes.parse
    monkeypatch.setattr(shapes, "parse", parse)
    # (Other literals than in the other tests, whose shapes are kept.)
    mine, copy = (text.replace("40", "41") for text in (PYTHON, COPY))
    filler = {f"m{n}.py": mine.replace("findall", f"find{n}") for n in range(100)}
    review = review_of({**filler, PATH: mine}, {**filler, PATH: mine, "b.py": copy})
    assert len(list(duplicates.run(review))) == 1
    assert len(parsed) == 2
    # The next look at the same contents parses nothing, and finds the same.
    assert len(list(duplicates.run(review))) == 1
    assert len(parsed) == 2
