"""What a server says went wrong, as plain data, from any of the shapes that servers give it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LONGEST_MESSAGE = 400  # a line or two; some servers send the whole prompt back
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# Keys are also hidden by value; this is for those that a server has of its own, or cuts short.
_KEY = re.compile(r"\b(sk|key|api)-[\w*.-]{6,}", re.IGNORECASE)
_HTML = re.compile(r"^\s*<(!doctype|html|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A server's complaint. `status` is 0 where there was none (in mid-stream).

    `kind` is what OpenAI calls the type. `numbers` are whole numbers that came beside the message.
    """

    status: int = 0
    message: str = ""
    code: str = ""
    kind: str = ""
    param: str = ""
    is_html: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def says(self, *words: str) -> bool:
        """Whether the code or the type is one of these."""
        return self.code.lower() in words or self.kind.lower() in words


def read_failure(
    status: int, body: object, headers: Mapping[str, str] | None = None, key: str = ""
) -> Failure:
    """A failure from the parsed body of an error: OpenAI's shape, FastAPI's, plain text, HTML."""
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    if isinstance(inner, Mapping):
        code = _text(inner.get("code"))
        return Failure(
            status=status or _status(code),
            message=one_line(_message(inner), key),
            code=_inner_code(inner) or code,
            kind=_text(inner.get("type")),
            param=_text(inner.get("param")),
            headers=headers or {},
            numbers={name: value for name, value in inner.items() if type(value) is int},
        )
    text = _text(inner)
    is_html = bool(_HTML.match(text))
    message = "" if is_html else one_line(text, key)
    return Failure(status=status, message=message, is_html=is_html, headers=headers or {})


def one_line(text: str, key: str = "") -> str:
    """A server's text, fit to be shown: one line, no control characters, no key, not too long."""
    if key:
        text = text.replace(key, "…")
    text = _KEY.sub("…", _CONTROL.sub(" ", text)).strip()
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"


def _message(body: Mapping[str, object]) -> str:
    for name in ("message", "detail", "error_description", "msg", "error"):
        found = body.get(name)
        if isinstance(found, str) and found:
            return found
        if found and not isinstance(found, str):
            return str(found)  # FastAPI's list of what is wrong with which field
    return ""


def _inner_code(body: Mapping[str, object]) -> str:
    """Azure puts the cause into an inner error."""
    inner = body.get("innererror") or body.get("inner_error")
    return _text(inner.get("code")) if isinstance(inner, Mapping) else ""


def _status(code: str) -> int:
    """Some servers give the status as the code, in the middle of a stream."""
    return int(code) if code.isdecimal() and len(code) == 3 else 0


def _text(value: object) -> str:
    return "" if value is None else str(value)
