"""Code actions by Neovim's own `gra`: listed without a model, local ones applied, all undone."""

import ast

import pytest
from command import Place
from model_place import DOCUMENTED, SOURCE
from neovim_editor import ENABLE, Editor
from scripted_openai import ScriptedServer, answer
from test_tasks import BUGGY, instructed, replacing
from waiting import wait_for

SUM = "def total(prices):\n    print(sum(prices) * 2)\n"
# "é" is two bytes and one unit, the smile four bytes and two units.
SMILE = 'def total(prices):\n    print("é😀", sum(prices) * 2)\n'
_ACTIONS = """
local only = ...
vim.lsp.buf.code_action({ context = { only = only ~= vim.NIL and only or nil, diagnostics = {} } })
"""
UTF_16 = f"""
vim.lsp.config("codeassist", {{
  capabilities = {{ general = {{ positionEncodings = {{ "utf-16" }} }} }},
}})
{ENABLE}"""


def choose(editor: Editor, title: str) -> None:
    """Have the user choose the action whose title has some words."""
    editor.lua(
        """
        local words = ...
        vim.ui.select = function(items, options, callback)
          titles = vim.tbl_map(options.format_item, items)
          for index, text in ipairs(titles) do
            if text:find(words, 1, true) then
              is_chosen = true
              return callback(items[index], index)
            end
          end
          callback(nil)
        end
        """,
        title,
    )


def act(editor: Editor, title: str, kind: str) -> None:
    """Choose an action. The server leaves out of a menu what it has not worked out in time, on a
    busy machine, so that the menu may have to be opened again.
    """
    choose(editor, title)
    editor.lua("is_chosen = false")

    def opened() -> bool:
        editor.lua("titles, said = nil, {}")
        editor.lua(_ACTIONS, [kind])
        editor.wait("titles or heard('No code actions available')")
        return bool(editor.lua("return is_chosen"))

    wait_for(opened)


def offered(editor: Editor, only: list[str] | None = None) -> list[str]:
    """The titles of the actions at the cursor, none chosen."""
    choose(editor, "\0")
    editor.lua("titles = nil")
    editor.lua(_ACTIONS, only)
    return list(editor.wait("titles"))


def select(editor: Editor, text: str) -> None:
    """Select a text in its line, by characters."""
    (line,) = (n for n, each in enumerate(editor.lines, 1) if text in each)
    start = len(editor.lines[line - 1].partition(text)[0].encode())
    editor.at(line, start).keys("v").wait("vim.fn.mode() == 'v'")
    editor.at(line, start + len(text.encode()) - 1)


def test_listed_without_a_model(model: ScriptedServer, editor: Editor) -> None:
    titles = offered(editor)
    assert any("document" in title.lower() for title in titles), titles
    assert model.requests() == []


def test_only_what_was_asked_for(editor: Editor) -> None:
    """Another tool's kind is not answered with ours."""
    choose(editor, "\0")
    editor.lua(_ACTIONS, ["source.organizeImports"])
    editor.hears("No code actions available")


def test_a_docstring_through_the_menu_is_shown_first(model: ScriptedServer, editor: Editor) -> None:
    model.enqueue(answer(DOCUMENTED))
    act(editor, "ocument", "refactor.rewrite.codeassist.docs")
    assert '+    """Compute a price.' in editor.preview()
    assert editor.lua("return vim.fn.bufnr('shop.py')") > 0
    editor.keys("a").wait("vim.bo.filetype == 'python'")
    assert ast.get_docstring(ast.parse(editor.text).body[0])  # type: ignore[arg-type]
    editor.command("undo")
    assert editor.text == SOURCE


def test_an_instruction_through_the_menu(model: ScriptedServer, editor: Editor) -> None:
    """The server asks the editor to ask."""
    model.enqueue(answer(instructed(replacing("amount * rate", "rate * amount"))))
    editor.answers("swap the factors")
    act(editor, "as I say", "refactor.rewrite.codeassist.instruct")
    assert "+    return rate * amount" in editor.preview()
    assert editor.asked == ["Refactor: "]


def check_extracted(editor: Editor, source: str) -> None:
    """A variable is extracted by rules, at once, in one undo step."""
    select(editor, "sum(prices)")
    act(editor, "ariable", "refactor.extract.variable")
    editor.wait("vim.fn.line('$') == 3")
    function = ast.parse(editor.text).body[0]
    assert isinstance(function, ast.FunctionDef)
    assigned = function.body[0]
    assert isinstance(assigned, ast.Assign)
    assert ast.unparse(assigned.value) == "sum(prices)"
    editor.command("undo")
    assert editor.text == source


