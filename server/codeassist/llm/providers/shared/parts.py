"""Pieces of requests that both protocols have."""

import base64
import hashlib
import re
from collections.abc import Mapping

from codeassist.base.messages import Image, ModelRequest
from codeassist.llm.config import Effort
from codeassist.llm.model_facts import ModelFacts

LEAST_OUTPUT = 16  # what OpenAI accepts
_LONGEST_CACHE_KEY = 64
_SURROGATES = re.compile("[\ud800-\udfff]")

# Room for reasoning on top of the answer, in tokens. OpenAI's guide wants 25,000 to begin with;
# of 120 tokens' worth of answers, users saw 1,100 to 1,400 tokens of reasoning at low effort.
_ROOM: Mapping[Effort, int] = {
    "none": 0,
    "minimal": 2_000,
    "low": 8_000,
    "medium": 25_000,
    "high": 50_000,
    "xhigh": 90_000,
    "max": 100_000,
}
_UNKNOWN_ROOM = 8_000  # the model may reason, nobody knows how much


def output_tokens(request: ModelRequest, facts: ModelFacts, reasons: bool) -> int:
    """The limit to send: the answer and room for reasoning, within what the model gives.

    `reasons` tells whether a model that no effort is known of may reason all the same.
    """
    unknown = _UNKNOWN_ROOM if reasons else 0
    room = unknown if facts.effort is None else _ROOM[facts.effort]
    return max(LEAST_OUTPUT, min(request.max_output_tokens + room, facts.output_ceiling))


def data_url(image: Image) -> str:
    """An image as a URL that holds it."""
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode('ascii')}"


def sendable(text: str) -> str:
    """A text that UTF-8 can hold: half a surrogate pair becomes the replacement character."""
    return _SURROGATES.sub("\ufffd", text)


def cache_key(request: ModelRequest) -> str:
    """The request's cache key, in the length that is accepted."""
    key = request.cache_key
    if len(key) <= _LONGEST_CACHE_KEY:
        return key
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:_LONGEST_CACHE_KEY]
