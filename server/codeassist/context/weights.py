"""The weights of the ranking's signals, and what each was measured to bring.

Fitted by maximum likelihood (softmax over the candidates' units, regularised) on 279 commits of 20
repositories in eleven languages, each repository counting the same: Alamofire, Polly,
client_golang, cobra, fd, fmt, gin, gson, guzzle, hiredis, httpx, jekyll, mockito, moshi, os-lib,
pylint, requests, scrapy, seaborn, typeorm. The three that bench/localise.py measures were not among
them. Weights fitted on two thirds of the 20 differ by a tenth on average.

A mark is from 0 to 1, so a weight is what it can add to the logarithm of the chance that a unit
changes with the focus. The two numbers behind each are what the loss grows by without the signal:
in cross-validation on the 20 (4.435 with all), and on the three others (4.617). Rows of one focus
tell little, so numbers below 0.005 are noise; where the two disagree the 20 decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weight:
    """What a signal is worth: for a unit's own mark, and for the best mark in its file.

    Signals that mark files have only the second.
    """

    unit: float = 0.0
    file: float = 0.0


Weights = Mapping[str, Weight]

# How much a unit loses for what its file has already: 0.3 brought 3 more of 100 edited files into
# 8k tokens and 4 more into 32k; functions and lines stayed as they were.
SPREAD = 0.3

DEFAULT: Weights = {
    "lines": Weight(unit=2.15, file=0.5),  # 0.073, 0.100
    "nearby": Weight(unit=1.25),  # 0.006, -0.003
    "rare": Weight(unit=1.45, file=0.5),  # 0.033, 0.060
    "stem": Weight(unit=0.65),  # 0.011, 0.008
    "graph": Weight(unit=1.35),  # 0.037, 0.043
    "imports": Weight(file=0.7),  # 0.023, 0.023
    "history": Weight(file=0.9),  # 0.007, 0.015; without both kinds 0.071, 0.177
    "history_share": Weight(file=0.5),  # 0.000, 0.016
    "folder": Weight(file=1.2),  # 0.026, -0.034
    "tests": Weight(file=-2.5),  # 0.179, 0.196
    "aside": Weight(file=-0.5),  # 0.002, 0.014
    "size": Weight(unit=1.6),  # 0.036, -0.005
    # No commit tells what these are worth: by reasoning. The words of a request weigh about as much
    # as those of the lines in focus; an open document about as much as a common history.
    "text": Weight(unit=2.0, file=0.5),
    "open_documents": Weight(file=1.0),
    # The focus's own file has its folder, words and rare names by itself. The commits say nothing
    # here, since only other files count in them: what is left is worth about those three marks.
    "own_file": Weight(file=-1.2),
}
