"""Tests of the schema: every field says what it is for, and rules of trust hold for all of them."""

import pytest

from codeassist.settings.option import Form, Option, Scope
from codeassist.settings.options import options, value_of
from codeassist.settings.schema import Settings
from codeassist.settings.values import checked, expected


@pytest.mark.parametrize("option", options().values(), ids=lambda option: option.key)
def test_each_option_is_described(option: Option) -> None:
    assert option.trait.description.endswith(".")
    assert expected(option)


@pytest.mark.parametrize("option", options().values(), ids=lambda option: option.key)
def test_each_default_is_allowed(option: Option) -> None:
    value = value_of(Settings(), option)
    if value is not None:
        assert checked(option, value, "default") == value


def test_what_leads_off_the_machine_is_never_the_repository_s() -> None:
    for option in options().values():
        users_own = option.section in ("model", "limits", "edits", "prompts")
        leads_away = users_own or option.trait.form in (Form.ADDRESS, Form.FOLDER, Form.COMMAND)
        assert not leads_away or option.trait.scope is Scope.USER, option.key


def test_no_option_holds_a_secret() -> None:
    # Numbers of tokens and the name of a variable are none.
    harmless = {"model.key_variable"} | {key for key in options() if key.endswith("_tokens")}
    assert {key for key in options() if "key" in key or "token" in key} <= harmless


def test_variables_are_distinct() -> None:
    names = [option.variable for option in options().values()]
    assert len(set(names)) == len(names)
