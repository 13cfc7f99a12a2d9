"""What `codeassist doctor` looks at: versions, grammars, git, cache, repository, settings, model.

Looks only: nothing is repaired, written to the repository or sent. BROKEN means that reviews do not
work without it; MISSING is optional. Every check stands alone, so that one that breaks hides no
other.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from codeassist.base.errors import CodeassistError
from codeassist.engine.installation import REINSTALL, git, grammars, ruff, versions
from codeassist.engine.requests import Diagnosis, Health
from codeassist.settings.schema import Settings

_BYTES_PER_MIB = 1 << 20


def diagnose(path: str, settings: Settings) -> list[Diagnosis]:
    """All diagnoses for a path, in the order in which people read them. Never raises."""
    checks: tuple[tuple[str, Callable[[], Iterator[Diagnosis]]], ...] = (
        ("codeassist", versions),
        ("grammars", grammars),
        ("git", git),
        ("ruff", ruff),
        ("cache", partial(_cache, settings)),
        ("repository", partial(_repository, path, settings)),
        ("settings", partial(_settings, settings)),
        ("model", partial(_model, settings)),
    )
    return [each for subject, check in checks for each in _alone(subject, check)]


def _alone(subject: str, check: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    try:
        yield from check()
    except CodeassistError as error:
        yield Diagnosis(subject, Health.BROKEN, error.message, error.remedy)
    except Exception as error:  # a doctor that dies of what it looks for would help nobody
        kind = type(error).__name__
        yield Diagnosis(subject, Health.BROKEN, f"the check broke: {kind}: {error}", REINSTALL)


def _cache(settings: Settings) -> Iterator[Diagnosis]:
    from codeassist.index.store import health

    folder = settings.cache.dir
    remedy = "set CODEASSIST_CACHE_DIR to a folder that you may write to"
    nearest = next(place for place in (Path(folder), *Path(folder).parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        # The index then lives in memory: slower every time, but reviews work.
        yield Diagnosis("cache", Health.MISSING, f"{folder} cannot be written", remedy)
        return
    stores = sorted(Path(folder).glob("*.sqlite"))
    total = sum(file.stat().st_size for file in Path(folder).glob("*") if file.is_file())
    yield Diagnosis("cache", Health.OK, f"{folder}, {total / _BYTES_PER_MIB:.1f} MiB")
    for store in stores:
        state = health(str(store))
        if state != "ok":
            detail = f"{store.name} is damaged ({state})"
            yield Diagnosis("cache", Health.MISSING, detail, "none is needed: it is made again")


def _repository(path: str, settings: Settings) -> Iterator[Diagnosis]:
    from codeassist.engine.engine import Engine

    with Engine.open(path, settings) as engine:
        repository = engine.repository
        if repository is None:
            remedy = "to review changes, run it inside a git repository"
            yield Diagnosis("repository", Health.MISSING, f"none around {engine.root}", remedy)
            return
        kind = "bare, " if repository.is_bare else ""
        linked = "a linked worktree, " if (Path(engine.root) / ".git").is_file() else ""
        state = f"{kind}{linked}{repository.head_label()}"
        yield Diagnosis("repository", Health.OK, f"{engine.root} ({state})")
        if repository.is_shallow:
            detail = "the history is shallow, so the common ancestor may be missing"
            remedy = "git fetch --unshallow, or check out with full depth in CI"
            yield Diagnosis("history", Health.MISSING, detail, remedy)
        if not repository.is_bare:
            yield _languages(repository.list_files())


def _languages(paths: list[str]) -> Diagnosis:
    from codeassist.languages import for_path

    counts: dict[str, int] = {}
    for path in paths:
        language = for_path(path)
        if language is not None:
            counts[language.title] = counts.get(language.title, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    known = ", ".join(f"{name} {number:,}" for name, number in ordered)
    if not known:
        return Diagnosis("languages", Health.MISSING, "no file in a language that is understood")
    return Diagnosis("languages", Health.OK, f"{known}; {len(paths):,} files in all")


def _settings(settings: Settings) -> Iterator[Diagnosis]:
    sources = [layer.source for layer in settings.layers.layers if layer.source]
    yield Diagnosis("settings", Health.OK, f"from {', '.join(sources)}" if sources else "no files")
    for warning in settings.warnings:
        yield Diagnosis("settings", Health.MISSING, warning)


def _model(settings: Settings) -> Iterator[Diagnosis]:
    from codeassist.settings.load import gateway_config

    if settings.model.offline:
        yield Diagnosis("model", Health.MISSING, "model.offline is on: facts alone", "")
        return
    seen = False
    for name, model in gateway_config(settings).models.items():
        if not model.key and not model.base_url:
            continue
        seen = True
        label = "model" if name == "default" else f"model {name}"
        where = model.base_url or "OpenAI's own address"
        key = "with a key" if model.key else "without a key"
        yield Diagnosis(label, Health.OK, f"{model.name} at {where}, {key}; nothing was sent")
    if not seen:
        detail = "none is set up; facts work without one"
        remedy = "set OPENAI_API_KEY, or model.base_url; see `codeassist model --help`"
        yield Diagnosis("model", Health.MISSING, detail, remedy)
