"""Files that hold secrets by convention, and files that only sound like it."""

import pytest

from codeassist.vfs.secret_files import is_secret_file


@pytest.mark.parametrize(
    "path",
    [
        ".env", ".env.local", ".env.production", "config/prod.env", ".envrc", "server.pem",
        "certs/SERVER.KEY", "id_rsa", "keys/id_ed25519", ".npmrc", "web/.npmrc", ".netrc",
        ".pypirc", "credentials", ".aws/config", "home/.kube/config", ".ssh/known_hosts", "app.p12",
        "a.pfx", "store.jks", "release.keystore", "credentials.json", "client_secret_123.json",
        "my-service-account.json", "secrets.yaml", "terraform.tfstate", "prod.tfvars", ".htpasswd",
        ".git-credentials", "vault.kdbx", "config/master.key",
    ],
)  # fmt: skip
def test_secret_files(path: str) -> None:
    assert is_secret_file(path)


@pytest.mark.parametrize(
    "path",
    [
        ".env.example", ".env.sample", ".env.template", "prod.tfvars.example", "environment.py",
        "env.py", "src/env.ts", "credentials.py", "secrets.py", "id_rsa.pub", "keys.py", "key.go",
        "pem.c", "aws/config.py", "kube/config.go", "docs/secrets.md", "token.rs", "README.md",
        "src/keystore.ts", "package.json",
    ],
)  # fmt: skip
def test_other_files(path: str) -> None:
    assert not is_secret_file(path)
