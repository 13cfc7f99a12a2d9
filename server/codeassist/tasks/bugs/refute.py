"""The second look: a model is asked to refute each hypothesis, from the code and its callers.

It is not told how sure the first answer was, nor where the hypothesis comes from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codeassist.base.messages import AnswerSchema, Message, ModelAnswer, ModelRequest, Role
from codeassist.base.symbols import TOP
from codeassist.context.frames import symbol_at
from codeassist.context.source import visible
from codeassist.context.tokens import Counter
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.claims import HINT_TEXT, MAX_TEXT, percent, plain
from codeassist.tasks.bugs.judge import Judge, Suspect, lines_of, with_confidence
from codeassist.tasks.bugs.listing import listing
from codeassist.tasks.bugs.material import callers
from codeassist.tasks.bugs.quotes import Place
from codeassist.tasks.size import grouped, tokens_of
from codeassist.tasks.task import Ask, Reply, Scene

TASK = "bugs.refute"
AROUND = 40  # lines on both sides of a quote at most, within its function
EVIDENCE_AROUND = 6
MOST_AT_ONCE = 6  # more are compared with each other instead of with the code
TOKENS_EACH = 250  # of the answer
UNSEEN = 50  # the most that a hypothesis is sure of which nobody looked at twice


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the second look says of one hypothesis."""

    is_refuted: bool
    why: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Suspects that are put into one request; ids are their positions from 1."""

    suspects: tuple[Suspect, ...]
    ask: Ask


def hearings(scene: Scene, counter: Counter, suspects: Sequence[Suspect]) -> list[Hearing]:
    """The requests that ask to refute some hypotheses."""
    assert scene.model is not None
    if not suspects:
        return []

    def price(suspect: Suspect) -> int:
        return counter.count(_case(scene, suspect, 1))

    frame = tokens_of(counter, *_question(scene, "", MOST_AT_ONCE))
    limit = scene.model.input_tokens - frame
    return [_hearing(scene, group) for group in grouped(suspects, price, limit, MOST_AT_ONCE)]


def _hearing(scene: Scene, suspects: tuple[Suspect, ...]) -> Hearing:
    cases = "\n\n".join(_case(scene, each, number) for number, each in enumerate(suspects, 1))
    messages, schema = _question(scene, cases, len(suspects))
    request = ModelRequest(TASK, messages, schema, TOKENS_EACH * (len(suspects) + 1), TASK)
    return Hearing(suspects, Ask(request))


def _question(scene: Scene, cases: str, count: int) -> tuple[tuple[Message, ...], AnswerSchema]:
    messages = (
        Message(Role.SYSTEM, scene.prompts.fill("bugs/refute_system")),
        Message(Role.USER, scene.prompts.fill("bugs/refute", cases=cases, count=count)),
    )
    return messages, AnswerSchema("verdicts", verdicts_schema(count), "verdicts")


def _case(scene: Scene, suspect: Suspect, number: int) -> str:
    """A hypothesis with its code, as text."""
    view, claim = scene.view, suspect.claim
    areas = [_around(scene, suspect.place, AROUND)]
    areas += [_around(scene, at, EVIDENCE_AROUND) for _, at in suspect.evidence]
    first, _ = lines_of(view, suspect.place)
    return scene.prompts.fill(
        "bugs/case",
        number=number,
        place=f"{visible(suspect.place.path)}:{first + 1}",
        title=claim.title,
        wrong=claim.wrong,
        input=claim.input,
        evidence="\n".join(_said(scene, at, cited.says) for cited, at in suspect.evidence),
        code=listing(view, areas).strip(),
        callers="\n".join(visible(line) for line in callers(view, areas[:1])),
    )


def _said(scene: Scene, at: Place, says: str) -> str:
    first, _ = lines_of(scene.view, at)
    return f"{visible(at.path)}:{first + 1} {says}"


def _around(scene: Scene, found: Place, most: int) -> Area:
    """The function around a place, or as much of it as is near."""
    view = scene.view
    outline, document = view.outline(found.path), view.document(found.path)
    first, last = lines_of(view, found)
    if document is None:
        return Area(found.path, first, last)
    low, high, symbol = 0, max(0, document.lines.line_count - 1), TOP
    if outline is not None:
        symbol = symbol_at(outline, document.lines.line_start(first), document.data)
    if outline is not None and symbol != TOP:
        definition = outline.symbols[symbol]
        low = document.lines.line_of(definition.start)
        high = document.lines.line_of(max(definition.start, definition.end - 1))
    return Area(found.path, max(low, first - most), max(last, min(high, last + most)), symbol)


def verdicts_schema(count: int) -> dict[str, Any]:
    """The JSON schema of an answer with so many verdicts."""
    properties = {
        "id": {"type": "integer", "description": "The number of the hypothesis."},
        "why": {
            "type": "string",
            "description": "What the code does for the named input.",
            "maxLength": HINT_TEXT,
        },
        "refuted": {"type": "boolean", "description": "Whether the code shows it to be wrong."},
        "confidence": {"type": "integer", "description": "How sure it is a bug, 0 to 100."},
    }
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"verdicts": {"type": "array", "items": item, "maxItems": count}},
        "required": ["verdicts"],
        "additionalProperties": False,
    }


def verdicts_in(data: object, count: int) -> dict[int, Verdict]:
    """The first verdict of each id from 1 to `count`; others are passed over."""
    items = data.get("verdicts") if isinstance(data, Mapping) else None
    found: dict[int, Verdict] = {}
    for item in items if isinstance(items, list) else ():
        number = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= count:
            continue
        why = plain(item.get("why"), MAX_TEXT)
        # A refutation without a reason refutes nothing.
        refuted = item.get("refuted") is True and bool(why)
        found.setdefault(number, Verdict(refuted, why, percent(item.get("confidence"))))
    return found


def heard(judge: Judge, hearing: Hearing, reply: Reply) -> tuple[list[Suspect], int]:
    """The suspects that stay, and how many of them were not looked at again."""
    found: dict[int, Verdict] = {}
    if isinstance(reply, ModelAnswer):
        found = verdicts_in(reply.data, len(hearing.suspects))
    stay: list[Suspect] = []
    unseen = 0
    for number, each in enumerate(hearing.suspects, 1):
        verdict = found.get(number)
        if verdict is None:
            unseen += 1
            stay.append(with_confidence(each, min(each.confidence, UNSEEN)))
        elif verdict.is_refuted:
            judge.drop(each.claim, f"refuted at a second look: {verdict.why}")
        else:
            stay.append(with_confidence(each, (each.confidence + verdict.confidence) // 2))
    return stay, unseen
