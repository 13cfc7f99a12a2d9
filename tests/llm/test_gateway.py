"""What the gateway decides: which model, whether again, what is kept, and what is said of it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gateway_case import (
    LOCAL,
    MODEL,
    USAGE,
    Bench,
    Break,
    Step,
    close_all,
    reply_of,
    request,
    word,
)

from codeassist.base.errors import ConfigurationError
from codeassist.base.messages import (
    AnswerSchema,
    Image,
    Message,
    ModelAnswer,
    ModelRequest,
    Role,
)
from codeassist.base.model_errors import (
    AuthenticationError,
    CertificateError,
    EmptyAnswerError,
    ModelError,
    NoModelError,
    QuotaError,
    RateLimitError,
    RefusedError,
    SchemaError,
    ServerError,
    SpendingLimitError,
    TooLongError,
    TruncatedError,
    UnreachableError,
)
from codeassist.llm.config import GatewayConfig, LimitsConfig, ModelConfig
from codeassist.llm.gateway import Gateway
from codeassist.llm.provider import ProviderReply, Remaining
from codeassist.llm.providers import make
from codeassist.llm.rates import Rates
from codeassist.llm.retry import Means

BROKEN = UnreachableError("The connection broke")
PICTURE = Message(Role.USER, "What is wrong here?", (Image("image/png", b"\x89PNG"),))


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


def alone(*steps: Step, **changes: object) -> Bench:
    """A gateway with one model."""
    return Bench({"default": steps}, models={"default": MODEL}, **changes)


def words(answers: tuple[ModelAnswer | ModelError, ...]) -> list[str]:
    return [
        each.data["word"] if isinstance(each, ModelAnswer) else type(each).__name__
        for each in answers
    ]


# ----------------------------------------------------------------------------- one model


def test_an_answer() -> None:
    bench = alone(word())
    answer = bench.ask()
    assert answer.data == {"word": "yes"}
    assert answer.text == word()
    assert (answer.model, answer.usage, answer.is_kept) == ("served", USAGE, False)
    # 60 new tokens at 1.75, 40 kept ones at 0.175, 10 out at 14 dollars a million.
    assert answer.cost == pytest.approx((60 * 1.75 + 40 * 0.175 + 10 * 14) / 1e6)
    assert answer.notes == ()
    assert bench.heard.events == [("text", 0, word()), ("done", 0)]


def test_an_answer_without_a_schema_is_text() -> None:
    answer = alone("plain words").ask(request(schema=None))
    assert (answer.text, answer.data) == ("plain words", None)


def test_the_price_of_an_unknown_model_is_not_known() -> None:
    bench = Bench({"default": [word()]}, models={"default": LOCAL})
    assert bench.ask().cost is None


@pytest.mark.parametrize(
    "wrong",
    ["no JSON", '{"word": 5}', "{}", '{"word": "x", "more": 1}', '{"word": "cut o', "[]"],
)
def test_a_wrong_form_is_asked_again_once(wrong: str) -> None:
    bench = alone(wrong, word())
    answer = bench.ask()
    assert answer.data == {"word": "yes"}
    assert answer.usage == USAGE + USAGE
    *before, said, complaint = bench.scripts["default"].asked[1].messages
    assert tuple(before) == request().messages
    assert (said.role, said.text) == (Role.ASSISTANT, wrong)
    assert complaint.role is Role.USER
    assert bench.heard.events == [
        ("text", 0, wrong),
        ("void", 0, "the answer did not have the right form"),
        ("text", 0, word()),
        ("done", 0),
    ]


def test_the_complaint_is_precise() -> None:
    bench = alone('{"word": 5}', word())
    bench.ask()
    complaint = bench.scripts["default"].asked[1].messages[-1].text
    assert "$.word: must be string, is 5" in complaint


def test_a_wrong_form_twice_is_an_error() -> None:
    bench = alone("no JSON", "{}", word())
    with pytest.raises(SchemaError, match="has no 'word'") as caught:
        bench.ask()
    assert bench.attempts() == 2
    assert caught.value.usage == USAGE + USAGE
    assert caught.value.remedy


def test_an_answer_in_a_fence_is_no_wrong_form() -> None:
    bench = alone(f"```json\n{word()}\n```")
    assert bench.ask().data == {"word": "yes"}
    assert bench.attempts() == 1


def test_a_cut_answer_gets_more_room_once() -> None:
    bench = alone(TruncatedError("cut"), word())
    assert bench.ask(request(max_output_tokens=500)).data == {"word": "yes"}
    assert [each.max_output_tokens for each in bench.scripts["default"].asked] == [500, 1000]


def test_an_answer_that_is_cut_twice_is_an_error() -> None:
    bench = alone(TruncatedError("cut"), TruncatedError("cut"), word())
    with pytest.raises(TruncatedError):
        bench.ask()
    assert bench.attempts() == 2


def test_of_an_answer_that_is_cut_twice_whole_items_are_used_and_that_is_told() -> None:
    schema = {
        "type": "object",
        "properties": {"words": {"type": "array", "items": {"type": "object"}}},
        "required": ["words"],
    }
    cut = TruncatedError("cut", "raise it", USAGE, '{"words": [{"word": "yes"}, {"wo')
    bench = alone(cut, cut, cut, cut)
    wanted = request(schema=AnswerSchema("words", schema, "words"))
    answer = bench.ask(wanted)
    assert (answer.data, answer.is_cut) == ({"words": [{"word": "yes"}]}, True)
    assert answer.usage == USAGE + USAGE
    assert answer.notes == ("cut, and what it said before is used; raise it",)
    # It is not kept: the limit may be another one next time.
    assert not bench.ask(wanted).is_kept
    assert bench.attempts() == 4
    # Where the items do not stand for themselves nothing of it is used.
    with pytest.raises(TruncatedError):
        alone(cut, cut).ask(request(schema=AnswerSchema("words", schema)))


def test_no_more_room_than_the_model_has() -> None:
    bench = alone(TruncatedError("cut"), word())
    with pytest.raises(TruncatedError):
        bench.ask(request(max_output_tokens=128_000))
    assert bench.attempts() == 1


# ----------------------------------------------------------------------------- again


def test_a_server_that_fails_is_tried_again() -> None:
    bench = alone(ServerError("500"), ServerError("502"), word())
    assert bench.ask().data == {"word": "yes"}
    assert bench.clock.slept == [0.5, 1.0]  # half of 1, half of 2: the dice show one half
    waits = [event for event in bench.heard.events if event[0] == "waiting"]
    assert waits == [("waiting", 0, 0.5, "500"), ("waiting", 0, 1.0, "502")]


def test_retry_after_is_honoured() -> None:
    bench = alone(RateLimitError("slow down", "", 20.0), word())
    bench.ask()
    assert sum(bench.clock.slept) >= 20.0
    assert bench.attempts() == 2


def test_nobody_waits_for_hours() -> None:
    bench = alone(RateLimitError("slow down", "", 7200.0), word())
    with pytest.raises(RateLimitError, match="2 h") as caught:
        bench.ask()
    assert caught.value.retry_after == 7200.0
    assert bench.clock.slept == []
    assert bench.attempts() == 1


@pytest.mark.parametrize(
    "error",
    [
        QuotaError("no money"),
        AuthenticationError("wrong key"),
        CertificateError("not trusted"),
        RefusedError("no"),
        EmptyAnswerError("nothing"),
        TooLongError("too long"),
    ],
)
def test_not_tried_again(error: ModelError) -> None:
    bench = alone(error, word())
    with pytest.raises(type(error)):
        bench.ask()
    assert bench.attempts() == 1
    assert bench.clock.slept == []


def test_attempts_have_an_end() -> None:
    bench = alone(ServerError("500"))
    with pytest.raises(ServerError):
        bench.ask()
    assert bench.attempts() == 5


def test_an_answer_that_breaks_off_is_begun_twice_only() -> None:
    bench = alone(Break("some", BROKEN), Break("some", BROKEN), word())
    with pytest.raises(UnreachableError):
        bench.ask()
    assert bench.attempts() == 2


def test_a_time_out_of_minutes_is_not_repeated() -> None:
    bench = alone(UnreachableError("time-out"), word())
    provider = bench.scripts["default"]
    complete = provider.complete

    async def slow(*args: object) -> ProviderReply:
        bench.clock.now += 600
        return await complete(*args)

    provider.complete = slow
    with pytest.raises(UnreachableError):
        bench.ask()
    assert bench.attempts() == 1


# ----------------------------------------------------------------------------- other models


@pytest.mark.parametrize(
    "error",
    [QuotaError("no money left"), AuthenticationError("wrong key"), UnreachableError("no network")],
)
def test_another_model_answers(error: ModelError) -> None:
    bench = Bench({"default": [error], "local": [word()]})
    answer = bench.ask()
    assert answer.data == {"word": "yes"}
    assert answer.notes == (f"tiny answered instead: {error.message}",)


@pytest.mark.parametrize("error", [RefusedError("no"), TooLongError("too long", "", 10, 20)])
def test_another_model_is_not_asked(error: ModelError) -> None:
    bench = Bench({"default": [error], "local": [word()]})
    with pytest.raises(type(error)):
        bench.ask()
    assert bench.attempts("local") == 0


def test_nobody_waits_long_for_one_of_two_models() -> None:
    bench = Bench({"default": [ServerError("500")], "local": [word()]})
    bench.ask()
    assert bench.attempts("default") == 3
    bench = Bench({"default": [RateLimitError("slow", "", 31.0)], "local": [word()]})
    bench.ask()
    assert bench.clock.slept == []


def test_text_of_a_model_that_broke_off_is_void() -> None:
    bench = Bench({"default": [Break('{"wor', BROKEN)], "local": [word()]})
    bench.ask()
    texts = [event[:3] for event in bench.heard.events if event[0] in ("text", "void")]
    assert texts == [
        ("text", 0, '{"wor'),
        ("void", 0, "the answer broke off"),
        ("text", 0, '{"wor'),
        ("void", 0, "another model is asked"),
        ("text", 0, word()),
    ]


def test_all_models_fail() -> None:
    bench = Bench({"default": [QuotaError("no money")], "local": [UnreachableError("no server")]})
    with pytest.raises(QuotaError, match="no money; no server"):
        bench.ask()


def test_a_model_that_failed_is_passed_over_for_a_while() -> None:
    bench = Bench({"default": [QuotaError("no money"), word("paid")], "local": [word("local")]})
    assert bench.ask(request("a")).data["word"] == "local"
    assert bench.ask(request("b")).notes == ("tiny answered instead: no money",)
    assert bench.attempts("default") == 1
    bench.clock.now += 61
    assert bench.ask(request("c")).data["word"] == "paid"


def test_a_picture_goes_to_a_model_that_sees() -> None:
    sees = ModelConfig(name="gpt-5.2", key=MODEL.key)
    bench = Bench(
        {"local": [word("blind")], "eye": [word("seen")]}, models={"local": LOCAL, "eye": sees}
    )
    answer = bench.ask(request(messages=(PICTURE,)))
    assert answer.data["word"] == "seen"
    assert answer.notes == ("gpt-5.2 answered instead: tiny does not see images",)
    assert bench.attempts("local") == 0


def test_a_picture_without_a_model_that_sees() -> None:
    bench = Bench({"default": [word()]}, models={"default": LOCAL})
    with pytest.raises(NoModelError, match="does not see images"):
        bench.ask(request(messages=(PICTURE,)))


def test_too_long_for_a_known_model_is_not_sent() -> None:
    bench = alone(word())
    with pytest.raises(TooLongError) as caught:
        bench.ask(request("word " * 272_000))  # a fourth of the characters is 340,000
    assert caught.value.limit == 272_000
    assert bench.attempts() == 0


def test_too_long_by_a_guess_is_sent() -> None:
    bench = Bench({"default": [word()]}, models={"default": LOCAL})
    assert bench.ask(request("word " * 200_000)).data == {"word": "yes"}


def test_a_route_for_a_task() -> None:
    bench = Bench(
        {"default": [word("big")], "local": [word("small")]},
        routes={"bugs": ("default",), "bugs.refute": ("local",), "default": ("local",)},
    )
    answers = [bench.ask(request(task, task=task)) for task in ("bugs.find", "bugs.refute", "docs")]
    assert words(tuple(answers)) == ["big", "small", "small"]


def test_a_route_to_no_model() -> None:
    bench = Bench({}, routes={"docs": ("nobody",)})
    with pytest.raises(ConfigurationError, match="nobody"):
        bench.ask()


@pytest.mark.parametrize(
    "config",
    [
        GatewayConfig(),
        GatewayConfig({"default": ModelConfig()}),
        GatewayConfig({"default": ModelConfig(base_url="https://api.openai.com/v1")}),
        GatewayConfig({"default": ModelConfig(base_url="https://x.openai.azure.com/openai/v1")}),
        GatewayConfig({"default": MODEL}, offline=True),
    ],
)
def test_no_model(config: GatewayConfig) -> None:
    gateway = Gateway(config)
    with pytest.raises(NoModelError) as caught:
        gateway.facts("docs")
    assert caught.value.remedy
    asyncio.run(gateway.close())


def test_a_local_server_needs_no_key() -> None:
    bench = Bench({"local": [word()]}, models={"default": ModelConfig(), "local": LOCAL})
    assert bench.gateway.facts("docs").name == "tiny"
    assert bench.ask().notes == ()


# ----------------------------------------------------------------------------- many


def test_answers_come_in_the_order_of_the_requests() -> None:
    steps = (word("a"), RefusedError("no"), word("c"))
    bench = alone(*steps, limits=LimitsConfig(concurrent=1))
    answers = bench.ask_all(request("1"), request("2"), request("3"))
    assert words(answers) == ["a", "RefusedError", "c"]
    assert [event for event in bench.heard.events if event[0] == "done"] == [
        ("done", 0), ("done", 1), ("done", 2),
    ]  # fmt: skip


def test_so_many_at_once() -> None:
    bench = alone(word(), limits=LimitsConfig(concurrent=3))
    bench.ask_all(*(request(str(number)) for number in range(10)))
    assert bench.attempts() == 10
    assert bench.scripts["default"].most_at_once == 3


@pytest.mark.parametrize("error", [AuthenticationError("wrong key"), QuotaError("no money")])
def test_what_meets_all_stops_all(error: ModelError) -> None:
    bench = alone(word(), error, word(), limits=LimitsConfig(concurrent=1))
    answers = bench.ask_all(*(request(str(number)) for number in range(4)))
    assert words(answers) == ["yes", *[type(error).__name__] * 3]
    assert bench.attempts() == 2


def test_none_is_set_up_for_many() -> None:
    bench = Bench({}, models={"default": ModelConfig()})
    assert words(bench.ask_all(request("1"), request("2"))) == ["NoModelError"] * 2


def test_used_up_rates_are_waited_for() -> None:
    used_up = reply_of(word("a"), Remaining(requests=0, requests_reset=7.0))
    bench = alone(used_up, word("b"), limits=LimitsConfig(concurrent=1))
    bench.ask_all(request("1"), request("2"))
    assert bench.clock.slept == [7.0]
    assert ("waiting", 1, 7.0, "the server's rates are used up") in bench.heard.events


def test_too_few_tokens_are_waited_for() -> None:
    few = reply_of(word("a"), Remaining(tokens=50, tokens_reset=3.0))
    bench = alone(few, word("b"), limits=LimitsConfig(concurrent=1))
    bench.ask_all(request("1"), request("2"))
    assert bench.clock.slept == [3.0]


def test_enough_tokens_are_not_waited_for() -> None:
    many = reply_of(word("a"), Remaining(tokens=50_000, tokens_reset=3.0, requests=9))
    bench = alone(many, word("b"), limits=LimitsConfig(concurrent=1))
    bench.ask_all(request("1"), request("2"))
    assert bench.clock.slept == []


def test_one_that_is_refused_holds_the_others_back() -> None:
    """Also those of another gateway in the same process."""
    refused = alone(RateLimitError("slow", "", 10.0))
    other = alone(word())
    rates = Rates(other.clock.means)
    asleep = asyncio.Event()

    async def sleep(seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    async def run() -> None:
        means = Means(sleep, lambda: other.clock.now, lambda: 0.5)
        first, second = refused.scripts["default"], other.scripts["default"]
        async with Gateway(refused.config, lambda _: first, rates=rates, means=means) as gateway:
            task = asyncio.create_task(gateway.ask(request()))
            await asleep.wait()
            async with Gateway(other.config, lambda _: second, rates=rates) as another:
                await another.ask(request())
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(run())
    assert other.clock.slept == [10.0]


# ----------------------------------------------------------------------------- limits


def test_a_limit_stops_before_anything_is_sent() -> None:
    bench = alone(word(), limits=LimitsConfig(run_cents=1))
    # 4,096 tokens of output at 14 dollars a million: 5.7 cents.
    with pytest.raises(SpendingLimitError, match=r"\$0\.0100 a run") as caught:
        bench.ask()
    assert "limits.run_cents" in caught.value.remedy
    assert bench.attempts() == 0


def test_a_limit_counts_what_was_really_spent() -> None:
    limits = LimitsConfig(run_tokens=1_000)
    bench = alone(word(), limits=limits)
    # Each is about 40 + 200 tokens before, and 110 after: the eighth does not fit.
    asked = [request(str(number), max_output_tokens=200) for number in range(10)]
    answers = bench.ask_all(*asked)
    assert words(answers) == ["yes"] * 7 + ["SpendingLimitError"] * 3


def test_cents_do_not_stop_a_model_without_a_price() -> None:
    bench = Bench(
        {"default": [word()]}, models={"default": LOCAL}, limits=LimitsConfig(run_cents=1)
    )
    assert bench.ask().data == {"word": "yes"}


def test_tokens_stop_a_model_without_a_price() -> None:
    bench = Bench(
        {"default": [word()]}, models={"default": LOCAL}, limits=LimitsConfig(day_tokens=100)
    )
    with pytest.raises(SpendingLimitError, match="tokens a day"):
        bench.ask()


def test_an_estimate_is_an_upper_bound() -> None:
    bench = alone(word())
    asked = request("x" * 4000, max_output_tokens=1000)
    expected = bench.gateway.estimate([asked, asked])
    assert expected.model == "gpt-5.2"
    assert expected.output_tokens == 2000
    assert 2000 < expected.input_tokens < 2200  # the text, "You answer." and the schema
    price = (expected.input_tokens * 1.75 + 2000 * 14) / 1e6
    assert expected.cost == pytest.approx(price)


def test_an_estimate_has_room_for_reasoning() -> None:
    """What is sent as the limit of output may be used: 1,000 and 25,000 at medium effort."""
    reasoning = replace(MODEL, effort="medium")
    asked = request("x" * 4000, max_output_tokens=1000)
    expected = Bench({}, models={"default": reasoning}).gateway.estimate([asked])
    sent = make(reasoning).body(asked)["max_output_tokens"]
    assert expected.output_tokens == sent == 26_000
    assert expected.cost is not None
    assert expected.likely is not None
    assert expected.cost - expected.likely == pytest.approx(25_000 * 14 / 1e6)


def test_each_repository_has_a_cache_key_of_its_own() -> None:
    """Requests that begin alike share a provider's cache, and those of a repository do most."""
    keys = []
    for repository in ("/home/me/secret-project", "/home/me/secret-project", "/home/me/other", ""):
        bench = alone(word(), repository=repository)
        bench.ask(replace(request(), cache_key="docs"))
        keys.append(bench.scripts["default"].asked[0].cache_key)
    assert keys[0] == keys[1] != keys[2]
    assert keys[0].endswith("-docs")
    assert "secret" not in keys[0]
    assert keys[3] == "docs"


