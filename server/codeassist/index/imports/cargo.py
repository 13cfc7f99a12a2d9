"""What Rust's rules need of a `Cargo.toml`: the name of the package, and the files of its crates.

Source: the Cargo book, "Cargo targets". Reads no workspace tables: a member is a package by its own
manifest.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any


@dataclass(frozen=True, slots=True)
class Package:
    """A package. `library` need not exist; `name` is by which other crates import it.

    `roots` are the files that the manifest, or the usual layout, names as crates.
    """

    folder: str
    library: str
    name: str
    roots: tuple[str, ...]


def package_of(folder: str, text: str) -> Package | None:
    """The package of a manifest; None for a virtual workspace or a broken file."""
    try:
        manifest = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    name = _table(manifest, "package").get("name")
    if not isinstance(name, str):
        return None
    library = _table(manifest, "lib")
    targets: list[Any] = [library]
    for kind in ("bin", "test", "example", "bench"):
        listed = manifest.get(kind)
        targets += listed if isinstance(listed, list) else []
    named = [target.get("path") for target in targets if isinstance(target, dict)]
    usual = ["src/lib.rs", "src/main.rs", "build.rs"]
    roots = [path for path in (*named, *usual) if isinstance(path, str)]
    return Package(
        folder,
        normpath(join(folder, str(library.get("path", "src/lib.rs")))),
        str(library.get("name", name)).replace("-", "_"),
        tuple(normpath(join(folder, path)) for path in roots),
    )


def _table(manifest: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = manifest.get(key)
    return found if isinstance(found, dict) else {}
