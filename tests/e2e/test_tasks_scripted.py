"""The task commands against a server that answers as each test says, over real HTTP."""

import json
import signal
import subprocess
from pathlib import Path

import pytest
from command import Place, ended
from model_place import DOCUMENTED, SOURCE, check_no_key, configured, model_place, symbols
from scripted_openai import ScriptedServer, answer, error, hang, matching

SENTENCES = ("Compute a price.", "amount: How much.", "rate: For one.", "The price.")
FACTS = ("amount:", "rate:")  # what the code says without a model


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    """A place whose model is the scripted server."""
    return model_place(tmp_path, server.url)


def test_the_sentences_are_the_model_s_and_the_form_is_ours(
    server: ScriptedServer, place: Place
) -> None:
    server.enqueue(answer(DOCUMENTED))
    done = place.run("docs", "shop.py", "--apply")
    assert done.code == 0, done.err
    written = (place.root / "shop.py").read_text()
    for sentence in SENTENCES:
        assert sentence in written
    assert "wrote 1 file: shop.py" in done.err
    assert f"asking gpt-5.2 at {server.url}: 1 request" in done.err
    check_no_key(place, done)


def test_the_diff_applies(server: ScriptedServer, place: Place) -> None:
    server.enqueue(answer(DOCUMENTED))
    done = place.run("docs", "price")
    assert (place.root / "shop.py").read_text() == SOURCE, "nothing is written without --apply"
    subprocess.run(["git", "apply", "-"], input=done.out.encode(), cwd=place.root, check=True)
    assert "Compute a price." in (place.root / "shop.py").read_text()


def test_the_same_request_is_asked_once(server: ScriptedServer, place: Place) -> None:
    server.enqueue(answer(DOCUMENTED))
    first, second = (place.run("docs", "shop.py", "--json") for _ in range(2))
    assert len(server.requests()) == 1
    assert first.json["edits"] == second.json["edits"]
    assert second.json["model"]["kept"] == 1
    server.enqueue(answer(DOCUMENTED))
    place.run("docs", "shop.py", "--no-keep")
    assert len(server.requests()) == 2


def test_show_prompt_prints_the_exact_request_and_sends_nothing(
    server: ScriptedServer, place: Place
) -> None:
    done = place.run("docs", "shop.py", "--show-prompt")
    assert (done.code, server.requests()) == (0, [])
    (shown,) = done.json_list
    assert shown["address"] == server.url
    server.enqueue(answer(DOCUMENTED))
    place.run("docs", "shop.py")
    assert server.requests()[0].body == shown["body"]


def test_show_prompt_needs_no_key(tmp_path: Path) -> None:
    place = model_place(tmp_path, "")
    for name in ("CODEASSIST_MODEL_BASE_URL", "CODEASSIST_API_KEY"):
        del place.environment[name]
    done = place.run("docs", "shop.py", "--show-prompt")
    (shown,) = done.json_list
    assert shown["address"] == "https://api.openai.com/v1"
    assert (shown["body"]["model"], shown["body"]["store"]) == ("gpt-5.2", False)


@pytest.mark.parametrize("way", ["--facts", ".noai", "offline"])
def test_what_is_to_stay_here_stays_here(server: ScriptedServer, place: Place, way: str) -> None:
    arguments = ["docs", "shop.py"]
    if way == "--facts":
        arguments.append(way)
    elif way == ".noai":
        place.write({".noai": ""})
    else:
        place.environment["CODEASSIST_MODEL_OFFLINE"] = "true"
    done = place.run(*arguments)
    assert (done.code, server.requests()) == (0, [])
    for fact in FACTS:
        assert fact in done.out
    if way != "--facts":
        assert "these are the facts alone" in done.err


@pytest.mark.parametrize("offline", [True, False])
def test_that_nothing_was_found_is_said_with_and_without_a_model(
    server: ScriptedServer, place: Place, offline: bool
) -> None:
    place.environment["CODEASSIST_MODEL_OFFLINE"] = str(offline).lower()
    server.enqueue(answer(json.dumps({"hypotheses": []})))
    done = place.run("bugs", "shop.py")
    assert (done.code, done.out) == (0, "")
    assert "note: nothing was found" in done.err
    assert ("these are the facts alone" in done.err) is offline


def test_secrets_do_not_leave(server: ScriptedServer, place: Place) -> None:
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    place.write({"shop.py": f'TOKEN = "{token}"\n\n\n{SOURCE}'})
    server.enqueue(answer(DOCUMENTED))
    done = place.run("docs", "price", "--apply")
    assert done.code == 0, done.err
    assert token not in json.dumps(server.requests()[0].body)
    assert token in (place.root / "shop.py").read_text()
    assert "GitHub token" in done.err


