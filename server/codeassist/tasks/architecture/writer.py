"""The requests of one overview: made within the model's limits, and what failed of them."""

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial
from typing import TypeAlias, TypeVar

from codeassist.base.messages import AnswerSchema, Message, ModelAnswer, ModelRequest, Role
from codeassist.base.model_errors import ModelError
from codeassist.tasks.architecture.answers import (
    ModuleWords,
    WholeWords,
    module_schema,
    read_module,
    read_whole,
    whole_schema,
)
from codeassist.tasks.architecture.material import Material
from codeassist.tasks.architecture.modules import Kind
from codeassist.tasks.size import tokens_of
from codeassist.tasks.task import Ask, Dropped, ModelTraits, Reply, Scene

TASK = "docs.architecture"  # what the user's routes call these requests
MODULE_TOKENS = 6_000  # what a model is shown of one module: outlines, and code of some screens
WHOLE_TOKENS = 16_000
LEAST_TOKENS = 200  # less than that shows nothing that could be described
MODULE_ANSWER = 1_500  # tokens: a purpose and six sentences with their places
WHOLE_ANSWER = 3_000

T = TypeVar("T")
Part: TypeAlias = Generator[tuple[Ask, ...], tuple[Reply, ...], T]


class Writer:
    """Asks a model about modules and the whole. `model` is who answered, "" before anyone did."""

    def __init__(self, scene: Scene, traits: ModelTraits, material: Material) -> None:
        self.model = ""
        self.dropped: list[Dropped] = []
        self.notes: list[str] = []
        self._scene = scene
        self._traits = traits
        self._material = material

    def modules(self) -> Part[dict[int, ModuleWords]]:
        """Ask about each module that defines something, all at once."""
        asks: dict[int, Ask] = {}
        facts = self._material.facts
        for number, module in enumerate(facts.graph.modules):
            if module.kind is Kind.REST or not facts.mains[number]:
                continue
            show = partial(self._material.module, number)
            ask = self._ask("module", module_schema(), MODULE_TOKENS, MODULE_ANSWER, show)
            if ask is None:
                return {}
            asks[number] = ask
        if not asks:
            return {}
        self._scene.progress("asking about modules", 0, len(asks))
        replies = yield tuple(asks.values())
        found: dict[int, ModuleWords] = {}
        failed: dict[str, tuple[ModelError, list[str]]] = {}
        for number, reply in zip(asks, replies, strict=True):
            if isinstance(reply, ModelError):
                name = self._material.names.name(number)
                failed.setdefault(reply.message, (reply, []))[1].append(f"`{name}`")
            else:
                self._heard(reply)
                found[number] = read_module(self._scene.view, reply.data, self.dropped)
        for error, names in failed.values():
            self._failed(names, error)
        return found

    def whole(self, modules: Mapping[int, ModuleWords]) -> Part[WholeWords]:
        """Ask about the whole, from what is known of the modules. Not without any of those."""
        if not modules:
            return WholeWords()
        show = partial(self._material.whole, modules)
        ask = self._ask("whole", whole_schema(), WHOLE_TOKENS, WHOLE_ANSWER, show)
        if ask is None:
            return WholeWords()
        self._scene.progress("asking about the whole", 0, 1)
        (reply,) = yield (ask,)
        if isinstance(reply, ModelError):
            self._failed(["the whole"], reply)
            return WholeWords()
        self._heard(reply)
        return read_whole(self._scene.view, reply.data, self.dropped)

    def _ask(
        self, kind: str, schema: AnswerSchema, most: int, answer: int, show: Callable[[int], str]
    ) -> Ask | None:
        """A request with at most `most` tokens of `show`'s text; None, and a note, if too few fit.

        `kind` names the templates.
        """
        fill = self._scene.prompts.fill
        system = Message(Role.SYSTEM, fill(f"architecture/{kind}_system"))

        def messages(material: str) -> tuple[Message, ...]:
            return system, Message(Role.USER, fill(f"architecture/{kind}", material=material))

        frame = tokens_of(self._material.counter, messages(""), schema)

        def request(limit: int) -> ModelRequest:
            shown = show(max(0, min(most, limit - frame)))
            return ModelRequest(TASK, messages(shown), schema, answer, f"architecture-{kind}")

        room = self._traits.input_tokens
        if room - frame < LEAST_TOKENS:
            note = f"the model takes {room:,} tokens, too few to be shown a module"
            if note not in self.notes:
                self.notes.append(note)
            return None
        return Ask(request(room), request)

    def _heard(self, reply: ModelAnswer) -> None:
        self.model = self.model or reply.model or self._traits.name

    def _failed(self, what: Sequence[str], error: ModelError) -> None:
        remedy = f" ({error.remedy})" if error.remedy else ""
        self.notes.append(f"no words of the model on {', '.join(what)}: {error.message}{remedy}")
