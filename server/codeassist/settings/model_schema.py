"""The settings of models, limits, edits and prompts: all of them the user's own.

No repository's file may set any of these: they choose where code is sent, what is run and paid.
"""

from dataclasses import dataclass, field

from codeassist.llm.config import DEFAULT_MODEL, Effort, Provider, Verbosity
from codeassist.settings.option import Form, Scope, about

SECONDS_OF_SILENCE = 600  # a model that reasons hard says nothing for minutes
REQUESTS_AT_ONCE = 4  # the first tier of OpenAI's rates holds so many large requests a minute
VERIFY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model and its address. The key comes from the environment alone.

    `[models.NAME]` has the same keys for further models, but for `offline` and `keep_answers`.
    """

    name: str = field(default=DEFAULT_MODEL, metadata=about("Name of the model.", Scope.USER))
    base_url: str | None = field(
        default=None,
        metadata=about(
            "Address of an OpenAI-compatible server.",
            Scope.USER,
            Form.ADDRESS,
            default="OpenAI's own",
        ),
    )
    provider: Provider = field(
        default="auto",
        metadata=about("The protocol of the server; auto goes by the address.", Scope.USER),
    )
    key_variable: str | None = field(
        default=None,
        metadata=about(
            "Environment variable that holds the key.",
            Scope.USER,
            Form.VARIABLE,
            default="CODEASSIST_API_KEY; OPENAI_API_KEY for OpenAI's own address",
        ),
    )
    api_version: str | None = field(
        default=None,
        metadata=about(
            "Version of the API, for Azure's older addresses.", Scope.USER, default="none"
        ),
    )
    effort: Effort | None = field(
        default=None,
        metadata=about("How much the model reasons.", Scope.USER, default="what suits the model"),
    )
    verbosity: Verbosity | None = field(
        default=None,
        metadata=about("How much the model writes.", Scope.USER, default="low"),
    )
    input_tokens: int | None = field(
        default=None,
        metadata=about(
            "Most tokens that a request may have.",
            Scope.USER,
            minimum=1_000,
            default="what the model takes",
        ),
    )
    output_tokens: int | None = field(
        default=None,
        metadata=about(
            "Most tokens that an answer may have.",
            Scope.USER,
            minimum=16,
            default="what the model gives",
        ),
    )
    sees: bool | None = field(
        default=None,
        metadata=about(
            "Whether the model takes images.", Scope.USER, default="what is known of it"
        ),
    )
    timeout_seconds: int = field(
        default=SECONDS_OF_SILENCE,
        metadata=about(
            "Seconds without a word until a request is given up.", Scope.USER, minimum=1
        ),
    )
    offline: bool = field(
        default=False, metadata=about("Ask no model, whatever is set up.", Scope.USER)
    )
    keep_answers: bool = field(
        default=True,
        metadata=about("Keep answers, so that the same request costs nothing again.", Scope.USER),
    )


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """Limits that stop before a request is sent. 0 means none."""

    run_cents: int = field(
        default=0, metadata=about("Most US cents that one run may cost.", Scope.USER, minimum=0)
    )
    day_cents: int = field(
        default=0, metadata=about("Most US cents that a day may cost.", Scope.USER, minimum=0)
    )
    run_tokens: int = field(
        default=0, metadata=about("Most tokens that one run may use.", Scope.USER, minimum=0)
    )
    day_tokens: int = field(
        default=0, metadata=about("Most tokens that a day may use.", Scope.USER, minimum=0)
    )
    concurrent: int = field(
        default=REQUESTS_AT_ONCE,
        metadata=about("Most requests under way at once.", Scope.USER, minimum=1),
    )


@dataclass(frozen=True, slots=True)
class EditSettings:
    """What is run on edits before they count as verified."""

    formatters: tuple[str, ...] = field(
        default=(),
        metadata=about(
            "Formatters of changed files, each as `pattern: command`; {path} is the file's.",
            Scope.USER,
            Form.FORMATTER,
        ),
    )
    verify: str | None = field(
        default=None,
        metadata=about(
            "Command that has to succeed after --apply, or the edit is undone.",
            Scope.USER,
            Form.COMMAND,
            default="none",
        ),
    )
    verify_seconds: int = field(
        default=VERIFY_SECONDS,
        metadata=about("Seconds that the command may take.", Scope.USER, minimum=1),
    )


@dataclass(frozen=True, slots=True)
class PromptSettings:
    """Where the user's own prompts are."""

    dir: str | None = field(
        default=None,
        metadata=about(
            "Folder of your own prompts, which replace those of the same name.",
            Scope.USER,
            Form.FOLDER,
            default="prompts beside your settings file",
        ),
    )
