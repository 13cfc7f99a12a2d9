"""Numbers as people read them."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `1,234 files`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
