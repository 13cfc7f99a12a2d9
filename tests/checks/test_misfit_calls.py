"""CA104: added calls that cannot fit what they reach."""

import pytest
from marked import check, message

PAY = "=== pay.py\nimport functools\n\ndef charge(account, amount, *, currency='EUR'):\n    pass\n"


def calling(call: str) -> str:
    return f"=== app.py\nfrom pay import charge\n\n{call}\n"


def test_the_message_names_what_is_missing() -> None:
    text = message("CA104", PAY, calling("«charge(1)»"))
    assert text == "this call of `charge` does not pass `amount`"


@pytest.mark.parametrize(
    "call",
    [
        "charge(1, 2, 3)",
        "charge(1, 2, curency='USD')",
        "charge(1, amount=1, account=2)",
        "charge()",
    ],
)
def test_calls_that_cannot_fit(call: str) -> None:
    check("CA104", PAY, calling(f"«{call}»"))


@pytest.mark.parametrize(
    "call",
    [
        "charge(1, 2)",
        "charge(amount=1, account=2)",
        "charge(*args)",
        "charge(1, **options)",
        "charge(*args, currency='USD')",
        "charge",
        "map(charge, [1])",
    ],
)
def test_calls_that_can_fit(call: str) -> None:
    check("CA104", PAY, calling(call))


def test_a_decorator_may_change_the_parameters() -> None:
    before = "=== pay.py\nimport deco\n\n@deco.inject\ndef charge(account, amount): pass\n"
    check("CA104", before, calling("charge(1)"))


def test_a_generator_expression_is_one_argument() -> None:
    before = "=== pay.py\ndef charge(accounts): pass\n"
    check("CA104", before, calling("charge(x for x in [])"))


def test_a_call_through_the_class() -> None:
    before = "=== pay.py\nclass charge:\n    def __init__(self, a, b): pass\n"
    check("CA104", before, calling("«charge(1)»"))


def test_a_named_tuple_or_a_model_has_a_constructor_of_its_own() -> None:
    before = "=== pay.py\nfrom pydantic import BaseModel\n\nclass charge(BaseModel):\n    a: int\n"
    check("CA104", before, calling("charge(a=1)"))


def test_an_old_call_is_not_this_change_s_fault() -> None:
    check("CA104", PAY + calling("charge(1)"), calling("charge(1)\nx = 1"))
