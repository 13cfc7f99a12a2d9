"""Which model answers: a real one on this machine, and one that is chosen by its address."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_model import LocalModel
from scripted_openai import ScriptedServer, answer, matching
from vscode_places import DOCUMENTED, INVOICE, INVOICE_SIGNATURE, documentation, opened
from vscode_window import Editor, expect

ANSWER_MS = 300_000  # against a hang only: a model that shares two busy cores takes minutes
CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    """A server with two models."""
    with ScriptedServer(models=("scripted", "another")) as server:
        yield server


def test_document_with_the_real_local_model(editor: Editor, tmp_path: Path) -> None:
    """The preview comes, is accepted, and one undo takes it back. The words are the model's."""
    with LocalModel(CONTEXT) as real:
        settings = {
            "codeassist.model.baseUrl": real.url,
            "codeassist.model.name": real.name,
            "codeassist.model.inputTokens": 2_600,
            "codeassist.model.outputTokens": 900,
        }
        window = opened(editor, tmp_path, settings)
        window.go_to(INVOICE_SIGNATURE, 6)
        window.page.keyboard.press("Shift+Alt+D")
        window.status(re.compile("tokens"))
        window.page.locator(".tab.active", has_text="invoice.py: ").wait_for(timeout=ANSWER_MS)
        expect(window.page.locator(".diff-editor, .monaco-diff-editor").first).to_be_visible()
        assert (window.folder / "invoice.py").read_text() == INVOICE
        window.accept()
    window.line("Args:").wait_for()
    written = window.saved("invoice.py")
    assert "    Args:\n        items:" in written
    assert "        rate:" in written
    window.page.keyboard.press("Control+Z")
    assert window.saved("invoice.py") == INVOICE


def test_a_local_model_is_found_by_its_address(
    editor: Editor, tmp_path: Path, model: ScriptedServer
) -> None:
    window = opened(editor, tmp_path, {})
    window.status("Codeassist: local")
    model.enqueue(matching(answer('{"sum": 5}'), times=0))
    window.command("Use a Local Model...")
    window.choose("Another address")
    window.answer(model.url)
    window.choose("another")
    window.message(re.compile("answers from now on"))
    window.page.locator("[id='codeassist.codeassist.codeassist'] .codicon-check").wait_for()
    model.reset()
    model.enqueue(answer(documentation(**DOCUMENTED)))
    window.go_to(INVOICE_SIGNATURE, 6)
    window.command("Document This")
    window.expect_text("The amount to pay, to the cent.")
    assert model.bodies()[-1]["model"] == "another"
