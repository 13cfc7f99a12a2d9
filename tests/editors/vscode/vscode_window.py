"""A real VS Code in a real browser, driven as a person drives it: keys, menus, what is on screen.

    with Editor(folder) as editor, editor.browsing():
        window = editor.open(repository, {"codeassist.model.baseUrl": model.url})
        window.open_file("shop.py")
        window.command("Document This")

The extension is the packaged one. Settings are written as the user's own before a window opens.
What is awaited is always something that can be seen; the time limits are against hangs only.
"""

import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from vscode_tools import one_window, server_sources, tools, vsix

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[3]
WAIT_MS = 180_000  # against a hang only: two busy cores, and a model that shares them
_START_SECONDS = 180  # against a hang only
_PALETTE_MS = 15_000
_STILL_MS = 500  # what has just been answered fades out before a picture is taken
_VIEW = {"width": 1180, "height": 760}
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_SERVER_FLAGS = (
    "--bind-addr=127.0.0.1:0",  # a free port, which it tells
    "--auth=none",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-getting-started-override",
    "--reconnection-grace-time=1",  # of a window that is closed, nothing stays
)
_LISTENING = re.compile(r"listening on http://127\.0\.0\.1:(\d+)")
# Nothing of VS Code's own that moves, asks or calls out.
_QUIET: Mapping[str, object] = {
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.quickOpen.closeOnFocusLost": False,
    "workbench.welcomePage.walkthroughs.openOnInstall": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.reduceMotion": "on",
    "chat.disableAIFeatures": True,
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "update.mode": "none",
    "files.autoSave": "off",
    "editor.cursorBlinking": "solid",
    "editor.fontFamily": "DejaVu Sans Mono",  # of the tests' own fonts
    "editor.scrollBeyondLastLine": False,
    "window.title": "${activeEditorShort}${separator}${rootName}",
    "editor.minimap.enabled": False,
    "editor.stickyScroll.enabled": False,
    "git.enabled": False,
    "window.commandCenter": False,
    "security.workspace.trust.enabled": False,
}


def playwright() -> ModuleType:
    """Playwright, which is installed when it is needed first, and not when tests are collected."""
    folder = str(tools().python_path)
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module("playwright.sync_api")


def expect(locator: "Locator") -> Any:
    """Playwright's assertion on something that is seen, which waits for it."""
    return playwright().expect(locator)


