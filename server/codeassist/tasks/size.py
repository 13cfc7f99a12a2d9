"""How many tokens a request takes: its texts, the schema of its answer, and its form.

For those who fill the room that is left with context. Services count the schema as input, so the
gateway does too; what forgets it is sent back as too long.
"""

import json
from collections.abc import Sequence

from codeassist.base.messages import AnswerSchema, Message
from codeassist.context.tokens import Counter

MARGIN = 64  # tokens that roles and separators of messages cost


def tokens_of(counter: Counter, messages: Sequence[Message], schema: AnswerSchema) -> int:
    """The input tokens of a request without pictures, about and never fewer."""
    texts = [message.text for message in messages]
    return sum(counter.count_many([*texts, json.dumps(schema.schema)])) + MARGIN
