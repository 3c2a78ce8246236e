"""Whole numbers in the query of a request, with S3's own bounds and words."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.wire.errors import AwsError

LARGEST = 2**31 - 1


def number(call: Call, member: str, otherwise: int, *, least: int = 0, most: int = LARGEST) -> int:
    """A member's value, `otherwise` without one; more than `most` counts as `most`.

    InvalidArgument below `least` and beyond 32 bits.
    """
    asked = call.params.get(member)
    if asked is None:
        return otherwise
    if not least <= asked <= LARGEST:
        raise AwsError(
            "InvalidArgument", f"Argument {member} must be an integer between {least} and {LARGEST}", 400
        )
    return min(int(asked), most)
