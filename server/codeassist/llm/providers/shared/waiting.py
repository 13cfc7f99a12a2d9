"""How long to wait and what is left, from a server's headers and words."""

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from codeassist.llm.provider import Remaining

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# "Please try again in 1.2s", "… in 6m0s", "Please retry after 20 seconds".
_WORDS = re.compile(
    r"(?:try again|retry)\s+(?:in|after)\s+((?:\d+(?:\.\d+)?(?:ms|s|m|h))+|\d+(?:\.\d+)?)"
    r"(?:\s*(milli|sec|min|hour))?",
    re.IGNORECASE,
)
_LONG_UNITS = {"milli": 0.001, "sec": 1.0, "min": 60.0, "hour": 3600.0}


def seconds(text: str) -> float | None:
    """Seconds of "6m0s", "120ms", "1h2m3.5s", "20"; None for anything else."""
    text = text.strip().lower()
    if _NUMBER.fullmatch(text):
        return float(text)
    if not _DURATION.fullmatch(text):
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))


def remaining(headers: Mapping[str, str]) -> Remaining:
    """What the rate headers say is left."""
    return Remaining(
        requests=_count(headers, "x-ratelimit-remaining-requests"),
        tokens=_count(headers, "x-ratelimit-remaining-tokens"),
        requests_reset=seconds(headers.get("x-ratelimit-reset-requests", "")),
        tokens_reset=seconds(headers.get("x-ratelimit-reset-tokens", "")),
    )


def retry_after(headers: Mapping[str, str], message: str) -> float | None:
    """Seconds to wait: as the headers say, else the message, else when what is used up is back."""
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    said = _after(headers.get("retry-after", ""))
    if said is None:
        said = _in_words(message)
    return _until_reset(remaining(headers)) if said is None else said


def _after(text: str) -> float | None:
    """`retry-after` is in seconds, or a date."""
    found = seconds(text)
    if found is not None or not text:
        return found
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _in_words(message: str) -> float | None:
    found = _WORDS.search(message)
    if not found:
        return None
    factor = _LONG_UNITS[found[2].lower()] if found[2] else 1.0
    return (seconds(found[1]) or 0.0) * factor


def _until_reset(left: Remaining) -> float | None:
    waits = [
        reset
        for count, reset in (
            (left.requests, left.requests_reset),
            (left.tokens, left.tokens_reset),
        )
        if count == 0 and reset is not None
    ]
    return max(waits, default=None)


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isdecimal() else None
