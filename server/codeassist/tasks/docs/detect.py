"""Finds out how a repository writes documentation, from what it has: see `layout`.

The nearest documentation decides: a file's own, else its folder's, else the repository's, else the
setting, else the language's convention.
"""

from collections.abc import Callable
from dataclasses import replace

from codeassist.checks.docstyles import PYTHON_STYLES
from codeassist.index.view import View
from codeassist.tasks.docs import refine
from codeassist.tasks.docs.defaults import default_layout
from codeassist.tasks.docs.indentation import indentation
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.line_length import line_length, observed_length
from codeassist.tasks.docs.python_style import FOLDER_VOTES, votes_of, winner
from codeassist.tasks.docs.samples import ENOUGH, Sample, Samples
from codeassist.tasks.docs.traits import common

_STYLE_NAMES = frozenset(PYTHON_STYLES)
_REFINERS: dict[str, Callable[[Layout, list[Sample]], Layout]] = {
    "python": refine.python,
    "c": refine.doxygen,
    "cpp": refine.doxygen,
    "csharp": refine.xml,
    "rust": refine.rust,
    "lua": refine.lua,
    "swift": refine.swift,
    "go": refine.plain,
    "bash": refine.plain,
}


def layout_for(samples: Samples, path: str, style: str, setting: str = "auto") -> Layout:
    """The layout of a file's documentation. `style` is what was asked for, "auto" for nothing."""
    view = samples.view
    language = view.language(path) or ""
    near: list[Sample] = []
    chosen = style if style in _STYLE_NAMES and language == "python" else ""
    for number, circle in enumerate(samples.circles(path)):
        near += circle
        if language == "python" and not chosen and number < 2:
            chosen = winner(votes_of(s.text for s in near), FOLDER_VOTES if number else 1)
        if len(near) >= ENOUGH and (chosen or language != "python" or number):
            break
    if language == "python":
        chosen = chosen or samples.usual_style or (setting if setting in _STYLE_NAMES else "google")
    layout = default_layout(language, chosen)
    document = view.document(path)
    unit = indentation(document.data) if document else ""
    layout = replace(
        layout, unit=unit or layout.unit, width=_width(view, path, language, near, layout)
    )
    if near:
        layout = _REFINERS.get(language, refine.of_tags)(common(layout, near), near)
    return layout


def _width(view: View, path: str, language: str, near: list[Sample], layout: Layout) -> int:
    told = line_length(view, path, language)
    return told or observed_length([(s.column, s.text) for s in near], layout.width)
