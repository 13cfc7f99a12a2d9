"""Does tasks: finds the subject, sets the scene, chooses the model, runs the conversation.

What `Engine.run` and `Engine.preview` do. Gives plain data.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.base.model_errors import ModelError, NoModelError
from codeassist.context.pieces import Focus, Pack
from codeassist.engine.applying import Formatting, commands
from codeassist.engine.asking import Asker, converse
from codeassist.engine.context import ContextDesk, tell_pack
from codeassist.engine.introducing import introduce, introduced
from codeassist.engine.requests import (
    Confirm,
    Outcome,
    PackRequest,
    Preview,
    Progress,
    Refactoring,
    TaskRequest,
    Use,
)
from codeassist.engine.subjects import FoundSubject, find_subject, spot_subject
from codeassist.index.view import View
from codeassist.llm.config import GatewayConfig
from codeassist.llm.routes import RouteFacts, route, route_facts
from codeassist.prompts.library import Prompts
from codeassist.settings.load import gateway_config
from codeassist.settings.schema import Settings
from codeassist.tasks import TASKS
from codeassist.tasks.task import Conversation, ModelTraits, Reach, Scene, Subject
from codeassist.vfs.secret_files import is_secret_file

if TYPE_CHECKING:
    from codeassist.llm.gateway import Gateway

NO_AI = ".noai"  # a file in the root by which a project says that no model is to see it


@dataclass(frozen=True)
class TaskDesk:
    """What a task needs of its engine."""

    root: str
    settings: Settings
    contexts: ContextDesk
    view: View
    progress: Progress
    token: CancellationToken

    def run(self, request: TaskRequest, confirm: Confirm) -> Outcome:
        """Do a task. Raises UsageError for a target that is none, ModelError with Use.MODEL."""
        started = time.perf_counter()
        found = self._found(request)
        if request.use is not Use.FACTS and not self._private(found.subject):
            introduce(self._config(request.model), request.task, self.token)
        facts = self._facts(request, found.subject)
        notes = list(found.notes)
        if isinstance(facts, NoModelError):
            if request.use is Use.MODEL or request.model:
                raise facts
            notes.append(f"{facts.message}, so these are the facts alone: {facts.remedy}")
        if isinstance(facts, RouteFacts):
            outcome = self._asking(request, found.subject, _traits(facts), confirm)
        else:
            conversation = self._conversation(request, found.subject, None)
            outcome = Outcome(converse(conversation, _nobody), self.root)
        formatting = Formatting(self.root, self.view, commands(self.settings.edits), self.token)
        return replace(
            outcome,
            report=formatting.report(outcome.report),
            seconds=time.perf_counter() - started,
            notes=(*notes, *outcome.notes, *outcome.report.notes),
        )

    def _asking(
        self, request: TaskRequest, subject: Subject, traits: ModelTraits, confirm: Confirm
    ) -> Outcome:
        """Do a task with a model."""
        gateway = self._opened(request.model)
        with Asker(gateway, self.token, self.progress, confirm) as asker:
            report = converse(self._conversation(request, subject, traits), asker)
            notes = (*asker.count.notes, *gateway.notes)
        count = asker.count
        return Outcome(
            report,
            self.root,
            tuple(count.models),
            count.requests,
            count.kept,
            count.usage,
            count.cost,
            notes=notes,
            failures=_distinct(count.failures),
        )

    def preview(self, request: TaskRequest) -> tuple[Preview, ...]:
        """The first requests of a task exactly as they would be sent; none for facts alone."""
        found = self._found(request)
        reason = self._private(found.subject)
        if reason:
            raise NoModelError(f"{reason}, so nothing would be sent", "--facts works all the same")
        introduce(self._config(request.model), request.task, self.token)
        gateway = self._opened(request.model)
        traits = _traits(gateway.planned_facts(request.task))
        conversation = self._conversation(request, found.subject, traits)
        try:
            batch = next(conversation)
        except StopIteration:
            return ()
        else:
            previews = (gateway.preview(ask.request) for ask in batch)
            return tuple(Preview(each["address"], each["model"], each["body"]) for each in previews)
        finally:
            conversation.close()
            asyncio.run(gateway.close())

    def _found(self, request: TaskRequest) -> FoundSubject:
        if request.spot is not None:
            return spot_subject(self.view, self.root, request.spot)
        return find_subject(self.view, self.root, request.folder, request.target)

    def refactorings(self, target: str, folder: str) -> tuple[Refactoring, ...]:
        """What can be done with a target by way of refactoring; see `Engine.refactorings`."""
        from codeassist.tasks.refactor import listed

        subject = find_subject(self.view, self.root, folder, target).subject
        request = TaskRequest("refactor", None, target, folder)
        facts = self._facts(request, subject)
        traits = _traits(facts) if isinstance(facts, RouteFacts) else None
        return tuple(
            Refactoring(each.name, each.title, each.kind, each.needs_model, reason or "")
            for each, reason in listed(self._scene(request, traits), subject)
        )

    def _conversation(
        self, request: TaskRequest, subject: Subject, traits: ModelTraits | None
    ) -> Conversation:
        run: Callable[..., Conversation] = import_module(TASKS[request.task]).run
        return run(self._scene(request, traits), subject, request.options)

    def _scene(self, request: TaskRequest, traits: ModelTraits | None) -> Scene:
        model = traits.name if traits else self.settings.model.name

        def pack(focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
            order = PackRequest(task=task, budget=budget, folder=request.folder, also=also)
            focus = replace(focus, text=focus.text or task)
            self.progress("packing", 0, 0)
            packed = self.contexts.pack_for(self.view, focus, order, model, self.token)
            tell_pack(self.progress, packed)
            return packed

        return Scene(
            view=self.view,
            root=self.root,
            pack=pack,
            prompts=Prompts(prompt_folder(self.settings)),
            model=traits,
            token=self.token,
            progress=self.progress,
            docstring_style=self.settings.review.docstring_style,
        )

    def _facts(self, request: TaskRequest, subject: Subject) -> RouteFacts | NoModelError | None:
        """The facts of the model to ask; why there is none; None where none is wanted."""
        if request.use is Use.FACTS:
            return None
        reason = self._private(subject)
        if reason:
            return NoModelError(reason, "--facts says that this is what you want")
        try:
            return route_facts(route(self._config(request.model), request.task)[0])
        except NoModelError as error:
            return error

    def _config(self, model: str) -> GatewayConfig:
        return introduced(_routed(gateway_config(self.settings, self.root), model))

    def _opened(self, model: str) -> "Gateway":
        from codeassist.llm.gateway import Gateway

        name = model or self.settings.model.name
        return Gateway(self._config(model), count=lambda text: self.contexts.count(text, name))

    def _private(self, subject: Subject) -> str:
        """Why a subject must not be sent anywhere, "" if nothing speaks against it."""
        if self.root and os.path.exists(os.path.join(self.root, NO_AI)):
            return f"this project has a {NO_AI} file"
        if subject.reach in (Reach.PLACE, Reach.SYMBOL, Reach.FILE) and is_secret_file(
            subject.paths[0]
        ):
            return f"{subject.paths[0]} is a file of secrets"
        return ""


def _traits(facts: RouteFacts) -> ModelTraits:
    return ModelTraits(facts.name, facts.input_tokens, facts.sees)


def _distinct(errors: Iterable[ModelError]) -> tuple[ModelError, ...]:
    """The errors without those that say the same again."""
    return tuple({error.message: error for error in errors}.values())


def prompt_folder(settings: Settings) -> str:
    """Where the user's own prompts are: the setting, else beside the user's settings file."""
    if settings.prompts.dir:
        return settings.prompts.dir
    file = settings.layers.user_file
    return os.path.join(os.path.dirname(file), "prompts") if file else ""


def _routed(config: GatewayConfig, model: str) -> GatewayConfig:
    """The configuration with one model in place of all routes."""
    if not model:
        return config
    if model in config.models:
        return replace(config, routes={"default": (model,)})
    default = replace(config.models["default"], name=model, is_named=True)
    return replace(config, models={"default": default}, routes={})


def _nobody(batch: object) -> tuple[()]:
    raise UsageError("this task needs a model", "set OPENAI_API_KEY, or model.base_url")
