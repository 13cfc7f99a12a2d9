"""What is read from servers' words and headers. Each wording is one that a server is known for."""

from email.utils import formatdate
from time import time

import pytest

from codeassist.llm.providers.shared.failure import Failure, read_failure
from codeassist.llm.providers.shared.too_long import is_too_long, limits
from codeassist.llm.providers.shared.waiting import retry_after, seconds

TOO_LONG = [
    # OpenAI and Azure
    (
        "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in "
        "300123 tokens. Please reduce the length of the messages.",
        (272_000, 300_123),
    ),
    (
        "This model's maximum context length is 8192 tokens. However, your messages resulted in "
        "9000 tokens. Please reduce the length of the messages.",
        (8_192, 9_000),
    ),
    # The answer's tokens are in both numbers; what counts is the room for input.
    (
        "This model's maximum context length is 8192 tokens. However, you requested 10000 tokens "
        "(8000 in the messages, 2000 in the completion).",
        (6_192, 8_000),
    ),
    ("Your input exceeds the context window of this model.", (None, None)),
    # vLLM
    (
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens "
        "(4900 in the messages, 100 in the completion). Please reduce the length.",
        (3_996, 4_900),
    ),
    (
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        (4_096, 5_000),
    ),
    (
        "You passed 5001 input tokens and requested 0 output tokens. However, the model's context "
        "length is only 4096 tokens, resulting in a maximum input length of 4096 tokens.",
        (4_096, 5_001),
    ),
    # llama.cpp
    (
        "request (12345 tokens) exceeds the available context size (8192 tokens), try increasing",
        (8_192, 12_345),
    ),
    ("the request exceeds the available context size. try increasing it", (None, None)),
    # LM Studio
    (
        "Trying to keep the first 5000 tokens when context the overflows. However, the model is "
        "loaded with context length of only 4096 tokens, which is not enough.",
        (4_096, 5_000),
    ),
    # Ollama
    ("the input length exceeds the context length", (None, None)),
    ("prompt too long; exceeded max context length by 123 tokens", (None, None)),
    # TGI
    (
        "Input validation error: `inputs` must have less than 1024 tokens. Given: 1100",
        (1_024, 1_100),
    ),
    # Behind OpenRouter and others
    ("prompt is too long: 208310 tokens > 200000 maximum", (200_000, 208_310)),
    (
        "The input token count (1,200,000) exceeds the maximum number of tokens allowed "
        "(1,048,576).",
        (1_048_576, 1_200_000),
    ),
    (
        "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum "
        "context length",
        (32_768, 40_000),
    ),
    (
        "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
        (131_072, 537_812),
    ),
    (
        "This endpoint's maximum context length is 131072 tokens. However, you requested about "
        "140000 tokens (139000 of text input, 1000 in the output).",
        (130_072, 139_000),
    ),
]


@pytest.mark.parametrize(("text", "numbers"), TOO_LONG, ids=[text[:30] for text, _ in TOO_LONG])
def test_too_long_in_every_wording(text: str, numbers: tuple[int | None, int | None]) -> None:
    failure = read_failure(400, {"error": {"message": text}})
    assert is_too_long(failure)
    assert limits(failure) == numbers


def test_numbers_beside_the_message_are_used() -> None:
    body = {"error": {"message": "x", "type": "exceed_context_size_error"}}
    body["error"] |= {"n_prompt_tokens": 3_031, "n_ctx": 1_024}  # type: ignore[dict-item]
    failure = read_failure(400, body)
    assert is_too_long(failure)
    assert limits(failure) == (1_024, 3_031)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "Invalid value: 'x'"),
        (401, "the context length of your key"),
        (429, "Rate limit reached: Limit 30000, Used 29000, Requested 2000. Try again in 2s."),
        (503, "maximum context length cannot be determined"),
    ],
)
def test_other_complaints_are_not_too_long(status: int, text: str) -> None:
    assert not is_too_long(read_failure(status, {"error": {"message": text}}))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("6m0s", 360.0),
        ("120ms", 0.12),
        ("1h2m3.5s", 3_723.5),
        ("1s", 1.0),
        ("20", 20.0),
        ("0.5", 0.5),
        ("1d", 86_400.0),
        ("", None),
        ("soon", None),
        ("-1s", None),
        ("5 m", None),
    ],
)
def test_durations_of_rate_headers(text: str, wanted: float | None) -> None:
    assert seconds(text) == (wanted if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize(
    ("headers", "text", "wanted"),
    [
        ({"retry-after": "7"}, "", 7.0),
        ({"retry-after-ms": "250", "retry-after": "1"}, "", 0.25),
        ({}, "Rate limit reached. Please try again in 1.2s.", 1.2),
        ({}, "Please try again in 6m0s. Visit the page.", 360.0),
        ({}, "Please try again in 120ms.", 0.12),
        ({}, "Please retry after 20 seconds.", 20.0),
        ({}, "Try again in 2 minutes", 120.0),
        ({"retry-after": "3"}, "try again in 9s", 3.0),
        (
            {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1m1s"},
            "",
            61.0,
        ),
        ({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "1m1s"}, "", None),
        ({"retry-after": "whenever"}, "", None),
        ({}, "slow down", None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], text: str, wanted: float | None) -> None:
    assert retry_after(headers, text) == (wanted if wanted is None else pytest.approx(wanted))


def test_a_date_to_wait_for() -> None:
    wait = retry_after({"retry-after": formatdate(time() + 100, usegmt=True)}, "")
    assert wait is not None
    assert 90 < wait <= 100
    assert retry_after({"retry-after": formatdate(time() - 100, usegmt=True)}, "") == 0


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"error": {"message": "m", "code": "c"}}, "m", "c"),
        ({"message": "m", "code": 400}, "m", "400"),
        ({"error": "m"}, "m", ""),
        ({"detail": "m"}, "m", ""),
        ("m", "m", ""),
        (None, "", ""),
        ({"error": {"message": None}}, "", ""),
        ({"error": {"code": 7, "message": ["a"]}}, "['a']", "7"),
    ],
)
def test_errors_are_read_in_every_shape(body: object, message: str, code: str) -> None:
    failure = read_failure(400, body)
    assert (failure.message, failure.code) == (message, code)


def test_keys_are_hidden_wherever_they_stand() -> None:
    text = "Incorrect API key provided: sk-proj-abc***xyz. secret-thing"
    failure = read_failure(401, {"error": {"message": text}}, key="secret-thing")
    assert failure == Failure(401, "Incorrect API key provided: … …")