def test_an_estimate_without_a_price() -> None:
    bench = Bench({}, models={"default": LOCAL})
    assert bench.gateway.estimate([request()]).cost is None


def test_cancelling_while_it_waits_gives_its_part_of_the_limit_back() -> None:
    bench = alone(ServerError("500"), limits=LimitsConfig(run_tokens=10_000, day_tokens=10_000))
    asleep = asyncio.Event()

    async def sleep(seconds: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    async def run() -> None:
        means = Means(sleep, lambda: 0.0, lambda: 0.5)
        script = bench.scripts["default"]
        async with Gateway(bench.config, lambda _: script, means=means) as gateway:
            task = asyncio.create_task(gateway.ask(request()))
            await asleep.wait()
            assert gateway.ledger.is_holding
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert not gateway.ledger.is_holding

    asyncio.run(run())


# ----------------------------------------------------------------------------- kept answers


def test_the_same_request_is_not_asked_twice(tmp_path: Path) -> None:
    first = alone(word(), folder=str(tmp_path))
    first.ask()
    first.close()
    second = alone(word("other"), folder=str(tmp_path))
    answer = second.ask()
    assert answer.data == {"word": "yes"}
    assert (answer.is_kept, answer.cost) == (True, 0.0)
    assert second.attempts() == 0
    assert second.heard.events == [("text", 0, word()), ("done", 0)]
    second.close()


@pytest.mark.parametrize(
    "changed",
    [
        request("Say another word."),
        request(max_output_tokens=7),
        request(schema=None),
    ],
)
def test_another_request_is_asked(changed: ModelRequest) -> None:
    bench = alone(word())
    bench.ask()
    bench.ask(changed)
    assert bench.attempts() == 2


def test_another_model_has_answers_of_its_own() -> None:
    bench = Bench({"default": [word("a")], "local": [word("b")]}, routes={"bugs": ("local",)})
    assert bench.ask(request(task="docs")).data["word"] == "a"
    assert bench.ask(request(task="bugs")).data["word"] == "b"


def test_nothing_is_kept_if_not_wanted(tmp_path: Path) -> None:
    bench = alone(word(), folder=str(tmp_path), keeps_answers=False)
    bench.ask()
    bench.ask()
    assert bench.attempts() == 2
    assert not list(tmp_path.glob("answers*"))


def test_a_wrong_answer_is_not_kept() -> None:
    bench = alone("no JSON", "no JSON", word())
    with pytest.raises(SchemaError):
        bench.ask()
    assert bench.ask().data == {"word": "yes"}


def test_a_limit_does_not_stop_a_kept_answer(tmp_path: Path) -> None:
    alone(word(), folder=str(tmp_path)).ask()
    bench = alone(word(), folder=str(tmp_path), limits=LimitsConfig(day_cents=1))
    assert bench.ask().is_kept


# ----------------------------------------------------------------------------- secrets

SECRET = "ghp_" + "a8Kd03mXz9QwLpR7vB2n" + "Tc5Ye1Uj4Hg6Fs0D"
CODE = f'TOKEN = "{SECRET}"\nuse("{SECRET}")\n'


def test_a_secret_is_not_sent_and_comes_back() -> None:
    bench = alone(word("TOKEN is REDACTED_SECRET_1"))
    answer = bench.ask(request(CODE))
    sent = bench.scripts["default"].asked[0].messages[1].text
    assert sent == 'TOKEN = "REDACTED_SECRET_1"\nuse("REDACTED_SECRET_1")\n'
    assert answer.data == {"word": f"TOKEN is {SECRET}"}
    assert json.loads(answer.text) == answer.data
    assert answer.notes == ("not sent, a placeholder stood for it: a GitHub token",)


def test_a_secret_comes_back_in_the_stream() -> None:
    bench = alone(word("REDACTED_SECRET_1"))
    bench.ask(request(CODE))
    assert bench.heard.events[0] == ("text", 0, word(SECRET))


def test_a_made_up_placeholder_is_left_and_said() -> None:
    bench = alone(word("REDACTED_SECRET_7"))
    answer = bench.ask(request(CODE))
    assert answer.data == {"word": "REDACTED_SECRET_7"}
    assert any("made up" in note and "REDACTED_SECRET_7" in note for note in answer.notes)


def test_the_preview_is_what_is_sent() -> None:
    bench = alone(word())
    preview = bench.gateway.preview(request(CODE))
    assert bench.attempts() == 0
    bench.ask(request(CODE))
    sent = bench.scripts["default"].body(bench.scripts["default"].asked[0])
    assert preview == {
        "address": "https://api.openai.com/v1",
        "model": "gpt-5.2",
        "body": sent,
    }
    assert SECRET not in json.dumps(preview)


def test_a_preview_needs_no_key() -> None:
    bench = Bench({}, models={"default": ModelConfig(name="gpt-5.2")})
    assert bench.gateway.preview(request())["model"] == "gpt-5.2"


def test_the_users_key_is_nowhere(tmp_path: Path) -> None:
    key = MODEL.key
    bench = alone(
        AuthenticationError(f"the key {key} is wrong", f"replace {key}"),
        word(f"echo {key}"),
        folder=str(tmp_path),
    )
    with pytest.raises(AuthenticationError) as caught:
        bench.ask()
    assert key not in f"{caught.value!r} {caught.value.message} {caught.value.remedy}"
    bench.ask(request(f"my key is {key}"))
    assert key not in bench.scripts["default"].asked[1].messages[1].text
    bench.close()


# ----------------------------------------------------------------------------- the ledger


def test_the_ledger_has_what_was_spent() -> None:
    bench = alone("no JSON", word())
    answer = bench.ask()
    bench.ask()
    (total,) = bench.gateway.ledger.totals()
    assert (total.name, total.requests, total.kept) == ("gpt-5.2", 3, 1)
    assert total.usage == USAGE + USAGE
    assert total.cost == pytest.approx(answer.cost)


def test_a_useless_answer_costs() -> None:
    bench = alone(TruncatedError("cut", usage=USAGE), TruncatedError("cut", usage=USAGE))
    with pytest.raises(TruncatedError):
        bench.ask()
    assert bench.gateway.ledger.totals()[0].usage == USAGE + USAGE


def test_a_broken_answer_is_estimated() -> None:
    bench = alone(Break("x" * 40, BROKEN), word())
    bench.ask()
    (total,) = bench.gateway.ledger.totals()
    assert total.requests == 2
    assert total.usage.output == USAGE.output + 10  # a fourth of 40 characters
    assert total.usage.input > USAGE.input


def test_closing_closes_all() -> None:
    bench = Bench({"default": [QuotaError("no money")], "local": [word()]})
    bench.ask()
    bench.close()
    assert all(script.is_closed for script in bench.scripts.values())
