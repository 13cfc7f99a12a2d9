"""The key of a file's content: equal keys mean equal content, whatever the path."""

from hashlib import sha1, sha256

SHA256_DIGITS = 64


def content_key(raw: bytes, digest: str) -> str:
    """The id that git gives to a blob of this content, in a repository of this object format."""
    make = sha256 if digest == "sha256" else sha1
    return make(b"blob %d\0" % len(raw) + raw).hexdigest()


def digest_of(key: str) -> str:
    """The object format of a content key: "sha1" or "sha256"."""
    return "sha256" if len(key) == SHA256_DIGITS else "sha1"
