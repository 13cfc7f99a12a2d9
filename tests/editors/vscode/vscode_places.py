"""Repositories to open, and answers of a scripted model that fit them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from command import Place
from vscode_window import Editor, Window

# Long enough for a picture, with one function to document and one expression to extract.
INVOICE = '''"""Invoices."""


def total(items, rate):
    amount = sum(item.price * item.count for item in items)
    return round(amount + amount * rate, 2)


def last(items):
    return items[0]
'''
INVOICE_SIGNATURE = 4  # the line of `def total`
DOCUMENTED = {
    "summary": "Sum up the items of an invoice, with tax.",
    "parameters": [
        {"name": "items", "text": "What was bought."},
        {"name": "rate", "text": "The tax, as a part of one."},
    ],
    "returns": "The amount to pay, to the cent.",
}


def invoices(folder: Path) -> Path:
    """A repository with one file, committed."""
    return Place(folder).init().commit({"invoice.py": INVOICE}).root


def opened(editor: Editor, folder: Path, settings: Mapping[str, object]) -> Window:
    """A window on invoice.py, with these settings and a server that is ready."""
    window = editor.open(invoices(folder), settings)
    window.open_file("invoice.py")
    window.ready()
    return window


def instructed(*edits: Mapping[str, object], removes: Sequence[str] = ()) -> str:
    """A model's answer to an instruction; `removes` are the names that are gone on purpose."""
    change = {"needs": [], "title": "Call it final", "explanation": "", "removes": [*removes]}
    return json.dumps(change | {"edits": list(edits)})


def replacing(search: str, text: str, path: str = "invoice.py") -> dict[str, object]:
    """An edit as a model states it."""
    return {"kind": "replace", "path": path, "search": search, "symbol": None, "text": text}


def documentation(**entry: Any) -> str:
    """A model's answer to `document this`, for one function."""
    whole = {"id": "1", "summary": "", "description": None, "attributes": [], "raises": []}
    return json.dumps({"symbols": [whole | {"parameters": [], "returns": None} | entry]})


def hypothesis() -> str:
    """A model's first answer to `find bugs here`: `last` gives the first, with a fix."""
    claim = {
        "title": "last gives the first item",
        "what_goes_wrong": "The name promises the last item, and the first is returned.",
        "input": "[1, 2]",
        "how_to_confirm": "Call last([1, 2]).",
        "severity": "warning",
        "confidence": 90,
        "path": "invoice.py",
        "quote": "    return items[0]",
        "line": 10,
        "evidence": [
            {"path": "invoice.py", "quote": "def last(items):", "line": 9, "says": "Its name."}
        ],
        "fix": [replacing("items[0]", "items[-1]")],
    }
    return json.dumps({"hypotheses": [claim]})


def verdict() -> str:
    """A model's second answer: the hypothesis stands."""
    judged = {"id": 1, "why": "It was seen.", "refuted": False, "confidence": 90}
    return json.dumps({"verdicts": [judged]})
