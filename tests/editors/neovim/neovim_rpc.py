"""Neovim's own protocol, MessagePack-RPC over its socket: calls, one after the other."""

import itertools
import socket
from pathlib import Path
from typing import Any

import msgpack

_REQUEST, _RESPONSE = 0, 1
_CHUNK = 65_536
_TIMEOUT_SECONDS = 120  # against hangs only


class NvimError(Exception):
    """What Neovim says went wrong."""


class Rpc:
    """A connection to a running Neovim."""

    def __init__(self, path: Path) -> None:
        """Connect. Raises OSError where nobody listens."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_TIMEOUT_SECONDS)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise
        self._unpacker = msgpack.Unpacker(raw=False, unicode_errors="surrogateescape")
        self._ids = itertools.count()

    def call(self, method: str, *arguments: object) -> Any:
        """Call a function of the API; what it returns. Raises NvimError."""
        number = next(self._ids)
        self._socket.sendall(msgpack.packb([_REQUEST, number, method, list(arguments)]))
        while True:
            for message in self._unpacker:
                if message[0] == _RESPONSE and message[1] == number:
                    if message[2]:
                        raise NvimError(message[2][1])
                    return message[3]
            data = self._socket.recv(_CHUNK)
            if not data:
                raise NvimError("Neovim has ended")
            self._unpacker.feed(data)

    def close(self) -> None:
        """End the connection."""
        self._socket.close()
