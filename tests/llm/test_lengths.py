"""The hints of lengths: for servers that build a grammar, for nobody else."""

import json

from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.llm.config import ModelConfig
from codeassist.llm.lengths import without_lengths
from codeassist.llm.providers import make
from codeassist.llm.schema_check import parsed

SCHEMA = {
    "type": "object",
    "properties": {
        "maxLength": {"type": "string", "maxLength": 3},  # a property of that name stays
        "list": {
            "type": "array",
            "items": {"type": ["string", "null"], "maxLength": 3},
            "maxItems": 1,
        },
    },
    "required": ["maxLength", "list"],
    "additionalProperties": False,
}


def test_only_the_hints_go() -> None:
    plain = without_lengths(SCHEMA)
    assert plain["properties"] == {
        "maxLength": {"type": "string"},
        "list": {"type": "array", "items": {"type": ["string", "null"]}},
    }
    assert list(plain) == list(SCHEMA)


def test_a_longer_text_is_no_wrong_answer() -> None:
    text = json.dumps({"maxLength": "longer", "list": ["longer", "more"]})
    assert parsed(text, SCHEMA) == json.loads(text)


def test_who_is_told() -> None:
    request = ModelRequest("t", (Message(Role.USER, "q"),), AnswerSchema("a", SCHEMA))
    azure = "https://me.openai.azure.com/openai/v1/"
    told = {
        name: '"maxLength": 3' in json.dumps(make(config).body(request))
        for name, config in {
            "openai": ModelConfig(key="k"),
            "azure": ModelConfig(base_url=azure, key="k"),
            "local": ModelConfig(base_url="http://127.0.0.1:1/v1"),
        }.items()
    }
    assert told == {"openai": False, "azure": False, "local": True}
