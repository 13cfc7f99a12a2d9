"""An option as plain data: what the schema says of one field, ready for files, flags and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

PREFIX = "CODEASSIST_"


class Scope(Enum):
    """Who may set an option."""

    REPOSITORY = "repository"  # harmless: anyone, a repository's own file too
    USER = "user"  # only the user's file, the environment and flags


class Form(Enum):
    """What a text must look like beyond being text."""

    PLAIN = "text"
    GLOB = "gitignore pattern"
    CODE = "code"
    REVISION = "revision"
    FOLDER = "folder"
    ADDRESS = "address"
    VARIABLE = "environment variable"
    COMMAND = "command"
    FORMATTER = "formatter"
    RULE = "rule"
    MODEL = "model"


class Kind(Enum):
    """The type of a value."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    TEXTS = "list of texts"


@dataclass(frozen=True, slots=True)
class Trait:
    """What a field's type does not say. `default_text` describes a default that is worked out."""

    description: str
    scope: Scope
    form: Form = Form.PLAIN
    minimum: int | None = None
    default_text: str = ""


def about(
    description: str,
    scope: Scope,
    form: Form = Form.PLAIN,
    *,
    minimum: int | None = None,
    default: str = "",
) -> Mapping[str, Trait]:
    """A field's metadata; `default` describes a default that is worked out."""
    return {"trait": Trait(description, scope, form, minimum, default)}


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `choices` is empty where any value of the kind will do."""

    section: str
    name: str
    kind: Kind
    trait: Trait
    default: object
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The dotted name: `review.fail_on`."""
        return f"{self.section}.{self.name}"

    @property
    def variable(self) -> str:
        """The environment variable: `CODEASSIST_REVIEW_FAIL_ON`."""
        return f"{PREFIX}{self.section}_{self.name}".upper()

    @property
    def flag(self) -> str:
        """The command line's name: `--fail-on`."""
        return "--" + self.name.replace("_", "-")
