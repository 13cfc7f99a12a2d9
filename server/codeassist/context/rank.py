"""Ranks the units of a repository for a focus: a weighted sum of signals, with reasons.

The score is exp(sum): with weights fitted by maximum likelihood it is proportional to the chance
that a change of the focus changes the unit too, so scores may be added up and divided by tokens.
Deterministic: ties go by the order of the candidates. Knows views and history, but no budgets.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, log

from codeassist.base.cancellation import CancellationToken
from codeassist.context.gather import LEAST_CANDIDATES, Marks, Scene
from codeassist.context.pieces import Focus, History, Ranked, Ranking, Reason
from codeassist.context.signals import Signal, signals
from codeassist.context.weights import DEFAULT, SPREAD, Weight, Weights
from codeassist.context.words import words_of
from codeassist.index.view import View

UNITS_A_FILE = 10  # as many of the ranking are kept for each file that was looked at
REASONS = 3  # shown for a unit
LEAST_SHARE = 0.05  # a reason with less of the score is none
FOCUS = "focus"  # the signal's name in the reason of the focus's own units


@dataclass(frozen=True, slots=True)
class _Voice:
    """A signal with its weight and what it said; `files` is empty where they weigh nothing."""

    name: str
    signal: Signal
    weight: Weight
    marks: Marks
    files: list[float]

    def of(self, unit: int, file: int) -> float:
        """Its part of a unit's sum."""
        part = self.weight.file * self.files[file] if self.files else 0.0
        return part + self.weight.unit * self.marks.units[unit] if self.marks.units else part


def rank(
    view: View,
    focus: Focus,
    history: History,
    token: CancellationToken,
    weights: Weights = DEFAULT,
    breadth: int = LEAST_CANDIDATES,
) -> Ranking:
    """The best units, best first; the focus's own units before all others.

    `breadth` is how many files are looked at (see `breadth_for`); there are ten units for each.
    Without a file in focus its text alone is looked for. Raises Cancelled.
    """
    scene = Scene(view, focus, history, token, breadth)
    voices = list(_voices(scene, weights, token))
    sums = _spread(scene, _sums(scene, voices))
    # Sorting is stable, and the candidates have an order, so that ties are no matter of chance.
    order = sorted(range(len(sums)), key=sums.__getitem__, reverse=True)
    order = [unit for unit in order[: UNITS_A_FILE * breadth] if unit not in scene.own]
    best = sums[order[0]] if order else 0.0
    own = (Reason(FOCUS, 1.0, "is in focus"),)
    ranked = [Ranked(scene.units[unit], 1.0, own) for unit in sorted(scene.own)]
    for unit in order:
        score = exp(sums[unit] - best)
        ranked.append(Ranked(scene.units[unit], score, _Reasons(scene, voices, unit)))
    return Ranking(tuple(ranked), words_of(scene))


def _voices(scene: Scene, weights: Mapping[str, Weight], token: CancellationToken) -> list[_Voice]:
    found: list[_Voice] = []
    for name, signal in signals():
        token.check()
        weight = weights.get(name)
        if weight is None:
            continue
        marks = signal.marks(scene)
        files = marks.files
        if weight.file and not files:
            files = _best_of_files(scene, marks.units)
        found.append(_Voice(name, signal, weight, marks, files))
    return found


def _best_of_files(scene: Scene, units: list[float]) -> list[float]:
    """For each file the best of its units."""
    best = [0.0] * len(scene.paths)
    for file, value in zip(scene.file_of, units, strict=True):
        if value > best[file]:
            best[file] = value
    return best


def _sums(scene: Scene, voices: list[_Voice]) -> list[float]:
    """The weighted sum of every unit."""
    by_file = [
        sum(voice.weight.file * voice.files[file] for voice in voices if voice.files)
        for file in range(len(scene.paths))
    ]
    sums = [by_file[file] for file in scene.file_of]
    for voice in voices:
        weight = voice.weight.unit
        if weight and voice.marks.units:
            sums = [
                sum_ + weight * mark for sum_, mark in zip(sums, voice.marks.units, strict=True)
            ]
    return sums


def _spread(scene: Scene, sums: list[float]) -> list[float]:
    """The sums less a part of what their file has in all: so that more files are seen."""
    best = max(sums, default=0.0)
    mass = [0.0] * len(scene.paths)
    for unit, (file, each) in enumerate(zip(scene.file_of, sums, strict=True)):
        if unit not in scene.own:
            mass[file] += exp(each - best)
    lost = [SPREAD * log(each) if each > 0 else 0.0 for each in mass]
    return [each - lost[file] for file, each in zip(scene.file_of, sums, strict=True)]


@dataclass(frozen=True, slots=True)
class _Reasons:
    """What speaks for a unit, the strongest first; worked out when it is asked for."""

    scene: Scene
    voices: list[_Voice]
    unit: int

    def __iter__(self) -> Iterator[Reason]:
        return iter(_reasons(self.scene, self.voices, self.unit))


def _reasons(scene: Scene, voices: list[_Voice], unit: int) -> tuple[Reason, ...]:
    file = scene.file_of[unit]
    parts = [(voice.of(unit, file), voice) for voice in voices if voice.signal.WORDS]
    positive = sorted((part for part in parts if part[0] > 0), key=lambda part: -part[0])
    total = sum(part for part, _ in positive)
    return tuple(
        Reason(voice.name, part / total, _words(voice, unit))
        for part, voice in positive[:REASONS]
        if part >= LEAST_SHARE * total
    )


def _words(voice: _Voice, unit: int) -> str:
    notes = voice.marks.notes
    return notes.get(unit, voice.signal.WORDS) if notes else voice.signal.WORDS
