"""The settings of the language server: what an editor shows by itself, and when it asks first."""

from dataclasses import dataclass, field

from codeassist.settings.option import Scope, about

# A run of a small request costs about one; people want to be asked before a surprise, not always.
CONFIRM_CENTS = 25


@dataclass(frozen=True, slots=True)
class EditorSettings:
    """What an editor shows, and when it asks."""

    diagnostics: bool = field(
        default=True,
        metadata=about("Show findings of open files while you work.", Scope.USER),
    )
    code_lenses: bool = field(
        default=False,
        metadata=about("Show `document` and `find bugs` above definitions.", Scope.USER),
    )
    confirm_cents: int = field(
        default=CONFIRM_CENTS,
        metadata=about(
            "Ask before requests that are likely to cost more US cents than this; 0 never asks.",
            Scope.USER,
            minimum=0,
        ),
    )
