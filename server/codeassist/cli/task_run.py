"""Runs a task and delivers what came of it: a diff, applied edits, findings, a document, or JSON.

What every task command does after its own options are read.
"""

from typing import TYPE_CHECKING

from codeassist.base.errors import EXIT_CLEAN, EXIT_EDIT, EXIT_INCOMPLETE, UsageError
from codeassist.base.model_errors import EXIT_MODEL
from codeassist.base.words import counted
from codeassist.cli.task_options import Common, to_request
from codeassist.cli.task_text import alternatives

if TYPE_CHECKING:
    from codeassist.base.edits import WorkspaceEdit
    from codeassist.engine.requests import Applied, Estimate, Outcome, Preview, Use


def run_task(
    common: Common, task: str, target: str, options: object, use: "Use | None" = None
) -> int:
    """Run a task; its exit code. `use` is for tasks that need a model, or never do."""
    from codeassist.cli.progress import working
    from codeassist.engine.engine import Engine
    from codeassist.settings import load

    flags = {"model.keep_answers": False} if common.no_keep else {}
    settings = load(common.repo, flags=flags)
    request = to_request(common, task, target, options, use)
    with working() as (progress, token), Engine.open(common.repo, settings) as engine:
        if common.show_prompt:
            return show_prompts(engine.preview(request, progress, token))
        outcome = engine.run(request, progress, token, announced)
        applied = None
        if common.apply:
            applied = engine.apply(_chosen(outcome, common.pick), token)
    return deliver(common, outcome, applied)


def _chosen(outcome: "Outcome", pick: int | None) -> "tuple[WorkspaceEdit, ...]":
    """What is to be written: the edits, and of suggestions and fixes the one that is picked."""
    from codeassist.cli.errors import show

    report = outcome.report
    choices = alternatives(report)
    if pick is not None and pick > len(choices):
        raise UsageError(
            f"there is no suggestion or fix {pick}",
            f"there are {len(choices)}" if choices else "leave --pick out",
        )
    if pick is not None:
        return (choices[pick - 1],)
    if len(choices) > 1 and not report.edits:
        show("nothing is written: choose one with --pick; what was asked is not asked again")
        return ()
    return report.edits or choices


def deliver(common: Common, outcome: "Outcome", applied: "Applied | None") -> int:
    """Print what a task made, or what was written of it; the exit code."""
    if common.as_json:
        _print_json(outcome, applied)
    else:
        _print(common, outcome, applied)
    _say_notes(outcome)
    return _exit_code(outcome, applied)


def _print_json(outcome: "Outcome", applied: "Applied | None") -> None:
    from codeassist.cli.streams import emit_data
    from codeassist.cli.task_json import to_data
    from codeassist.render.escape import dumps

    emit_data(dumps(to_data(outcome, applied)))


def _print(common: Common, outcome: "Outcome", applied: "Applied | None") -> None:
    from codeassist.cli.errors import show
    from codeassist.cli.streams import emit
    from codeassist.cli.task_text import diffs, document, found, suggestions

    text = found(outcome, common.color) + suggestions(outcome, common.color)
    if applied is None:
        text += diffs(outcome.report.edits, common.color)
    elif applied.withheld:
        text += diffs(applied.withheld, common.color)
    text += document(outcome)
    if text:
        emit(text)
    elif not outcome.report.notes and not outcome.report.edits:
        show("nothing was found", "note", "cyan")
    _say_edits(outcome, applied)


def _say_edits(outcome: "Outcome", applied: "Applied | None") -> None:
    from codeassist.cli.errors import show, show_warning

    edits = outcome.report.edits
    unverified = [edit for edit in edits if not edit.is_verified]
    for edit in unverified:
        show_warning(f"not verified: {edit.title}: {'; '.join(edit.problems)}")
    if applied is None:
        if edits and len(unverified) < len(edits):
            show("nothing is written yet; --apply writes what is verified", "note", "cyan")
        return
    if applied.paths:
        show(f"wrote {counted(len(applied.paths), 'file')}: {', '.join(applied.paths)}")
    if applied.withheld:
        show(f"{counted(len(applied.withheld), 'edit')} not applied, since not verified", "note")


def _say_notes(outcome: "Outcome") -> None:
    from codeassist.cli.errors import show, show_error

    for note in outcome.notes:
        show(note, "note", "cyan")
    for dropped in _dropped(outcome):
        show(dropped, "note", "cyan")
    for error in outcome.failures:
        show_error(error.message, error.remedy)
    if outcome.requests:
        show(used(outcome))


def _dropped(outcome: "Outcome") -> list[str]:
    """What the model said and is not shown, by reason."""
    reasons: dict[str, int] = {}
    for each in outcome.report.dropped:
        reasons[each.reason] = reasons.get(each.reason, 0) + 1
    total = sum(reasons.values())
    if not total:
        return []
    listed = "; ".join(
        f"{reason} ({number})" if number > 1 else reason for reason, number in reasons.items()
    )
    return [f"{counted(total, 'answer')} of the model not shown: {listed}"]


def used(outcome: "Outcome") -> str:
    """What a task used, in one line."""
    usage = outcome.usage
    who = ", ".join(outcome.models)
    parts = [counted(outcome.requests, "request")]
    if outcome.kept:
        parts.append(f"{outcome.kept} of them known already")
    parts.append(f"{usage.input:,} tokens in, {usage.output:,} out")
    if outcome.cost is not None:
        parts.append(f"${outcome.cost:.4f}" if outcome.cost else "no cost")
    return f"{who}: {', '.join(parts)}"


def announced(estimate: "Estimate") -> bool:
    """Say what is about to be sent, and where."""
    from codeassist.cli.errors import show

    price = ""
    if estimate.cost is not None and estimate.likely is not None:
        price = f", about ${estimate.likely:.2f}, at most ${estimate.cost:.2f}"
    size = f"{counted(estimate.requests, 'request')}, {estimate.input_tokens:,} tokens"
    show(f"asking {estimate.model} at {estimate.address}: {size}{price}", "note", "cyan")
    return True


def show_prompts(previews: "tuple[Preview, ...]") -> int:
    """Print requests exactly as they would be sent; the exit code."""
    from codeassist.cli.errors import show
    from codeassist.cli.streams import emit_data
    from codeassist.render.escape import dumps

    if not previews:
        show("this needs no model: nothing would be sent", "note", "cyan")
        return EXIT_CLEAN
    emit_data(
        dumps([{"address": p.address, "model": p.model, "body": dict(p.body)} for p in previews])
    )
    show("nothing was sent", "note", "cyan")
    return EXIT_CLEAN


def _exit_code(outcome: "Outcome", applied: "Applied | None") -> int:
    if outcome.failures:
        return EXIT_INCOMPLETE if outcome.requests else EXIT_MODEL
    if applied is not None and applied.withheld:
        return EXIT_EDIT
    return EXIT_CLEAN
