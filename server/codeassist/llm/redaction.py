"""Replaces secrets in what is sent by placeholders, and puts them back into what is answered.

One redactor serves one request: the same secret has the same placeholder in all of its messages.
A placeholder is a word that occurs in none of the texts; only the secret's own characters are
replaced, and no line end, so code still parses and lines keep their numbers. Pictures are not
looked into.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Self

from codeassist.base.messages import ModelRequest
from codeassist.llm.redaction_patterns import secrets

_STEM = "REDACTED_SECRET"
MIN_KEY_CHARACTERS = 8  # a shorter key is a stand-in for servers that want none ("x", "none")
OWN_KEY = "Your own key"

Span = tuple[int, int]


class Redactor:
    """The secrets of some texts, and a placeholder for each."""

    def __init__(self, texts: Iterable[str], keys: Iterable[str] = ()) -> None:
        """`texts` are all that will be sent; `keys` the user's own, secret wherever they are."""
        texts = tuple(dict.fromkeys(texts))
        spans = _spans(texts, [key for key in keys if len(key) >= MIN_KEY_CHARACTERS])
        titles: dict[str, str] = {}
        for text in texts:
            for start, end in _merged(spans[text]):
                titles.setdefault(text[start:end], spans[text].get((start, end), "A secret"))
        stem = _unused_stem(texts)
        # All have as many digits, so that a digit that follows one is not taken for a part of it.
        width = len(str(len(titles)))
        placeholders = {value: f"{stem}_{n:0{width}}" for n, value in enumerate(titles, 1)}
        self.titles = tuple(dict.fromkeys(titles.values()))
        self._redacted = {text: _replaced(text, spans[text], placeholders) for text in texts}
        self.values: Mapping[str, str] = {word: value for value, word in placeholders.items()}
        self.placeholder = re.compile(rf"{stem}_[0-9]{{{width}}}")
        self._leftover = re.compile(rf"{stem}\w*", re.IGNORECASE)

    @classmethod
    def of(cls, request: ModelRequest, keys: Iterable[str] = ()) -> Self:
        """A redactor for all texts of a request."""
        return cls((message.text for message in request.messages), keys)

    def redact(self, text: str) -> str:
        """One of the texts, with placeholders instead of secrets. KeyError for any other text."""
        return self._redacted[text]

    def request(self, request: ModelRequest) -> ModelRequest:
        """The request as it may be sent."""
        if not self.values:
            return request
        messages = (replace(each, text=self.redact(each.text)) for each in request.messages)
        return replace(request, messages=tuple(messages))

    def restore(self, text: str) -> str:
        """A text with the secrets where their placeholders are. Unknown placeholders are left."""
        if not self.values:
            return text
        return self.placeholder.sub(lambda match: self.values.get(match[0], match[0]), text)

    def restore_data(self, data: object) -> object:
        """Parsed JSON with the secrets put back into all of its strings; keys are left."""
        if isinstance(data, str):
            return self.restore(data)
        if isinstance(data, list):
            return [self.restore_data(each) for each in data]
        if isinstance(data, dict):
            return {name: self.restore_data(value) for name, value in data.items()}
        return data

    def unknown(self, text: str) -> tuple[str, ...]:
        """What looks like a placeholder in a restored text: the model changed or invented it."""
        if not self.values:
            return ()
        return tuple(dict.fromkeys(self._leftover.findall(text)))


class Restoring:
    """Puts secrets back into a text that comes in pieces, which may part a placeholder."""

    def __init__(self, redactor: Redactor, *, in_json: bool = False) -> None:
        """`in_json` means that the text is JSON, in whose strings the secrets have to be quoted."""
        values = redactor.values.items()
        self._values = {k: json.dumps(v)[1:-1] if in_json else v for k, v in values}
        self._placeholder = redactor.placeholder
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be shown now that a piece has come."""
        if not self._values:
            return piece
        text = self._held + piece
        keep = self._begun(text)
        self._held = text[len(text) - keep :]
        return self._restored(text[: len(text) - keep])

    def rest(self) -> str:
        """What is left at the end."""
        held, self._held = self._held, ""
        return held

    def _begun(self, text: str) -> int:
        """How many characters at the end may be the beginning of a placeholder."""
        word = next(iter(self._values))
        for length in range(min(len(word) - 1, len(text)), 0, -1):
            tail = text[-length:]
            if any(word.startswith(tail) for word in self._values):
                return length
        return 0

    def _restored(self, text: str) -> str:
        return self._placeholder.sub(lambda match: self._values.get(match[0], match[0]), text)


def _spans(texts: tuple[str, ...], keys: list[str]) -> dict[str, dict[Span, str]]:
    """Where each text has secrets, with what they are; a spreading one wherever it stands."""
    found: dict[str, dict[Span, str]] = {}
    spreading = dict.fromkeys(keys, OWN_KEY)
    for text in texts:
        found[text] = {}
        for secret in secrets(text):
            found[text].setdefault((secret.start, secret.end), secret.title)
            if secret.spreads:
                spreading.setdefault(text[secret.start : secret.end], secret.title)
    for text in texts:
        for value, title in spreading.items():
            for span in _occurrences(text, value):
                found[text].setdefault(span, title)
    return found


def _occurrences(text: str, value: str) -> Iterator[Span]:
    at = text.find(value)
    while at >= 0:
        yield at, at + len(value)
        at = text.find(value, at + 1)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order; those that overlap become one."""
    start, end = 0, 0
    for first, last in sorted(spans):
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def _replaced(text: str, spans: Iterable[Span], placeholders: Mapping[str, str]) -> str:
    out: list[str] = []
    at = 0
    for start, end in _merged(spans):
        out += (text[at:start], placeholders[text[start:end]])
        at = end
    return "".join([*out, text[at:]])


def _unused_stem(texts: tuple[str, ...]) -> str:
    """The beginning of the placeholders: nothing in the texts looks like it."""
    stem = _STEM
    lowered = [text.lower() for text in texts]
    while any(stem.lower() in text for text in lowered):
        stem += "X"
    return stem
