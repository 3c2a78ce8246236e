"""Results and errors → responses, written by the service model."""

from __future__ import annotations

from secondlook.wire.serialize.failure import serialize_error
from secondlook.wire.serialize.success import identification, serialize

__all__ = ["identification", "serialize", "serialize_error"]