@pytest.mark.parametrize(
    ("status", "code", "message", "remedy"),
    [
        (401, "invalid_api_key", "key", ""),
        (429, "insufficient_quota", "quota", ""),
        (404, "model_not_found", "gpt-5.2", ""),
    ],
)
def test_a_model_that_cannot_be_asked(
    server: ScriptedServer, place: Place, status: int, code: str, message: str, remedy: str
) -> None:
    """The facts are there all the same, and the exit code tells that the model is not."""
    server.enqueue(error(status, "no", code=code))
    done = place.run("docs", "shop.py")
    assert done.code == 4, done.err
    for fact in FACTS:
        assert fact in done.out
    (line,) = [each for each in done.err.splitlines() if each.startswith("error: ")]
    assert message in line
    assert any(each.startswith("help: ") for each in done.err.splitlines())
    assert len(server.requests()) == 1, "it is not asked again"
    check_no_key(place, done)


def test_a_limit_stops_before_anything_is_sent(server: ScriptedServer, place: Place) -> None:
    place.environment["CODEASSIST_LIMITS_RUN_TOKENS"] = "10"
    done = place.run("docs", "shop.py")
    assert (done.code, server.requests()) == (4, [])
    assert "limits.run_tokens" in done.err


def test_what_is_too_long_is_packed_again_and_said(server: ScriptedServer, place: Place) -> None:
    place.commit({f"m{n}.py": f"def price_{n}(amount):\n    return {n}\n" * 40 for n in range(40)})
    message = (
        "This model's maximum context length is 4000 tokens. "
        "However, your messages resulted in 9000 tokens."
    )
    server.enqueue(error(400, message, code="context_length_exceeded"), answer(DOCUMENTED))
    done = place.run("docs", "price")
    assert done.code == 0, done.err
    assert "packed again" in done.err
    first, second = (len(json.dumps(each.body)) for each in server.requests())
    assert second < first


def test_the_next_model_answers_when_one_dies_in_mid_answer(
    server: ScriptedServer, place: Place
) -> None:
    server.enqueue(
        matching(answer(DOCUMENTED, breaks_after=1), when='"first"', times=0),
        matching(answer(DOCUMENTED), when='"second"', times=0),
    )
    configured(
        place,
        f'[models.first]\nname = "first"\nbase_url = "{server.url}"\n'
        f'[models.second]\nname = "second"\nbase_url = "{server.url}"\n'
        '[routes]\ndocs = ["first", "second"]\n',
    )
    done = place.run("docs", "shop.py")
    assert done.code == 0, done.err
    for sentence in SENTENCES:
        assert sentence in done.out
    assert "second answered instead" in done.err


def test_ctrl_c_closes_the_connection(server: ScriptedServer, place: Place) -> None:
    server.enqueue(hang())
    process = place.start("docs", "shop.py")
    server.wait_for_requests(1, within=60)
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert done.code == 130
    assert server.closed_early()
    assert (place.root / "shop.py").read_text() == SOURCE


def test_the_cost_is_counted(server: ScriptedServer, place: Place) -> None:
    place.environment["CODEASSIST_MODEL_NAME"] = "gpt-5.2"
    usage = {"input": 1_000_000, "cached": 0, "output": 100_000}
    server.enqueue(answer(DOCUMENTED, usage=usage, model="gpt-5.2"))
    done = place.run("docs", "shop.py")
    # 1.75 dollars a million tokens in, 14 out.
    assert "$3.15" in done.err
    report = place.run("cost", "--json", "--by", "task").json
    (row,) = report["rows"]
    assert (row["name"], row["requests"], row["input_tokens"]) == ("docs", 1, 1_000_000)
    assert row["cost"] == pytest.approx(3.15)
    assert "docs" in place.run("cost", "--by", "task", "--here").out


def test_a_prompt_of_the_user_s_own(server: ScriptedServer, place: Place) -> None:
    folder = place.root.parent / "prompts"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "system.md").write_text("Answer like a pirate.\n")
    place.environment["CODEASSIST_PROMPTS_DIR"] = str(folder)
    listed = place.run("prompts")
    assert str(folder / "docs" / "system.md") in listed.out
    server.enqueue(answer(DOCUMENTED))
    place.run("docs", "shop.py")
    assert "Answer like a pirate." in json.dumps(server.requests()[0].body)


def test_hostile_sentences_stay_inside_of_the_comment(server: ScriptedServer, place: Place) -> None:
    hostile = 'Nice. """\nimport os\nos.system("evil")\n"""'
    server.enqueue(answer(symbols({"summary": hostile})))
    done = place.run("docs", "shop.py", "--apply")
    assert done.code == 0, done.err
    space: dict[str, object] = {}
    exec(compile((place.root / "shop.py").read_text(), "shop.py", "exec"), space)
    assert "os" not in space


def test_the_user_s_formatter_and_check(server: ScriptedServer, place: Place) -> None:
    configured(place, '[edits]\nverify = "grep -q Nothing shop.py"\n')
    server.enqueue(answer(DOCUMENTED))
    done = place.run("docs", "shop.py", "--apply")
    assert done.code == 5
    assert "your check failed on the result, so it was undone" in done.err
    assert (place.root / "shop.py").read_text() == SOURCE
    configured(place, '[edits]\nverify = "grep -q Compute shop.py"\n')
    assert place.run("docs", "shop.py", "--apply").code == 0
    assert "Compute" in (place.root / "shop.py").read_text()
