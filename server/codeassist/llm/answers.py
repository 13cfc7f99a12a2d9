"""Answers that are kept, by the exact request: the same question is not paid for twice.

Keeps what was sent and came over the wire, that is, after redaction: no secret is in the file. A
cache: it may be deleted at any time, and nothing that goes wrong with it stops an answer. Several
processes may use one file, and a process killed at any moment leaves whole rows.
"""

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Mapping
from typing import Any

from codeassist.base.messages import Usage
from codeassist.llm.database import open_database
from codeassist.llm.provider import ProviderReply

FILE = "answers-1.sqlite"
WHAT = "the kept answers"
MAX_BYTES = 200 * 1024 * 1024  # some 100,000 answers
TRIMMED_SHARE = 0.8  # of the cap is left when the oldest go, so that this is seldom
MAX_ANSWER_BYTES = 4 * 1024 * 1024

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
  key TEXT PRIMARY KEY, reply BLOB NOT NULL, bytes INTEGER NOT NULL, used REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answer_used ON answer (used);
"""
_PROBE = "SELECT key, reply, bytes, used FROM answer LIMIT 1"


def request_key(body: Mapping[str, Any], address: str, model: str) -> str:
    """What a request is kept under: a digest of its body as it is sent, its address and model."""
    text = json.dumps([address, model, body], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


class Answers:
    """The kept answers of one folder; of this object where the folder is "". For one thread."""

    def __init__(self, folder: str, max_bytes: int = MAX_BYTES) -> None:
        self._database = open_database(folder, FILE, _SCHEMA, _PROBE, WHAT)
        self._max_bytes = max_bytes

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the file."""
        return tuple(self._database.notes)

    def get(self, key: str) -> ProviderReply | None:
        """The reply that is kept for a request."""
        try:
            rows = self._database.execute("SELECT reply FROM answer WHERE key = ?", key)
            if not rows:
                return None
            reply = _decoded(rows[0][0])
        except (sqlite3.Error, ValueError, KeyError, TypeError, zlib.error) as error:
            self._database.failed(error)
            return None
        self._database.attempt("UPDATE answer SET used = ? WHERE key = ?", time.time(), key)
        return reply

    def keep(self, key: str, reply: ProviderReply) -> None:
        """Keep a reply. One that is very large, or has no place, is not kept."""
        data = _encoded(reply)
        if len(data) > min(MAX_ANSWER_BYTES, self._max_bytes):
            return
        values = (key, data, len(data), time.time())
        self._database.attempt("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", *values)
        self._trim()

    def clear(self) -> int:
        """Forget all; the number of answers that there were. Raises sqlite3.Error."""
        count: int = self._database.execute("SELECT count(*) FROM answer")[0][0]
        self._database.execute("DELETE FROM answer")
        return count

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _trim(self) -> None:
        """Drop the answers that were used longest ago, once there are too many."""
        sql = "SELECT coalesce(sum(bytes), 0) FROM answer"
        try:
            total = self._database.execute(sql)[0][0]
        except sqlite3.Error as error:
            self._database.failed(error)
            return
        if total > self._max_bytes:
            # The running sum counts from the newest: what is beyond the share goes.
            self._database.attempt(
                "DELETE FROM answer WHERE key IN (SELECT key FROM (SELECT key, sum(bytes) OVER "
                "(ORDER BY used DESC, key) AS upto FROM answer) WHERE upto > ?)",
                int(self._max_bytes * TRIMMED_SHARE),
            )


def _encoded(reply: ProviderReply) -> bytes:
    usage = reply.usage
    data = {
        "text": reply.text,
        "model": reply.model,
        "usage": [usage.input, usage.cached, usage.output, usage.reasoning],
        "notes": reply.notes,
    }
    return zlib.compress(json.dumps(data).encode())


def _decoded(data: bytes) -> ProviderReply:
    kept = json.loads(zlib.decompress(data))
    usage = Usage(*kept["usage"])
    return ProviderReply(kept["text"], usage, kept["model"], notes=tuple(kept["notes"]))
