"""How many tokens a request takes: its texts, the schema of its answer, and its form.

For those who fill the room that is left with context. Services count the schema as input, so the
gateway does too; what forgets it is sent back as too long.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from codeassist.base.messages import AnswerSchema, Message
from codeassist.context.tokens import Counter

MARGIN = 64  # tokens that roles and separators of messages cost

Item = TypeVar("Item")


def tokens_of(counter: Counter, messages: Sequence[Message], schema: AnswerSchema) -> int:
    """The input tokens of a request without pictures, about and never fewer."""
    texts = [message.text for message in messages]
    return sum(counter.count_many([*texts, json.dumps(schema.schema)])) + MARGIN


def grouped(
    items: Iterable[Item], price: Callable[[Item], int], limit: int, most: int
) -> list[tuple[Item, ...]]:
    """Items in order, in groups of `most` at most that cost `limit` tokens at most.

    An item that costs more by itself has a group of its own.
    """
    groups: list[list[Item]] = []
    used = 0
    for item in items:
        cost = price(item)
        if not groups or used + cost > limit or len(groups[-1]) == most:
            groups.append([])
            used = 0
        groups[-1].append(item)
        used += cost
    return [tuple(group) for group in groups]
