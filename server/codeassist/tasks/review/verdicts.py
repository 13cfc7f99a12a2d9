"""What the final pass says of each finding: refuted, the same as another, or how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeassist.base.messages import ModelAnswer
from codeassist.tasks.bugs.claims import HINT_TEXT, MAX_TEXT, percent, plain
from codeassist.tasks.review.judge import Judge, Suspect
from codeassist.tasks.task import Reply

UNSEEN = 50  # the most that a finding is sure of which nobody looked at twice


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the final pass says of one finding; `same_as` is 0 for none."""

    is_refuted: bool
    why: str
    same_as: int
    confidence: int


def verdicts_schema(count: int) -> dict[str, Any]:
    """The JSON schema of an answer with so many verdicts."""
    properties = {
        "id": {"type": "integer", "description": "The number of the finding."},
        "why": {
            "type": "string",
            "description": "What the code does in the named case.",
            "maxLength": HINT_TEXT,
        },
        "refuted": {"type": "boolean", "description": "Whether the code shows it to be wrong."},
        "same_as": {"type": "integer", "description": "The finding that says the same, or 0."},
        "confidence": {"type": "integer", "description": "How sure it is a fault, 0 to 100."},
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
        number = _number(item.get("id"), count) if isinstance(item, Mapping) else 0
        if not number:
            continue
        why = plain(item.get("why"), MAX_TEXT)
        # A refutation without a reason refutes nothing.
        refuted = item.get("refuted") is True and bool(why)
        same_as = _number(item.get("same_as"), count)
        found.setdefault(number, Verdict(refuted, why, same_as, percent(item.get("confidence"))))
    return found


def _number(value: object, count: int) -> int:
    """An id from 1 to `count`, 0 for anything else."""
    is_id = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= count
    return value if is_id and isinstance(value, int) else 0


def heard(judge: Judge, suspects: Sequence[Suspect], reply: Reply) -> tuple[list[Suspect], int]:
    """Those of some suspects that stay, merged, and how many of them were not looked at again.

    The ids of the verdicts are the positions of the suspects, from 1.
    """
    found: dict[int, Verdict] = {}
    if isinstance(reply, ModelAnswer):
        found = verdicts_in(reply.data, len(suspects))
    stay: dict[int, Suspect] = {}
    for number, each in enumerate(suspects, 1):
        verdict = found.get(number)
        if verdict is not None and verdict.is_refuted:
            judge.drop(each.claim, f"refuted at a second look: {verdict.why}")
            continue
        if verdict is None:
            confidence = min(each.confidence, UNSEEN)
        else:
            confidence = (each.confidence + verdict.confidence) // 2
        stay[number] = replace(each, confidence=confidence)
    _merge(judge, stay, found)
    return list(stay.values()), sum(number not in found for number in stay)


def _merge(judge: Judge, stay: dict[int, Suspect], found: Mapping[int, Verdict]) -> None:
    """Put those that say the same as another one into that one, whose evidence they become."""
    for number in sorted(found):
        other = found[number].same_as
        if number not in stay or other not in stay or other == number:
            continue
        gone, kept = stay.pop(number), stay[other]
        if kept.spot.whole_file:
            gone, kept = kept, gone  # a line says more than a file
        places = {kept.spot, *(at for _, at in kept.evidence)}
        own = [] if gone.spot.whole_file else [(gone.claim.cited, gone.spot)]
        more = [*own, *gone.evidence]
        evidence = (*kept.evidence, *((cited, at) for cited, at in more if at not in places))
        confidence = max(kept.confidence, gone.confidence)
        stay[other] = replace(kept, evidence=evidence, confidence=confidence)
        judge.drop(gone.claim, "another finding says the same, and has its place as evidence")
