"""Requests to a model: the prompts filled, with as much context as there is room for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeassist.base.errors import UsageError
from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.context.pieces import Focus, Pack
from codeassist.context.tokens import Counter, encoding_of
from codeassist.prompts.library import fenced
from codeassist.tasks.size import tokens_of
from codeassist.tasks.task import Ask, Scene

TASK = "refactor"
PACK_MOST = 24_000  # of context; bench/README.md: more than 32k in all adds few edited lines
PACK_LEAST = 300  # tokens; a smaller context shows nothing
OUTPUT_TOKENS = 8_000  # several edits with whole definitions
EXAMPLES_FROM = 6_000  # tokens of input: below, the room is better used for code


@dataclass
class Question:
    """A request with context. `values` fill the user's template; `code` and `pack` are added.

    Where even the code is too long, its end is left out, which `left_out` tells in words.
    """

    scene: Scene
    template: str
    system: str
    schema: AnswerSchema
    focus: Focus
    values: Mapping[str, object]
    code: str = ""
    language: str = ""
    also: tuple[str, ...] = ()
    shown: Pack | None = None
    left_out: str = ""

    def ask(self) -> Ask:
        """The request, as large as the model takes it."""
        assert self.scene.model is not None
        return Ask(self.request(self.scene.model.input_tokens), self.request)

    def request(self, limit: int) -> ModelRequest:
        """The request in at most so many tokens, as far as its own parts allow."""
        assert self.scene.model is not None
        counter = Counter(encoding_of(self.scene.model.name).name)
        code, self.left_out = self.code, ""
        room = self._room(counter, limit, code)
        if room < 0 and code:
            code = counter.beginning(code, max(0, counter.count(code) + room)).rpartition("\n")[0]
            shown, every = code.count("\n") + bool(code), self.code.rstrip("\n").count("\n") + 1
            self.left_out = f"only the first {shown} of {every} lines were shown to the model"
            room = self._room(counter, limit, code)
        self.shown = self._pack(min(room, PACK_MOST))
        text = self.shown.text.strip() if self.shown is not None else ""
        messages = self._messages(limit, text, code)
        return ModelRequest(TASK, messages, self.schema, OUTPUT_TOKENS, cache_key=self.system)

    def _room(self, counter: Counter, limit: int, code: str) -> int:
        """The tokens that are left for context."""
        messages = self._messages(limit, "", code)
        return limit - tokens_of(counter, messages, self.schema)

    def _pack(self, room: int) -> Pack | None:
        if room < PACK_LEAST:
            return None
        try:
            # No task: the instruction is said at the end, in a fence.
            return self.scene.pack(self.focus, "", room, self.also)
        except UsageError:
            return None  # not one line of the focus fits: its code is shown anyway

    def _messages(self, limit: int, pack: str, code: str) -> tuple[Message, ...]:
        prompts = self.scene.prompts
        system = prompts.fill(self.system, examples=limit >= EXAMPLES_FROM)
        shown = fenced(code, self.language) if code else ""
        user = prompts.fill(self.template, pack=pack, code=shown, **self.values)
        return Message(Role.SYSTEM, system), Message(Role.USER, user)


def object_schema(**properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with these properties, all of them required."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


STRING: Mapping[str, Any] = {"type": "string"}
# Hints for models that do not find an end: characters of a title, a text and a name, and items.
HINT_TITLE, HINT_TEXT, HINT_NAME, HINT_ITEMS = 100, 400, 120, 60


def text(description: str, most: int) -> dict[str, Any]:
    """The schema of a text; `most` characters are a hint."""
    return {"type": "string", "description": description, "maxLength": most}


def texts(description: str) -> dict[str, Any]:
    """The schema of a list of names."""
    items = {"type": "string", "maxLength": HINT_NAME}
    return {"type": "array", "items": items, "description": description, "maxItems": HINT_ITEMS}
