"""The result of one input object: put together in the order of its records, and an object once it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secondlook.hosting.transform.definition import target_of
from secondlook.hosting.transform.source import InputObject
from secondlook.store.encryption import with_key
from secondlook.store.incoming import Incoming
from secondlook.store.objects import CHUNK, About, Objects


class Result:
    """Small ones stay in memory, others are written to a file piece by piece. All but `add` blocks."""

    def __init__(self, objects: Objects, definition: Mapping[str, Any], of: InputObject) -> None:
        said = definition["TransformOutput"]
        self._objects = objects
        self._bucket, self._key = target_of(definition).bucket, of.target
        self._about = About(
            content_type=said.get("Accept") or "application/octet-stream",
            encryption=with_key(said.get("KmsKeyId")),
        )
        self._end = b"\n" if said.get("AssembleWith") == "Line" else b""
        self._held = bytearray()
        self._file: Incoming | None = None

    def add(self, answer: bytes) -> bool:
        """Put an answer behind the others; whether it is time to `flush`."""
        self._held += answer
        if self._end and not answer.endswith(self._end):
            self._held += self._end
        return len(self._held) >= CHUNK

    def flush(self) -> None:
        """Write down what is held."""
        if self._file is None:
            self._file = self._objects.receive()
        self._file.write(bytes(self._held))
        self._held.clear()

    def put(self, now: datetime) -> None:
        """Make it an object, in the place of an earlier one. Raises ObjectError."""
        body: bytes | Incoming = bytes(self._held)
        if self._file is not None:
            self.flush()
            body, self._file = self._file, None
        self._objects.put(self._bucket, self._key, body, self._about, now)

    def discard(self) -> None:
        """It will not be whole."""
        self._held.clear()
        if self._file is not None:
            self._file.discard()
            self._file = None