def server_command() -> list[str]:
    """The server of the state that the package is of, even where sources change while tests run.

    The private environment has a test of its own.
    """
    env = shutil.which("env")
    assert env
    return [env, f"PYTHONPATH={server_sources()}", sys.executable, "-P", "-m", "codeassist"]


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a user who has set up nothing, apart from whoever runs the tests."""
    return {
        "CODEASSIST_CACHE_DIR": str(folder / "cache"),
        "CODEASSIST_CONFIG": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_PROXY": "127.0.0.1,localhost",
    }


class Editor:
    """VS Code's server with the extension, for a `with` block; `browsing` gives it a browser."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
        extensions: Sequence[Path] = (),
    ) -> None:
        """`environment` is what codeassist finds around it, beside PATH and HOME.

        `options` are more words for the command line of VS Code's server, `extensions` are more
        .vsix files to install.
        """
        self.folder = folder
        self._options = options
        self._extensions = extensions
        self._extra = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None
        self._port = 0
        self._windows: list[Window] = []

    def open(self, folder: Path, settings: Mapping[str, object] | None = None) -> "Window":
        """A window on a folder or a .code-workspace file, with these settings of the user."""
        self.write_settings(settings or {})
        window = Window(self, self._page(), folder)
        kind = "workspace" if folder.suffix == ".code-workspace" else "folder"
        window.page.goto(f"{self._address}/?{kind}={quote(str(folder))}")
        self._windows.append(window)
        window.await_folder()
        return window

    def run_host_tests(self, folder: Path, tests: Path, seconds: int) -> int:
        """Run the tests of a folder inside of the extension host, for a workspace; 0 if all passed.

        Works with the option `enable-smoke-test-driver` alone.
        """
        page = self._page()
        ended: list[int] = []
        page.expose_function("codeAutomationExit", lambda code, *_: ended.append(code))
        page.expose_function("codeAutomationLog", lambda *_: None)
        remote = f"vscode-remote://127.0.0.1:{self._port}"
        payload = [
            ["extensionDevelopmentPath", f"{remote}{tests}"],
            ["extensionTestsPath", f"{remote}{tests / 'index.cjs'}"],
            ["skipWelcome", "true"],
        ]
        page.goto(f"{self._address}/?folder={folder}&payload={quote(json.dumps(payload))}")
        end = time.monotonic() + seconds
        while not ended and time.monotonic() < end:
            page.wait_for_timeout(100)
        page.context.close()
        return ended[0] if ended else 1

    def blank_page(self, size: int) -> "Page":
        """A page of the browser without VS Code in it."""
        assert self._browser
        context = self._browser.new_context(viewport={"width": size, "height": size})
        return context.new_page()

    def write_settings(self, settings: Mapping[str, object]) -> None:
        """Write the user's settings; those of scope `machine` count where the server runs."""
        merged = dict(_QUIET) | {"codeassist.server.command": server_command()} | dict(settings)
        text = json.dumps({key: value for key, value in merged.items() if value is not None})
        for name in ("User", "Machine"):
            (self.data / name).mkdir(parents=True, exist_ok=True)
            (self.data / name / "settings.json").write_text(text, "utf-8")

    @property
    def data(self) -> Path:
        """VS Code's folder of user data."""
        return self.folder / "data"

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def _page(self) -> "Page":
        assert self._browser
        context = self._browser.new_context(viewport=_VIEW, locale="en-US")
        context.set_default_timeout(WAIT_MS)
        return context.new_page()

    def logs(self) -> str:
        """All that was logged by VS Code and its extensions."""
        files = sorted((self.data / "logs").rglob("*.log"))
        return "\n".join(file.read_text("utf-8", "replace") for file in files)

    def keep_pictures(self, name: str) -> None:
        """Keep what every window shows: a test has failed."""
        for number, window in enumerate(self._windows):
            window.picture(
                Path(tempfile.gettempdir()) / "codeassist-vscode" / f"{name}-{number}.png"
            )

    def processes(self, words: str) -> list[int]:
        """The processes that this editor started with some words in their command line."""
        assert self._process
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(maxsplit=2) for line in listed.splitlines()]
        ours = {str(self._process.pid)}
        while more := {pid for pid, parent, *_ in rows if parent in ours} - ours:
            ours |= more
        return [int(pid) for pid, _, *line in rows if pid in ours and words in " ".join(line)]

    @contextmanager
    def browsing(self) -> Iterator[Self]:
        """With a browser, for the time of a `with` block.

        Playwright's event loop is the thread's for as long, so no test beside may have one of its
        own: a browser is a module's, while VS Code's server serves all of them. Two browsers at
        a time would be slower than one after the other, so the second one waits.
        """
        playwright().expect.set_options(timeout=WAIT_MS)
        with one_window(), playwright().sync_playwright() as driver:
            self._browser = driver.chromium.launch(
                executable_path=tools().chromium, args=list(_FLAGS), env=dict(tools().environment)
            )
            yield self
            self.close_windows()
            self._browser.close()
            self._browser = None

    @property
    def window_count(self) -> int:
        """How many windows are open."""
        return len(self._windows)

    def close_windows(self, kept: int = 0) -> None:
        """Close all windows but the first ones."""
        for window in self._windows[kept:]:
            window.page.context.close()
        del self._windows[kept:]

    def __enter__(self) -> Self:
        self.write_settings({})
        self._install()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(*_SERVER_FLAGS, *self._options),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._port = self._await_port()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(_START_SECONDS)

    def _install(self) -> None:
        wanted = [word for each in self._extensions for word in ("--install-extension", str(each))]
        subprocess.run(
            self._command("--install-extension", str(vsix()), *wanted),
            env=self._environment(),
            check=True,
            capture_output=True,
            timeout=_START_SECONDS * 5,
        )

    def _command(self, *words: str) -> list[str]:
        folders = {"user-data-dir": "data", "extensions-dir": "extensions", "config": "none.yaml"}
        places = [f"--{option}={self.folder / name}" for option, name in folders.items()]
        return [*map(str, tools().code_server), *places, *words]

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CODEASSIST_", "OPENAI_", "VSCODE_"))
        }
        return kept | {"EXTENSIONS_GALLERY": '{"serviceUrl":""}'} | self._extra

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _await_port(self) -> int:
        """The port that the server has chosen, once it listens there."""
        assert self._process
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            if found := _LISTENING.search(self._log.read_text("utf-8", "replace")):
                return int(found[1])
            time.sleep(0.1)
        raise AssertionError(self._log.read_text("utf-8", "replace"))


