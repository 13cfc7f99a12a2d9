"""Tasks with a model: a real VS Code, the real server, and a model that answers as told."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from scripted_openai import ScriptedServer, answer, hang, matching
from vscode_places import (
    DOCUMENTED,
    INVOICE,
    INVOICE_SIGNATURE,
    documentation,
    hypothesis,
    instructed,
    opened,
    replacing,
    verdict,
)
from vscode_window import Editor, Window, expect

Picture = Callable[[Window, str], None]
KEY = "sk-planted-0123456789abcdefghij"


@pytest.fixture(scope="module")
def scripted() -> Iterator[ScriptedServer]:
    """One server for all tests of this file."""
    with ScriptedServer(models=("scripted", "another")) as server:
        yield server


@pytest.fixture
def model(scripted: ScriptedServer) -> ScriptedServer:
    """The server with nothing scripted."""
    scripted.reset()
    return scripted


@pytest.fixture(scope="module")
def shared(
    browsing_editor: Editor, scripted: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> Window:
    """A window whose model is the scripted one."""
    settings = {
        "codeassist.model.baseUrl": scripted.url,
        "codeassist.model.name": "scripted",
        "codeassist.model.keepAnswers": False,  # every test asks for itself
        "codeassist.trace.server": "verbose",
    }
    return opened(browsing_editor, tmp_path_factory.mktemp("model"), settings)


@pytest.fixture
def window(editor: Editor, shared: Window, model: ScriptedServer) -> Window:
    """The window as it was, and a model with nothing scripted."""
    shared.afresh({"invoice.py": INVOICE})
    return shared


def test_a_preview_shows_the_edit_and_can_be_discarded(
    window: Window, model: ScriptedServer, picture: Picture
) -> None:
    model.enqueue(answer(documentation(**DOCUMENTED)))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    window.expect_text("The amount to pay, to the cent.")
    picture(window, "preview")
    window.page.get_by_role("button", name="Discard").first.click()
    window.expect_no_text("The amount to pay")
    expect(window.page.locator(".tab.dirty")).to_have_count(0)
    assert (window.folder / "invoice.py").read_text() == INVOICE


def test_a_models_action_of_the_light_bulb_is_previewed_too(
    window: Window, model: ScriptedServer
) -> None:
    model.enqueue(answer(documentation(**DOCUMENTED)))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.menu("Document `total`").click()
    window.expect_text("The amount to pay, to the cent.")
    window.accept()
    assert "The amount to pay, to the cent." in window.saved("invoice.py")
    assert len(model.bodies()) == 1


def test_find_bugs_shows_a_squiggle_a_hover_and_a_fix(
    window: Window, model: ScriptedServer, picture: Picture
) -> None:
    model.enqueue(answer(hypothesis()), answer(verdict()))
    window.go_to(9, 6)
    window.command("Find Bugs Here")
    window.page.locator(".squiggly-warning, .squiggly-info").first.wait_for()
    window.page.keyboard.press("Control+J")  # the list of problems is in the way
    window.page.keyboard.press("Control+1")
    window.go_to(10, 14)
    window.page.keyboard.press("Control+K")
    window.page.keyboard.press("Control+I")
    hover = window.page.locator(".monaco-hover", has_text="last gives the first item")
    expect(hover.first).to_be_visible()
    picture(window, "bugs")
    window.page.keyboard.press("Escape")
    window.menu("ix").click()
    window.expect_text("return items[-1]")
    window.accept()
    assert "return items[-1]" in window.saved("invoice.py")


def test_cancelling_closes_the_connection(
    window: Window, model: ScriptedServer, picture: Picture
) -> None:
    model.enqueue(hang())
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    model.wait_for_requests(1, within=60)
    item = window.status(re.compile("tokens"))
    picture(window, "thinking")
    item.click()
    assert model.closed_early(within=30)
    window.ready()
    expect(window.page.locator(".notification-list-item .codicon-error")).to_have_count(0)


def test_a_file_that_changed_meanwhile_is_left_alone(window: Window, model: ScriptedServer) -> None:
    model.enqueue(answer(documentation(**DOCUMENTED), delay=4))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    model.wait_for_requests(1, within=60)
    window.page.keyboard.press("Control+1")
    window.go_to(1, 1)
    window.page.keyboard.type("# mine\n")
    message = window.message(re.compile(r"invoice\.py changed meanwhile: nothing was done"))
    expect(message.get_by_role("button", name="Run Again")).to_be_visible()
    assert window.saved("invoice.py") == f"# mine\n{INVOICE}"


def test_a_file_that_changed_under_its_preview_is_left_alone(
    window: Window, model: ScriptedServer
) -> None:
    model.enqueue(answer(documentation(**DOCUMENTED)))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    window.expect_text("The amount to pay, to the cent.")
    (window.folder / "invoice.py").write_text(f"# theirs\n{INVOICE}")
    window.expect_text("# theirs")
    window.accept()
    window.message(re.compile(r"invoice\.py changed meanwhile: nothing was done"))
    assert (window.folder / "invoice.py").read_text() == f"# theirs\n{INVOICE}"


def test_a_key_goes_to_the_model_and_into_no_log(
    editor: Editor, window: Window, model: ScriptedServer
) -> None:
    model.enqueue(matching(answer('{"sum": 5}'), times=0))
    window.command("Set API Key...")
    window.answer(KEY)
    window.message(re.compile("The key works"))
    assert model.bodies()
    assert model.requests()[-1].headers["authorization"] == f"Bearer {KEY}"
    model.reset()
    model.enqueue(answer(documentation(**DOCUMENTED)))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    window.expect_text("The amount to pay, to the cent.")
    assert model.requests()[-1].headers["authorization"] == f"Bearer {KEY}"
    window.reload()  # the new server gets the key at its start
    window.open_file("invoice.py")
    window.ready()
    logged = editor.logs()
    assert '"key": "[key]"' in logged, "the log is as talkative as it can be, and blacks it out"
    assert KEY not in logged
    kept = [path for path in editor.folder.rglob("*") if path.is_file()]
    assert not [path for path in kept if KEY.encode() in path.read_bytes()]


def test_what_would_be_sent_is_shown_and_not_sent(window: Window, model: ScriptedServer) -> None:
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Show What Would Be Sent...")
    window.choose("Document this")
    window.page.locator(".tab.active", has_text="What would be sent").wait_for()
    window.expect_text("scripted")
    assert model.bodies() == []


def test_an_edit_of_several_files_is_previewed_as_a_whole(
    window: Window, model: ScriptedServer, picture: Picture
) -> None:
    other = "from invoice import last\n\n\ndef newest(items):\n    return last(items)\n"
    window.afresh({"invoice.py": INVOICE, "shelf.py": other})
    edits = (
        replacing("def last(items):", "def final(items):"),
        replacing("from invoice import last", "from invoice import final", "shelf.py"),
        replacing("return last(items)", "return final(items)", "shelf.py"),
    )
    model.enqueue(answer(instructed(*edits, removes=("last",))))
    window.go_to(9, 6)
    window.page.keyboard.press("Shift+Alt+E")
    window.answer("call it final")
    window.expect_text("def final(items):")
    window.expect_text("return final(items)")
    picture(window, "several")
    assert (window.folder / "shelf.py").read_text() == other
    window.accept()
    assert "def final(items):" in window.saved("invoice.py")
    window.open_file("shelf.py")
    assert "return final(items)" in window.saved("shelf.py")


def test_suggestions_are_chosen_from_and_previewed(window: Window, model: ScriptedServer) -> None:
    suggestion = {
        "title": "Name the tax",
        "why": "It is easier to read.",
        "size": "small",
        "edits": [replacing("amount + amount * rate", "amount * (1 + rate)")],
    }
    model.enqueue(matching(answer(json.dumps({"suggestions": [suggestion]})), times=0))
    window.go_to(5, 6)
    window.command("Suggest Refactorings")
    window.choose("Name the tax")
    window.expect_text("amount * (1 + rate)")
    window.accept()
    assert "amount * (1 + rate)" in window.saved("invoice.py")
