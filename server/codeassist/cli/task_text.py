"""What a task made, as text for people: findings and hypotheses, suggestions, diffs, a document."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.findings import Coverage, Finding, Report
from codeassist.base.words import counted
from codeassist.cli.streams import Terminal, terminal

if TYPE_CHECKING:
    from codeassist.engine.requests import Outcome
    from codeassist.render import RenderOptions
    from codeassist.tasks.task import Hypothesis, Suggestion, TaskReport

FIX = "Fix: "  # how the titles of fixes begin, which stands before them here anyway


def alternatives(report: "TaskReport") -> tuple[WorkspaceEdit, ...]:
    """The edits of which one may be picked, in the order of their numbers."""
    fixes = [each.fix for each in report.hypotheses if each.fix is not None]
    return (*fixes, *(each.edit for each in report.suggestions))


def found(outcome: "Outcome", color: bool | None) -> str:
    """The facts, then the hypotheses with what speaks for them, then their fixes as diffs."""
    from codeassist.render.formats.text import findings_text

    report = outcome.report
    options = _options(terminal(sys.stdout, color))
    text = findings_text(_as_report(outcome, report.findings), options)
    choices = alternatives(report)
    labels = {each.finding: _labels(each, choices) for each in report.hypotheses}
    text += findings_text(_as_report(outcome, tuple(labels)), options, labels)
    fixes = choices[: len(choices) - len(report.suggestions)]
    return text + "".join(
        f"fix {number}: {_plain(fix.title.removeprefix(FIX))}\n{diffs([fix], color)}\n"
        for number, fix in enumerate(fixes, 1)
    )


def suggestions(outcome: "Outcome", color: bool | None) -> str:
    """Each suggestion: its number, title and size, why, and its diff."""
    report = outcome.report
    parts: list[str] = []
    first = len(alternatives(report)) - len(report.suggestions) + 1
    for number, each in enumerate(report.suggestions, first):
        parts.append(f"{_plain(_heading(number, each))}\n")
        parts.append(f"{_plain(each.explanation)}\n\n" if each.explanation else "\n")
        parts.append(diffs([each.edit], color))
        parts.append("\n")
    return "".join(parts)


def diffs(edits: Iterable[WorkspaceEdit], color: bool | None) -> str:
    """Edits as unified diffs, painted on a terminal."""
    from codeassist.render.painted_diff import painted
    from codeassist.render.unified import unified

    colour = terminal(sys.stdout, color).colour
    texts = (unified(edit) for edit in edits)
    return "".join(painted(text) if colour else text for text in texts)


def document(outcome: "Outcome") -> str:
    """The document that a task wrote, as Markdown."""
    from codeassist.render.escape import visible

    lines = outcome.report.document.splitlines()
    return "".join(f"{visible(line)}\n" for line in lines)


def _plain(text: str) -> str:
    from codeassist.render.escape import log_safe, visible

    return log_safe(visible(text))


def _heading(number: int, each: "Suggestion") -> str:
    state = "" if each.edit.is_verified else f"; not verified: {'; '.join(each.edit.problems)}"
    return f"{number}. {each.edit.title} ({counted(each.lines, 'line')}{state})"


def _labels(each: "Hypothesis", choices: tuple[WorkspaceEdit, ...]) -> Sequence[tuple[str, str]]:
    rows = [
        ("for", each.input),
        ("sure", f"{each.confidence} %"),
        ("to confirm", each.confirm),
    ]
    if each.fix is not None:
        state = "" if each.fix.is_verified else f", not verified: {'; '.join(each.fix.problems)}"
        number = choices.index(each.fix) + 1
        rows.append(("below", f"fix {number}{state}"))
    return [(name, words) for name, words in rows if words]


def _as_report(outcome: "Outcome", findings: tuple[Finding, ...]) -> Report:
    return Report("", "", outcome.root, findings, Coverage(), ())


def _options(seen: Terminal) -> "RenderOptions":
    from codeassist.render import Colour, Hyperlinks, RenderOptions

    options = RenderOptions(width=seen.width)
    if not seen.colour:
        return options
    links = Hyperlinks.ALWAYS if seen.interactive else Hyperlinks.NEVER
    return replace(options, colour=Colour.ALWAYS, hyperlinks=links)
