"""A real Neovim with the plugin, driven through its own API.

    with Editor(place) as editor:
        editor.open("shop.py").attached()
        editor.command("CodeAssist document")

Cut off from the settings of whoever runs the tests. What the user is told is kept in `said`.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from command import Place
from neovim_binary import PLUGIN, nvim
from neovim_rpc import Rpc

WAIT_SECONDS = 120  # against hangs only; a model shares two cores with other tests
_POLL_SECONDS = 0.02

_INIT = """
vim.g.loaded_python3_provider = 0
vim.opt.runtimepath:prepend({plugin!r})
vim.opt.swapfile = false
vim.opt.shada = ""
vim.notify = function(text, level) table.insert(said, {{ level = level, text = text }}) end
function heard(part)
  for _, each in ipairs(said) do
    if each.text:find(part, 1, true) then
      return each.text
    end
  end
end
function reset()
  said, inputs, selections = {{}}, {{}}, {{}}
  vim.ui.input = function(options, callback)
    table.insert(selections, options.prompt)
    callback(table.remove(inputs, 1))
  end
  vim.ui.select = function(items, options, callback)
    table.insert(selections, vim.tbl_map(options.format_item or tostring, items))
    local chosen = table.remove(inputs, 1)
    callback(items[chosen], chosen)
  end
