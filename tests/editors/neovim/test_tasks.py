"""Tasks against the real server, with a model that answers as each test says."""

import json
from typing import Any

import pytest
from command import Place
from model_place import DOCUMENTED, SOURCE
from neovim_editor import Editor
from scripted_openai import ScriptedServer, answer, error, hang
from waiting import wait_for

DOCUMENTED_TEXT = '''\
def price(amount, rate):
    """Compute a price.

    Args:
        amount: How much.
        rate: For one.

    Returns:
        The price.
    """
    return amount * rate
'''
BUGGY = "def last(items):\n    return items[0]\n"


def replacing(search: str, text: str, path: str = "shop.py") -> dict[str, Any]:
    """An edit as a model states it."""
    return {"kind": "replace", "path": path, "search": search, "symbol": None, "text": text}


def instructed(*edits: dict[str, Any], removes: tuple[str, ...] = ()) -> str:
    """An answer to an instruction."""
    change = {"needs": [], "title": "As told", "explanation": "", "removes": list(removes)}
    return json.dumps(change | {"edits": list(edits)})


def test_a_docstring_is_shown_then_written(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist document")
    shown = editor.preview()
    assert '+    """Compute a price.' in shown
    assert any(line.startswith("proved: ") for line in shown)
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert editor.text == DOCUMENTED_TEXT
    assert editor.lua("return vim.bo.modified"), "it is a change like any other, not written"
    editor.command("undo")
    assert editor.text == SOURCE


def test_a_docstring_is_rejected(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist document file")
    editor.preview()
    editor.keys("q")
    editor.hears("rejected, nothing was changed")
    assert editor.text == SOURCE


def test_a_bang_needs_no_preview(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist! document").wait("vim.fn.line('$') > 2")
    assert editor.text == DOCUMENTED_TEXT


def test_an_instruction_is_asked_for(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(instructed(replacing("amount * rate", "rate * amount"))))
    editor.answers("swap the factors").at(2)
    editor.command("CodeAssist refactor")
    assert "+    return rate * amount" in editor.preview()
    assert editor.asked == ["Refactor: "]
    assert "swap the factors" in json.dumps(model.requests()[0].body)
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert editor.text == SOURCE.replace("amount * rate", "rate * amount")


def test_no_instruction_is_no_request(model: ScriptedServer, editor: Editor) -> None:
    editor.answers("  ").command("CodeAssist refactor")
    assert editor.lua("return #require('codeassist').running()") == 0
    assert model.requests() == []


def test_visual_mode_and_a_mapping(model: ScriptedServer, editor: Editor) -> None:
    """The selected characters are what the server gets."""
    editor.lua("vim.keymap.set('x', 'Q', '<Plug>(codeassist-refactor)')")
    editor.lua("""
    local requests = require("codeassist.requests")
    local send = requests.send
    requests.send = function(client, method, params, ...)
      range, requests.send = params.range, send
      return send(client, method, params, ...)
    end
    """)
    editor.answers("x").at(2, 11).keys("vt*hQ").wait("range ~= nil")
    assert editor.lua("return range") == {
        "start": {"line": 1, "character": 11},
        "end": {"line": 1, "character": 17},
    }


def test_cancelled(model: ScriptedServer, editor: Editor) -> None:
    """The connection to the model is closed, and the next task works."""
    model.enqueue(hang())
    editor.command("CodeAssist document")
    editor.wait("vim.tbl_get(require('codeassist').status(), 'state') == 'thinking'")
    wait_for(lambda: model.requests())
    assert editor.lua("return require('codeassist').running()[1].title") == "document the symbol"
    editor.command("CodeAssist cancel")
    editor.hears("cancelled")
    assert editor.lua("return #require('codeassist').running()") == 0
    wait_for(lambda: model.requests()[0].is_done)
    assert model.requests()[0].closed_early
    editor.wait("vim.tbl_get(require('codeassist').status(), 'state') == 'ready'")
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist document")
    editor.preview()


def test_the_same_again_takes_the_place_of_the_first(model: ScriptedServer, editor: Editor) -> None:
    """Of the first, which the server cancels, nothing is said: the user would take it for both."""
    model.enqueue(hang(), answer(DOCUMENTED))
    editor.command("CodeAssist document")
    wait_for(lambda: model.requests())
    editor.command("CodeAssist document")
    editor.preview()
    wait_for(lambda: model.requests()[0].closed_early)
    assert editor.lua("return #require('codeassist').running()") == 0
    assert editor.said == []


def test_one_of_two_is_cancelled(model: ScriptedServer, editor: Editor) -> None:
    """The user is asked which."""
    model.enqueue(hang(), hang())
    editor.command("CodeAssist document").command("CodeAssist bugs")
    wait_for(lambda: len(model.requests()) == 2)
    editor.answers(2).command("CodeAssist cancel")
    editor.hears("bugs: cancelled")
    assert editor.lua("return #require('codeassist').running()") == 1
    (choices,) = editor.asked
    assert [text.partition(":")[0] for text in choices] == ["document the symbol", "bugs"]
    assert editor.lua("return require('codeassist').running()[1].title") == "document the symbol"
    editor.command("CodeAssist! cancel")
    assert editor.lua("return #require('codeassist').running()") == 0


def test_another_client_s_cancel_is_heard(model: ScriptedServer, editor: Editor) -> None:
    """A plugin that shows progress may end it: then the request ends too."""
    model.enqueue(hang())
    editor.command("CodeAssist document")
    wait_for(lambda: model.requests())
    editor.lua("""
    local request = require("codeassist.requests").open()[1]
    request.client:notify("window/workDoneProgress/cancel", { token = request.token })
    """)
    editor.hears("cancelled")


def test_the_buffer_changed_meanwhile(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(DOCUMENTED, delay=1.0))
    editor.command("CodeAssist document")
    wait_for(lambda: model.requests())
    editor.keys("ggOx = 1<Esc>").wait("vim.fn.line('$') == 3")
    editor.hears("codeassist: shop.py changed meanwhile: nothing was done, run it again")
    assert editor.text == "x = 1\n" + SOURCE
    assert editor.lua("return vim.bo.filetype") == "python", "there is no preview"


@pytest.mark.parametrize("message", ["packing", "asking gpt-5.2: 15,939 tokens, about $0.04"])
def test_what_runs_fits_on_a_line_with_the_way_to_cancel(editor: Editor, message: str) -> None:
    """Whatever does not fit would have the user press Enter."""
    shown = editor.lua(
        """
        local columns, echo, shown = vim.o.columns, vim.api.nvim_echo, nil
        vim.o.columns = 70
        vim.api.nvim_echo = function(chunks) shown = chunks[1][1] end
        local value = { kind = "begin", title = "codeassist: documentation", cancellable = true }
        value.message = ...
        require("codeassist.progress").receive(1, { token = "t", value = value })
        vim.api.nvim_echo, vim.o.columns = echo, columns
        require("codeassist.progress").forget(1)
        return shown
        """,
        message,
    )
    assert shown.endswith(" (:CodeAssist cancel)")
    assert "documentation" in shown
    assert len(shown) < 70 - len("12345678901")  # what 'showcmd' takes


def test_progress_is_an_event(model: ScriptedServer, editor: Editor) -> None:
    """For whatever plugin shows progress; and it is echoed."""
    editor.lua("""
    kinds = {}
    vim.api.nvim_create_autocmd("LspProgress", { callback = function(args)
      table.insert(kinds, args.data.params.value.kind)
    end })
    """)
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist document")
    editor.preview()
    editor.wait("kinds[#kinds] == 'end'")
    assert editor.lua("return kinds[1]") == "begin"


def test_hypotheses_and_a_fix(model: ScriptedServer, editor: Editor) -> None:
    editor.place.write({"ends.py": BUGGY})
    claim = {
        "path": "ends.py", "quote": "    return items[0]", "line": 2,
        "title": "last gives the first", "what_goes_wrong": "The wrong end is given.",
        "input": "[1, 2]", "how_to_confirm": "Call it.", "severity": "warning", "confidence": 90,
        "evidence": [{"path": "ends.py", "quote": "def last(items):", "line": 1, "says": "Name."}],
        "fix": [replacing("items[0]", "items[-1]", "ends.py")],
    }  # fmt: skip
    verdict = {"id": 1, "why": "Seen.", "refuted": False, "confidence": 90}
    model.enqueue(
        answer(json.dumps({"hypotheses": [claim]})), answer(json.dumps({"verdicts": [verdict]}))
    )
    editor.open("ends.py").attached().command("CodeAssist bugs")
    editor.hears("1 with a fix, see :CodeAssist fix")
    items = editor.lua("return vim.fn.getqflist()")
    assert (items[0]["lnum"], items[0]["type"]) == (2, "W")
    assert "last gives the first" in items[0]["text"]
    assert [item["type"] for item in items[1:]] == ["N"] * (len(items) - 1)
    assert any(item["lnum"] == 1 for item in items[1:]), "the evidence has its own place"
    editor.command("copen").command("CodeAssist fix")
    assert "+    return items[-1]" in editor.preview()
    editor.keys("q")
    editor.hears("rejected")
    editor.command("cclose").at(2).command("CodeAssist fix")
    editor.preview()
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert editor.text == BUGGY.replace("items[0]", "items[-1]")


def test_no_model(place: Place) -> None:
    """Without a key the facts are there, and what to do is said."""
    for name in ("CODEASSIST_MODEL_BASE_URL", "CODEASSIST_API_KEY"):
        del place.environment[name]
    with Editor(place) as editor:
        editor.open("shop.py").attached()
        assert editor.lua("return require('codeassist').status().hasModel") is False
        assert "OPENAI_API_KEY" in editor.lua("return require('codeassist').status().reason")
        editor.command("CodeAssist refactor use other names")
        said = editor.hears("key")
        assert "OPENAI_API_KEY" in said


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [(401, "invalid_api_key", "key"), (429, "insufficient_quota", "quota")],
)
def test_a_model_that_does_not_answer(
    model: ScriptedServer, editor: Editor, status: int, code: str, word: str
) -> None:
    model.enqueue(error(status, "no", code=code))
    editor.command("CodeAssist refactor use other names")
    editor.hears(word)
    assert editor.text == SOURCE


def test_an_instruction_across_files(model: ScriptedServer, editor: Editor) -> None:
    """Both are shown; the file that is not open is changed and not written."""
    editor.place.write({"ends.py": BUGGY, "user.py": "from ends import last\n\nprint(last([1]))\n"})
    edits = [
        replacing("def last(items):", "def final(items):", "ends.py"),
        replacing("from ends import last", "from ends import final", "user.py"),
        replacing("print(last([1]))", "print(final([1]))", "user.py"),
    ]
    model.enqueue(answer(instructed(*edits, removes=("last",))))
    editor.open("ends.py").attached().command("CodeAssist refactor call it final")
    shown = editor.preview()
    assert "--- ends.py" in shown
    assert "--- user.py" in shown
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert "def final(items):" in editor.lines
    editor.hears("2 files are changed and not written, :wall writes them")
    user = editor.place.root / "user.py"
    assert user.read_text().startswith("from ends import last")
    editor.command("wall")
    assert user.read_text() == "from ends import final\n\nprint(final([1]))\n"


def test_a_suggestion_is_chosen(model: ScriptedServer, editor: Editor) -> None:
    """Through vim.ui.select, so that people's pickers are used."""
    suggestions = [
        {"title": title, "why": "It is clearer.", "size": "small", "edits": [replacing(*change)]}
        for title, change in (
            ("Name it", ("return amount * rate", "whole = amount * rate\n    return whole")),
            ("Swap", ("amount * rate", "rate * amount")),
        )
    ]
    model.enqueue(answer(json.dumps({"suggestions": suggestions})))
    editor.answers(2).command("CodeAssist suggest")
    assert "+    return rate * amount" in editor.preview()
    (choices,) = editor.asked
    assert ["Name it" in choices[0], "Swap" in choices[1]] == [True, True]
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert editor.text == SOURCE.replace("amount * rate", "rate * amount")
