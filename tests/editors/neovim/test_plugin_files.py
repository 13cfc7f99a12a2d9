"""The plugin's files: generated ones are fresh, the Lua is formatted and documented."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from lua_format import stylua
from neovim_binary import PLUGIN, nvim

from codeassist.languages import for_path

SOURCES = sorted(PLUGIN.rglob("*.lua"))
MAX_LINES = 200
_TIMEOUT_SECONDS = 120  # against hangs


def run(*command: str, **variables: str) -> str:
    """What a command says in the plugin's folder, with some variables in its environment."""
    done = subprocess.run(
        command,
        cwd=PLUGIN,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    return done.stdout + done.stderr


def generator() -> ModuleType:
    """`editors/neovim/scripts/generate.py` as a module."""
    spec = importlib.util.spec_from_file_location("generate", PLUGIN / "scripts" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_files_are_fresh() -> None:
    """If not: `python editors/neovim/scripts/generate.py write`."""
    assert generator().stale(nvim()) == []


def test_every_language_has_a_filetype() -> None:
    """For each name of the generator Neovim knows a filetype that starts the server."""
    names = [name for name in generator().file_names() if not name.endswith((".sh", ".tpp"))]
    assert all(for_path(name) for name in names)
    code = (
        f"vim.opt.runtimepath:prepend('{PLUGIN}')\n"
        "local known = require('codeassist.filetypes')\n"
        "for _, name in ipairs(arg) do\n"
        "  local filetype = vim.filetype.match({ filename = name }) or 'bash'\n"
        "  if not vim.list_contains(known, filetype) then print(name, filetype) end\n"
        "end\n"
    )
    done = subprocess.run(
        [nvim(), "--clean", "-l", "-", *names],
        input=code,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    assert done.stdout + done.stderr == ""


def test_format() -> None:
    """If not: stylua, in editors/neovim."""
    assert run(*stylua(), "--check", ".") == ""


def test_types() -> None:
    """By lua-language-server, which is in no package registry: where the machine has one."""
    program = os.environ.get("CODEASSIST_TEST_LUALS") or shutil.which("lua-language-server")
    if not program:
        pytest.skip("CODEASSIST_TEST_LUALS names no lua-language-server")
    where = subprocess.run(
        [nvim(), "--clean", "-l", "-"], input="io.write(vim.env.VIMRUNTIME)", capture_output=True,
        text=True, timeout=_TIMEOUT_SECONDS, check=True,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        said = run(
            program, "--check=.", "--checklevel=Hint", f"--logpath={folder}/log",
            f"--metapath={folder}/meta", VIMRUNTIME=where.stdout,
        )  # fmt: skip
    assert "no problems found" in said


def test_lint() -> None:
    """By luacheck, where the machine has it."""
    program = shutil.which("luacheck")
    if not program:
        pytest.skip("luacheck is not on the PATH")
    assert run(
        program, "-q", "--std=luajit", "--globals=vim", "--no-max-line-length", "--no-color", "."
    ).startswith("Total: 0 warnings / 0 errors")


def test_no_globals() -> None:
    script = Path(__file__).with_name("global_names.lua")
    assert run(nvim(), "--clean", "-l", str(script), str(PLUGIN)) == ""


def test_the_test_of_globals_sees_them(tmp_path: Path) -> None:
    text = "local M = {}\nfunction M.f() return function() leaked = unknown end end\nreturn M\n"
    (tmp_path / "module.lua").write_text(text, "utf-8")
    script = Path(__file__).with_name("global_names.lua")
    printed = run(nvim(), "--clean", "-l", str(script), str(tmp_path))
    assert [line.rpartition(": ")[2] for line in printed.splitlines()] == ["leaked", "unknown"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PLUGIN).as_posix())
def test_a_file_says_what_it_is_for_and_documents_its_functions(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith(("--- ", "---@meta"))
    assert len(lines) <= MAX_LINES
    if not lines[0].startswith("---@meta"):
        assert [line for line in lines if len(line) > 100] == []
    for before, line in pairwise(lines):
        if re.match(r"function M\.", line):
            assert before.startswith("---"), f"{line} has no comment"


def test_the_help_has_every_tag_once_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    shutil.copytree(PLUGIN / "doc", tmp_path / "doc")
    assert run(nvim(), "--clean", "--headless", f"+helptags {tmp_path}/doc", "+qa!") == ""
    tags = {line.split("\t")[0] for line in (tmp_path / "doc" / "tags").read_text().splitlines()}
    text = (PLUGIN / "doc" / "codeassist.txt").read_text("utf-8")
    links = sorted(set(re.findall(r"\|([^|\s]+)\|", text)) - tags)
    code = "for _, tag in ipairs(arg) do if not pcall(vim.cmd.help, tag) then print(tag) end end"
    done = subprocess.run(
        [nvim(), "--clean", "-l", "-", *links],
        input=code,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    assert done.stdout + done.stderr == ""
