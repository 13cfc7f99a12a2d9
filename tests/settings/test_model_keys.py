"""Whose key goes to which address: a key never reaches a server that it was not meant for."""

import pytest

from codeassist.base.errors import ConfigurationError
from codeassist.settings.load import gateway_config, load
from codeassist.settings.schema import Settings

LOCAL = "http://localhost:8080/v1"
OPENAI, OWN, AZURE = "OPENAI_API_KEY", "CODEASSIST_API_KEY", "AZURE_OPENAI_API_KEY"


def settings_of(tmp_path: object, text: str, **environ: str) -> Settings:
    file = f"{tmp_path}/config.toml"
    with open(file, "w") as out:
        out.write(text)
    return load(None, environ={"CODEASSIST_CONFIG": file} | environ)


@pytest.mark.parametrize(
    ("address", "environ", "key"),
    [
        ("", {}, ""),
        ("", {OPENAI: "a"}, "a"),
        ("", {OPENAI: "a", OWN: "b"}, "b"),
        ("", {OPENAI: " a\n"}, "a"),  # pasted with a line end
        ("https://api.openai.com/v1", {OPENAI: "a"}, "a"),
        ("https://eu.api.openai.com/v1", {OPENAI: "a"}, "a"),
        (LOCAL, {OPENAI: "a"}, ""),
        (LOCAL, {OPENAI: "a", OWN: "b"}, "b"),
        ("https://api.openai.com.evil.example/v1", {OPENAI: "a"}, ""),
        ("https://evilopenai.com/v1", {OPENAI: "a"}, ""),
        ("https://me.openai.azure.com/openai/v1/", {OPENAI: "a"}, ""),
        ("https://me.openai.azure.com/openai/v1/", {OPENAI: "a", AZURE: "c"}, "c"),
        # The address of the environment belongs to the key of the environment.
        ("", {OPENAI: "a", "OPENAI_BASE_URL": LOCAL}, "a"),
        (LOCAL, {OPENAI: "a", "OPENAI_BASE_URL": LOCAL + "/"}, "a"),
        ("http://other:1/v1", {OPENAI: "a", "OPENAI_BASE_URL": LOCAL}, ""),
    ],
)
def test_the_key_of_the_model(
    tmp_path: object, address: str, environ: dict[str, str], key: str
) -> None:
    text = f'[model]\nbase_url = "{address}"\n' if address else ""
    settings = settings_of(tmp_path, text)
    assert gateway_config(settings, environ=environ).models["default"].key == key


def test_a_further_model_gets_the_key_that_it_names_alone(tmp_path: object) -> None:
    settings = settings_of(
        tmp_path,
        '[models.router]\nbase_url = "https://router.example/v1"\nkey_variable = "ROUTER"\n'
        '[models.other]\nbase_url = "https://other.example/v1"\n',
    )
    environ = {OPENAI: "a", OWN: "b", "ROUTER": "r"}
    models = gateway_config(settings, environ=environ).models
    assert {name: each.key for name, each in models.items()} == {
        "default": "b",
        "router": "r",
        "other": "",
    }
    assert "'r'" not in repr(models), "a key is never shown"


def test_the_configuration_of_the_gateway(tmp_path: object) -> None:
    settings = settings_of(
        tmp_path,
        '[model]\nname = "m"\neffort = "high"\nkeep_answers = false\n[limits]\nday_cents = 50\n'
        '[models.small]\nname = "s"\n[routes]\ndocs = ["small", "default"]\n',
    )
    config = gateway_config(settings, "/repo", {})
    assert (config.models["default"].name, config.models["default"].effort) == ("m", "high")
    assert config.routes == {"docs": ("small", "default")}
    assert (config.limits.day_cents, config.keeps_answers, config.offline) == (50, False, False)
    assert (config.repository, config.folder) == ("/repo", f"{settings.cache.dir}/model")


def test_a_route_to_a_model_that_does_not_exist(tmp_path: object) -> None:
    with pytest.raises(ConfigurationError, match=r"there is no model 'smal'") as caught:
        settings_of(tmp_path, '[routes]\ndocs = ["smal"]\n')
    assert "the models are default" in caught.value.remedy


@pytest.mark.parametrize(("text", "value"), [("1", True), ("off", False), ("True", True)])
def test_a_variable_says_yes_or_no(text: str, value: bool) -> None:
    environ = {"CODEASSIST_CONFIG": "/dev/null", "CODEASSIST_MODEL_OFFLINE": text}
    assert load(None, environ=environ).model.offline is value
