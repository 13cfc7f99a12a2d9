"""What a composer.json says of where classes are: the rows of its `autoload` maps.

Source: getcomposer.org's schema; php-fig.org's PSR-4 and PSR-0. Class maps and single files are
left out: they name files, not rules.
"""

import json
from posixpath import join, normpath
from typing import NamedTuple


class Autoload(NamedTuple):
    """Classes whose names begin with a prefix are below a folder ("" is the root)."""

    prefix: str
    folder: str
    standard: str

    def covers(self, name: str) -> bool:
        """Whether a qualified name, or a namespace, begins with the prefix."""
        return (name + "\\").startswith(self.prefix)

    def place(self, name: str) -> str:
        """The path, without its suffix, of a class or namespace that the row covers."""
        rest = name[len(self.prefix) :] if self.standard == "psr-4" else _psr0(name)
        path = normpath(join(self.folder, rest.replace("\\", "/")))
        return "" if path == "." else path


def autoload(text: str | None, folder: str) -> list[Autoload]:
    """The rows of a composer.json in a folder; none where it is broken."""
    try:
        config = json.loads(text or "{}")
    except ValueError:
        return []
    found = []
    for section in ("autoload", "autoload-dev"):
        for standard in ("psr-4", "psr-0"):
            entries = _mapping(_mapping(config).get(section)).get(standard)
            for prefix, places in _mapping(entries).items():
                for place in places if isinstance(places, list) else [places]:
                    base = normpath(join(folder, str(place)))
                    found.append(Autoload(prefix, "" if base == "." else base, standard))
    return found


def _psr0(name: str) -> str:
    """PSR-0: underscores of the class's own name are folders too."""
    outer, slash, last = name.rpartition("\\")
    return outer + slash + last.replace("_", "/")


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
