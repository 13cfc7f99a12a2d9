"""Any server that speaks Chat Completions: vLLM, llama.cpp, Ollama, LM Studio, OpenRouter, ….

Sends nothing that only OpenAI knows, unless the user has set it. What such a server wraps around an
answer (a fence, thoughts) is taken off, here alone.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from codeassist.base.messages import ModelRequest
from codeassist.llm.config import ModelConfig
from codeassist.llm.provider import OnText, Provider
from codeassist.llm.providers.shared.chat import ChatReader, chat_body, limit_name
from codeassist.llm.providers.shared.connection import NO_KEY, http_client
from codeassist.llm.providers.shared.http_provider import AnswerReader, HttpProvider
from codeassist.llm.providers.shared.outcome import Outcome, without_wrapping
from codeassist.llm.providers.shared.parts import output_tokens

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ADDRESS = "http://127.0.0.1:8080/v1"  # where `model serve` and llama.cpp listen
# Local servers sample at 0.7 or 0.8, which is for chatting. Not 0: small models then repeat
# themselves without end.
TEMPERATURE = 0.2


def make(config: ModelConfig) -> Provider:
    """The provider of a model at an address of the user's."""
    return CompatibleProvider(config, config.base_url or ADDRESS, config.name)


class CompatibleProvider(HttpProvider):
    """A model behind Chat Completions."""

    kind: ClassVar[str] = "compatible"
    path: ClassVar[str] = "/chat/completions"

    def make_client(self) -> "AsyncOpenAI":
        """A client that retries nothing."""
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            api_key=self.config.key or NO_KEY,
            base_url=self.address,
            timeout=self.timeout(),
            max_retries=0,
            http_client=http_client(),
        )

    def make_body(self, request: ModelRequest) -> dict[str, Any]:
        """The body of a request."""
        options: dict[str, Any] = {}
        name = limit_name("max_tokens", self.dropped)
        if name is not None:
            options[name] = output_tokens(request, self.facts, reasons=False)
        if "temperature" in self.facts.accepts and not self._reasons:
            options["temperature"] = TEMPERATURE
        if self.config.effort is not None and "reasoning" not in self.dropped:
            options["reasoning_effort"] = self.config.effort
        if self.config.verbosity is not None:
            options["verbosity"] = self.config.verbosity
        return chat_body(self.model, request, self.dropped, options)

    def make_reader(self, on_text: OnText) -> AnswerReader:
        """A reader of chunks."""
        return ChatReader(on_text)

    def finished_text(self, outcome: Outcome, request: ModelRequest) -> str:
        """The text without a fence or thoughts around it, where a schema is to hold it."""
        return outcome.text if request.schema is None else without_wrapping(outcome.text)

    @property
    def _reasons(self) -> bool:
        """Whether a known model reasons: those then take no temperature."""
        return self.facts.is_known and self.facts.effort not in (None, "none")
