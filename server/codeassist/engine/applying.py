"""What the user's own commands do with edits: a formatter before they are shown, a check after.

Also writes verified edits, and takes them back if the check fails or is cancelled.
"""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.edits.commands import CommandsConfig, formatted, run_verify
from codeassist.edits.verify import reparsed
from codeassist.edits.write import write
from codeassist.engine.requests import Applied
from codeassist.index.view import View
from codeassist.settings.model_schema import EditSettings
from codeassist.tasks.task import TaskReport


def commands(settings: EditSettings) -> CommandsConfig:
    """What is run on edits, as the room of edits takes it."""
    pairs = (text.partition(": ") for text in settings.formatters)
    formatters = tuple((glob.strip(), tuple(shlex.split(line))) for glob, _, line in pairs)
    verify = tuple(shlex.split(settings.verify)) if settings.verify else ()
    return CommandsConfig(formatters, verify, settings.verify_seconds)


@dataclass(frozen=True)
class Formatting:
    """Formats what a task has made as the user does, and parses it once more."""

    root: str
    view: View
    config: CommandsConfig
    token: CancellationToken

    def report(self, report: TaskReport) -> TaskReport:
        """The report with all of its edits formatted; the same where nothing is set up."""
        if not self.config.formatters:
            return report
        return replace(
            report,
            edits=tuple(map(self._edit, report.edits)),
            suggestions=tuple(
                replace(each, edit=self._edit(each.edit)) for each in report.suggestions
            ),
            hypotheses=tuple(
                replace(each, fix=self._edit(each.fix) if each.fix else None)
                for each in report.hypotheses
            ),
        )

    def _edit(self, edit: WorkspaceEdit) -> WorkspaceEdit:
        made = formatted(self.root, edit, self.config, self.token)
        return edit if made == edit else reparsed(self.view, made)


def apply(
    root: str, edits: Sequence[WorkspaceEdit], settings: EditSettings, token: CancellationToken
) -> Applied:
    """Write what is verified; see `Engine.apply`."""
    verified = [edit for edit in edits if edit.is_verified]
    withheld = tuple(edit for edit in edits if not edit.is_verified)
    if not verified:
        return Applied((), withheld)
    token.check()
    undo = write(root, verified)
    try:
        complaint = run_verify(root, commands(settings), token)
    except BaseException:
        undo()
        raise
    if complaint is not None:
        undo()
        raise EditError(
            f"your check failed on the result, so it was undone: {complaint}",
            "see edits.verify in `codeassist config`",
        )
    paths = dict.fromkeys(file.path for edit in verified for file in edit.files)
    return Applied(tuple(paths), withheld)
