"""Sizes and times as people read them."""

_STEP = 1024


def size(number: int) -> str:
    """A size in bytes: `512 B`, `1.5 MiB`."""
    if number < _STEP:
        return f"{number} B"
    value = float(number)
    for unit in ("KiB", "MiB", "GiB"):
        value /= _STEP
        if value < _STEP:
            return f"{value:.1f} {unit}"
    return f"{value:,.1f} GiB"


def duration(seconds: float) -> str:
    """A time in seconds: `0.4 s`, `2 min 5 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
