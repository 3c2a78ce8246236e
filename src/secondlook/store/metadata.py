"""How much metadata an object may have, wherever it lies. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from secondlook.store.errors import MetadataTooLarge

MOST = 2048
"""Bytes of names and values of `x-amz-meta-*` together, without that prefix; S3's own limit."""


def check_size(metadata: Mapping[str, str], why: str = "") -> None:
    """Refuse too much of it. A character of a header's value is one byte of it; `why` tells what counts besides."""
    size = sum(len(name) + len(value) for name, value in metadata.items())
    if size > MOST:
        raise MetadataTooLarge(size, MOST, why)
