"""Other language servers for Python as peers, each installed once into the user's cache folder.

pyright comes by npm, jedi-language-server by pip into an environment of its own; ruff is the one of
this environment.
"""

import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from platformdirs import user_cache_path

PYRIGHT, JEDI = "1.1.414", "0.47.0"


class PeerMissingError(Exception):
    """A peer cannot be installed here, and why."""


def _pyright() -> list[str]:
    folder = _folder(f"pyright-{PYRIGHT}")
    script = folder / "node_modules" / "pyright" / "langserver.index.js"
    if not script.exists():
        _run(["npm", "install", "--silent", "--prefix", str(folder), f"pyright@{PYRIGHT}"])
    return ["node", str(script), "--stdio"]


def _jedi() -> list[str]:
    folder = _folder(f"jedi-language-server-{JEDI}")
    program = folder / "bin" / "jedi-language-server"
    if not program.exists():
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        _run([*pip, f"jedi-language-server=={JEDI}"])
    return [str(program)]


def _ruff() -> list[str]:
    return [str(Path(sys.executable).with_name("ruff")), "server"]


def _folder(name: str) -> Path:
    return user_cache_path("codeassist-bench", appauthor=False) / name


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise PeerMissingError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        raise PeerMissingError(done.stderr.decode("utf-8", "replace").strip()[-500:])


# The command of each, which is installed if need be. They raise PeerMissingError.
PEERS: Mapping[str, Callable[[], list[str]]] = {
    "pyright": _pyright,
    "ruff": _ruff,
    "jedi": _jedi,
}
