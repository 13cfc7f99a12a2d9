"""CA201: which documentation no longer fits, in each style, and when nothing is said."""

import pytest
from checking import review_of

from codeassist.base.findings import Finding, Severity
from codeassist.checks import docs_drift


def find(path: str, before: str, after: str) -> list[Finding]:
    return list(docs_drift.run(review_of({path: before} if before else {}, {path: after})))


def check(path: str, before: str, after: str) -> list[tuple[str, str]]:
    """(the bytes that each finding marks, its remedy)."""
    return [
        (after.encode()[slice(*offsets(after, finding))].decode(), finding.remedy)
        for finding in find(path, before, after)
    ]


def offsets(text: str, finding: Finding) -> tuple[int, int]:
    """The byte range of a finding that stands on one line."""
    span = finding.location.span
    start = sum(len(line.encode()) for line in text.splitlines(keepends=True)[: span.start_line])
    return start + span.start_column, start + span.end_column


GOOGLE = '''
def fetch(uri, timeout):
    """Fetch it.

    Args:
        uri: Where it is,
            in full: with the scheme.
        timeout (float, optional): In seconds.
    """
'''
NUMPY = '''
def fetch(uri, timeout):
    """Fetch it.

    Parameters
    ----------
    uri : str
        Where it is.
    timeout : float, optional
        In seconds.

    Notes
    -----
    other : not a parameter
    """
'''
SPHINX = '''
def fetch(uri, timeout):
    """Fetch it.

    :param str uri: where it is
    :param timeout: in seconds
    :type timeout: float
    """
'''
JSDOC = """
/**
 * Fetch it.
 * @param {string} uri - where it is
 * @param {{seconds: number}} [timeout=1] - how long
 */
export function fetch(uri, timeout) {
  return 1;
}
"""
TSDOC = """
/**
 * Fetch it.
 * @param uri - where it is
 * @param timeout - how long
 */
export function fetch(uri: string, timeout: number): number {
  return 1;
}
"""
JAVADOC = """
class A {
    /**
     * Fetches it.
     *
     * @param <T> the result
     * @param uri where it is
     * @param timeout how long
     */
    <T> T fetch(String uri, long timeout) {
        return null;
    }
}
"""
KDOC = """
/**
 * Fetches it.
 * @param uri where it is
 * @param[timeout] how long
 */
fun fetch(uri: String, timeout: Long): Int {
    return 1
}
"""
PHPDOC = """<?php
/**
 * Fetch it.
 * @param string|null $uri where it is
 * @param int $timeout how long
 */
function fetch($uri, $timeout) {
    return 1;
}
"""
XMLDOC = """
class A {
    /// <summary>Fetches it.</summary>
    /// <param name="uri">Where it is.</param>
    /// <param name="timeout">How long.</param>
    int Fetch(string uri, int timeout) {
        return 1;
    }
}
"""
RUSTDOC = """
/// Fetches it.
///
/// # Arguments
///
/// * `uri` - where it is
/// * `timeout` - how long
fn fetch(uri: &str, timeout: u32) -> u32 {
    1
}
"""
DOXYGEN = """
/**
 * Fetch it.
 * @param[in] uri where it is
 * \\param timeout how long
 */
int fetch(const char *uri, int timeout) {
    return 1;
}
"""
YARD = """
# Fetch it.
# @param uri [String] where it is
# @param [Integer] timeout how long
def fetch(uri, timeout)
  1
end
"""
LDOC = """
--- Fetch it.
-- @param uri where it is
-- @param timeout how long
local function fetch(uri, timeout)
  return 1
end
"""
STYLES = {
    "google.py": GOOGLE,
    "numpy.py": NUMPY,
    "sphinx.py": SPHINX,
    "a.js": JSDOC,
    "a.ts": TSDOC,
    "a.tsx": TSDOC,
    "A.java": JAVADOC,
    "a.kt": KDOC,
    "a.php": PHPDOC,
    "A.cs": XMLDOC,
    "a.rs": RUSTDOC,
    "a.c": DOXYGEN,
    "a.cpp": DOXYGEN,
    "a.rb": YARD,
    "a.lua": LDOC,
}


def resign(text: str, name: str, new: str) -> str:
    """rename a parameter in the signature only, which in every sample is the last mention."""
    before, _, after = text.rpartition(name)
    return before + new + after


def resign_python(text: str, name: str, new: str) -> str:
    return text.replace(name, new, 1)


def signature(path: str, text: str, name: str, new: str) -> str:
    return (resign_python if path.endswith(".py") else resign)(text, name, new)


