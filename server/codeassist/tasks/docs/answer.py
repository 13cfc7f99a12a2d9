"""What a model answered, made into content: its sentences in our form, the rest dropped.

Trusts nothing: names that do not exist, texts that are too long or empty, answers about what was
not asked are left out with the reason, and the facts stand in their place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from codeassist.tasks.docs.ask import Batch
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.naming import go_sentence, in_mood, sentence
from codeassist.tasks.docs.plan import Job
from codeassist.tasks.docs.prose import (
    MAX_DESCRIPTION,
    MAX_ENTRY,
    MAX_SUMMARY,
    clean,
    paragraphs,
)
from codeassist.tasks.task import Dropped

NO_WORDS = "the answer has no text for it"
_MAX_SHOWN = 60  # characters of what was dropped


def read(batch: Batch, data: object, dropped: list[Dropped]) -> Mapping[int, Content]:
    """The content of each definition that the answer is of use for, by symbol index."""
    found: dict[int, Content] = {}
    rows = data.get("symbols") if isinstance(data, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        job = _job(batch, row.get("id"))
        if job is None:
            dropped.append(Dropped(_short(row.get("id")), "no such definition was asked about"))
        elif job.facts.index in found:
            dropped.append(Dropped(job.name, "a second answer for the same definition"))
        else:
            found[job.facts.index] = _Reader(job, row, dropped).content()
    return found


def _job(batch: Batch, given: object) -> Job | None:
    text = str(given).strip() if isinstance(given, (str, int)) else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return batch.jobs[number - 1] if 0 < number <= len(batch.jobs) else None


class _Reader:
    """Reads the answer about one definition."""

    def __init__(self, job: Job, row: Mapping[str, Any], dropped: list[Dropped]) -> None:
        self._job = job
        self._row = row
        self._dropped = dropped

    def content(self) -> Content:
        """The facts with the answer's sentences."""
        facts = self._job.facts.content
        parts: dict[Part, tuple[Item, ...]] = {}
        for part, items in facts.parts.items():
            if part in ("returns", "yields"):
                parts[part] = tuple(self._result(item) for item in items)
            else:
                key = "type" if part == "raises" else "name"
                texts = dict(self._entries(part, key, [item.name for item in items]))
                parts[part] = tuple(
                    replace(item, text=texts.get(item.name, item.text)) for item in items
                )
        self._unasked(facts)
        summary = self._summary() or facts.summary
        return Content(summary, self._description(), parts)

    def _summary(self) -> str:
        text = self._text(self._row.get("summary"), "summary", MAX_SUMMARY)
        if not text:
            return ""
        symbol = self._job.facts.source.symbol(self._job.facts.index)
        # A heading or a label is no sentence; a sentence has a letter.
        if not any(map(str.isalpha, text)):
            return ""
        if re.match(rf"{re.escape(symbol.name)} \w+s\b", text):
            return sentence(text)  # in Go's form already: the name is no verb here
        text = sentence(in_mood(text, self._job.layout.mood))
        if self._job.facts.source.language.name == "go":
            return go_sentence(symbol.name, text, symbol.kind)
        return text

    def _description(self) -> tuple[str, ...]:
        raw = self._row.get("description")
        if not isinstance(raw, str) or not raw.strip():
            return ()
        if len(raw) > MAX_DESCRIPTION:
            self._drop("description", f"longer than {MAX_DESCRIPTION} characters")
            return ()
        return tuple(sentence(each) for each in paragraphs(raw))

    def _result(self, item: Item) -> Item:
        text = self._text(self._row.get("returns"), "returns", MAX_ENTRY)
        return replace(item, text=self._ended(_without_label(text))) if text else item

    def _entries(self, part: Part, key: str, names: list[str]) -> Iterator[tuple[str, str]]:
        """The texts of a part's entries, by the names of the facts; unknown ones are dropped."""
        rows = self._row.get(part)
        seen: set[str] = set()
        for row in rows if isinstance(rows, list) else ():
            if not isinstance(row, dict):
                continue
            given = str(row.get(key, "")).strip().strip("`")
            name = _known(given, names)
            if name is None:
                why = "its body does not raise it" if part == "raises" else "there is no such name"
                self._drop(f"{part}: {_short(given)}", why)
                continue
            text = self._text(row.get("text"), f"{part}: {name}", MAX_ENTRY)
            if text and name not in seen:
                seen.add(name)
                yield name, self._ended(text)

    def _unasked(self, facts: Content) -> None:
        """Name what the answer has for parts that the definition has not."""
        for part, key in (("parameters", "name"), ("attributes", "name"), ("raises", "type")):
            rows = self._row.get(part)
            if part in facts.parts or not isinstance(rows, list):
                continue
            for row in rows:
                if isinstance(row, dict):
                    self._drop(f"{part}: {_short(row.get(key))}", "the definition has none")
        told = self._row.get("returns")
        if isinstance(told, str) and told.strip() and not (
            facts.of("returns") or facts.of("yields")
        ):  # fmt: skip
            self._drop("returns", "the definition gives no result")

    def _text(self, raw: object, what: str, most: int) -> str:
        """A cleaned text; too long a one is dropped whole, since a part may say the contrary."""
        if not isinstance(raw, str):
            return ""
        if len(raw) > most:
            self._drop(what, f"longer than {most} characters")
            return ""
        text = clean(raw)
        return text if any(map(str.isalnum, text)) else ""

    def _ended(self, text: str) -> str:
        """An entry's text with the full stop that the repository's entries have."""
        return sentence(text) if self._job.layout.full_stop else text

    def _drop(self, what: str, reason: str) -> None:
        self._dropped.append(Dropped(f"{self._job.name}: {what}", reason))


def _known(given: str, names: list[str]) -> str | None:
    """The name that is meant: exactly, without sigils, or by its last part."""
    bare = given.lstrip("$*&.@")
    if bare in names:
        return bare
    last = re.split(r"[.\\]|::", bare)[-1]
    return next((name for name in names if re.split(r"[.\\]|::", name)[-1] == last and last), None)


def _without_label(text: str) -> str:
    """ "Returns: x" and "Returns x" → "x"."""
    return re.sub(r"^(?:Returns|Return|Yields|Yield)\b:?\s+", "", text)


def _short(given: object) -> str:
    text = clean(str(given))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
