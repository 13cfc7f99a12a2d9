"""What is told of the code beside the code: signatures that it calls, tests, findings, frames.

All of it is text from the repository, and goes into prompts between fences only.
"""

from collections.abc import Iterator, Sequence

from codeassist.base.findings import Finding
from codeassist.base.symbols import TOP
from codeassist.checks.callees import callee
from codeassist.checks.check import enclosing, header_range
from codeassist.checks.paths import is_test
from codeassist.context.frames import Resolved
from codeassist.context.source import visible
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.facts import Facts

MOST_SIGNATURES = 12
MOST_TESTS = 6
MOST_CALLERS = 6
MOST_FINDINGS = 20
MOST_FRAMES = 10
MAX_LINE = 300  # characters of a line of material


def known(view: View, areas: Sequence[Area], facts: Facts) -> str:
    """The facts about some areas, a line each, "" for none."""
    parts = (
        _part("The checks found", (_finding(each) for each in _about(areas, facts.findings))),
        _part("Frames of the stack trace, the innermost first", _frames(view, facts.frames)),
        _part("Signatures of what it calls", _signatures(view, areas)),
        _part("Calls of it elsewhere", callers(view, areas)),
        _part("Tests that mention it", _tests(view, areas)),
    )
    return "\n".join(filter(None, parts))


def _part(title: str, lines: Iterator[str]) -> str:
    texts = [visible(line)[:MAX_LINE] for line in lines]
    return "\n".join([f"{title}:", *(f"- {text}" for text in texts)]) if texts else ""


def _about(areas: Sequence[Area], findings: Sequence[Finding]) -> list[Finding]:
    """The findings in some areas, or about them."""
    found = []
    for each in findings:
        places = [each.location, *(evidence.location for evidence in each.evidence)]
        spans = [(place.path, place.span.start_line, place.span.end_line) for place in places]
        if any(area.holds(*span) for area in areas for span in spans):
            found.append(each)
    return found[:MOST_FINDINGS]


def _finding(finding: Finding) -> str:
    location = finding.location
    return f"{location.path}:{location.span.start_line + 1} {finding.code} {finding.message}"


def _frames(view: View, frames: Sequence[Resolved]) -> Iterator[str]:
    for each in frames[:MOST_FRAMES]:
        outline = view.outline(each.path)
        name = outline.qualified(each.symbol) if outline and each.symbol != TOP else ""
        yield f"{each.path} {name} ({each.reason.text})"


def _signatures(view: View, areas: Sequence[Area]) -> Iterator[str]:
    """The headers of the repository's own callables that the areas call, each once."""
    values = Values(Names(view))
    seen: set[tuple[str, int]] = set()
    for area in areas:
        detail, document = view.detail(area.path), view.document(area.path)
        if detail is None or document is None:
            continue
        start, end = document.lines.line_start(area.first), document.lines.line_end(area.last)
        for use in detail.uses:
            if use.call is None or not start <= use.start < end:
                continue
            reached = callee(values, area.path, use)
            place = (reached.definition.path, reached.definition.symbol) if reached else None
            if reached is None or place is None or place in seen:
                continue
            seen.add(place)
            yield f"{place[0]}: {_header(view, *place)}"
            if len(seen) == MOST_SIGNATURES:
                return


def _header(view: View, path: str, symbol: int) -> str:
    document = view.document(path)
    start, end = header_range(view, path, symbol)
    text = document.data[start:end].decode("utf-8", "replace") if document else ""
    return " ".join(text.split())


def callers(view: View, areas: Sequence[Area]) -> Iterator[str]:
    """Lines of other code that calls the areas' definitions by name, tests left out."""
    count = 0
    for area, name in _names(view, areas):
        for path in view.with_word(name):
            outline, document = view.outline(path), view.document(path)
            if outline is None or document is None or is_test(path):
                continue
            for call in outline.calls:
                line = document.lines.line_of(call.start)
                if call.name != name or area.holds(path, line, line):
                    continue
                yield f"{path}:{line + 1} {document.lines.line(line).strip()}"
                count += 1
                if count == MOST_CALLERS:
                    return


def _tests(view: View, areas: Sequence[Area]) -> Iterator[str]:
    """The tests that mention the areas' definitions, by name."""
    found: dict[str, None] = {}
    for _, name in _names(view, areas):
        for path in filter(is_test, view.with_word(name)):
            outline = view.outline(path)
            for call in outline.calls if outline is not None else ():
                if call.name == name:
                    test = enclosing(view, path, call.start)
                    found.setdefault(f"{path} {test}".strip())
            if len(found) >= MOST_TESTS:
                break
    yield from list(found)[:MOST_TESTS]


def _names(view: View, areas: Sequence[Area]) -> Iterator[tuple[Area, str]]:
    for area in areas:
        outline = view.outline(area.path) if area.symbol != TOP else None
        if outline is not None:
            yield area, outline.symbols[area.symbol].name