@pytest.mark.parametrize("path", STYLES)
def test_a_renamed_parameter(path: str) -> None:
    text = STYLES[path]
    assert check(path, text, signature(path, text, "uri", "url")) == [("uri", "rename it to `url`")]


@pytest.mark.parametrize("path", STYLES)
def test_documentation_that_fits(path: str) -> None:
    text = STYLES[path]
    assert check(path, "", text) == []
    after = signature(path, text, "uri", "url").replace("uri", "url")
    assert check(path, text, after) == []


@pytest.mark.parametrize("path", STYLES)
def test_what_was_wrong_before_is_not_reported_again(path: str) -> None:
    text = signature(path, STYLES[path], "uri", "url")
    assert check(path, text, text.replace("etch it", "etch it now")) == []
    assert check(path, text, signature(path, text, "timeout", "timeout")) == []


def test_a_removed_parameter() -> None:
    after = GOOGLE.replace("uri, timeout", "uri")
    assert check("a.py", GOOGLE, after) == [("timeout", "delete it from the documentation")]


def test_a_new_name_at_the_old_ones_place_need_not_be_similar() -> None:
    after = GOOGLE.replace("(uri,", "(address,")
    assert check("a.py", GOOGLE, after) == [("uri", "rename it to `address`")]


def test_a_new_function_whose_documentation_was_copied() -> None:
    assert check("a.py", "", GOOGLE.replace("fetch(uri,", "load(path,")) == [
        ("uri", "delete it from the documentation")
    ]


def test_a_new_entry_with_a_slip() -> None:
    before = GOOGLE.replace("        timeout (float, optional): In seconds.\n", "")
    after = GOOGLE.replace("        timeout (", "        timout (")
    assert check("a.py", before, after) == [("timout", "rename it to `timeout`")]


def test_a_renamed_function_keeps_what_was_wrong() -> None:
    before = GOOGLE.replace("(uri,", "(url,")
    assert check("a.py", before, before.replace("def fetch", "def load")) == []


def test_a_function_that_moves_keeps_what_was_wrong() -> None:
    text = GOOGLE.replace("(uri,", "(url,")
    review = review_of({"a.py": text + "x = 1\n"}, {"a.py": "x = 1\n", "b.py": text})
    assert list(docs_drift.run(review)) == []


def test_the_finding_shows_the_signature() -> None:
    (finding,) = find("a.py", GOOGLE, GOOGLE.replace("(uri,", "(url,"))
    expected = "the documentation of `fetch` describes `uri`, which is no parameter"
    assert finding.message == expected
    assert finding.severity is Severity.WARNING
    assert finding.evidence[0].location.span.start_line == 1


@pytest.mark.parametrize(
    "after",
    [
        GOOGLE.replace("(uri, timeout)", "(**options)"),
        GOOGLE.replace("(uri, timeout)", "(*args, timeout)").replace('"""\n', '"""', 0),
    ],
)
def test_functions_that_take_anything(after: str) -> None:
    assert check("a.py", "", after) == []


def test_a_parameter_that_becomes_a_keyword_of_the_rest() -> None:
    after = GOOGLE.replace("(uri, timeout)", "(uri, **options)")
    assert check("a.py", GOOGLE, after + "    return options['timeout']\n") == []
    assert check("a.py", GOOGLE, after) == [("timeout", "delete it from the documentation")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", GOOGLE.replace("uri: Where", "old: Deprecated. Where")),
        ("a.js", JSDOC.replace("fetch(uri, timeout)", "fetch({ address, seconds })")),
        ("a.js", JSDOC.replace("uri - where", "uri.host - where").replace("(uri,", "(place,")),
        ("a.js", JSDOC.replace("{string} uri", "{...string} uri").replace("(uri, ", "(")),
        ("a.js", JSDOC.replace("@param {string} uri", "@callback X\n * @param {string} x")),
        ("a.js", JSDOC.replace("(uri, timeout)", "(...rest)")),
        ("a.js", JSDOC.replace("/**", "/*").replace("(uri,", "(url,")),
        ("a.go", "package a\n\n// uri is where.\nfunc Fetch(url string) {}\n"),
    ],
)
def test_what_can_not_be_told(path: str, text: str) -> None:
    assert check(path, "", text) == []


CLASS = '''
class Client:
    """A client.

    Args:
        uri: Where it is.
    """

    def __init__(self, uri):
        self.uri = uri
'''


def test_a_class_documents_its_constructor() -> None:
    after = CLASS.replace("self, uri)", "self, url)").replace("= uri", "= url")
    assert check("a.py", CLASS, after) == [("uri", "rename it to `url`")]


