"""Objects that inputs are: their first bytes for the size of a picture, or all of them into a file."""

from __future__ import annotations

import json
import math
import struct
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError

from secondlook.client.errors import SecondlookError
from secondlook.client.formats.annotations import Size
from secondlook.client.formats.items import Item
from secondlook.client.inputs import bucket_and_key
from secondlook.picture_size import stored_size

BEGINNINGS = (1 << 16, 1 << 22)
"""How many bytes are looked at for a size: nearly always the first do; large metadata may stand before it."""

CHUNK = 1 << 20

REFUSED = frozenset({400, 403, 404, 416})
"""No such key or bucket, not for this access key, encrypted with a customer's key, or empty."""


class Objects:
    """`formats.pictures.Pictures` by way of S3."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3
        self.size_at = lru_cache(maxsize=1024)(
            self._size_at
        )  # each item's is wanted by several at about the same time

    def size(self, item: Item) -> Size | None:
        return self.size_at(item.uri) if item.uri else None

    def fetch(self, item: Item, target: Path) -> bool:
        opened = self._open(item.uri) if item.uri else None
        if opened is None:
            return False
        with closing(opened) as body, target.open("wb") as file:
            for chunk in body.iter_chunks(CHUNK):
                file.write(chunk)
        return True

    def document(self, uri: str) -> Any:
        """The object as JSON; None where it cannot be read, or is none."""
        opened = self._open(uri)
        if opened is None:
            return None
        with closing(opened) as body:
            return parsed(body.read())

    def _size_at(self, uri: str) -> Size | None:
        for length in BEGINNINGS:
            opened = self._open(uri, Range=f"bytes=0-{length - 1}")
            if opened is None:
                return None
            with closing(opened) as body:
                data = body.read()
            with suppress(ValueError, TypeError, struct.error, OSError, SyntaxError):
                if size := stored_size(data):
                    return Size(*size)
            if len(data) < length:
                return None
        return None

    def _open(self, uri: str, **options: str) -> Any:
        """The object's body; None where this key may not read it, or it is not there."""
        try:
            bucket, key = bucket_and_key(uri)
            return self._s3.get_object(Bucket=bucket, Key=key, **options)["Body"]
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in REFUSED:
                return None
            raise
        except (SecondlookError, ParamValidationError):  # an input can name what no object can be called
            return None


def parsed(text: str | bytes) -> Any:
    """JSON; None where it is none. Numbers that are none in JSON, or too large for a float, are null."""
    with suppress(ValueError, RecursionError):
        return json.loads(text, parse_float=_finite, parse_constant=lambda _: None)
    return None


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None
