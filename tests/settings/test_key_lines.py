"""Tests of the search for a key's line."""

import pytest

from codeassist.settings.key_lines import line_of

TEXT = '''\
# review.fail_on = "no"
top = 1
text = """
[review]
fail_on = 2
"""
[tool.codeassist.review]  # comment
"fail_on" = 3
[tool.codeassist]
index.ignore = [
  "a",
]
model = { name = "x" }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("tool", "codeassist", "review", "fail_on"), 8),
        (("tool", "codeassist", "index", "ignore"), 10),
        (("tool", "codeassist", "model", "name"), 13),  # inside an inline table: the table's line
        (("tool", "codeassist", "cache", "dir"), 9),
        (("review", "fail_on"), None),
    ],
)
def test_line_of(path: tuple[str, ...], line: int | None) -> None:
    assert line_of(TEXT, path) == line
