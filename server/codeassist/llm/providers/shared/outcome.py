"""How an answer ended, in either protocol, and whether its text may be used.

The end is looked at before the text: a text that was cut off is never taken for an answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from codeassist.base.messages import ModelRequest, Usage
from codeassist.base.model_errors import (
    AnswerError,
    EmptyAnswerError,
    FilteredError,
    ModelError,
    RefusedError,
    TruncatedError,
    UnreachableError,
)
from codeassist.llm.providers.shared.errors import Place
from codeassist.llm.providers.shared.failure import Failure, one_line

STOP = "stop"
LENGTH = "length"
FILTER = "content_filter"
# A generous estimate of what an answer may have: more is a server that does not end.
MOST_CHARACTERS = 8_000_000
_FENCE = re.compile(r"\A\s*```[\w-]*[ \t]*\n(.*?)\n?[ \t]*```\s*\Z", re.DOTALL)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)
_CHARACTERS_PER_TOKEN = 4
# Text has two to five characters a token, code with much punctuation two: twelve is never right.
_FEWEST_TOKENS = 12
_WORTH_A_CHECK = 2_000  # characters; in short prompts the server's own template counts for more


@dataclass(slots=True)
class Outcome:
    """What was read of an answer. `finish` is "" if the server never said that it is over."""

    text: str = ""
    refusal: str = ""
    finish: str = ""
    model: str = ""
    usage: Usage | None = None
    failure: Failure | None = None
    has_begun: bool = False  # anything came that a model's server would send
    is_endless: bool = False


def problem_of(outcome: Outcome, place: Place) -> ModelError | None:
    """What is wrong with an answer, if anything is."""
    if outcome.is_endless:
        message = f"the answer of {place.model} does not end"
        return AnswerError(message, "use another model, or set its output_tokens")
    if outcome.finish == LENGTH:
        return _truncated(outcome, place)
    if outcome.finish == FILTER:
        return FilteredError(
            f"A content filter took the answer of {place.model}",
            "ask about a smaller part of the code, or use another model",
        )
    if outcome.refusal:
        return RefusedError(
            f"{place.model} declined: {one_line(outcome.refusal)}", "ask in other words"
        )
    if not outcome.finish:
        return UnreachableError(
            f"{place.address} ended the answer before it was whole",
            "try again; if it stays so, look at the server's log",
        )
    if not outcome.text.strip():
        return EmptyAnswerError(
            f"there is no text in the answer of {place.model}", "try again, or use another model"
        )
    return None


def _truncated(outcome: Outcome, place: Place) -> TruncatedError:
    usage = outcome.usage
    spent = f" of {usage.output:,} tokens" if usage and usage.output else ""
    if usage and usage.reasoning:
        spent += f": {usage.reasoning:,} of {usage.output:,} tokens went into reasoning"
        remedy = "lower effort, or raise output_tokens of this model"
    else:
        remedy = "raise output_tokens of this model, or ask for less at once"
    message = f"the answer of {place.model} was cut off at its limit{spent}"
    return TruncatedError(message, remedy, text=outcome.text)


def without_wrapping(text: str) -> str:
    """An answer without the thoughts before it and the fence around it, if both have an end."""
    text = _THOUGHTS.sub("", text)
    found = _FENCE.match(text)
    return found[1] if found else text


def usage_of(outcome: Outcome, request: ModelRequest) -> tuple[Usage, tuple[str, ...]]:
    """The tokens used, estimated where the server does not say; with a note for the user."""
    sent = sum(len(message.text) for message in request.messages)
    usage = outcome.usage
    if usage is None:
        used = (sent // _CHARACTERS_PER_TOKEN, len(outcome.text) // _CHARACTERS_PER_TOKEN)
        note = "the server does not say how many tokens it used; they are estimated"
        return Usage(input=used[0], output=used[1]), (note,)
    if sent >= _WORTH_A_CHECK and usage.input < sent // _FEWEST_TOKENS:
        note = (
            f"the server seems to have cut the prompt: it counts {usage.input:,} tokens of about "
            f"{sent // _CHARACTERS_PER_TOKEN:,}. Raise its context length (Ollama: num_ctx or "
            "OLLAMA_CONTEXT_LENGTH), or set input_tokens of this model to what it takes"
        )
        return usage, (note,)
    return usage, ()


def integer(data: Mapping[str, object], *path: str) -> int:
    """A whole number at a path of keys; 0 where there is none."""
    value: object = data
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if type(value) is int and value > 0 else 0
