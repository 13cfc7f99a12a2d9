"""The formatter of Lua, pinned, in the user's cache folder: installed by npm at its first use."""

import os
import subprocess
from pathlib import Path

_PACKAGE, _VERSION = "@johnnymorganz/stylua-bin", "2.5.2"
_TIMEOUT_SECONDS = 300  # against a hang


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "codeassist-tests", f"stylua-{_VERSION}")


def stylua() -> list[str]:
    """The command. Installs it where it is not yet; fails with what npm says."""
    folder = _cache()
    script = folder / "node_modules" / _PACKAGE / "run.js"
    if not script.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder),
             f"{_PACKAGE}@{_VERSION}"],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"stylua cannot be installed by npm: {done.stderr}"
    return ["node", str(script)]
