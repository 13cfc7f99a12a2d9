"""Parameters that a server refused: found in its complaint, remembered for the process.

Each is left out once and for all for one model at one address, so that a request fails at most
once for it. What a user loses by it is a note with every answer.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from codeassist.llm.providers.shared.failure import Failure

SCHEMA = "json_schema"
JSON = "json_object"
SYSTEM = "system"
NO_LIMIT = "output limit"
MOST_DROPS = 8  # there are no more that one request could lose

# Parameters by the names that complaints have for them, the most telling ones first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "reasoning": ("reasoning.effort", "reasoning_effort", "reasoning"),
    "verbosity": ("text.verbosity", "verbosity"),
    "temperature": ("temperature",),
    "stream_options": ("stream_options", "include_usage"),
    "store": ("store",),
    "prompt_cache_key": ("prompt_cache_key",),
    "max_tokens": ("max_tokens",),
    "max_completion_tokens": ("max_completion_tokens",),
    SCHEMA: ("text.format", "response_format", SCHEMA, "json schema", "grammar", "structured"),
    JSON: ("text.format", "response_format", JSON),
    SYSTEM: ("system role", "system message", "role system", "must alternate"),
}
_REFUSAL = re.compile(
    r"unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|not allowed|extra"
    r"|not implemented|unavailable|not available|not enabled|invalid|must be|must alternate|only"
    r"|cannot|fail",
    re.IGNORECASE,
)
_LIMIT_TOO_LARGE = re.compile(
    r"max_(?:completion_|output_)?tokens\W{1,20}(?:or \W?max_completion_tokens\W+)?"
    r"(?:is )?too large",
    re.IGNORECASE,
)
_LIMITS = {"max_tokens", "max_completion_tokens", "max_output_tokens"}
_OWN_FAULT = "invalid_json_schema"
_REFUSED = (400, 422)
_MAYBE_REFUSED = (500, 501)  # a template or a grammar that a local server fails at

NOTES: Mapping[str, str] = {
    SCHEMA: "the server does not hold answers to the schema, so that some may be of no use",
    "reasoning": "the server does not take an effort; the model reasons as much as it likes",
}


class Dropped:
    """What is left out for one model at one address. Only grows."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> None:
        """Leave a parameter out from now on."""
        self._names.add(name)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the user."""
        return tuple(note for name, note in NOTES.items() if name in self._names)


@cache
def dropped_for(address: str, model: str) -> Dropped:
    """What the process has learnt of one model at one address."""
    return Dropped()


def refused_parameter(failure: Failure, sent: Collection[str]) -> str | None:
    """The parameter among those sent that the server refuses; None if it is about another thing."""
    if failure.status not in (*_REFUSED, *_MAYBE_REFUSED) or failure.says(_OWN_FAULT):
        return None
    if _LIMIT_TOO_LARGE.search(failure.message):
        return NO_LIMIT if _LIMITS & set(sent) else None
    names = {name: _NAMES[name] for name in _NAMES if name in sent}
    if failure.status in _MAYBE_REFUSED:
        names = {name: each for name, each in names.items() if name in (SCHEMA, JSON, SYSTEM)}
    for name, spellings in names.items():
        if failure.param and failure.param.startswith(spellings):
            return name
    return _first_named(failure.message.lower(), names) if _says_no(failure) else None


def _says_no(failure: Failure) -> bool:
    return _REFUSAL.search(failure.message) is not None


def _first_named(text: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The first parameter that a text names is what it is about; others are what to use instead."""
    found = [
        (at, name) for name, each in names.items() for at in [_place(text, each)] if at is not None
    ]
    return min(found)[1] if found else None


def sent_parameters(body: Mapping[str, Any]) -> frozenset[str]:
    """The names of the parameters in a body that may be left out."""
    text = body.get("text") or {}
    form = (body.get("response_format") or text.get("format") or {}).get("type")
    sent = {name for name in (*_NAMES, *_LIMITS) if name in body}
    if "reasoning_effort" in body:
        sent.add("reasoning")
    if "verbosity" in text:
        sent.add("verbosity")
    if form in (SCHEMA, JSON):
        sent.add(form)
    if any(each["role"] == "system" for each in body.get("messages", ())):
        sent.add(SYSTEM)
    return frozenset(sent)


def _place(text: str, spellings: tuple[str, ...]) -> int | None:
    """Where a text has the first of these as a word of its own."""
    pattern = "|".join(map(re.escape, spellings))
    found = re.search(rf"(?<![\w.])(?:{pattern})(?!\w)", text)
    return found.start() if found else None