# A server of the language, which can rename; `asked` is what it was to rename, and to what.
RENAMING = """
vim.ui.input = function(_, callback) callback("doubled") end
vim.lsp.start({
  name = "language",
  cmd = function()
    return {
      request = function(method, params, callback)
        if method == "textDocument/rename" then
          local at = params.position
          local line = vim.api.nvim_buf_get_lines(0, at.line, at.line + 1, true)[1]
          asked = { line:sub(at.character + 1):match("^%w+"), params.newName }
        end
        local answer = method == "initialize" and { capabilities = { renameProvider = true } }
        callback(nil, answer or nil)
        return true, 1
      end,
      notify = function() end,
      is_closing = function() return false end,
      terminate = function() end,
    }
  end,
})
"""


def test_the_user_is_asked_for_a_better_name_where_a_server_can_rename(
    place: Place,
) -> None:
    place.write({"sums.py": SMILE})
    with Editor(place, ENABLE) as editor:
        editor.open("sums.py").attached()
        editor.lua(RENAMING)
        editor.wait("#vim.lsp.get_clients({ method = 'textDocument/rename' }) > 0")
        select(editor, "sum(prices) * 2")
        act(editor, "ariable", "refactor.extract.variable")
        name, wanted = editor.wait("asked")
        assert wanted == "doubled"
        assert f"    {name} = sum(prices) * 2" in editor.lines


@pytest.mark.parametrize("source", [SUM, SMILE], ids=["ascii", "multibyte"])
def test_a_variable_is_extracted(model: ScriptedServer, editor: Editor, source: str) -> None:
    editor.place.write({"sums.py": source})
    check_extracted(editor.open("sums.py").attached(), source)
    assert model.requests() == []


def test_where_columns_are_counted_in_utf_16(place: Place) -> None:
    place.write({"sums.py": SMILE})
    with Editor(place, UTF_16) as editor:
        editor.open("sums.py").attached()
        assert editor.lua("return vim.lsp.get_clients()[1].offset_encoding") == "utf-16"
        check_extracted(editor, SMILE)


def test_a_finding_is_dismissed(editor: Editor) -> None:
    """By an edit of the server, through our handler of workspace/applyEdit."""
    editor.place.write({"lib.py": "def kept():\n    return 1\n"})
    editor.place.write({"app.py": "from lib import gone\n\nprint(gone())\n"})
    editor.open("app.py").attached()
    editor.wait("#vim.diagnostic.get(0) > 0")
    assert editor.lua("return vim.diagnostic.get(0)[1].code") == "CA103"
    editor.lua("""
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    local lsp = vim.diagnostic.get(0)[1].user_data.lsp
    client:request("workspace/executeCommand", {
      command = "codeassist.dismiss",
      arguments = { { uri = vim.uri_from_bufnr(0), range = lsp.range, code = lsp.code } },
    })
    """)
    editor.wait("vim.fn.search('codeassist: ignore.CA103.', 'nw') > 0")
    editor.wait("#vim.diagnostic.get(0) == 0")
    editor.command("undo")
    assert editor.lines[0] == "from lib import gone"


def test_an_edit_of_the_server_s_own_that_needs_confirmation_is_shown(
    model: ScriptedServer, editor: Editor
) -> None:
    """Neovim 0.11 would apply it unasked, and look at the version of its first file only."""
    editor.place.write({"ends.py": BUGGY, "user.py": "from ends import last\n\nprint(last([1]))\n"})
    edits = [
        replacing("def last(items):", "def final(items):", "ends.py"),
        replacing("from ends import last", "from ends import final", "user.py"),
        replacing("print(last([1]))", "print(final([1]))", "user.py"),
    ]
    editor.open("ends.py").attached()
    for number, keys in enumerate("qa"):
        model.enqueue(answer(instructed(*edits, removes=("last",))))
        editor.lua(
            """
            local client = vim.lsp.get_clients({ bufnr = 0 })[1]
            answered = nil
            client:request("workspace/executeCommand", {
              command = "codeassist.run",
              arguments = { {
                task = "refactor", uri = vim.uri_from_bufnr(0),
                range = vim.lsp.util.make_range_params(0, "utf-8").range,
                options = { action = "instruct", instruction = ... },
              } },
            }, function(err, result) answered = { err = err, result = result } end)
            """,
            f"call it final, {number}",
        )
        shown = editor.preview()
        assert ["--- ends.py" in shown, "--- user.py" in shown] == [True, True]
        editor.keys(keys).wait("vim.bo.filetype == 'python'")
        editor.wait("answered")
        assert ("def final(items):" in editor.lines) == (keys == "a")
