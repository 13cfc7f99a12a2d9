"""What a model's edits come to: located, applied, verified, and sent back once where that fails."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.base.messages import AnswerSchema, Message, ModelAnswer, ModelRequest, Role
from codeassist.edits.answer import edits_schema, parse_edits, resolve
from codeassist.edits.verify import Intent, verify
from codeassist.tasks.refactor.facts import NO_INTENT
from codeassist.tasks.refactor.question import OUTPUT_TOKENS, TASK, object_schema
from codeassist.tasks.task import Ask, Reply, Scene

MAX_COMPLAINT = 2_000  # characters
TITLE_MOST = 100  # characters
TEXT_MOST = 1_200


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change that a model proposes. `data` is what it wrote as edits.

    `edit` is None where they do not apply; `complaint` says what is wrong, "" for nothing.
    """

    title: str
    why: str
    data: object
    intent: Intent = NO_INTENT
    edit: WorkspaceEdit | None = None
    complaint: str = ""


def tried(scene: Scene, attempt: Attempt, shown: Collection[str]) -> Attempt:
    """An attempt with its edit worked out. `shown` are the files that the model has seen.

    Raises StaleError for a file that has changed meanwhile.
    """
    try:
        edit = resolve(scene.view, attempt.title, parse_edits(attempt.data))
    except StaleError:
        raise  # no better edit of a model's would help
    except EditError as error:
        return replace(attempt, edit=None, complaint=error.message[:MAX_COMPLAINT])
    edit = verify(scene.view, edit, attempt.intent)
    unseen = [
        each.path for each in edit.files if each.before is not None and each.path not in shown
    ]
    problems = (*edit.problems, *(f"{path}: it was changed without being shown" for path in unseen))
    edit = replace(edit, problems=problems)
    return replace(attempt, edit=edit, complaint="\n".join(problems)[:MAX_COMPLAINT])


def repair(scene: Scene, attempt: Attempt, code: str) -> Ask:
    """The request for better edits. `code` is the code that they are about."""
    user = scene.prompts.fill(
        "refactor/repair",
        title=attempt.title,
        why=attempt.why,
        code=code,
        edits=json.dumps(attempt.data, ensure_ascii=False, indent=1)[: 4 * MAX_COMPLAINT],
        complaint=attempt.complaint,
    )
    messages = (
        Message(Role.SYSTEM, scene.prompts.fill("refactor/repair_system")),
        Message(Role.USER, user),
    )
    schema = AnswerSchema("repaired_edits", object_schema(edits=edits_schema()))
    return Ask(ModelRequest(TASK, messages, schema, OUTPUT_TOKENS, cache_key="refactor/repair"))


def repaired(scene: Scene, attempt: Attempt, reply: Reply, shown: Collection[str]) -> Attempt:
    """The attempt with the better edits, or as it was where those are no better."""
    if not isinstance(reply, ModelAnswer):
        return attempt
    again = tried(scene, replace(attempt, data=reply.data), shown)
    if again.edit is None or (again.complaint and attempt.edit is not None):
        return attempt
    return again


def plain(value: object, most: int) -> str:
    """A text of an answer on one line, cut; "" for what is none."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def changed_lines(edit: WorkspaceEdit) -> int:
    """How many lines an edit changes: of each place, the more of the old and the new ones."""
    count = 0
    for file in edit.files:
        for each in file.edits:
            before = (file.before or b"")[each.start : each.end].count(b"\n")
            count += max(before, each.text.count("\n"), 1)
    return count
