"""Which rules of the project are about some files, and their text within a budget.

Rules are data: they come from the base, are shown in a fence, and are cut where they are long.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from codeassist.context.source import visible_text
from codeassist.context.tokens import Counter
from codeassist.tasks.review.options import Guideline

MOST = 3_000  # tokens of all rules in one request; longer ones are read less, not better
SHARE = 0.1  # of what a model takes
MOST_OF_ONE = 1_500  # of one file, so that a long manual leaves room for the rule of a folder


def about(guidelines: Iterable[Guideline], paths: Collection[str]) -> list[Guideline]:
    """The guidelines that hold for one of some paths, in their order."""
    return [each for each in guidelines if not each.patterns or _matches(each.patterns, paths)]


def _matches(patterns: Sequence[str], paths: Collection[str]) -> bool:
    from pathspec import GitIgnoreSpec  # its import takes 0.1 s, and most projects need none

    spec = GitIgnoreSpec.from_lines(patterns)
    return any(spec.match_file(path) for path in paths)


def guidelines_text(guidelines: Iterable[Guideline], counter: Counter, limit: int) -> str:
    """Rules with where they are from, in a share of `limit` tokens; "" for none."""
    room = min(MOST, int(limit * SHARE))
    return "\n\n".join(_pieces(guidelines, counter, room))


def _pieces(guidelines: Iterable[Guideline], counter: Counter, room: int) -> Iterator[str]:
    for each in guidelines:
        where = f" (for {', '.join(each.patterns)})" if each.patterns else ""
        text = f"From {each.source}{where}:\n{visible_text(each.text).strip()}"
        most = min(room, MOST_OF_ONE)
        if counter.count(text) > most:
            text = f"{counter.beginning(text, max(0, most - 4))}\n[…]"
        room -= counter.count(text) + 1
        if room < 0:
            return
        yield text
