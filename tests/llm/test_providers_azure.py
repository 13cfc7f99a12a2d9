"""Azure's addresses in every form in which users paste them."""

from collections.abc import Iterator

import pytest
from provider_calls import call, config_for, failed
from scripted_openai import ScriptedServer, answer, error

from codeassist.base.model_errors import ModelNotFoundError
from codeassist.llm.providers.azure import address_of

R = "https://r.openai.azure.com"
V1 = f"{R}/openai/v1"
CLASSIC = f"{R}/openai/deployments/dep"


@pytest.mark.parametrize(
    ("pasted", "version", "url", "deployment"),
    [
        (R, None, V1, "name"),
        (f"{R}/", None, V1, "name"),
        (f"  {R}/openai/ ", None, V1, "name"),
        (V1, None, V1, "name"),
        (f"{V1}/", None, V1, "name"),
        (f"{V1}/chat/completions", None, V1, "name"),
        (f"{V1}/responses", None, V1, "name"),
        (f"{V1}?api-version=preview", None, V1, "name"),
        (V1, "2024-10-21", V1, "name"),
        (R, "2024-10-21", f"{R}/openai/deployments/name", "name"),
        (f"{CLASSIC}/chat/completions?api-version=2024-10-21", None, CLASSIC, "dep"),
        (f"{CLASSIC}/?api-version=2024-10-21", None, CLASSIC, "dep"),
        (CLASSIC, "2024-10-21", CLASSIC, "dep"),
        (CLASSIC, None, V1, "dep"),
        (
            "https://r.services.ai.azure.com/api/projects/p",
            None,
            "https://r.services.ai.azure.com/openai/v1",
            "name",
        ),
        (
            "https://r.services.ai.azure.com/models/chat/completions",
            None,
            "https://r.services.ai.azure.com/openai/v1",
            "name",
        ),
        ("https://gate.example/ai/openai/v1", None, "https://gate.example/ai/openai/v1", "name"),
        (
            "https://gate.example/ai/openai/deployments/d%20p?api-version=1",
            None,
            "https://gate.example/ai/openai/deployments/d p",
            "d p",
        ),
    ],
)
def test_any_form_of_the_address(
    pasted: str, version: str | None, url: str, deployment: str
) -> None:
    found = address_of(pasted, "name", version)
    assert (found.url, found.deployment) == (url, deployment)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.mark.parametrize(
    ("path", "version", "asked", "query"),
    [
        ("", None, "/openai/v1/chat/completions", ""),
        (
            "/openai/deployments/dep/chat/completions?api-version=2024-10-21",
            None,
            "/openai/deployments/dep/chat/completions",
            "api-version=2024-10-21",
        ),
        (
            "/",
            "2024-06-01",
            "/openai/deployments/gpt-5.2/chat/completions",
            "api-version=2024-06-01",
        ),
    ],
)
def test_the_request_goes_where_azure_has_it(
    server: ScriptedServer, path: str, version: str | None, asked: str, query: str
) -> None:
    server.reset()
    server.enqueue(answer("ok"))
    config = config_for(
        server, "azure", name="gpt-5.2", base_url=server.root + path, api_version=version
    )
    assert call(config).error is None
    (received,) = server.requests()
    assert (received.path, received.query) == (asked, query)


@pytest.mark.parametrize(
    "reply",
    [
        error(
            404, "The API deployment for this resource does not exist.", code="DeploymentNotFound"
        ),
        error(404, "Resource not found", code="404"),
    ],
    ids=["deployment", "resource"],
)
def test_a_404_of_azure_is_explained_by_deployments(
    server: ScriptedServer, reply: dict[str, object]
) -> None:
    server.reset()
    server.enqueue(reply)
    found = failed(config_for(server, "azure", base_url=server.root))
    assert isinstance(found, ModelNotFoundError)
    assert "deployment" in found.remedy
