"""Settings as rows for people: each with its value, where it came from and what it is for."""

from dataclasses import dataclass

from codeassist.settings.layers import Origin
from codeassist.settings.option import Option
from codeassist.settings.options import options, value_of
from codeassist.settings.schema import Settings
from codeassist.settings.values import expected


@dataclass(frozen=True, slots=True)
class Row:
    """One setting. `value` is plain data; `place` is "" for a default."""

    key: str
    value: object
    origin: Origin
    place: str
    description: str
    scope: str
    default: str
    expected: str
    variable: str

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return self.default if self.value is None else shown(self.value)


def rows(settings: Settings | None = None) -> tuple[Row, ...]:
    """All settings in the order of the schema; of the defaults if none are given."""
    settings = settings or Settings()
    return tuple(_row(settings, option) for option in options().values())


def shown(value: object) -> str:
    """A value as people read it: lists by commas, nothing as "none"."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _row(settings: Settings, option: Option) -> Row:
    winner = settings.layers.winner(option.key)
    return Row(
        key=option.key,
        value=value_of(settings, option),
        origin=winner[0] if winner else Origin.DEFAULT,
        place=winner[1].place if winner else "",
        description=option.trait.description,
        scope=option.trait.scope.value,
        default=option.trait.default_text or shown(option.default),
        expected=expected(option),
        variable=option.variable,
    )
