"""Whose key goes to which address, and the gateway's configuration made of the settings.

CODEASSIST_API_KEY goes to the address of [model], whatever it is. OPENAI_API_KEY goes to OpenAI's
own address only, or to the one of OPENAI_BASE_URL, which belongs to it by convention;
AZURE_OPENAI_API_KEY to Azure's. A model with `key_variable` gets that variable's key and no other.
So a key is never sent to an address that it was not meant for. Reads no environment itself.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from codeassist.llm.config import GatewayConfig, LimitsConfig, ModelConfig

if TYPE_CHECKING:
    from codeassist.settings.model_schema import ModelSettings
    from codeassist.settings.schema import Settings

OWN_KEY, OPENAI_KEY, AZURE_KEY = "CODEASSIST_API_KEY", "OPENAI_API_KEY", "AZURE_OPENAI_API_KEY"
OPENAI_ADDRESS = "OPENAI_BASE_URL"
KEY_VARIABLES = (OWN_KEY, OPENAI_KEY)
DEFAULT = "default"


def gateway(settings: "Settings", environ: Mapping[str, str], repository: str) -> GatewayConfig:
    """The configuration of the gateway, keys included."""
    models = {name: _model(each, environ, "") for name, each in settings.models.items()}
    is_named = settings.layers.winner("model.name") is not None
    default = replace(_model(settings.model, environ, OWN_KEY), is_named=is_named)
    models = {DEFAULT: default, **models}
    limits = settings.limits
    return GatewayConfig(
        models=models,
        routes=settings.routes,
        limits=LimitsConfig(
            limits.run_cents,
            limits.day_cents,
            limits.run_tokens,
            limits.day_tokens,
            limits.concurrent,
        ),
        folder=os.path.join(settings.cache.dir, "model"),
        repository=repository,
        keeps_answers=settings.model.keep_answers,
        offline=settings.model.offline,
    )


def key_variable(model: "ModelSettings", environ: Mapping[str, str], own: str = OWN_KEY) -> str:
    """The name of the variable that holds a model's key; "" if none is set."""
    address = model.base_url or environ.get(OPENAI_ADDRESS, "")
    if model.key_variable:
        candidates = [model.key_variable]
    else:
        candidates = [own] if own else []
        if _is_azure(address):
            candidates.append(AZURE_KEY)
        elif not model.base_url or _is_openai(address) or _same(address, environ):
            candidates.append(OPENAI_KEY)
    return next((name for name in candidates if environ.get(name, "").strip()), "")


def _model(model: "ModelSettings", environ: Mapping[str, str], own: str) -> ModelConfig:
    variable = key_variable(model, environ, own)
    return ModelConfig(
        name=model.name,
        provider=model.provider,
        base_url=model.base_url or environ.get(OPENAI_ADDRESS, "").strip() or None,
        key=environ[variable].strip() if variable else "",
        api_version=model.api_version,
        effort=model.effort,
        verbosity=model.verbosity,
        input_tokens=model.input_tokens,
        output_tokens=model.output_tokens,
        sees=model.sees,
        timeout_seconds=model.timeout_seconds,
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_openai(address: str) -> bool:
    host = _host(address)
    return host == "openai.com" or host.endswith(".openai.com")


def _is_azure(address: str) -> bool:
    return _host(address).endswith(".azure.com")


def _same(address: str, environ: Mapping[str, str]) -> bool:
    return address.rstrip("/") == environ.get(OPENAI_ADDRESS, "").strip().rstrip("/")