class Window:
    """One window of VS Code."""

    def __init__(self, editor: Editor, page: "Page", folder: Path) -> None:
        self.editor = editor
        self.page = page
        self.folder = folder

    def await_folder(self) -> None:
        """Wait for the files. A window can lose a workspace's file at its start: then again."""
        files = self.page.locator(".explorer-folders-view .monaco-list-row").first
        none = self.page.locator(".pane-body", has_text="You have not yet added a folder").first
        files.or_(none).wait_for()
        while not files.is_visible():
            self.page.reload()
            files.or_(none).wait_for()

    def reload(self) -> None:
        """Load the window again, as for a new start of the editor, and wait for its files."""
        self.page.reload()
        self.await_folder()

    def open_file(self, name: str) -> None:
        """Open a file by its name, as with Ctrl+P, and wait for its text."""
        last = name.rsplit("/", 1)[-1]
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=last).first
        self.offered(name, row).click()
        self.page.locator(".tab.active", has_text=last).first.wait_for()
        self.lines.first.wait_for()

    def afresh(self, files: Mapping[str, str]) -> None:
        """Close what is open in the window, write files, and open the first of them."""
        self.page.keyboard.press("Escape")
        self.quick("Notifications: Clear All Notifications")
        while self.page.locator(".editor-group-container .tab").count():
            self.quick("View: Revert and Close Editor")
        for name, text in files.items():
            (self.folder / name).write_text(text, "utf-8")
        self.open_file(next(iter(files)))

    def wider_side_bar(self) -> None:
        """Draw the side bar wider, for long lines in a tree."""
        edge = self.page.locator(".part.sidebar").bounding_box()
        assert edge
        at = edge["x"] + edge["width"]
        self.page.mouse.move(at, 400)
        self.page.mouse.down()
        self.page.mouse.move(at + 220, 400, steps=4)
        self.page.mouse.up()

    def quick(self, title: str) -> None:
        """Run a command by its title in the palette."""
        row = ".quick-input-list .monaco-list-row"
        labels = f'{row}[aria-label="{title}"], {row}[aria-label^="{title},"]'
        self.offered(f">{title}", self.page.locator(labels).first).click()

    def offered(self, text: str, row: "Locator") -> "Locator":
        """A row of the palette for what is typed there.

        What VS Code does at its start can take the palette away again: then it is opened anew, as
        people do.
        """
        field = self.page.locator(".quick-input-widget input[type=text]").first
        end = time.monotonic() + WAIT_MS / 1_000
        while time.monotonic() < end:
            self.page.keyboard.press("F1")
            try:
                field.fill(text, timeout=_PALETTE_MS)
                row.wait_for(timeout=_PALETTE_MS)
                return row
            except playwright().TimeoutError:
                self.page.keyboard.press("Escape")
        raise AssertionError(f"the palette does not offer {text!r}")

    def command(self, title: str) -> None:
        """Run one of ours from the palette."""
        self.quick(f"Codeassist: {title}")

    def answer(self, text: str) -> None:
        """Type into the question that is asked."""
        field = self.page.locator(".quick-input-widget input:not([type=checkbox])").first
        field.wait_for()
        field.fill(text)
        self.page.keyboard.press("Enter")

    def choose(self, label: str) -> None:
        """Take an entry of the list that is shown."""
        self.page.locator(".quick-input-list .monaco-list-row", has_text=label).first.click()

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor somewhere, counted from 1."""
        self.page.keyboard.press("Control+G")
        self.answer(f":{line}:{column}")
        position = self.page.locator("#status\\.editor\\.selection")
        expect(position).to_contain_text(f"Ln {line}, Col {column}")

    def select(self, line: int, start: int, end: int) -> None:
        """Select columns of a line, counted from 1; the end exclusive."""
        self.go_to(line, start)
        for _ in range(end - start):
            self.page.keyboard.press("Shift+ArrowRight")

    @property
    def lines(self) -> "Locator":
        """The lines of text that can be seen, in all editors."""
        return self.page.locator(".monaco-editor .view-line")

    def expect_text(self, text: str) -> None:
        """Wait for a text in the editor."""
        expect(self.line(text)).to_be_visible()

    def expect_no_text(self, text: str) -> None:
        """Wait until a text is nowhere in the editor."""
        expect(self.page.locator(".monaco-editor .view-line", has_text=_seen(text))).to_have_count(
            0
        )

    def line(self, text: str) -> "Locator":
        """The first line with a text."""
        return self.page.locator(".monaco-editor .view-line", has_text=_seen(text)).first

    def status(self, text: str | re.Pattern[str]) -> "Locator":
        """The item in the status bar, once it says something."""
        item = self.page.locator(".statusbar-item", has_text=text)
        item.first.wait_for()
        return item.first

    def ready(self) -> None:
        """Wait for a server that has indexed the folder."""
        item = self.page.locator("[id='codeassist.codeassist.codeassist']")
        item.wait_for()
        expect(item.locator(".codicon-check, .codicon-circle-outline")).to_be_visible(
            timeout=WAIT_MS
        )

    def message(self, text: str | re.Pattern[str]) -> "Locator":
        """A notification, once it is shown."""
        found = self.page.locator(".notification-list-item", has_text=text).first
        found.wait_for()
        return found

    def press_button(self, message: "Locator", label: str) -> None:
        """Press a button of a notification."""
        message.get_by_role("button", name=label).click()

    def menu(self, title: str) -> "Locator":
        """An entry of the menu of Ctrl+. at the cursor.

        A menu that comes before the server has looked at the text has less in it, so it is opened
        again, as people do.
        """
        wanted = self.page.locator(".action-widget .monaco-list-row.action", has_text=title).first
        end = time.monotonic() + WAIT_MS / 1_000
        while time.monotonic() < end:
            self.page.keyboard.press("Control+Period")
            self.page.locator(".action-widget .monaco-list-row").first.wait_for()
            if wanted.count():
                return wanted
            self.page.keyboard.press("Escape")
            self.page.locator(".action-widget").first.wait_for(state="hidden")
        raise AssertionError(f"the menu has no {title!r}")

    def trust(self) -> None:
        """Trust the workspace, in the editor that asks about it."""
        self.quick("Workspaces: Manage Workspace Trust")
        self.page.get_by_role("button", name="Trust", exact=True).click()
        expect(self.page.locator("#status\\.workspaceTrust")).to_have_count(0)

    def accept(self) -> None:
        """Accept the edit that is previewed, and wait until the file is in front again."""
        self.page.get_by_role("button", name="Accept").first.click()
        expect(self.page.locator(".monaco-diff-editor:visible")).to_have_count(0)

    def tree(self) -> "Locator":
        """The rows of the review's tree."""
        return self.page.locator(".pane-body .monaco-list-row")

    def saved(self, name: str) -> str:
        """Save the file in front, and what is on the disk then."""
        self.page.keyboard.press("Control+S")
        self.page.locator(".tab.active:not(.dirty)").first.wait_for()
        return (self.folder / name).read_text("utf-8")

    def picture(self, path: Path, under: "Locator | None" = None) -> bytes:
        """A screenshot, kept in a file; the mouse is over `under`, or out of the way."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if under:
            under.hover()
        else:
            self.page.mouse.move(600, 700)
        self.page.wait_for_timeout(_STILL_MS)
        return self.page.screenshot(path=path)

    def value(self, script: str) -> Any:
        """Ask the page something."""
        return self.page.evaluate(script)


def _seen(text: str) -> re.Pattern[str]:
    """A text as the editor draws it: spaces are no-break spaces there."""
    return re.compile("[ \u00a0]".join(map(re.escape, text.split(" "))))
