"""The ways to a model: one file a protocol, each imported when it is used.

Nothing but this folder knows the package `openai`, and that is imported with the first request.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from codeassist.llm.config import ModelConfig
from codeassist.llm.provider import Provider

PROVIDERS: Mapping[str, str] = {
    "openai": "codeassist.llm.providers.openai",
    "compatible": "codeassist.llm.providers.compatible",
    "azure": "codeassist.llm.providers.azure",
}
_OPENAI_HOST = "openai.com"
_AZURE_HOSTS = ("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com")


def make(config: ModelConfig) -> Provider:
    """The provider for a model. Connects to nothing and imports no SDK yet."""
    module: Any = import_module(PROVIDERS[kind_of(config)])
    provider: Provider = module.make(config)
    return provider


def kind_of(config: ModelConfig) -> str:
    """The key in PROVIDERS for a model: what the user says, or else what its address tells."""
    if config.provider != "auto":
        return config.provider
    if not config.base_url:
        return "openai"
    host = _host(config.base_url)
    if _is_within(host, _OPENAI_HOST):
        return "openai"
    return "azure" if any(_is_within(host, each) for each in _AZURE_HOSTS) else "compatible"


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
