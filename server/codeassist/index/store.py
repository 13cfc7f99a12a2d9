"""The store: outlines and words by content, in one SQLite file of the user's cache folder.

What other rooms derive from a content, or from a place as a whole, is kept there too, as bytes.
Keyed by content, so branch switches and several clones share rows. Disposable: a corrupt file is
renamed away and rebuilt, a file of another format has another name, and when the folder cannot be
written the store lives in memory and says so. Several processes may use one file at once (WAL, a
busy time-out, idempotent inserts), and a process killed at any moment leaves the last complete
transaction.
"""

import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from codeassist.base.symbols import Detail, Outline
from codeassist.index.fingerprint import format_fingerprint
from codeassist.index.recent import Recent

BUSY_SECONDS = 20.0  # another process writes at most a few batches in this time
PARAMETERS_A_QUERY = 500  # SQLite's oldest limit on variables is 999
OUTLINES_KEPT = 4096  # about 60 MB for ordinary files
DETAILS_KEPT = 1024  # about 80 MB for ordinary files
DETAILS_A_WRITE = 200  # few transactions, and little is lost with a killed process
KEEP_UNUSED_SECONDS = 60 * 86400  # content not seen for two months is dropped
TRIM_ABOVE_BYTES = 512 * 1024 * 1024

_SCHEMA = """
CREATE TABLE IF NOT EXISTS content (
  key TEXT NOT NULL, language TEXT NOT NULL, outline BLOB NOT NULL, words BLOB NOT NULL,
  symbols INTEGER NOT NULL, reason TEXT NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (key, language)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS detail (
  key TEXT NOT NULL, language TEXT NOT NULL, detail BLOB NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (key, language)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS derived (
  kind TEXT NOT NULL, key TEXT NOT NULL, language TEXT NOT NULL, data BLOB NOT NULL,
  used INTEGER NOT NULL, PRIMARY KEY (kind, key, language)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stat (
  root BLOB NOT NULL, path BLOB NOT NULL, stamp TEXT NOT NULL, key TEXT NOT NULL,
  language TEXT NOT NULL, PRIMARY KEY (root, path)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one content. `reason` says why it is not indexed, "" if it is."""

    key: str
    language: str
    outline: bytes = b""
    words: bytes = b""
    symbols: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a path was at a stamp: its content key and language ("" where it is no code)."""

    stamp: str
    key: str
    language: str


class Store:
    """An open store, with what was worked out of its contents lately.

    Not to be shared between threads.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, notes: list[str]) -> None:
        self._db = connection
        self.path = path
        self.notes = notes
        self.outlines: Recent[Outline | None] = Recent(OUTLINES_KEPT)
        self.details: Recent[Detail | None] = Recent(DETAILS_KEPT)
        self._words: dict[str, bytes] = {}
        self.beside: dict[str, object] = {}  # what other rooms keep as long as the store, by name
        self._new_details: list[tuple[object, ...]] = []
        self._new_derived: dict[tuple[str, str, str], bytes] = {}

    @classmethod
    def open(cls, folder: str) -> Self:
        """Open or make the store in a cache folder. Never raises for a bad cache."""
        name = f"index-{format_fingerprint()}.sqlite"
        path = os.path.join(folder, name)
        notes: list[str] = []
        for attempt in range(2):
            try:
                os.makedirs(folder, mode=0o700, exist_ok=True)
                return cls(_connect(path), path, notes)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and not _is_corrupt(error):
                    notes.append(_unwritable(folder, str(error)))
                    break
                if attempt == 0:
                    notes.append(_set_aside(path))
            except OSError as error:
                notes.append(_unwritable(folder, error.strerror or str(error)))
                break
        return cls(_connect(":memory:"), "", notes)

    @classmethod
    def in_memory(cls) -> Self:
        """A store that is on no disk and forgotten when it is closed."""
        return cls(_connect(":memory:"), "", [])

    def close(self) -> None:
        """Write what is left, and close the file."""
        self.flush()
        self._db.close()

    def known(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Of these (key, language) pairs the stored ones, each with its reason to be skipped."""
        wanted = set(pairs)
        found: dict[tuple[str, str], str] = {}
        for batch in _batches(sorted({key for key, _ in wanted})):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT key, language, reason FROM content WHERE key IN ({marks})"
            found.update(((row[0], row[1]), row[2]) for row in self._db.execute(sql, batch))
        return {pair: reason for pair, reason in found.items() if pair in wanted}

    def add(self, rows: Iterable[Row]) -> None:
        """Add contents in one transaction. Rows that another process added meanwhile are kept."""
        now = int(time.time())
        values: list[tuple[object, ...]] = [
            (r.key, r.language, r.outline, r.words, r.symbols, r.reason, now) for r in rows
        ]
        self._write("INSERT OR IGNORE INTO content VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def outline(self, key: str, language: str) -> bytes | None:
        """A content's encoded outline."""
        sql = "SELECT outline FROM content WHERE key = ? AND language = ?"
        row = self._db.execute(sql, (key, language)).fetchone()
        return row[0] if row else None

    def detail(self, key: str, language: str) -> bytes | None:
        """A content's encoded detail, where an earlier review worked it out."""
        sql = "SELECT detail FROM detail WHERE key = ? AND language = ?"
        row = self._db.execute(sql, (key, language)).fetchone()
        return row[0] if row else None

    def add_detail(self, key: str, language: str, detail: bytes) -> None:
        """Keep an encoded detail. It is written with others, at the latest by `flush`."""
        self._new_details.append((key, language, detail, int(time.time())))
        if len(self._new_details) >= DETAILS_A_WRITE:
            self.flush()

    def derived(self, kind: str, key: str, language: str) -> bytes | None:
        """What another room derived from a content (or of a place), where it was kept."""
        waiting = self._new_derived.get((kind, key, language))
        if waiting is not None:
            return waiting
        sql = "SELECT data FROM derived WHERE kind = ? AND key = ? AND language = ?"
        row = self._db.execute(sql, (kind, key, language)).fetchone()
        return row[0] if row else None

    def add_derived(self, kind: str, key: str, language: str, data: bytes) -> None:
        """Keep what another room derived, in the place of what was kept so before.

        `kind` has a fingerprint of the code that derived it. It is written with others, at the
        latest by `flush`.
        """
        self._new_derived[kind, key, language] = data
        if len(self._new_derived) >= DETAILS_A_WRITE:
            self.flush()

    def flush(self) -> None:
        """Write what was added and not written yet."""
        rows, self._new_details = self._new_details, []
        self._write("INSERT OR IGNORE INTO detail VALUES (?, ?, ?, ?)", rows)
        derived, self._new_derived = self._new_derived, {}
        now = int(time.time())
        rows = [(*names, data, now) for names, data in derived.items()]
        self._write("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?, ?)", rows)

    def symbol_count(self, keys: Iterable[str]) -> int:
        """The number of symbols in these contents."""
        total = 0
        for batch in _batches(sorted(keys)):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT coalesce(sum(symbols), 0) FROM content WHERE key IN ({marks})"
            total += self._db.execute(sql, batch).fetchone()[0]
        return total

    def words_of(self, keys: Collection[str]) -> Mapping[str, bytes]:
        """The words of contents, each between two spaces; of these contents at least.

        All are loaded at once when first asked for: for 3,000 files they take 8 MB.
        """
        missing = [key for key in keys if key not in self._words]
        for batch in _batches(sorted(missing)):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT key, words FROM content WHERE key IN ({marks})"
            self._words.update(self._db.execute(sql, batch))
        return self._words

    def remembered(self, root: str) -> dict[str, Remembered]:
        """What each path below a root was when it was last looked at."""
        sql = "SELECT path, stamp, key, language FROM stat WHERE root = ?"
        rows = self._db.execute(sql, (_raw(root),))
        return {_path(row[0]): Remembered(*row[1:]) for row in rows}

    def remember(
        self, root: str, found: Mapping[str, Remembered], gone: Iterable[str] = ()
    ) -> None:
        """Remember paths in one transaction, and forget those that are gone."""
        rows: list[tuple[object, ...]] = [
            (_raw(root), _raw(path), was.stamp, was.key, was.language)
            for path, was in found.items()
        ]
        self._write("INSERT OR REPLACE INTO stat VALUES (?, ?, ?, ?, ?)", rows)
        self._write(
            "DELETE FROM stat WHERE root = ? AND path = ?", [(_raw(root), _raw(p)) for p in gone]
        )

    def touch(self, keys: Iterable[str]) -> None:
        """Mark contents as used today, so that they are kept; cheap when they already are."""
        day = int(time.time()) - 86400
        stale: list[str] = []
        for batch in _batches(sorted(keys)):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT DISTINCT key FROM content WHERE used < ? AND key IN ({marks})"
            stale.extend(row[0] for row in self._db.execute(sql, [day, *batch]))
        now = int(time.time())
        self._write("UPDATE content SET used = ? WHERE key = ?", [(now, key) for key in stale])

    def trim(self) -> None:
        """Drop contents that nobody has used for long, once the file is large."""
        if self.size() < TRIM_ABOVE_BYTES:
            return
        limit = int(time.time()) - KEEP_UNUSED_SECONDS
        for table in ("content", "detail", "derived"):
            self._write(f"DELETE FROM {table} WHERE used < ?", [(limit,)])

    def size(self) -> int:
        """The store's size on disk in bytes, its journal included; 0 in memory."""
        total = 0
        for suffix in ("", "-wal"):
            try:
                total += os.stat(self.path + suffix).st_size if self.path else 0
            except OSError:
                continue
        return total

    def _write(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """One transaction. A full disk or a lost race costs the cache entry, not the answer."""
        if not rows:
            return
        try:
            with self._db:
                self._db.executemany(sql, rows)
        except sqlite3.OperationalError as error:
            note = _unwritable(os.path.dirname(self.path), str(error))
            if note not in self.notes:
                self.notes.append(note)
            self._keep_in_memory(sql, rows)

    def _keep_in_memory(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Go on in memory with what the file already had."""
        memory = _connect(":memory:")
        try:
            for table in ("content", "detail", "derived", "stat"):
                known = self._db.execute(f"SELECT * FROM {table}").fetchall()
                if known:
                    marks = ",".join("?" * len(known[0]))
                    memory.executemany(f"INSERT INTO {table} VALUES ({marks})", known)
        except sqlite3.DatabaseError:
            pass
        with memory:
            memory.executemany(sql, rows)
        self._db.close()
        self._db, self.path = memory, ""


def health(path: str) -> str:
    """ "ok", or what SQLite says is wrong with a store file."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return str(error)


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        connection.execute("SELECT key FROM content LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _raw(path: str) -> bytes:
    """A path as bytes: one that is not UTF-8 has lone surrogates, which SQLite's text cannot."""
    return path.encode("utf-8", "surrogatepass")


def _path(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


def _is_corrupt(error: sqlite3.Error) -> bool:
    text = str(error)
    return "malformed" in text or "not a database" in text or "no such column" in text


def _set_aside(path: str) -> str:
    """Rename a corrupt store away, and say so."""
    aside = f"{path}.corrupt-{int(time.time())}"
    for suffix in ("", "-wal", "-shm"):
        try:
            os.replace(path + suffix, aside + suffix)
        except OSError:
            continue
    return f"the index cache was corrupt; it was moved to {aside} and is being rebuilt"


def _unwritable(folder: str, reason: str) -> str:
    return f"the cache folder {folder} cannot be used ({reason}); indexing in memory this time"


def _batches(items: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(items), PARAMETERS_A_QUERY):
        yield items[start : start + PARAMETERS_A_QUERY]
