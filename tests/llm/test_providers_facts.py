"""What is known of models: names, limits, prices. The figures are those of the public pages."""

import pytest

from codeassist.base.messages import Usage
from codeassist.llm.config import ModelConfig
from codeassist.llm.model_facts import facts_for, known_models


@pytest.mark.parametrize("name", ["gpt-5.2-2025-12-11", "openai/gpt-5.2", "GPT-5.2", " gpt-5.2 "])
def test_a_date_a_vendor_and_the_case_make_no_difference(name: str) -> None:
    facts = facts_for(name)
    assert facts.is_known
    assert (facts.window, facts.input_ceiling, facts.output_ceiling) == (400_000, 272_000, 128_000)
    assert facts.effort == "medium"


@pytest.mark.parametrize("name", ["gpt-5.20", "gpt-5.2-2025", "my-gpt-5.2", "gpt-5.2-turbo"])
def test_a_name_that_only_looks_alike_is_not_known(name: str) -> None:
    assert not facts_for(name).is_known


@pytest.mark.parametrize("name", known_models())
def test_every_known_model_is_whole_and_makes_sense(name: str) -> None:
    facts = facts_for(name)
    assert facts.is_known
    assert 0 < facts.output_ceiling < facts.input_ceiling < facts.window
    assert facts.input_ceiling + facts.output_ceiling <= facts.window
    assert facts.effort is None or facts.effort in facts.efforts
    if facts.price:
        assert 0 < facts.price.cached <= facts.price.input < facts.price.output


def test_unknown_names_work_with_careful_defaults() -> None:
    facts = facts_for("qwen2.5-coder:7b")
    assert (facts.input_ceiling, facts.output_ceiling) == (32_768, 4_096)
    assert (facts.price, facts.effort, facts.sees) == (None, None, False)
    # What OpenAI brings out next has at least what the smallest of its models has.
    assert facts_for("gpt-7-sol").input_ceiling > facts.input_ceiling
    assert facts_for("gpt-oss-20b").input_ceiling == facts.input_ceiling


def test_what_the_user_sets_goes_first() -> None:
    config = ModelConfig(input_tokens=9_000, output_tokens=100, sees=True, verbosity="high")
    facts = facts_for("llama", config)
    assert (facts.input_ceiling, facts.output_ceiling, facts.sees) == (9_000, 100, True)
    assert facts.verbosity == "high"
    assert facts_for("gpt-5.2", ModelConfig(sees=False)).sees is False


@pytest.mark.parametrize(
    ("name", "wanted", "sent"),
    [
        ("gpt-5.2", "high", "high"),
        ("gpt-5.2", "minimal", "low"),  # of GPT-5 alone
        ("gpt-5.2", "max", "xhigh"),  # there from GPT-5.6 on
        ("gpt-5.2-pro", "none", "medium"),
        ("gpt-5.2-chat-latest", "high", None),  # takes no effort
        ("llama", "minimal", "minimal"),  # nobody knows better than the user
    ],
)
def test_an_effort_that_a_model_does_not_have_becomes_the_nearest(
    name: str, wanted: str, sent: str | None
) -> None:
    config = ModelConfig(effort=wanted)  # type: ignore[arg-type]
    assert facts_for(name, config).effort == sent


def test_costs_are_those_of_the_price_list() -> None:
    # 100,000 fresh tokens of GPT-5.2 cost 17.5 cents, cached ones a tenth; 10,000 of output 14.
    assert facts_for("gpt-5.2").cost(Usage(input=100_000)) == pytest.approx(0.175)
    assert facts_for("gpt-5.2").cost(Usage(100_000, cached=100_000)) == pytest.approx(0.0175)
    assert facts_for("gpt-5.2").cost(Usage(output=10_000, reasoning=9_000)) == pytest.approx(0.14)
    assert facts_for("llama").cost(Usage(1, 0, 1)) is None


def test_a_long_request_costs_more_as_a_whole() -> None:
    # GPT-5.4: $2.50 and $15 a million; above 272,000 tokens of input twice and 1.5 times as much.
    cost = facts_for("gpt-5.4").cost
    assert cost(Usage(272_000, 0, 1_000)) == pytest.approx(0.272 * 2.5 + 0.015)
    assert cost(Usage(272_001, 0, 1_000)) == pytest.approx(0.272001 * 5 + 0.0225)
