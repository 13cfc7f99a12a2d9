"""What is found out alike for all styles from samples: mood, full stops, types, one-line forms."""

import re
from collections import Counter
from dataclasses import replace
from functools import partial

from codeassist.checks.docstyles import documented
from codeassist.tasks.docs.layout import Layout, Mood, Types
from codeassist.tasks.docs.samples import Sample
from codeassist.tasks.docs.verbs import base_of, verbs

TYPED = {
    "google": re.compile(r"^\s*\*{0,2}\w+\s*\(.+\)\s*:", re.MULTILINE),
    "numpy": re.compile(r"^\s*\*{0,2}\w+ : \S", re.MULTILINE),
    "sphinx": re.compile(r":type\b|:param\s+\S+\s+\w+:"),
    "jsdoc": re.compile(r"@(?:param|returns?)\s+\{"),
    "yard": re.compile(r"@param\s+(?:\w+\s+)?\["),
}
_FIRST_WORD = re.compile(r"^\W*([A-Za-z]+)")
_MARKS = re.compile(r"^[ \t]*(?:r?[\"']{3}|/\*[*!]+|\*/|\*|//[/!]?|#|--+)?[ \t]?")


def common(layout: Layout, near: list[Sample]) -> Layout:
    """What is found out alike for all styles: mood, full stops, types, marks of code."""
    firsts = [first for s in near if (first := _summary(s))]
    stops = [first.endswith((".", "!", "?", "。")) for first in firsts]
    typed = TYPED.get(layout.style)
    layout = replace(
        layout,
        mood=_mood([s for s in near if s.kind in ("function", "method")], layout.mood),
        full_stop=mostly(stops, layout.full_stop),
        one_line=mostly(_one_lines(near), layout.one_line),
    )
    if typed:
        layout = replace(layout, types=_types(layout, near, typed))
    return layout


def _types(layout: Layout, near: list[Sample], typed: re.Pattern[str]) -> Types:
    """Whether entries repeat types that the signature has, or have any at all."""
    declared: list[bool] = []
    free: list[bool] = []
    for sample in near:
        if not documented_entries(layout.style, sample.text):
            continue
        annotated = any(p.type for p in sample.parameters)
        (declared if annotated else free).append(bool(typed.search(sample.text)))
    if declared and sum(declared) * 2 >= len(declared):
        return Types.ALWAYS
    if declared:
        return Types.NEVER if free and not any(free) else Types.UNDECLARED
    if free and sum(free) * 2 < len(free):
        return Types.NEVER
    return Types.ALWAYS if free and layout.style == "numpy" else layout.types


def documented_entries(style: str, text: str) -> int:
    """How many parameters a text documents in a style."""
    language = {"jsdoc": "javascript", "yard": "ruby"}.get(style, "python")
    return len(documented(language, text, style).parameters)


def text_lines(text: str) -> list[str]:
    """The lines of documentation without the marks around them."""
    lines = [_MARKS.sub("", line, count=1).rstrip() for line in text.split("\n")]
    if lines:
        lines[-1] = re.sub(r"\s*(?:\*/|[\"']{3})$", "", lines[-1])
    return lines


def _mood(samples: list[Sample], default: Mood) -> Mood:
    counts: Counter[Mood] = Counter()
    for sample in samples:
        match = _FIRST_WORD.match(_summary(sample))
        word = match[1].lower() if match else ""
        if word == sample.name.lower() and match:  # Go's comments begin with the name
            continue
        if base_of(word):
            counts["third"] += 1
        elif word in verbs():
            counts["imperative"] += 1
    ranked = counts.most_common(1)
    return ranked[0][0] if ranked and len(set(counts.values())) in (1, 2) and (
        counts["third"] != counts["imperative"]) else default  # fmt: skip


def _summary(sample: Sample) -> str:
    """The first paragraph of a sample."""
    kept: list[str] = []
    for line in text_lines(sample.text):
        text = re.sub(r"</?summary>|^[@\\]brief\s+", "", line).strip()
        if not text and kept:
            break
        if text and re.match(r"[@\\:]\w", text):
            break
        if text:
            kept.append(text)
    return " ".join(kept)


def _one_lines(near: list[Sample]) -> list[bool]:
    """For each sample that is a lone summary: whether it stands on one line."""
    return [
        "\n" not in s.text
        for s in near
        if s.text.startswith(("/*", '"', "'", "r"))
        and len([line for line in text_lines(s.text) if line]) == 1
    ]


def mostly(votes: list[bool], default: bool) -> bool:
    """What most say; the default where nobody does or both are equal."""
    if not votes or sum(votes) * 2 == len(votes):
        return default
    return sum(votes) * 2 > len(votes)


def favourite(text: str, words: tuple[str, ...], default: str) -> str:
    """The word that stands most often in a text."""
    count = partial(_whole, text)
    best = max(words, key=count)
    return best if count(best) else default


def _whole(text: str, word: str) -> int:
    end = r"(?!\w)" if word[-1].isalnum() else ""
    return len(re.findall(re.escape(word) + end, text))
