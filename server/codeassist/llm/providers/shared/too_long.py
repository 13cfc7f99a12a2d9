"""Whether a server says that a request is too long, and the numbers that it gives for it.

The wordings are those of OpenAI, Azure, vLLM, llama.cpp, Ollama, LM Studio, TGI and of the services
that OpenRouter passes on. A new one is a line here and a case in the tests.
"""

import re

from codeassist.llm.providers.shared.failure import Failure

_CODES = ("context_length_exceeded", "exceed_context_size_error", "string_above_max_length")
_TOO_LARGE = 413
_N = r"~?(\d[\d,]*)"

_WORDS = re.compile(
    r"maximum context length|context window|context length|context size|context limit"
    r"|maximum model length|maximum prompt length|configured limit of"
    r"|prompt is too long|prompt too long|input is too long|input length exceed"
    r"|reduce the length of|exceeds? the maximum number of tokens|max_new_tokens. must be <="
    r"|inputs. must have less than|tokens to keep from the initial prompt",
    re.IGNORECASE,
)
# (limit, asked, output): output tokens that are counted in both are taken off again.
_BOTH = re.compile(
    rf"(?:context length is|context length of)(?: only)? {_N} tokens.*?requested (?:about )?{_N} "
    rf"tokens \({_N} [^,)]*?(?:messages|input|prompt)[^,)]*,[^)]*?{_N}",
    re.IGNORECASE | re.DOTALL,
)
_LIMIT = (
    rf"context (?:length|window|size|limit) (?:is|of)(?: only)? {_N}",
    rf"context size \({_N}",
    rf"maximum model length of {_N}",
    rf"maximum prompt length is {_N}",
    rf"configured limit of {_N}",
    rf"tokens? > {_N}",
    rf"> {_N}",
    rf"tokens allowed \({_N}",
    rf"with {_N} maximum context length",
    rf"must be <= {_N}",
    rf"less than {_N} tokens",
    rf"\bLimit:? {_N}",
)
_ASKED = (
    rf"resulted in {_N}",
    rf"requested (?:about )?{_N} tokens",
    rf"request (?:has|contains) {_N}",
    rf"request \({_N}",
    rf"passed {_N} input tokens",
    rf"prompt \(length {_N}",
    rf"prompt contains {_N}",
    rf"too long: {_N}",
    rf"token count \({_N}",
    rf"limit: {_N} \+",
    rf"keep the first {_N}",
    rf"Given: {_N}",
    rf"\bRequested:? {_N}",
)
# One request that is larger than all that may be sent in a minute: waiting does not help.
_PER_MINUTE = re.compile(r"request too large", re.IGNORECASE)


def is_too_long(failure: Failure) -> bool:
    """Whether this says that the request has too many tokens."""
    if failure.says(*_CODES) or failure.status == _TOO_LARGE:
        return True
    if _PER_MINUTE.search(failure.message):
        return True
    if failure.status not in (0, 400, 422, 500):
        return False
    return bool(_WORDS.search(failure.message))


def limits(failure: Failure) -> tuple[int | None, int | None]:
    """(limit, asked) in tokens of input as far as the server says, else None."""
    numbers = failure.numbers
    if "n_ctx" in numbers:  # llama.cpp
        return numbers["n_ctx"], numbers.get("n_prompt_tokens")
    both = _BOTH.search(failure.message)
    if both:
        limit, _, messages, output = map(_number, both.groups())
        return max(0, limit - output), messages
    return _first(_LIMIT, failure.message), _first(_ASKED, failure.message)


def _first(patterns: tuple[str, ...], text: str) -> int | None:
    for pattern in patterns:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            return _number(found[1])
    return None


def _number(text: str) -> int:
    return int(text.replace(",", ""))
