"""Tries a model's address out before it is used: what it offers, and whether it answers.

A key that is given for this is sent to that address and kept nowhere.
"""

from dataclasses import dataclass, replace

from codeassist.base.cancellation import CancellationToken
from codeassist.base.model_errors import (
    AuthenticationError,
    ModelError,
    QuotaError,
    RateLimitError,
    UnreachableError,
)
from codeassist.engine.models import offered, tested
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.routes import OPENAI_ADDRESS, route
from codeassist.settings.load import gateway_config
from codeassist.settings.options import options
from codeassist.settings.schema import Settings
from codeassist.settings.values import checked

LIST_SECONDS = 20  # no server takes longer to say what it has
TEST_SECONDS = 180  # a local one may have to load its model first
# Not all servers list their models; after any of these there is no need to ask one.
_FINAL = (AuthenticationError, QuotaError, RateLimitError, UnreachableError)


@dataclass(frozen=True, slots=True)
class Probed:
    """What an address offers. `message` says how it went, `remedy` what to do, "" for nothing."""

    address: str
    models: tuple[str, ...]
    is_ok: bool
    message: str
    remedy: str = ""


def probe(
    settings: Settings, base_url: str | None, key: str | None, token: CancellationToken
) -> Probed:
    """Try an address, None for the one of the settings. `key` is for it; None for the usual one.

    An address that is not the settings' own is never sent their key. Raises ConfigurationError for
    what is no address.
    """
    config = _config(settings, base_url, key)
    address = config.models["default"].base_url or OPENAI_ADDRESS
    try:
        model = route(config, "default")[0].config
        names = _listed(model, token)
        if base_url is not None and names and model.name not in names:
            return _other(address, model.name, names)
        return _tested(config, address, names, token)
    except ModelError as error:
        secret = config.models["default"].key
        message, remedy = error.message, error.remedy
        if secret:  # a last look, whatever a server put into its answer
            message, remedy = message.replace(secret, "…"), remedy.replace(secret, "…")
        return Probed(address, (), False, message, remedy)


def _config(settings: Settings, base_url: str | None, key: str | None) -> GatewayConfig:
    """The settings' default model alone, at another address or with another key."""
    config = gateway_config(settings)
    model = config.models["default"]
    if base_url is not None:
        checked(options()["model.base_url"], base_url, "baseUrl")
        if base_url.rstrip("/") != (model.base_url or OPENAI_ADDRESS).rstrip("/"):
            model = ModelConfig(
                model.name, input_tokens=model.input_tokens, output_tokens=model.output_tokens
            )
        model = replace(model, base_url=base_url)
    if key is not None:
        model = replace(model, key=key)
    model = replace(model, timeout_seconds=min(model.timeout_seconds, TEST_SECONDS))
    return replace(config, models={"default": model}, routes={})


def _listed(model: ModelConfig, token: CancellationToken) -> tuple[str, ...]:
    """The models of an address; none where it does not list them."""
    try:
        offer = offered(replace(model, timeout_seconds=LIST_SECONDS), token)
        return tuple(each.name for each in offer)
    except ModelError as error:
        if isinstance(error, _FINAL):
            raise
        return ()


def _other(address: str, name: str, names: tuple[str, ...]) -> Probed:
    count = f"{len(names):,} model{'' if len(names) == 1 else 's'}"
    text = f"{address} offers {count}, and {name} is not among them"
    return Probed(address, names, True, text, "choose one of them as model.name")


def _tested(
    config: GatewayConfig, address: str, names: tuple[str, ...], token: CancellationToken
) -> Probed:
    done = tested(config, token)
    text = f"{done.model} at {address} answers, after {done.seconds:.1f} s"
    return Probed(address, names, True, text)
