"""Knows the files that hold secrets by convention: they are no context for a model.

Goes by names alone. Samples that are meant to be read (`.env.example`) are no secret files.
"""

import re

_NAMES = frozenset(
    {
        ".netrc", "_netrc", ".npmrc", ".yarnrc", ".pypirc", ".pgpass", ".my.cnf", ".mylogin.cnf",
        ".htpasswd", ".htdigest", ".git-credentials", ".dockercfg", ".dockerconfigjson", ".s3cfg",
        ".boto", ".vault-token", ".vault_pass", ".age-key", ".terraformrc", "terraform.rc",
        "credentials", "credentials.json", "credentials.toml", "client_secret.json",
        "service-account.json", "service_account.json", "secrets.json", "secrets.yaml",
        "secrets.yml", "secrets.toml", "kubeconfig", "master.key", "local.settings.json",
        "terraform.tfstate", "terraform.tfstate.backup", "wp-config.php", "shadow",
    }
)  # fmt: skip
_FOLDERS = frozenset({".aws", ".kube", ".ssh", ".gnupg", ".azure", ".gcloud"})
_ENDINGS = (
    ".pem", ".key", ".p12", ".pfx", ".pkcs12", ".jks", ".keystore", ".bks", ".ppk", ".asc", ".gpg",
    ".kdbx", ".agekey", ".ovpn", ".mobileprovision", ".p8", ".tfvars", ".tfstate",
)  # fmt: skip
_NAME = re.compile(
    r"""^\.env(?:\..+)?$ | ^.+\.env$ | ^\.envrc$ | ^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$
      | ^client_secrets?[\w.-]*\.json$ | ^.*service[-_]account[\w.-]*\.json$""",
    re.VERBOSE,
)
_SAMPLE = re.compile(r"(?:^|[._-])(?:example|sample|template|dist|defaults?)(?:$|[._-])")


def is_secret_file(path: str) -> bool:
    """Whether a file is one in which people or tools keep secrets. `path` has forward slashes."""
    *folders, name = path.lower().split("/")
    if not _FOLDERS.isdisjoint(folders):
        return True
    if _SAMPLE.search(name):
        return False
    return name in _NAMES or name.endswith(_ENDINGS) or _NAME.match(name) is not None
