"""Failures of servers and connections as errors with a remedy each.

The order matters: a code says more than a status, for 429 and 400 stand for many things.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.model_errors import (
    AuthenticationError,
    CertificateError,
    FilteredError,
    ModelError,
    ModelNotFoundError,
    QuotaError,
    RateLimitError,
    RejectedError,
    ServerError,
    TooLongError,
    UnreachableError,
)
from codeassist.llm.providers.shared.failure import Failure, one_line
from codeassist.llm.providers.shared.too_long import is_too_long, limits
from codeassist.llm.providers.shared.waiting import retry_after

_FILTER_CODES = ("content_filter", "content_policy_violation", "responsibleaipolicyviolation")
_FILTER_WORDS = re.compile(r"content management policy|content filter|safety system", re.IGNORECASE)
_QUOTA_CODES = (
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
    "quota_exceeded",
)
_QUOTA_WORDS = re.compile(
    r"exceeded your current quota|billing hard limit|insufficient (?:credits|balance|funds)"
    r"|requires more credits|account is not active",
    re.IGNORECASE,
)
_MODEL_CODES = ("model_not_found", "deploymentnotfound")
_MODEL_WORDS = re.compile(
    r"model\W.{0,120}(?:does not exist|not found|not available|not loaded)|no such model"
    r"|not a valid model|invalid model|unknown model|no models? loaded|deployment .*not exist",
    re.IGNORECASE,
)
_KEY_CODES = ("invalid_api_key", "invalid_authentication", "authentication_error")
_RATE_CODES = ("rate_limit_exceeded", "rate_limit_error", "too_many_requests")
_REGION_CODE = "unsupported_country_region_territory"
_BUSY = (408, 409, 425)

_NAME_REMEDY = "set another model's name; `codeassist model list` shows what the address offers"
_DEPLOYMENT_REMEDY = (
    "on Azure the model's name is the name of its deployment: set that one, and check that "
    "base_url is the address of the resource that has it"
)
_TRUST_REMEDY = (
    "add the certificate of the proxy or server to the system's trust store, or set SSL_CERT_FILE "
    "to a file that has it"
)
_NO_API_REMEDY = "check base_url; most servers want /v1 at its end"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model is, for messages. `kind` is the provider's name."""

    model: str
    address: str
    kind: str
    has_key: bool


def model_error(failure: Failure, place: Place) -> ModelError:
    """The error for what a server says."""
    for find in (_by_content, _by_money, _by_model, _by_access, _by_status):
        error = find(failure, place)
        if error is not None:
            return error
    return RejectedError(
        f"{place.address} rejects the request{_quoted(failure)}",
        "if you think that it should work, report it with the output of --show-prompt",
    )


def _by_content(failure: Failure, place: Place) -> ModelError | None:
    if failure.says(*_FILTER_CODES) or _FILTER_WORDS.search(failure.message):
        return FilteredError(
            f"A content filter of {place.address} took the request{_quoted(failure)}",
            "ask about a smaller part of the code, or use another model",
        )
    if is_too_long(failure):
        limit, asked = limits(failure)
        numbers = f": {asked:,} tokens of {limit:,}" if limit and asked else _quoted(failure)
        remedy = "ask about less code, or set input_tokens of this model to what it takes"
        return TooLongError(f"too long for {place.model}{numbers}", remedy, limit, asked)
    return None


def _by_money(failure: Failure, place: Place) -> ModelError | None:
    is_out = failure.says(*_QUOTA_CODES) or _QUOTA_WORDS.search(failure.message)
    if is_out or failure.status == 402:
        return QuotaError(
            f"the account at {place.address} has no quota left{_quoted(failure)}",
            "add credit or raise the limit of the account, or set a fall-back model",
        )
    if failure.status == 429 or failure.says(*_RATE_CODES):
        wait = retry_after(failure.headers, failure.message)
        when = f", again in {wait:.0f} s" if wait is not None and wait >= 1 else ""
        return RateLimitError(
            f"too many requests or tokens for {place.model}{when}{_quoted(failure)}",
            "wait, ask for less at once (limits.concurrent), or set a fall-back model",
            wait,
        )
    return None


def _by_model(failure: Failure, place: Place) -> ModelError | None:
    is_client = failure.status in (0, 400, 403, 404, 422)
    is_model = failure.says(*_MODEL_CODES) or _MODEL_WORDS.search(failure.message)
    if is_client and is_model:
        remedy = _DEPLOYMENT_REMEDY if place.kind == "azure" else _NAME_REMEDY
        return ModelNotFoundError(f"{place.address} has no model {place.model}", remedy)
    return None


