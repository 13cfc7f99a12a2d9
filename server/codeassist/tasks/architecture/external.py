"""The package that an import names which leads out of the repository, by each language's habits.

What a language or its platform brings itself is no package: "". Reads no manifest: a name is what
the code writes, not what a registry calls it.
"""

import re
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

from codeassist.languages import Imports, Language

# Node's own modules (its documentation's index of modules).
_NODE = frozenset(
    {
        "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants",
        "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2",
        "https", "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode",
        "querystring", "readline", "repl", "stream", "string_decoder", "sys", "timers", "tls",
        "trace_events", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
    }
)  # fmt: skip
# Headers of ISO C and of POSIX; those of C++ have no suffix at all.
_C_HEADERS = frozenset(
    {
        "assert", "complex", "ctype", "dirent", "errno", "fcntl", "fenv", "float", "getopt",
        "inttypes", "iso646", "limits", "locale", "malloc", "math", "memory", "netdb", "poll",
        "pthread", "pwd", "regex", "sched", "semaphore", "setjmp", "signal", "stdalign",
        "stdarg", "stdatomic", "stdbool", "stddef", "stdint", "stdio", "stdlib", "stdnoreturn",
        "string", "strings", "syslog", "termios", "tgmath", "threads", "time", "uchar", "unistd",
        "wchar", "wctype", "windows",
    }
)  # fmt: skip
_SYSTEM_FOLDERS = ("sys/", "arpa/", "netinet/", "net/", "linux/")
_JVM = ("java", "javax", "kotlin", "kotlinx", "scala", "jdk", "sun")
_RUST = ("std", "core", "alloc", "crate", "self", "super", "mod", "proc_macro", "test")
_RUBY = frozenset(
    {
        "English", "abbrev", "base64", "benchmark", "bigdecimal", "bundler", "cgi", "coverage",
        "csv", "date", "delegate", "digest", "drb", "erb", "etc", "fileutils", "find",
        "forwardable", "io", "ipaddr", "irb", "json", "logger", "monitor", "net", "objspace",
        "observer", "open-uri", "open3", "openssl", "optparse", "ostruct", "pathname", "pp",
        "prime", "pstore", "psych", "racc", "rbconfig", "rdoc", "readline", "reline", "resolv",
        "ripper", "securerandom", "set", "shellwords", "singleton", "socket", "stringio",
        "strscan", "syslog", "tempfile", "thread", "time", "timeout", "tmpdir", "tsort", "un",
        "uri", "weakref", "yaml", "zlib",
    }
)  # fmt: skip
_DOTNET = ("System", "Microsoft", "Windows")
_SWIFT = ("Swift", "Foundation", "Dispatch", "Darwin", "Glibc", "XCTest", "os")
_LUA = (
    "string",
    "table",
    "math",
    "io",
    "os",
    "coroutine",
    "package",
    "debug",
    "utf8",
    "bit",
    "ffi",
)
_NAME = re.compile(r"[\w@][\w.@/+-]*\Z")
_HOSTS = 3  # parts of a Go path that name a repository on a host of code ("github.com/a/b")
_VERSION = re.compile(r"v\d+\Z")


def package_of(row: Language, module: str) -> str:
    """The package that a module's text names; "" for the standard library or for none."""
    rule = _RULES.get(row.imports)
    found = rule(row.name, module.strip()) if rule else ""
    return found if _NAME.match(found) else ""


def _python(language: str, module: str) -> str:
    first = module.partition(".")[0]
    known = sys.stdlib_module_names
    return "" if first in known or first == "__future__" else first


def _node(language: str, module: str) -> str:
    first, _, rest = module.partition("/")
    if first[:1] in (".", "#", "~", "") or ":" in module or first in _NODE or first == "@":
        return ""
    return f"{first}/{rest.partition('/')[0]}" if first.startswith("@") else first


def _go(language: str, module: str) -> str:
    parts = module.split("/")
    if "." not in parts[0] or parts[0].startswith("."):
        return ""
    found = parts[:_HOSTS]
    if found[0] in ("gopkg.in", "go.uber.org", "google.golang.org", "k8s.io"):
        found = found[:2]
    return "/".join(found[:-1] if _VERSION.match(found[-1]) and len(found) > 2 else found)


def _jvm(language: str, module: str) -> str:
    parts = module.split(".")
    return "" if parts[0] in _JVM or len(parts) < 2 else ".".join(parts[:2])


def _rust(language: str, module: str) -> str:
    first = module.removeprefix("::").partition("::")[0].strip()
    # A path that begins with a capital letter goes into an enum or a trait in scope.
    return "" if first in _RUST or first[:1].isupper() else first


def _include(language: str, module: str) -> str:
    if not module.startswith("<"):
        return ""  # between quotes: a file of the project, which is generated or missing
    header = module.strip("<>")
    stem, dot, _ = header.partition(".")
    if (not dot and "/" not in header) or stem in _C_HEADERS or header.startswith(_SYSTEM_FOLDERS):
        return ""
    return header.partition("/")[0]


def _namespace(language: str, module: str) -> str:
    first = re.split(r"[.\\]", module.lstrip("\\"))[0]
    is_php = language == "php"
    # Without a backslash PHP's own classes are meant.
    return "" if first in _DOTNET or (is_php and "\\" not in module.strip("\\")) else first


def _script(language: str, module: str) -> str:
    if language == "ruby":
        first = module.partition("/")[0]
        return "" if first in _RUBY or first.startswith(".") else first
    if language == "lua":
        first = re.split(r"[./]", module)[0]
        return "" if first in _LUA else first
    return ""


def _none(language: str, module: str) -> str:
    first = module.partition(".")[0]
    return "" if first in _SWIFT else first


_RULES: Mapping[Imports, Callable[[str, str], str]] = MappingProxyType(
    {
        Imports.PYTHON: _python,
        Imports.NODE: _node,
        Imports.GO: _go,
        Imports.JVM: _jvm,
        Imports.RUST: _rust,
        Imports.INCLUDE: _include,
        Imports.NAMESPACE: _namespace,
        Imports.SCRIPT: _script,
        Imports.NONE: _none,
    }
)
