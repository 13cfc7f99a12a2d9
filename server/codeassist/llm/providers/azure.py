"""Azure's models, through either of its surfaces: /openai/v1, or a deployment and an api-version.

Users paste addresses as the portal shows them; `address_of` makes one form of all.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from codeassist.base.messages import ModelRequest
from codeassist.llm.config import ModelConfig
from codeassist.llm.lengths import without_lengths
from codeassist.llm.provider import OnText, Provider
from codeassist.llm.providers.shared.chat import ChatReader, chat_body, limit_name
from codeassist.llm.providers.shared.connection import http_client
from codeassist.llm.providers.shared.http_provider import AnswerReader, HttpProvider
from codeassist.llm.providers.shared.parts import cache_key, output_tokens

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_DEPLOYMENT = re.compile(r"/deployments/([^/]+)")
# What follows the resource in an address: a surface, or a project of the AI Foundry.
_SURFACE = re.compile(r"/(?:openai|models|api/projects)(?:/.*)?$")
# Versions that the v1 surface has itself; every other one belongs to deployments.
_V1_VERSIONS = ("v1", "preview", "latest")


@dataclass(frozen=True, slots=True)
class AzureAddress:
    """A resource without a path of Azure's own, the deployment, and the version if it needs one."""

    resource: str
    deployment: str
    version: str | None

    @property
    def url(self) -> str:
        """The address to connect to."""
        if self.version is None:
            return f"{self.resource}/openai/v1"
        return f"{self.resource}/openai/deployments/{self.deployment}"


def address_of(base_url: str, name: str, api_version: str | None) -> AzureAddress:
    """The address for whatever a user pasted: with or without slash, path, deployment or version.

    A deployment in the address goes before the model's name, a version that the user has set
    before one in the address.
    """
    parts = urlsplit(base_url.strip())
    path = parts.path.rstrip("/")
    deployment = _DEPLOYMENT.search(path)
    version = api_version or next(iter(parse_qs(parts.query).get("api-version", ())), None)
    is_v1 = "/openai/v1" in path or version in _V1_VERSIONS
    prefix = _SURFACE.sub("", path) if not deployment else path[: path.find("/openai")]
    return AzureAddress(
        resource=f"{parts.scheme}://{parts.netloc}{prefix}",
        deployment=unquote(deployment[1]) if deployment else name,
        version=None if is_v1 else version,
    )


def make(config: ModelConfig) -> Provider:
    """The provider of a deployment on Azure."""
    return AzureProvider(config, address_of(config.base_url or "", config.name, config.api_version))


class AzureProvider(HttpProvider):
    """A deployment behind Azure's Chat Completions."""

    kind: ClassVar[str] = "azure"
    path: ClassVar[str] = "/chat/completions"

    def __init__(self, config: ModelConfig, address: AzureAddress) -> None:
        super().__init__(config, address.url, address.deployment)
        self._azure = address

    def make_client(self) -> "AsyncOpenAI":
        """A client for the surface that the address is for."""
        from openai import AsyncAzureOpenAI, AsyncOpenAI

        key = self.config.key
        if self._azure.version is None:
            return AsyncOpenAI(
                api_key=key,
                base_url=self.address,
                timeout=self.timeout(),
                max_retries=0,
                http_client=http_client(),
            )
        return AsyncAzureOpenAI(
            api_key=key,
            azure_endpoint=self._azure.resource,
            azure_deployment=self._azure.deployment,
            api_version=self._azure.version,
            timeout=self.timeout(),
            max_retries=0,
            http_client=http_client(),
        )

    def make_body(self, request: ModelRequest) -> dict[str, Any]:
        """The body of a request."""
        facts = self.facts
        options: dict[str, Any] = {}
        name = limit_name("max_completion_tokens", self.dropped)
        if name is not None:
            options[name] = output_tokens(request, facts, reasons=True)
        if facts.effort is not None and "reasoning" not in self.dropped:
            options["reasoning_effort"] = facts.effort
        if facts.verbosity is not None:
            options["verbosity"] = facts.verbosity
        if request.cache_key and "cache_key" in facts.accepts:
            options["prompt_cache_key"] = cache_key(request)
        if request.schema is not None:
            schema = replace(request.schema, schema=without_lengths(request.schema.schema))
            request = replace(request, schema=schema)
        return chat_body(self.model, request, self.dropped, options)

    def make_reader(self, on_text: OnText) -> AnswerReader:
        """A reader of chunks."""
        return ChatReader(on_text)
