"""Enterprise and establishment numbers that hold, and that no other test uses."""

from itertools import count

_NEXT = count(2_000_000)


def enterprise() -> str:
    """Return a new enterprise number, with points."""
    base = f"0{next(_NEXT):07d}"
    return _checked(base)


def establishment() -> str:
    """Return a new establishment number, with points."""
    base = f"2{next(_NEXT):07d}"
    return _checked(base)


def digits(number: str) -> str:
    """Return a number as it is stored in items."""
    return "".join(each for each in number if each.isdigit())


def _checked(base: str) -> str:
    whole = f"{base}{97 - int(base) % 97:02d}"
    return f"{whole[:4]}.{whole[4:7]}.{whole[7:]}"
