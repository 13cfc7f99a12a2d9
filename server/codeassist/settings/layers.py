"""Layers of values, each with the place that it came from. Plain data; merging is a look-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Origin(IntEnum):
    """Where a value comes from; the higher wins."""

    DEFAULT = 0
    REPOSITORY = 1
    USER = 2
    ENVIRONMENT = 3
    EDITOR = 4
    FLAG = 5

    @property
    def label(self) -> str:
        """The lower-case word that people read."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Value:
    """A checked value. `place` is "codeassist.toml:3", a variable's or a flag's name."""

    value: object
    place: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The values of one origin by dotted key, the file that was read, and what was ignored."""

    origin: Origin
    values: Mapping[str, Value] = field(default_factory=dict)
    source: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """Layers in rising order. `user_file` is where the user's own file is, or would be."""

    layers: tuple[Layer, ...] = ()
    user_file: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """All layers' warnings, in order."""
        return tuple(text for layer in self.layers for text in layer.warnings)

    def winner(self, key: str) -> tuple[Origin, Value] | None:
        """The value in force for a key, None where only the default is."""
        for layer in reversed(self.layers):
            if key in layer.values:
                return layer.origin, layer.values[key]
        return None

    def source(self, origin: Origin) -> str:
        """The file that a layer was read from, "" if there is none."""
        return next((layer.source for layer in self.layers if layer.origin is origin), "")

    def with_layer(self, layer: Layer) -> "Layers":
        """These layers with one of them replaced or added in its place."""
        others = [other for other in self.layers if other.origin is not layer.origin]
        ordered = sorted([*others, layer], key=lambda item: item.origin)
        return replace(self, layers=tuple(ordered))
