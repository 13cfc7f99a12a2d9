"""The converter of messages, tolerant of what clients send.

lsprotocol knows LSP 3.17 and a draft of 3.18. vscode-languageclient 11 sends values of later
enumerations in `initialize`; refusing the whole message for one of them would kill the server for
everybody. An unknown member is kept as the plain value that it is. Numbers of positions that are
out of range are clamped, since "the largest there is" is how some clients write an end. Messages
that lsprotocol does not know have plain JSON in them.
"""

import enum
from typing import Any

import cattrs
from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage
from pygls.protocol.json_rpc import JsonRPCResponseMessage

MAX_NUMBER = 2**31 - 1  # of lines and columns, by the specification
_OWN = (JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage)


def tolerant() -> cattrs.Converter:
    """lsprotocol's converter with these differences. What is wrong raises some exception."""
    # Errors that say where in a message they are would cost a third of the start.
    converter = get_converter(cattrs.Converter(detailed_validation=False))
    for kind in vars(types).values():
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            converter.register_structure_hook(kind, _member)
            converter.register_unstructure_hook(kind, _value)
    converter.register_structure_hook(types.Position, _position)
    for message in _OWN:
        converter.register_structure_hook(message, _plain)
    return converter


def _value(member: object) -> object:
    return member.value if isinstance(member, enum.Enum) else member


def _member(value: object, kind: type[enum.Enum]) -> object:
    if not isinstance(value, int | str):
        raise TypeError("a member of an enumeration is a number or a text")
    try:
        return kind(value)
    except ValueError:
        return value


def _position(value: dict[str, Any], kind: type[types.Position]) -> types.Position:
    return types.Position(_number(value["line"]), _number(value["character"]))


def _number(value: object) -> int:
    if not isinstance(value, int | float):
        raise TypeError("a line or a column is a number")
    return int(min(max(value, 0), MAX_NUMBER))


def _plain(value: dict[str, Any], kind: type[Any]) -> object:
    return kind(**value)
