"""The ways to install that the README tells, each tried as it stands there.

`vim.pack` is part of Neovim 0.12, so `CODEASSIST_TEST_NVIM` has to name one. lazy.nvim and
mini.deps are in no package registry: `CODEASSIST_TEST_LAZY` and `CODEASSIST_TEST_MINI_DEPS` name
clones.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from command import Place
from model_place import SOURCE
from neovim_binary import PLUGIN, nvim
from neovim_editor import Editor

README = (PLUGIN / "README.md").read_text("utf-8")
_TIMEOUT_SECONDS = 60  # against a hang


def told(manager: str, clone: Path) -> str:
    """The Lua that the README tells for a manager, with the place of a clone."""
    found = re.search(rf"\*\*{re.escape(manager)}\*\*.*?```lua\n(.*?)```", README, re.DOTALL)
    assert found, manager
    text = found[1]
    assert "src/codeassist" in text
    return text.replace("~/src/codeassist", str(clone)).replace(
        "/home/me/src/codeassist", str(clone)
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the plugin as it is now, where it is in ours."""
    files = [each for each in PLUGIN.rglob("*") if each.is_file() and each.name != "tags"]
    inside = {each.relative_to(PLUGIN.parents[1]).as_posix(): each.read_text() for each in files}
    return Place(tmp_path / "clone").init().commit(inside).root


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A repository to open, without a model."""
    return Place(tmp_path / "place").init().commit({"shop.py": SOURCE})


def given(variable: str) -> Path:
    """The clone of a manager that an environment variable names."""
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"{variable} names no clone")
    return Path(path)


def check(place: Place, init: str) -> None:
    """With such a configuration the server comes, the command is there, and so is the help.

    The plugin is found in the clone or a copy of it, and not where the tests have it.
    """
    without = f"vim.opt.runtimepath:remove({str(PLUGIN)!r})\n"
    with Editor(place, without + init) as editor:
        editor.open("shop.py").attached()
        assert editor.lua("return vim.fn.exists(':CodeAssist')") == 2
        (path,) = editor.lua("return vim.api.nvim_get_runtime_file('lsp/codeassist.lua', true)")
        assert not path.startswith(str(PLUGIN))
        editor.command("silent! helptags ALL")
        assert editor.lua("return vim.fn.getcompletion(':CodeAssist', 'help')") == [":CodeAssist"]


def test_lazy(place: Place, clone: Path) -> None:
    manager = given("CODEASSIST_TEST_LAZY")
    spec = told("lazy.nvim", clone)
    check(
        place,
        f"""
    vim.opt.runtimepath:prepend({str(manager)!r})
    require("lazy").setup({{ spec = {{ {spec} }}, rocks = {{ enabled = false }} }})
    """,
    )


def test_mini_deps(place: Place, clone: Path) -> None:
    manager = given("CODEASSIST_TEST_MINI_DEPS")
    check(
        place,
        f"""
    vim.opt.runtimepath:prepend({str(manager)!r})
    require("mini.deps").setup()
    {told("mini.deps", clone)}
    """,
    )


def test_vim_pack(place: Place, clone: Path) -> None:
    code = "io.write(vim.pack and 'yes' or 'no')"
    has_it = subprocess.run(
        [nvim(), "--clean", "-l", "-"], input=code, capture_output=True, text=True,
        timeout=_TIMEOUT_SECONDS, check=True,
    )  # fmt: skip
    if has_it.stdout != "yes":
        pytest.skip("this Neovim has no vim.pack: CODEASSIST_TEST_NVIM names another")
    # The user answers the question whether to install with yes.
    check(place, f"vim.fn.confirm = function() return 1 end\n{told('vim.pack', clone)}")
