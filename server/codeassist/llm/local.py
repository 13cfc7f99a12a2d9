"""A local model behind an OpenAI-compatible address on this machine: `codeassist model serve`.

A thin layer over llama.cpp as the extra `codeassist[local]` brings it. Listens on loopback alone,
for it asks for no key. Downloads nothing: the file is the user's.

    python -m codeassist.llm.local FILE.gguf --port 8080
"""

import argparse
import contextlib
import importlib
import os
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NoReturn

from codeassist.base.errors import CodeassistError, ConfigurationError

HOST = "127.0.0.1"
DEFAULT_PORT = 8080
DEFAULT_CONTEXT_TOKENS = 8_192  # enough for a file and its surroundings, in half a gigabyte
# A second request is answered while the first one is being given up.
PARALLEL = 2
_MAGIC = b"GGUF"
_HEALTH_SECONDS = 0.2
_QUIET = 0  # errors alone

OnReady = Callable[[str, str], None]


def serve(
    path: Path, port: int, context_tokens: int, on_ready: OnReady, threads: int | None = None
) -> NoReturn:
    """Serve a GGUF file until SIGTERM or SIGINT, which end the process with 0 at once.

    To be called in the main thread, in a process that does nothing else.

    `port` 0 takes a free one. `context_tokens` is for one request, its answer included.
    `on_ready` gets the address to set as base_url and the model's name, the file's stem. `threads`
    is one for each core unless it is given. Raises a ConfigurationError for a package that is not
    there, a file that is no model, a port in use.
    """
    xllamacpp = _package()
    _check_file(path)
    parameters = _parameters(xllamacpp, path, context_tokens, threads or os.cpu_count() or 1)
    parameters.port = _free_port(port)
    with _ending() as ended:
        server = _started(xllamacpp, parameters, path)
        root: str = server.listening_address
        while not _is_healthy(root) and not ended.wait(_HEALTH_SECONDS):
            pass
        if not ended.is_set():
            on_ready(f"{root}/v1", path.stem)
        ended.wait()
        # llama.cpp would first finish what it is writing, for minutes; there is nothing to save.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _package() -> ModuleType:
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        message = "A local model needs the package xllamacpp, which is not installed"
        raise ConfigurationError(message, "pip install 'codeassist[local]'") from error


def _check_file(path: Path) -> None:
    """Raises for what is no GGUF file; llama.cpp itself would end the process."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_MAGIC))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"{path} cannot be read: {reason}", "check the path") from error
    if magic != _MAGIC:
        remedy = "download the model in the format GGUF, a file that ends in .gguf"
        raise ConfigurationError(f"{path} is not a model in the format GGUF", remedy)


def _free_port(port: int) -> int:
    """The port, or a free one for 0. Raises if it is in use."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a port of a server that has just ended is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            remedy = "choose another one with --port, or end what uses it"
            raise ConfigurationError(f"port {port} cannot be used", remedy) from error
        free: int = probe.getsockname()[1]
        return free


def _started(xllamacpp: Any, parameters: Any, path: Path) -> Any:  # noqa: ANN401
    """The server, which has loaded the model."""
    try:
        return xllamacpp.Server(parameters)
    except RuntimeError as error:
        remedy = "check that the file is whole, that it is a model for text, and the memory"
        raise ConfigurationError(f"llama.cpp cannot load {path}", remedy) from error


def _parameters(xllamacpp: Any, path: Path, context_tokens: int, threads: int) -> Any:  # noqa: ANN401
    """The parameters of llama.cpp's server but for the port."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.model_alias = {path.stem}
    parameters.hostnames = [HOST]
    parameters.n_ctx = context_tokens * PARALLEL
    parameters.n_parallel = PARALLEL
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.use_jinja = True
    parameters.cache_ram_mib = 0  # the prompts of other requests are not kept beside the model
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.verbosity = _QUIET
    return parameters


def _is_healthy(root: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{root}/health", timeout=1) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def _ending() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set, in place of what they did before."""
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m codeassist.llm.local")
    parser.add_argument("path", type=Path)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--context-tokens", type=int, default=DEFAULT_CONTEXT_TOKENS)
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()

    def say(address: str, name: str) -> None:
        sys.stdout.write(f"{address} {name}\n")
        sys.stdout.flush()

    try:
        serve(options.path, options.port, options.context_tokens, say, options.threads)
    except CodeassistError as error:
        sys.stderr.write(f"error: {error.message}\nhelp: {error.remedy}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(_main())
