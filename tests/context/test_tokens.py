"""Tests of counting: tiktoken is the oracle, with its vocabulary from a package, not a download."""

import gzip
import os
import random
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from codeassist.context import tokens
from codeassist.context.tokens import DEFAULT_ENCODING, Counter, encoding_of, sanitised

# The names under which tiktoken keeps the vocabularies in its cache folder.
CACHED_AS = {
    "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
}
SAMPLES = (
    "",
    "def f(x):\n    return x + 1\n",
    "\n\n\n   \n\t\t}\n//\n",
    "订单总额 = 计算(价格)\n",
    "x = '👩‍💻🏳️‍🌈'\n",
    "<|endoftext|><|fim_prefix|>",
    "naïve façade — “quoted”\r\n",
    "0123456789" * 7,
    "\x00\x1b[31m\u202e\ufeff",
    "aAbBcC_dD" * 40,
)


@pytest.fixture(params=CACHED_AS)
def oracle(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Callable[[str], int]]:
    """An encoding's name, and tiktoken's count in it."""
    name: str = request.param
    data = find_spec("bpe_openai")
    if data is None or find_spec("tiktoken") is None:
        if os.environ.get("CI"):
            pytest.fail("tiktoken and bpe-openai are not installed: nothing proves the counts")
        pytest.skip("tiktoken and bpe-openai are not installed: THE COUNTS ARE NOT PROVED")
    import tiktoken

    assert data.origin is not None
    packed = Path(data.origin).parent / "data" / f"{name}.tiktoken.gz"
    (tmp_path / CACHED_AS[name]).write_bytes(gzip.decompress(packed.read_bytes()))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    encoding = tiktoken.get_encoding(name)
    return name, lambda text: len(encoding.encode(text, disallowed_special=()))


def test_counts_are_tiktokens(oracle: tuple[str, Callable[[str], int]]) -> None:
    name, count = oracle
    rng = random.Random(3)
    blocks = ((32, 126), (0, 0x24F), (0x370, 0x5FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF))
    drawn = [
        "".join(chr(rng.randint(*rng.choice(blocks))) for _ in range(rng.randint(1, 60)))
        for _ in range(500)
    ]
    own = [path.read_text("utf-8") for path in sorted(Path(tokens.__file__).parent.glob("*.py"))]
    texts = [*SAMPLES, *drawn, *own]
    assert Counter(name).count_many(texts) == [count(text) for text in texts]


def test_a_model_counts_in_the_encoding_that_tiktoken_names() -> None:
    model = pytest.importorskip("tiktoken.model")
    known = model.MODEL_TO_ENCODING | {
        prefix + "x": name
        for prefix, name in model.MODEL_PREFIX_TO_ENCODING.items()
        if prefix.endswith("-")
    }
    ours = {name: encoding_of(name).name for name, its in known.items() if its in tokens.EXACT}
    assert ours == {name: its for name, its in known.items() if its in tokens.EXACT}


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("gpt-5.2", "o200k_base"),
        ("openai/gpt-5.2-mini", "o200k_base"),
        ("GPT-4o-2024-08-06", "o200k_base"),
        ("ft:gpt-4o:acme::x", "o200k_base"),
        ("gpt-oss-120b", "o200k_harmony"),
        ("gpt-4-turbo", "cl100k_base"),
        ("cl100k_base", "cl100k_base"),
    ],
)
def test_known_models_need_no_note(model: str, encoding: str) -> None:
    assert (encoding_of(model).name, encoding_of(model).note) == (encoding, "")


@pytest.mark.parametrize("model", ["", "llama-3", "o1x", "gpt-4.9", "text-davinci-003"])
def test_an_unknown_model_gets_a_stated_default(model: str) -> None:
    found = encoding_of(model)
    assert found.name == DEFAULT_ENCODING
    assert repr(model) in found.note
    assert DEFAULT_ENCODING in found.note


def test_lone_surrogates_are_replaced_and_nothing_else() -> None:
    assert sanitised("a\ud800b👍") == "a�b👍"
    assert Counter().count("a\udc80") == Counter().count("a�")


@pytest.mark.parametrize("limit", [0, 1, 2, 7, 1_000])
def test_a_beginning_is_the_longest_that_fits(limit: int) -> None:
    counter = Counter()
    text = "The quick brown fox — 狐狸 👩‍💻 — jumps over\n" * 5
    cut = counter.beginning(text, limit)
    assert text.startswith(cut)
    assert counter.count(cut) <= limit
    assert cut == text or counter.count(text[: len(cut) + 4]) > limit


def test_without_a_table_the_count_is_an_estimate_on_the_safe_side() -> None:
    estimate, exact = Counter("p50k_base"), Counter()
    assert "estimate" in estimate.note
    assert exact.note == ""
    for path in Path(tokens.__file__).parent.glob("*.py"):
        text = path.read_text("utf-8")
        assert exact.count(text) <= estimate.count(text) <= 2 * exact.count(text)