@pytest.mark.parametrize("base", ["(Base)", ""])
def test_a_class_without_a_constructor_of_its_own(base: str) -> None:
    text = (
        '@dataclass\nclass A{}:\n    """A.\n\n    Args:\n        uri: It.\n    """\n\n    {}: str\n'
    )
    assert check("a.py", text.format(base, "uri"), text.format(base, "url")) == []


@pytest.mark.parametrize("path", ["google.py", "numpy.py", "sphinx.py", "a.js", "A.java", "a.php"])
def test_a_new_parameter_that_is_the_only_one_without_documentation(path: str) -> None:
    sigil = "$" if path == "a.php" else ""
    declared = {"A.java": "long timeout, int tries"}.get(path, f"{sigil}timeout, {sigil}tries")
    old = {"A.java": "long timeout"}.get(path, f"{sigil}timeout")
    after = signature(path, STYLES[path], old, declared)
    (finding,) = find(path, STYLES[path], after)
    assert finding.severity is Severity.INFO
    assert finding.subject == "tries"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (GOOGLE, GOOGLE.replace("timeout)", "timeout, _tries=1)")),
        (GOOGLE, GOOGLE.replace("timeout)", "timeout, *tries)")),
        (GOOGLE.replace("(uri", "(a, uri"), GOOGLE.replace("(uri", "(a, b, uri")),
        ('def f(a):\n    """F."""\n', 'def f(a, b):\n    """F."""\n'),
        ("", GOOGLE.replace("timeout)", "timeout, tries)")),
    ],
)
def test_a_new_parameter_that_need_not_be_documented(before: str, after: str) -> None:
    assert check("a.py", before, after) == []


RAISES = '''
def load(path):
    """Load it.

    Raises:
        ValueError: When it is empty.
    """
    text = read(path)
    if not text:
        raise ValueError(path)
    return text
'''


def test_an_exception_that_is_no_longer_raised() -> None:
    after = RAISES.replace("    if not text:\n        raise ValueError(path)\n", "")
    assert check("a.py", RAISES, after) == [("ValueError", "delete it from the documentation")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (RAISES, RAISES.replace("        raise ValueError(path)", "        fail(path)")),
        (RAISES, RAISES.replace("raise ValueError(path)", "raise EmptyError(path)")),
        (RAISES, RAISES.replace("raise ValueError(path)", "return ValueError(path)")),
        (RAISES.replace("raise ValueError(path)", "pass"), RAISES.replace("raise Val", "'Val")),
        (RAISES, RAISES.replace("if not text", "if text is None")),
    ],
)
def test_an_exception_that_may_still_be_raised(before: str, after: str) -> None:
    assert check("a.py", before, after) == []


@pytest.mark.parametrize(
    ("path", "text", "result"),
    [
        (
            "a.py",
            'def f(x):\n    """F.\n\n    Returns:\n        It.\n    """\n    g(x)\n    return 1\n',
            "    return 1\n",
        ),
        (
            "a.js",
            "/**\n * F.\n * @returns {number} it\n */\nfunction f(x) {\n  g(x);\n  return 1;\n}\n",
            "  return 1;\n",
        ),
    ],
)
def test_a_result_that_is_gone(path: str, text: str, result: str) -> None:
    assert [remedy for _, remedy in check(path, text, text.replace(result, ""))] == [
        "delete it from the documentation"
    ]
    assert check(path, text, text.replace(result, result.replace("1", "2"))) == []
    assert check(path, text.replace(result, ""), text.replace(result, "") + "\n") == []


@pytest.mark.parametrize(
    ("documented", "expected"), [("Fetch", ["Fetch"]), ("Gets", []), ("Load", [])]
)
def test_a_go_comment_that_begins_with_the_old_name(documented: str, expected: list[str]) -> None:
    text = "package a\n\n// {} gets it.\nfunc {}(uri string) {{\n}}\n"
    before, after = text.format(documented, "Fetch"), text.format(documented, "Load")
    assert [marked for marked, _ in check("a.go", before, after)] == expected


def test_go_names_that_only_look_stale() -> None:
    text = "package a\n\n// Fetch gets it.\nfunc Fetch(uri string) {\n}\n"
    assert check("a.go", "", text.replace("func Fetch", "func Load")) == []
    both = text + "\n// Load gets it.\nfunc Load(uri string) {\n}\n"
    assert check("a.go", text, both) == []


def test_a_chosen_style_is_the_only_one() -> None:
    before, after = GOOGLE, GOOGLE.replace("(uri,", "(url,")
    review = review_of({"a.py": before}, {"a.py": after})
    chosen = type(review)(review.diff, review.base, review.head, docstring_style="numpy")
    assert list(docs_drift.run(chosen)) == []
