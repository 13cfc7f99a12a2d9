"""The tables whose keys the user makes up: [models.NAME] and [routes]."""

from collections.abc import Mapping

from codeassist.base.errors import ConfigurationError
from codeassist.settings.layers import Layers
from codeassist.settings.model_schema import ModelSettings
from codeassist.settings.options import MODELS, ROUTES

DEFAULT = "default"  # the name of [model] in routes


def named_tables(
    layers: Layers,
) -> tuple[Mapping[str, ModelSettings], Mapping[str, tuple[str, ...]]]:
    """The further models by name and the routes by task.

    Raises ConfigurationError for a route to a model that does not exist.
    """
    values = {key: value for layer in layers.layers for key, value in layer.values.items()}
    fields: dict[str, dict[str, object]] = {}
    routes: dict[str, tuple[str, ...]] = {}
    for key, value in values.items():
        section, _, rest = key.partition(".")
        if section == MODELS:
            name, _, field = rest.rpartition(".")
            fields.setdefault(name, {})[field] = value.value
        elif section == ROUTES:
            assert isinstance(value.value, tuple)
            routes[rest] = value.value
    models = {name: ModelSettings(**given) for name, given in fields.items()}  # type: ignore[arg-type]
    for task, names in routes.items():
        for name in names:
            if name != DEFAULT and name not in models:
                known = ", ".join([DEFAULT, *models])
                raise ConfigurationError(
                    f"{values[f'{ROUTES}.{task}'].place}: there is no model {name!r}",
                    f"the models are {known}; write [{MODELS}.{name}] for another one",
                )
    return models, routes
