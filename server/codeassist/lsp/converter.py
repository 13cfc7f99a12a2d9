"""The converter of messages, tolerant of what newer clients send.

lsprotocol knows LSP 3.17 and a draft of 3.18. vscode-languageclient 11 sends values of later
enumerations in `initialize`; refusing the whole message for one of them would kill the server for
everybody. An unknown member is kept as the plain value that it is.
"""

import enum

import cattrs
from lsprotocol import types
from pygls.protocol import default_converter


def tolerant() -> cattrs.Converter:
    """pygls' converter, where a member that an enumeration does not have is let through."""
    converter: cattrs.Converter = default_converter()  # type: ignore[no-untyped-call]
    for kind in vars(types).values():
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            converter.register_structure_hook(kind, _member)
            converter.register_unstructure_hook(kind, _value)
    return converter


def _value(member: object) -> object:
    return member.value if isinstance(member, enum.Enum) else member


def _member(value: object, kind: type[enum.Enum]) -> object:
    try:
        return kind(value)
    except ValueError:
        return value
