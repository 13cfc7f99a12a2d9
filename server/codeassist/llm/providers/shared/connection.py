"""One request over the SDK: sent once, streamed, closed whatever happens.

The SDK retries nothing. Proxies come from the environment and trust from the system's store, as is
the habit of its HTTP client. Reading that store takes 20 ms, so it is read once a process.
Everything that goes wrong is returned as a value: an error raised while another is handled would
carry the SDK's own, which has the request with the key in it.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from codeassist.base.model_errors import (
    AuthenticationError,
    CertificateError,
    ModelError,
    ModelNotFoundError,
)
from codeassist.llm.provider import OfferedModel
from codeassist.llm.providers.shared.errors import (
    Place,
    connection_error,
    key_remedy,
    not_a_model,
)
from codeassist.llm.providers.shared.failure import Failure, read_failure

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream, DefaultAsyncHttpxClient
    from openai._types import Headers  # the SDK has no public name for it

CONNECT_SECONDS = 5.0
NO_KEY = "none"  # the SDK wants one; it is not sent
_END = object()
# How servers call the window of a model that they list: vLLM, OpenRouter, LM Studio. (llama.cpp has
# it in `meta`. Ollama does not say.)
_WINDOWS = ("max_model_len", "context_length", "loaded_context_length", "max_context_length")

Trouble = Failure | ModelError
MakeClient = Callable[[], "AsyncOpenAI"]


class Reader(Protocol):
    """What makes an answer of the events of a stream, or of a whole answer."""

    def take(self, event: object) -> bool:
        """Take an event; False if no more are wanted. Never raises for what a server sends."""
        ...

    def take_whole(self, data: object) -> None:
        """Take an answer that was not streamed."""
        ...


def http_client() -> "DefaultAsyncHttpxClient":
    """The SDK's own HTTP client, with the trust that all of a process's clients share."""
    from openai import DefaultAsyncHttpxClient

    return DefaultAsyncHttpxClient(verify=trust())


@cache
def trust() -> ssl.SSLContext:
    """What the system and the environment trust. Read again after a certificate was refused."""
    import httpx2

    return httpx2.create_ssl_context()


class Connection:
    """The client of one address, made with the first request."""

    def __init__(self, place: Place, key: str, make_client: MakeClient) -> None:
        self._place = place
        self._key = key
        self._make = make_client
        self._client: AsyncOpenAI | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def client(self) -> "AsyncOpenAI":
        """The client. Its connections belong to an event loop: another loop gets another client.

        Raises a ModelError for an address or a key that cannot be one.
        """
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            _check(self._place, self._key)
            self._client, self._loop = self._make(), loop
        return self._client

    async def close(self) -> None:
        """Close all connections."""
        client, self._client = self._client, None
        if client is not None and self._loop is asyncio.get_running_loop():
            await client.close()

    async def ask(
        self, path: str, body: Mapping[str, Any], reader: Reader
    ) -> tuple[Mapping[str, str], Trouble | None]:
        """Send a request and give all of its answer to the reader. The headers, and what failed."""
        from openai import AsyncStream

        opening = self.client().post(
            path,
            body=body,
            cast_to=object,
            options={"headers": _left_out(self._place)},
            stream=True,
            stream_cls=AsyncStream[object],
        )
        try:
            stream = await opening
        except Exception as error:  # what the SDK and its HTTP client raise has no common base
            return {}, self._trouble(error, is_midway=False)
        headers = {name.lower(): value for name, value in stream.response.headers.items()}
        async with stream:
            if _is_whole(headers):
                return headers, await self._read_whole(stream, reader)
            return headers, await self._read(stream, reader)

    async def models(self) -> tuple[OfferedModel, ...] | Trouble:
        """The models that the address offers."""
        client = self.client()
        try:
            headers = _left_out(self._place)
            data = await client.get("/models", cast_to=object, options={"headers": headers})
        except Exception as error:  # see `ask`
            return self._trouble(error, is_midway=False)
        listed = data.get("data") if isinstance(data, Mapping) else None
        if not isinstance(listed, list):
            return not_a_model(self._place)
        rows = (each for each in listed if isinstance(each, Mapping))
        return tuple(
            OfferedModel(row["id"], _window(row)) for row in rows if isinstance(row.get("id"), str)
        )

    async def _read(self, stream: "AsyncStream[object]", reader: Reader) -> Trouble | None:
        events = aiter(stream)
        while True:
            event = await self._next(events)
            if event is _END:
                return None
            if isinstance(event, Failure | ModelError):
                return event
            if not reader.take(event):
                return None

    async def _next(self, events: AsyncIterator[object]) -> object:
        """The next event, the end, or what failed."""
        try:
            return await anext(events, _END)
        except Exception as error:  # see `ask`
            return self._trouble(error, is_midway=True)

    async def _read_whole(self, stream: "AsyncStream[object]", reader: Reader) -> Trouble | None:
        """An answer that is no stream: a server that does not stream, or a page of HTML."""
        try:
            text = (await stream.response.aread()).decode("utf-8", "replace")
        except Exception as error:  # see `ask`
            return self._trouble(error, is_midway=True)
        try:
            data = json.loads(text)
        except ValueError:
            return not_a_model(self._place)
        if isinstance(data, Mapping) and data.get("error"):
            return read_failure(0, data, key=self._key)
        reader.take_whole(data)
        return None

    def _trouble(self, error: Exception, is_midway: bool) -> Trouble:
        import openai

        if isinstance(error, openai.APIStatusError):
            headers = {name.lower(): value for name, value in error.response.headers.items()}
            return read_failure(error.status_code, error.body, headers, self._key)
        if isinstance(error, openai.APIConnectionError):
            found = connection_error(error, self._place, is_midway)
            if isinstance(found, CertificateError):
                trust.cache_clear()  # whoever adds the certificate need not start us again
            return found
        if isinstance(error, openai.APIError) and is_midway:
            return read_failure(0, error.body or {"message": error.message}, key=self._key)
        if isinstance(error, ValueError | openai.APIError):  # no JSON, or no UTF-8
            return not_a_model(self._place)
        return connection_error(error, self._place, is_midway)


def _is_whole(headers: Mapping[str, str]) -> bool:
    """Whether an answer is no stream. Streams are not always labelled as such; pages are."""
    kind = headers.get("content-type", "")
    return "json" in kind or "html" in kind


def _check(place: Place, key: str) -> None:
    """Raises for what would fail anyway, but with the key in the message or none at all."""
    try:
        parts = urlsplit(place.address)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_address = False
    if not is_address:
        remedy = "write base_url as http://host:port/v1 or https://host/v1"
        raise ModelNotFoundError(f"{place.address!r} is not an address", remedy)
    if not key and place.kind != "compatible":
        raise AuthenticationError(f"there is no key for {place.address}", key_remedy(place.kind))
    if not key.isascii() or any(each.isspace() or not each.isprintable() for each in key):
        raise AuthenticationError(
            f"the key for {place.address} has characters that no key has", key_remedy(place.kind)
        )


def _left_out(place: Place) -> "Headers":
    """Headers that the SDK would send by itself: OpenAI's own, and a key if there is none."""
    from openai import omit

    names = [] if place.kind == "openai" else ["OpenAI-Organization", "OpenAI-Project"]
    names += [] if place.has_key else ["Authorization"]
    return dict.fromkeys(names, omit)


def _window(row: Mapping[str, object]) -> int | None:
    """The window that a server states for a model, None where it states none."""
    meta = row.get("meta")
    own = meta.get("n_ctx") if isinstance(meta, Mapping) else None
    stated = (own, *(row.get(name) for name in _WINDOWS))
    return next((each for each in stated if isinstance(each, int) and each > 0), None)
