"""Numbers as Liquid in Ruby has them, where the library differs.

Text counts as the number it begins with. Decimals are reckoned in decimal, so that 0.3 by 3 is 0.1; halves round away
from zero; a remainder has the sign of its divisor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

_DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)
_SIGNED = re.compile(r"[+-]?\d+", re.ASCII)
_INTEGER = re.compile(r"[-+]?\d+(?:_\d+)*", re.ASCII)


def to_number(value: object) -> float:
    """The number that `value` is, or begins with; else 0."""
    if isinstance(value, str):
        text = value.strip()
        if _DECIMAL.fullmatch(text):
            return float(text)
        integer = _INTEGER.match(text)
        return int(integer[0]) if integer else 0
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return 0


def to_integer(value: object) -> int:
    """The integer that `value` is, or is the text of; ValueError for anything else, 2.0 too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _SIGNED.fullmatch(value.strip()):
        return int(value)
    raise ValueError(f"no integer: {value!r}")


def divided_by(number: float, divisor: float) -> float:
    """An integer from two integers, rounded down; else a decimal. ZeroDivisionError for 0 and 0.0."""
    if isinstance(number, int) and isinstance(divisor, int):
        return number // divisor
    return float(_exact(number) / _exact(divisor))


def modulo(number: float, divisor: float) -> float:
    if isinstance(number, int) and isinstance(divisor, int):
        return number % divisor
    whole = (_exact(number) / _exact(divisor)).to_integral_value(ROUND_FLOOR)
    return float(_exact(number) - whole * _exact(divisor))


def rounded(number: float, digits: float = 0) -> float:
    """`number` to `digits` places after the point; an integer if there are none."""
    places = int(digits)
    if isinstance(number, int) and places >= 0:
        return number
    # A double has up to 309 digits before the point.
    with localcontext(prec=700):
        result = _exact(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return int(result) if places <= 0 else float(result)


def total(values: Iterable[object]) -> float:
    numbers = [to_number(value) for value in values]
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    return float(sum(map(_exact, numbers)))


def _exact(number: float) -> Decimal:
    return Decimal(str(number))
