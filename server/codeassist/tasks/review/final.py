"""The final pass: a model is asked to refute each finding, and to say which of them are the same.

It is shown the changed lines around each, what is given as evidence, and the callers. It is not
told how sure the first answer was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codeassist.base.changes import FileChange, LineKind
from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.context.source import visible
from codeassist.context.tokens import Counter
from codeassist.prompts.library import fenced
from codeassist.tasks.bugs.listing import numbered
from codeassist.tasks.bugs.material import callers
from codeassist.tasks.review.areas import areas_of
from codeassist.tasks.review.judge import Judge, Suspect
from codeassist.tasks.review.legible import legible
from codeassist.tasks.review.parts import listing
from codeassist.tasks.review.passages import Passage, passages_of
from codeassist.tasks.review.questions import EXAMPLES_FROM
from codeassist.tasks.review.spots import Spot
from codeassist.tasks.review.verdicts import verdicts_schema
from codeassist.tasks.size import grouped, tokens_of
from codeassist.tasks.task import Ask, Scene

TASK = "review.final"
AROUND = 40  # rows on both sides of a finding's line that are shown again
EVIDENCE_AROUND = 6  # lines
MOST_ROWS = 120  # of a changed file, for what is said of it as a whole
MOST_AT_ONCE = 8  # more are compared with each other instead of with the code
TOKENS_EACH = 250  # of the answer


@dataclass(frozen=True, slots=True)
class Hearing:
    """Suspects that are put into one request; ids are their positions from 1."""

    suspects: tuple[Suspect, ...]
    ask: Ask


def hearings(
    scene: Scene, judge: Judge, counter: Counter, suspects: Sequence[Suspect]
) -> list[Hearing]:
    """The requests that ask to refute some findings."""
    assert scene.model is not None
    if not suspects:
        return []

    def price(suspect: Suspect) -> int:
        return counter.count(_case(scene, judge, suspect, 1))

    frame = tokens_of(counter, *_question(scene, "", MOST_AT_ONCE))
    limit = scene.model.input_tokens - frame
    groups = grouped(suspects, price, limit, MOST_AT_ONCE)
    return [_hearing(scene, judge, group) for group in groups]


def _hearing(scene: Scene, judge: Judge, suspects: tuple[Suspect, ...]) -> Hearing:
    cases = "\n\n".join(_case(scene, judge, each, n) for n, each in enumerate(suspects, 1))
    messages, schema = _question(scene, cases, len(suspects))
    request = ModelRequest(TASK, messages, schema, TOKENS_EACH * (len(suspects) + 1), TASK)
    return Hearing(suspects, Ask(request))


def _question(scene: Scene, cases: str, count: int) -> tuple[tuple[Message, ...], AnswerSchema]:
    assert scene.model is not None
    examples = scene.model.input_tokens >= EXAMPLES_FROM
    messages = (
        Message(Role.SYSTEM, scene.prompts.fill("review/final_system", examples=examples)),
        Message(Role.USER, legible(scene.prompts.fill("review/final", cases=cases, count=count))),
    )
    return messages, AnswerSchema("review_verdicts", verdicts_schema(count), "verdicts")


def _case(scene: Scene, judge: Judge, suspect: Suspect, number: int) -> str:
    """A finding with its code, as text."""
    view, claim, spot = scene.view, suspect.claim, suspect.spot
    shown = list(_passages(judge, suspect))
    spots = dict.fromkeys((spot, *(at for _, at in suspect.evidence)))
    outside = [_around(judge, at) for at in spots if not at.in_diff and not at.whole_file]
    areas = areas_of(judge.spots.review, [each for _, passages in shown for each in passages])
    return scene.prompts.fill(
        "review/case",
        number=number,
        place=_place(judge, spot),
        title=claim.title,
        breaks=claim.breaks,
        who=claim.who,
        evidence="\n".join(
            [
                *([f"its quote leads to no line: {visible(suspect.reason)}"] * spot.whole_file),
                *(_said(judge, at, cited.says) for cited, at in suspect.evidence),
            ]
        ),
        code="\n\n".join([listing(shown), *outside]).strip(),
        callers="\n".join(visible(line) for line in callers(view, areas[:1])),
    )


def _said(judge: Judge, at: Spot, says: str) -> str:
    state = " (before the change)" if at.old else ""
    return f"{_place(judge, at)}{state} {says}"


def _place(judge: Judge, spot: Spot) -> str:
    path = visible(spot.path)
    return path if spot.whole_file else f"{path}:{judge.spots.lines(spot)[0] + 1}"


def _passages(judge: Judge, suspect: Suspect) -> Iterator[tuple[FileChange, list[Passage]]]:
    """The changed lines around a finding and its evidence, by file."""
    every = (suspect.spot, *(at for _, at in suspect.evidence))
    spots = [spot for spot in every if spot.in_diff or spot.whole_file]
    for path in dict.fromkeys(spot.path for spot in spots):
        change = judge.spots.change(path)
        if change is None:
            continue
        whole = passages_of(judge.spots.review, change)
        if any(spot.whole_file for spot in spots if spot.path == path):
            yield change, list(_first(whole))
            continue
        wanted = [(judge.spots.lines(spot), spot.old) for spot in spots if spot.path == path]
        near = [each for each in (_near(passage, wanted) for passage in whole) if each is not None]
        yield change, near


def _first(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The first rows of some passages, as many as are shown of a file as a whole."""
    left = MOST_ROWS
    for each in passages:
        if left > 0:
            yield replace(each, rows=each.rows[:left])
        left -= len(each.rows)


def _near(passage: Passage, wanted: Sequence[tuple[tuple[int, int], bool]]) -> Passage | None:
    """The rows of a passage around some lines, None where it has none of them."""
    hits = [
        at
        for at, row in enumerate(passage.rows)
        for (first, last), old in wanted
        if first < row.number <= last + 1 and (row.kind is LineKind.REMOVED) == old
    ]
    if not hits:
        return None
    rows = passage.rows[max(0, hits[0] - AROUND) : hits[-1] + AROUND + 1]
    return replace(passage, rows=rows)


def _around(judge: Judge, spot: Spot) -> str:
    """The lines around a spot that is not in the diff, in a fence that they cannot close."""
    first, last = judge.spots.lines(spot)
    view = judge.spots.review.head
    document = view.document(spot.path)
    end = document.lines.line_count - 1 if document is not None else last
    numbers = range(max(0, first - EVIDENCE_AROUND), min(end, last + EVIDENCE_AROUND) + 1)
    return fenced(f"file: {visible(spot.path)}\n{numbered(view, spot.path, numbers)}")
