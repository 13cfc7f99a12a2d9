"""The requests to a model: which definitions go together, what it is told, what it must answer.

Knows no answer: see `answer`. The code comes from `Scene.pack`, the facts as data beside it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeassist.base.errors import UsageError
from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.base.symbols import CLASS_KINDS, TOP
from codeassist.context.pieces import Focus, Pack
from codeassist.context.tokens import Counter, encoding_of
from codeassist.tasks.docs.content import Item
from codeassist.tasks.docs.plan import FilePlan, Job
from codeassist.tasks.size import tokens_of
from codeassist.tasks.task import Ask, Scene

TASK = "docs"
MAX_SYMBOLS = 8  # a longer answer gets careless, and is lost as a whole when it is cut
MAX_LINES = 240  # of code that one request is about
CLASS_LINES = 40  # of a class: its methods have requests of their own
MAX_INPUT = 16_000  # tokens; more context makes sentences no better, and costs
LEAST_CONTEXT = 300  # tokens; less holds nothing of use
_MAX_EXISTING = 3_000  # characters of documentation that is there
_MAX_SIGNATURE = 1_200
_MAX_OUTPUT = 12_000
HINT_NAME, HINT_TEXT, HINT_DESCRIPTION = 80, 200, 500  # for models that do not find an end


@dataclass(frozen=True)
class Batch:
    """Some jobs of one file that are asked about together. Their ids are their numbers from 1."""

    path: str
    jobs: tuple[Job, ...]

    @property
    def names(self) -> str:
        """The definitions, for people."""
        return ", ".join(job.name for job in self.jobs)


@dataclass
class Asked:
    """A batch, the request for it, and the context that was shown last."""

    batch: Batch
    ask: Ask
    shown: list[Pack]


def batches(plan: FilePlan) -> list[Batch]:
    """The jobs of a file in requests: neighbours together, as far as they are short enough."""
    found: list[list[Job]] = []
    first = 0
    for job in plan.jobs:
        if job.drift is not None and not job.drift.added:
            continue  # nothing to be worded
        start, end = _lines(job)
        if found and len(found[-1]) < MAX_SYMBOLS and end - first < MAX_LINES:
            found[-1].append(job)
        else:
            found.append([job])
            first = start
    return [Batch(plan.path, tuple(jobs)) for jobs in found]


def asked(scene: Scene, batch: Batch) -> Asked:
    """The request for a batch, within what the model takes."""
    assert scene.model is not None, "facts alone need no request"
    counter = Counter(encoding_of(scene.model.name).name)
    shown: list[Pack] = []

    def build(limit: int) -> ModelRequest:
        return _request(scene, batch, counter, min(limit, MAX_INPUT), shown)

    return Asked(batch, Ask(build(scene.model.input_tokens), build), shown)


def schema(symbols: int, entries: int) -> AnswerSchema:
    """The form of an answer about so many definitions: sentences by name, nothing of their form.

    The lists have ends, since a small model may not find one itself; `entries` is the most that one
    definition has of a kind.
    """
    name, text = _text(HINT_NAME), _text(HINT_TEXT)
    named = _list(_object(name=name, text=text), entries)
    symbol = _object(
        id=name,
        summary=text,
        description=_text(HINT_DESCRIPTION, "null"),
        parameters=named,
        attributes=named,
        returns=_text(HINT_TEXT, "null"),
        raises=_list(_object(type=name, text=text), entries),
    )
    return AnswerSchema("documentation", _object(symbols=_list(symbol, symbols)), "symbols")


def _text(most: int, *others: str) -> Mapping[str, Any]:
    return {"type": ["string", *others] if others else "string", "maxLength": most}


def _request(
    scene: Scene, batch: Batch, counter: Counter, limit: int, shown: list[Pack]
) -> ModelRequest:
    """A request of at most `limit` input tokens, if its facts leave room for that."""
    system = scene.prompts.fill("docs/system")
    facts = json.dumps(
        [_facts(number, job) for number, job in enumerate(batch.jobs, 1)],
        ensure_ascii=False,
        indent=1,
    )

    def messages(context: str) -> tuple[Message, ...]:
        user = scene.prompts.fill(
            "docs/request", path=batch.path, facts=facts, context=context, names=batch.names
        )
        return Message(Role.SYSTEM, system), Message(Role.USER, user)

    counts = [len(items) for job in batch.jobs for items in job.facts.content.parts.values()]
    form = schema(len(batch.jobs), max(counts, default=1))
    context = _context(scene, batch, limit - tokens_of(counter, messages(""), form), shown)
    output = min(400 + 300 * len(batch.jobs) + 60 * sum(counts), _MAX_OUTPUT)
    return ModelRequest(TASK, messages(context), form, output, cache_key=TASK)


def _context(scene: Scene, batch: Batch, budget: int, shown: list[Pack]) -> str:
    """The code around a batch, "" where there is no room for any."""
    if budget < LEAST_CONTEXT:
        return ""
    spans = [_lines(job) for job in batch.jobs]
    sole = batch.jobs[0].facts.index if len(batch.jobs) == 1 else TOP
    focus = Focus(batch.path, min(s for s, _ in spans), max(e for _, e in spans), sole)
    try:
        pack = scene.pack(focus, f"document {batch.names}", budget)
    except UsageError:
        return ""
    shown.append(pack)
    return pack.text


def _lines(job: Job) -> tuple[int, int]:
    """The first and last line, 0-based, of what must be seen to document a definition."""
    source = job.facts.source
    symbol = source.symbol(job.facts.index)
    lines = source.document.lines
    first, last = lines.line_of(symbol.start), lines.line_of(max(symbol.start, symbol.end - 1))
    if symbol.kind in CLASS_KINDS:
        last = min(last, first + CLASS_LINES)
    return first, last


def _facts(number: int, job: Job) -> Mapping[str, Any]:
    """What is certain of a definition, as data."""
    source, content = job.facts.source, job.facts.content
    result = next(iter((*content.of("returns"), *content.of("yields"))), None)
    facts: dict[str, Any] = {
        "id": str(number),
        "language": source.language.name,
        "kind": source.symbol(job.facts.index).kind,
        "name": job.name,
        "mood": job.layout.mood,
        "signature": source.header(job.facts.index)[:_MAX_SIGNATURE],
        "parameters": [_parameter(item) for item in content.of("parameters")],
    }
    if content.of("attributes"):
        facts["attributes"] = [_parameter(item) for item in content.of("attributes")]
    if result is not None:
        told = {"type": result.type, "value": result.text}
        facts["returns"] = {key: value for key, value in told.items() if value}
    facts["raises"] = [
        {"type": item.name, "when": item.text} if item.text else {"type": item.name}
        for item in content.of("raises")
    ]
    if job.drift is not None:
        facts["existing"] = job.target.has.text[:_MAX_EXISTING]
        facts["write"] = [item.name or part for part, item in job.drift.added]
    else:
        if job.target.has.text:
            facts["comment"] = job.target.has.text[:_MAX_EXISTING]
        facts["write"] = "all"
    return facts


def _parameter(item: Item) -> Mapping[str, Any]:
    told = {"name": item.name, "type": item.type, "default": item.default}
    found: dict[str, Any] = {key: value for key, value in told.items() if value is not None}
    return found | {"optional": True} if item.optional else found


def _object(**properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}