end
reset()
"""
_IS_IDLE = """vim.iter(vim.lsp.get_clients({ name = "codeassist" })):all(function(client)
  local buffer = next(client.attached_buffers)
  local status = buffer and require("codeassist").status(buffer)
  return not status or #status.running == 0
end)"""
ENABLE = 'vim.lsp.enable("codeassist")\n'


class Editor:
    """Neovim in its own process; `init` is Lua that runs as the user's configuration does."""

    def __init__(
        self, place: Place, init: str = ENABLE, before: Callable[[Path], None] = lambda data: None
    ) -> None:
        """`before` gets the folder of data of this Neovim, before it starts."""
        self.place = place
        self._before = before
        self._init = init
        # Beside the place, not below it; the path of a socket has to be short.
        self._folder = Path(tempfile.mkdtemp(prefix="ca-nvim-"))
        self.state = self._folder / "state"
        self._process: subprocess.Popen[bytes] | None = None
        self._rpc: Rpc | None = None

    @property
    def environment(self) -> dict[str, str]:
        """That of the place, with the command on the PATH and folders of its own."""
        scripts = str(Path(sys.executable).parent)
        folders = {
            f"XDG_{name}_HOME": str(self._folder / name.lower())
            for name in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        path = os.pathsep.join((scripts, self.place.environment["PATH"]))
        return self.place.environment | folders | {"PATH": path, "HOME": str(self._folder)}

    def __enter__(self) -> Self:
        init = self._folder / "init.lua"
        init.write_text(_INIT.format(plugin=str(PLUGIN)) + self._init, "utf-8")
        self._before(self._folder / "data")
        socket = self._folder / "nvim"
        self._process = subprocess.Popen(
            [nvim(), "--headless", "--listen", str(socket), "-u", str(init)],
            cwd=self.place.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        limit = time.monotonic() + WAIT_SECONDS
        while self._rpc is None:
            assert self._process.poll() is None, "Neovim ended at once"
            assert time.monotonic() < limit, "Neovim does not start"
            try:
                self._rpc = Rpc(socket)
            except OSError:  # it is not there, or nobody listens yet
                time.sleep(_POLL_SECONDS)
        self.wait("vim.v.vim_did_enter == 1")  # it listens while it still reads `init`
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process
        if self._rpc:
            self._rpc.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)  # its servers too
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def call(self, function: str, *arguments: object) -> Any:
        """Call a function of Neovim's API."""
        assert self._rpc
        return self._rpc.call(function, *arguments)

    def idle(self) -> Self:
        """Cancel what runs, and wait until no server has anything left to do."""
        self.lua("for _, each in ipairs(require('codeassist').running()) do each.cancel() end")
        self.wait(_IS_IDLE)
        return self

    def reset(self) -> Self:
        """As at the start, but for the server, which goes on: no windows, buffers, or words."""
        self.idle()
        self.call("nvim_input", "<C-\\><C-n>")
        self.command("silent! tabonly!").command("silent! only!").command("silent! %bwipeout!")
        self.lua("vim.fn.setqflist({}, 'f'); reset()")
        return self

    def lua(self, code: str, *arguments: object) -> Any:
        """Run Lua; what it returns. Raises NvimError if it fails."""
        return self.call("nvim_exec_lua", code, list(arguments))

    def wait(self, condition: str, *arguments: object, within: float = WAIT_SECONDS) -> Any:
        """Wait until a Lua expression is true; its value."""
        limit = time.monotonic() + within
        while True:
            value = self.lua(f"return {condition}", *arguments)
            if value:
                return value
            assert time.monotonic() < limit, f"never: {condition}\n{self.log}\n{self.screen}"
            time.sleep(_POLL_SECONDS)

    def command(self, line: str) -> Self:
        """Run a command of the command line."""
        self.call("nvim_command", line)
        return self

    def keys(self, keys: str) -> Self:
        """Type keys, as a user does."""
        self.call("nvim_input", keys)
        return self

    def open(self, path: str) -> Self:
        """Edit a file of the place."""
        self.call("nvim_command", f"edit {self.place.root / path}")
        return self

    def attached(self) -> Self:
        """Wait until the server is there for the current buffer and has read the repository."""
        self.wait("#vim.lsp.get_clients({ name = 'codeassist', bufnr = 0 }) == 1")
        state = "(require('codeassist').status() or {}).state"
        self.wait(f"vim.list_contains({{ 'ready', 'offline', 'limit' }}, {state})")
        return self

    def at(self, line: int, column: int = 0) -> Self:
        """Put the cursor at a line, from 1, and a byte of it, from 0."""
        self.call("nvim_win_set_cursor", 0, [line, column])
        return self

    def answers(self, *answers: object) -> Self:
        """What the user will answer to the next questions: a text, or the number of a choice."""
        self.lua("vim.list_extend(inputs, ...)", list(answers))
        return self

    @property
    def lines(self) -> list[str]:
        """The current buffer."""
        return list(self.call("nvim_buf_get_lines", 0, 0, -1, False))

    @property
    def text(self) -> str:
        """The current buffer, with the line feed at its end."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def said(self) -> list[str]:
        """What the user was told, in order."""
        return [each["text"] for each in self.lua("return said")]

    @property
    def log(self) -> str:
        """The last status, and what was told and logged, for messages of failures."""
        code = """
        local status = vim.inspect(require("codeassist").status())
        return table.concat({ status, unpack(require("codeassist.journal").lines()) }, "\\n")
        """
        return str(self.lua(code))

    @property
    def asked(self) -> list[Any]:
        """What the user was asked: prompts, and lists of choices."""
        return list(self.lua("return selections"))

    @property
    def screen(self) -> str:
        """All windows' lines, for messages of failures."""
        code = """
        local texts = {}
        for _, win in ipairs(vim.api.nvim_list_wins()) do
          local buf = vim.api.nvim_win_get_buf(win)
          texts[#texts + 1] = table.concat(vim.api.nvim_buf_get_lines(buf, 0, 40, false), "\\n")
        end
        return table.concat(texts, "\\n----\\n")
        """
        return str(self.lua(code))

    def hears(self, part: str) -> str:
        """Wait until the user is told something that contains `part`; all of it."""
        return str(self.wait("heard(...)", part))

    def preview(self, within: float = WAIT_SECONDS) -> list[str]:
        """Wait for the preview; its lines."""
        self.wait("vim.bo.filetype == 'codeassist-preview'", within=within)
        return self.lines
