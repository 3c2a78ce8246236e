"""Kinds of endpoints and variants, and which of them an update may change. Pure [hosting.md, Asynchronous, Serverless]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from secondlook.hosting.errors import Invalid


def check_update(row: Row[Any], following: Mapping[str, Any]) -> None:
    """Raises Invalid where an update, from the row of an endpoint to the columns that follow, changes what it may not.

    A real-time variant does not become serverless, though the way back is open; and an endpoint stays asynchronous or is never so,
    because its callers call it otherwise.
    """
    if bool(row.asynchronous) != bool(following["asynchronous"]):
        was, would_be = ("asynchronous", "real-time") if row.asynchronous else ("real-time", "asynchronous")
        raise Invalid(
            f"Endpoint {row.name} is {was} and cannot be made {would_be} by an update: make another endpoint."
        )
    real_time = {variant["VariantName"] for variant in row.variants if "Serverless" not in variant}
    for variant in following["variants"]:
        if "Serverless" in variant and variant["VariantName"] in real_time:
            raise Invalid(
                f"Production variant {variant['VariantName']} is real-time and cannot be made serverless by an update: "
                "make another endpoint."
            )
