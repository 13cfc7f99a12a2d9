"""Opens the SQLite files of this room: for the user's eyes only, shared by processes, never fatal.

A corrupt file is renamed away and made anew. Where the folder cannot be written the database lives
in memory. Both are said in a note.
"""

import os
import sqlite3
import time
from dataclasses import dataclass, field
from typing import Any

BUSY_SECONDS = 5.0  # others write single rows; the event loop waits with us
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
_CORRUPT = ("malformed", "not a database", "no such column", "no such table", "has no column")


@dataclass
class Database:
    """An open database. `path` is "" in memory. `notes` are sentences for the user.

    `what` and `folder` say in notes which one it is.
    """

    connection: sqlite3.Connection
    path: str
    what: str
    folder: str
    notes: list[str] = field(default_factory=list)

    def execute(self, sql: str, *values: object) -> list[Any]:
        """All rows of a statement. Raises sqlite3.Error."""
        return self.connection.execute(sql, values).fetchall()

    def attempt(self, sql: str, *values: object) -> bool:
        """Execute a statement; whether it worked.

        A full disk or a locked file costs a row and a note, not the answer.
        """
        try:
            self.execute(sql, *values)
        except sqlite3.Error as error:
            self.failed(error)
            return False
        return True

    def failed(self, error: Exception) -> None:
        """Note that the database cannot be used, and why."""
        self.note(unusable(self.what, self.folder, str(error)))

    def note(self, sentence: str) -> None:
        """Add a sentence for the user, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def open_database(folder: str, name: str, schema: str, probe: str, what: str) -> Database:
    """Open or make a database; never raises for a bad file or folder.

    `probe` is a query that fails if the file is of another form. `what` names it in notes ("the
    kept answers"). An empty `folder` means memory, and no note.
    """
    if not folder:
        return Database(_connect(":memory:", schema, probe), "", what, folder)
    path = os.path.join(folder, name)
    notes: list[str] = []
    for attempt in range(2):
        try:
            _make_private(folder, path)
            return Database(_connect(path, schema, probe), path, what, folder, notes)
        except sqlite3.DatabaseError as error:
            if not is_corrupt(error) or attempt:
                notes.append(unusable(what, folder, str(error)))
                break
            notes.append(_set_aside(path, what))
        except OSError as error:
            notes.append(unusable(what, folder, error.strerror or str(error)))
            break
    return Database(_connect(":memory:", schema, probe), "", what, folder, notes)


def is_corrupt(error: sqlite3.Error) -> bool:
    """Whether an error comes from the file's content, and not from the disk or from others."""
    if isinstance(error, sqlite3.OperationalError):
        return any(text in str(error) for text in _CORRUPT)
    return isinstance(error, sqlite3.DatabaseError)


def unusable(what: str, folder: str, reason: str) -> str:
    """The note that a database lives in memory, or has lost a row."""
    return f"{what} in {folder} cannot be used ({reason})"


def _make_private(folder: str, path: str) -> None:
    """The file has to be there before SQLite opens it, which would make it for all to read."""
    os.makedirs(folder, mode=PRIVATE_FOLDER, exist_ok=True)
    if not os.path.exists(path):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))


def _connect(path: str, schema: str, probe: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(schema)
        connection.execute(probe).fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _set_aside(path: str, what: str) -> str:
    """Rename a corrupt file away, and say so."""
    aside = f"{path}.corrupt-{int(time.time())}"
    for suffix in ("", "-wal", "-shm"):
        try:
            os.replace(path + suffix, aside + suffix)
        except OSError:
            continue
    return f"{what}: the file was corrupt; it was moved to {aside} and begun anew"
