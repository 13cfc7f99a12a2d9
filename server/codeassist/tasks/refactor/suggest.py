"""The action "suggest": a model proposes refactorings of the selection, each as verified edits.

What cannot be applied after one repair is dropped with the reason; what applies and is not proved
to be whole is shown as unverified.
"""

from collections.abc import Generator
from typing import Any

from codeassist.base.messages import AnswerSchema, ModelAnswer
from codeassist.edits.answer import edits_schema
from codeassist.prompts.library import fenced
from codeassist.tasks.refactor.action import Action
from codeassist.tasks.refactor.attempt import (
    TEXT_MOST,
    TITLE_MOST,
    Attempt,
    changed_lines,
    plain,
    repair,
    repaired,
    tried,
)
from codeassist.tasks.refactor.facts import NO_INTENT, Local
from codeassist.tasks.refactor.material import code, facts, language, place
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.question import (
    HINT_ITEMS,
    HINT_TEXT,
    HINT_TITLE,
    STRING,
    Question,
    object_schema,
    text,
)
from codeassist.tasks.task import (
    Ask,
    Dropped,
    Reply,
    Scene,
    Subject,
    Suggestion,
    TaskReport,
)

MOST = 5
SIZES = ("small", "medium", "large")
NO_MODEL = "this needs a model: set a key or an address"


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where there is a model and code in one file."""
    if scene.model is None:
        return NO_MODEL
    return None if len(subject.paths) == 1 else "this needs a place in one file"


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Ask for suggestions and verify them. Without a model there are none."""
    reason = applies(scene, subject)
    if reason is not None:
        return TaskReport(notes=(reason,))
    selected = code(scene.view, subject)
    question = Question(
        scene,
        "refactor/suggest",
        "refactor/suggest_system",
        AnswerSchema("suggestions", _schema(), "suggestions"),
        subject.focus,
        {
            "place": place(scene.view, subject),
            "facts": facts(scene, subject),
            "wish": options.instruction.strip(),
            "most": MOST,
        },
        selected,
        language(scene.view, subject),
    )
    (reply,) = yield (question.ask(),)
    if not isinstance(reply, ModelAnswer):
        return TaskReport(notes=(f"no suggestions: {reply.message}",), shown=question.shown)
    seen = (
        {*subject.paths, *(p.path for p in question.shown.pieces)}
        if question.shown
        else set(subject.paths)
    )
    first = [tried(scene, each, seen) for each in _attempts(reply.data)]
    found = yield from _repaired(scene, first, fenced(selected, question.language), seen)
    return _report(found, question, reply)


def _repaired(
    scene: Scene, found: list[Attempt], shown: str, seen: set[str]
) -> Generator[tuple[Ask, ...], tuple[Reply, ...], list[Attempt]]:
    """The attempts, those that are wrong asked for once more in one batch."""
    wrong = [number for number, each in enumerate(found) if each.complaint]
    if not wrong:
        return found
    replies = yield tuple(repair(scene, found[number], shown) for number in wrong)
    for number, reply in zip(wrong, replies, strict=True):
        found[number] = repaired(scene, found[number], reply, seen)
    return found


def _report(found: list[Attempt], question: Question, reply: ModelAnswer) -> TaskReport:
    suggestions = tuple(
        Suggestion(each.edit, each.why, changed_lines(each.edit))
        for each in found
        if each.edit is not None
    )
    dropped = tuple(Dropped(each.title, each.complaint) for each in found if each.edit is None)
    notes = [*reply.notes, *([question.left_out] if question.left_out else [])]
    if not found:
        notes.append("the model has no suggestion for this code")
    return TaskReport(
        suggestions=suggestions, dropped=dropped, notes=tuple(notes), shown=question.shown
    )


def _attempts(data: object) -> list[Attempt]:
    """The suggestions of an answer, without those that repeat one; at most `MOST`."""
    rows = data.get("suggestions") if isinstance(data, dict) else None
    found: list[Attempt] = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        title = plain(row.get("title"), TITLE_MOST)
        why = plain(row.get("why"), TEXT_MOST)
        size = row.get("size")
        if not title or any(row.get("edits") == each.data for each in found):
            continue
        sized = f"{why} ({size})" if size in SIZES else why
        found.append(Attempt(title, sized, row.get("edits"), NO_INTENT))
    return found[:MOST]


def _schema() -> dict[str, Any]:
    item = object_schema(
        title=text("What it does, in the imperative, ten words at most.", HINT_TITLE),
        why=text("What becomes better, in one or two sentences.", HINT_TEXT),
        size={**STRING, "enum": list(SIZES), "description": "How much code changes."},
        edits=edits_schema() | {"maxItems": HINT_ITEMS},
    )
    return object_schema(suggestions={"type": "array", "items": item, "maxItems": MOST})


ACTION = Action(
    "suggest",
    "Suggest refactorings",
    "refactor.rewrite.codeassist.suggest",
    applies,
    run,
    takes_instruction=True,
    needs_model=True,
)
