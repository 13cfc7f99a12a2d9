"""The page of what would be sent: everything is on it, and nothing on it is markup."""

from typing import Any

from codeassist.render.prompt_page import prompt_page

CHAT: dict[str, Any] = {
    "model": "m",
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "def f():\n\treturn '\\t'"}]},
    ],
    "max_tokens": 7,
}


def page(*bodies: dict[str, Any]) -> list[str]:
    """The lines of a page."""
    return prompt_page([("m", "http://127.0.0.1/v1", body) for body in bodies]).split("\n")


def test_messages_are_text_and_the_rest_is_json() -> None:
    lines = page(CHAT)
    assert "## The request: `m` at `http://127.0.0.1/v1`" in lines
    start = lines.index("### System")
    assert lines[start + 2 : start + 5] == ["```text", "Be brief.", "```"]
    start = lines.index("### User")
    assert lines[start + 2 : start + 6] == ["```text", "def f():", "\treturn '\\t'", "```"]
    rest = "\n".join(lines[lines.index("### Everything else") :])
    assert '"max_tokens": 7' in rest
    assert "Be brief" not in rest


def test_the_other_protocol() -> None:
    lines = page({"model": "m", "input": "Hello", "instructions": "Be brief."})
    assert lines[lines.index("### input") + 3] == "Hello"
    assert any('"instructions": "Be brief."' in line for line in lines)


def test_what_is_no_text_is_shown_too() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    message = {"role": "user", "content": [picture], "name": "somebody"}
    text = "\n".join(page({"messages": [message, "odd"]}))
    for part in ("data:image/png;base64,AAAA", '"name": "somebody"', '"odd"'):
        assert part in text


def test_each_request_has_its_number() -> None:
    heads = [line for line in page(CHAT, CHAT) if line.startswith("## ")]
    assert [head.split(":")[0] for head in heads] == ["## Request 1 of 2", "## Request 2 of 2"]


def test_code_cannot_leave_its_fence() -> None:
    hostile = "```\n````\n# Not a heading\u202e"
    lines = page({"messages": [{"role": "user", "content": hostile}]})
    start = lines.index("### User") + 2
    assert lines[start] == "`````text"
    assert lines[start + 3] == "# Not a heading\\u202e"
    assert lines[start + 4] == "`````"


def test_nothing_to_send() -> None:
    assert page() == ["This needs no model: nothing would be sent.", ""]
