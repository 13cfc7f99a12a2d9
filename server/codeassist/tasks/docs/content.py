"""What documentation says, without a form: sentences and entries. No style and no language.

Texts are plain prose on one line; code in them stands between backquotes.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from codeassist.base.symbols import ParameterKind

Part = Literal["parameters", "attributes", "returns", "yields", "raises"]
# The order of the sections in every style.
PARTS: tuple[Part, ...] = ("attributes", "parameters", "returns", "yields", "raises")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. `name` is "" for a result and the exception's for what is raised.

    `type` and `default` are source text, None where nothing is written or known. `inferred` says
    that the type was worked out and is not declared.
    """

    name: str
    text: str = ""
    type: str | None = None
    default: str | None = None
    optional: bool = False
    kind: ParameterKind = ParameterKind.NORMAL
    inferred: bool = False

    @property
    def starred(self) -> str:
        """A Python parameter's name with its stars."""
        stars = {ParameterKind.REST: "*", ParameterKind.KEYWORD_REST: "**"}
        return stars.get(self.kind, "") + self.name


@dataclass(frozen=True, slots=True)
class Content:
    """The documentation of one definition. `description` is paragraphs."""

    summary: str
    description: tuple[str, ...] = ()
    parts: dict[Part, tuple[Item, ...]] = field(default_factory=dict)

    def of(self, part: Part) -> tuple[Item, ...]:
        """The entries of a part."""
        return self.parts.get(part, ())

    def without(self, *parts: Part) -> "Content":
        """The same without some parts."""
        return replace(self, parts={k: v for k, v in self.parts.items() if k not in parts})
