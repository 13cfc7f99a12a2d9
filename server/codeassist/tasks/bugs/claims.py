"""What a model claims, read out of its answer: plain text of bounded length, nothing verified yet.

An answer that does not have the form, in part or as a whole, gives fewer claims and no error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeassist.base.findings import Severity
from codeassist.edits.answer import edits_schema

MAX_TITLE = 160  # characters
MAX_TEXT = 800
HINT_TEXT, HINT_QUOTE, HINT_PATH = 400, 600, 200  # for models that do not find an end
MAX_EVIDENCE = 4
MAX_EDITS = 6
MAX_PATH = 500
MAX_CODE = 20_000  # of a quote; what is too long to be one is refused later, with the reason
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
_JOINERS = "\u200c\u200d"  # words and emoji are written with them


@dataclass(frozen=True, slots=True)
class Cited:
    """Code that is quoted as evidence; `line` is 1-based, 0 for none."""

    path: str
    quote: str
    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One hypothesis as a model states it. `fix` is unread edits, None for none."""

    title: str
    wrong: str
    input: str
    cited: Cited
    severity: Severity
    confidence: int
    confirm: str
    evidence: tuple[Cited, ...]
    fix: Any = None


def hypotheses_schema(most: int) -> dict[str, Any]:
    """The JSON schema of an answer with hypotheses, `most` at most.

    The lists have ends, since a small model that is held to a schema may never close one itself.
    """
    code = {
        "path": _text("The file, relative to the root.", HINT_PATH),
        "quote": _text(
            "One to a few lines of the file, copied exactly, without their numbers.", HINT_QUOTE
        ),
        "line": {"type": "integer", "description": "The number of the first quoted line."},
    }
    evidence = _object(code | {"says": _text("What this code shows, in one sentence.")})
    item = code | {
        "title": _text("The fault in one sentence of at most 20 words.", MAX_TITLE),
        "what_goes_wrong": _text("What happens instead of what should."),
        "input": _text("The values or the state for which it goes wrong."),
        "evidence": {"type": "array", "items": evidence, "maxItems": MAX_EVIDENCE},
        "how_to_confirm": _text("A test or a command that shows it."),
        "severity": {"type": "string", "enum": ["warning", "info"]},
        "confidence": {"type": "integer", "description": "0 to 100."},
        "fix": {
            "anyOf": [{"type": "null"}, edits_schema() | {"maxItems": MAX_EDITS}],
            "description": "The smallest edits that repair it, or null.",
        },
    }
    items = {"type": "array", "items": _object(item), "maxItems": most}
    return _object({"hypotheses": items})


def _text(description: str, most: int = HINT_TEXT) -> dict[str, Any]:
    return {"type": "string", "description": description, "maxLength": most}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def claims_in(data: object, most: int) -> list[Claim]:
    """The claims of a parsed answer, `most` at most."""
    items = data.get("hypotheses") if isinstance(data, dict) else data
    if not isinstance(items, list):
        return []
    return [_claim(item) for item in items[:most] if isinstance(item, dict)]


def _claim(item: Mapping[str, Any]) -> Claim:
    evidence = item.get("evidence")
    listed = evidence if isinstance(evidence, list) else []
    return Claim(
        title=plain(item.get("title"), MAX_TITLE).rstrip("."),
        wrong=plain(item.get("what_goes_wrong"), MAX_TEXT),
        input=plain(item.get("input"), MAX_TEXT),
        cited=_cited(item),
        severity=Severity.INFO if item.get("severity") == "info" else Severity.WARNING,
        confidence=percent(item.get("confidence")),
        confirm=plain(item.get("how_to_confirm"), MAX_TEXT),
        evidence=tuple(_cited(each) for each in listed[:MAX_EVIDENCE] if isinstance(each, dict)),
        fix=item.get("fix") or None,
    )


def _cited(item: Mapping[str, Any]) -> Cited:
    line = item.get("line")
    return Cited(
        path=_string(item.get("path"))[:MAX_PATH],
        quote=_string(item.get("quote"))[:MAX_CODE],
        line=line if isinstance(line, int) and not isinstance(line, bool) else 0,
        says=plain(item.get("says"), MAX_TEXT),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def percent(value: object) -> int:
    """A number from 0 to 100; 0 for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return 0
    return round(min(max(value, 0), 100))


def plain(value: object, limit: int) -> str:
    """A model's words on one line: no controls, no hidden characters, cut at a length."""
    text = _ANSI.sub("", _string(value)[: 4 * limit])
    shown = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    words = " ".join(shown.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
