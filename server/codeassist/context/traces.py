"""Finds stack traces in a text: Python, Node, Go, Java, Rust and C#; Ruby and PHP too.

A log may hold several, each line with a prefix and colours. Gives frames as they are written, the
innermost first; what they mean in a repository is the matter of `frames`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_LINE = 4_000  # characters; no frame is longer, and no pattern may be slow on what is
MAX_FRAMES = 5_000  # of a text; a recursion that ran away repeats itself long before
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")
# A quarter of the characters of a path may be blanks: "C:\Program Files\…".
_PATH = r"(?:[A-Za-z]:)?[^:\"'()<>|\n]*?[^:\"'()<>|\s]"
_EXTENSION = (
    r"\.(?:pyi?|[cm]?[jt]sx?|go|java|kts?|scala|rs|cs|rb|php|cc?|cpp|cxx|hh?|hpp|swift|lua|sh|bash)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A call in a trace. `line` is 1-based, 0 where none is written.

    `function` is the name as written, "" where none is; `package` is where a Java file belongs,
    whose trace has only its name ("com/example").
    """

    path: str
    line: int
    function: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace, the innermost frame first. `is_cause` marks what another one was caused by."""

    language: str
    frames: tuple[Frame, ...]
    is_cause: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """How one language writes frames. `frame` has groups path, line, and perhaps function.

    `outermost_first` is Python's order. `cause_follows` marks a line after which the cause of what
    stands before comes (Java); `cause_precedes` one after which comes what it caused (Python).
    """

    language: str
    frame: re.Pattern[str]
    outermost_first: bool = False
    begins: re.Pattern[str] | None = None
    cause_follows: re.Pattern[str] | None = None
    cause_precedes: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class _Pairs:
    """How a language writes frames on two lines. A trace may leave out at most `gap` lines."""

    language: str
    call: re.Pattern[str]
    place: re.Pattern[str]
    begins: re.Pattern[str]
    gap: int


_PYTHON_CHAIN = re.compile(
    r"The above exception was the direct cause|During handling of the above exception"
)
_STYLES = (
    _Style(
        "python",
        re.compile(
            rf'File "(?P<path>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<function>\S.*?))?\s*$'
            # IPython's and pytest's short forms
            rf"|File (?P<path2>{_PATH}\.pyx?):(?P<line2>\d+)(?:, in (?P<function2>[\w.<>]+).*)?$"
            rf"|^(?P<path3>{_PATH}\.py):(?P<line3>\d+): "
            r"(?:in (?P<function3>[\w.<>]+)"
            r"|(?:[\w.]+(?:Error|Exception|Warning|Failed|Exit)\b.*)?)\s*$"
        ),
        outermost_first=True,
        begins=re.compile(r"Traceback \(most recent call last\)"),
        cause_precedes=_PYTHON_CHAIN,
    ),
    _Style(
        "csharp",
        re.compile(
            r"^\s*at (?P<function>[^()\n]+?)\s?\([^()\n]*(?:\([^()]*\)[^()\n]*)*\)"
            r" in (?P<path>.+?):line (?P<line>\d+)\s*$"
        ),
        cause_precedes=re.compile(r"--- End of inner exception stack trace ---"),
    ),
    _Style(
        "java",
        re.compile(
            r"\bat (?:[\w.@-]+/){0,2}(?P<function>[\w.$<>/-]+\.[\w$<>-]+)"
            r"\((?P<path>[\w$-]+\.(?:java|kts?|scala|groovy|clj)):(?P<line>\d+)\)"
        ),
        cause_follows=re.compile(r"(?:Caused by|Suppressed): "),
    ),
    _Style(
        "javascript",
        re.compile(
            r"\bat (?!\S+\.rs:)(?:async )?(?:(?P<function>(?:new )?[^\s()]+(?: [^\s()]+)?)"
            r"(?: \[as [^\]]*\])? \()?"
            r"(?P<path>[^()'\"\n]*?[./\\][^()'\"\n]*?):(?P<line>\d+):\d+\)?\s*$"
            r"|^\s*(?P<function2>[\w$.<>/]*)@(?P<path2>(?:https?|file|webpack):/\S+?)"
            r":(?P<line2>\d+):\d+\s*$"
        ),
        cause_follows=re.compile(r"\[cause\]:"),
    ),
    _Style(
        "php",
        re.compile(
            r"#\d+ (?P<path>[^\n()]+?\.php)\((?P<line>\d+)\): "
            r"(?P<function>[\w\\{}]+(?:(?:->|::)[\w{}]+)?)\("
        ),
    ),
    _Style(
        "ruby",
        re.compile(
            r"(?:from )?(?P<path>[^\s:]+\.(?:rb|rake|erb)):(?P<line>\d+):"
            r"in [`'](?P<function>[^'\n]+)'"
        ),
    ),
)
# Go and Rust write a frame on two lines: the function, then its place.
_GO = _Pairs(
    "go",
    re.compile(r"(?:^|\s)(?P<function>[^\s]+?)(?:\([^()]*\))?(?: in goroutine \d+)?\s*$"),
    re.compile(
        r"(?:^|\s)(?P<path>(?:[A-Za-z]:)?[^\s:][^:\n]*\.(?:go|s)):(?P<line>\d+)"
        r"(?: \+0x[0-9a-f]+)?\s*$"
    ),
    re.compile(r"goroutine \d+ \["),
    gap=3,
)
_RUST = _Pairs(
    "rust",
    re.compile(r"(?:^|\s)\d+:\s+(?:0x[0-9a-f]+ - )?(?P<function>\S.*?)\s*$"),
    re.compile(r"(?:^|\s)at (?P<path>(?:[A-Za-z]:)?[^\s:][^:\n]*\.rs):(?P<line>\d+)(?::\d+)?\s*$"),
    re.compile(r"stack backtrace:"),
    gap=200,
)
_RUST_PANIC = re.compile(
    r"panicked at (?:'[^\n]*', )?"
    r"(?P<path>(?:[A-Za-z]:)?[^\s:'][^:'\n]*\.rs):(?P<line>\d+)(?::\d+)?"
)
BACKTRACE_WITHIN = 8  # lines after a panic; a message may have several
_PLAIN = re.compile(
    rf"(?<![\w./\\-])(?P<path>(?:[A-Za-z]:)?[\w./\\@+~-]*[\w-]{_EXTENSION})"
    r"(?::|\(|, line |#L)(?P<line>\d+)"
)


def parse(text: str) -> tuple[Trace, ...]:
    """All traces of a text, in its order.

    Where there is none, the places that it names ("src/app.py:12") are one trace of no language.
    """
    lines = [line[:MAX_LINE] for line in _ANSI.sub("", text).replace("\r", "").split("\n")]
    traces: list[tuple[int, Trace]] = []
    for style in _STYLES:
        traces += _styled(lines, style)
    traces += _paired(lines, _GO)
    traces += _rust(lines)
    if not traces:
        places = tuple(_places(lines))
        return (Trace("", places),) if places else ()
    return tuple(trace for _, trace in sorted(traces, key=lambda each: each[0]))


def _styled(lines: list[str], style: _Style) -> Iterator[tuple[int, Trace]]:
    """The traces of one style with the numbers of their first lines."""
    frames: list[Frame] = []
    start, is_cause, total = 0, False, 0
    for number, line in enumerate(lines):
        follows = style.cause_follows is not None and style.cause_follows.search(line)
        precedes = style.cause_precedes is not None and style.cause_precedes.search(line)
        begins = style.begins is not None and style.begins.search(line)
        if frames and (follows or precedes or begins):
            yield start, _trace(style, frames, is_cause or bool(precedes))
            frames, is_cause = [], False
        is_cause = is_cause or bool(follows)
        match = style.frame.search(line)
        if match is not None and total < MAX_FRAMES:
            start = start if frames else number
            frames.append(_frame(match, style.language))
            total += 1
        elif frames and style.begins is None and _is_over(line):
            yield start, _trace(style, frames, is_cause)
            frames, is_cause = [], False
    if frames:
        yield start, _trace(style, frames, is_cause)


def _trace(style: _Style, frames: list[Frame], is_cause: bool) -> Trace:
    ordered = reversed(frames) if style.outermost_first else frames
    return Trace(style.language, tuple(ordered), is_cause)


def _is_over(line: str) -> bool:
    """Whether a line that is no frame ends a trace: frames without a place and "… more" do not."""
    text = line.strip()
    return bool(text) and not re.search(r"\bat \S|\.\.\. \d+ more|^---|^#\d+ |^\}", text)


def _frame(match: re.Match[str], language: str) -> Frame:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    path, line, function = (
        next((groups[name + end] for end in ("", "2", "3") if name + end in groups), "")
        for name in ("path", "line", "function")
    )
    package = ""
    if language == "java":
        package = function.rpartition(".")[0].rpartition(".")[0].replace(".", "/")
    return Frame(path.strip(), int(line), function.strip(), package)


def _paired(lines: list[str], style: _Pairs) -> Iterator[tuple[int, Trace]]:
    """Traces whose frames are a line with the function and one with its place."""
    frames: list[Frame] = []
    start, last = 0, 0
    for number, line in enumerate(lines):
        over = number - last > style.gap or style.begins.search(line)
        if frames and over:
            yield start, Trace(style.language, tuple(frames))
            frames = []
        place = style.place.search(line)
        call = style.call.search(lines[number - 1]) if place and number else None
        if place is not None and call is not None and len(frames) < MAX_FRAMES:
            start, last = start if frames else number - 1, number
            frames.append(Frame(place["path"].strip(), int(place["line"]), call["function"]))
    if frames:
        yield start, Trace(style.language, tuple(frames))


def _rust(lines: list[str]) -> Iterator[tuple[int, Trace]]:
    """Rust's backtraces; where a panic has none, its place."""
    found = list(_paired(lines, _RUST))
    yield from found
    for number, line in enumerate(lines):
        panic = _RUST_PANIC.search(line)
        near = any(number < start < number + BACKTRACE_WITHIN for start, _ in found)
        if panic is not None and not near:
            yield number, Trace("rust", (Frame(panic["path"], int(panic["line"])),))


def _places(lines: list[str]) -> Iterator[Frame]:
    """Places of files with a line, in the order in which they are named, each once."""
    frames = (
        Frame(match["path"], int(match["line"]))
        for line in lines
        for match in _PLAIN.finditer(line)
    )
    yield from list(dict.fromkeys(frames))[:MAX_FRAMES]
