"""What a server says of its models, asked where the user has not said it.

Whoever sets nothing but an address means the one model that is there, and a local one takes far
less than those that are known by name. So its address is asked once in a while, before a task is
planned; no code is sent for it. What the user has set goes before what a server says.
"""

import time
from dataclasses import replace
from urllib.parse import urlsplit

from codeassist.base.cancellation import CancellationToken
from codeassist.base.model_errors import ModelError
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.model_facts import facts_for
from codeassist.llm.provider import OfferedModel
from codeassist.llm.providers import kind_of
from codeassist.llm.routes import planned

SECONDS_KEPT = 300.0  # somebody may have started another model at the address
LIST_SECONDS = 5
# Of a window that request and answer share: what is left for the answer.
ANSWERS_SHARE = 4
Offer = tuple[OfferedModel, ...]
_offers: dict[tuple[str, str], tuple[float, Offer]] = {}


def introduce(config: GatewayConfig, task: str, token: CancellationToken) -> None:
    """Ask the addresses of a task's models what they offer, where that is not known yet."""
    if config.offline or not config.models:
        return
    for candidate in planned(config, task):
        model = candidate.config
        at, _ = _offers.get(_key(model), (float("-inf"), ()))
        if candidate.is_set_up and _is_unclear(model) and time.monotonic() - at > SECONDS_KEPT:
            _offers[_key(model)] = (time.monotonic(), _asked(model, token))


def introduced(config: GatewayConfig) -> GatewayConfig:
    """A configuration with what is known by now of its models. Asks nobody."""
    models = {key: _introduced(model) for key, model in config.models.items()}
    return replace(config, models=models)


def shown_name(model: ModelConfig) -> str:
    """What to call a model whose server was not asked yet: its name, if it was chosen."""
    if model.is_named or kind_of(model) != "compatible":
        return model.name
    return urlsplit(model.base_url or "").netloc


def _is_unclear(model: ModelConfig) -> bool:
    """Whether the user has left open which model is meant, or what it takes."""
    if kind_of(model) != "compatible":
        return False
    is_known = facts_for(model.name).is_known or model.input_tokens is not None
    return not model.is_named or not is_known


def _introduced(model: ModelConfig) -> ModelConfig:
    _, offer = _offers.get(_key(model), (0.0, ()))
    if not offer or not _is_unclear(model):
        return model
    mine = next((each for each in offer if each.name == model.name), None)
    if mine is None and not model.is_named and len(offer) == 1:
        mine = offer[0]
    if mine is None:
        return model
    model = replace(model, name=mine.name, is_named=True)
    if mine.window is None or model.input_tokens is not None:
        return model
    most = facts_for(mine.name, model).output_ceiling
    answer = min(most, max(1, mine.window // ANSWERS_SHARE))
    return replace(model, input_tokens=mine.window - answer, output_tokens=answer)


def _asked(model: ModelConfig, token: CancellationToken) -> Offer:
    """What an address offers; nothing where it does not say."""
    from codeassist.engine.models import offered

    try:
        return offered(replace(model, timeout_seconds=LIST_SECONDS), token)
    except ModelError:
        return ()  # the task's own request will say what is wrong


def _key(model: ModelConfig) -> tuple[str, str]:
    return model.base_url or "", model.key