def _by_access(failure: Failure, place: Place) -> ModelError | None:
    if failure.says(_REGION_CODE):
        return AuthenticationError(
            f"{place.address} is not offered where you are", "use another model or address"
        )
    if failure.status == 403 and not failure.says(*_KEY_CODES):
        return AuthenticationError(
            f"{place.address} does not let this key use {place.model}{_quoted(failure)}",
            "check the rights of the key, and whether a proxy or firewall says no in its place",
        )
    if failure.status == 401 or failure.says(*_KEY_CODES):
        return AuthenticationError(
            f"{place.address} {'does not accept the key' if place.has_key else 'wants a key'}",
            key_remedy(place.kind),
        )
    return None


def _by_status(failure: Failure, place: Place) -> ModelError | None:
    if failure.status in (404, 405):
        message = f"{place.address} is not the address of a model{_quoted(failure)}"
        return ModelNotFoundError(message, _address_remedy(place))
    if failure.is_html and failure.status < 500:
        return not_a_model(place)
    if failure.status in _BUSY or failure.status >= 500 or failure.status == 0:
        status = f" ({failure.status})" if failure.status else ""
        return ServerError(
            f"{place.address} failed{status}{_quoted(failure)}",
            "try again later, or set a fall-back model",
        )
    return None


def _address_remedy(place: Place) -> str:
    if place.kind == "azure":
        return _DEPLOYMENT_REMEDY
    if place.address.rstrip("/").endswith("/v1"):
        return "check base_url: it is not the address of an OpenAI-compatible server"
    return _NO_API_REMEDY


def not_a_model(place: Place) -> ModelError:
    """The error for an answer that no OpenAI-compatible server gives, such as a login page."""
    return ServerError(
        f"{place.address} answers with something else than a model's answer",
        "check base_url, and whether a proxy wants a login: open the address in a browser",
    )


def key_remedy(kind: str) -> str:
    """What to do about a key that is missing or wrong."""
    own = {"openai": "OPENAI_API_KEY", "azure": "AZURE_OPENAI_API_KEY"}.get(kind)
    names = f"{own} or CODEASSIST_API_KEY" if own else "CODEASSIST_API_KEY"
    return f"set {names} in the environment to a key of this address"


def connection_error(error: BaseException, place: Place, is_midway: bool) -> ModelError:
    """The error for a connection that could not be made, or that broke (`is_midway`)."""
    causes = list(_causes(error))
    texts = " ".join(str(each) for each in causes)
    if _is_certificate(causes, texts):
        return CertificateError(f"the certificate of {place.address} is not trusted", _TRUST_REMEDY)
    if any("Timeout" in type(each).__name__ for each in causes):
        return _timeout(causes, place)
    if any("Proxy" in type(each).__name__ for each in causes):
        return UnreachableError(
            f"the proxy does not lead to {place.address}{_reason(causes)}",
            "check HTTPS_PROXY, or name the host in NO_PROXY",
        )
    if is_midway:
        return UnreachableError(
            f"the connection to {place.address} broke in the middle of the answer",
            "try again; if it stays so, look at the server, or at the proxy's time limit",
        )
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return UnreachableError(
            f"{place.address} does not speak TLS as it should",
            "check whether its address begins with http:// rather than https://",
        )
    if any(isinstance(each, socket.gaierror) for each in causes):
        return UnreachableError(
            f"the host of {place.address} is not known", "check base_url and the network"
        )
    return UnreachableError(
        f"there is no connection to {place.address}{_reason(causes)}", _connection_remedy(place)
    )


def _timeout(causes: list[BaseException], place: Place) -> ModelError:
    if any("Connect" in type(each).__name__ for each in causes):
        message = f"{place.address} did not take the connection in time"
        return UnreachableError(message, _connection_remedy(place))
    return UnreachableError(
        f"nothing came from {place.address} for too long",
        "raise timeout_seconds for a slow model, or lower its effort",
    )


def _connection_remedy(place: Place) -> str:
    if place.kind == "compatible":
        return "check base_url, and that the server runs"
    return "check the network, and HTTPS_PROXY if there is a proxy"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _is_certificate(causes: list[BaseException], texts: str) -> bool:
    is_named = "CERTIFICATE_VERIFY_FAILED" in texts or "certificate verify failed" in texts
    return is_named or any(isinstance(each, ssl.SSLCertVerificationError) for each in causes)


def _reason(causes: list[BaseException]) -> str:
    """The most exact reason: that of the innermost cause."""
    text = next((str(each) for each in reversed(causes) if str(each)), "")
    return f": {one_line(text)}" if text else ""


def _quoted(failure: Failure) -> str:
    return f": {failure.message}" if failure.message else ""
