"""What a model says of a diff, read out of its answer: plain text of bounded length, not verified.

An answer that does not have the form, in part or as a whole, gives fewer claims and no error.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codeassist.base.findings import Severity
from codeassist.edits.answer import edits_schema
from codeassist.tasks.bugs.claims import (
    HINT_PATH,
    HINT_QUOTE,
    HINT_TEXT,
    MAX_CODE,
    MAX_EDITS,
    MAX_EVIDENCE,
    MAX_PATH,
    MAX_TEXT,
    MAX_TITLE,
    Cited,
    percent,
    plain,
)

MAX_WHO = 160  # characters
_MARKUP = re.compile(r"^(?:[^\w`\"'(\[“]|\d+[.)](?=\s|$))+")


@dataclass(frozen=True, slots=True)
class Claim:
    """One finding as a model states it. `fix` is unread edits, None for none."""

    title: str
    breaks: str
    who: str
    category: str
    cited: Cited
    severity: Severity
    confidence: int
    evidence: tuple[Cited, ...]
    fix: Any = None


def claims_schema(most: int, categories: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of an answer with findings, `most` at most.

    The lists have ends, since a small model that is held to a schema may never close one itself.
    """
    code = {
        "path": _text("The file.", HINT_PATH),
        "quote": _text("One to three lines, copied exactly, without number and sign.", HINT_QUOTE),
        "line": {"type": "integer", "description": "The number before the first quoted line."},
    }
    evidence = _object(code | {"says": _text("What this code shows, in one sentence.")})
    item = code | {
        "title": _text("The fault in one sentence of at most 20 words.", MAX_TITLE),
        "what_breaks": _text("What happens instead of what should, and in which case."),
        "who": _text("Whom it hits: a caller by name, a user, an operator.", MAX_WHO),
        "category": {"type": "string", "enum": list(categories)},
        "evidence": {"type": "array", "items": evidence, "maxItems": MAX_EVIDENCE},
        "severity": {"type": "string", "enum": ["warning", "info"]},
        "confidence": {"type": "integer", "description": "0 to 100."},
        "fix": {
            "anyOf": [{"type": "null"}, edits_schema() | {"maxItems": MAX_EDITS}],
            "description": "The smallest edits that repair it, or null.",
        },
    }
    items = {"type": "array", "items": _object(item), "maxItems": most}
    return _object({"findings": items})


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
    items = data.get("findings") if isinstance(data, dict) else data
    if not isinstance(items, list):
        return []
    return [_claim(item) for item in items[:most] if isinstance(item, dict)]


def _claim(item: Mapping[str, Any]) -> Claim:
    evidence = item.get("evidence")
    listed = evidence if isinstance(evidence, list) else []
    category = item.get("category")
    return Claim(
        title=_sentence(item.get("title"), MAX_TITLE).rstrip("."),
        breaks=plain(item.get("what_breaks"), MAX_TEXT),
        who=plain(item.get("who"), MAX_WHO).rstrip("."),
        category=category if isinstance(category, str) else "",
        cited=_cited(item),
        severity=Severity.INFO if item.get("severity") == "info" else Severity.WARNING,
        confidence=percent(item.get("confidence")),
        evidence=tuple(_cited(each) for each in listed[:MAX_EVIDENCE] if isinstance(each, dict)),
        fix=item.get("fix") or None,
    )


def _cited(item: Mapping[str, Any]) -> Cited:
    line = item.get("line")
    return Cited(
        path=_string(item.get("path"))[:MAX_PATH],
        quote=_string(item.get("quote"))[:MAX_CODE],
        line=line if isinstance(line, int) and not isinstance(line, bool) else 0,
        says=_sentence(item.get("says"), MAX_TEXT),
    )


def _sentence(value: object, limit: int) -> str:
    """Words that may begin a line of Markdown: no heading, no list, no quote."""
    return _MARKUP.sub("", plain(value, limit))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
