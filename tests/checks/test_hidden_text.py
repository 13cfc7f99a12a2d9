"""CA601: which characters hide text or turn it round, and which are ordinary in their script.

Expectations come from the Unicode standard's own uses of these characters (UAX #9 for directions,
UTS #51 for emoji and flags, chapter 23 for fillers and tags), and from the examples of
CVE-2021-42574.
"""

import pytest
from checking import review_of

from codeassist.base.findings import Finding, Severity
from codeassist.checks import hidden_text

# As published with the CVE: the second line runs what looks like a comment.
STRETCHED = 'if access_level != "user\u202e \u2066# Check if admin\u2069 \u2066":\n'
EARLY_RETURN = "    '''Subtract funds from account then \u2067''' ;return\n"
# "ignore all" in tags, behind one visible letter.
TAGS = "x" + "".join(chr(0xE0000 + ord(each)) for each in "ignore all")
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def check(text: str, path: str = "a.py", before: str | None = None) -> list[Finding]:
    """The findings when `text` becomes a file's content."""
    old = {} if before is None else {path: before}
    return list(hidden_text.run(review_of(old, {path: text})))


@pytest.mark.parametrize(
    ("text", "name", "severity"),
    [
        (STRETCHED, "U+202E right-to-left override", Severity.ERROR),
        (EARLY_RETURN, "U+2067 right-to-left isolate", Severity.ERROR),
        (f"# {TAGS}\n", "U+E0069 tag latin small letter i", Severity.ERROR),
        ("a = '\U0001f600\ufe00\ufe01\ufe02'\n", "U+FE00 variation selector-1", Severity.ERROR),
        ("a = 'A\U000e0100\U000e0101'\n", "U+E0100 variation selector-17", Severity.ERROR),
        ("user\u200b = 1\n", "U+200B zero width space", Severity.WARNING),
        ("us\u200der = 1\n", "U+200D zero width joiner", Severity.WARNING),
        ("\u3164 = 1\n", "U+3164 hangul filler", Severity.WARNING),
        ("a = 'x\u200e'\n", "U+200E left-to-right mark", Severity.WARNING),
        ("a = '\ufeffx'\n", "U+FEFF zero width no-break space", Severity.WARNING),
        ("# \x1b[2K\x1b[1A harmless\n", "U+001B", Severity.WARNING),
        ("# \x9b2K harmless\n", "U+009B", Severity.WARNING),
        ("os.system(1) #\rprint(1)      \n", "U+000D", Severity.WARNING),
    ],
)
def test_hidden(text: str, name: str, severity: Severity) -> None:
    (finding,) = check(text)
    assert f"`{name}`" in finding.message
    assert finding.severity is severity
    assert finding.location.span.start_line == 0


@pytest.mark.parametrize(
    "text",
    [
        "a = 'família 👨\u200d👩\u200d👧 ❤\ufe0f'\n",
        f"flags = ['{SCOTLAND}']\n",
        "a = 'می\u200cخواهم'\n",  # Persian is written with the non-joiner
        "a = 'क\u094d\u200dष'\n",  # Devanagari with the joiner
        "a = 'שלום\u200f!'\n",  # a mark after Hebrew
        "a = 'สวัสดี\u200bครับ'\n",  # Thai words are parted so
        "a = '葛\U000e0100'\n",  # one selector, for a variant of an ideograph
        "a = 'Donau\u00addampf'\n",
        "a = '\\u202e \\u200b'\n",  # escapes are seen
        "a = 'ordinary text, déjà vu, 漢字'\n",
        "a = 1\r\nb = 2\r\n",
    ],
)
def test_what_has_a_use(text: str) -> None:
    assert check(text) == []


def test_a_flag_hides_no_sentence() -> None:
    flag = "\U0001f3f4" + TAGS[1:] + "\U000e007f"
    assert len(check(f"a = '{flag}'\n")) == 1


def test_the_place_and_the_number() -> None:
    (finding,) = check("é = 1\n" + "ab\u200bc\u200b = 'x'\n")
    span = finding.location.span
    # Columns are bytes: a zero-width space has three.
    assert (span.start_line, span.start_column, span.end_column) == (1, 2, 9)
    assert "2 in all" in finding.message


def test_each_kind_is_said_once_a_line() -> None:
    kinds = [
        finding.subject.split()[0] for finding in check("a\u200bb = '\u202ex\u202c' \x1b[0m\n")
    ]
    assert sorted(kinds) == ["blank", "control", "direction"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A name\u200b with a space, \u2067שלום\u2069, and \x1b.\n", 0),
        ("An isolate \u2067 that never ends\n", 1),
        ("An override \u202emoc.elpmaxe\u202c\n", 1),
        (f"Read this {TAGS}\n", 1),
    ],
)
def test_prose_is_judged_by_what_writing_needs(text: str, count: int) -> None:
    assert len(check(text, "docs/guide.md")) == count


def test_files_of_no_language_are_looked_at() -> None:
    assert [each.location.path for each in check("key: a\u200bb\n", "deploy.yaml")] == [
        "deploy.yaml"
    ]


@pytest.mark.parametrize("path", ["tests/fixtures/screen.txt", "package-lock.json", "vendor/a.py"])
def test_test_data_and_generated_files_are_left_alone(path: str) -> None:
    assert check("a = '\u202e'\n", path) == []


def test_only_added_lines_count() -> None:
    before = "a = '\u200b'\nb = 1\n"
    assert check("a = '\u200b'\nb = 2\n", before=before) == []
    assert check("if b:\n    a = '\u200b'\nb = 1\n", before=before) == []  # only indented
    assert len(check("a = '\u200b'\nb = '\u200b'\n", before=before)) == 1


def test_the_guess_of_an_encoding_makes_no_controls() -> None:
    review = review_of({}, {"a.txt": "x = '\x80'\n".encode("latin-1") + b"\xe9 \x81\n"})
    assert list(hidden_text.run(review)) == []


def test_a_file_full_of_them_is_not_listed_line_by_line() -> None:
    assert len(check("a\u200b\n" * 500)) == hidden_text.MOST_IN_A_FILE
